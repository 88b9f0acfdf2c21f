"""Whose duty a unit is, and whether this branch is in that line of business at all."""

import re

from msgspec import Struct

from digest.model.outline import Sentence
from digest.model.profile import Profile
from digest.model.ranking import Audience
from digest.zh.actors import AS_WHOSE, find_actors
from digest.zh.lexicon import Actor, Lexicon

SUBJECT_REACH = 40  # characters from the start in which a clause names who acts; 95 % of named subjects end within, seen on train
DUTY = re.compile(r"应当?|必须|不得|须|负责|可以?|有权|严禁|禁止|要(?!求)|需(?!求)")
OFFENCE = re.compile(r"[^，。；：]{2,40}?(?=(?:有|存在|发生)(?:下列|以下))")  # who has done it stands before
OFFENDER = re.compile(r"[^，。；：]{2,60}的(?=，)")
BESIDE = re.compile(r"(?:(?<![参相])[与经向对]|报|按照|根据)[^，、；。]{2,40}")  # with whom, to whom, by whose leave: not who acts
WHOSE = re.compile(rf"[^，、；。]{{2,16}}{AS_WHOSE}(?=[^，、；。])")
AUDIENCES = {audience.value: audience for audience in Audience}


class Whose(Struct, frozen=True, kw_only=True):
    """Who must act: the audience, the word that told it, and lines of business the branch is not in."""

    audience: Audience = Audience.UNKNOWN
    actor: str = ""
    inherited: bool = False
    not_ours: tuple[str, ...] = ()


def whose_duty(sentence: Sentence, stem: Sentence | None, plain: str, *, lexicon: Lexicon, profile: Profile, penal: bool = False) -> Whose:
    """The audience of a unit: its own subject, else its stem's, else the one it inherits; of a sanction (``penal``), who is punished."""
    own = find_actors(BESIDE.sub("，", opening(plain)), lexicon) if sentence.inherited and not penal else []
    if own and strongest(own)[0] is Audience.BRANCH:  # named after all, where no subject stands (作为协助执行人的金融机构办理后，应当回复)
        return Whose(audience=Audience.BRANCH, actor=strongest(own)[1], not_ours=not_ours(plain, lexicon, profile))
    deed = penal and stem is not None  # what is done wrong: the stem says by whom
    for source, inherited in ((sentence, sentence.inherited), (stem, True)):
        if source is None or (deed and source is sentence):
            continue
        text = plain if source is sentence else source.text
        actors = find_actors(source.subject or BESIDE.sub("，", WHOSE.sub("", opening(text))) or (offender(text) if penal else ""), lexicon)
        if actors:
            audience, actor = strongest(actors)
            if penal and audience is Audience.REGULATOR:
                audience, actor = punished((stem.text if stem is not None else "") + plain, actor, lexicon)
            if audience is Audience.OTHER_INDUSTRY and is_own_business(actor, lexicon, profile):
                audience = Audience.UNKNOWN
            return Whose(audience=audience, actor=actor, inherited=inherited, not_ours=not_ours(plain + source.subject, lexicon, profile))
    return Whose(not_ours=not_ours(plain, lexicon, profile))


def opening(text: str) -> str:
    """The words before the first duty word, where a subject stands, or before an offence (有下列行为之一的); empty where there is neither."""
    found = OFFENCE.match(text) or DUTY.search(text[:SUBJECT_REACH])
    return text[: found.end() if found.re is OFFENCE else found.start()] if found else ""


def offender(text: str) -> str:
    """The first clause of a sanction, where it says who has done what (柜员私自保管印章的，给予警告)."""
    found = OFFENDER.match(text)
    return found.group() if found else ""


def punished(text: str, regulator: str, lexicon: Lexicon) -> tuple[Audience, str]:
    """Who a sanction falls on where a regulator imposes it: who else is named, nobody where it only stands behind 由, else the regulator's own people."""
    blamed = [actor for actor in find_actors(text, lexicon) if AUDIENCES[actor.audience] not in (Audience.REGULATOR, Audience.HEAD_OFFICE)]
    if blamed:
        return strongest(blamed)
    return (Audience.UNKNOWN, "") if re.search(rf"由[^，。；]{{0,8}}{regulator}", text) else (Audience.REGULATOR, regulator)


def strongest(actors: list[Actor]) -> tuple[Audience, str]:
    """The branch where it is named among others, else the first named."""
    ours = next((actor for actor in actors if actor.audience == Audience.BRANCH.value), None)
    chosen = ours or actors[0]
    return AUDIENCES[chosen.audience], chosen.word


def named_after(actor: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The lines of business that another trade is named after, of which a bank may do one itself (收单机构); a company is another house (理财公司)."""
    return () if actor.endswith("公司") else tuple(business.name for business in lexicon.businesses if actor.startswith(business.word))


def is_own_business(actor: str, lexicon: Lexicon, profile: Profile) -> bool:
    """Whether the manager said that his branch does what this trade is named after."""
    return any(name in profile.on for name in named_after(actor, lexicon))


def not_ours(text: str, lexicon: Lexicon, profile: Profile) -> tuple[str, ...]:
    """Lines of business named in the text that this branch is not in; none if it names one that it is in."""
    named: dict[str, bool] = {}
    for business in lexicon.businesses:
        if business.word in text:
            named[business.name] = profile.does(business.name, business.usual)
    return () if any(named.values()) else tuple(sorted(named))
