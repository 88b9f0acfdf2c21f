"""Blocks to lines without page furniture: page numbers (also glued to text), running heads and feet, page marks, links."""

import re
from collections import Counter
from collections.abc import Sequence

from digest.model.document import Block, BlockKind
from digest.structure.lines import TERMINAL, Line, fold

DASH = r"[—–\-－―_~～·.]"
PAGE_NUMBER = re.compile(
    rf"^[一—\-.·]{{1,2}}\d{{1,3}}[一—\-.·=]{{1,2}}$|^{DASH}*\d{{1,3}}(?:/\d{{1,3}})?{DASH}*$|^{DASH}*第\d{{1,3}}页(?:[/,，]?共\d{{1,3}}页)?{DASH}*$|^(?:page)?\d{{1,3}}(?:of|/)\d{{1,3}}$",
    re.I,
)
DASHED = re.compile(r"^[\s\u3000]*[—–\-－]{1,2}[ \u3000]*(\d{1,3})[ \u3000]*[—–\-－]{1,2}[ \u3000]*(?=\S)")
GLUED = re.compile(r"^[\s\u3000]*(\d{1,3})[ \u3000]?(?=[\u4e00-\u9fff（(《“])")
# a figure before one of these is a figure of the text, not of the page
COUNTED = re.compile(r"[年月日号个条元万亿千百十笔次人户家倍天周时分秒项张级位名种类份点岁本页章节款期批件台寸米公吨度]|以[上下内]")
LINK = re.compile(r"^(?:https?://|www\.)\S+$|^[\w./?=&%-]+[?&]\w+=[\w&=%]+$", re.I)
REPEATS = 3  # a line that stands this often, at page breaks, is furniture
PAGE_LINES = 8  # a page has at least this many lines
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


def glued_numbers(blocks: Sequence[Block], folded: Sequence[str]) -> dict[int, int]:
    """Block index to where its text begins behind a page number stuck to it (13客户涉嫌); told by the run of pages."""
    cuts: dict[int, int] = {}
    places: list[tuple[int, int, int]] = []  # block index, page number, where the text begins; bare numbers help to count
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.LINE:
            continue
        if dashed := DASHED.match(block.raw):
            cuts[index] = dashed.end()
        elif PAGE_NUMBER.match(folded[index]) and (bare := re.search(r"\d+", folded[index])):
            places.append((index, int(bare.group()), 0))
        elif (glued := GLUED.match(block.raw)) and not COUNTED.match(block.raw, glued.end()):
            places.append((index, int(glued.group(1)), glued.end()))
    cuts.update({index: start for index, _, start in page_run(places) if start})
    return cuts


def page_run(places: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The longest run of numbers that rise by one from page to page, pages apart; nothing below three."""
    best: list[int] = []  # length of the longest run that ends here
    back: list[int | None] = []
    for here, (index, number, _) in enumerate(places):
        before = [at for at in range(here) if places[at][1] == number - 1 and index - places[at][0] >= PAGE_LINES]
        link = max(before, key=lambda at: (best[at], at), default=None)
        best.append(1 + (best[link] if link is not None else 0))
        back.append(link)
    if not best or max(best) < REPEATS:
        return []
    at: int | None = max(range(len(best)), key=lambda place: best[place])
    run: list[tuple[int, int, int]] = []
    while at is not None:
        run.append(places[at])
        at = back[at]
    return run[::-1]
