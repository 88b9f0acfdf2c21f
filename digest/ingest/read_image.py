"""A picture or a multi-page fax (png, jpg, tif, bmp, gif, webp) to Document, by OCR."""

import io
import warnings
from collections.abc import Iterator
from itertools import islice
from typing import Any

from digest.errors import NoText, TooMuch, Unreadable
from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.limits import limits
from digest.ingest.read_pdf_blocks import add_pages
from digest.ingest.read_pdf_furniture import mark_furniture
from digest.ingest.read_pdf_page import PageRead, from_ocr
from digest.ingest.read_pdf_quality import Layer
from digest.model.document import Document
from digest.model.source import Source

PAPER = 841.89  # points: a page picture is taken for A4, its longer side
SCREEN_DPI = 96  # what programs write where nobody measured anything
FAIR_DPI = (100.0, 700.0)  # a stated resolution outside is not believed
SMALL_SIDE = 600  # pixels: a smaller picture is a cutting, not a page
LONGEST = 3500  # pixels: larger gains nothing (design's OCR study) and costs memory
MEGA = 1_000_000


def read_image(source: Source, context: Context) -> Document:
    """Read a picture file, each of its pages.

    Raises:
        NoText: OCR is switched off, or sees nothing.
        MissingTool: OCR is not installed.
        TooMuch: more pixels or pages than limits.toml allows.
        Unreadable: not a picture that can be opened.
    """
    if not context.ocr:
        raise NoText(f"《{source.name}》是图片，而文字识别已关闭：请去掉 --no-ocr 再试，或向发件人索取 Word 版。")
    pages = []
    for number, picture in enumerate(_pictures(source), 1):
        pages.append(_read_page(picture, number))
        context.tick()
    if not any(page.items for page in pages):
        raise NoText(f"《{source.name}》里没有认出文字：请换一张清楚、端正的图片（200 dpi 以上），或向发件人索取 Word 版。")
    builder = Builder(source, "image")
    mark_furniture(pages)
    add_pages(builder, pages)
    builder.note("ocr", f"《{source.name}》由文字识别（OCR）读取，请对照原图核对数字。")
    return builder.finish(pages=len(pages))


def _read_page(picture: Any, number: int) -> PageRead:
    """One page by OCR, on paper of the size that the picture tells."""
    from digest.ingest.ocr import read_page

    width, height = _paper(picture)
    lines = read_page(_fitting(picture), page=number, width=width, height=height)
    return from_ocr(lines, number, (width, height), Layer.SCAN)


def _pictures(source: Source) -> Iterator[Any]:
    """The pages of a picture file, upright as the camera meant them.

    Raises:
        Unreadable: the file is damaged.
        TooMuch: too many pixels, told from the header before anything is decoded.
    """
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a bomb: the size is checked below
            opened = Image.open(io.BytesIO(source.data))
            _check_size(opened, source)
            pages = limits().pages if opened.format == "TIFF" else 1  # the frames of a GIF are no pages
            for frame in islice(ImageSequence.Iterator(opened), pages):
                _check_size(frame, source)
                yield ImageOps.exif_transpose(frame.copy())
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise Unreadable(f"《{source.name}》已损坏，图片打不开：请重新下载或重新扫描后再试。") from error


def _check_size(picture: Any, source: Source) -> None:
    """Refuse a picture with more pixels than allowed."""
    most = limits().image_megapixels
    if picture.width * picture.height > most * MEGA:
        raise TooMuch(f"《{source.name}》有 {picture.width}×{picture.height} 像素，超过上限 {most} 百万像素：请缩小或降低扫描分辨率（300 dpi 足够）后再试。")


def _paper(picture: Any) -> tuple[float, float]:
    """Width and height in points: by the stated resolution where it is fair, else the longer side of A4."""
    width, height = picture.size
    longest = max(width, height)
    stated = picture.info.get("dpi")
    dpi = float(stated[0]) if isinstance(stated, tuple) and stated and stated[0] else 0.0
    if longest < SMALL_SIDE:
        dpi = SCREEN_DPI
    elif not FAIR_DPI[0] <= dpi <= FAIR_DPI[1]:
        dpi = longest / PAPER * 72
    return width / dpi * 72, height / dpi * 72


def _fitting(picture: Any) -> Any:
    """The picture no larger than reading needs."""
    factor = LONGEST / max(picture.size)
    if factor >= 1:
        return picture
    return picture.convert("RGB").resize((max(1, round(picture.width * factor)), max(1, round(picture.height * factor))))
