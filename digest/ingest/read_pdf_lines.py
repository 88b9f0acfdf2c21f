"""Characters of a page to lines in reading order: own sort by boxes, with a test for columns; stream order is not trusted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from digest.ingest.read_pdf_chars import Char, PageChars

SAME_ROW = 0.5  # share of the lower height that must overlap for two pieces to stand in one row
OFF_ROW = 0.36  # of the greater height by which their middles may differ (raised figures; not 文件 beside two issuers)
STREAM_STEP = 0.5  # of the size: a vertical move beyond it begins a new piece
RUN_GAP = 1.2  # of the size: a wider gap parts two runs of a row (columns, tab stops)
WORD_GAP = 0.18  # of the size between Latin letters: a blank that the file did not draw
HAN_GAP = 0.5  # the same between Chinese characters
BACKWARD = 0.6  # of the size: a move to the left beyond it begins a new piece
GUTTER_ROWS = 5  # rows with text on both sides that prove two columns
GUTTER_SIDE = 8.0  # characters a column must be wide
GUTTER_FULL = 0.5  # share of a column's lines that reach its right edge
GUTTER_SLACK = 2.5  # characters a line may fall short of the column's edge and still be full
COLUMNS_DEEP = 3


class Run(Struct):
    """Characters that stand together in one row."""

    chars: list[Char]
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    bottom: float = 0.0

    def __post_init__(self) -> None:
        _, x0, top, x1, bottom, *_ = zip(*self.chars, strict=True)  # by columns: four passes over attributes take three times as long
        self.x0, self.x1, self.top, self.bottom = min(x0), max(x1), min(top), max(bottom)

    @property
    def size(self) -> float:
        """The commonest size of its characters."""
        found = [char.size for char in self.chars if not char.text.isspace()]
        if found and found.count(found[0]) == len(found):
            return found[0]
        sizes = Counter(found)
        return max(sizes, key=lambda size: (sizes[size], size), default=self.chars[0].size)

    @property
    def text(self) -> str:
        """Its characters, with blanks where gaps stand for them."""
        pieces: list[str] = []
        previous: Char | None = None
        for char in self.chars:
            if previous is not None and _is_blank_between(previous, char):
                pieces.append(" ")
            pieces.append(char.text)
            previous = char
        return "".join(pieces).strip()

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing visible."""
        return not any(char.text.strip() for char in self.chars)


class Row(Struct):
    """Runs that stand side by side."""

    runs: list[Run]

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(run.bottom for run in self.runs)

    @property
    def size(self) -> float:
        """Size of its longest run."""
        return max(self.runs, key=lambda run: len(run.chars)).size


class TextLine(Struct):
    """One line in reading order; ``left`` and ``right`` are the edges of the column it stands in."""

    runs: list[Run]
    left: float
    right: float

    @property
    def text(self) -> str:
        """Its runs, two blanks between them."""
        return "  ".join(run.text for run in self.runs)

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(run.x0 for run in self.runs)

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(run.x1 for run in self.runs)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(run.bottom for run in self.runs)

    @property
    def size(self) -> float:
        """Commonest size."""
        return max(self.runs, key=lambda run: len(run.chars)).size

    @property
    def bold(self) -> bool:
        """Whether nearly all of it is bold."""
        chars = [char for run in self.runs for char in run.chars if char.text.strip()]
        return bool(chars) and sum(char.bold for char in chars) >= 0.8 * len(chars)


def read_lines(page: PageChars) -> list[TextLine]:
    """The lines of an upright page in reading order."""
    rows = make_rows([char for char in page.chars if char.angle == 0])
    return order(rows)


def make_rows(chars: Iterable[Char]) -> list[Row]:
    """Characters to rows from top to bottom, runs from left to right."""
    pieces = [Run(group) for group in _pieces(chars)]
    rows: list[Row] = []
    for piece in sorted((piece for piece in pieces if not piece.is_blank), key=lambda it: (it.top + it.bottom, it.x0)):
        row = next((row for row in reversed(rows[-6:]) if _in_row(piece, row)), None)
        if row is None:
            rows.append(Row([piece]))
        else:
            row.runs.append(piece)
    for row in rows:
        row.runs = _joined(row.runs)
    return sorted(rows, key=lambda row: (row.top + row.bottom) / 2)


def _pieces(chars: Iterable[Char]) -> Iterable[list[Char]]:
    """Stretches that the file draws one after the other on one line."""
    group: list[Char] = []
    for char in chars:
        if group and _begins(group[-1], char):
            yield group
            group = []
        group.append(char)
    if group:
        yield group


def _begins(before: Char, char: Char) -> bool:
    """Whether a character begins a new piece: another line, or a jump along the line."""
    size, least = (before.size, char.size) if before.size >= char.size else (char.size, before.size)
    if abs((char.top + char.bottom) / 2 - (before.top + before.bottom) / 2) > STREAM_STEP * size or char.x0 - before.x1 > RUN_GAP * size:
        return True
    return char.x0 < before.x0 - BACKWARD * least


