"""docx (docm, dotx) to Document by an own walk over the XML: numbers as displayed, tracked changes accepted, nothing lost.

python-docx opens and writes such files well, but its paragraph list leaves out tracked insertions, content controls, text
boxes, nested tables, notes and every automatic number (design notes on docx), so reading goes element by element.
"""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.read_docx_extras import Extras, add_properties, page_count
from digest.ingest.read_docx_numbering import Numbering
from digest.ingest.read_docx_package import MC, Element, Package, R, W, switched
from digest.ingest.read_docx_styles import Styles
from digest.ingest.read_docx_tables import Slot, place_cells
from digest.ingest.read_docx_text import LOST, Teller, Told
from digest.ingest.softbreaks import split_lines
from digest.ingest.tables import Placed, add_table
from digest.model.document import Document, Style
from digest.model.source import Source

FLOWING = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "body", "hyperlink", "fldSimple", "txbxContent"))
BOLD_SHARE = 0.8  # of the characters that must be bold for the paragraph to count as bold


def read_docx(source: Source, context: Context) -> Document:
    """Read a Word document."""
    package = Package(source)
    root = package.tree(package.main)
    builder = Builder(source, "docx")
    add_properties(builder, package)
    walker = Walker(builder, package, context)
    body = None if root is None else root.find(W + "body")
    if body is not None:
        walker.flow(body)
    walker.finish()
    return builder.finish(pages=page_count(package) if walker.rendered else None)


