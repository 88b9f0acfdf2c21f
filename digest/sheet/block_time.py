"""The time strip: days on a line, then a chip for every time limit that begins with an event, all in one row where they fit."""

from collections.abc import Sequence

from msgspec import Struct

from digest.sheet.flow import Spot, flow, rows_in
from digest.sheet.frame import Frame
from digest.sheet.markup import Element
from digest.sheet.page_text import chinese_day
from digest.sheet.pen import BASELINE, INK, PAPER, Pen, Type
from digest.zh import limits

ROW = 17.0
ROW_AIR = 2.0
SIZE = 10.5
SMALL = 9.5
SMALL_LEADING = 12.0
DOT = 3.2
DOT_ROOM = 10.0  # from a dot's left edge to its date
LABEL_AIR = 3.0
CHIP_PAD = 5.0
GAP = 9.0
MOST_GAP = 26.0
LINE_AIR = 3.0  # pt between a text and the line on to the next day
SHORT_LINE = 3.0
MOST_CHIPS = 7
MOST_ROWS = 4  # so many rows of days leave chips no row of their own
WORTH_A_ROW = 2  # so many chips beside the days are enough; fewer, and they get a row of their own, unless the days have two rows already


class Cell(Struct, frozen=True):
    """A day or a chip: its words in bold, what it is in small type, and how wide the words are."""

    element: Element
    words: str
    label: str
    head: float

    @property
    def is_day(self) -> bool:
        """Whether it stands on the line."""
        return self.element.tag == "day"


class Timeline(Struct, frozen=True):
    """Days, then chips; each part folds away where it has nothing."""

    element: Element
    most: float = 0.0

    def days(self) -> list[Element]:
        """The days and spans in order; a single day is no line."""
        found = sorted((each for each in self.element.children if each.tag == "day"), key=lambda each: each.get("on"))
        return found if len(found) > 1 or any(each.get("end") for each in found) else []

    def day_cells(self, frame: Frame) -> list[Cell]:
        """The days as printed: the year only where it changes, or is not the one that the facts strip shows."""
        found, year = [], self.element.get("year")
        for day in self.days():
            words = said_day(day, year)
            label = day.text + (f"（{frame.look.words.computed}）" if day.get("computed") else "")
            found.append(Cell(day, words, label, DOT_ROOM + bold(frame).width(words)))
            year = day.get("on")[:4]
        return found

    def chip_cells(self, frame: Frame) -> list[Cell]:
        """The time limits."""
        found = [each for each in self.element.children if each.tag == "clock"][:MOST_CHIPS]
        return [
            Cell(chip, chip.get("when"), limits.label(chip.get("what"), chip.get("lines")), bold(frame).width(chip.get("when")) + 2 * CHIP_PAD)
            for chip in found
        ]

    def layout(self, frame: Frame) -> tuple[list[Cell], tuple[Spot, ...]]:
        """What finds room, and where: chips beside the days, or in one more row; no day ever gives way to them."""
        days, chips = self.day_cells(frame), self.chip_cells(frame)
        rows = rows_in(placed(days, frame))
        for most in (max(1, rows), rows + 1) if rows < MOST_ROWS else (rows,):
            shown = chips
            while shown and rows_in(placed([*days, *shown], frame)) > most:
                shown = shown[:-1]
            if len(shown) >= min(WORTH_A_ROW, len(chips)) or (shown and rows > 1):
                break
        return [*days, *shown], placed([*days, *shown], frame)

    def heights(self, frame: Frame) -> list[float]:
        """The height of each row: a label wider than the page takes several lines."""
        cells, spots = self.layout(frame)
        found = [ROW] * rows_in(spots)
        for cell, spot in zip(cells, spots, strict=True):
            room = spot.width - cell.head - LABEL_AIR
            lines = small(frame).lines(cell.label, room) if cell.label else 1
            found[spot.row] = max(found[spot.row], ROW + (lines - 1) * SMALL_LEADING)
        return found

    def height(self, frame: Frame) -> float:
        """Its rows, or nothing."""
        heights = self.heights(frame)
        return sum(heights) + ROW_AIR * max(0, len(heights) - 1)

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw the cells, and the line from day to day with an arrow at its end."""
        cells, spots = self.layout(frame)
        heights = self.heights(frame)
        tops = [top - sum(heights[:row]) - ROW_AIR * row for row in range(len(heights))]
        for number, (cell, spot) in enumerate(zip(cells, spots, strict=True)):
            left, y = frame.left + spot.left, tops[spot.row]
            after = spots[number + 1] if number + 1 < len(cells) and cells[number + 1].is_day else None
            end = frame.left + after.left - LINE_AIR if after and after.row == spot.row else 0.0
            (draw_day if cell.is_day else draw_chip)(pen, (left, y), frame, cell)
            pen.paragraph(cell.label, (left + cell.head + LABEL_AIR, y - (ROW - SMALL_LEADING) / 2), spot.width - cell.head - LABEL_AIR, small(frame))
            if cell.is_day:
                draw_line(pen, (left + spot.width + LINE_AIR, end), y - ROW / 2, last=number + 1 == len(self.days()))
        pen.spot("timeline", (frame.left, top, frame.width, height))


def said_day(day: Element, year: str) -> str:
    """A day or a span as printed, its year only where it is not ``year``."""
    text = f"{day.get('on')[:4]}年{day.get('words')}" if day.get("words") else chinese_day(day.get("on"))
    return text.removeprefix(f"{year}年") if year else text


def placed(cells: Sequence[Cell], frame: Frame) -> tuple[Spot, ...]:
    """Where cells stand one after the other."""
    wides = [cell.head + LABEL_AIR + small(frame).width(cell.label) + 0.5 + (DOT_ROOM if cell.is_day else 0.0) for cell in cells]
    return flow(wides, frame.width, gap=GAP, most_gap=MOST_GAP)


def draw_day(pen: Pen, corner: tuple[float, float], frame: Frame, cell: Cell) -> None:
    """A dot and the date; days worked out are hollow."""
    left, top = corner
    pen.disc((left + DOT, top - ROW / 2), DOT, PAPER if cell.element.get("computed") else INK, line=1.2)
    pen.text(cell.words, (left + DOT_ROOM, top - ROW / 2 - SIZE * BASELINE), bold(frame))


def draw_chip(pen: Pen, corner: tuple[float, float], frame: Frame, cell: Cell) -> None:
    """A limit in reverse."""
    left, top = corner
    pen.rect((left, top - 1, cell.head, ROW - 2), fill=INK, radius=3)
    pen.text(cell.words, (left + CHIP_PAD, top - ROW / 2 - SIZE * BASELINE), bold(frame)._replace(gray=PAPER))


def draw_line(pen: Pen, ends: tuple[float, float], y: float, *, last: bool) -> None:
    """The line on to the next day, or the arrow behind the last one."""
    start = ends[0] - DOT_ROOM
    if last:
        pen.rule((start, y), (start + 5, y), 1.2)
        pen.shape(((start + 4, y + 3), (start + 9, y), (start + 4, y - 3)))
    elif ends[1] - start >= SHORT_LINE:
        pen.rule((start, y), (ends[1], y), 1.2)


def bold(frame: Frame) -> Type:
    """The type of a date and of a limit."""
    return Type(size=SIZE, leading=13, heavy=True, align="left", family=frame.family)


def small(frame: Frame) -> Type:
    """The type of what a day or a limit is."""
    return Type(size=SMALL, leading=SMALL_LEADING, align="left", family=frame.family)
