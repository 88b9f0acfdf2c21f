"""Text to unbreakable units with their widths in em: the stuff lines are made of.

Numbers keep their unit, dates and document numbers stay whole, brackets and stops know which half of their square is empty.
"""

import re
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from digest.typeset.fonts import PACKAGED, Family, glyph, is_invisible

Ranges = tuple[tuple[int, int], ...]

NO_START = frozenset("，。、；：？！）》〉」』】〕〗”’…—～·％%‰℃°,.;:?!)]}々〻ー›»︰｝］")  # kinsoku (避头)
NO_END = frozenset("（《〈「『【〔〖“‘([{￥$＄#§№〝｛［")  # kinsoku (避尾)
CLOSING = frozenset("，。、；：）》〉」』】〕〗")  # ink in the left half of the square
OPENING = frozenset("（《〈「『【〔〖")  # ink in the right half
HALF = 0.5
WIDE = 0.9  # narrower marks have no empty half to give away
LATIN_GAP = 0.09  # em between Han and Latin; from 0.10 on poppler copies a blank (measured)

_SCALE = r"(?:多|余|几)?[十百千]?[万亿]{0,2}(?:多|余)?"
_UNIT = (
    r"(?:元|美元|欧元|港元|个?工作日|个?自然日|自然人|个?月|个?小时|日内|日前|日|天内|天|年内|年|周|台|次|笔|户|人|家|项|条|款|张|份|本|枚|个|倍|岁|"
    r"分钟|秒|要素|级|类|号|页|米|层|点|时|分|％|%|‰|℃)?"
)
KEEP = re.compile(
    r"[〔\[（(]?\d{4}[〕\]）)]?\d+号"
    r"|〔\d{4}〕第?\d+号"
    r"|第[一二三四五六七八九十百零〇\d]{1,6}[条款章节项编]"
    r"|\d{4}年\d{1,2}月\d{1,2}日(?:前|起|止)?|\d{4}年\d{1,2}月|\d{1,2}月\d{1,2}日(?:前|起|止)?|\d{1,2}[:：]\d{2}(?:[-—至]\d{1,2}[:：]\d{2})?"
    r"|\d{3,}(?:-\d{3,})+"  # telephone numbers
    rf"|[第约近超逾]?[+\-−±]?\d[\d,.，]*\d{_SCALE}{_UNIT}(?:以[上下内外])?|[第约近超逾]?[+\-−±]?\d{_SCALE}{_UNIT}(?:以[上下内外])?"
    rf"|[一二三四五六七八九十百千两半]{{1,4}}(?:个工作日|个自然日|个月|个小时|万元|日内|年内)"
    r"|[A-Za-z0-9][A-Za-z0-9_./:@+\-]*|……|——|＿+"  # a blank to fill in is one mark
)


class Unit(Struct):
    """Characters that stay together. Widths in em: ``lead`` and ``trail`` can be dropped at a line's edge, ``gap`` follows."""

    text: str
    bolds: tuple[bool, ...]
    width: float = 0.0
    lead: float = 0.0
    trail: float = 0.0
    gap: float = 0.0
    breaks: bool = True


def is_han(char: str) -> bool:
    """Whether a character is a Han character (not a mark)."""
    return "\u2e80" <= char <= "\u2fff" or "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"


def is_latin(char: str) -> bool:
    """Whether a character is an ASCII letter or digit."""
    return char.isascii() and char.isalnum()


def needs_gap(left: str, right: str) -> bool:
    """Whether a little air belongs between two neighbours (中西文间距)."""
    return (is_han(left) and is_latin(right)) or (is_latin(left) and is_han(right))


@lru_cache(maxsize=8_000)
def units(text: str, bold: Ranges = (), family: Family = PACKAGED) -> tuple[Unit, ...]:
    """A text, with its bold ranges, as units."""
    found = [_unit(part, bolds, family) for part, bolds in _pieces(text, bold)]
    for left, right in pairwise(found):
        _join(left, right)
    return tuple(found)


@lru_cache(maxsize=8_000)
def width(text: str, bold: bool = False, family: Family = PACKAGED) -> float:
    """The width in em of a text set on one line."""
    return line_width(units(text, ((0, len(text)),) if bold else (), family))


def line_width(line: tuple[Unit, ...]) -> float:
    """The natural width in em of units set on one line, edges kept."""
    return sum(unit.width + unit.gap for unit in line) - (line[-1].gap if line else 0.0)


def _pieces(text: str, bold: Ranges) -> list[tuple[str, tuple[bool, ...]]]:
    """The text cut into what must stay together, with a bold flag per character; invisible characters are gone."""
    flags = [False] * len(text)
    for start, end in bold:
        flags[start:end] = [True] * (end - start)
    shown = [index for index, char in enumerate(text) if not is_invisible(char)]
    clean = "".join(" " if text[index].isspace() and text[index] != "\u3000" else text[index] for index in shown)
    kept = [flags[index] for index in shown]
    cuts, position = [], 0
    for match in KEEP.finditer(clean):
        cuts += [(at, at + 1) for at in range(position, match.start())]
        cuts.append(match.span())
        position = match.end()
    cuts += [(at, at + 1) for at in range(position, len(clean))]
    return [(clean[start:end], tuple(kept[start:end])) for start, end in cuts]


def _unit(text: str, bolds: tuple[bool, ...], family: Family) -> Unit:
    """Measure one piece."""
    total, before = 0.0, ""
    for char, bold in zip(text, bolds, strict=True):
        total += glyph(char, bold, family).width + (LATIN_GAP if before and needs_gap(before, char) else 0.0)
        before = char
    unit = Unit(text, bolds, total)
    if total > WIDE:
        unit.lead = HALF if text in OPENING else 0.0
        unit.trail = HALF if text in CLOSING else 0.0
    return unit


def _join(left: Unit, right: Unit) -> None:
    """Set the gap and the break between two neighbours."""
    last, first = left.text[-1], right.text[0]
    if needs_gap(last, first):
        left.gap = LATIN_GAP
    if left.trail and (right.trail or right.lead):
        left.gap -= HALF  # 》， and ）（ share one square
    elif not left.trail and left.lead and right.lead:
        left.gap -= HALF
    left.breaks = first not in NO_START and last not in NO_END