class Walker:
    """Walks the body in order and hands each paragraph and table to the builder."""

    def __init__(self, builder: Builder, package: Package, context: Context) -> None:
        self.builder = builder
        self.package = package
        self.styles = Styles(package.first("styles"))
        self.numbering = Numbering(package.first("numbering"), self.styles)
        self.teller = Teller(self.styles)
        self.extras = Extras(builder, package, context)
        self.rendered = self.extras.rendered
        self.page = 1
        self.gap = False
        self.carried: Told | None = None  # a paragraph whose own mark was tracked away: it runs into the next
        self.inserted = self.deleted = 0

    def finish(self) -> None:
        """What stands outside the body: notes, headers, embedded files, and the notices."""
        if self.inserted or self.deleted:
            self.builder.note("tracked", f"文件带有修订痕迹（新增 {self.inserted} 处、删除 {self.deleted} 处），已按“接受全部修订”读取。")
        self.extras.finish(self)

    def flow(self, element: Element) -> None:
        """Read the block-level children of an element."""
        for child in element:
            tag = child.tag
            if tag == W + "p":
                self.paragraph(child)
            elif tag == W + "tbl":
                self.table(child)
            elif tag == W + "altChunk":
                self.extras.chunk(child.get(R + "id", ""))
            elif tag == MC + "AlternateContent":
                self.flow(child[0] if len(child) else child)
            elif tag in FLOWING and child.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
                self.flow(child)

    def paragraph(self, element: Element) -> None:
        """Read one paragraph: its text as one block or several, then its text boxes."""
        told, label, level = self.take(element)
        if told is None:
            return
        self._turn_pages(told, element)
        style = self._style(element, told)
        self._emit(told, label, level, style)
        self._anchored(told)

    def take(self, element: Element) -> tuple[Told | None, str, int | None]:
        """A paragraph's text and number; None where its mark was tracked away and the text runs into the next one."""
        told = self.teller.tell(element)
        self.inserted += told.tracked
        self.deleted += told.lost
        if _mark_lost(element):
            self.carried = told if self.carried is None else _joined(self.carried, told)
            return None, "", None
        if self.carried is not None:
            told, self.carried = _joined(self.carried, told), None
        label, level = self.numbering.label(element)
        return told, label, level

    def _turn_pages(self, told: Told, element: Element) -> None:
        """Count pages where Word has left its own breaks; an explicit break is at least a gap."""
        self.page += told.pages_before
        if told.new_page or switched(element, f"{W}pPr/{W}pageBreakBefore"):
            self.gap = True

    def _style(self, element: Element, told: Told) -> Style:
        """The Style of a paragraph from what its characters say."""
        bold = told.letters > 0 and told.bold >= BOLD_SHARE * told.letters
        return self.styles.style(element, size=told.size, bold=bold)

    def _emit(self, told: Told, label: str, level: int | None, style: Style) -> None:
        """Add the paragraph, cut where soft line breaks part it."""
        lines = split_lines(told.text, centred=style.centred)
        if not lines:
            self.gap = True
        for at, text in enumerate(lines):
            own: dict[str, Any] = {"label": label, "label_level": level} if at == 0 else {}
            page = self.page if self.rendered else None
            self.builder.add(text, page=page, style=style, tracked=bool(told.tracked or told.lost), gap_before=self.gap, **own)
            self.gap = False
        self.page += told.pages_after
        if told.ends_page or (told.pages_before and not lines):
            self.gap = True

    def _anchored(self, told: Told) -> None:
        """What hangs on a paragraph: text boxes here, the rest is kept for the end."""
        for box in told.boxes:
            self.flow(box)
        self.extras.keep(told)

    def table(self, element: Element) -> None:
        """Read one table; one of a single column is only a frame, its content flows on."""
        slots = place_cells(element)
        if max((slot.column + slot.columns for slot in slots), default=0) <= 1:
            for slot in slots:
                self.flow(slot.element)
            return
        inner: list[Element] = []
        cells = [self._cell(slot, inner) for slot in slots]
        heads = sum(1 for row in {slot.row for slot in slots if slot.heads}) or None
        add_table(self.builder, cells, header_rows=heads)
        self.gap = False
        for nested in inner:
            self.table(nested)

    def _cell(self, slot: Slot, inner: list[Element]) -> Placed:
        """The text of one cell as displayed, numbers included; tables inside it are kept for later."""
        pieces: list[str] = []
        tracked = False
        for told, label, _ in self._paragraphs(slot.element, inner):
            self.extras.keep(told)
            tracked = tracked or bool(told.tracked or told.lost)
            if told.text.strip():
                pieces.append(label + told.text.strip())
        fields = (("tracked", tracked), ("page", self.page if self.rendered else None))
        return Placed(row=slot.row, column=slot.column, rows=slot.rows, columns=slot.columns, text="\n".join(pieces), fields=fields)

    def _paragraphs(self, element: Element, inner: list[Element]) -> Iterator[tuple[Told, str, int | None]]:
        """The paragraphs of a cell, with those in its text boxes."""
        for child in element:
            if child.tag == W + "tbl":
                inner.append(child)
            elif child.tag == W + "p":
                yield from self._cell_paragraph(child, inner)
            elif child.tag in FLOWING:
                yield from self._paragraphs(child, inner)

    def _cell_paragraph(self, element: Element, inner: list[Element]) -> Iterator[tuple[Told, str, int | None]]:
        """One paragraph of a cell, and those of its text boxes."""
        told, label, level = self.take(element)
        if told is None:
            return
        self.page += told.pages_before + told.pages_after
        yield told, label, level
        for box in told.boxes:
            yield from self._paragraphs(box, inner)


def _mark_lost(element: Element) -> bool:
    """Whether the paragraph's mark itself is tracked away."""
    properties = element.find(f"{W}pPr/{W}rPr")
    return properties is not None and any(child.tag in LOST for child in properties)


def _joined(first: Told, second: Told) -> Told:
    """Two paragraphs run into one."""
    return replace(
        second,
        text=first.text + second.text,
        tracked=first.tracked + second.tracked,
        lost=first.lost + second.lost + 1,
        boxes=first.boxes + second.boxes,
        notes=first.notes + second.notes,
        objects=first.objects + second.objects,
        pictures=first.pictures + second.pictures,
        sizes=second.sizes or first.sizes,
    )
