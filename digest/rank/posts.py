"""Which posts of the branch a text gives a duty to: who acts in one of its clauses, never who is only acted upon, asked for leave, or told."""

import re
from collections.abc import Iterator

from digest.model.outline import Outline, Sentence, SentenceKind, Unit
from digest.zh.actors import BANK, find_actors, without_others
from digest.zh.lexicon import Lexicon, Post

CLAUSE = re.compile("[，。；：！？｜]")  # what ends one
CHECKED = re.compile("是否|有无|能否|有没有")  # what is to be checked, not what is to be done
EVERYBODY = "全员"


def posts_for(outline: Outline, unit: Unit, text: str, lexicon: Lexicon, *, of_stem: tuple[str, ...]) -> tuple[str, ...]:
    """Posts that a unit's own text or its stem (``of_stem``) makes act; else those of its table's column, its heading, or the sentence before it.

    Each stands in the paper; where several places tell, the nearest counts.
    """
    first = outline.sentences[unit.sentences[0]]
    own = posts_of(text, lexicon)
    if own and CHECKED.search(text):  # 柜员离岗是否上锁: he is looked at, somebody else looks
        own = ()
    found = tuple(dict.fromkeys((*of_stem, *own)))
    if first.kind is SentenceKind.ROW:
        return tuple(dict.fromkeys((*found, *posts_in_cells(outline, unit, lexicon))))
    if found or unit.stem is not None:
        return found
    return posts_before(outline, first, lexicon) or (posts_over(outline, first, lexicon) if not first.subject or first.inherited else ())


def posts_in_cells(outline: Outline, unit: Unit, lexicon: Lexicon) -> tuple[str, ...]:
    """Posts in the column that says who does a row (责任人), where it holds nothing else."""
    cells = (cell for number in unit.sentences for cell in outline.sentences[number].cells)
    named = (said for head, said in cells if lexicon.cues["岗位列"].fullmatch("".join(head.split())))
    return tuple(dict.fromkeys(role for said in named for role in only_posts("".join(said.split()), lexicon)))


def posts_over(outline: Outline, sentence: Sentence, lexicon: Lexicon) -> tuple[str, ...]:
    """Posts whose part the nearest heading names (运营主管职责), or alone, where a heading beside it names other posts (大堂经理 after 柜员)."""
    place: int | None = sentence.node
    while place is not None and not outline.nodes[place].heading:
        place = outline.nodes[place].parent
    if place is None:
        return ()
    here = outline.nodes[place]
    heading = "".join(here.heading.split())
    group = lexicon.post_words.groups.match(heading)
    if group is None:
        return ()
    beside = (node.heading for node in outline.nodes if node.parent == here.parent and node.kind is here.kind and node.number != here.number)
    alone = group.end() == len(heading)
    assigned = any(only_posts(other, lexicon) for other in beside) if alone else lexicon.cues["岗位标题后"].fullmatch(heading, group.end())
    return only_posts(group.group(), lexicon) if assigned else ()


def posts_before(outline: Outline, sentence: Sentence, lexicon: Lexicon) -> tuple[str, ...]:
    """Posts that are the subject of the sentence right before in its paragraph, where this one goes on with what they must or must not do."""
    if not sentence.inherited or not sentence.number or lexicon.cues["岗位承前"].match(sentence.text) is None:
        return ()
    before = outline.sentences[sentence.number - 1]
    goes_on = before.passage == sentence.passage and before.node == sentence.node and before.subject == sentence.subject and not before.inherited
    return posts_of(before.text, lexicon) if goes_on and only_posts(sentence.subject, lexicon) else ()


def only_posts(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The posts that a text names where it names nothing else (柜员、大堂经理)."""
    if lexicon.post_words.groups.fullmatch(text) is None:
        return ()
    return tuple(dict.fromkeys(post.role for _, post in members(text, lexicon) if post.acts))


def posts_of(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Posts of the branch that act in a text (岗位), in its order; never inferred, never who is a regulator's."""
    if lexicon.post_words.one.search(text) is None:
        return ()
    rest = without_others(text, lexicon)
    found: dict[str, int] = {}
    for group in lexicon.post_words.groups.finditer(rest):
        named = [(group.start() + start, post) for start, post in members(group.group(), lexicon)]
        acting = acts(rest, group.span(), lexicon)
        for place, post in named:
            if post.acts and (everybody(rest, place, post, lexicon, acting=acting) if post.role == EVERYBODY else acting):
                found[post.role] = min(place, found.get(post.role, place))
    return tuple(sorted(found, key=lambda role: (found[role], role)))


def everybody(text: str, place: int, post: Post, lexicon: Lexicon, *, acting: bool) -> bool:
    """Whether a word means all the staff of the branch: one that says all, or 网点员工, 工作人员 that act, who are nobody else's and no two of them."""
    if lexicon.cues["人人"].match(post.word):
        return True
    front = CLAUSE.split(text[:place])[-1]
    if not acting or lexicon.cues["非全员前"].search(front):
        return False
    named = lexicon.cues["全员泛指"].fullmatch(post.word) is None or not front
    return named or lexicon.cues["全员前"].fullmatch(front) is not None or lexicon.cues["本行前"].search(front) is not None or of_the_bank(front, lexicon)


def of_the_bank(front: str, lexicon: Lexicon) -> bool:
    """Whether words before the staff are a bank's name and no other house's (商业银行及其)."""
    houses = find_actors(front, lexicon)
    if not houses or any(actor.audience != BANK for actor in houses):
        return False
    before, _, behind = front.partition(houses[0].word)
    return not before and len(houses) == 1 and (not behind or lexicon.cues["所属"].fullmatch(behind) is not None)


def members(group: str, lexicon: Lexicon) -> Iterator[tuple[int, Post]]:
    """The posts of a group with their places."""
    for hit in lexicon.post_words.one.finditer(group):
        yield hit.start(), lexicon.post_words.by_word[hit.group()]


def acts(text: str, place: tuple[int, int], lexicon: Lexicon) -> bool:
    """Whether the posts at a place are who acts in their clause."""
    front = "，" + CLAUSE.split(text[: place[0]])[-1]
    back = CLAUSE.split(text[place[1] :])[0]
    cues = lexicon.cues
    if cues["岗位非主语后"].match(back):
        return False
    if re.search("[由经]$", front) and not front.endswith("视同由") and cues["岗位亲为后"].match(back):
        return cues["岗位受事前"].search(re.sub("[须应需]?经$", "", front)) is None  # 须经运营主管当面核实: she does it herself
    if cues["岗位受事前"].search(front):
        return False
    if not back.strip("　 "):
        return listed(text, place)
    if cues["岗位审批后"].match(back):
        return front.endswith("由") and cues["岗位由授权后"].match(back) is not None
    if cues["岗位主语前"].search(front):
        return True
    return cues["岗位义务后"].match(back) is not None


def listed(text: str, place: tuple[int, int]) -> bool:
    """Whether one post stands alone before its mark and what it must do behind it (柜员：核对…), or in a cell; several before a colon are addressed."""
    front, back = text[: place[0]][-1:], text[place[1] :].lstrip("　 ")[:2]
    alone = front in ("", *"。；：｜　 \n") and not re.search("[、和与及或]", text[slice(*place)])
    return alone and back[:1] in ("：", "｜") and len(back) > 1
