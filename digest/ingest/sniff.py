"""Bytes and name to a format name: by content first, by name only where the content leaves it open."""

import io
import re
import zipfile
from pathlib import PurePath

from digest.ingest import ole

HEAD = 4096
PDF_WINDOW = 1024  # Acrobat accepts %PDF- anywhere in the first 1024 bytes

MAGICS = (
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b", "gz"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"GIF8", "gif"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xdb\xa5", "word6"),
    (b"\x31\xbe", "word6"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"\x4c\0\0\0\x01\x14\x02\0", "shortcut"),
    (b"[InternetShortcut]", "shortcut"),
    (b"ID3", "sound"),
)
MAIL_NAMES = (
    b"from|to|cc|subject|date|received|return-path|message-id|mime-version|delivered-to|reply-to|sender|content-type"
    b"|content-transfer-encoding|x-[a-z0-9-]+|dkim-signature|authentication-results|arc-[a-z-]+|thread-topic|importance"
)
MAIL_HEADER = re.compile(rb"(?im)^(" + MAIL_NAMES + rb")[ \t]*:")
HTML_START = re.compile(
    rb"(?is)^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6]|center|font|span)\b"
)
XML_START = re.compile(rb"(?s)\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>\s*)*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
XML_KINDS = (  # root element, a piece of its namespace, format
    (b"package", b"office/2006/xmlPackage", "flatopc"),
    (b"wordDocument", b"office/word/2003/wordml", "wordml"),
    (b"Workbook", b"office:spreadsheet", "sheetml"),
    (b"document", b"opendocument", "odt"),
    (b"UOF", b"", "uof"),
)
PICTURE_BRANDS = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc", b"avif")  # the rest of that family is film and sound
PICTURES = frozenset(("png", "jpg", "tif", "bmp", "gif", "webp"))
BY_NAME = ("ceb", "cebx", "gd", "gw", "sep", "caj")  # formats known by their names only
SIGNED_DATA = bytes.fromhex("06092a864886f70d0107")  # the first words of every CMS message (RFC 5652)
MAIL_ONLY = frozenset((b"from", b"to", b"cc", b"subject", b"date", b"received", b"return-path", b"message-id", b"delivered-to"))
OWNER = "~$"  # Word writes a small file of this name while a paper is open
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
TEXT_CONTROLS = frozenset(b"\t\n\r\f\v\x00\x1b\x1a")
NEVER_TEXT = ("docx", "doc", "wps", "xlsx", "xls", "pdf", "ofd", "msg", "zip", "7z", "png", "jpg", "jpeg", "tif", "bmp")
LEAST_TEXT = 100  # bytes: so short a text under such a name is what is left of a file, not a text saved under the wrong name
BINARY_SHARE = 0.02  # more control characters than this share is no text in any encoding


def sniff(data: bytes, name: str = "") -> str:
    """The format's name as in formats.READERS or refusals.toml; ``unknown`` where nothing fits."""
    if not data:
        return "empty"
    path = PurePath(name.replace("\\", "/"))
    suffix = path.suffix.lower().lstrip(".")
    if path.name.startswith(OWNER) and len(data) < HEAD:
        return "owner"
    form = _by_magic(data, suffix) or _by_text(data, suffix)
    return suffix if form == "unknown" and suffix in BY_NAME else form


def _by_magic(data: bytes, suffix: str) -> str:
    """The format that the first bytes tell; empty where they look like text."""
    if data.startswith(ole.MAGIC):
        form = ole.kind_of(data)
        return "wps" if form == "doc" and suffix in ("wps", "wpt") else form
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(data)
    if b"%PDF-" in data[:PDF_WINDOW]:
        return "pdf"
    for magic, form in MAGICS:
        if data.startswith(magic):
            return form
    if data.startswith(b"BM") and len(data) > 26 and data[6:10] == b"\0\0\0\0":
        return "bmp"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in PICTURE_BRANDS else "film"
    return "p7m" if data[:1] == b"\x30" and SIGNED_DATA in data[:64] else ""


def _zip_kind(data: bytes) -> str:
    """docx, xlsx, pptx, ofd, odt, ooxml or zip, told by the members' names."""
    names = {name.replace("\\", "/").lower().lstrip("/") for name in _member_names(data)}
    if "ofd.xml" in names:
        return "ofd"
    if any(name.endswith((".fdseq", ".fdseq/[0].piece")) for name in names):
        return "xps"
    for folder, form in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if any(name.startswith(folder) and name.endswith((".xml", ".bin")) for name in names):
            return form
    if "[content_types].xml" in names:
        return "ooxml"
    return "odt" if "mimetype" in names and "content.xml" in names else "zip"


def _member_names(data: bytes) -> list[str]:
    """Names from the central directory, or from the local headers where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except Exception:  # zipfile raises many kinds on damaged archives
        return [found.decode("latin-1") for found in re.findall(rb"PK\x03\x04.{26}([\x20-\x7e]{4,80}?\.(?:xml|rels))", data, re.DOTALL)]


def _by_text(data: bytes, suffix: str) -> str:
    """html, mht, eml, md, txt or what else looks like text; the suffix decides between md and txt."""
    plain = _as_bytes(data[:HEAD])
    if _looks_binary(data[:HEAD]):
        return "unknown"
    if HTML_START.match(plain):
        return "html"
    marked = _xml_kind(plain)
    if marked:
        return marked
    mail = _mail_kind(plain, suffix)
    if mail:
        return mail
    if suffix in ("htm", "html") and b"<" in plain:
        return "html"
    if suffix in NEVER_TEXT and len(data) < LEAST_TEXT:
        return "mislabelled"
    return "md" if suffix in ("md", "markdown") else "txt"


def _xml_kind(plain: bytes) -> str:
    """What an XML file is, by its root element; empty where the text is no XML."""
    found = XML_START.match(plain)
    for root, space, form in XML_KINDS:
        if found and found[1] == root and space in plain:
            return form
    return "xml" if re.match(rb"\s*<\?xml", plain) else ""


def _mail_kind(plain: bytes, suffix: str) -> str:
    """Tell eml or mht where header lines begin the text; empty otherwise."""
    if suffix in ("txt", "md"):
        return ""
    head = re.split(rb"\r?\n\r?\n", plain.lstrip(), maxsplit=1)[0]
    names = {found.lower() for found in MAIL_HEADER.findall(plain if suffix in ("eml", "mht", "mhtml") else head)}
    if len(names) < (1 if suffix in ("eml", "mht", "mhtml") else 2):
        return ""
    web = re.search(rb"(?i)multipart/related|snapshot-content-location|^content-location", head)
    saved = re.search(rb"(?i)snapshot-content-location|from:\s*(?:<saved by|\"?saved by|=\?[^?]*\?[bq]\?[^?]*\?=\s*(?:microsoft|<saved))", head)
    return "mht" if suffix in ("mht", "mhtml") or (web and (saved or not names & MAIL_ONLY)) else "eml"


def _as_bytes(head: bytes) -> bytes:
    """The head as single-byte text: UTF-16 narrowed, byte order marks dropped."""
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(codec, "replace").encode("utf-8", "replace")
    return head.removeprefix(b"\xef\xbb\xbf")


def _looks_binary(head: bytes) -> bool:
    """Whether the head is no text: too many control characters, and not UTF-16."""
    if head.startswith(BOMS):
        return False
    controls = sum(1 for byte in head if byte < 0x20 and byte not in TEXT_CONTROLS)
    zeros = head.count(0)
    wide = zeros and max(head[0::2].count(0), head[1::2].count(0)) > 0.9 * zeros
    return controls > BINARY_SHARE * len(head) or (zeros > BINARY_SHARE * len(head) and not wide)
