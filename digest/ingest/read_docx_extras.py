"""What a docx holds outside its running text: notes, headers, watermarks, embedded files, altChunk bodies, properties."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from digest.errors import DigestError
from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.embedded import unpack_object
from digest.ingest.pictures import may_hold_text
from digest.ingest.read_docx_package import Element, Package, W, whole
from digest.ingest.read_docx_text import Told
from digest.model.document import BlockKind, Style
from digest.model.source import Source

if TYPE_CHECKING:
    from digest.ingest.read_docx import Walker

CORE = ("title", "subject", "category", "keywords", "description", "contentStatus")
FEW_CHARACTERS = 50  # fewer than this beside pictures: the text is in the pictures
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class Extras:
    """Collects what hangs on paragraphs, and adds it behind the body."""

    def __init__(self, builder: Builder, package: Package, context: Context) -> None:
        self.builder = builder
        self.package = package
        self.context = context
        self.notes: list[tuple[str, str]] = []
        self.objects: list[tuple[str, str]] = []
        self.pictures: list[str] = []
        main = package.zipped.read(package.main)
        self.rendered = b"lastRenderedPageBreak" in main

    def keep(self, told: Told) -> None:
        """Keep what one paragraph refers to; the text of diagrams and watermarks is added at once."""
        self.notes += told.notes
        self.objects += told.objects
        self.pictures += [each for each in told.pictures if each]
        for text in told.watermarks:
            self._furniture(text, "watermark")
        for key in told.diagrams:
            self._diagram(key)

    def _furniture(self, text: str, name: str) -> None:
        """Add a furniture block once."""
        known = {block.raw for block in self.builder.blocks if block.kind is BlockKind.FURNITURE}
        if text.strip() and text.strip() not in known:
            self.builder.add(text.strip(), BlockKind.FURNITURE, style=Style(name=name))

    def _diagram(self, key: str) -> None:
        """The words of a SmartArt drawing, shape by shape."""
        relation = self.package.relations(self.package.main).get(key)
        root = self.package.tree(relation.target) if relation and not relation.external else None
        for point in () if root is None else root.iter("{http://schemas.openxmlformats.org/drawingml/2006/diagram}pt"):
            text = "".join(each.text or "" for each in point.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t"))
            if text.strip():
                self.builder.add(text, style=Style(name="diagram"))

    def chunk(self, key: str) -> None:
        """An altChunk: a whole document in another format stands in for body text."""
        relation = self.package.relations(self.package.main).get(key)
        if relation is None or relation.external:
            return
        name = posixpath.basename(relation.target)
        self.builder.absorb(self.context.read_inner(Source(name=name, data=self.package.zipped.read(relation.target))))

    def finish(self, walker: Walker) -> None:
        """Add notes, headers and footers, then embedded files."""
        self._add_notes(walker)
        for kind in ("header", "footer"):
            for path in dict.fromkeys(self.package.of_kind(kind)):
                self._add_running(path, kind, walker)
        self._count_comments()
        self._add_pictures()
        for key, program in dict.fromkeys(self.objects):
            self._add_object(key, program)

    def _add_running(self, path: str, kind: str, walker: Walker) -> None:
        """The lines and watermarks of one header or footer."""
        root = self.package.tree(path)
        for paragraph in () if root is None else root.iter(W + "p"):
            told = walker.teller.tell(paragraph)
            self._furniture(told.text, kind)
            for text in told.watermarks:
                self._furniture(text, "watermark")

    def _add_notes(self, walker: Walker) -> None:
        """Footnotes and endnotes in the order in which the text refers to them."""
        for kind in ("footnote", "endnote"):
            root = self.package.first(kind + "s")
            if root is None:
                continue
            texts = {each.get(W + "id"): each for each in root.findall(W + kind) if each.get(W + "type") not in SEPARATORS}
            wanted = [number for name, number in self.notes if name == kind and number in texts]
            for number in dict.fromkeys(wanted):
                self._add_note(texts[number], walker)

    def _add_note(self, element: Element, walker: Walker) -> None:
        """One note as one block."""
        lines = [walker.teller.tell(paragraph).text.strip() for paragraph in element.iter(W + "p")]
        text = "\n".join(line for line in lines if line)
        if text:
            self.builder.add(text, BlockKind.NOTE)

    def _count_comments(self) -> None:
        """Comments are no text of the document, but the user should know of them."""
        root = self.package.first("comments")
        count = 0 if root is None else len(root.findall(W + "comment"))
        if count:
            self.builder.note("comments", f"文件里有 {count} 处批注，批注不算正文，没有读。")

    def _add_pictures(self) -> None:
        """Where hardly any text stands beside pictures, the pictures are the document (扫描件粘贴进 Word)."""
        text = sum(len(block.raw.strip()) for block in self.builder.blocks if block.kind is not BlockKind.FURNITURE)
        relations = self.package.relations(self.package.main)
        found = [relations[key].target for key in dict.fromkeys(self.pictures) if key in relations and not relations[key].external]
        if text < FEW_CHARACTERS:
            for path in found:
                self._add_picture(path)
            return
        large = [path for path in found if self.package.zipped.has(path) and may_hold_text(self.package.zipped.read(path))]
        if large:
            self.builder.note("pictures", f"文中有 {len(large)} 张大图，图里的字没有读：如有要学习的内容，请对照原文。")

    def _add_picture(self, path: str) -> None:
        """Read one picture by OCR as body text; a failure is told, not hidden."""
        name = posixpath.basename(path)
        try:
            self.builder.absorb(self.context.read_inner(Source(name=name, data=self.package.zipped.read(path))))
        except DigestError as error:
            self.builder.note("picture_not_read", f"文中的图片没有读进来：{error}", name)

    def _add_object(self, key: str, program: str) -> None:
        """An embedded file: read as attachment, or named."""
        relation = self.package.relations(self.package.main).get(key)
        if relation is None or relation.external:
            self.builder.name_only(program or "链接的对象", "只是指向别处文件的链接，没有读")
            return
        name, data = unpack_object(self.package.zipped.read(relation.target), posixpath.basename(relation.target), program)
        if data is None:
            self.builder.name_only(name, "嵌入的对象，没有读")
        else:
            self.builder.attach(name, data, self.context)


def add_properties(builder: Builder, package: Package) -> None:
    """Title, keywords and the like, and the custom properties, for the secrecy gate."""
    for kind in ("core-properties", "custom-properties"):
        for path in package.of_kind(kind, ""):
            root = package.tree(path)
            for element in () if root is None else root:
                _add_property(builder, element, every=kind == "custom-properties")


def _add_property(builder: Builder, element: Element, *, every: bool) -> None:
    """One property, if it is one that may carry a marking."""
    name = element.get("name") or str(element.tag).rpartition("}")[2]
    text = "".join(map(str, element.itertext())).strip()
    if text and (every or name in CORE):
        builder.properties.append((name, text))


def page_count(package: Package) -> int | None:
    """How many pages Word counted when it last saved the file."""
    for path in package.of_kind("extended-properties", ""):
        root = package.tree(path)
        for element in () if root is None else root:
            if str(element.tag).rpartition("}")[2] == "Pages":
                return whole(element.text) or None
    return None
