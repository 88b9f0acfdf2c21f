"""docx packages written part by part, so that a test shows exactly the XML that it is about."""

import io
import zipfile
from xml.sax.saxutils import escape

from digest import ingest
from digest.model.document import BlockKind, Document
from digest.model.source import Source

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def para(text="", *, num=None, style="", extra=""):
    """A w:p; ``num`` is (numId, ilvl), either of which may be None."""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None:
        level = "" if num[1] is None else f'<w:ilvl w:val="{num[1]}"/>'
        number = "" if num[0] is None else f'<w:numId w:val="{num[0]}"/>'
        inner += f"<w:numPr>{level}{number}</w:numPr>"
    return f"<w:p><w:pPr>{inner}{extra}</w:pPr>{run(text)}</w:p>"


def run(text, properties=""):
    """A w:r."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def level(depth, form, text, *, start=1, extra=""):
    """A w:lvl."""
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(number, *levels, extra=""):
    """A w:abstractNum."""
    return f'<w:abstractNum w:abstractNumId="{number}">{extra}{"".join(levels)}</w:abstractNum>'


def num(number, of, overrides=""):
    """A w:num."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def cell(content, properties=""):
    """A w:tc; plain text becomes one paragraph."""
    inside = content if content.startswith("<") else para(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells, properties=""):
    """A w:tr."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(each if each.startswith('<w:tc>') else cell(each) for each in cells)}</w:tr>"


def table(*rows):
    """A w:tbl."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def pack(body, *, numbering="", styles="", parts=None, relations=()):
    """The bytes of a docx. ``parts`` are more members, ``relations`` are (id, kind, target) of the document."""
    members = {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"}
    links = list(relations)
    if numbering:
        members["word/numbering.xml"] = f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>"
        links.append(("rIdN", "numbering", "numbering.xml"))
    if styles:
        members["word/styles.xml"] = f"<w:styles {NAMESPACES}>{styles}</w:styles>"
        links.append(("rIdS", "styles", "styles.xml"))
    members["_rels/.rels"] = rels(
        [("rId1", "officeDocument", "word/document.xml"), *((f"p{at}", *each) for at, each in enumerate(_package_parts(parts or {})))]
    )
    members["word/_rels/document.xml.rels"] = rels(links)
    members |= parts or {}
    return zipped(members)


def _package_parts(parts):
    """Relationships of the package for property parts."""
    for name, kind in (("docProps/core.xml", "core-properties"), ("docProps/custom.xml", "custom-properties"), ("docProps/app.xml", "extended-properties")):
        if name in parts:
            yield kind, name


def rels(links):
    """A relationships part."""
    inside = "".join(f'<Relationship Id="{key}" Type="{REL}{kind}" Target="{target}"{_mode(target)}/>' for key, kind, target in links)
    return f'<Relationships xmlns="{PACKAGE_RELS}">{inside}</Relationships>'


def _mode(target):
    """External targets say so."""
    return ' TargetMode="External"' if "://" in target else ""


def zipped(members):
    """A zip of members, text or bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def read(data, name="通知.docx", *, password="") -> Document:
    """The document, through the door."""
    return ingest.read(Source(name=name, data=data, password=password))


def read_body(body, **fields) -> Document:
    """A body read through the door."""
    return read(pack(body, **fields))


def shown(document):
    """Label and text of each block of the body, as a reader sees them."""
    return [block.label + block.raw for block in document.blocks if block.kind is not BlockKind.FURNITURE]
