"""PDF pages as pictures: our own page for the screen, and a source's pages, which only a limited child process opens."""

import io
import threading
from typing import Any

from digest.errors import Unreadable

LARGEST = 2400  # pixels of a source page's longer side
FAST = 1  # zlib level: a page is mostly white, more effort saves little and costs the most time
MEGA = 1_000_000
MOST_MEGAPIXELS = 60
_pdfium = threading.Lock()  # pdfium is not safe to call from two threads


def page_png(pdf: bytes, scale: float = 2.0) -> bytes:
    """The one page of our own PDF as a grey PNG."""
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        picture = document[0].render(scale=scale, grayscale=True).to_pil()
        document.close()
    return _png(picture)


def source_page(data: bytes, form: str, number: int, password: str = "") -> tuple[bytes, float, float]:
    """A source's page (from 1) as PNG with its width and height in points. To be run in a limited child.

    Raises:
        Unreadable: there is no such page, or it cannot be drawn.
    """
    try:
        if form == "pdf":
            return _pdf_page(data, number, password)
        return _picture_page(data, number)
    except (ValueError, OSError, RuntimeError, IndexError, ArithmeticError) as error:
        raise Unreadable(f"第 {number} 页画不出来（{type(error).__name__}）。请看左边的文字，或用原来的软件打开。") from error


def _pdf_page(data: bytes, number: int, password: str) -> tuple[bytes, float, float]:
    """A page of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data, password=password or None)
    page = document[number - 1]
    width, height = page.get_size()
    picture = page.render(scale=LARGEST / max(width, height) * 0.7, draw_annots=True).to_pil().convert("RGB")
    return _png(picture), width, height


def _picture_page(data: bytes, number: int) -> tuple[bytes, float, float]:
    """A page of a picture file, upright, its longer side taken for A4's as the reader does."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_MEGAPIXELS * MEGA
    with Image.open(io.BytesIO(data)) as opened:
        opened.seek(number - 1)
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    picture.thumbnail((LARGEST, LARGEST))
    longest = 841.89
    scale = longest / max(picture.size)
    return _png(picture), picture.width * scale, picture.height * scale


def _png(picture: Any) -> bytes:
    """A picture as PNG."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=FAST)
    return buffer.getvalue()
