"""Page: where everything stands on the paper, ready to be drawn; drawing decides nothing (step 6 hands it over)."""

from msgspec import Struct


class Glyphs(Struct, frozen=True, kw_only=True):
    """A run of text on one baseline: points from the bottom left corner of the page; ``gray`` 0 black, 1 white."""

    x: float
    y: float
    text: str
    font: str
    size: float
    spacing: float = 0.0
    gray: float = 0.0


class Rect(Struct, frozen=True, kw_only=True):
    """A rectangle with optional fill and stroke (gray levels) and corner radius, in points."""

    x: float
    y: float
    width: float
    height: float
    fill: float | None = None
    stroke: float | None = None
    line_width: float = 0.5
    radius: float = 0.0


class Rule(Struct, frozen=True, kw_only=True):
    """A straight line from (x0, y0) to (x1, y1), in points."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5
    gray: float = 0.0
    dash: tuple[float, ...] = ()


class Disc(Struct, frozen=True, kw_only=True):
    """A circle around (x, y), in points: number badges and time-line dots."""

    x: float
    y: float
    radius: float
    fill: float | None = 0.0
    stroke: float | None = 0.0
    line_width: float = 0.8


class Polygon(Struct, frozen=True, kw_only=True):
    """A filled shape with straight sides, corners in points: arrow heads and warning signs."""

    corners: tuple[tuple[float, float], ...]
    fill: float = 0.0


class Picture(Struct, frozen=True, kw_only=True):
    """A PNG or JPEG in a rectangle, in points: the branch's mark."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


Mark = Glyphs | Rect | Rule | Disc | Polygon | Picture


class Spot(Struct, frozen=True, kw_only=True):
    """The rectangle that a line or field takes, for clicks and tests: key such as ``line-3`` or ``title``."""

    key: str
    x: float
    y: float
    width: float
    height: float


class Page(Struct, frozen=True, kw_only=True):
    """One A4 page (595.28 x 841.89 pt). ``fill`` is the used share of the body area, ``size`` the body type in pt.

    ``markup`` is the design's page.xml as filled and checked: what the page says, block by block, for writers that set their own type.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]
    spots: tuple[Spot, ...]
    size: float
    fill: float
    missing_glyphs: tuple[str, ...] = ()
    markup: str = ""
