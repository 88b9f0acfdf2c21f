"""Lines of a sample text in, a PDF as head offices print it out: 28 characters a line, running head, page numbers, ruled tables."""

import io
from dataclasses import dataclass, field

from reportlab.pdfgen import canvas

from digest.typeset import fonts

WIDTH, HEIGHT = 595.28, 841.89
LEFT, TOP, BOTTOM, ROOM = 79.0, 768.0, 86.0, 448.0  # GB/T 9704-2012, 5.2: 28 characters of 16 pt, 22 lines
SIZE, LEADING = 16.0, 27.0
CELL_SIZE, CELL_LEADING, CELL_PAD = 12.0, 17.0, 5.0
CLOSING = frozenset("，。、；：？！）》”〕")
OPENING = frozenset("（《“〔")
NUMERALS = "〇一二三四五六七八九"
Line = tuple[str, str]


@dataclass(slots=True)
class Printer:
    """The pen on its page."""

    paper: canvas.Canvas
    head: str
    regular: str
    bold: str
    y: float = TOP
    page: int = 1
    counts: dict[str, int] = field(default_factory=dict)

    def room_for(self, height: float) -> None:
        """Turn the page where the height finds no room."""
        if self.y - height < BOTTOM:
            self.finish()
            self.paper.showPage()
            self.page, self.y = self.page + 1, TOP

    def finish(self) -> None:
        """Running head and page number."""
        self.paper.setFont(self.regular, 9)
        self.paper.drawCentredString(WIDTH / 2, 800, self.head)
        self.paper.line(LEFT, 794, LEFT + ROOM, 794)
        self.paper.setFont(self.regular, 14)
        self.paper.drawCentredString(WIDTH / 2, 52, f"— {self.page} —")

    def rows(self, text: str, size: float, indent: float = 0.0, *, bold: bool = False) -> None:
        """A paragraph, its first line indented."""
        for place, row in enumerate(wrapped(text, ROOM, size, indent)):
            self.room_for(LEADING)
            self.paper.setFont(self.bold if bold else self.regular, size)
            self.paper.drawString(LEFT + (indent if place == 0 else 0), self.y, row)
            self.y -= LEADING

    def centred(self, text: str, size: float, *, red: bool = False) -> None:
        """Centred lines."""
        self.paper.setFillColorRGB(0.75 if red else 0, 0, 0)
        for row in wrapped(text, ROOM - 2 * size, size, 0):
            self.room_for(size * 1.6)
            self.paper.setFont(self.bold if size > SIZE else self.regular, size)
            self.paper.drawCentredString(WIDTH / 2, self.y, row)
            self.y -= size * 1.6
        self.paper.setFillColorRGB(0, 0, 0)

    def right(self, text: str) -> None:
        """Flush right, four characters in."""
        self.room_for(LEADING)
        self.paper.setFont(self.regular, SIZE)
        self.paper.drawRightString(LEFT + ROOM - 4 * SIZE, self.y, text)
        self.y -= LEADING

    def table(self, rows: list[list[str]]) -> None:
        """A ruled table; columns as wide as their text asks."""
        widths = column_widths(rows)
        self.y += LEADING - CELL_LEADING
        for cells in rows:
            texts = [wrapped(cell, width - 2 * CELL_PAD, CELL_SIZE, 0) for cell, width in zip(cells, widths, strict=True)]
            high = max(len(text) for text in texts) * CELL_LEADING + 2 * CELL_PAD
            self.room_for(high)
            x = LEFT
            for text, width in zip(texts, widths, strict=True):
                self.paper.rect(x, self.y - high, width, high)
                self.paper.setFont(self.regular, CELL_SIZE)
                for place, row in enumerate(text):
                    self.paper.drawString(x + CELL_PAD, self.y - CELL_PAD - CELL_SIZE - place * CELL_LEADING, row)
                x += width
            self.y -= high
        self.y -= LEADING


def column_widths(rows: list[list[str]]) -> list[float]:
    """The room shared out by the length of the columns' texts, none too narrow."""
    weights = [max(4.0, min(14.0, sum(len(row[column]) for row in rows) / len(rows))) for column in range(len(rows[0]))]
    return [ROOM * weight / sum(weights) for weight in weights]


def wrapped(text: str, width: float, size: float, indent: float) -> list[str]:
    """The text in lines; closing marks hang on, opening ones go down."""
    rows, row, room = [], "", width - indent
    for char in text:
        wide = fonts.glyph(char).width * size
        if sum(fonts.glyph(each).width for each in row) * size + wide > room + 0.1 and char not in CLOSING:
            carried = row[-1] if row[-1] in OPENING else ""
            rows.append(row.removesuffix(carried) if carried else row)
            row, room = carried, width
        row += char
    return [*rows, row]


def numeral(number: int) -> str:
    """1 to 9999 in Chinese."""
    if number < 20:
        return ("十" if number >= 10 else "") + (NUMERALS[number % 10] if number % 10 else "")
    found, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        found += ("零" if gap and digit and found else "") + (NUMERALS[digit] + name if digit else "")
        gap = not digit
    return found


def label(counts: dict[str, int], role: str) -> str:
    """The next number of a level; lower levels begin again."""
    below = {"一": "二三", "二": "三", "章": "", "条": "项"}.get(role, "")
    counts[role] = counts.get(role, 0) + 1
    for lower in below:
        counts[lower] = 0
    mark = numeral(counts[role])
    return {"一": f"{mark}、", "二": f"（{mark}）", "三": f"{counts[role]}.", "章": f"第{mark}章　", "条": f"第{mark}条　", "项": f"（{mark}）"}[role]


def write_pdf(lines: list[Line]) -> bytes:
    """The whole PDF."""
    out = io.BytesIO()
    family = fonts.PACKAGED
    head = next((words for role, words in lines if role == "页眉"), "")
    paper = canvas.Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    printer = Printer(paper, head, fonts.ensure(family.regular), fonts.ensure(family.bold))
    pending: list[list[str]] = []
    for role, words in lines:
        if role == "表":
            pending.append(words.split("|"))
            continue
        if pending:
            printer.table(pending)
            pending = []
        print_line(printer, role, words)
    printer.finish()
    paper.showPage()
    paper.save()
    return out.getvalue()


def print_line(printer: Printer, role: str, words: str) -> None:
    """One line as its role is set."""
    if role in ("文头", "标题"):
        printer.y -= 8
        printer.centred(words, 26 if role == "文头" else 22, red=role == "文头")
        printer.y -= 8
    elif role == "文号":
        printer.centred(words, SIZE)
    elif role in ("落款", "日期"):
        printer.right(words)
    elif role in ("章", "一"):
        text = label(printer.counts, role) + words
        if role == "章":
            printer.centred(text, SIZE)
        else:
            printer.rows(text, SIZE, 2 * SIZE, bold=True)
    elif role in ("二", "三", "条", "项"):
        printer.rows(label(printer.counts, role) + words, SIZE, 2 * SIZE)
    elif role in ("主送", "紧急"):
        printer.rows(words, SIZE)
    elif role == "版记":
        printer.rows(words, 14.0)
    elif role != "页眉":
        printer.rows(words, SIZE, 2 * SIZE)
