"""What one look at each page of a PDF finds, before any page knows of another: so two processes can share a long paper."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from pypdfium2 import PdfiumError

from digest.ingest.limits import limits
from digest.ingest.read_pdf_chars import PageChars, read_chars
from digest.ingest.read_pdf_page import PageRead, from_chars
from digest.ingest.read_pdf_quality import Drawn, Layer, judge, look_at
from digest.ingest.read_pdf_tables import is_candidate

FEWEST = 20  # pages: a shorter paper is read before a second process would have begun


class Looked(Struct, frozen=True, kw_only=True):
    """One page by itself: its size in points, what its text layer is good for, what it draws, its text in stream order.

    ``read`` holds its lines where it is text and no ruled table may stand on it; ``chars`` its characters where they are needed later.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    layer: Layer = Layer.BLANK
    drawn: Drawn
    text: str = ""
    invisible: bool = False
    lost: bool = False  # damaged
    chars: PageChars | None = None
    read: PageRead | None = None


def look_at_pages(pdf: Any, numbers: Iterable[int]) -> list[Looked]:
    """One look at each of these pages (from 1)."""
    return [look(pdf, number) for number in numbers]


def look(pdf: Any, number: int) -> Looked:
    """One look at one page."""
    try:
        page = pdf[number - 1]
    except PdfiumError:
        return Looked(number=number, drawn=Drawn(), lost=True)
    chars, drawn = read_chars(page, number), look_at(page)
    page.close()
    layer = judge(chars, drawn)
    ruled = layer is Layer.TEXT and is_candidate(drawn)
    return Looked(
        number=number,
        width=chars.width,
        height=chars.height,
        layer=layer,
        drawn=drawn,
        text="".join(char.text for char in chars.chars).strip(),
        invisible=chars.invisible,
        chars=chars if ruled or layer is Layer.HIDDEN else None,
        read=from_chars(chars, ()) if layer is Layer.TEXT and not ruled else None,
    )


def own_pages(count: int) -> int:
    """How many pages of so many the first process looks at itself where a second one helps."""
    return count - count * limits().aide_percent // 100 if count >= FEWEST else count
