"""PDF to Document: text layer by pdfium on all pages, pdfplumber where rules suggest a table, OCR where the layer is no use."""

from collections.abc import Sequence
from typing import Any

import pypdfium2

from digest.errors import DigestError, Encrypted, MissingTool, NoText, TooMuch, Unreadable
from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.limits import limits
from digest.ingest.read_pdf_blocks import add_pages
from digest.ingest.read_pdf_furniture import mark_furniture
from digest.ingest.read_pdf_looked import Looked, look_at_pages, own_pages
from digest.ingest.read_pdf_page import PageRead, from_chars, from_ocr
from digest.ingest.read_pdf_quality import Layer, has_ink, is_illustrated, is_wrapper, picture_pages, watermark_pages
from digest.ingest.read_pdf_tables import find_frames
from digest.model.document import Document
from digest.model.source import Source

DPI, SHARP_DPI = 200, 300  # design notes on OCR: 200 dpi reads best, 300 only for small type
XFA = (b"/XFA", b"/NeedsRendering")  # a form whose pages are drawn by a program inside the file
PROPERTIES = ("Title", "Subject", "Keywords")
SHOWN_PAGES = 8
READ_BY_OCR = (Layer.SCAN, Layer.GARBLED, Layer.HIDDEN)


def read_pdf(source: Source, context: Context) -> Document:
    """Read a PDF."""
    pdf = _open(source)
    try:
        builder = Builder(source, "pdf")
        _add_properties(builder, pdf)
        pages = _read_pages(pdf, source, context, builder)
        _refuse_wrapper(pages, source, len(pdf))
        mark_furniture(pages)
        add_pages(builder, pages)
        _add_attached(builder, pdf, context)
        return builder.finish(pages=len(pdf))
    finally:
        pdf.close()


def _open(source: Source) -> Any:
    """The opened file.

    Raises:
        Encrypted: a password is needed or wrong.
        Unreadable: not a PDF that pdfium can open.
    """
    try:
        pdf = pypdfium2.PdfDocument(source.data, password=source.password or None)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            advice = "密码不对：请核对 --password 后再试" if source.password else "设了打开密码：请加 --password 密码 再试"
            raise Encrypted(f"《{source.name}》{advice}，或用 PDF 软件去掉密码后另存。") from error
        raise Unreadable(f"《{source.name}》已损坏，PDF 打不开：请重新下载或向发件人重新索取后再试。") from error
    if len(pdf) > limits().pages:
        pdf.close()
        raise TooMuch(f"《{source.name}》有 {len(pdf)} 页，超过上限 {limits().pages} 页：请只保留要学习的部分后再试。")
    return pdf


def _add_properties(builder: Builder, pdf: Any) -> None:
    """Title, subject and keywords, for the secrecy gate."""
    for name in PROPERTIES:
        text = str(pdf.get_metadata_value(name) or "").strip()
        if text:
            builder.properties.append((name.lower(), text))


def _read_pages(pdf: Any, source: Source, context: Context, builder: Builder) -> list[PageRead]:
    """Every page by its text layer or by OCR."""
    looked = _looked(pdf, context)
    lost = [seen.number for seen in looked if seen.lost]
    if len(lost) == len(looked):
        raise Unreadable(f"《{source.name}》的每一页都已损坏：请重新下载或向发件人重新索取后再试。")
    if lost:
        builder.note("pages_lost", f"第 {_listed(lost)} 页已损坏，没有读：请重新下载或向发件人重新索取后重做。", f"第{_listed(lost)}页")
    verdicts = _judged(pdf, looked)
    candidates = [seen.number for seen, verdict in zip(looked, verdicts, strict=True) if verdict is Layer.TEXT and seen.chars is not None]
    frames = find_frames(source.data, source.password, candidates)
    scans = _Scans(context, source)
    pages: list[PageRead] = []
    for seen, verdict in zip(looked, verdicts, strict=True):
        if verdict in READ_BY_OCR and (scanned := scans.read(pdf, seen, verdict)):
            pages.append(scanned)
        elif verdict in (Layer.TEXT, Layer.HIDDEN):
            pages += [from_chars(seen.chars, frames.get(seen.number, ()))] if seen.chars else [seen.read] if seen.read else []
    scans.tell(builder, some_text=any(page.lines for page in pages))
    shown = [(seen, verdict) for seen, verdict in zip(looked, verdicts, strict=True) if verdict is Layer.TEXT and not seen.invisible]
    _tell_pictures(builder, [seen.number for seen, _ in shown if is_illustrated(seen.drawn)])
    return pages


def _looked(pdf: Any, context: Context) -> list[Looked]:
    """One look at every page; at the last ones by a second process, where one helps and does not fail."""
    count = len(pdf)
    own = own_pages(count) if context.aided else count
    looked = look_at_pages(pdf, range(1, own + 1))
    rest = context.aided() if context.aided and own < count else None
    numbers = list(range(own + 1, count + 1))
    return looked + (rest if rest and [seen.number for seen in rest] == numbers else look_at_pages(pdf, numbers))


def look_ahead(source: Source) -> list[Looked]:
    """What the second process does: one look at the last pages, none where the paper is short.

    Raises:
        DigestError: the file cannot be opened.
    """
    pdf = _open(source)
    try:
        return look_at_pages(pdf, range(own_pages(len(pdf)) + 1, len(pdf) + 1))
    finally:
        pdf.close()


