"""Rows of an RTF table to placed cells: a wider cell spans the columns of its neighbours, vertical merges lengthen the first."""

from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from digest.ingest.rtf import Row, Shape
from digest.ingest.tables import Placed

SAME_EDGE = 40  # twips: edges nearer than this are one (word processors round them)


def placed_cells(rows: Sequence[Row]) -> list[Placed]:
    """The cells of consecutive rows; rows that do not tell their shape are taken cell by cell."""
    edges = _edges(rows)
    cells: list[Placed] = []
    above: dict[int, int] = {}  # column to the index of the cell that a merge may go on from
    for y, row in enumerate(rows):
        for (column, width), shape, text in zip(_columns(row, edges), _shapes(row), row.cells, strict=True):
            first = above.get(column)
            if shape.goes_on and not text.strip() and first is not None and cells[first].row + cells[first].rows == y:
                cells[first] = replace(cells[first], rows=cells[first].rows + 1)
            else:
                above[column] = len(cells)
                cells.append(Placed(row=y, column=column, columns=width, text=text))
    return cells


def _shapes(row: Row) -> list[Shape]:
    """A shape for each cell of a row."""
    return row.shapes if len(row.shapes) == len(row.cells) else [Shape()] * len(row.cells)


def _edges(rows: Sequence[Row]) -> list[int]:
    """The right edges of all columns, each once."""
    found: list[int] = []
    for edge in sorted(shape.right for row in rows if len(row.shapes) == len(row.cells) for shape in row.shapes):
        if not found or edge - found[-1] > SAME_EDGE:
            found.append(edge)
    return found


def _columns(row: Row, edges: list[int]) -> list[tuple[int, int]]:
    """First column and width of each cell of a row."""
    if len(row.shapes) != len(row.cells):
        return [(x, 1) for x in range(len(row.cells))]
    columns, start = [], 0
    for shape in row.shapes:
        end = max(bisect_left(edges, shape.right - SAME_EDGE) + 1, start + 1)
        columns.append((start, end - start))
        start = end
    return columns
