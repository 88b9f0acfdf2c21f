"""The docx package: parts by path, relationships, and the elements' names; what python-docx would open, but bounded."""

import posixpath
from functools import cached_property
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from digest.errors import Unreadable
from digest.ingest.xml_tree import parse
from digest.ingest.zipped import Zipped
from digest.model.source import Source

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

OFF = ("0", "false", "off", "none")


class Relation(Struct, frozen=True, kw_only=True):
    """One relationship of a part: the last word of its type, and its target's path; external targets are never opened."""

    kind: str
    target: str
    external: bool = False


class Package:
    """An opened docx."""

    def __init__(self, source: Source) -> None:
        self.name = source.name
        self.zipped = Zipped(source.data, source.name)
        self._relations: dict[str, dict[str, Relation]] = {}

    @cached_property
    def main(self) -> str:
        """Path of the main document part."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument":
                return relation.target
        if self.zipped.has("word/document.xml"):
            return "word/document.xml"
        raise Unreadable(f"《{self.name}》里没有文档正文，不完整或已损坏：请用 Word 或 WPS 打开检查，另存后再试。")

    def relations(self, part: str) -> dict[str, Relation]:
        """Relationships of a part by id; empty where it has none."""
        if part not in self._relations:
            folder, leaf = posixpath.split(part)
            path = posixpath.join(folder, "_rels", leaf + ".rels")
            root = self.tree(path)
            self._relations[part] = {} if root is None else {each.get("Id", ""): _relation(each, folder) for each in root}
        return self._relations[part]

    def of_kind(self, kind: str, part: str | None = None) -> list[str]:
        """Paths of the inner parts that ``part`` (by default the main one) refers to with a kind of relationship."""
        found = self.relations(self.main if part is None else part).values()
        return [relation.target for relation in found if relation.kind == kind and not relation.external]

    def tree(self, path: str) -> Element | None:
        """The parsed part, or None where the package lacks it."""
        return parse(self.zipped.read(path), self.name, path) if self.zipped.has(path) else None

    def first(self, kind: str) -> Element | None:
        """The parsed first part of a kind (styles, numbering, footnotes), or None."""
        paths = self.of_kind(kind)
        return self.tree(paths[0]) if paths else None


def _relation(element: Element, folder: str) -> Relation:
    """A relationship element; its target resolved within the package, so that ``..`` cannot leave it."""
    target = unquote(element.get("Target", "")).replace("\\", "/")
    external = element.get("TargetMode", "").lower() == "external"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation(kind=element.get("Type", "").rsplit("/", 1)[-1], target=target, external=external)


def value(element: Element | None, path: str) -> str | None:
    """The w:val of a child at ``path``; an element without w:val gives an empty string; None where it is absent."""
    found = None if element is None else element.find(path)
    return None if found is None else found.get(W + "val", "")


def switched(element: Element | None, path: str) -> bool | None:
    """A toggle property (w:b, w:vanish): on, off, or None where the element does not say."""
    found = value(element, path)
    return None if found is None else found.lower() not in OFF


def whole(text: str | None) -> int | None:
    """A whole number from an attribute, or None."""
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None
