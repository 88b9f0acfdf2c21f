"""Old and foreign word-processor files (Works, Word 6, OpenDocument) to Document by LibreOffice, where it is installed; else refused."""

from msgspec.structs import replace

from digest.errors import DigestError, Encrypted
from digest.ingest.context import Context
from digest.ingest.formats import refusal
from digest.ingest.sniff import sniff
from digest.ingest.tools import convert_to_docx
from digest.ingest.zipped import Zipped
from digest.model.document import Document, Notice
from digest.model.source import Source

SUFFIXES = {"msworks": "wps", "word6": "doc", "odt": "odt"}
LOCKED = b"manifest:encryption-data"


def read_office(source: Source, context: Context) -> Document:
    """Read a file that only LibreOffice knows.

    Raises:
        DigestError: LibreOffice is not here or gets nothing out of it; the sentence is the format's own.
    """
    form = sniff(source.data, source.name)
    if form == "odt" and _is_locked(source):
        raise Encrypted(f"《{source.name}》设了打开密码，这种格式的密码本工具不支持：请用原来的软件去掉密码，另存为 docx 后再试。")
    docx = convert_to_docx(source.data, SUFFIXES[form])
    if docx is None:
        raise refusal(form, source.name)
    try:
        document = context.read_inner(Source(name=source.name, data=docx))
    except DigestError as error:
        raise refusal(form, source.name) from error
    told = Notice(code="converted", text=f"《{source.name}》经 LibreOffice 转换后读取，自动编号可能与原文不同：请对照原文核对条款号。")
    return replace(document, sha256=source.sha256, size=len(source.data), notices=(*document.notices, told))


def _is_locked(source: Source) -> bool:
    """Whether an OpenDocument file needs a password."""
    if not source.data.startswith(b"PK"):
        return False
    zipped = Zipped(source.data, source.name)
    return zipped.has("META-INF/manifest.xml") and LOCKED in zipped.read("META-INF/manifest.xml")
