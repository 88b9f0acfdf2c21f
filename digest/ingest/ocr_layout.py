"""Text boxes of a level page to reading order: boxes cut at cell borders and gutters, rows joined, columns one after another.

Pure geometry in pixels; it knows neither the picture nor the recogniser.
"""

from collections.abc import Callable, Sequence
from statistics import median

from msgspec import Struct

Rect = tuple[float, float, float, float]  # x0, top, x1, bottom

SAME_ROW = 0.5  # of the lower height must overlap
OFF_ROW = 0.36  # of the greater height by which the middles may differ (not 文件 beside two issuers)
CUT_SHARE = 0.8  # of its height a box must reach past a border before it is cut there: unclipping makes boxes fat
GUTTER_LINES = 6  # lines on each side
GUTTER_FILL = 0.6  # share of a column's width that its lines fill: a list of names does not
GUTTER_HEIGHTS = 0.6  # of the median box height must stay white between columns: about 4 mm at 16 pt


class Slot(Struct, frozen=True):
    """One cell of a grid in rows and columns."""

    rect: Rect
    row: int
    column: int
    rows: int
    columns: int


class Gutter(Struct, frozen=True):
    """The white strip between two columns of text at ``x``, from ``top`` to ``bottom``."""

    x: float
    top: float
    bottom: float


def slots_of(cells: Sequence[Rect], near: float) -> list[Slot]:
    """Cell rectangles to rows and columns: edges closer than ``near`` are one edge."""
    tops, lefts = _edges([cell[1] for cell in cells], near), _edges([cell[0] for cell in cells], near)
    slots = []
    for cell in cells:
        row, column = _index(tops, cell[1], near), _index(lefts, cell[0], near)
        rows = sum(top < cell[3] - near for top in tops[row:])
        columns = sum(left < cell[2] - near for left in lefts[column:])
        slots.append(Slot(cell, row, column, max(1, rows), max(1, columns)))
    return sorted(slots, key=lambda slot: (slot.row, slot.column))


