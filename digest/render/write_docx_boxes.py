"""What a DOCX page is made of, and how high it stands at most: paragraphs, tables, check boxes and fields that come back on import.

Line heights are exact and lines are counted for the worst font that may stand in for ours, so the sum holds in Word, WPS and
LibreOffice, with our font, with another, or with none. Widths and heights are points.
"""

from dataclasses import dataclass, field

from msgspec import Struct

from digest.render.write_docx_lines import count_lines, end_of_last, width_of

CELL_SIDES = (4.0, 4.0)  # left and right of a cell's text
BORDER = 1.0  # a row is taken to be so much higher, for its border
TAIL_STYLE = "mark"
LOGO_DESCENT = 2.0  # pt below a picture, at most: its line's type is as small as that of a gap
TAIL_GAP = 0.6  # em between a line's text and what stands at its end


class Text(Struct, frozen=True):
    """Characters in one weight; ``face`` is a character style."""

    text: str
    bold: bool = False
    face: str = ""


class Tab(Struct, frozen=True):
    """Go on at the next tab stop."""


class Break(Struct, frozen=True):
    """Go on in the next line of the same paragraph."""


class CheckBox(Struct, frozen=True):
    """A box to click in Word; prints as ☐."""

    key: str


class Field(Struct, frozen=True):
    """Text that the import brings back under its key."""

    key: str
    name: str
    runs: tuple[Text | Break, ...]


Part = Text | Tab | Break | CheckBox | Field


class Face(Struct, frozen=True):
    """A paragraph style: type, exact line height, air, and how it is set."""

    name: str
    size: float
    leading: float
    bold: bool = False
    align: str = "left"
    white: bool = False
    fill: str = ""
    before: float = 0.0
    after: float = 0.0
    hang: float = 0.0
    rule_below: float = 0.0
    stripe: bool = False
    keep_next: bool = False


class Para(Struct, frozen=True):
    """One paragraph. ``tail`` is set flush right on the last line, or on a line of its own where it finds no room."""

    style: str
    parts: tuple[Part, ...]
    tail: tuple[Part, ...] = ()
    ruled: bool = False  # a dotted line from the text to the right edge
    more: float = 0.0  # air below, beside the style's own

    def height(self, faces: dict[str, Face], width: float) -> float:
        """Its lines at most, and its air."""
        face = faces[self.style]
        room = width - face.hang
        lines = sum(count_lines(piece, room, face.size, bold=face.bold) for piece in self.pieces(face))
        if self.tail and not self.tail_fits(faces, width):
            lines += 1
        return face.before + lines * face.leading + face.after + self.more

    def pieces(self, face: Face) -> list[str]:
        """The text between its breaks, without what stands in the hanging indent."""
        return plain(self.parts, skip_lead=face.hang > 0).split("\n")

    def tail_fits(self, faces: dict[str, Face], width: float) -> bool:
        """Whether the tail surely finds room beside the last line."""
        face = faces[self.style]
        room = width - face.hang
        tail = width_of(plain(self.tail), faces[TAIL_STYLE].size, bold=True) + TAIL_GAP * face.size
        return end_of_last(self.pieces(face)[-1], room, face.size, bold=face.bold) + tail <= room


class Cell(Struct, frozen=True):
    """One cell and what stands in it."""

    content: tuple["Block", ...]
    fill: str = ""
    middle: bool = True
    span: int = 1
    borders: tuple[tuple[str, float], ...] = ()  # (side, pt); 0 takes a border away
    sides: tuple[float, float] = CELL_SIDES


class Row(Struct, frozen=True):
    """Cells side by side, at least so high; ``head`` is repeated and never alone."""

    cells: tuple[Cell, ...]
    least: float = 0.0
    head: bool = False


class Table(Struct, frozen=True):
    """Rows over fixed column widths. ``grid`` draws every border, ``frame`` the outer ones, ``lines`` those between rows, ``none`` none."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    border: str = "grid"
    pad: float = 0.0  # air above and below the text of every row

    def height(self, faces: dict[str, Face], width: float) -> float:
        """The sum of its rows."""
        return sum(self.row_height(row, faces) for row in self.rows)

    def row_height(self, row: Row, faces: dict[str, Face]) -> float:
        """The tallest cell, at least what was asked for."""
        tallest, column = 0.0, 0
        for cell in row.cells:
            width = sum(self.widths[column : column + cell.span]) - sum(cell.sides)
            tallest = max(tallest, stack_height(cell.content, faces, width))
            column += cell.span
        return max(row.least, tallest + 2 * self.pad) + (BORDER if self.border != "none" else 0.0)


class Gap(Struct, frozen=True):
    """Air between two blocks."""

    points: float

    def height(self, faces: dict[str, Face], width: float) -> float:
        """As asked for."""
        return self.points


class Logo(Struct, frozen=True):
    """The branch's mark, in a line as high as it is: an exact line would cut it off in Word."""

    wide: float
    high: float
    name: str

    def height(self, faces: dict[str, Face], width: float) -> float:
        """The picture and the descent of its line."""
        return self.high + LOGO_DESCENT


Block = Para | Table | Gap | Logo


@dataclass(frozen=True, slots=True)  # no struct: hashed without its faces
class Sketch:
    """A whole page: blocks from top to bottom, the styles they use, margins (top, right, bottom, left)."""

    blocks: tuple[Block, ...]
    faces: dict[str, Face] = field(hash=False)
    margins: tuple[float, float, float, float]
    width: float

    @property
    def height(self) -> float:
        """All blocks."""
        return stack_height(self.blocks, self.faces, self.width)


def stack_height(blocks: tuple[Block, ...], faces: dict[str, Face], width: float) -> float:
    """Blocks one below the other."""
    return sum(block.height(faces, width) for block in blocks)


def plain(parts: tuple[Part, ...], *, skip_lead: bool = False) -> str:
    """The text of parts; ``skip_lead`` leaves out what stands in the hanging indent, up to the first tab."""
    if skip_lead and any(isinstance(part, Tab) for part in parts):
        parts = parts[next(index for index, part in enumerate(parts) if isinstance(part, Tab)) + 1 :]
    return "".join(plain_part(part) for part in parts)


def plain_part(part: Part) -> str:
    """The text of one part."""
    match part:
        case Text():
            return part.text
        case Field():
            return "".join(plain_part(run) for run in part.runs)
        case Break():
            return "\n"
        case CheckBox():
            return "☐"
        case Tab():
            return "　"
