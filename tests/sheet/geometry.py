"""What a finished page must keep, checked on the PDF's own geometry."""

from collections import Counter
from io import BytesIO

import pdfplumber

from digest.model.look import Look
from digest.model.page import Disc, Page, Rect, Rule
from digest.model.sheet import Sheet
from digest.render import write_pdf
from digest.sheet import page_text
from digest.zh import point

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
    boxes_inside(page, look)
    spots_apart(page)
    no_widow(page)
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


def boxes_inside(page, look):
    """No rectangle, rule or circle sticks out of the margins."""
    margins = look.margins
    left, right, top, bottom = margins.left - 1, page.width - margins.right + 1, page.height - margins.top + 1, margins.bottom - 1
    for mark in page.marks:
        if isinstance(mark, Rect):
            assert mark.x >= left and mark.x + mark.width <= right and mark.y >= bottom and mark.y + mark.height <= top, mark
        if isinstance(mark, Rule):
            assert min(mark.x0, mark.x1) >= left and max(mark.x0, mark.x1) <= right and min(mark.y0, mark.y1) >= bottom and max(mark.y0, mark.y1) <= top, mark
        if isinstance(mark, Disc):
            assert mark.x - mark.radius >= left and mark.x + mark.radius <= right and mark.y - mark.radius >= bottom and mark.y + mark.radius <= top, mark


def no_widow(page):
    """Every heading has a line of its own below or beside it, and every line stands in a section or in the ledger."""
    lines = [spot for spot in page.spots if spot.key.startswith("line-")]
    sections = [spot for spot in page.spots if spot.key.startswith("section-")]
    for section in sections:
        assert any(within(line, section) for line in lines), section
    for line in lines:
        assert any(within(line, section) for section in sections), line


def within(inner, outer):
    """Whether a spot lies in another one."""
    return (
        inner.x >= outer.x - 0.5
        and inner.x + inner.width <= outer.x + outer.width + 0.5
        and inner.y >= outer.y - 0.5
        and inner.y + inner.height <= outer.y + outer.height + 0.5
    )


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
    for text in (sheet.title, sheet.point, *(printed_text(line, sheet) for line in sheet.lines)):
        said.update(char for char in text if "\u4e00" <= char <= "\u9fff")
    lost = {char: count for char, count in said.items() if printed[char] < count}
    assert not lost or "〓" in printed, lost


def printed_text(line, sheet):
    """What a section prints of a line: the first words of what the one line says already."""
    return point.repeated(line.text, "见一句话") if page_text.said_above(line, sheet) else line.text
