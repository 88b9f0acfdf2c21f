"""The time strip: days on an axis, and a chip for every time limit that begins with an event."""

from dataclasses import dataclass
from datetime import date

from digest.sheet.frame import Frame
from digest.sheet.markup import Element
from digest.sheet.pen import INK, PAPER, Pen, Type

HEIGHT = 46.0
DAY_SIZE = 10.5
LABEL_SIZE = 10.0
CHIP_SIZE = 12.0
CHIP_HEAD = 19.0
CHIP_HIGH = 36.0
CHIP_LEAST = 58.0
CHIP_GAP = 6.0
MOST_CHIPS = 6
DOT = 3.4
DAY_LEAST = 84.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Days left, chips right; each part folds away where it has nothing, and the other takes its room."""

    element: Element
    flexible: bool = False

    def days(self) -> list[Element]:
        """The days in order; a single day is no line."""
        found = sorted((each for each in self.element.children if each.tag == "day"), key=lambda each: each.get("on"))
        return found if len(found) > 1 else []

    def chips(self) -> list[Element]:
        """The time limits."""
        return [each for each in self.element.children if each.tag == "clock"][:MOST_CHIPS]

    def height(self, frame: Frame) -> float:
        """One row, or nothing."""
        if self.days():
            return HEIGHT
        return CHIP_HIGH if self.chips() else 0.0

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw both parts side by side."""
        days, chips = self.days(), self.chips()
        kind = Type(size=CHIP_SIZE, heavy=True, family=frame.family)
        wanted = sum(max(CHIP_LEAST, kind.width(chip.get("when")) + 14) + CHIP_GAP for chip in chips)
        room = frame.width - max(DAY_LEAST * len(days), frame.width * 0.36) if days else frame.width
        while chips and wanted > room:
            wanted -= max(CHIP_LEAST, kind.width(chips[-1].get("when")) + 14) + CHIP_GAP
            chips = chips[:-1]
        axis = frame.width - wanted - (10 if chips else 0)
        if days:
            self.draw_axis(pen, top, frame.column(frame.left, axis), days)
        self.draw_chips(pen, top - (height - CHIP_HIGH) / 2, frame.column(frame.right - wanted if days else frame.left, wanted), chips)
        pen.spot("timeline", (frame.left, top, frame.width, height))

    def draw_axis(self, pen: Pen, top: float, frame: Frame, days: list[Element]) -> None:
        """An arrow with a dot for every day: the date above, what it is below; days worked out are hollow."""
        y, wide = top - 20.5, frame.width / len(days)
        end = frame.right - 2
        pen.rule((frame.left + 4, y), (end - 5, y), 1.3)
        pen.shape(((end - 6, y + 3.2), (end, y), (end - 6, y - 3.2)))
        for number, day in enumerate(days):
            middle = frame.left + wide * (number + 0.5)
            computed = bool(day.get("computed"))
            pen.disc((middle, y), DOT, PAPER if computed else INK, line=1.2)
            box = (frame.left + wide * number, top, wide, 16.0)
            pen.centred(chinese_day(day.get("on")), box, Type(size=DAY_SIZE, leading=13, heavy=True, align="centre", family=frame.family))
            label = day.text + (f"（{frame.look.words.computed}）" if computed else "")
            kind = Type(size=LABEL_SIZE, leading=11.5, align="centre", family=frame.family)
            pen.paragraph(label, (box[0], y - 6), wide, kind)

    def draw_chips(self, pen: Pen, top: float, frame: Frame, chips: list[Element]) -> None:
        """A box for every limit: the words in reverse, the lines below."""
        x = frame.left
        kind = Type(size=CHIP_SIZE, leading=14, heavy=True, align="centre", gray=PAPER, family=frame.family)
        for chip in chips:
            wide = max(CHIP_LEAST, kind.width(chip.get("when")) + 14)
            pen.rect((x, top, wide, CHIP_HIGH), stroke=INK, line=0.8, radius=3)
            pen.rect((x, top, wide, CHIP_HEAD), fill=INK, radius=3)
            pen.rect((x, top - CHIP_HEAD / 2, wide, CHIP_HEAD / 2), fill=INK)
            pen.centred(chip.get("when"), (x, top, wide, CHIP_HEAD), kind)
            below = Type(size=10, leading=12, align="centre", family=frame.family)
            pen.centred(f"第{chip.get('lines')}条" if chip.get("lines") else "", (x, top - CHIP_HEAD, wide, CHIP_HIGH - CHIP_HEAD), below)
            x += wide + CHIP_GAP


def chinese_day(iso: str) -> str:
    """An ISO day as it is written on paper: 2026年1月1日; anything else stays as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.year}年{day.month}月{day.day}日"
