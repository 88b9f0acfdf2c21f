"""A titled group of lines: a heading bar and the lines under it; it can be cut between two lines and continued."""

from msgspec import Struct

from digest.sheet.block_line import LineBlock, rows_in
from digest.sheet.frame import HEADING, Frame
from digest.sheet.markup import Element
from digest.sheet.pen import INK, PAPER, TINT, Pen, Type

BAR = 16.5
BAR_BELOW = 2.0
STRIPE = 4.0
ALSO = 10.5  # pt: where else bans stand, beside the heading


class Section(Struct, frozen=True):
    """A heading and its lines. ``first`` is the first line it holds of its element, for continuations."""

    element: Element
    start: int = 0
    stop: int | None = None
    most: float = 0.0

    @property
    def reverse(self) -> bool:
        """Whether the heading stands white on black."""
        return bool(self.element.get("reverse"))

    @property
    def held(self) -> list[Element]:
        """The lines of its element that it holds."""
        return self.element.children[self.start : self.stop]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.held)

    def lines(self) -> list[LineBlock]:
        """Its lines."""
        reverse = self.reverse
        return [LineBlock(child, reverse) for child in self.held]

    def cut(self, at: int) -> "tuple[Section, Section]":
        """Two sections, the second a continuation."""
        where = self.start + at
        return Section(self.element, self.start, where, self.most), Section(self.element, where, self.stop, self.most)

    def title(self, frame: Frame) -> str:
        """The heading's words."""
        return self.element.get("title") + (f"（{frame.look.words.continued}）" if self.start else "")

    def heights(self, frame: Frame) -> list[float]:
        """The heading's height, then each line's with the air below it."""
        leading, air = frame.leading, frame.air
        return [BAR + BAR_BELOW, *(rows_in(child, frame) * leading + air for child in self.held)]

    def height(self, frame: Frame) -> float:
        """All of it; nothing without lines."""
        return sum(self.heights(frame)) if self.count else 0.0

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw the heading and the lines, the spare height shared out between them."""
        heights = self.heights(frame)
        spare = max(0.0, height - sum(heights)) / max(1, len(heights) - 1)
        self.draw_heading(pen, top, frame)
        y = top - heights[0]
        for line, high in zip(self.lines(), heights[1:], strict=True):
            line.draw(pen, y - (frame.air + spare) / 2, frame, high - frame.air)
            y -= high + spare
        pen.spot(f"section-{self.element.get('key')}" + ("-more" if self.start else ""), (frame.left, top, frame.width, height))

    def draw_heading(self, pen: Pen, top: float, frame: Frame) -> None:
        """A bar across the column: black for bans, tinted with a black stripe for the rest."""
        pen.rect((frame.left, top, frame.width, BAR), fill=INK if self.reverse else TINT)
        if not self.reverse:
            pen.rect((frame.left, top, STRIPE, BAR), fill=INK)
        size = HEADING
        kind = Type(size=size, heavy=True, gray=PAPER if self.reverse else INK, family=frame.family)
        used = 9 + pen.text(self.title(frame), (frame.left + 9, top - BAR / 2 - size * 0.36), kind) + 9
        small = Type(size=ALSO, gray=kind.gray, family=frame.family)
        also = self.also(frame, small, frame.width - used - 4)
        if also:
            pen.text(also, (frame.left + used, top - BAR / 2 - ALSO * 0.36), small)

    def also(self, frame: Frame, kind: Type, room: float) -> str:
        """Where else on the page something is forbidden, the numbers if they find room beside the heading; not repeated where the section goes on."""
        said = self.element.get("also")
        if not said or self.start:
            return ""
        return next((text for text in (said, frame.look.words.also_many) if kind.width(text) <= room), "")
