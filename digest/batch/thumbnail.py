"""A finished sheet as a small picture for the report."""

import io

from digest.batch.limits import limits

GREYS = 16  # enough to tell a sheet by its look; a third of the bytes of 256


def thumbnail(pdf: bytes) -> bytes:
    """The first page of our own PDF as a small grey PNG."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    picture = page.render(scale=limits().picture_width / page.get_width(), grayscale=True).to_pil()
    document.close()
    buffer = io.BytesIO()
    picture.quantize(GREYS).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
