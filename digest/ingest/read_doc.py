"""Word 97-2003 (.doc) and Kingsoft WPS (.wps) to Document: converted to docx in pure Python, and counted by a second reader.

A converter that loses half of the text in silence is worse than none (several do), so the Han characters of the result
are compared with those that an independent reader finds; LibreOffice, where it is installed, is the second chance.
"""

import logging
import re

from msgspec.structs import replace

from digest.errors import DigestError, Encrypted, Unreadable
from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.formats import refusal
from digest.ingest.limits import MEGABYTE, limits
from digest.ingest.tools import convert_to_docx, workspace
from digest.model.document import BlockKind, Document, Notice
from digest.model.source import Source

logger = logging.getLogger(__name__)

CLSID = slice(8, 24)  # of the compound file header: must be zero ([MS-CFB] 2.2), and WPS writes it
HAN = re.compile("[\u3400-\u9fff]")
COMPLETE_SHARE = 0.97  # of the second reader's Han characters; ten real files measured 0.99-1.02
FEW = 20  # a difference of fewer characters is notes and fields, not lost text
PARAGRAPH_ENDS = re.compile(r"[\r\n\x0b\x0c]+")
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f]|HYPERLINK \S+|PAGEREF \S+ \\h")


def read_doc(source: Source, context: Context) -> Document:
    """Read a doc or wps file through its docx form.

    Raises:
        Encrypted: a password is needed or wrong.
        Unreadable: neither converter nor second reader got anything out of it.
    """
    expected = _plain_text(source)
    best = _converted(source, context)
    if _share(best, expected) < COMPLETE_SHARE:
        other = _by_office(source, context)
        best = max((document for document in (best, other) if document), key=_han_of, default=None)
    if best is None:
        return _text_only(source, expected)
    return _noted(best, source, expected)


def _converted(source: Source, context: Context) -> Document | None:
    """The Document by way of the pure converter; None where it fails."""
    from doc2docx import convert
    from doc2docx.errors import EncryptedDocumentError

    data = bytearray(source.data)
    data[CLSID] = bytes(16)
    try:
        with workspace() as folder:
            given, made = folder / "in.doc", folder / "in.docx"
            given.write_bytes(data)
            convert(given, made, password=source.password or None)
            docx = made.read_bytes()
    except EncryptedDocumentError as error:
        raise _locked(source) from error
    except Exception as error:  # a young converter: whatever it trips over, the second chance comes next
        logger.info("converter failed on %s: %s", source.name, error)
        return None
    return _read_docx(docx, source, context)


def _by_office(source: Source, context: Context) -> Document | None:
    """The Document by way of LibreOffice, where it is installed and gets it open."""
    docx = convert_to_docx(source.data, "doc")
    return _read_docx(docx, source, context) if docx else None


def _read_docx(docx: bytes, source: Source, context: Context) -> Document | None:
    """The converted bytes read as docx, under the name and hash of the file they came from."""
    from digest.ingest.read_docx import read_docx

    try:
        document = read_docx(Source(name=source.name, data=docx), context)
    except DigestError as error:
        logger.info("converted form of %s: %s", source.name, error)
        return None
    return replace(document, sha256=source.sha256, size=len(source.data))


def _locked(source: Source) -> DigestError:
    """The refusal of an encrypted file: no password given, or the wrong one."""
    if source.password:
        return Encrypted(f"《{source.name}》的密码不对：请核对 --password 后再试，或在 Word/WPS 里去掉密码后另存。")
    return refusal("encrypted", source.name)


def _plain_text(source: Source) -> str:
    """All text by the second reader, without numbers, tables or order of notes; empty where it fails."""
    from legacy_doc import ExtractionOptions, extract_text

    size = limits().file_megabytes * MEGABYTE
    options = ExtractionOptions(max_file_bytes=size, max_text_bytes=size, max_chain_sectors=size // 512)
    try:
        return str(extract_text(source.data, options=options).text)
    except Exception as error:  # only a second opinion: it may fail where the converter does not
        logger.info("second reader failed on %s: %s", source.name, error)
        return ""


def _han(text: str) -> int:
    """How many Han characters a text has."""
    return len(HAN.findall(text))


def _han_of(document: Document) -> int:
    """How many Han characters a document's blocks have; automatic numbers are not text."""
    return sum(_han(block.raw) for block in document.blocks)


def _share(document: Document | None, expected: str) -> float:
    """What share of the expected Han characters a document holds; deleted text (修订) is expected by mistake."""
    if document is None:
        return 0.0
    missing = _han(expected) - _han_of(document)
    if missing < FEW or any(block.tracked for block in document.blocks):
        return 1.0
    return 1 - missing / _han(expected)


def _noted(document: Document, source: Source, expected: str) -> Document:
    """The document, with a notice where it holds clearly less than the second reader saw."""
    share = _share(document, expected)
    if share >= COMPLETE_SHARE:
        return document
    text = f"《{source.name}》是旧版 Word 文档，只读到约 {share:.0%} 的文字：请用 Word 或 WPS 另存为 docx 后重做，或对照原文核对。"
    return replace(document, notices=(*document.notices, Notice(code="incomplete", text=text)))


def _text_only(source: Source, text: str) -> Document:
    """A document of bare paragraphs, where only the second reader got anything; it says that numbers are lost."""
    paragraphs = [UNSEEN.sub("", piece).strip() for piece in PARAGRAPH_ENDS.split(text)]
    if not any(paragraphs):
        raise Unreadable(f"《{source.name}》已损坏，读不出文字：请用 Word 或 WPS 打开，另存为 docx 后再试。")
    builder = Builder(source, "doc")
    for paragraph in filter(None, paragraphs):
        builder.add(paragraph.replace("\x07", "｜"), BlockKind.PARAGRAPH)
    builder.note("text_only", f"《{source.name}》部分损坏，只读到了文字，自动编号和表格已丢失：请用 Word 或 WPS 另存为 docx 后重做，或对照原文核对。")
    return builder.finish()
