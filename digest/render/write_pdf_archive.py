"""What makes the PDF one to be kept (PDF/A-2b, ISO 19005-2): its properties said twice alike, a colour profile, streams that end as they must."""

import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from digest.render.write_pdf_tags import add_entries
from digest.render.xml_text import escaped

PROFILE = Path(__file__).parent / "srgb.icc"  # made by bench/build_srgb.py
PROFILE_NAME = "sRGB IEC61966-2.1"
VERSION = (1, 7)
DATE = "2000-01-01T00:00:00+00:00"  # reportlab's invariant date: the same sheet is the same file
MOST = 2_000  # characters of a property
# XML 1.0, 2.2: what no document may hold; and the mark of byte order, which a reader may take for no character
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufeff\ufffe\uffff]")
LINE_ENDS = re.compile("[\t\n\r]+")  # XML turns them into one another
PATCHING = Lock()
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>{producer}</pdf:Producer><pdf:Keywords>{keywords}</pdf:Keywords></rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


class Properties(Struct, frozen=True, kw_only=True):
    """What the document says of itself."""

    title: str
    author: str
    subject: str
    keywords: str
    producer: str
    language: str


def seal(paper: Any, about: Properties) -> None:
    """Write the properties (6.6.2, 6.6.4), the output intent (6.2.3) and what a reader is to show."""
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

    end_streams_on_a_line()
    said = {name: clean(value) for name, value in asdict(about).items()}
    paper.setTitle(said["title"])
    paper.setAuthor(said["author"])
    paper.setSubject(said["subject"])
    paper.setKeywords(said["keywords"])
    paper.setCreator(said["producer"])
    paper.setProducer(said["producer"])
    paper.setViewerPreference("DisplayDocTitle", "true")
    packet = XMP.format(date=DATE, **{name: escaped(value) for name, value in said.items()})
    metadata = PDFStream(PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}), packet.encode())
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(PROFILE_NAME),
            "Info": PDFString(PROFILE_NAME),
            "DestOutputProfile": paper._doc.Reference(colours()),
        }
    )
    paper._doc.Catalog.Metadata = metadata
    add_entries(paper._doc.Catalog, OutputIntents=PDFArray([intent]))


def colours() -> Any:
    """SRGB as a stream."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream, PDFZCompress

    return PDFStream(PDFDictionary({"N": 3, "Alternate": PDFName("DeviceRGB")}), profile(), [PDFZCompress])


@cache
def profile() -> bytes:
    """The colour profile, read once."""
    return PROFILE.read_bytes()


def clean(text: str) -> str:
    """A text as a property: what XML may not hold is left out, in both places alike; a line end is a space."""
    return NOT_XML.sub("", LINE_ENDS.sub(" ", text))[:MOST]


def end_streams_on_a_line() -> None:
    """Teach reportlab to end a stream with a line end before ``endstream`` (6.1.7.1), once; reportlab 5.1 leaves it out."""
    from reportlab.pdfbase import pdfdoc

    with PATCHING:
        unpatched: Any = pdfdoc.PDFStream.format
        if getattr(unpatched, "ends_on_a_line", False):
            return
        keyword = b"endstream\n"

        def format_(self: Any, document: Any) -> bytes:
            made: bytes = unpatched(self, document)
            return made.removesuffix(keyword) + b"\n" + keyword

        format_.ends_on_a_line = True  # type: ignore[attr-defined]
        pdfdoc.PDFStream.format = format_  # type: ignore[method-assign]
