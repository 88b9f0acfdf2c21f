"""One page's text layer: to be used, to be read by OCR instead, or blank; and wrappers that only say they are protected."""

import ctypes
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Any

import pypdfium2.raw as raw
from msgspec import Struct
from pypdfium2 import PdfiumError

from digest import shipped
from digest.ingest.encoding import HAN, common_share
from digest.ingest.read_pdf_chars import PageChars

DARK = 160  # of 255: ink in a 36-dpi picture
INK_DPI = 36
OBJECTS_MOST = 20_000
NESTED = 4
REPEATED = 3  # pages that must carry the same few words for these to be a watermark
WATERMARK = 150  # characters
LEADERS = frozenset(".·…．_—-")  # what leads from an entry of a directory to its page


class Layer(StrEnum):
    """What a page's text layer is good for."""

    TEXT = "text"
    SCAN = "scan"  # no text, a picture
    GARBLED = "garbled"  # text that stands for other characters
    HIDDEN = "hidden"  # a poor OCR layer over a scan
    BLANK = "blank"


Edges = tuple[float, float, float, float]


class Drawn(Struct, frozen=True, kw_only=True):
    """What a page draws beside text: the share that pictures cover, and how many paths there are."""

    pictures: float = 0.0
    paths: int = 0
    rules: tuple[Edges, ...] = ()


@cache
def settings() -> dict[str, Any]:
    """The packaged pdf.toml, read once."""
    return tomllib.loads(shipped.text("ingest", "pdf.toml"))


def look_at(page: Any) -> Drawn:
    """Count what a pdfium page draws; thin paths and boxes are kept as rules (left, bottom, right, top)."""
    width, height = page.get_size()
    area = 0.0
    rules: list[Edges] = []
    paths = 0
    for kind, edges in islice(_drawn(page), OBJECTS_MOST + 1):
        if edges is None:
            continue
        left, bottom, right, top = edges
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            area += max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(top, height) - max(bottom, 0))
        else:
            paths += 1
            rules.append(edges)
    return Drawn(pictures=min(area / max(width * height, 1.0), 1.0), paths=paths, rules=tuple(rules))


def _drawn(page: Any) -> Iterator[tuple[int, Edges | None]]:
    """Pictures and paths of a page, those in its forms too: kind and (left, bottom, right, top); None where pdfium has no bounds.

    As ``PdfPage.get_objects``, which makes an object of each piece of text and is four times as slow.

    Raises:
        PdfiumError: the page's list of objects is damaged.
    """
    waiting = [_objects(raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, page)]
    edges = [ctypes.c_float() for _ in range(4)]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
            continue
        kind = raw.FPDFPageObj_GetType(item)
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH):
            seen = raw.FPDFPageObj_GetBounds(item, *edges)
            yield kind, (edges[0].value, edges[1].value, edges[2].value, edges[3].value) if seen else None
        elif kind == raw.FPDF_PAGEOBJ_FORM and len(waiting) < NESTED:
            waiting.append(_objects(raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, item))


def _objects(count: Callable[[Any], int], get: Callable[[Any, int], Any], parent: Any) -> Iterator[Any]:
    """The objects of a page or a form.

    Raises:
        PdfiumError: their number, or one of them, cannot be had.
    """
    number = count(parent)
    if number < 0:
        raise PdfiumError("Failed to get number of pageobjects.")
    for at in range(number):
        item = get(parent, at)
        if not item:
            raise PdfiumError("Failed to get pageobject.")
        yield item


def judge(chars: PageChars, drawn: Drawn) -> Layer:
    """What the text layer of a page is good for; a page without text still has to be looked at for ink."""
    rules = settings()["layer"]
    text = "".join(char.text for char in chars.chars if not char.text.isspace())
    pictured = drawn.pictures >= rules["picture_share"] or drawn.paths >= rules["curves"]
    if len(text) < rules["few"] and (pictured or not text):
        return Layer.SCAN if pictured else Layer.BLANK
    if is_garbled(chars):
        return Layer.GARBLED
    if chars.invisible and drawn.pictures >= rules["picture_share"] and common_share(text) < rules["hidden_share"]:
        return Layer.HIDDEN
    return Layer.TEXT


def is_illustrated(drawn: Drawn) -> bool:
    """Whether pictures cover a good part of a page, and are not the paper behind its text."""
    rules = settings()["layer"]
    return bool(rules["picture_share"] <= drawn.pictures < rules["background_share"])


def is_garbled(chars: PageChars) -> bool:
    """Whether the characters do not mean what they show: fonts without a sound map to Unicode."""
    rules = settings()["layer"]
    visible = [char for char in chars.chars if not char.text.isspace()]
    text = "".join(char.text for char in visible)
    if not text:
        return False
    solid = [char for char in visible if char.text not in LEADERS]  # a directory is mostly dots
    private = sum("\ue000" <= char.text[:1] <= "\uf8ff" or char.text[:1] == "\ufffd" or char.text[:1] >= "\U000f0000" for char in solid)
    if (sum(char.unmapped for char in solid) + private) > rules["unmapped_share"] * len(solid):
        return True
    if len(HAN.findall(text)) >= rules["enough_han"]:
        return bool(common_share(text) < rules["common_share"])
    symbols = sum(not letter.isalnum() for letter in text)
    return bool(len(text) >= rules["enough_han"] and symbols > rules["symbol_share"] * len(text) and not re.search(r"[.·…_—-]{8}", text))


def watermark_pages(texts: Sequence[str], drawn: Sequence[Drawn]) -> frozenset[int]:
    """Indexes of pages whose whole text is the same few words as on other pages, over pictures."""
    counts = Counter(text for text in texts if text)
    share = settings()["layer"]["picture_share"]
    return frozenset(
        index
        for index, text in enumerate(texts)
        if 0 < len(text) <= WATERMARK and counts[text] >= REPEATED and (drawn[index].pictures >= share or drawn[index].paths >= settings()["layer"]["curves"])
    )


def picture_pages(texts: Sequence[str], drawn: Sequence[Drawn]) -> frozenset[int]:
    """Indexes of pages with a picture in a file that hardly has text anywhere: what it says is in the pictures."""
    rules = settings()["layer"]
    if sum(len(text) for text in texts) >= rules["few"]:
        return frozenset()
    return frozenset(index for index, seen in enumerate(drawn) if seen.pictures >= rules["lone_picture_share"])


def has_ink(page: Any, *, any_at_all: bool = False) -> bool:
    """Whether a page shows more than specks, or anything at all."""
    width, height = page.get_size()
    scale = min(INK_DPI / 72, 600 / max(width, height, 1))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        image = bitmap.to_pil()
        counts = image.histogram()
        least = 0 if any_at_all else settings()["layer"]["ink"] * image.width * image.height
        return bool(sum(counts[:DARK]) > least)
    finally:
        bitmap.close()


def is_wrapper(text: str, pages: int) -> bool:
    """Whether a short file only says that the real document is protected."""
    rules = settings()["wrapper"]
    return bool(pages <= 2 and len(text) <= rules["longest"]) and any(re.search(pattern, text, re.DOTALL) for pattern in rules["patterns"])
