"""Recognised: one line that OCR saw on a page image, in reading order.

The call between readers and the recogniser: ``digest.ingest.ocr.read_page(image, *, page, width, height)`` takes a Pillow
image of page ``page`` whose paper is ``width`` x ``height`` points and returns a tuple of Recognised; it raises MissingTool
where the recogniser is not installed.
"""

from msgspec import Struct

from digest.model.document import Box, Cell


class Recognised(Struct, frozen=True, kw_only=True):
    """One line or table cell. ``box`` is in points of the page; ``doubtful`` are [start, end) ranges of ``text``.

    ``cell`` is set where the line is the text of one cell of a ruled table; tables are numbered from 0 on each page.
    """

    text: str
    box: Box
    confidence: float = 1.0
    doubtful: tuple[tuple[int, int], ...] = ()
    cell: Cell | None = None
