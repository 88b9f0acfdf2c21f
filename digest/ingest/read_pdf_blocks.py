"""Pages of lines and tables to blocks: margins give indents, pitches give gaps, tables go on over page breaks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from digest.ingest.builder import Builder
from digest.ingest.read_pdf_page import Entry, PageRead
from digest.ingest.read_pdf_tables import RuledTable, join, joins
from digest.ingest.tables import add_table
from digest.model.document import BlockKind, Box, Style

CENTRE_SLACK = 1.0  # characters by which a centred line may be off
CENTRE_MARGIN = 1.2  # characters that must be free on both sides of it
INDENT, INDENT_SLACK = 2.0, 0.2  # characters: a usual first line is not centred, even where it happens to end so
RIGHT_FREE = 0.42  # of the column's width that is free before a line set to the right
RIGHT_REST = 6.0  # characters that may be free behind it (盖章处右空四字)
GAP = 1.55  # of the usual pitch: a larger step is a gap
SAME_EDGE = 3.0  # points within which lines begin at one edge
LONG = 0.6  # of the longest line: lines that tell the margins


class Measure(Struct, frozen=True, kw_only=True):
    """What is usual in the document: left and right margin, and the step from line to line by type size."""

    left: float = 0.0
    right: float = 0.0
    pitch: float = 0.0


def add_pages(builder: Builder, pages: Sequence[PageRead]) -> None:
    """Add all pages to the current part."""
    measure = measure_pages(pages)
    pending: RuledTable | None = None
    for page in pages:
        before: Entry | None = None
        for item in page.items:
            if isinstance(item, RuledTable):
                pending, before = _grown(builder, pending, item), None
                continue
            if not item.furniture:
                _flush(builder, pending)
                pending = None
            _add_line(builder, item, page, (measure, before))
            before = before if item.furniture else item
    _flush(builder, pending)


def _grown(builder: Builder, pending: RuledTable | None, table: RuledTable) -> RuledTable:
    """The table that is still open after another piece: the two joined, or the new one and the old one added."""
    if pending is not None and joins(pending, table):
        return join(pending, table)
    _flush(builder, pending)
    return table


def _flush(builder: Builder, table: RuledTable | None) -> None:
    """Add a table that is complete."""
    if table is not None:
        add_table(builder, table.cells)


def measure_pages(pages: Sequence[PageRead]) -> Measure:
    """The usual margins and pitch of a document's long lines."""
    lines = [line for page in pages for line in page.lines if not line.furniture]
    longest = max((line.x1 - line.x0 for line in lines), default=0.0)
    long = [line for line in lines if line.x1 - line.x0 >= LONG * longest]
    if not long:
        return Measure()
    lefts, rights = Counter(round(line.x0) for line in long), Counter(round(line.x1) for line in long)
    steps = [step for page in pages for step in _steps(page)]
    return Measure(left=float(_commonest(lefts)), right=float(_commonest(rights)), pitch=median(steps) if steps else 0.0)


def _commonest(counts: Counter[int]) -> int:
    """The commonest place, the outer one of two."""
    return max(counts, key=lambda place: (counts[place], -place))


def _steps(page: PageRead) -> Iterator[float]:
    """Steps from line to line of a page."""
    lines = [line for line in page.lines if not line.furniture]
    for before, line in pairwise(lines):
        if 0 < line.top - before.top < 5 * line.size:
            yield line.top - before.top


def _add_line(builder: Builder, line: Entry, page: PageRead, around: tuple[Measure, Entry | None]) -> None:
    """Add one line with what its place tells."""
    measure, before = around
    box = Box(page=page.number, x0=line.box[0], top=line.box[1], x1=line.box[2], bottom=line.box[3])
    kind = BlockKind.FURNITURE if line.furniture else BlockKind.LINE
    gap = before is not None and _is_gap(before, line, measure)
    builder.add(line.text, kind, page=page.number, box=box, style=_style(line, measure), doubtful=line.doubtful, gap_before=gap)


def _is_gap(before: Entry, line: Entry, measure: Measure) -> bool:
    """Whether clearly more than the usual white stands between two lines."""
    step = line.top - before.top
    usual = max(measure.pitch, 1.1 * min(line.size, before.size))
    return step > GAP * usual and line.top - before.bottom > 0.5 * line.size


def _style(line: Entry, measure: Measure) -> Style:
    """Size, weight and place of a line in its column."""
    left, right = _edges(line, measure)
    size = max(line.size, 1.0)
    before, behind = line.x0 - left, right - line.x1
    off = abs(before - behind) / 2
    indented = abs(before - INDENT * size) < INDENT_SLACK * size
    centred = off <= CENTRE_SLACK * size and min(before, behind) > CENTRE_MARGIN * size and not indented
    to_right = not centred and before > RIGHT_FREE * (right - left) and behind < RIGHT_REST * size
    indent = 0.0 if centred or to_right else round(max(0.0, before / size), 1)
    return Style(size=round(line.size, 1), bold=line.bold, centred=centred, right=to_right, indent=indent)


def _edges(line: Entry, measure: Measure) -> tuple[float, float]:
    """The edges of a line's column: the document's margins where the page keeps to them, else the page's own."""
    whole = measure.right > measure.left and line.right - line.left > LONG * (measure.right - measure.left)
    if not whole:
        return line.left, line.right
    left = measure.left if abs(line.left - measure.left) < SAME_EDGE or line.left >= measure.left else line.left
    right = measure.right if line.right <= measure.right + 2 * line.size else line.right
    return left, right
