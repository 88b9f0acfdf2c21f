"""The page's filled markup in, its elements out, for a DOCX that sets its own type and a PDF that is tagged; step 6 has checked every tag before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

WRAP = re.compile(r"\s*\n\s*")  # the template's own line breaks and indents
Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)  # no struct: hashed without its attributes
class Element:
    """One tag: what it carries, what stands in it, its text, and which of its characters stand in <b>."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict, hash=False)
    children: tuple["Element", ...] = ()
    text: str = ""
    bold: Ranges = ()

    def get(self, name: str) -> str:
        """An attribute, empty if absent."""
        return self.attributes.get(name, "")

    def whole(self, name: str, default: int) -> int:
        """An attribute as a whole number."""
        value = self.get(name)
        return int(value) if value.isdecimal() else default

    def child(self, tag: str) -> "Element":
        """The first child of a kind, an empty one where there is none."""
        return next((child for child in self.children if child.tag == tag), Element(tag))

    def of(self, tag: str) -> "tuple[Element, ...]":
        """The children of a kind."""
        return tuple(child for child in self.children if child.tag == tag)


def read(markup: str) -> Element:
    """The page's element."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return element_of(etree.fromstring(markup.strip().encode(), parser))


def element_of(node: Any) -> Element:
    """One element with all below it."""
    children = tuple(element_of(child) for child in node if isinstance(child.tag, str) and child.tag != "b")
    pieces = [(WRAP.sub("", text), bold) for text, bold in pieces_of(node)]
    whole = "".join(text for text, _ in pieces)
    lead, length = len(whole) - len(whole.lstrip()), len(whole.strip())
    ranges, place = [], -lead
    for text, bold in pieces:
        start, end = max(0, place), min(length, place + len(text))
        if bold and start < end:
            ranges.append((start, end))
        place += len(text)
    return Element(node.tag, {str(name): str(value) for name, value in node.attrib.items()}, children, whole.strip(), tuple(ranges))


def pieces_of(node: Any) -> Iterator[tuple[str, bool]]:
    """The node's own text, piece by piece, with its weight."""
    yield node.text or "", False
    for child in node:
        if child.tag == "b":
            yield child.text or "", True
        yield child.tail or "", False