def _in_row(piece: Run, row: Row) -> bool:
    """Whether a piece stands in a row, measured at the row's longest piece."""
    longest = max(row.runs, key=lambda run: len(run.chars))
    overlap = min(piece.bottom, longest.bottom) - max(piece.top, longest.top)
    heights = piece.bottom - piece.top, longest.bottom - longest.top
    off = abs(piece.top + piece.bottom - longest.top - longest.bottom) / 2
    return overlap > SAME_ROW * max(min(heights), 0.1) and off <= OFF_ROW * max(heights)


def _joined(pieces: list[Run]) -> list[Run]:
    """Pieces of a row in order, those without a wide gap between them made one run."""
    runs: list[Run] = []
    for piece in sorted(pieces, key=lambda it: it.x0):
        if runs and piece.x0 - runs[-1].x1 <= RUN_GAP * min(runs[-1].size, piece.size):
            runs[-1] = Run(sorted(runs[-1].chars + piece.chars, key=lambda char: char.x0) if piece.x0 < runs[-1].x1 - 1 else runs[-1].chars + piece.chars)
        else:
            runs.append(piece)
    return runs


def _is_blank_between(before: Char, char: Char) -> bool:
    """Whether a gap between two characters stands for a blank."""
    share = WORD_GAP if before.text.isascii() and char.text.isascii() else HAN_GAP
    return char.x0 - before.x1 > share * min(before.size, char.size) and not (before.text.isspace() or char.text.isspace())


def order(rows: Sequence[Row], depth: int = 0) -> list[TextLine]:
    """Rows to lines: columns one after the other where the rows stand in columns."""
    if not rows:
        return []
    lines: list[TextLine] = []
    left, right = margins([run for row in rows for run in row.runs])
    at = 0
    for start, end, gutter in column_bands(rows) if depth < COLUMNS_DEEP else ():
        lines += [TextLine(row.runs, left, right) for row in rows[at:start]]
        for side in (0, 1):
            inside = [Row([run for run in row.runs if (run.x0 >= gutter) == bool(side)]) for row in rows[start:end]]
            lines += order([row for row in inside if row.runs], depth + 1)
        at = end
    return lines + [TextLine(row.runs, left, right) for row in rows[at:]]


def margins(runs: Sequence[Run]) -> tuple[float, float]:
    """Left and right edge of a column: where most lines begin, and where the longest end."""
    if not runs:
        return 0.0, 0.0
    starts = Counter(round(run.x0) for run in runs)
    common = [x for x, count in starts.items() if count >= max(2, len(runs) // 10)]
    return float(min(common or starts)), max(run.x1 for run in runs)


def column_bands(rows: Sequence[Row]) -> list[tuple[int, int, float]]:
    """Stretches of rows that stand in two columns, with the x of the gutter between them."""
    bands: list[tuple[int, int, float]] = []
    start = 0
    while start < len(rows):
        band = _band_from(rows, start)
        if band is None:
            start += 1
            continue
        bands.append(band)
        start = band[1]
    return bands


def _band_from(rows: Sequence[Row], start: int) -> tuple[int, int, float] | None:
    """The two-column stretch that begins at a row; None where none does."""
    row = rows[start]
    for left, right in pairwise(row.runs):
        low, high = left.x1, right.x0
        end = start
        both = 0
        while end < len(rows):
            gap = _gap_of(rows[end], low, high)
            if gap is None:
                break
            low, high = gap
            both += any(run.x1 <= low for run in rows[end].runs) and any(run.x0 >= high for run in rows[end].runs)
            end += 1
        if both >= GUTTER_ROWS and _are_columns(rows[start:end], (low + high) / 2):
            return start, end, (low + high) / 2
    return None


def _gap_of(row: Row, low: float, high: float) -> tuple[float, float] | None:
    """The part of a gutter that a row leaves free; None where it crosses it."""
    for run in row.runs:
        if run.x1 <= low or run.x0 >= high:
            continue
        if run.x0 <= low and run.x1 < high:
            low = run.x1
        elif run.x1 >= high and run.x0 > low:
            high = run.x0
        else:
            return None
    return (low, high) if high - low > 0.5 * row.size else None


def _are_columns(rows: Sequence[Row], gutter: float) -> bool:
    """Whether both sides hold running text: wide enough, and most lines full. Lists of names and key-value forms are not."""
    for side in (False, True):
        runs = [run for row in rows for run in row.runs if (run.x0 >= gutter) == side]
        if len(runs) < GUTTER_ROWS:
            return False
        size = median(run.size for run in runs)
        right = max(run.x1 for run in runs)
        full = sum(run.x1 >= right - GUTTER_SLACK * size for run in runs)
        if right - min(run.x0 for run in runs) < GUTTER_SIDE * size or full < GUTTER_FULL * len(runs):
            return False
    return True
