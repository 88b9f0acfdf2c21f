"""The pen: collects marks and spots while blocks are laid out. Points from the bottom left; ``top`` is a block's upper edge."""

from typing import NamedTuple

from msgspec import Struct, field

from digest.model.page import Disc, Glyphs, Mark, Polygon, Rect, Rule, Spot
from digest.typeset import fonts
from digest.typeset.fonts import PACKAGED, Family
from digest.typeset.linebreak import Setting, break_lines, count_lines, set_line
from digest.typeset.measure import Ranges, width

INK = 0.0
PAPER = 1.0
TINT = 0.91  # 9 % grey: more breaks up behind type on an office printer (measured at 300 dpi, one bit)
HAIR = 0.55  # grey of inner rules
BASELINE = 0.36  # em from the middle of a Han square down to the baseline
ASCENT = 0.86  # em: the upper edge of a Han square above the baseline
DECIMALS = 3
SMALLEST = 9.0  # pt: nothing on the sheet is set smaller
GRAIN = 1e-3  # em: widths are rounded so that equal settings share one broken paragraph


class Type(NamedTuple):  # made for every text that is measured: a tuple is made four times as fast as a dataclass
    """How a text is set: size and leading in points; ``first`` and ``last`` are kept free on those lines; ``tight`` sets lines a little closer."""

    size: float
    leading: float = 0.0
    bold: Ranges = ()
    heavy: bool = False
    first: float = 0.0
    last: float = 0.0
    align: str = "justify"
    gray: float = INK
    family: Family = PACKAGED
    tight: bool = False

    def setting(self, text: str, wide: float) -> Setting:
        """The same for a column ``wide`` points wide, in em."""
        return Setting(
            width=grain(wide / self.size),
            first=grain(self.first / self.size),
            last=grain(self.last / self.size),
            bold=((0, len(text)),) if self.heavy else self.bold,
            family=self.family,
            tight=self.tight,
        )

    def lines(self, text: str, wide: float) -> int:
        """How many lines a text takes."""
        return count_lines(text, self.setting(text, wide))

    def height(self, text: str, wide: float) -> float:
        """How much room a text takes."""
        return self.lines(text, wide) * self.leading

    def width(self, text: str) -> float:
        """The width of a text on one line."""
        return width(text, self.heavy, self.family) * self.size

    def end(self, text: str, wide: float) -> float:
        """The width of a text's last line."""
        lines = break_lines(text, self.setting(text, wide)).lines
        return lines[-1].width * self.size if lines else 0.0


def grain(value: float) -> float:
    """A width in em, rounded down."""
    return int(value / GRAIN) * GRAIN


class Pen(Struct):
    """Marks and spots so far."""

    family: Family = PACKAGED
    marks: list[Mark] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    missing: dict[str, None] = field(default_factory=dict)

    def paragraph(self, text: str, corner: tuple[float, float], wide: float, type_: Type) -> float:
        """Set a text from its upper left corner; returns the last baseline."""
        left, top = corner
        setting = type_.setting(text, wide)
        broken = break_lines(text, setting)
        base = top - type_.leading / 2 - type_.size * BASELINE
        for number in range(len(broken.lines)):
            for run in set_line(broken, number, align=type_.align, first=setting.first, family=type_.family):
                self.marks.append(
                    Glyphs(
                        x=round(left + run.x * type_.size, DECIMALS),
                        y=round(base - number * type_.leading, DECIMALS),
                        text=run.text,
                        font=run.font,
                        size=type_.size,
                        spacing=round(run.spacing * type_.size, DECIMALS),
                        gray=type_.gray,
                    )
                )
        self.missing |= dict.fromkeys(fonts.missing(text, type_.family))
        return base - max(0, len(broken.lines) - 1) * type_.leading

    def text(self, text: str, point: tuple[float, float], type_: Type, wide: float = 0.0) -> float:
        """Set one line on a baseline, within ``wide`` points if it is to be centred or flush right; returns its width."""
        natural = type_.width(text)
        room = max(wide, natural) + type_.size * 0.1
        shift = {"centre": (max(wide, natural) - natural) / 2, "right": max(wide, natural) - natural}.get(type_.align, 0.0)
        line = Type(size=type_.size, leading=type_.size, bold=type_.bold, heavy=type_.heavy, align="left", gray=type_.gray, family=type_.family)
        x, base = point
        self.paragraph(text, (x + shift, base + type_.size * (0.5 + BASELINE)), room, line)
        return natural

    def centred(self, text: str, box: tuple[float, float, float, float], type_: Type) -> None:
        """Set a text in the middle of a box (left, top, width, height), in as many lines as it needs."""
        left, top, wide, high = box
        if type_.leading == 0:
            type_ = Type(size=type_.size, leading=type_.size * 1.25, heavy=type_.heavy, align=type_.align, gray=type_.gray, family=type_.family)
        used = type_.height(text, wide)
        self.paragraph(text, (left, top - (high - used) / 2), wide, type_)

    def rect(
        self, box: tuple[float, float, float, float], fill: float | None = None, stroke: float | None = None, *, line: float = 0.5, radius: float = 0.0
    ) -> None:
        """A rectangle from its upper left corner: (left, top, width, height)."""
        left, top, wide, high = (round(value, DECIMALS) for value in box)
        self.marks.append(Rect(x=left, y=round(top - high, DECIMALS), width=wide, height=high, fill=fill, stroke=stroke, line_width=line, radius=radius))

    def rule(self, start: tuple[float, float], end: tuple[float, float], thick: float = 0.5, *, gray: float = INK, dash: tuple[float, ...] = ()) -> None:
        """A straight line."""
        (x0, y0), (x1, y1) = start, end
        self.marks.append(
            Rule(x0=round(x0, DECIMALS), y0=round(y0, DECIMALS), x1=round(x1, DECIMALS), y1=round(y1, DECIMALS), width=thick, gray=gray, dash=dash)
        )

    def disc(self, centre: tuple[float, float], radius: float, fill: float, *, line: float = 0.9) -> None:
        """A circle with a black rim."""
        self.marks.append(
            Disc(x=round(centre[0], DECIMALS), y=round(centre[1], DECIMALS), radius=round(radius, DECIMALS), fill=fill, stroke=INK, line_width=line)
        )

    def shape(self, corners: tuple[tuple[float, float], ...], fill: float = INK) -> None:
        """A filled shape."""
        self.marks.append(Polygon(corners=tuple((round(x, DECIMALS), round(y, DECIMALS)) for x, y in corners), fill=fill))

    def spot(self, key: str, box: tuple[float, float, float, float]) -> None:
        """Remember what stands in a rectangle (left, top, width, height)."""
        left, top, wide, high = box
        self.spots.append(Spot(key=key, x=round(left, 2), y=round(top - high, 2), width=round(wide, 2), height=round(high, 2)))

    def check_box(self, point: tuple[float, float], side: float) -> None:
        """An empty box to tick, its lower left corner a little under the baseline."""
        x, base = point
        self.rect((x, base - side * 0.1 + side, side, side), stroke=INK, line=0.8, radius=side * 0.12)
