"""Blocks in, WordprocessingML out (ECMA-376 part 1, chapter 17): paragraphs, tables, content controls, bookmarks."""

from collections.abc import Iterator
from itertools import count

from msgspec import Struct, field

from digest.render.write_docx_boxes import Block, Break, Cell, CheckBox, Field, Gap, Logo, Para, Part, Row, Sketch, Tab, Table, Text
from digest.render.xml_text import escaped, quoted

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
LOGO_RELATION = "rIdLogo"
EMU = 12_700  # in a point
CHECKED, UNCHECKED = "2611", "2610"
BOX_FACE = "Box"
INK, HAIR = "111111", "999999"
FIRST_CONTROL = 1_000_001  # content control ids: any whole numbers, each once


def twips(points: float) -> int:
    """Points in twentieths."""
    return round(points * 20)


class Writer(Struct):
    """Writes one sketch; holds the running numbers of content controls and bookmarks."""

    sketch: Sketch
    font: str
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def document(self) -> str:
        """The whole document part."""
        names = " ".join(f'xmlns:{name}="{address}"' for name, address in NAMESPACES.items())
        body = "".join(self.block(block, self.sketch.width) for block in self.sketch.blocks)
        return f'<w:document {names} mc:Ignorable="w14 w15"><w:body>{body}{self.section()}</w:body></w:document>'

    def section(self) -> str:
        """A4, the margins, no grid that would stretch lines."""
        top, right, bottom, left = (twips(margin) for margin in self.sketch.margins)
        margins = f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="240" w:footer="240" w:gutter="0"/>'
        return f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{margins}</w:sectPr>'

    def block(self, block: Block, width: float) -> str:
        """One block."""
        match block:
            case Para():
                return self.paragraph(block, width)
            case Table():
                return self.table(block)
            case Logo():
                return logo(block)
            case Gap():
                return f'<w:p><w:pPr><w:pStyle w:val="gap"/><w:spacing w:line="{twips(block.points)}" w:lineRule="exact"/></w:pPr></w:p>'

    def paragraph(self, para: Para, width: float) -> str:
        """One paragraph; its tail goes to the right tab stop, in a line of its own where the last one may lack room."""
        face = self.sketch.faces[para.style]
        inner = "".join(self.part(part) for part in para.parts)
        tabs = spacing = ""
        if para.more:
            spacing = f'<w:spacing w:after="{twips(face.after + para.more)}"/>'
        if para.ruled:
            tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(width)}"/></w:tabs>'
            inner += "<w:r><w:tab/></w:r>"
        if para.tail:
            tabs = f'<w:tabs><w:tab w:val="right" w:pos="{twips(width)}"/></w:tabs>'
            lead = "" if para.tail_fits(self.sketch.faces, width) else "<w:r><w:br/></w:r>"
            inner += lead + "<w:r><w:tab/></w:r>" + "".join(self.part(part) for part in para.tail)
        aligned = '<w:jc w:val="left"/>' if para.tail and face.align == "both" and "<w:br/>" in inner else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{para.style}"/>{tabs}{spacing}{aligned}</w:pPr>{inner}</w:p>'

    def part(self, part: Part) -> str:
        """One piece of a paragraph."""
        match part:
            case Text():
                return run(part)
            case Tab():
                return "<w:r><w:tab/></w:r>"
            case Break():
                return "<w:r><w:br/></w:r>"
            case CheckBox():
                return self.check_box(part)
            case Field():
                return self.field(part)

    def field(self, part: Field) -> str:
        """A bookmark around a content control without a frame: either one is enough to find the text again."""
        number = next(self.numbers)
        inner = "".join(run(piece) if isinstance(piece, Text) else "<w:r><w:br/></w:r>" for piece in part.runs) or "<w:r><w:t></w:t></w:r>"
        start = f'<w:bookmarkStart w:id="{number}" w:name={quoted(bookmark_of(part.key))}/>'
        look = '<w15:appearance w15:val="hidden"/>'
        control = f'<w:sdtPr><w:alias w:val={quoted(part.name)}/><w:tag w:val={quoted(part.key)}/><w:id w:val="{FIRST_CONTROL + number}"/>{look}</w:sdtPr>'
        return f'{start}<w:sdt>{control}<w:sdtContent>{inner}</w:sdtContent></w:sdt><w:bookmarkEnd w:id="{number}"/>'

    def check_box(self, part: CheckBox) -> str:
        """A box that Word and WPS tick on a click."""
        number = next(self.numbers)
        states = "".join(
            f'<w14:{name} w14:val="{code}" w14:font={quoted(self.font)}/>' for name, code in (("checkedState", CHECKED), ("uncheckedState", UNCHECKED))
        )
        control = f'<w:alias w:val="完成"/><w:tag w:val={quoted(part.key)}/><w:id w:val="{FIRST_CONTROL + number}"/>'
        box = f'<w14:checkbox><w14:checked w14:val="0"/>{states}</w14:checkbox>'
        return f"<w:sdt><w:sdtPr>{control}{box}</w:sdtPr><w:sdtContent>{run(Text('☐', face=BOX_FACE))}</w:sdtContent></w:sdt>"

    def table(self, table: Table) -> str:
        """A table of fixed widths, no wider than it says."""
        grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in table.widths)
        sides = '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        head = (
            f'<w:tblPr><w:tblW w:w="{twips(sum(table.widths))}" w:type="dxa"/><w:jc w:val="left"/><w:tblInd w:w="0" w:type="dxa"/>'
            f'{table_borders(table.border)}<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>'
        )
        return f"<w:tbl>{head}<w:tblGrid>{grid}</w:tblGrid>{''.join(self.row(row, table) for row in table.rows)}</w:tbl>"

    def row(self, row: Row, table: Table) -> str:
        """A row that grows with its text and never breaks over pages."""
        height = max(row.least, table.row_height(row, self.sketch.faces) - 1.0 if table.pad else row.least)
        least = f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>' if height else ""
        head = "<w:tblHeader/>" if row.head else ""
        cells, column = [], 0
        for cell in row.cells:
            width = sum(table.widths[column : column + cell.span])
            cells.append(self.cell(cell, width))
            column += cell.span
        return f"<w:tr><w:trPr><w:cantSplit/>{least}{head}</w:trPr>{''.join(cells)}</w:tr>"

    def cell(self, cell: Cell, width: float) -> str:
        """One cell; the schema wants its properties in this order."""
        left, right = (twips(side) for side in cell.sides)
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        lines = "".join(border(side, points) for side in ("top", "left", "bottom", "right") for name, points in cell.borders if name == side)
        borders = f"<w:tcBorders>{lines}</w:tcBorders>" if lines else ""
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
        margins = f'<w:tcMar><w:left w:w="{left}" w:type="dxa"/><w:right w:w="{right}" w:type="dxa"/></w:tcMar>'
        middle = f'<w:vAlign w:val="{"center" if cell.middle else "top"}"/>'
        inner = "".join(self.block(block, width - sum(cell.sides)) for block in cell.content)
        return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{span}{borders}{fill}{margins}{middle}</w:tcPr>{inner}</w:tc>'


