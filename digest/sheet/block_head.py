"""The head of the page: title with tag and document number beside it, and the one-line point."""

from msgspec import Struct

from digest.sheet.frame import Frame
from digest.sheet.logo import draw_logo, logo_width
from digest.sheet.markup import Element
from digest.sheet.pen import BASELINE, INK, PAPER, Pen, Type
from digest.sheet.title import title_lines

TITLES = (23.0, 21.0, 19.0, 17.5, 16.0)  # pt, the first that stands on one line
TITLE_LEAST = 1.5  # of body size, on one line
LONG_TITLE = 1.4  # of body size, on several
TITLE_LEADING = 1.22
SIDE_ROW = 14.5  # pt: a row beside the title
SIDE_SIZE = 10.0
SIDE_AIR = 12.0
SIDE_MOST = 0.36  # of the width
CHIP_PAD = 5.0
BELOW = 4.0
POINT_SIZE = 13.0
POINT_LEADING = 1.3
POINT_LABEL = 54.0
POINT_PAD = 3.5


class Side(Struct, frozen=True):
    """A row beside the title: texts with their type, boxed, in reverse or plain."""

    texts: tuple[str, ...]
    style: str

    def width(self, kind: Type) -> float:
        """The room it takes."""
        pad = 2 * CHIP_PAD if self.style != "plain" else 0.0
        return sum(kind.width(text) + pad for text in self.texts) + CHIP_PAD * (len(self.texts) - 1)


class Header(Struct, frozen=True):
    """The branch's mark and the title at the left, tag, urgency, restriction, number and branch at the right, a thick rule below."""

    element: Element
    most: float = 0.0

    def side(self, frame: Frame) -> list[Side]:
        """The rows at the right; what is too wide there is left to the facts strip and the foot, but never the restriction."""
        get, kind, most = self.element.get, side_type(frame), frame.width * SIDE_MOST
        chips = tuple(text for text in (get("tag"), f"▲{get('urgency')}" if get("urgency") else "") if text)
        plain = [text for text in (get("number"), get("right")) if text and kind.width(text) <= most]
        together = Side(("　".join(plain),), "plain")
        rows = [together] if plain and together.width(kind) <= most else [Side((text,), "plain") for text in plain]
        limit = [Side((get("restriction"),), "box")] if get("restriction") else []
        return [*([Side(chips, "reverse")] if chips else []), *limit, *rows]

    def side_width(self, frame: Frame) -> float:
        """The room of the rows at the right, air included."""
        kind = side_type(frame)
        wide = max((row.width(kind) for row in self.side(frame)), default=0.0)
        return wide + SIDE_AIR if wide else 0.0

    def title_room(self, frame: Frame) -> float:
        """The width of the title."""
        return frame.width - self.side_width(frame) - logo_width(frame.look)

    def title_type(self, frame: Frame) -> Type:
        """The largest title type that takes one line, else a smaller one in several."""
        title, room = self.element.get("title"), self.title_room(frame)
        align = "centre" if self.element.get("style") == "centre" else "left"
        for size in (*(size for size in TITLES if size >= TITLE_LEAST * frame.size), LONG_TITLE * frame.size):
            made = Type(size=size, leading=size * TITLE_LEADING, heavy=True, align=align, family=frame.family)
            if made.width(title) <= room:
                return made
        return made

    def height(self, frame: Frame) -> float:
        """Title lines or the rows beside it, and the rule."""
        title = self.title_type(frame).height(self.element.get("title"), self.title_room(frame))
        return max(title, SIDE_ROW * len(self.side(frame))) + BELOW

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw mark, title, the rows and the rule."""
        draw_logo(pen, (frame.left, top), height - BELOW, frame.look)
        self.draw_title(pen, top, frame, height)
        rows = self.side(frame)
        y = top - (height - BELOW - SIDE_ROW * len(rows)) / 2
        for row in rows:
            draw_side(pen, y, frame, row)
            y -= SIDE_ROW
        pen.rule((frame.left, top - height + 1), (frame.right, top - height + 1), 1.8)

    def draw_title(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw the title in the middle of the height."""
        title, kind, room = self.element.get("title"), self.title_type(frame), self.title_room(frame)
        left, used = frame.left + logo_width(frame.look), kind.height(title, room)
        upper = top - (height - BELOW - used) / 2
        pen.spot("title", (left, upper, room, used))
        for line in title_lines(title, room, kind):
            pen.paragraph(line, (left, upper), room, kind)
            upper -= kind.leading


def side_type(frame: Frame) -> Type:
    """The type beside the title."""
    return Type(size=SIDE_SIZE, heavy=True, family=frame.family)


def draw_side(pen: Pen, top: float, frame: Frame, row: Side) -> None:
    """Draw one row flush right."""
    kind = side_type(frame)
    x, base = frame.right - row.width(kind), top - SIDE_ROW / 2 - SIDE_SIZE * BASELINE
    pad = CHIP_PAD if row.style != "plain" else 0.0
    for text in row.texts:
        box = (x, top - 0.8, kind.width(text) + 2 * pad, SIDE_ROW - 1.6)
        if row.style == "reverse":
            pen.rect(box, fill=INK, radius=2)
        elif row.style == "box":
            pen.rect(box, stroke=INK, line=1.0)
            pen.spot("restriction", box)
        pen.text(text, (x + pad, base), kind._replace(gray=PAPER if row.style == "reverse" else INK))
        x += box[2] + CHIP_PAD


class Point(Struct, frozen=True):
    """The one line to remember: label in reverse, text bold in a frame; no tint behind what must be read."""

    element: Element
    most: float = 0.0

    def kind(self, frame: Frame) -> Type:
        """The type of the point."""
        size = float(self.element.whole("size", 0)) or POINT_SIZE
        return Type(size=size, leading=size * POINT_LEADING, heavy=True, family=frame.family)

    def room(self, frame: Frame) -> float:
        """The width of its text."""
        return frame.width - POINT_LABEL - 14

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
        pen.paragraph(self.element.text, (frame.left + POINT_LABEL + 7, top - POINT_PAD), self.room(frame), self.kind(frame))
        pen.spot("point", (frame.left, top, frame.width, height))
