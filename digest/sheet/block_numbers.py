"""The numbers to remember: a table of matter, standard, time limit and article, numbered like the lines."""

from msgspec import Struct

from digest.sheet.block_line import badge_room, draw_badge
from digest.sheet.block_section import BAR, STRIPE
from digest.sheet.frame import HEADING, Frame
from digest.sheet.markup import Element
from digest.sheet.pen import HAIR, INK, TINT, Pen, Type
from digest.typeset.measure import Ranges

PAD = 6.0
MARK_LEAST = 30.0
MARK_MOST = 0.2  # of the width
DUE_MOST = 0.2
STANDARD_SHARE = (0.34, 0.42, 0.5, 0.58, 0.66)  # of the room for text: the share that needs the least height is taken


class Layout(Struct, frozen=True):
    """Where the columns stand: (left, width) of matter, standard, time limit and mark; widths 0 fold away."""

    item: tuple[float, float]
    standard: tuple[float, float]
    due: tuple[float, float]
    mark: tuple[float, float]


class Row(Struct, frozen=True):
    """The texts of one row."""

    number: str
    item: str
    standard: str
    due: str
    mark: str
    item_bold: Ranges = ()
    standard_bold: Ranges = ()


class Numbers(Struct, frozen=True):
    """The table over the whole width."""

    element: Element
    most: float = 0.0

    def rows(self, frame: Frame) -> list[Row]:
        """Its rows."""
        return [row_of(child, frame) for child in self.element.children]

    def layout(self, frame: Frame) -> Layout:
        """Column widths that need the least height."""
        rows = self.rows(frame)
        mark = widest([row.mark for row in rows], frame.small, frame.width * MARK_MOST)
        due = widest([row.due for row in rows], frame.small, frame.width * DUE_MOST)
        room = frame.width - badge_room(frame) - mark - due - PAD
        made = [layout_of(frame, room * share, due, mark) for share in STANDARD_SHARE]
        return min(made, key=lambda layout: sum(row_height(row, frame, layout) for row in rows))

    def height(self, frame: Frame) -> float:
        """Bar and rows; nothing without rows."""
        rows = self.rows(frame)
        if not rows:
            return 0.0
        layout = self.layout(frame)
        return BAR + sum(row_height(row, frame, layout) + row_air(frame) for row in rows) + 1

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw the bar and the rows with hair rules between."""
        layout, rows = self.layout(frame), self.rows(frame)
        self.draw_bar(pen, top, frame)
        spare = max(0.0, height - self.height(frame)) / len(rows)
        y = top - BAR
        for index, row in enumerate(rows):
            high = row_height(row, frame, layout) + row_air(frame) + spare
            if index:
                pen.rule((frame.left, y), (frame.right, y), 0.35, gray=HAIR)
            draw_row(pen, y - (row_air(frame) + spare) / 2, frame, (row, layout))
            pen.spot(f"line-{row.number}", (frame.left, y, frame.width, high))
            y -= high
        pen.rule((frame.left, y), (frame.right, y), 0.8)
        pen.spot(f"section-{self.element.get('key')}", (frame.left, top, frame.width, height))

    def draw_bar(self, pen: Pen, top: float, frame: Frame) -> None:
        """The heading."""
        pen.rect((frame.left, top, frame.width, BAR), fill=TINT)
        pen.rect((frame.left, top, STRIPE, BAR), fill=INK)
        size = HEADING
        pen.text(self.element.get("title"), (frame.left + 9, top - BAR / 2 - size * 0.36), Type(size=size, heavy=True, family=frame.family))


def row_of(element: Element, frame: Frame) -> Row:
    """The texts of a row, a doubtful one marked."""
    item, standard = (next((child for child in element.children if child.tag == tag), element) for tag in ("item", "standard"))
    doubt = f"【{frame.look.words.doubtful}】" if element.get("doubtful") else ""
    return Row(
        element.get("number"),
        item.text if standard.text else item.text + doubt,
        standard.text + doubt if standard.text else "",
        element.get("due"),
        element.get("mark"),
        item_bold=item.emphasis,
        standard_bold=standard.emphasis,
    )


def widest(texts: list[str], kind: Type, most: float) -> float:
    """The width of the widest text with its air; 0 if all are empty."""
    wide = max((kind.width(text) for text in texts), default=0.0)
    return min(max(wide, MARK_LEAST), most) + PAD if wide else 0.0


def layout_of(frame: Frame, standard: float, due: float, mark: float) -> Layout:
    """The columns for one width of the standard."""
    left = frame.left + badge_room(frame)
    item = frame.width - badge_room(frame) - due - mark - PAD - standard
    return Layout(
        (left, item),
        (left + item + PAD, standard),
        (left + item + PAD + standard + PAD, max(0.0, due - PAD)),
        (frame.right - max(0.0, mark - PAD), max(0.0, mark - PAD)),
    )


def row_air(frame: Frame) -> float:
    """Air above and below a row's text."""
    return 3.0 + frame.air * 0.5


def kinds(row: Row, frame: Frame) -> tuple[Type, Type, Type]:
    """Types of matter, standard, and time limit and mark."""
    plain = frame.body._replace(align="left")
    return plain._replace(bold=row.item_bold), plain._replace(bold=row.standard_bold), frame.small._replace(align="left")


def row_height(row: Row, frame: Frame, layout: Layout) -> float:
    """The tallest cell."""
    item, standard, small = kinds(row, frame)
    found = [item.height(row.item, item_room(row, layout)), standard.height(row.standard, layout.standard[1]) if row.standard else 0.0]
    found += [small.height(text, place[1]) for text, place in ((row.due, layout.due), (row.mark, layout.mark)) if text]
    return max(found)


def item_room(row: Row, layout: Layout) -> float:
    """The width of the matter: its cell, or both cells where the line runs across."""
    return layout.item[1] if row.standard else layout.item[1] + PAD + layout.standard[1]


def draw_row(pen: Pen, top: float, frame: Frame, what: tuple[Row, Layout]) -> None:
    """Draw one row: badge, then the cells."""
    row, layout = what
    item, standard, small = kinds(row, frame)
    draw_badge(pen, (frame.left + frame.size * 0.52 + 0.6, top - frame.leading / 2), row.number, frame, reverse=False)
    pen.paragraph(row.item, (layout.item[0], top), item_room(row, layout), item)
    if row.standard:
        pen.paragraph(row.standard, (layout.standard[0], top), layout.standard[1], standard)
    lower = (frame.leading - small.leading) / 2
    for text, place in ((row.due, layout.due), (row.mark, layout.mark)):
        if text:
            pen.paragraph(text, (place[0], top - lower), place[1], small)
