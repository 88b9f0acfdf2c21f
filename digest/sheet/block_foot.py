"""The foot of the page: remark, check questions, ruled lines for the manager, sign-off cells, footer."""

from msgspec import Struct

from digest.sheet.frame import Frame
from digest.sheet.markup import Element
from digest.sheet.pen import HAIR, INK, PAPER, SMALLEST, TINT, Pen, Type
from digest.sheet.qr import draw_code
from digest.typeset.measure import Ranges

LABEL = 54.0
QUESTION_PAD = 3.0
NOTE_ROW = 19.0
NOTE_ROW_MOST = 24.0
MOST_NOTE_ROWS = 12  # more empty lines than that are no help
SIGN_HEIGHT = 23.0
SIGN_MOST = 70.0  # pt: room for many names where the page has it
SIGN_LABEL = 48.0
LAST_CELL = 2.4  # the last sign-off cell (签到) is so much wider than the others
FOOTER_LEADING = 11.0
CODE_SIDE = 44.0  # pt: 33 modules of 0.4 mm, which a telephone reads from a hand's breadth


class Remark(Struct, frozen=True):
    """A paragraph over the whole width, with or without a label in bold."""

    element: Element
    most: float = 0.0

    def text(self) -> str:
        """Label and text."""
        label = self.element.get("label")
        return f"{label}：{self.element.text}" if label else self.element.text

    def kind(self, frame: Frame) -> Type:
        """Body type, the label bold."""
        label = self.element.get("label")
        return frame.body._replace(bold=((0, len(label) + 1),) if label else ())

    def height(self, frame: Frame) -> float:
        """Its lines; nothing without text."""
        return self.kind(frame).height(self.text(), frame.width) if self.element.text else 0.0

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw it."""
        pen.paragraph(self.text(), (frame.left, top - (height - self.height(frame)) / 2), frame.width, self.kind(frame))


class Questions(Struct, frozen=True):
    """Check questions beside their label, one after the other; the answers below them on the manager's copy."""

    element: Element
    most: float = 0.0

    def texts(self, frame: Frame) -> list[str]:
        """What is printed: the questions run on, numbered; then the answers."""
        asked = "　".join(f"{number}. {child.text}" for number, child in enumerate(self.element.children, start=1))
        answers = [f"{number}. {child.get('answer')}" for number, child in enumerate(self.element.children, start=1) if child.get("answer")]
        return [asked, f"{frame.look.words.answers}：{'；'.join(answers)}"] if answers else [asked]

    def numbers(self, text: str) -> Ranges:
        """Where the numbers of the questions stand in their text."""
        starts = [text.index(f"{number}. {child.text}") for number, child in enumerate(self.element.children, start=1) if f"{number}. {child.text}" in text]
        return tuple((start, start + 2) for start in starts)

    def kind(self, frame: Frame, text: str) -> Type:
        """A little smaller than the body, never under the floor; the numbers bold."""
        size = max(10.5, frame.size - 1)
        return Type(size=size, leading=size * 1.32, align="left", bold=self.numbers(text), family=frame.family)

    def room(self, frame: Frame) -> float:
        """The width of a question."""
        return frame.width - LABEL - 13

    def height(self, frame: Frame) -> float:
        """Its lines; nothing without questions."""
        if not self.element.children:
            return 0.0
        return sum(self.kind(frame, text).height(text, self.room(frame)) for text in self.texts(frame)) + 2 * QUESTION_PAD

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw label, box and questions."""
        draw_label(pen, (frame.left, top, LABEL, height), self.element.get("title"), frame)
        pen.rect((frame.left, top, frame.width, height), stroke=INK, line=0.8)
        y = top - QUESTION_PAD - (height - self.height(frame)) / 2
        for text in self.texts(frame):
            kind = self.kind(frame, text)
            pen.paragraph(text, (frame.left + LABEL + 7, y), self.room(frame), kind)
            y -= kind.height(text, self.room(frame))
        pen.spot("questions", (frame.left, top, frame.width, height))


class Notes(Struct, frozen=True):
    """Ruled lines to write on; more of them where there is room left on the page."""

    element: Element
    most: float = MOST_NOTE_ROWS * NOTE_ROW_MOST

    def height(self, frame: Frame) -> float:
        """The lines asked for; none folds it away."""
        return self.element.whole("lines", 2) * NOTE_ROW

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw the label and as many lines as the height holds."""
        if height < NOTE_ROW:
            return
        pen.rect((frame.left, top, LABEL, height), fill=TINT)
        label = Type(size=11, leading=14, heavy=True, align="centre", family=frame.family)
        pen.centred(self.element.get("title"), (frame.left, top, LABEL, height), label)
        pen.rect((frame.left, top, frame.width, height), stroke=INK, line=0.8)
        count = max(1, min(MOST_NOTE_ROWS, int(height / NOTE_ROW)))
        for number in range(1, count):
            y = top - height * number / count
            pen.rule((frame.left + LABEL + 8, y), (frame.right - 8, y), 0.4, gray=HAIR, dash=(1.5, 2.0))
        pen.spot("notes", (frame.left, top, frame.width, height))


class SignOff(Struct, frozen=True):
    """Cells to sign in; the last one is wide."""

    element: Element
    most: float = SIGN_MOST

    def height(self, frame: Frame) -> float:
        """One row; nothing without cells."""
        return SIGN_HEIGHT if self.element.children else 0.0

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw the cells."""
        cells = self.element.children
        unit = frame.width / (len(cells) - 1 + LAST_CELL)
        x = frame.left
        for number, cell in enumerate(cells):
            wide = unit * (LAST_CELL if number == len(cells) - 1 else 1)
            label = min(max(SIGN_LABEL, Type(size=10.5, family=frame.family).width(cell.text) + 10), wide)
            pen.rect((x, top, label, height), fill=TINT)
            pen.centred(cell.text, (x, top, label, height), Type(size=10.5, align="centre", family=frame.family))
            if number:
                pen.rule((x, top), (x, top - height), 0.5)
            x += wide
        pen.rect((frame.left, top, frame.width, height), stroke=INK, line=0.8)
        pen.spot("signoff", (frame.left, top, frame.width, height))


class Footer(Struct, frozen=True):
    """What the sheet is and where it comes from; a QR code to the stored source at the right, if there is an address."""

    element: Element
    most: float = 0.0

    def kind(self, frame: Frame) -> Type:
        """The smallest type of the page."""
        return Type(size=SMALLEST, leading=FOOTER_LEADING, align="left", family=frame.family)

    def room(self, frame: Frame) -> float:
        """The width of the text."""
        return frame.width - (CODE_SIDE + 8 if self.element.get("code") else 0.0)

    def height(self, frame: Frame) -> float:
        """Its lines, or the code's side."""
        return max(self.kind(frame).height(self.element.text, self.room(frame)), CODE_SIDE if self.element.get("code") else 0.0)

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw the text, and the code beside it."""
        used = self.kind(frame).height(self.element.text, self.room(frame))
        lower = top - (height - used) if self.element.get("code") else top
        pen.paragraph(self.element.text, (frame.left, lower), self.room(frame), self.kind(frame))
        pen.spot("footer", (frame.left, lower, self.room(frame), used))
        if code := self.element.get("code"):
            draw_code(pen, (frame.right - CODE_SIDE, top), CODE_SIDE, code)


def draw_label(pen: Pen, box: tuple[float, float, float, float], text: str, frame: Frame) -> None:
    """White words in a black box."""
    pen.rect(box, fill=INK)
    pen.centred(text, box, Type(size=12, leading=15, heavy=True, align="centre", gray=PAPER, family=frame.family))
