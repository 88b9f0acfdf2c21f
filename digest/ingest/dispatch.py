"""Source to Document by the reader of its format; whatever goes wrong leaves as one Chinese sentence."""

import logging
from collections.abc import Callable

from msgspec.structs import replace

from digest.errors import DigestError, NoText, TooMuch, Unreadable
from digest.ingest.context import Aided, Context
from digest.ingest.formats import Reader, reader_of
from digest.ingest.limits import MEGABYTE, limits
from digest.ingest.sniff import sniff
from digest.model.document import BlockKind, Document
from digest.model.source import Source

MAILS = ("eml", "msg")
logger = logging.getLogger(__name__)


def _silent() -> None:
    """No sign of life is asked for."""


def read_source(source: Source, *, ocr: bool, depth: int = 0, tick: Callable[[], None] = _silent, aided: Aided | None = None) -> Document:
    """Read one file, and what lies in it, at a nesting depth; ``aided`` as in Context, for the file itself only.

    Raises:
        DigestError: the file cannot be read.
    """
    _check_size(source, depth)
    form = sniff(source.data, source.name)
    logger.info("%s is %s, %d bytes", source.name, form, len(source.data))
    reader = reader_of(form, source.name)

    def read_inner(inner: Source) -> Document:
        return read_source(inner, ocr=ocr, depth=depth + 1, tick=tick)

    document = _contained(reader, source, Context(ocr=ocr, depth=depth, read_inner=read_inner, tick=tick, aided=aided))
    return _checked(document if form == "encrypted" else replace(document, form=form))


def _check_size(source: Source, depth: int) -> None:
    """Refuse what is nested too deep or too large."""
    allowed = limits()
    if depth > allowed.nesting:
        raise TooMuch(f"《{source.name}》套了 {depth} 层，超过上限 {allowed.nesting} 层：请把里面的文件取出来单独处理。")
    if len(source.data) > allowed.file_megabytes * MEGABYTE:
        raise TooMuch(f"《{source.name}》超过 {allowed.file_megabytes} 兆：请拆成几个文件，或另存为不含图片的 PDF 后再试。")


def _contained(reader: Reader, source: Source, context: Context) -> Document:
    """Run a reader; every exception that is not ours becomes one of ours."""
    try:
        return reader(source, context)
    except DigestError:
        raise
    except (RecursionError, MemoryError) as error:
        raise TooMuch(f"《{source.name}》嵌套太深或太大，读不下来：请用原来的软件打开，另存后再试。") from error
    except Exception as error:
        logger.debug("reader failed on %s", source.name, exc_info=True)
        raise Unreadable(f"《{source.name}》的内容已损坏，读不出来（{type(error).__name__}）：请用原来的软件打开检查，另存后再试。") from error


def _checked(document: Document) -> Document:
    """Refuse an empty success: a document in which nothing but furniture was read."""
    if any(block.raw.strip() for block in document.blocks if block.kind is not BlockKind.FURNITURE):
        return document
    unread = [attachment for attachment in document.attachments if not attachment.read]
    if unread:
        raise NoText(f"《{document.name}》的正文没有文字，附件也没有读出来：{unread[0].why}")
    if document.form in MAILS:
        raise NoText(f"《{document.name}》这封邮件没有正文，也没有附件：请打开原邮件核对，或让发件人重发。")
    if document.blocks:
        raise NoText(f"《{document.name}》的正文是空的，只有页眉页脚有文字：请打开原文件核对，把要学习的内容放进正文后再试。")
    raise NoText(f"《{document.name}》里没有读到文字，可能是扫描图片或空白文件：请打开原文件核对，另存为 docx 或带文字的 PDF 后再试。")
