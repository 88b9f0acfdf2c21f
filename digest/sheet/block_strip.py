"""A section over the whole width: its name at the left, its lines beside it; under a bar where they are many."""

from msgspec import Struct

from digest.sheet.block_columns import FEW, Columns
from digest.sheet.block_section import STRIPE, Section
from digest.sheet.frame import HEADING, Frame
from digest.sheet.markup import Element
from digest.sheet.pen import INK, PAPER, TINT, Pen, Type

LABEL = 66.0
LABEL_AIR = 7.0
PAD = 2.0


class Strip(Struct, frozen=True):
    """The section."""

    element: Element
    most: float = 0.0

    @property
    def section(self) -> Section:
        """Its lines as a section."""
        return Section(self.element)

    def beside(self, frame: Frame) -> bool:
        """Whether the name stands beside the lines: it fits there, and they are few."""
        return len(self.element.children) <= FEW and label_type(frame, PAPER).width(self.element.get("title")) <= LABEL - STRIPE - 4

    def column(self, frame: Frame) -> Frame:
        """Where the lines stand."""
        return frame.column(frame.left + LABEL + LABEL_AIR, frame.width - LABEL - LABEL_AIR)

    def heights(self, frame: Frame) -> list[float]:
        """Each line's height with the air below it."""
        return [line.height(self.column(frame)) + frame.air for line in self.section.lines()]

    def height(self, frame: Frame) -> float:
        """Its lines, or bar and lines; nothing without lines."""
        if not self.element.children:
            return 0.0
        return sum(self.heights(frame)) + 2 * PAD if self.beside(frame) else Columns((self.section,), 1).height(frame)

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw the name and the lines."""
        if not self.beside(frame):
            Columns((self.section,), 1).draw(pen, top, frame, height)
            return
        reverse = self.section.reverse
        pen.rect((frame.left, top, LABEL, height), fill=INK if reverse else TINT)
        pen.rect((frame.left, top, STRIPE, height), fill=INK)
        pen.centred(self.element.get("title"), (frame.left + STRIPE, top, LABEL - STRIPE, height), label_type(frame, PAPER if reverse else INK))
        spare = max(0.0, height - self.height(frame)) / len(self.element.children)
        y = top - PAD
        for line, high in zip(self.section.lines(), self.heights(frame), strict=True):
            line.draw(pen, y - (frame.air + spare) / 2, self.column(frame), high - frame.air)
            y -= high + spare
        pen.rule((frame.left, top - height), (frame.right, top - height), 0.6)
        pen.spot(f"section-{self.element.get('key')}", (frame.left, top, frame.width, height))


def label_type(frame: Frame, gray: float) -> Type:
    """The type of the name."""
    return Type(size=HEADING, leading=15, heavy=True, align="centre", gray=gray, family=frame.family)
