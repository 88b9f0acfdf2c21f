"""Which posts of the branch a text gives a duty to: who acts in one of its clauses, never who is only acted upon, asked for leave, or told."""

import re
from collections.abc import Iterator
from functools import lru_cache

from digest.zh.actors import without_others
from digest.zh.lexicon import Lexicon, Post

STOPS = "，。；：！？｜"
EVERYBODY = "全员"


def posts_of(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Posts of the branch that act in a text (岗位), in its order; never inferred, never who is a regulator's."""
    if not any(post.word in text for post in lexicon.posts):
        return ()
    rest = without_others(text, lexicon)
    found: dict[str, int] = {}
    groups, one = grouping(lexicon.posts)
    for group in groups.finditer(rest):
        named = [(group.start() + start, post) for start, post in members(group.group(), one, lexicon)]
        acting = acts(rest, group.span(), lexicon)
        for place, post in named:
            if post.acts and (acting or (post.role == EVERYBODY and lexicon.cues["人人"].match(post.word))):
                found[post.role] = min(place, found.get(post.role, place))
    return tuple(sorted(found, key=lambda role: (found[role], role)))


@lru_cache(maxsize=8)
def grouping(posts: tuple[Post, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Posts said side by side (运营主管和网点负责人), and one of them; longest word first."""
    one = "|".join(re.escape(post.word) for post in posts)
    return re.compile(rf"(?:{one})(?:(?:、|以及|或者|[和与及或])(?:{one}))*"), re.compile(one)


def members(group: str, one: re.Pattern[str], lexicon: Lexicon) -> Iterator[tuple[int, Post]]:
    """The posts of a group with their places."""
    for hit in one.finditer(group):
        yield hit.start(), next(post for post in lexicon.posts if post.word == hit.group())


def acts(text: str, place: tuple[int, int], lexicon: Lexicon) -> bool:
    """Whether the posts at a place are who acts in their clause."""
    front = "，" + re.split(f"[{STOPS}]", text[: place[0]])[-1]
    back = re.split(f"[{STOPS}]", text[place[1] :])[0]
    cues = lexicon.cues
    if cues["岗位受事前"].search(front) or cues["岗位非主语后"].match(back):
        return False
    if not back.strip("　 "):
        return listed(text, place)
    if cues["岗位审批后"].match(back):
        return False
    if cues["岗位主语前"].search(front):
        return True
    return cues["岗位义务后"].match(back) is not None


def listed(text: str, place: tuple[int, int]) -> bool:
    """Whether one post stands alone before its mark and what it must do behind it (柜员：核对…), or in a cell; several before a colon are addressed."""
    front, back = text[: place[0]][-1:], text[place[1] :].lstrip("　 ")[:2]
    alone = front in ("", *"。；：｜　 \n") and not re.search("[、和与及或]", text[slice(*place)])
    return alone and back[:1] in ("：", "｜") and len(back) > 1
