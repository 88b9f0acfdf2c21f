"""PDFs drawn stroke by stroke, so that a test shows where each line stands."""

import io

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from digest import ingest
from digest.model.document import BlockKind, Document
from digest.model.source import Source
from digest.typeset import fonts

WIDTH, HEIGHT = 595.28, 841.89
LEFT, SIZE, PITCH = 80.0, 16.0, 28.0
FONT = "Sheet"
FONT_FILE = fonts.FOLDER / "SheetSansSC-Regular.ttf"


class Pdf:
    """A PDF under the pen; heights are measured from the top."""

    def __init__(self, **fields):
        """Begin a file; ``fields`` go to reportlab."""
        if FONT not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(FONT, FONT_FILE))
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=(WIDTH, HEIGHT), invariant=1, **fields)

    def line(self, text, top, x=LEFT, size=SIZE, font=FONT):
        """Draw one line whose upper edge is at ``top``."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - top - size * 0.88, text)
        return self

    def centred(self, text, top, size=SIZE):
        """Draw one line in the middle."""
        return self.line(text, top, (WIDTH - pdfmetrics.stringWidth(text, FONT, size)) / 2, size)

    def lines(self, texts, top=140.0, x=LEFT, pitch=PITCH, size=SIZE):
        """Draw lines below each other; a leading full-width blank is an indent."""
        for at, text in enumerate(texts):
            indent = len(text) - len(text.lstrip("\u3000"))
            self.line(text.lstrip("\u3000"), top + at * pitch, x + indent * size, size)
        return self

    def grid(self, xs, tops, texts, size=12.0):
        """Draw a ruled table: edges, and the texts of its cells row by row; a cell's lines are parted by newlines."""
        for x in xs:
            self.canvas.line(x, HEIGHT - tops[0], x, HEIGHT - tops[-1])
        for top in tops:
            self.canvas.line(xs[0], HEIGHT - top, xs[-1], HEIGHT - top)
        for row, cells in enumerate(texts):
            for column, text in enumerate(cells):
                self.lines(text.split("\n"), tops[row] + 4, xs[column] + 4, size * 1.4, size)
        return self

    def picture(self, image, x=0.0, top=0.0, width=WIDTH, height=HEIGHT):
        """Draw a Pillow picture."""
        self.canvas.drawImage(ImageReader(image), x, HEIGHT - top - height, width, height)
        return self

    def page(self):
        """End the page."""
        self.canvas.showPage()
        return self

    def data(self):
        """The bytes."""
        self.canvas.save()
        return self.stream.getvalue()


def locked(password):
    """Encryption that asks for a password."""
    return StandardEncryption(password, canPrint=1)


def read(data, name="通知.pdf", *, password="", ocr=False) -> Document:
    """The document, through the door."""
    return ingest.read(Source(name=name, data=data, password=password), ocr=ocr)


def texts(document):
    """The texts of the lines that are no furniture."""
    return [block.raw for block in document.blocks if block.kind is BlockKind.LINE]


def furniture(document):
    """The texts of the furniture."""
    return [block.raw for block in document.blocks if block.kind is BlockKind.FURNITURE]


def cells(document, number=0):
    """(row, column): text of a table."""
    found = [block for block in document.blocks if block.cell and block.cell.table == number]
    return {(block.cell.row, block.cell.column): block.raw for block in found}
