"""One XML file that is a whole Word document (Flat OPC, Word 2003 XML) to Document, by way of the docx that it stands for."""

import base64
import binascii
import io
import re
import zipfile

from lxml import etree
from msgspec.structs import replace

from digest.errors import Unreadable
from digest.ingest import wordml
from digest.ingest.context import Context
from digest.ingest.xml_tree import parse
from digest.model.document import Document
from digest.model.source import Source

PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
PICTURES = re.compile(rb">[A-Za-z0-9+/=\s]{5000000,}<")  # the parser allows no text of 10 million characters


def read_flat_opc(source: Source, context: Context) -> Document:
    """Read a docx that was saved as one XML file.

    Raises:
        Unreadable: not well-formed, or nothing is in it.
    """
    root = parse(PICTURES.sub(b"><", source.data), source.name, "XML 正文")
    members = {part.get(PKG + "name", "").lstrip("/"): _content(part) for part in root.findall(PKG + "part")}
    return _read_as_docx(source, {name: data for name, data in members.items() if name and data}, context)


def read_wordml(source: Source, context: Context) -> Document:
    """Read a Word 2003 XML document.

    Raises:
        Unreadable: not well-formed.
    """
    root = parse(PICTURES.sub(b"><", source.data), source.name, "XML 正文")
    return _read_as_docx(source, wordml.parts_of(root), context)


def _content(part: etree._Element) -> bytes:
    """The bytes of one part; damaged base64 gives none."""
    tree = part.find(PKG + "xmlData")
    if tree is not None:
        return etree.tostring(tree[0]) if len(tree) else b""
    try:
        return base64.b64decode(part.findtext(PKG + "binaryData") or "")
    except (binascii.Error, ValueError):
        return b""


def _read_as_docx(source: Source, members: dict[str, bytes], context: Context) -> Document:
    """The members packed and read like a file inside this one."""
    if not members:
        raise Unreadable(f"《{source.name}》里没有文档内容，不完整或已损坏：请用 Word 或 WPS 打开检查，另存为 docx 后再试。")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    document = context.read_inner(Source(name=source.name, data=stream.getvalue()))
    return replace(document, sha256=source.sha256, size=len(source.data))
