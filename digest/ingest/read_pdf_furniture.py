"""Running headers, footers and page numbers: what comes again at the same height of many pages, or only counts them."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from digest.ingest.read_pdf_page import Entry, PageRead
from digest.ingest.read_pdf_quality import settings

NUMBER = re.compile(r"^[\s—–\-－·.~－_|/第共页頁Pageof]*\d{1,4}(?:[\s—–\-－·.~_|/第共页頁of]*\d{1,4})?[\s—–\-－·.~_|/页頁]*$")
COUNTED = re.compile(r"附|表|图|案例|第.{1,6}[编章节条]|[一二三四五六七八九十]+、|[（(]?\d+[）).、]")  # headings that count themselves
DIGITS = re.compile(r"\d+")
SEVERAL = 3
HEIGHT = 12.0  # points within which a repeated line stands at the same height

Key = tuple[str, int, bool]  # text without blanks, rough height, whether a number in it runs with the pages


def mark_furniture(pages: Sequence[PageRead]) -> None:
    """Mark the lines that are page furniture, from the edges inwards: behind the first line of text nothing is."""
    repeated = _repeated(pages)
    offsets = _number_offsets(pages)
    upright = [entry for page in pages for entry in page.lines if not entry.furniture]
    for page in pages:
        lines = sorted((entry for entry in page.lines if not entry.furniture), key=lambda entry: entry.top)
        _mark_inwards(lines, page, repeated, offsets)
        _mark_inwards(lines[::-1], page, repeated, offsets)
    if all(isinstance(item, Entry) and item.furniture for page in pages for item in page.items):
        for entry in upright:  # nothing but repeated lines, as on two slides with one title: they are the text
            entry.furniture = bool(NUMBER.match(entry.text))


def _mark_inwards(lines: Sequence[Entry], page: PageRead, repeated: frozenset[Key], offsets: frozenset[int]) -> None:
    """Mark lines from one edge on, up to the first that is text."""
    for entry in lines:
        if not _in_band(entry, page) or not _is_furniture(entry, page, repeated, offsets):
            return
        entry.furniture = True


def _is_furniture(entry: Entry, page: PageRead, repeated: frozenset[Key], offsets: frozenset[int]) -> bool:
    """Whether a line in the band comes again on other pages, or only counts them."""
    return any(key in repeated for key in _keys(entry, page)) or _is_page_number(entry, page, offsets)


def _in_band(entry: Entry, page: PageRead) -> bool:
    """Whether a line stands near the upper or lower edge."""
    band: float = settings()["furniture"]["band"] * page.height
    return entry.bottom <= band * 1.2 or entry.top >= page.height - band * 1.2


def _keys(entry: Entry, page: PageRead) -> list[Key]:
    """A line's text without blanks and roughly its height; also with a number in it that runs with the pages."""
    text, height = re.sub(r"\s+", "", entry.text), round(entry.top / HEIGHT)
    keys = [(text, height, False)]
    if COUNTED.match(text):
        return keys
    for found in DIGITS.finditer(text):
        offset = int(found.group()[:6]) - page.number
        keys.append((f"{text[: found.start()]}{{{offset}}}{text[found.end() :]}", height, True))
    return keys


def _repeated(pages: Sequence[PageRead]) -> frozenset[Key]:
    """Lines that come again on enough pages; the first page may lack them, odd and even ones may differ."""
    found: dict[Key, set[int]] = {}
    filled = [page for page in pages if page.lines]
    for page in filled:
        for text, height, runs in {key for entry in page.lines if _in_band(entry, page) for key in _keys(entry, page)}:
            for near in (height - 1, height, height + 1):
                found.setdefault((text, near, runs), set()).add(page.number)
    shares = settings()["furniture"]
    least = max(2, math.ceil(shares["share"] * (len(filled) - 1)))
    most = max(SEVERAL, math.ceil(shares["running_share"] * (len(filled) - 1)))
    return frozenset(key for key, on in found.items() if key[0] and len(on) >= (most if key[2] else least) and _is_regular(on, len(filled)))


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
