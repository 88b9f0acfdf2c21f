"""The head of the page: title, one-line point, facts strip."""

from dataclasses import dataclass, replace

from digest.sheet.frame import Frame
from digest.sheet.markup import Element
from digest.sheet.pen import BASELINE, HAIR, INK, PAPER, SMALLEST, TINT, Pen, Type

STRIP = 16.0  # pt: the row above the title
TITLES = (23.0, 21.0, 19.0, 17.5, 16.0)  # pt, the first that stands on one line
TITLE_LEADING = 1.22
LONG_TITLE = 16.0
POINT_SIZE = 13.0
POINT_LEADING = 1.38
POINT_LABEL = 58.0
POINT_PAD = 5.0
DETAIL_SIZE = 10.5
DETAIL_LABEL = 50.0
DETAIL_ROW = 17.0
VALUE_PAD = 8.0
VALUE_AIR = 10.0
DETAIL_LEADING = 13.5


@dataclass(frozen=True, slots=True)
class Header:
    """Tag, document number and branch in one row, the title under it, a thick rule."""

    element: Element
    flexible: bool = False

    def title_type(self, frame: Frame) -> Type:
        """The largest title type that takes one line, else a smaller one in several."""
        title = self.element.get("title")
        for size in TITLES:
            made = Type(size=size, leading=size * TITLE_LEADING, heavy=True, align="left", family=frame.family)
            if made.width(title) <= frame.width:
                return made
        return Type(size=LONG_TITLE, leading=LONG_TITLE * TITLE_LEADING, heavy=True, align="left", family=frame.family)

    def height(self, frame: Frame) -> float:
        """Row, title lines, rule."""
        return STRIP + 4 + self.title_type(frame).height(self.element.get("title"), frame.width) + 5

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw the row, the title and the rule."""
        self.draw_strip(pen, top, frame)
        title = self.element.get("title")
        kind = self.title_type(frame)
        if self.element.get("style") == "centre":
            kind = replace(kind, align="centre")
        pen.paragraph(title, (frame.left, top - STRIP - 4), frame.width, kind)
        pen.spot("title", (frame.left, top - STRIP - 4, frame.width, kind.height(title, frame.width)))
        pen.rule((frame.left, top - height + 1), (frame.right, top - height + 1), 1.8)

    def draw_strip(self, pen: Pen, top: float, frame: Frame) -> None:
        """Draw the row above the title; what does not stand beside the rest is left to the facts strip and the foot."""
        base = top - STRIP / 2 - 10.5 * BASELINE
        x, plain = frame.left, Type(size=10.5, heavy=True, family=frame.family)
        for name, gray in (("tag", PAPER), ("urgency", PAPER)):
            text = ("▲" if name == "urgency" else "") + self.element.get(name)
            if not self.element.get(name):
                continue
            wide = plain.width(text) + 12
            pen.rect((x, top, wide, STRIP), fill=INK, radius=2)
            pen.text(text, (x + 6, base), Type(size=10.5, heavy=True, gray=gray, family=frame.family))
            x += wide + 6
        right = self.element.get("right")
        edge = self.draw_restriction(pen, top, frame)
        limit = edge - (Type(size=SMALLEST + 1, family=frame.family).width(right) + 10 if right else 0)
        number = self.element.get("number")
        if number and x + plain.width(number) <= limit:
            pen.text(number, (x + 2, base), plain)
            x += plain.width(number) + 8
        if right and x <= limit:
            pen.text(right, (limit + 10, base), Type(size=SMALLEST + 1, family=frame.family))

    def draw_restriction(self, pen: Pen, top: float, frame: Frame) -> float:
        """Draw how far the sheet may go, in a box at the right; returns where the box begins."""
        text = self.element.get("restriction")
        if not text:
            return frame.right
        kind = Type(size=10.5, heavy=True, family=frame.family)
        wide = kind.width(text) + 12
        pen.rect((frame.right - wide, top, wide, STRIP), stroke=INK, line=1.0)
        pen.text(text, (frame.right - wide + 6, top - STRIP / 2 - 10.5 * BASELINE), kind)
        pen.spot("restriction", (frame.right - wide, top, wide, STRIP))
        return frame.right - wide - 8


@dataclass(frozen=True, slots=True)
class Point:
    """The one line to remember: label in reverse, text bold in a frame; no tint behind what must be read."""

    element: Element
    flexible: bool = False

    def kind(self, frame: Frame) -> Type:
        """The type of the point."""
        size = float(self.element.whole("size", 0)) or POINT_SIZE
        return Type(size=size, leading=size * POINT_LEADING, heavy=True, family=frame.family)

    def room(self, frame: Frame) -> float:
        """The width of its text."""
        return frame.width - POINT_LABEL - 16

    def height(self, frame: Frame) -> float:
        """Its lines and some air; nothing if it has no text."""
        if not self.element.text:
            return 0.0
        return self.kind(frame).height(self.element.text, self.room(frame)) + 2 * POINT_PAD

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw label and text."""
        pen.rect((frame.left, top, frame.width, height), stroke=INK, line=1.2)
        pen.rect((frame.left, top, POINT_LABEL, height), fill=INK)
        label = Type(size=12.5, leading=15, heavy=True, align="centre", gray=PAPER, family=frame.family)
        pen.centred(self.element.get("label"), (frame.left, top, POINT_LABEL, height), label)
        pen.paragraph(self.element.text, (frame.left + POINT_LABEL + 8, top - POINT_PAD), self.room(frame), self.kind(frame))
        pen.spot("point", (frame.left, top, frame.width, height))


