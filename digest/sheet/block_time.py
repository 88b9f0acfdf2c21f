"""The time strip: days on an axis, and a chip for every time limit that begins with an event."""

from dataclasses import dataclass
from itertools import accumulate

from digest.sheet.frame import Frame
from digest.sheet.markup import Element
from digest.sheet.page_text import chinese_day
from digest.sheet.pen import INK, PAPER, Pen, Type

ABOVE = 16.0  # pt over the axis: the day
AXIS = 4.5  # pt from the day's row to the axis
BELOW = 5.5  # pt from the axis to the label
DAY_SIZE = 10.5
LABEL_SIZE = 10.0
LABEL_LEADING = 12.0
LABEL_AIR = 10.0
DATE_AIR = 6.0
CHIP_SIZE = 12.0
CHIP_HEAD = 18.0
CHIP_HIGH = 34.0
CHIP_LEAST = 54.0
CHIP_GAP = 6.0
CHIPS_MOST = 0.45  # of the width, beside an axis
MOST_CHIPS = 7
DOT = 3.4
PARTS_AIR = 12.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Days left, chips right; each part folds away where it has nothing, and the other takes its room."""

    element: Element
    flexible: bool = False

    def days(self) -> list[Element]:
        """The days in order; a single day is no line."""
        found = sorted((each for each in self.element.children if each.tag == "day"), key=lambda each: each.get("on"))
        return found if len(found) > 1 else []

    def dates(self) -> list[str]:
        """The days as printed: the year only where it changes."""
        found, year = [], ""
        for day in self.days():
            text = chinese_day(day.get("on"))
            found.append(text.removeprefix(f"{year}年") if year else text)
            year = day.get("on")[:4]
        return found

    def chips(self, frame: Frame) -> list[Element]:
        """The time limits that find room; no date ever gives way to them."""
        found = [each for each in self.element.children if each.tag == "clock"][:MOST_CHIPS]
        room = frame.width
        if self.days():
            least, wish = (sum(widths) for widths in self.day_widths(frame))
            room = max(min(frame.width * CHIPS_MOST, frame.width - least - PARTS_AIR), frame.width - wish - PARTS_AIR)
        while found and self.chips_width(found, frame) > room:
            found = found[:-1]
        return found

    def label_of(self, day: Element, frame: Frame) -> str:
        """What a day is."""
        return day.text + (f"（{frame.look.words.computed}）" if day.get("computed") else "")

    def day_widths(self, frame: Frame) -> tuple[list[float], list[float]]:
        """What each day needs for its date, and what it would like for its label on one line."""
        least = [day_type(frame).width(date) + DATE_AIR for date in self.dates()]
        labels = [label_type(frame).width(self.label_of(day, frame)) + LABEL_AIR for day in self.days()]
        return least, [max(pair) for pair in zip(least, labels, strict=True)]

    def places(self, frame: Frame) -> list[tuple[float, float]]:
        """Left edge and width of each day on the axis."""
        least, wish = self.day_widths(frame)
        room = self.axis_width(frame)
        if room >= sum(wish):
            widths = [wide + (room - sum(wish)) / len(wish) for wide in wish]
        else:
            share = max(0.0, room - sum(least)) / max(1e-6, sum(wish) - sum(least))
            widths = [low + (high - low) * share for low, high in zip(least, wish, strict=True)]
        edges = [0.0, *accumulate(widths)]
        return [(frame.left + left, wide) for left, wide in zip(edges, widths, strict=False)]

    def axis_width(self, frame: Frame) -> float:
        """The width of the axis beside the chips."""
        chips = self.chips(frame)
        return frame.width - (self.chips_width(chips, frame) + PARTS_AIR if chips else 0.0)

    def chips_width(self, chips: list[Element], frame: Frame) -> float:
        """The width of some chips."""
        return sum(chip_width(chip, frame) + CHIP_GAP for chip in chips) - (CHIP_GAP if chips else 0.0)

    def height(self, frame: Frame) -> float:
        """One row, or nothing."""
        days = self.days()
        if not days:
            return CHIP_HIGH if self.chips(frame) else 0.0
        lines = max(label_type(frame).lines(self.label_of(day, frame), wide - 4) for day, (_, wide) in zip(days, self.places(frame), strict=True))
        return max(ABOVE + AXIS + BELOW + LABEL_LEADING * lines, CHIP_HIGH if self.chips(frame) else 0.0)

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw both parts side by side."""
        chips = self.chips(frame)
        if self.days():
            self.draw_axis(pen, top, frame)
        left = frame.right - self.chips_width(chips, frame) if self.days() else frame.left
        self.draw_chips(pen, top - (height - CHIP_HIGH) / 2, (left, frame), chips)
        pen.spot("timeline", (frame.left, top, frame.width, height))

    def draw_axis(self, pen: Pen, top: float, frame: Frame) -> None:
        """An arrow with a dot for every day: the date above, what it is below; days worked out are hollow."""
        y, end = top - ABOVE - AXIS, frame.left + self.axis_width(frame) - 2
        pen.rule((frame.left + 4, y), (end - 5, y), 1.3)
        pen.shape(((end - 6, y + 3.2), (end, y), (end - 6, y - 3.2)))
        for date_text, day, (left, wide) in zip(self.dates(), self.days(), self.places(frame), strict=True):
            pen.disc((left + wide / 2, y), DOT, PAPER if day.get("computed") else INK, line=1.2)
            pen.centred(date_text, (left, top, wide, ABOVE), day_type(frame))
            pen.paragraph(self.label_of(day, frame), (left + 2, y - BELOW), wide - 4, label_type(frame))

    def draw_chips(self, pen: Pen, top: float, place: tuple[float, Frame], chips: list[Element]) -> None:
        """A box for every limit: the words in reverse, the lines below."""
        x, frame = place
        kind = Type(size=CHIP_SIZE, leading=14, heavy=True, align="centre", gray=PAPER, family=frame.family)
        below = Type(size=10, leading=12, align="centre", family=frame.family)
        for chip in chips:
            wide = chip_width(chip, frame)
            pen.rect((x, top, wide, CHIP_HIGH), stroke=INK, line=0.8, radius=3)
            pen.rect((x, top, wide, CHIP_HEAD), fill=INK, radius=3)
            pen.rect((x, top - CHIP_HEAD / 2, wide, CHIP_HEAD / 2), fill=INK)
            pen.centred(chip.get("when"), (x, top, wide, CHIP_HEAD), kind)
            pen.centred(lines_of(chip), (x, top - CHIP_HEAD, wide, CHIP_HIGH - CHIP_HEAD), below)
            x += wide + CHIP_GAP


def lines_of(chip: Element) -> str:
    """Which lines a time limit stands in."""
    return f"本单{chip.get('lines')}" if chip.get("lines") else ""


def chip_width(chip: Element, frame: Frame) -> float:
    """The width of a chip."""
    words = Type(size=CHIP_SIZE, heavy=True, family=frame.family).width(chip.get("when")) + 14
    return max(CHIP_LEAST, words, Type(size=10, family=frame.family).width(lines_of(chip)) + 8)


def day_type(frame: Frame) -> Type:
    """The type of a date."""
    return Type(size=DAY_SIZE, leading=13, heavy=True, align="centre", family=frame.family)


def label_type(frame: Frame) -> Type:
    """The type of what a day is."""
    return Type(size=LABEL_SIZE, leading=LABEL_LEADING, align="centre", family=frame.family)
