"""Sheets laid out in the packaged designs, for the writers that set their own type."""

from msgspec.structs import replace

from digest import places
from digest import sheet as layout
from digest.errors import DoesNotFit
from digest.model.look import Look
from digest.model.page import Page
from digest.model.sheet import Sheet
from tests.render import sheets

DESIGNS = ("cards", "ledger", "large", "brief")


def look_of(design: str, **fields: object) -> Look:
    """A packaged design, with some fields of its look changed."""
    return replace(places.look(design, None), **{"branch": "示例银行城东支行", **fields})  # type: ignore[arg-type]


def laid_out(design: str, sheet: Sheet | None = None, **fields: object) -> tuple[Sheet, Page, Look]:
    """A sheet, its page, and the design, with some fields of its look changed."""
    look = look_of(design, **fields)
    said = sheets.sheet() if sheet is None else sheet
    return said, layout.place(said, look), look


def fullest(design: str, **fields: object) -> tuple[Sheet, Page, Look]:
    """As many lines as the design's page takes."""
    best = laid_out(design, **fields)
    for times in range(2, 9):
        texts = [f"{text}（第{place + 1}项）" for place, text in enumerate(sheets.DO * times)]
        try:
            best = laid_out(design, sheets.sheet(do=texts, ban=sheets.BAN * 2, rows=4), **fields)
        except DoesNotFit:
            break
    return best
