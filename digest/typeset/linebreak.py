"""Units to lines: optimal breaks under the kinsoku rules, and the positions of every glyph of a line."""

from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from digest.typeset.fonts import PACKAGED, Family, glyph
from digest.typeset.measure import LATIN_GAP, Ranges, Unit, needs_gap, units

MOST_STRETCH = 0.08  # em between two characters of a justified line; more reads as letter-spacing (measured on paper pictures)
MOST_AT_LATIN = 0.008  # what a Han-Latin gap may grow: 0.10 em together copies as a blank
MOST_SHRINK = 0.02
TOLERANCE = 0.02  # em a line may stick out, taken back by shrinking
TIGHT_SHRINK = 0.03  # em between two characters of a tight paragraph: less than what justified lines grow
TIGHT_SHARE = 0.018  # of its width: what a line of one may stick out; two gaps in three can shrink
LINE_COST = 1.0
SLACK_COST = 100.0
SHORT_LAST_COST = 4.0  # a last line of one or two characters
SHORT_LAST = 2.2
SAME_SPACING = 0.004  # pt: glyphs whose spacing differs less are drawn as one run
IMPOSSIBLE = 1e9


Edges = tuple[list[float], list[float]]  # of every unit: where a line that starts, or stops, with it begins, or ends


class Line(Struct, frozen=True):
    """Units [start, stop) of a paragraph, their width and the room they have, in em."""

    start: int
    stop: int
    width: float
    room: float


class Setting(NamedTuple):  # looked up by value again and again: a tuple is hashed many times faster than a dataclass
    """How a paragraph is set: widths in em; ``first`` and ``last`` are kept free on the first and the last line; ``tight`` sets lines a little closer."""

    width: float
    first: float = 0.0
    last: float = 0.0
    bold: Ranges = ()
    family: Family = PACKAGED
    tight: bool = False

    @property
    def tolerance(self) -> float:
        """What a line may stick out, in em."""
        return max(TOLERANCE, TIGHT_SHARE * self.width) if self.tight else TOLERANCE


Text = tuple[list[bool], Edges, Setting]  # of every unit: whether a line may end with it; and as above


class Run(Struct, frozen=True):
    """Glyphs of one font and equal spacing: ``x`` from the line's left edge and ``spacing`` in em."""

    x: float
    text: str
    font: str
    spacing: float
    end: float


class Paragraph(Struct, frozen=True):
    """A text broken into lines."""

    units: tuple[Unit, ...]
    lines: tuple[Line, ...]
    tight: bool = False


@lru_cache(maxsize=20_000)
def break_lines(text: str, setting: Setting) -> Paragraph:
    """Break a text into lines no wider than the setting, keeping the rules; a unit wider than a line is cut."""
    parts = _cut_wide(units(text, setting.bold, setting.family), setting)
    lines = _best(parts, setting) if parts else ()
    if parts and not lines:  # a run of marks that may neither start nor end a line, longer than a line
        parts = tuple(Unit(part.text, part.bolds, part.width, part.lead, part.trail, part.gap) for part in parts)
        lines = _best(parts, setting)
    return Paragraph(parts, lines, setting.tight)


def count_lines(text: str, setting: Setting) -> int:
    """How many lines a text takes; an empty text takes one."""
    return max(1, len(break_lines(text, setting).lines))


def _cut_wide(parts: tuple[Unit, ...], setting: Setting) -> tuple[Unit, ...]:
    """Cut the units that no line can hold (addresses of web pages, account numbers) into single characters."""
    room = setting.width - max(setting.first, setting.last)
    if all(part.width <= room for part in parts):
        return parts
    found: list[Unit] = []
    for part in parts:
        if part.width <= room or len(part.text) == 1:
            found.append(part)
            continue
        single = [Unit(char, (bold,), glyph(char, bold, setting.family).width) for char, bold in zip(part.text, part.bolds, strict=True)]
        single[-1].gap, single[-1].breaks = part.gap, part.breaks
        found += single
    return tuple(found)


def _best(parts: tuple[Unit, ...], setting: Setting) -> tuple[Line, ...]:
    """Least-cost breaks by dynamic programming over break positions (after Knuth and Plass); empty if the rules forbid all."""
    count = len(parts)
    edges = left, right = _edges(parts)
    if right[-1] - left[0] <= setting.width - setting.last - setting.first + setting.tolerance:  # any other way costs a line more
        return (Line(0, count, right[-1] - left[0], setting.width - setting.first - setting.last),)
    opens = [part.breaks for part in parts]
    limit = _first_fit(opens, edges, setting)
    cost = [0.0] + [IMPOSSIBLE] * count
    origin = [0] * (count + 1)
    for start in range(count):
        if cost[start] + LINE_COST <= limit:
            _reach(start, (cost, origin), (opens, edges, setting), limit)
    return _trace(origin, edges, setting) if cost[count] < IMPOSSIBLE else ()


def _reach(start: int, known: tuple[list[float], list[int]], text: Text, limit: float) -> None:
    """Note every line that begins at ``start``, fullest first, where it is the cheapest way to its end: the latest start of equals.

    A line so short that it alone takes the paragraph above ``limit``, what filling every line costs, ends it: the shorter ones cost more.
    """
    cost, origin = known
    opens, (left, right), setting = text
    count, begin = len(right), left[start]
    room = setting.width - (0.0 if start else setting.first)
    stop = max(start + 1, bisect_right(right, begin + room + setting.tolerance))
    if stop == count:
        wide, inner = right[-1] - begin, room - setting.last
        price = cost[start] + LINE_COST + (SHORT_LAST_COST if wide < SHORT_LAST else 0.0)
        if (wide <= inner + setting.tolerance or start == count - 1) and price <= cost[count]:
            cost[count], origin[count] = price, start
        stop -= 1
    for end in range(stop, start, -1):
        if not opens[end - 1]:
            continue
        slack = room - (right[end - 1] - begin)
        price = cost[start] + LINE_COST + ((slack / room) ** 2 * SLACK_COST if slack > 0 else 0.0)
        if price + LINE_COST > limit:
            break
        if price <= cost[end]:
            cost[end], origin[end] = price, start