@dataclass(frozen=True, slots=True)
class Details:
    """The facts strip: label and value, several beside each other; what is missing stands in a box of its own."""

    element: Element
    flexible: bool = False

    def rows(self) -> list[list[Element]]:
        """The cells row by row."""
        cells, columns = self.element.children, max(1, self.element.whole("columns", 3))
        return [cells[start : start + columns] for start in range(0, len(cells), columns)]

    def value_type(self, frame: Frame) -> Type:
        """The type of a value."""
        return Type(size=DETAIL_SIZE, leading=DETAIL_LEADING, heavy=True, align="left", family=frame.family)

    def text_of(self, cell: Element, frame: Frame) -> str:
        """What is printed in a cell."""
        if cell.get("missing"):
            return frame.look.words.missing
        return cell.text + (f"（{frame.look.words.computed}）" if cell.get("computed") else "")

    def widths(self, frame: Frame) -> list[float]:
        """Column widths: as the values need; where they need too much, the widest give way."""
        kind, rows = self.value_type(frame), self.rows()
        wanted = [0.0] * max((len(row) for row in rows), default=0)
        for row in rows:
            for column, cell in enumerate(row):
                wanted[column] = max(wanted[column], kind.width(self.text_of(cell, frame)) + VALUE_AIR)
        return shared_out(wanted, frame.width - DETAIL_LABEL * len(wanted))

    def row_height(self, row: list[Element], frame: Frame) -> float:
        """The height of one row."""
        kind, widths = self.value_type(frame), self.widths(frame)
        most = max(kind.lines(self.text_of(cell, frame), wide - VALUE_PAD) for cell, wide in zip(row, widths, strict=False))
        return DETAIL_ROW + (most - 1) * DETAIL_LEADING

    def height(self, frame: Frame) -> float:
        """All rows."""
        return sum(self.row_height(row, frame) for row in self.rows())

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw every cell and the rules between."""
        widths, y, number = self.widths(frame), top, 0
        for row in self.rows():
            high, x = self.row_height(row, frame), frame.left
            for cell, wide in zip(row, widths, strict=False):
                self.draw_cell(pen, (x, y, wide, high), cell, frame)
                pen.spot(f"detail-{number}", (x, y, DETAIL_LABEL + wide, high))
                x += DETAIL_LABEL + wide
                number += 1
            pen.rule((frame.left, y), (frame.right, y), 0.6 if y == top else 0.35, gray=INK if y == top else HAIR)
            y -= high
        pen.rule((frame.left, y), (frame.right, y), 0.6)

    def draw_cell(self, pen: Pen, box: tuple[float, float, float, float], cell: Element, frame: Frame) -> None:
        """Draw one cell: the label on a tint, the value beside it."""
        left, top, wide, high = box
        pen.rect((left, top, DETAIL_LABEL, high), fill=TINT)
        pen.centred(cell.get("name"), (left, top, DETAIL_LABEL, high), Type(size=10, align="centre", family=frame.family))
        kind, text, x = self.value_type(frame), self.text_of(cell, frame), left + DETAIL_LABEL + 6
        if cell.get("missing"):
            pen.rect((x - 1, top - 2.5, kind.width(text) + 12, high - 5), stroke=INK, line=0.6, radius=2)
            x += 5
        pen.centred(text, (x, top, wide - VALUE_PAD, high), kind)


def shared_out(wanted: list[float], room: float) -> list[float]:
    """Widths that fill the room: spare width shared evenly; where there is none, the widest give way first."""
    spare = room - sum(wanted)
    if spare >= 0:
        return [wide + spare / len(wanted) for wide in wanted]
    limit, left, rest = 0.0, room, sorted(wanted)
    for number, wide in enumerate(rest):
        limit = left / (len(rest) - number)
        if wide > limit:
            break
        left -= wide
    return [min(wide, limit) for wide in wanted]
