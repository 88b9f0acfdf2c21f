"""Cells of different widths set one after the other in rows, as words are set in lines."""

from collections.abc import Sequence

from msgspec import Struct


class Spot(Struct, frozen=True):
    """Where a cell stands: its number, its row, its left edge and its width."""

    cell: int
    row: int
    left: float
    width: float


def flow(widths: Sequence[float], room: float, *, gap: float, most_gap: float) -> tuple[Spot, ...]:
    """Cells in rows no wider than ``room``; spare room goes between them, up to ``most_gap``. A cell never gets more than the room."""
    rows: list[list[int]] = []
    used = 0.0
    for cell, wide in enumerate(min(each, room) for each in widths):
        if rows and used + gap + wide <= room:
            rows[-1].append(cell)
            used += gap + wide
        else:
            rows.append([cell])
            used = wide
    found = []
    for number, row in enumerate(rows):
        spare = room - sum(min(widths[cell], room) for cell in row)
        air, left = min(most_gap, spare / max(1, len(row) - 1)), 0.0
        for cell in row:
            found.append(Spot(cell, number, left, min(widths[cell], room)))
            left += min(widths[cell], room) + air
    return tuple(found)


def rows_in(spots: Sequence[Spot]) -> int:
    """How many rows the cells take."""
    return spots[-1].row + 1 if spots else 0