def _tell_pictures(builder: Builder, numbers: Sequence[int]) -> None:
    """Say which pages show large pictures beside their text: what stands in these is not read."""
    if numbers:
        builder.note("pictures", f"第 {_listed(numbers)} 页有大图，图里的字没有读：如有要学习的内容，请对照原文。", f"第{_listed(numbers)}页")


def _judged(pdf: Any, looked: Sequence[Looked]) -> list[Layer]:
    """What each page's text layer is good for, all pages known; scans without ink are blank pages."""
    verdicts = [seen.layer for seen in looked]
    texts, drawn = [seen.text for seen in looked], [seen.drawn for seen in looked]
    for at in watermark_pages(texts, drawn) | picture_pages(texts, drawn):
        verdicts[at] = Layer.SCAN
    scans = [at for at, verdict in enumerate(verdicts) if verdict is Layer.SCAN]
    inked = _inked(pdf, scans)
    if not inked and Layer.TEXT not in verdicts:
        inked = _inked(pdf, scans, any_at_all=True)  # a word on an empty sheet is all that such a file says
    for at in scans:
        verdicts[at] = Layer.SCAN if at in inked else Layer.BLANK
    return verdicts


def _inked(pdf: Any, indexes: Sequence[int], *, any_at_all: bool = False) -> frozenset[int]:
    """The pages that show enough ink to hold a line of text, or any ink."""
    found = set()
    for at in indexes:
        page = pdf[at]
        if has_ink(page, any_at_all=any_at_all):
            found.add(at)
        page.close()
    return frozenset(found)


class _Scans:
    """Reads pages by OCR, and remembers which ones it could not."""

    def __init__(self, context: Context, source: Source) -> None:
        self.context = context
        self.source = source
        self.read_pages: list[int] = []
        self.garbled: list[int] = []
        self.unread: list[int] = []
        self.why: DigestError | None = None

    def read(self, pdf: Any, seen: Looked, verdict: Layer) -> PageRead | None:
        """One page; None where OCR is off or missing, or saw nothing."""
        number = seen.number
        if verdict is Layer.GARBLED:
            self.garbled.append(number)
        if not self.context.ocr or self.why is not None:
            self.unread.append(number)
            return None
        page = pdf[number - 1]
        try:
            from digest.ingest.ocr import read_page

            lines = read_page(_picture(page, DPI), page=number, width=seen.width, height=seen.height, sharper=lambda: _picture(page, SHARP_DPI))
        except MissingTool as error:
            self.why = error
            self.unread.append(number)
            return None
        finally:
            page.close()
        self.context.tick()
        self.read_pages.append(number)
        return from_ocr(lines, number, (seen.width, seen.height), verdict)

    def tell(self, builder: Builder, *, some_text: bool) -> None:
        """Notices about scanned pages.

        Raises:
            DigestError: every page needs OCR, and it is off or missing.
        """
        if self.unread and not some_text:
            raise self._refusal()
        if self.unread:
            why = "没有安装文字识别组件" if self.why else "已关闭文字识别"
            text = f"第 {_listed(self.unread)} 页是扫描图片，{why}，这些页没有读：请运行 python start.py 补装后重做，或对照原文核对。"
            builder.note("pages_unread", text, f"第{_listed(self.unread)}页")
        if self.read_pages:
            builder.note("ocr", f"第 {_listed(self.read_pages)} 页由文字识别（OCR）读取，请对照原文核对数字。", f"第{_listed(self.read_pages)}页")
        if self.garbled:
            builder.note("garbled_layer", f"第 {_listed(self.garbled)} 页自带的文字是乱码，没有采用。", f"第{_listed(self.garbled)}页")

    def _refusal(self) -> DigestError:
        """Why nothing at all was read."""
        if self.why is not None:
            return self.why
        what = "自带的文字是乱码" if self.garbled else "全是扫描图片"
        return NoText(f"《{self.source.name}》{what}，而文字识别已关闭：请去掉 --no-ocr 再试，或向发件人索取 Word 版。")


def _picture(page: Any, dpi: int) -> Any:
    """A page as a Pillow picture, never larger than limits.toml allows."""
    width, height = page.get_size()
    scale = min(dpi / 72, limits().render_pixels / max(width, height, 1.0))
    bitmap = page.render(scale=scale)
    try:
        return bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()


def _listed(numbers: Sequence[int]) -> str:
    """Page numbers as words, long lists shortened."""
    shown = "、".join(str(number) for number in numbers[:SHOWN_PAGES])
    return shown if len(numbers) <= SHOWN_PAGES else f"{shown} 等 {len(numbers)}"


def _refuse_wrapper(pages: Sequence[PageRead], source: Source, count: int) -> None:
    """Refuse a file whose only page says that the real document is protected, and forms drawn by a program inside."""
    text = "\n".join(line.text for page in pages for line in page.lines)
    if is_wrapper(text, count):
        raise Encrypted(f"《{source.name}》只有一页“文档受保护”的提示，正文经过权限加密：请在能打开它的电脑上另存为普通 PDF，或向发件人索取 Word 版。")
    if not text and any(mark in source.data for mark in XFA):
        raise NoText(f"《{source.name}》是动态表单（XFA），内容要用 Adobe Reader 才显示：请用它打开，打印成 PDF 后再试。")


def _add_attached(builder: Builder, pdf: Any, context: Context) -> None:
    """Files attached to the PDF."""
    for at in range(min(pdf.count_attachments(), limits().attachments)):
        item = pdf.get_attachment(at)
        builder.attach(item.get_name() or f"附件{at + 1}", bytes(item.get_data() or b""), context)