def logo(mark: Logo) -> str:
    """The branch's mark as a picture in the line (20.4.2.8), with the words that stand for it."""
    size = f'cx="{round(mark.wide * EMU)}" cy="{round(mark.high * EMU)}"'
    name = f'id="1" name="logo.png" descr={quoted(mark.name)}'
    shape = f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    fill = f'<pic:blipFill><a:blip r:embed="{LOGO_RELATION}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    picture = f"<pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>{fill}{shape}</pic:pic>"
    graphic = f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}">{picture}</a:graphicData></a:graphic>'
    inline = f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {name}/>{graphic}</wp:inline>'
    line = '<w:pPr><w:pStyle w:val="gap"/><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>'
    return f"<w:p>{line}<w:r><w:drawing>{inline}</w:drawing></w:r></w:p>"


def bookmark_of(key: str) -> str:
    """A key as a bookmark's name: letters, digits and underlines."""
    return "digest_" + key.replace("-", "_")


def run(text: Text) -> str:
    """Characters in one weight."""
    face = f'<w:rStyle w:val="{text.face}"/>' if text.face else ""
    weight = "<w:b/>" if text.bold else ""
    look = f"<w:rPr>{face}{weight}</w:rPr>" if face or weight else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escaped(text.text)}</w:t></w:r>'


def table_borders(kind: str) -> str:
    """The borders of a table by their name in ``Table``."""
    outer, inner = {"grid": (1.0, 0.5), "frame": (1.0, 0.0), "lines": (0.75, 0.5), "none": (0.0, 0.0)}[kind]
    sides = {"top": outer, "left": outer, "bottom": outer, "right": outer, "insideH": inner, "insideV": inner}
    if kind == "lines":
        sides |= {"left": 0.0, "right": 0.0, "insideV": 0.0}
    return "<w:tblBorders>" + "".join(border(side, points) for side, points in sides.items()) + "</w:tblBorders>"


def border(side: str, points: float) -> str:
    """One border; none at 0."""
    if not points:
        return f'<w:{side} w:val="nil"/>'
    return f'<w:{side} w:val="single" w:sz="{round(points * 8)}" w:space="0" w:color="{INK if points >= 0.75 else HAIR}"/>'
