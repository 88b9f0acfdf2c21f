"""Marked content while a page is drawn, and the tree of tags when all are (ISO 32000-1, 14.6 to 14.8); reportlab has neither.

``begin_page`` takes a page's tree, ``mark`` is told of each mark before it is drawn, ``close`` ends the page, ``finish`` writes the tree.
"""

from collections.abc import Sequence
from typing import Any

from digest.model.page import Page
from digest.render.write_pdf_roles import Node

ARTIFACT = "/Artifact BMC"
END = "EMC"


class Tagger:
    """The tags of one PDF."""

    def __init__(self, paper: Any) -> None:
        """Begin with an empty PDF."""
        self.paper = paper
        self.parts: list[Node] = []
        self.contents: list[list[Node]] = []  # for each page the tag of each of its marked stretches
        self.open: str | Node = ""

    def begin_page(self, part: Node, page: Page) -> list[Node | None]:
        """The tag of each mark of the page, None for decoration."""
        self.parts.append(part)
        self.contents.append([])
        found: list[Node | None] = [None] * len(page.marks)
        for node in part.all():
            for mark in node.marks:
                found[mark] = node
        return found

    def mark(self, node: Node | None) -> None:
        """What is drawn next belongs to a tag, or to none."""
        wanted = ARTIFACT if node is None else node
        if wanted is self.open:
            return
        self.close()
        self.open = wanted
        if node is None:
            self.paper._code.append(ARTIFACT)
        else:
            self.paper._code.append(f"/{node.role} <</MCID {len(self.contents[-1])}>> BDC")
            self.contents[-1].append(node)

    def close(self) -> None:
        """End the stretch that is open."""
        if self.open:
            self.paper._code.append(END)
        self.open = ""

    def finish(self) -> None:
        """Write the tree below the catalog, and for each page which tags its marked stretches belong to."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

        document = self.paper._doc
        root = PDFDictionary({"Type": PDFName("StructTreeRoot"), "ParentTreeNextKey": len(self.parts)})
        whole = PDFDictionary({"S": PDFName("Document"), "P": document.Reference(root)})
        parents: list[Any] = []
        kids: list[Any] = []
        for number, (part, content, page) in enumerate(zip(self.parts, self.contents, document.Pages.pages, strict=True)):
            writer = Writer(document, content, document.Reference(page))
            kids += [writer.element(node, document.Reference(whole)) for node in ([part] if len(self.parts) > 1 else part.kids)]
            parents += [number, PDFArray([writer.references[id(node)] for node in content])]
            add_entries(page, StructParents=number, Tabs=PDFName("S"))
        whole["K"] = PDFArray(kids)
        root["K"], root["ParentTree"] = PDFArray([document.Reference(whole)]), PDFDictionary({"Nums": PDFArray(parents)})
        document.Catalog.StructTreeRoot, document.Catalog.MarkInfo = root, PDFDictionary({"Marked": "true"})


class Writer:
    """The tags of one page as objects of the file."""

    def __init__(self, document: Any, content: Sequence[Node], page: Any) -> None:
        """Note the numbers of each tag's marked stretches."""
        self.document = document
        self.page = page
        self.references: dict[int, Any] = {}
        self.stretches: dict[int, list[int]] = {}
        for number, node in enumerate(content):
            self.stretches.setdefault(id(node), []).append(number)

    def element(self, node: Node, parent: Any) -> Any:
        """A reference to a tag, written with all below it."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

        made = PDFDictionary({"S": PDFName(node.role), "P": parent})
        mine = self.references[id(node)] = self.document.Reference(made)
        if stretches := self.stretches.get(id(node)):
            made["Pg"] = self.page
        if kids := [*(stretches or ()), *(self.element(kid, mine) for kid in node.kids)]:
            made["K"] = PDFArray(kids)
        if node.alt:
            made["Alt"] = PDFString(node.alt)
        if node.attributes:
            made["A"] = PDFDictionary({name: value_of(value) for name, value in node.attributes.items()})
        return mine


def add_entries(thing: Any, **entries: Any) -> None:
    """Entries of a page or of the catalog beyond those that reportlab knows."""
    thing.__NoDefault__ = [*thing.__NoDefault__, *entries]
    for name, value in entries.items():
        setattr(thing, name, value)


def value_of(value: object) -> Any:
    """A value of an attribute as PDF writes it."""
    from reportlab.pdfbase import pdfdoc

    if isinstance(value, list):
        return pdfdoc.PDFArray(value)
    return pdfdoc.PDFName(value) if isinstance(value, str) else value
