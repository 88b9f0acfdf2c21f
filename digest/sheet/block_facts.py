"""The facts strip: label and value, cell after cell in as few rows as they need."""

from msgspec import Struct

from digest.sheet.flow import Spot, flow, rows_in
from digest.sheet.frame import Frame
from digest.sheet.markup import Element
from digest.sheet.pen import BASELINE, HAIR, INK, SMALLEST, Pen, Type

SIZES = (10.5, 10.0)  # pt: the smaller one only where it saves a row
ROW = 15.5
LEADING = 13.0
LABEL_AIR = 4.0
GAP = 10.0
MOST_GAP = 40.0
MISSING_PAD = 5.0


class Details(Struct, frozen=True):
    """The facts strip; what is missing stands in a box of its own."""

    element: Element
    most: float = 0.0

    def text_of(self, cell: Element, frame: Frame) -> str:
        """What is printed in a cell."""
        if cell.get("missing"):
            return frame.look.words.missing
        return cell.text + (f"（{frame.look.words.computed}）" if cell.get("computed") else "")

    def width_of(self, cell: Element, frame: Frame, size: float) -> float:
        """The width of a cell on one line."""
        pad = 2 * MISSING_PAD if cell.get("missing") else 0.0
        return label_room(cell, frame) + value_type(frame, size).width(self.text_of(cell, frame)) + pad + 0.5

    def layout(self, frame: Frame) -> tuple[float, tuple[Spot, ...]]:
        """The size of the values, and where the cells stand."""
        made = [(size, flow([self.width_of(cell, frame, size) for cell in self.element.children], frame.width, gap=GAP, most_gap=MOST_GAP)) for size in SIZES]
        return min(made, key=lambda each: rows_in(each[1]))

    def row_height(self, row: int, frame: Frame) -> float:
        """The height of one row: a value wider than the page takes several lines."""
        size, spots = self.layout(frame)
        return ROW + (max(self.lines(spot, frame, size) for spot in spots if spot.row == row) - 1) * LEADING

    def lines(self, spot: Spot, frame: Frame, size: float) -> int:
        """The lines of a cell's value."""
        cell = self.element.children[spot.cell]
        return value_type(frame, size).lines(self.text_of(cell, frame), spot.width - label_room(cell, frame))

    def height(self, frame: Frame) -> float:
        """All rows."""
        _, spots = self.layout(frame)
        return sum(self.row_height(row, frame) for row in range(rows_in(spots)))

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw every cell, the hair rules between them and the rule below."""
        size, spots = self.layout(frame)
        y, row = top, 0
        for before, spot in zip((None, *spots), spots, strict=False):
            if spot.row != row:
                y, row = y - self.row_height(row, frame), spot.row
            box = (frame.left + spot.left, y, spot.width, self.row_height(row, frame))
            self.draw_cell(pen, box, self.element.children[spot.cell], (frame, size))
            if before is not None and before.row == spot.row:
                middle = frame.left + (before.left + before.width + spot.left) / 2
                pen.rule((middle, y - 3), (middle, y - box[3] + 3), 0.5, gray=HAIR)
            pen.spot(f"detail-{self.element.children[spot.cell].whole('place', spot.cell)}", box)
        pen.rule((frame.left, top - height), (frame.right, top - height), 0.6)

    def draw_cell(self, pen: Pen, box: tuple[float, float, float, float], cell: Element, how: tuple[Frame, float]) -> None:
        """Draw one cell: a small label, the value in bold after it."""
        left, top, wide, high = box
        frame, size = how
        pen.text(cell.get("name"), (left, top - ROW / 2 - SMALLEST * BASELINE), Type(size=SMALLEST, family=frame.family))
        kind, text, x = value_type(frame, size), self.text_of(cell, frame), left + label_room(cell, frame)
        if cell.get("missing"):
            pen.rect((x, top - 1.5, kind.width(text) + 2 * MISSING_PAD, high - 3), stroke=INK, line=0.6, radius=2)
            x += MISSING_PAD
        pen.centred(text, (x, top, wide - label_room(cell, frame), high), kind)


def label_room(cell: Element, frame: Frame) -> float:
    """The room of a cell's label."""
    return Type(size=SMALLEST, family=frame.family).width(cell.get("name")) + LABEL_AIR


def value_type(frame: Frame, size: float) -> Type:
    """The type of a value."""
    return Type(size=size, leading=LEADING, heavy=True, align="left", family=frame.family)