def _first_fit(opens: list[bool], edges: Edges, setting: Setting) -> float:
    """What the paragraph costs when every line is filled as far as it goes: no better way costs more."""
    left, right = edges
    count, start, cost = len(right), 0, 0.0
    while start < count:
        room = setting.width - (0.0 if start else setting.first)
        stop = max(start + 1, bisect_right(right, left[start] + room + setting.tolerance))
        wide = right[-1] - left[start]
        if stop == count and (wide <= room - setting.last + setting.tolerance or start == count - 1):
            return cost + LINE_COST + (SHORT_LAST_COST if wide < SHORT_LAST else 0.0) + TOLERANCE
        stop = next((end for end in range(min(stop, count - 1), start, -1) if opens[end - 1]), 0)
        if not stop:
            return IMPOSSIBLE
        slack = room - (right[stop - 1] - left[start])
        cost += LINE_COST + ((slack / room) ** 2 * SLACK_COST if slack > 0 else 0.0)
        start = stop
    return IMPOSSIBLE


def _edges(parts: tuple[Unit, ...]) -> Edges:
    """Where a line that starts or stops at each unit has its edges: half squares and a blank at the end are not counted."""
    left, right, x = [], [], 0.0
    for part in parts:
        left.append(x + part.lead)
        right.append(x + (0.0 if part.text == " " else part.width - part.trail))
        x += part.width + part.gap
    return left, right


def _trace(origin: list[int], edges: Edges, setting: Setting) -> tuple[Line, ...]:
    """Follow the best breaks back from the end."""
    found: list[Line] = []
    stop = len(origin) - 1
    while stop > 0:
        start = origin[stop]
        room = setting.width - (setting.first if start == 0 else 0.0) - (setting.last if stop == len(origin) - 1 else 0.0)
        found.append(Line(start, stop, edges[1][stop - 1] - edges[0][start], room))
        stop = start
    return tuple(reversed(found))


def set_line(paragraph: Paragraph, number: int, *, align: str = "justify", first: float = 0.0, family: Family = PACKAGED) -> tuple[Run, ...]:
    """The glyph runs of one line, positions in em from the left edge; ``first`` indents the first line."""
    line = paragraph.lines[number]
    parts = paragraph.units[line.start : line.stop]
    stretch = 0.0
    if align == "justify" and (number < len(paragraph.lines) - 1 or (paragraph.tight and line.width > line.room)):
        stretch = _stretch(parts, line, TIGHT_SHRINK if paragraph.tight else MOST_SHRINK)
    x = (first if number == 0 else 0.0) - parts[0].lead
    x += {"centre": (line.room - line.width) / 2, "right": line.room - line.width}.get(align, 0.0)
    return _merge(_positions(parts, x, stretch, family), stretch)


def _stretch(parts: tuple[Unit, ...], line: Line, most_shrink: float) -> float:
    """How much each gap of a justified line grows, in em."""
    slack = line.room - line.width
    wide = narrow = 0
    for left, right in _neighbours(parts):
        if needs_gap(left, right):
            narrow += 1
        elif not (left.isascii() and right.isascii()):
            wide += 1
    if slack > 0:
        slack -= narrow * MOST_AT_LATIN
    return max(-most_shrink, min(MOST_STRETCH, slack / wide)) if wide else 0.0


def _neighbours(parts: tuple[Unit, ...]) -> list[tuple[str, str]]:
    text = "".join(part.text for part in parts)
    return list(pairwise(text))


def _air(left: str, right: str, stretch: float) -> float:
    """The room between two neighbours on a line stretched by ``stretch``."""
    if needs_gap(left, right):
        return min(stretch, MOST_AT_LATIN)
    return 0.0 if left.isascii() and right.isascii() else stretch


def _positions(parts: tuple[Unit, ...], x: float, stretch: float, family: Family) -> list[tuple[float, str, str, float]]:
    """Every glyph as (x, text, font, advance)."""
    found: list[tuple[float, str, str, float]] = []
    before, gap = "", 0.0
    for part in parts:
        for index, (char, bold) in enumerate(zip(part.text, part.bolds, strict=True)):
            inside = LATIN_GAP if index and needs_gap(before, char) else 0.0
            x += (gap if index == 0 else inside) + (_air(before, char, stretch) if before else 0.0)
            drawn = glyph(char, bold, family)
            if drawn.text:
                found.append((x, drawn.text, drawn.font, drawn.width))
            x += drawn.width
            before = char
        gap = part.gap
    return found


def _merge(placed: list[tuple[float, str, str, float]], stretch: float) -> tuple[Run, ...]:
    """Join neighbours of one font and equal spacing into runs; a gap of any other size begins a new run."""
    runs: list[Run] = []
    for x, char, font, advance in placed:
        last = runs[-1] if runs else None
        air = x - last.end if last else 0.0
        if last and last.font == font and _joins(last, air, stretch):
            runs[-1] = Run(last.x, last.text + char, font, air, x + advance)
        else:
            runs.append(Run(x, char, font, 0.0, x + advance))
    return tuple(runs)


def _joins(run: Run, air: float, stretch: float) -> bool:
    """Whether a glyph ``air`` behind a run belongs to it."""
    if len(run.text) > 1:
        return abs(air - run.spacing) < SAME_SPACING
    return abs(air - stretch) < SAME_SPACING or abs(air) < SAME_SPACING