def _edges(values: Sequence[float], near: float) -> list[float]:
    """Distinct positions, those closer than ``near`` taken as the first of them."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > near:
            found.append(value)
    return found


def _index(edges: list[float], value: float, near: float) -> int:
    """The number of the edge at which a value lies."""
    return max(index for index, edge in enumerate(edges) if edge <= value + near)


def cuts_of(rect: Rect, borders: Sequence[tuple[float, float, float]]) -> list[float]:
    """Where a box must be cut: each (x, top, bottom) border that it clearly reaches across."""
    x0, top, x1, bottom = rect
    margin = (bottom - top) * CUT_SHARE
    middle = (top + bottom) / 2
    return sorted({x for x, high, low in borders if high <= middle <= low and x0 + margin < x < x1 - margin})


def slot_at(slots: Sequence[Slot], rect: Rect) -> Slot | None:
    """The cell in which the middle of a box lies."""
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    inside = (slot for slot in slots if slot.rect[0] <= x <= slot.rect[2] and slot.rect[1] <= y <= slot.rect[3])
    return next(inside, None)


def rows_of(rects: Sequence[Rect]) -> list[list[int]]:
    """Indexes of boxes by row from the top, each row from the left."""
    rows: list[tuple[float, float, list[int]]] = []
    for index in sorted(range(len(rects)), key=lambda number: (rects[number][1] + rects[number][3], rects[number][0])):
        _, top, _, bottom = rects[index]
        if rows and _in_row((top, bottom), rows[-1][:2]):
            rows[-1][2].append(index)
        else:
            rows.append((top, bottom, [index]))
    return [sorted(row, key=lambda number: rects[number][0]) for _, _, row in rows]


def _in_row(box: tuple[float, float], row: tuple[float, float]) -> bool:
    """Whether a box stands in a row: they overlap, and their middles are about level."""
    off = abs(sum(box) - sum(row)) / 2
    return _overlap(box, row) >= SAME_ROW and off <= OFF_ROW * max(box[1] - box[0], row[1] - row[0])


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How much of the lower one two ranges share."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / max(1e-6, min(one[1] - one[0], other[1] - other[0]))


def in_order(rects: Sequence[Rect], gutters: Sequence[Gutter]) -> list[list[int]]:
    """Rows in reading order: where there is a gutter, all of the left column before the right one."""
    order: list[list[int]] = []
    left = list(range(len(rects)))
    for gutter in sorted(gutters, key=lambda found: found.top):
        above = [index for index in left if _middle(rects[index]) < gutter.top]
        within = [index for index in left if gutter.top <= _middle(rects[index]) <= gutter.bottom]
        left = [index for index in left if _middle(rects[index]) > gutter.bottom]
        order += _rows(rects, above)
        order += _rows(rects, [index for index in within if rects[index][0] + rects[index][2] < 2 * gutter.x])
        order += _rows(rects, [index for index in within if rects[index][0] + rects[index][2] >= 2 * gutter.x])
    return order + _rows(rects, left)


def _middle(rect: Rect) -> float:
    """The height at which a box stands."""
    return (rect[1] + rect[3]) / 2


def _rows(rects: Sequence[Rect], chosen: list[int]) -> list[list[int]]:
    """Rows of some of the boxes, by their own numbers."""
    return [[chosen[index] for index in row] for row in rows_of([rects[index] for index in chosen])]


def gutters_of(rects: Sequence[Rect], width: float, white: Callable[[float, float, float, float], bool]) -> list[Gutter]:
    """The gutter of a page, if any: a white strip near the middle with prose on both sides.

    ``white(x0, top, x1, bottom)`` tells whether a rectangle of the page holds no ink. Boxes may reach across the gutter (the detector
    joins lines there), so the strip is sought row by row in the picture and not between boxes.
    """
    if len(rects) < GUTTER_LINES:
        return []
    size = median(rect[3] - rect[1] for rect in rects)
    rows = rows_of(rects)
    bands = [(min(rects[i][1] for i in row), max(rects[i][3] for i in row), min(rects[i][0] for i in row), max(rects[i][2] for i in row)) for row in rows]
    step = size / 12
    runs = {}
    for count in range(int(width * 0.3 / step), int(width * 0.7 / step)):
        run = _longest_run(bands, count * step, size, white)
        if run:
            runs[count * step] = run
    if not runs:
        return []
    most = max(last - first for first, last in runs.values())
    equal = [x for x, (first, last) in runs.items() if last - first == most]
    x = equal[len(equal) // 2]
    return _proved(x, bands[slice(*runs[x])], size, white)


def _longest_run(
    bands: list[tuple[float, float, float, float]], x: float, size: float, white: Callable[[float, float, float, float], bool]
) -> tuple[int, int] | None:
    """The longest run of rows that are white at ``x``, with at least GUTTER_LINES rows that stand on both sides."""
    best: tuple[int, int] | None = None
    start, both = 0, 0
    half = size * GUTTER_HEIGHTS / 2
    for index, (top, bottom, x0, x1) in enumerate([*bands, (0.0, 0.0, -1.0, -1.0)]):
        if index < len(bands) and white(x - half, top, x + half, bottom):
            both += x0 < x - 2 * size and x1 > x + 2 * size
            continue
        if both >= GUTTER_LINES and (best is None or index - start > best[1] - best[0]):
            best = (start, index)
        start, both = index + 1, 0
    return best


def _proved(x: float, inside: list[tuple[float, float, float, float]], size: float, white: Callable[[float, float, float, float], bool]) -> list[Gutter]:
    """The gutter, if most rows of both sides are filled as prose is."""
    x0, x1 = min(band[2] for band in inside), max(band[3] for band in inside)
    left = sum(not white(x0 + (x - x0) * GUTTER_FILL, top, x - size / 2, bottom) for top, bottom, _, _ in inside)
    right = sum(not white(x + (x1 - x) * GUTTER_FILL, top, x1, bottom) for top, bottom, _, _ in inside)
    if min(left, right) < max(GUTTER_LINES, GUTTER_FILL * len(inside)):
        return []
    return [Gutter(x, inside[0][0], inside[-1][1])]
