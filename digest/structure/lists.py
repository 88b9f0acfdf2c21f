"""Stems and their items: a list item never travels without the words it hangs on (domain.md 0.4)."""

import re
from collections.abc import Sequence
from itertools import takewhile

from digest.model.outline import NodeKind, SentenceKind
from digest.structure.draft import Draft, Work
from digest.zh.actors import BANK, OTHER_TRADE, houses
from digest.zh.lexicon import Lexicon

LONG_SECTION = 3  # sentences; what stands under 一、 and is longer is no item
EMPTY_FORMULA = 26  # characters; a formula that opens a paper (现就有关事项通知如下：) and says no more than that
ANNOUNCED = re.compile(r"下列|以下(?!的)[^，。；]{0,12}(?:情形|行为|情况|条件|要求|规定|材料|事项)")
WHEN = re.compile(r"\d+月\d+日|\d{1,2}:\d{2}|首日|当日|当天|次日|期间|之?前$|之?后$")
STEM = re.compile(r"[：:]$|(?:下列|以下|如下)[^。；]{0,30}[。]?$")


def mark_lists(work: Work, lexicon: Lexicon) -> None:
    """Set kinds and stems of all lists, in place; outer lists first, so that inner stems hang on outer ones."""
    formula = lexicon.cues["开头套语"]
    children = children_of(work)
    first_of = first_drafts(work)
    for index, draft in enumerate(work.drafts):
        if not draft.last or not (dated_head(work, index) if draft.kind is SentenceKind.HEADING else is_stem(draft.text)):
            continue
        if formula.search(draft.text):
            draft.kind = SentenceKind.HEADING if len(draft.text) <= EMPTY_FORMULA else draft.kind
            continue
        items = list_behind(work, index, children, first_of)
        if not items or are_sections(work, items, first_of):
            continue
        stem = announcer(work, index, lexicon)
        work.drafts[stem].kind = SentenceKind.STEM
        for node in items:
            hang(work, stem, node, children=children, first_of=first_of)


def is_stem(text: str) -> bool:
    """Whether a sentence introduces items."""
    return STEM.search(text) is not None


def dated_head(work: Work, index: int) -> bool:
    """Whether a heading without a number of its own says from when or in what case the items behind it hold (上线首日（10月20日）切记)."""
    draft = work.drafts[index]
    return index > 0 and not draft.opens and work.drafts[index - 1].node == draft.node and WHEN.search(draft.text) is not None


def announcer(work: Work, index: int, lexicon: Lexicon) -> int:
    """The sentence that the items hang on: the one that says 下列, though 情节严重的… and 涉嫌犯罪的…： may stand between it and them.

    Where several say it for one list each (银行…；支付机构…：), the bank's.
    """
    node = work.drafts[index].node
    before = takewhile(lambda place: work.drafts[place].node == node, range(index, -1, -1))
    announcing = [place for place in before if ANNOUNCED.search(work.drafts[place].text)]
    if not announcing:
        return index
    named = {place: houses(work.drafts[place].text, lexicon) for place in announcing} if len(announcing) > 1 else {}
    theirs = OTHER_TRADE in named.get(announcing[0], ()) and BANK not in named[announcing[0]]
    return next((place for place in announcing if BANK in named[place]), announcing[0]) if theirs else announcing[0]


def children_of(work: Work) -> dict[int, list[int]]:
    """Node to its child nodes in order."""
    found: dict[int, list[int]] = {}
    for node in work.nodes:
        if node.parent is not None:
            found.setdefault(node.parent, []).append(node.number)
    return found


def first_drafts(work: Work) -> dict[int, int]:
    """Node to its first sentence."""
    found: dict[int, int] = {}
    for index, draft in enumerate(work.drafts):
        found.setdefault(draft.node, index)
    return found


def list_behind(work: Work, index: int, children: dict[int, list[int]], first_of: dict[int, int]) -> list[int]:
    """The nodes of the list that begins right behind a sentence."""
    if index + 1 >= len(work.drafts):
        return []
    start = work.drafts[index + 1].node
    parent = work.drafts[index].node
    siblings = children.get(parent, [])
    if start not in siblings or first_of.get(start) != index + 1:
        return []
    return same_list(work, siblings[siblings.index(start) :], index + 1, first_of)


def same_list(work: Work, siblings: Sequence[int], index: int, first_of: dict[int, int]) -> list[int]:
    """The siblings that go on without a sentence of their parent's between them."""
    parent = work.nodes[siblings[0]].parent
    kind = work.nodes[siblings[0]].kind
    found: list[int] = []
    for node in siblings:
        begin = first_of.get(node, index)
        if work.nodes[node].kind is not kind or any(draft.node == parent for draft in work.drafts[index:begin]):
            break
        found.append(node)
    return found


def are_sections(work: Work, items: Sequence[int], first_of: dict[int, int]) -> bool:
    """Whether the supposed items are sections with headings of their own."""
    heads = [work.drafts[first_of[node]] for node in items if node in first_of]
    if work.nodes[items[0]].kind in (NodeKind.BOOK, NodeKind.CHAPTER, NodeKind.SECTION, NodeKind.ARTICLE, NodeKind.ANNEX):
        return True
    if sum(head.kind is SentenceKind.HEADING for head in heads) * 2 > len(heads):
        return True
    last = max(first_of[node] for node in items if node in first_of)
    return work.nodes[items[0]].kind is NodeKind.H1 and last - min(first_of[node] for node in items if node in first_of) > LONG_SECTION * len(items)


def hang(work: Work, stem: int, node: int, *, children: dict[int, list[int]], first_of: dict[int, int]) -> None:
    """Hang a node's own sentences, and those below it, on the stem."""
    inside = {node}
    queue = [node]
    while queue:
        below = children.get(queue.pop(), [])
        inside.update(below)
        queue += below
    for draft in work.drafts[first_of.get(node, len(work.drafts)) :]:
        if draft.node not in inside:
            break
        draft.stem = stem
        draft.kind = SentenceKind.ITEM if draft.kind is SentenceKind.PLAIN else draft.kind


def item_node(work: Work, draft: Draft, stem: int) -> int:
    """The child of the stem's node that a sentence belongs to."""
    node = draft.node
    parent = work.drafts[stem].node
    while work.nodes[node].parent is not None and work.nodes[node].parent != parent:
        node = work.nodes[node].parent or 0
    return node
