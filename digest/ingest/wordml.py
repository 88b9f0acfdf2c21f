"""A Word 2003 XML tree (w:wordDocument) to the parts of a docx: other names for much the same elements, one file for all parts."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree

from digest import shipped
from digest.ingest.read_docx_package import W

Element = etree._Element

OLD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
AML = "{http://schemas.microsoft.com/aml/2001/core}"
HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HYPHENED = re.compile(r"-(\w)")
PARTS = (("styles", "styles"), ("lists", "numbering"))


@cache
def names() -> dict[str, Any]:
    """The packaged wordml.toml, read once."""
    return tomllib.loads(shipped.text("ingest", "wordml.toml"))


def parts_of(root: Element) -> dict[str, bytes]:
    """The members of a docx that says the same; the tree is used up."""
    _unwrap(root, [*root.iter(HINT + "sect", HINT + "sub-section")])
    _settle_changes(root)
    running = [_lifted(each, _local(each)) for each in root.findall(f".//{OLD}sectPr/{OLD}hdr") + root.findall(f".//{OLD}sectPr/{OLD}ftr")]
    notes = {kind: _notes(root, kind) for kind in ("footnote", "endnote")}
    properties = [*root.iterfind(f"{OFFICE}DocumentProperties/*"), *root.iterfind(f"{OFFICE}CustomDocumentProperties/*")]
    _rename(root)
    trees = {"document": _wrapped("document", root.findall(W + "body"))}
    trees |= {new: _wrapped(new, list(found)) for old, new in PARTS if (found := root.find(W + old)) is not None}
    trees |= {f"{kind}s": _wrapped(f"{kind}s", each) for kind, each in notes.items() if each}
    trees |= {f"{'header' if each.tag == W + 'hdr' else 'footer'}{at}": each for at, each in enumerate(running)}
    members = {f"word/{name}.xml": etree.tostring(tree) for name, tree in trees.items()}
    links = [(name.rstrip("0123456789"), f"{name}.xml") for name in trees if name != "document"]
    return members | {
        "_rels/.rels": _relations([("officeDocument", "word/document.xml"), ("custom-properties", "docProps/custom.xml")]),
        "word/_rels/document.xml.rels": _relations(links),
        "docProps/custom.xml": _properties(properties),
    }


def _local(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _unwrap(root: Element, wrappers: list[Element]) -> None:
    """Put the children of some elements in their places."""
    for each in wrappers:
        parent = each.getparent()
        if parent is not None:
            at = parent.index(each)
            parent[at : at + 1] = list(each)


def _settle_changes(root: Element) -> None:
    """Insertions and deletions under docx's names; comments, bookmarks and changes of format go."""
    for each in list(root.iter(AML + "annotation")):
        became = names()["changes"].get(each.get(OLD + "type", ""))
        parent = each.getparent()
        if parent is None:
            continue
        if became is None:
            parent.remove(each)
            continue
        content = each.find(AML + "content")
        each.tag = W + became
        each[:] = [] if content is None else list(content)


def _lifted(element: Element, name: str) -> Element:
    """A header, footer or note taken out of its place, renamed."""
    made = etree.Element(W + name)
    made.extend(list(element))
    _rename(made)
    return made


def _notes(root: Element, kind: str) -> list[Element]:
    """The notes of a kind, each replaced by a reference to its number."""
    found = []
    for number, each in enumerate(root.findall(f".//{OLD}r/{OLD}{kind}"), 1):
        note = _lifted(each, kind)
        note.set(W + "id", str(number))
        each.clear()
        each.tag = f"{W}{kind}Reference"
        each.set(W + "id", str(number))
        found.append(note)
    return found


def _rename(root: Element) -> None:
    """Elements and attributes under docx's names; smart tags of any namespace become the one that docx has."""
    for element in root.iter():
        tag = str(element.tag)
        if tag.startswith(OLD):
            element.tag = W + _new("elements", tag[len(OLD) :])
            _rename_attributes(element)
        elif not tag.startswith(("{urn:schemas-microsoft-com:", W, AML, HINT)) and element.find(f".//{OLD}r") is not None:
            element.tag = W + "smartTag"
    for each in root.iter(W + "numFmt"):
        each.set(W + "val", _form(each.get(W + "val", "")))


def _rename_attributes(element: Element) -> None:
    """The attributes of one element."""
    for key, value in list(element.attrib.items()):
        if str(key).startswith(OLD):
            del element.attrib[key]
            element.set(W + _new("attributes", str(key)[len(OLD) :]), value)
    if element.get(W + "default") == "on":
        element.set(W + "default", "1")


def _new(table: str, name: str) -> str:
    """The name that docx has for a name."""
    return str(names()[table].get(name) or HYPHENED.sub(lambda found: found[1].upper(), name))


def _form(number: str) -> str:
    """The number format that a code stands for."""
    forms, none = names()["numbers"]["forms"], names()["numbers"]["none"]
    at = int(number) if number.isdecimal() and len(number) < 4 else none
    return "none" if at == none else str(forms[at]) if at < len(forms) else "decimal"


def _wrapped(name: str, children: list[Element]) -> Element:
    """Elements under a root of their own."""
    made = etree.Element(W + name)
    made.extend(children)
    return made


def _relations(links: list[tuple[str, str]]) -> bytes:
    """A relationships part."""
    made = etree.Element(f"{{{PACKAGE}}}Relationships")
    for at, (kind, target) in enumerate(links):
        etree.SubElement(made, f"{{{PACKAGE}}}Relationship", {"Id": f"r{at}", "Type": RELATION + kind, "Target": target})
    return etree.tostring(made)


def _properties(elements: list[Element]) -> bytes:
    """Document properties, for the secrecy gate."""
    made = etree.Element("Properties")
    for name, text in _told(elements):
        etree.SubElement(made, "property", {"name": name}).text = text
    return etree.tostring(made)


def _told(elements: list[Element]) -> Iterator[tuple[str, str]]:
    """Names and values of the properties that words may stand in."""
    for each in elements:
        text = (each.text or "").strip()
        if text and not text.isdecimal():
            yield _local(each).lower(), text
