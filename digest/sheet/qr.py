"""A QR code as black squares, for the address of the stored source."""

from functools import lru_cache

from digest.sheet.pen import INK, PAPER, Pen

QUIET = 2  # modules kept white around the code; paper is white beyond


@lru_cache(maxsize=64)
def modules(text: str) -> tuple[tuple[int, ...], ...]:
    """The code's rows of dark (1) and light (0) modules."""
    import segno

    return tuple(tuple(row) for row in segno.make(text, error="m", micro=False).matrix)


def draw_code(pen: Pen, corner: tuple[float, float], side: float, text: str) -> None:
    """Draw the code in a square from its upper left corner, dark modules of a row joined."""
    rows = modules(text)
    step = side / (len(rows) + 2 * QUIET)
    left, top = corner[0] + QUIET * step, corner[1] - QUIET * step
    pen.rect((corner[0], corner[1], side, side), fill=PAPER)
    for number, row in enumerate(rows):
        for start, length in runs(row):
            pen.rect((left + start * step, top - number * step, length * step, step), fill=INK)
    pen.spot("code", (corner[0], corner[1], side, side))


def runs(row: tuple[int, ...]) -> list[tuple[int, int]]:
    """Stretches of dark modules as (start, length)."""
    found: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((place, 1))
    return found
