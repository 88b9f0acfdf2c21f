"""Running headers, footers and page numbers: what comes again at the same height of many pages, or only counts them."""

import re
from collections import Counter
from collections.abc import Sequence

from digest.ingest.read_pdf_page import Entry, PageRead
from digest.ingest.read_pdf_quality import settings

NUMBER = re.compile(r"^[\s—–\-－·.~－_|/第共页頁Pageof]*\d{1,4}(?:[\s—–\-－·.~_|/第共页頁of]*\d{1,4})?[\s—–\-－·.~_|/页頁]*$")
DIGITS = re.compile(r"\d+")
HEIGHT = 12.0  # points within which a repeated line stands at the same height
LONE_BAND = 0.08  # of the page: in documents of two or three pages only this near the edge


def mark_furniture(pages: Sequence[PageRead]) -> None:
    """Mark the lines that are page furniture."""
    repeated = _repeated(pages)
    offsets = _number_offsets(pages)
    for page in pages:
        for entry in page.lines:
            if not _in_band(entry, page):
                continue
            if _key(entry) in repeated or _is_page_number(entry, page, offsets):
                entry.furniture = True
        _mark_rows(page)


def _in_band(entry: Entry, page: PageRead) -> bool:
    """Whether a line stands near the upper or lower edge."""
    band: float = settings()["furniture"]["band"] * page.height
    return entry.bottom <= band * 1.2 or entry.top >= page.height - band * 1.2


def _key(entry: Entry) -> tuple[str, int]:
    """A line's text without blanks, and roughly its height."""
    return re.sub(r"\s+", "", entry.text), round(entry.top / HEIGHT)


def _repeated(pages: Sequence[PageRead]) -> frozenset[tuple[str, int]]:
    """Lines that come again on enough pages; headers of odd and even pages may differ, so half of the share is asked."""
    counts: Counter[tuple[str, int]] = Counter()
    filled = [page for page in pages if page.lines]
    for page in filled:
        for text, height in {_key(entry) for entry in page.lines if _in_band(entry, page)}:
            for near in (height - 1, height, height + 1):
                counts[text, near] += 1
    least = max(2, int(settings()["furniture"]["share"] * len(filled) / 2 + 0.999))
    if len(filled) <= 3:
        least = 2
    return frozenset(key for key, count in counts.items() if count >= least and key[0])


def _number_offsets(pages: Sequence[PageRead]) -> frozenset[int]:
    """How far printed page numbers are from counted ones, as far as several pages agree."""
    counts: Counter[int] = Counter()
    for page in pages:
        found = {int(DIGITS.findall(entry.text)[0]) - page.number for entry in page.lines if _in_band(entry, page) and NUMBER.match(entry.text)}
        counts.update(found)
    return frozenset(offset for offset, count in counts.items() if count >= 2)


def _is_page_number(entry: Entry, page: PageRead, offsets: frozenset[int]) -> bool:
    """Whether a line in the band only gives the page's number."""
    if not NUMBER.match(entry.text):
        return False
    dressed = not entry.text.strip().isdecimal()
    return dressed or int(DIGITS.findall(entry.text)[0]) - page.number in offsets


def _mark_rows(page: PageRead) -> None:
    """A running header with the page's number in it (第 3 页 beside a title) repeats but for its digits."""
    for entry in page.lines:
        if entry.furniture or not _in_band(entry, page):
            continue
        mate = next((other for other in page.lines if other.furniture and abs(other.top - entry.top) < 2 and other is not entry), None)
        if mate is not None and len(entry.text) < 30:
            entry.furniture = True
