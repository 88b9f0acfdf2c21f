"""Running headers, footers and page numbers: what comes again at the same height of many pages, or only counts them."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from digest.ingest.read_pdf_page import Entry, PageRead
from digest.ingest.read_pdf_quality import settings

NUMBER = re.compile(r"^[\s—–\-－·.~－_|/第共页頁Pageof]*\d{1,4}(?:[\s—–\-－·.~_|/第共页頁of]*\d{1,4})?[\s—–\-－·.~_|/页頁]*$")
DIGITS = re.compile(r"\d+")
SEVERAL = 3
HEIGHT = 12.0  # points within which a repeated line stands at the same height

Key = tuple[str, int]  # text without blanks, rough height


def mark_furniture(pages: Sequence[PageRead]) -> None:
    """Mark the lines that are page furniture, from the edges inwards: behind the first line of text nothing is."""
    repeated = _repeated(pages)
    offsets = _number_offsets(pages)
    for page in pages:
        lines = sorted((entry for entry in page.lines if not entry.furniture), key=lambda entry: entry.top)
        _mark_inwards(lines, page, repeated, offsets)
        _mark_inwards(lines[::-1], page, repeated, offsets)
        _mark_rows(page)


def _mark_inwards(lines: Sequence[Entry], page: PageRead, repeated: frozenset[Key], offsets: frozenset[int]) -> None:
    """Mark lines from one edge on, up to the first that is text."""
    for entry in lines:
        if not _in_band(entry, page) or not _is_furniture(entry, page, repeated, offsets):
            return
        entry.furniture = True


def _is_furniture(entry: Entry, page: PageRead, repeated: frozenset[Key], offsets: frozenset[int]) -> bool:
    """Whether a line in the band comes again on other pages, or only counts them."""
    return _key(entry) in repeated or _is_page_number(entry, page, offsets)


def _in_band(entry: Entry, page: PageRead) -> bool:
    """Whether a line stands near the upper or lower edge."""
    band: float = settings()["furniture"]["band"] * page.height
    return entry.bottom <= band * 1.2 or entry.top >= page.height - band * 1.2


def _key(entry: Entry) -> Key:
    """A line's text without blanks, and roughly its height."""
    return re.sub(r"\s+", "", entry.text), round(entry.top / HEIGHT)


def _repeated(pages: Sequence[PageRead]) -> frozenset[Key]:
    """Lines that come again on enough pages; the first page may lack them, odd and even ones may differ."""
    found: dict[Key, set[int]] = {}
    filled = [page for page in pages if page.lines]
    for page in filled:
        for text, height in {_key(entry) for entry in page.lines if _in_band(entry, page)}:
            for near in (height - 1, height, height + 1):
                found.setdefault((text, near), set()).add(page.number)
    least = max(2, math.ceil(settings()["furniture"]["share"] * (len(filled) - 1)))
    return frozenset(key for key, on in found.items() if key[0] and len(on) >= least and _is_regular(on, len(filled)))


def _is_regular(on: set[int], pages: int) -> bool:
    """Whether a line comes regularly: three times, on every other page, or on both pages of a short paper."""
    return len(on) >= SEVERAL or pages <= SEVERAL or len({number % 2 for number in on}) == 1


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
