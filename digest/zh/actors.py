"""Who is named in a text (主体): the bank, its customers, its head office, a regulator, another trade; never who is only another's staff."""

import re

from digest.zh.lexicon import Actor, Lexicon
from digest.zh.matching import shield

AS_WHOSE = "(?:认定|指定|核准|公布|授权|移送|通报)的"  # 公安机关认定的惩戒人员: who is named before it does not act
BANK, REGULATOR, OTHER_TRADE = "branch", "regulator", "other_industry"  # audiences of actors.tsv
OUTSIDE = frozenset({REGULATOR, OTHER_TRADE})


def find_actors(text: str, lexicon: Lexicon) -> list[Actor]:
    """Actors named in a short text in its order, no word inside a longer one, and nobody who is only another's (人民银行及其分支机构)."""
    found: list[tuple[int, Actor]] = []
    rest = text
    for actor in lexicon.actors_in(text):
        place = rest.find(actor.word)
        if place >= 0:
            found.append((place, actor))
            rest = rest.replace(actor.word, "　" * len(actor.word))
    found.sort(key=lambda each: each[0])
    owners = [None, *found]
    return [actor for (place, actor), owner in zip(found, owners, strict=False) if not belongs(text, place, actor, owner=owner, lexicon=lexicon)]


def belongs(text: str, place: int, actor: Actor, *, owner: tuple[int, Actor] | None, lexicon: Lexicon) -> bool:
    """Whether an actor is the branch office or the staff of the regulator or the other trade named before it."""
    if owner is None or owner[1].audience not in OUTSIDE or not lexicon.cues["下属"].fullmatch(actor.word):
        return False
    between = text[owner[0] + len(owner[1].word) : place]
    return not between or lexicon.cues["所属"].fullmatch(between) is not None


def without_others(text: str, lexicon: Lexicon) -> str:
    """A text of the same length with regulators and other trades blanked out, and the staff that is theirs (检查工作人员, 人民法院工作人员)."""
    rest = text
    for actor in lexicon.actors_in(text):
        if actor.audience in OUTSIDE and actor.word in rest:
            people = rf"{re.escape(actor.word)}(?:(?:(?:{lexicon.cues['所属'].pattern})?(?:{lexicon.cues['下属'].pattern}))*)"
            rest = re.sub(people, lambda found: "　" * len(found.group()), rest)
    return rest


def houses(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Audiences of the houses that a text names; staff without a house (高级管理人员) may be anybody's."""
    return frozenset(
        actor.audience for actor in find_actors(lexicon.cues["银行之物"].sub("　", shield(text)), lexicon) if not lexicon.cues["下属"].fullmatch(actor.word)
    )
