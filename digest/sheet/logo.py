"""The branch's mark left of the title."""

from digest.model.look import Look
from digest.model.page import Picture
from digest.sheet.pen import Pen

HEIGHT = 28.0
AIR = 8.0
MOST_WIDTH = 110.0
SIZE_AT = 16  # where a PNG tells its width and height, four bytes each


def logo_size(look: Look) -> tuple[float, float]:
    """Width and height on paper; nothing where the design names no mark."""
    if not look.logo:
        return 0.0, 0.0
    wide, high = (int.from_bytes(look.logo[at : at + 4], "big") for at in (SIZE_AT, SIZE_AT + 4))
    scale = min(HEIGHT / high, MOST_WIDTH / wide)
    return wide * scale, high * scale


def logo_width(look: Look) -> float:
    """The room it takes from the title, air included."""
    wide, _ = logo_size(look)
    return wide + AIR if wide else 0.0


def draw_logo(pen: Pen, corner: tuple[float, float], room: float, look: Look) -> None:
    """Draw it in the middle of the title's height."""
    wide, high = logo_size(look)
    if wide:
        left, top = corner
        pen.marks.append(Picture(x=left, y=top - (room + high) / 2, width=wide, height=high, data=look.logo))
        pen.spot("logo", (left, top - (room - high) / 2, wide, high))
