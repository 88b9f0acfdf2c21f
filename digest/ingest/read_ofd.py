"""OFD (GB/T 33190) to Document: text by geometry as in a PDF, ruled tables from the drawn lines, pictures of pages by OCR.

Annotations (where watermarks and stamps are) are never read; attachments are read with the paper.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from digest.errors import DigestError, Encrypted, MissingTool, NoText, TooMuch, Unreadable
from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.limits import limits
from digest.ingest.ofd_drawn import drawn_page
from digest.ingest.ofd_page import cells_of, chars_of, picture_of
from digest.ingest.read_pdf_blocks import add_pages
from digest.ingest.read_pdf_chars import PageChars
from digest.ingest.read_pdf_furniture import mark_furniture
from digest.ingest.read_pdf_page import PageRead, from_chars, from_ocr
from digest.ingest.read_pdf_quality import Layer, is_garbled
from digest.ingest.rule_cells import Edges
from digest.ingest.zipped import Zipped
from digest.model.document import Document
from digest.model.source import Source

FEW = 25  # visible characters: a page with fewer and a large picture is a scan (as in the design's PDF study)
SHOWN_PAGES = 8


class _Scans(Struct):
    """Which pages were read by OCR, which could not be, and why."""

    read: list[int]
    unread: list[int]
    garbled: list[int]
    why: DigestError | None = None


def read_ofd(source: Source, context: Context) -> Document:
    """Read an OFD file."""
    zipped = Zipped(source.data, source.name)
    if any(name.rpartition("/")[2] in ("encryptions.xml", "decryptseed.dat") for name in zipped.by_name):
        raise Encrypted(f"《{source.name}》是加密的 OFD 文件，本工具打不开：请在 OFD 阅读器里去掉密码后另存，或另存为 PDF 再试。")
    builder = Builder(source, "ofd")
    with _open(source) as ofd:
        _add_properties(builder, ofd)
        scans = _Scans([], [], [])
        pages = _read_pages(ofd, source, context, scans)
        _tell(builder, scans, pages)
        mark_furniture(pages)
        add_pages(builder, pages)
        _add_attachments(builder, ofd, context)
        if ofd.warnings:
            builder.note(
                "incomplete", f"《{source.name}》有一部分没有读出来（{len(ofd.warnings)} 处损坏）：请在 OFD 阅读器里另存为 PDF 后重做，或对照原文核对。"
            )
        return builder.finish(pages=len(ofd.pages))


def _open(source: Source) -> Any:
    """The opened file.

    Raises:
        Unreadable: it is no OFD that can be read.
        TooMuch: it is larger inside than the limits allow.
    """
    import ofdkit

    try:
        ofd = ofdkit.open(source.data)
    except ofdkit.OFDLimitError as error:
        raise TooMuch(f"《{source.name}》内部的文件太大或太多，为安全起见没有读：请在 OFD 阅读器里另存为 PDF 后再试。") from error
    except ofdkit.OFDError as error:
        raise Unreadable(f"《{source.name}》已损坏，OFD 打不开：请重新下载或向发件人重新索取，或另存为 PDF 后再试。") from error
    if len(ofd.pages) > limits().pages:
        ofd.close()
        raise TooMuch(f"《{source.name}》有 {len(ofd.pages)} 页，超过上限 {limits().pages} 页：请只保留要学习的部分后再试。")
    return ofd


def _add_properties(builder: Builder, ofd: Any) -> None:
    """Title, subject and keywords, for the secrecy gate."""
    for name, value in (("title", ofd.info.title), ("subject", ofd.info.subject), ("keywords", " ".join(ofd.info.keywords))):
        if value:
            builder.properties.append((name, value))


def _read_pages(ofd: Any, source: Source, context: Context, scans: _Scans) -> list[PageRead]:
    """Every page by its text, or by OCR where it is a picture; a damaged page is remembered and passed over."""
    import ofdkit

    pages: list[PageRead] = []
    for number, page in enumerate(ofd.pages, 1):
        try:
            chars = chars_of(ofd, page, number)
            cells = cells_of(ofd, page)
        except ofdkit.OFDLimitError as error:
            raise TooMuch(f"《{source.name}》第 {number} 页大得不正常，为安全起见没有读：请在 OFD 阅读器里另存为 PDF 后再试。") from error
        except ofdkit.OFDError as error:
            ofd.warnings.append(f"page {number}: {error}")
            continue
        pages.append(_page_of(ofd, page, (chars, cells), (context, scans)))
    return pages


def _page_of(ofd: Any, page: Any, given: tuple[PageChars, list[list[Edges]]], how: tuple[Context, _Scans]) -> PageRead:
    """One page by its text; by OCR where it is a picture, or where its characters do not mean what they show."""
    chars, cells = given
    if is_garbled(chars):
        how[1].garbled.append(chars.number)
        empty = PageRead(number=chars.number, width=chars.width, height=chars.height, layer=Layer.GARBLED)
        return _recognised(drawn_page(ofd, page), chars, how, Layer.GARBLED) or empty
    picture = picture_of(ofd, page) if _is_bare(chars) else None
    scanned = _recognised(picture, chars, how, Layer.SCAN) if picture is not None else None
    return scanned or from_chars(chars, cells)


def _is_bare(chars: PageChars) -> bool:
    """Whether a page has next to no text."""
    return sum(1 for char in chars.chars if char.text.strip()) < FEW


def _recognised(picture: Any, chars: PageChars, how: tuple[Context, _Scans], layer: Layer) -> PageRead | None:
    """A page read from its picture; None where it has none, or OCR is off or missing."""
    context, scans = how
    if picture is None or not context.ocr or scans.why is not None:
        scans.unread.append(chars.number)
        return None
    try:
        from digest.ingest.ocr import read_page

        lines = read_page(picture, page=chars.number, width=chars.width, height=chars.height)
    except MissingTool as error:
        scans.why = error
        scans.unread.append(chars.number)
        return None
    scans.read.append(chars.number)
    context.tick()
    return from_ocr(lines, chars.number, (chars.width, chars.height), layer)


def _tell(builder: Builder, scans: _Scans, pages: Sequence[PageRead]) -> None:
    """Notices about pages that are pictures.

    Raises:
        DigestError: all pages are, and OCR is off or missing.
    """
    if scans.unread and not any(page.lines for page in pages):
        raise scans.why or _all_unread(builder.source, scans)
    if scans.unread:
        why = "没有安装文字识别组件" if scans.why else "已关闭文字识别，或所用字体没有嵌在文件里"
        text = f"第 {_listed(scans.unread)} 页要靠文字识别，{why}，这些页没有读：请运行 python start.py 补装后重做，或对照原文核对。"
        builder.note("pages_unread", text, f"第{_listed(scans.unread)}页")
    if scans.garbled:
        builder.note("garbled_layer", f"第 {_listed(scans.garbled)} 页自带的文字是乱码，没有采用。", f"第{_listed(scans.garbled)}页")
    if scans.read:
        builder.note("ocr", f"第 {_listed(scans.read)} 页由文字识别（OCR）读取，请对照原文核对数字。", f"第{_listed(scans.read)}页")


def _all_unread(source: Source, scans: _Scans) -> DigestError:
    """Why no page at all was read, though OCR is installed."""
    if scans.garbled:
        return NoText(f"《{source.name}》自带的文字是乱码，又不能用文字识别补救：请在 OFD 阅读器里另存为 PDF 后再试，或向发件人索取 Word 版。")
    return NoText(f"《{source.name}》全是扫描图片，而文字识别已关闭：请去掉 --no-ocr 再试，或向发件人索取 Word 版。")


def _listed(numbers: Sequence[int]) -> str:
    """Page numbers as words, long lists shortened."""
    shown = "、".join(str(number) for number in numbers[:SHOWN_PAGES])
    return shown if len(numbers) <= SHOWN_PAGES else f"{shown} 等 {len(numbers)}"


def _add_attachments(builder: Builder, ofd: Any, context: Context) -> None:
    """Files attached to the paper, by their names in the attachment list."""
    import ofdkit

    package = ofd._package
    for body in ofd._bodies:
        if not body.attachments:
            continue
        try:
            listed = package.read_xml(body.attachments)
        except ofdkit.OFDError as error:
            ofd.warnings.append(f"attachments: {error}")
            continue
        for item in (each for each in listed.iter() if str(each.tag).endswith("Attachment")):
            where = next((child.text for child in item if str(child.tag).endswith("FileLoc")), None)
            _add_attachment(builder, (item.get("Name") or "附件", package.resolve(body.attachments, where)), package, context)


def _add_attachment(builder: Builder, named: tuple[str, str | None], package: Any, context: Context) -> None:
    """One attached file, read or only named."""
    import ofdkit

    name, path = named
    shown = name if "." in name or not path else f"{name}.{path.rpartition('.')[2]}"
    try:
        data = package.read(path) if path else b""
    except ofdkit.OFDError:
        data = b""
    if data:
        builder.attach(shown, data, context)
    else:
        builder.name_only(shown, "附件文件缺失或已损坏")
