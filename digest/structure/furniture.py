"""Blocks to lines without page furniture: page numbers (also glued to text), running heads and feet, page marks, links."""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from digest.model.document import Block, BlockKind
from digest.structure.lines import TERMINAL, Line, fold

DASH = r"[—–\-－―_~～·.]"
PAGE_NUMBER = re.compile(
    rf"^[一—\-.·]{{1,2}}\d{{1,3}}[一—\-.·=]{{1,2}}$|^{DASH}*\d{{1,3}}(?:/\d{{1,3}})?{DASH}*$|^{DASH}*第\d{{1,3}}页(?:[/,，]?共\d{{1,3}}页)?{DASH}*$|^(?:page)?\d{{1,3}}(?:of|/)\d{{1,3}}$",
    re.I,
)
DASHED = re.compile(r"^[\s\u3000]*[—–\-－]{1,2}[ \u3000]*(\d{1,3})[ \u3000]*[—–\-－]{1,2}[ \u3000]*(?=\S)")
GLUED = re.compile(r"^[\s\u3000]*(\d{1,3})[ \u3000]?(?=[\u4e00-\u9fff（(《“])")
# a figure before one of these is a figure of the text, never of the page
COUNTED = re.compile(r"[年月日号个元万亿千百十天周时分秒岁点%％倍]|以[上下内]")
# before one of these it may be either; the run of pages decides
COUNTABLE = re.compile(r"[种类户家人次笔张份项级位名期条件批台章节款本页寸米公吨度]")
LINK = re.compile(r"^(?:https?://|www\.)\S+$|^[\w./?=&%-]+[?&]\w+=[\w&=%]+$", re.I)
REPEATS = 3  # a line that stands this often, at page breaks, is furniture
PAGE_LINES = 8  # a page has at least this many lines
HIDDEN = 3  # pages from one number seen to the next
HEAD_LENGTH = 40


def strip_furniture(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """Blocks to the lines that belong to the text; table cells are left to tables.py, and nothing is joined over them."""
    folded = [fold(block.raw) for block in blocks]
    cuts = glued_numbers(blocks, folded)
    dropped = {index for index, text in enumerate(folded) if is_furniture(blocks[index], text)}
    dropped |= running_heads(blocks, folded, dropped, set(cuts))
    kept: list[Line] = []
    apart = False
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.CELL:
            apart = True
        elif index not in dropped and folded[index]:
            gap = block.gap_before and index - 1 not in dropped  # a page break is no paragraph break
            kept.append(Line(block=block, start=cuts.get(index, 0), end=len(block.raw), gap=gap, apart=apart))
            apart = False
    return tuple(kept)


def is_furniture(block: Block, folded: str) -> bool:
    """Whether one block alone can be told as furniture."""
    if block.kind is BlockKind.FURNITURE or LINK.match(folded):
        return True
    return block.kind is BlockKind.LINE and PAGE_NUMBER.match(folded) is not None


def running_heads(blocks: Sequence[Block], folded: Sequence[str], numbers: set[int], cut: set[int]) -> set[int]:
    """Lines that come back beside page numbers: running heads and feet in text that has lost its pages."""
    counts = Counter(text for text, block in zip(folded, blocks, strict=True) if block.kind is BlockKind.LINE and 2 <= len(text) <= HEAD_LENGTH)
    often = {text for text, count in counts.items() if count >= REPEATS and not TERMINAL.search(text)}
    found: set[int] = set()
    for anchor in sorted(numbers | cut):
        for step in (-1, 1):
            index = anchor + step
            while 0 <= index < len(blocks) and (folded[index] in often or index in numbers):
                found.add(index)
                index += step
    return found - cut


class Candidate(Struct, frozen=True, kw_only=True):
    """A number at a line's head: ``start`` is where the text behind it begins, 0 for a bare page number."""

    index: int
    number: int
    start: int = 0
    weak: bool = False


def glued_numbers(blocks: Sequence[Block], folded: Sequence[str]) -> dict[int, int]:
    """Block index to where its text begins behind a page number stuck to it (13客户涉嫌); told by the run of pages."""
    cuts: dict[int, int] = {}
    candidates: list[Candidate] = []
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.LINE:
            continue
        if dashed := DASHED.match(block.raw):
            cuts[index] = dashed.end()
        elif found := candidate(index, block, folded[index]):
            candidates.append(found)
    cuts.update({page.index: page.start for page in page_run(candidates) if page.start})
    return cuts


def candidate(index: int, block: Block, folded: str) -> Candidate | None:
    """A bare number, or one stuck to the text of its line."""
    bare = re.search(r"\d+", folded) if PAGE_NUMBER.match(folded) else None
    if bare:
        return Candidate(index=index, number=int(bare.group()))
    glued = GLUED.match(block.raw)
    if not glued or COUNTED.match(block.raw, glued.end()):
        return None
    return Candidate(index=index, number=int(glued.group(1)), start=glued.end(), weak=COUNTABLE.match(block.raw, glued.end()) is not None)


def page_run(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The longest run of numbers that rise from page to page, pages apart; a page or two may be hidden. Nothing below three."""
    best: list[int] = []  # length of the longest run that ends here
    back: list[int | None] = []
    for here, page in enumerate(candidates):
        before = [at for at in range(here) if follows(candidates[at], page)]
        link = max(before, key=lambda at: (best[at], at), default=None)
        best.append(1 + (best[link] if link is not None else 0))
        back.append(link)
    at: int | None = max(range(len(best)), key=lambda place: best[place], default=None)
    run: list[Candidate] = []
    while at is not None:
        run.append(candidates[at])
        at = back[at]
    strong = sum(not page.weak for page in run)
    return run[::-1] if strong >= REPEATS and strong * 2 >= len(run) else []


def follows(page: Candidate, later: Candidate) -> bool:
    """Whether two numbers can be those of pages that follow one another."""
    step = later.number - page.number
    return 1 <= step <= HIDDEN and later.index - page.index >= PAGE_LINES * step
