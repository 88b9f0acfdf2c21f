"""Which sentences are headings: title lines, numbered headings, and the 小标题句 that opens a numbered paragraph."""

import re

from msgspec.structs import replace

from digest.model.outline import NodeKind, SentenceKind
from digest.structure.draft import Draft, Work
from digest.structure.lines import TERMINAL
from digest.zh.lexicon import Lexicon

LONGEST = 48  # characters of a heading on a line of its own
RUN_IN = 22  # characters of a 小标题句
SECTIONS = {NodeKind.BOOK, NodeKind.CHAPTER, NodeKind.SECTION, NodeKind.ANNEX}
# a 小标题句 with one of these says something that must be obeyed and stays a candidate
SAYS_SOMETHING = re.compile(
    r"[不未勿]|禁止|严禁|(?<![相反响对适])应(?![急用对收付])|须(?!知)|可以|[0-9]|[一二三四五六七八九十两]+[日天个年月次人]|，|：|的$|除外|施行|执行|废止|生效|停用|启用"
)
SAYS_DUTY = re.compile(r"应当|必须|不得|严禁|禁止|本(?:办法|规定|通知|细则|规程|指引)")  # a sentence that says enough by itself


def mark_headings(work: Work, taken: frozenset[int], lexicon: Lexicon) -> None:
    """Set the kind of headings and note them in the tree, in place; ``taken`` are the masthead's passages."""
    for index, draft in enumerate(work.drafts):
        if draft.passage in taken or (draft.kind is SentenceKind.PLAIN and is_heading(work, index, draft) and not labels_next(work, index, lexicon)):
            draft.kind = SentenceKind.HEADING
            note_heading(work, draft)


def labels_next(work: Work, index: int, lexicon: Lexicon) -> bool:
    """Whether a 小标题句 says of what the next sentence is a list or a span (机构范围。全部对外营业网点。): without it that one says nothing."""
    draft, following = work.drafts[index], work.drafts[index + 1 : index + 2]
    beside = bool(following) and following[0].passage == draft.passage and following[0].kind is SentenceKind.PLAIN
    return beside and lexicon.cues["标题词"].search(draft.text) is not None and SAYS_DUTY.search(following[0].text) is None


def note_heading(work: Work, draft: Draft) -> None:
    """The first heading of a numbered place is its name."""
    node = work.nodes[draft.node]
    named = work.labels[draft.passage] is not None or node.kind is NodeKind.ANNEX
    if draft.first and named and not node.heading:
        work.nodes[draft.node] = replace(node, heading=draft.text.rstrip("。：:"))


def is_heading(work: Work, index: int, draft: Draft) -> bool:
    """Whether the first sentence of a passage is a heading."""
    node = work.nodes[draft.node]
    if not draft.first:
        return draft.opens and not draft.last and is_run_in(draft.text)
    if node.kind in SECTIONS and draft.last and work.labels[draft.passage] is not None:
        return True
    runs_on = not draft.last or (index + 1 < len(work.drafts) and work.drafts[index + 1].passage == draft.passage)
    if runs_on or (not stands_alone(work, index, draft) and heads_items(work, index, draft)):
        return draft.opens and is_run_in(draft.text)
    return stands_alone(work, index, draft)


def heads_items(work: Work, index: int, draft: Draft) -> bool:
    """Whether the numbers right below belong to a numbered place that is one sentence so far (（二）受理终端及相关业务。 above 1., 2.)."""
    below = work.drafts[index + 1 : index + 2]
    named = draft.last and work.nodes[draft.node].kind is not NodeKind.ARTICLE
    return named and bool(below) and below[0].node != draft.node and work.nodes[below[0].node].parent == draft.node


def stands_alone(work: Work, index: int, draft: Draft) -> bool:
    """Whether a passage of one short sentence without closing mark is a heading."""
    text = draft.text
    if len(text) > LONGEST or TERMINAL.search(text) or draft.stem is not None:
        return False
    around = work.drafts[max(0, index - 1) : index] + work.drafts[index + 1 : index + 2]
    return not text.endswith(("，", "、", "：")) and not any(is_sibling(work, draft, other) for other in around)


def is_sibling(work: Work, draft: Draft, neighbour: Draft) -> bool:
    """Whether the sentence beside is an item of the same list, so that both are bare items."""
    one, other = work.nodes[draft.node], work.nodes[neighbour.node]
    if one.number == other.number or one.kind in (NodeKind.H1, NodeKind.ROOT):
        return False
    return one.parent == other.parent and one.kind is other.kind


def is_run_in(text: str) -> bool:
    """Whether a sentence that opens a numbered paragraph only names what follows (开展账实核对。)."""
    return len(text) <= RUN_IN and text.endswith("。") and not SAYS_SOMETHING.search(text[:-1])
