"""Bytes to an XML tree, safely: no entities, no network, no document types, bounded depth."""

from lxml import etree

from digest.errors import Unreadable

STRICT = {  # ISO 29500 Strict namespaces to the Transitional ones that readers know
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


def parse(data: bytes, name: str, place: str) -> etree._Element:
    """The root element; ``name`` and ``place`` are the file and the member, for the message.

    Raises:
        Unreadable: not well-formed, or it declares a document type (external entities, entity bombs).
    """
    if b"purl.oclc.org" in data:
        for strict, usual in STRICT.items():
            data = data.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"《{name}》的 {place} 已损坏，读不出来：请用原来的软件打开，另存后再试。") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(f"《{name}》的 {place} 含有外部引用声明（DOCTYPE），正常的文档没有这个，为安全起见没有读：请向发件人核实。")
    return root
