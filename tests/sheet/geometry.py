"""What a finished page must keep, checked on the PDF's own geometry."""

from collections import Counter
from io import BytesIO

import pdfplumber

from digest.model.look import Look
from digest.model.page import Page
from digest.model.sheet import Sheet
from digest.render import write_pdf

TOUCH = 0.35  # of a character's width and height: what two characters may share (marks set in half squares)
EDGE = 0.6  # pt: rounding at the margins
TOP_LEVEL = ("title", "point", "timeline", "questions", "notes", "signoff", "footer")


def characters(pdf: bytes):
    """The characters of a one-page PDF with their boxes."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        return [char for char in opened.pages[0].chars if char["text"].strip()]


def check(sheet: Sheet, page: Page, look: Look) -> bytes:
    """One page, everything inside the margins, nothing over anything else, every text there in full."""
    pdf = write_pdf.write(sheet, page, look)
    found = characters(pdf)
    inside(found, page, look)
    apart(found)
    spots_apart(page)
    whole(found, sheet)
    assert len(pdf) <= 300_000
    assert page.size in look.sizes
    return pdf


def inside(found, page, look):
    """No character sticks out of the margins."""
    margins = look.margins
    for char in found:
        assert char["x0"] >= margins.left - EDGE - char["size"] * 0.5, char["text"]
        assert char["x1"] <= page.width - margins.right + EDGE + char["size"] * 0.5, char["text"]
        assert char["top"] >= margins.top - EDGE - char["size"] * 0.3
        assert char["bottom"] <= page.height - margins.bottom + EDGE + char["size"] * 0.3


def apart(found):
    """No two characters overlap by more than half squares do."""
    ordered = sorted(found, key=lambda char: char["x0"])
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other["x0"] >= one["x1"]:
                break
            wide = min(one["x1"], other["x1"]) - other["x0"]
            high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            small = min(one["size"], other["size"])
            assert wide <= TOUCH * small + small * 0.25 or high <= TOUCH * small, (one["text"], other["text"], wide, high)


def spots_apart(page):
    """No line's rectangle overlaps another's, nor any part of the page another part."""
    for keys in (lambda key: key.startswith("line-"), lambda key: key in TOP_LEVEL):
        spots = [spot for spot in page.spots if keys(spot.key)]
        for index, one in enumerate(spots):
            for other in spots[index + 1 :]:
                wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
                high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
                assert wide <= 0.5 or high <= 0.5, (one, other)


def whole(found, sheet):
    """Every character that the sheet says is on the page, at least as often as it is said."""
    printed = Counter(char["text"] for char in found)
    said = Counter()
    for text in (sheet.title, sheet.point, *(line.text for line in sheet.lines)):
        said.update(char for char in text if "\u4e00" <= char <= "\u9fff")
    lost = {char: count for char, count in said.items() if printed[char] < count}
    assert not lost or "〓" in printed, lost
