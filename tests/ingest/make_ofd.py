"""OFD packages written part by part, in millimetres, so that a test shows where everything stands."""

from xml.sax.saxutils import escape

from digest import ingest
from digest.model.document import BlockKind, Document
from digest.model.source import Source
from tests.ingest.make_docx import zipped

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.64  # millimetres: 16 pt, 三号
PITCH = 9.9


def text(words, x, y, *, size=SIZE, ident=1, turn=""):
    """A text object whose baseline begins at (x, y), evenly spaced."""
    deltas = f"g {len(words) - 1} {size}" if len(words) > 1 else ""
    ctm = f' CTM="{turn}"' if turn else ""
    code = f'<ofd:TextCode X="0" Y="{size}" DeltaX="{deltas}">{escape(words)}</ofd:TextCode>'
    place = f"{x} {y - size} {len(words) * size} {size * 1.2}"
    return f'<ofd:TextObject ID="{ident}" Boundary="{place}" Font="1" Size="{size}"{ctm}>{code}</ofd:TextObject>'


def lines(words, *, x=28.0, y=40.0, size=SIZE):
    """Text objects one below the other; ideographic blanks at the start indent."""
    found = []
    for at, line in enumerate(words):
        bare = line.lstrip("　")
        found.append(text(bare, x + (len(line) - len(bare)) * size, y + at * PITCH, size=size, ident=100 + at))
    return "".join(found)


def rule(x0, y0, x1, y1):
    """A line drawn as a path."""
    place = f"{x0} {y0} {max(x1 - x0, 0.1)} {max(y1 - y0, 0.1)}"
    return f'<ofd:PathObject ID="9" Boundary="{place}"><ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>'


def grid(xs, ys):
    """The rules of a table."""
    return "".join([rule(xs[0], y, xs[-1], y) for y in ys] + [rule(x, ys[0], x, ys[-1]) for x in xs])


def picture(x, y, width, height, ident="7"):
    """A picture object."""
    return f'<ofd:ImageObject ID="8" Boundary="{x} {y} {width} {height}" CTM="{width} 0 0 {height} 0 0" ResourceID="{ident}"/>'


def page(content, template=""):
    """A page's Content.xml."""
    used = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    box = "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"
    return f'<ofd:Page {SPACE}>{box}{used}<ofd:Content><ofd:Layer ID="2">{content}</ofd:Layer></ofd:Content></ofd:Page>'


def pack(*pages, templates=None, media=None, fonts=None, attachments=None, title="", more=None):
    """The bytes of an OFD. ``templates`` map IDs to content, ``media`` and ``fonts`` IDs to bytes, ``attachments`` names to bytes."""
    parts = {"OFD.xml": _root(title)}
    common = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    for ident, content in (templates or {}).items():
        common += f'<ofd:TemplatePage ID="{ident}" BaseLoc="Tpls/{ident}.xml"/>'
        parts[f"Doc_0/Tpls/{ident}.xml"] = page(content)
    if media:
        common += "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        parts["Doc_0/DocumentRes.xml"] = _resources(media)
        parts |= {f"Doc_0/Res/{ident}.png": data for ident, data in media.items()}
    if fonts:
        common += "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        rows = "".join(f'<ofd:Font ID="{ident}" FontName="甲"><ofd:FontFile>{ident}.ttf</ofd:FontFile></ofd:Font>' for ident in fonts)
        parts["Doc_0/PublicRes.xml"] = f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:Fonts>{rows}</ofd:Fonts></ofd:Res>'
        parts |= {f"Doc_0/Res/{ident}.ttf": data for ident, data in fonts.items()}
    listed = "".join(f'<ofd:Page ID="{at + 1}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    attached = "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if attachments else ""
    inside = f"<ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{attached}"
    parts["Doc_0/Document.xml"] = f"<ofd:Document {SPACE}>{inside}</ofd:Document>"
    parts |= {f"Doc_0/Pages/Page_{at}/Content.xml": page(content) if not content.startswith("<ofd:Page ") else content for at, content in enumerate(pages)}
    for name, data in (attachments or {}).items():
        parts[f"Doc_0/Attachs/{name}"] = data
    if attachments:
        rows = "".join(f'<ofd:Attachment ID="1" Name="{name}"><ofd:FileLoc>{name}</ofd:FileLoc></ofd:Attachment>' for name in attachments)
        parts["Doc_0/Attachs/Attachments.xml"] = f"<ofd:Attachments {SPACE}>{rows}</ofd:Attachments>"
    return zipped(parts | (more or {}))


def _root(title):
    """OFD.xml."""
    info = f"<ofd:DocInfo><ofd:Title>{escape(title)}</ofd:Title></ofd:DocInfo>" if title else ""
    return f'<ofd:OFD {SPACE} DocType="OFD" Version="1.0"><ofd:DocBody>{info}<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'


def _resources(media):
    """DocumentRes.xml."""
    rows = "".join(f'<ofd:MultiMedia ID="{ident}" Type="Image"><ofd:MediaFile>{ident}.png</ofd:MediaFile></ofd:MultiMedia>' for ident in media)
    return f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:MultiMedias>{rows}</ofd:MultiMedias></ofd:Res>'


def read(data, name="通知.ofd", **fields) -> Document:
    """The document, through the door."""
    return ingest.read(Source(name=name, data=data), **fields)


def texts(document):
    """The lines and cells, furniture left out."""
    return [block.raw for block in document.blocks if block.kind is not BlockKind.FURNITURE]
