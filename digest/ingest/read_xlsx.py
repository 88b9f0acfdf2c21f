"""xlsx to Document: each visible sheet a table, merged cells kept; hidden sheets, rows and columns are left out and said."""

import io
import warnings
from collections.abc import Iterator
from typing import Any

from digest.errors import DigestError, TooMuch, Unreadable
from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.sheets import COLUMNS_MOST, ROWS_MOST, SHEETS_MOST, WALK_MOST, Sheet, add_sheets, shown
from digest.ingest.zipped import Zipped
from digest.model.document import Document
from digest.model.source import Source

CELL_MOST = 32_767  # characters that Excel allows in a cell
CHARACTERS_MOST = 2_000_000  # of a sheet
ELEMENTS_MOST = 1_000_000  # of a sheet's XML that are looked through for merged and hidden cells
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"


def read_xlsx(source: Source, context: Context) -> Document:
    """Read a workbook.

    Raises:
        Unreadable: not a workbook that openpyxl opens.
    """
    zipped = Zipped(source.data, source.name)  # for its limits: openpyxl has none
    builder = Builder(source, "xlsx")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl does not know
            sheets, hidden = _sheets(source, zipped)
    except DigestError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part leads to
        raise Unreadable(f"《{source.name}》已损坏，Excel 表格打不开：请用 Excel 或 WPS 打开检查，另存后再试。") from error
    add_sheets(builder, sheets, hidden)
    return builder.finish()


def _sheets(source: Source, zipped: Zipped) -> tuple[list[Sheet], list[str]]:
    """The visible sheets, and the names of the hidden ones."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(source.data), read_only=True, data_only=True, keep_links=False)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:SHEETS_MOST]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    read = [_read(sheet, zipped) for sheet in visible]
    book.close()
    return read, hidden


def _read(given: Any, zipped: Zipped) -> Sheet:
    """One sheet's texts within the limits; the dimensions that the file states are not believed."""
    sheet = Sheet(given.title)
    given.reset_dimensions()
    last, room = 0, CHARACTERS_MOST
    for at, row in enumerate(given.iter_rows(max_row=WALK_MOST, max_col=COLUMNS_MOST)):
        for cell in row:
            text = _text(cell)
            if text:
                sheet.texts[at, cell.column - 1] = text
                last, room = at, room - len(text)
        if room < 0 or at > last + ROWS_MOST or len(sheet.texts) > ROWS_MOST * COLUMNS_MOST:
            break
    filled = sorted({row for row, _ in sheet.texts})
    sheet.cut = len(filled) > ROWS_MOST or room < 0
    for place in [place for place in sheet.texts if place[0] > filled[:ROWS_MOST][-1]]:
        del sheet.texts[place]
    _add_shape(sheet, zipped, str(given._worksheet_path))
    return sheet


def _text(cell: Any) -> str:
    """A cell's text as shown.

    Raises:
        TooMuch: it holds more than Excel allows, as only a forged file does.
    """
    if isinstance(cell.value, str) and len(cell.value) > CELL_MOST:
        raise TooMuch(f"Excel 表格里有超过 {CELL_MOST} 字的单元格，大得不正常，为安全起见没有读：请向发件人核实，或用 Excel 另存后再试。")
    return "" if cell.value is None else shown(cell.value, cell.number_format)


def _add_shape(sheet: Sheet, zipped: Zipped, path: str) -> None:
    """Merged ranges and what is hidden, which openpyxl does not tell in its sparing mode."""
    from openpyxl.utils import range_boundaries

    rows, columns = set(), set()
    for element in _elements(zipped, path):
        if element.tag.endswith("}mergeCell"):
            x0, y0, x1, y1 = range_boundaries(element.get("ref") or "A1")
            if x0 and y0 and x1 and y1:
                sheet.spans[y0 - 1, x0 - 1] = (min(y1, WALK_MOST) - y0 + 1, min(x1, COLUMNS_MOST) - x0 + 1)
        elif element.get("hidden") in ("1", "true"):
            if element.tag.endswith("}row"):
                rows.add(int(element.get("r") or 0) - 1)
            elif element.tag.endswith("}col"):
                columns |= set(range(int(element.get("min") or 1) - 1, min(int(element.get("max") or 1), COLUMNS_MOST)))
    sheet.hidden_rows, sheet.hidden_columns = frozenset(rows), frozenset(columns)


def _elements(zipped: Zipped, path: str) -> Iterator[Any]:
    """Rows, columns and merged cells of a sheet's XML, one after another, nothing kept."""
    from lxml import etree

    tags = [f"{space}{name}" for space in (MAIN, STRICT) for name in ("row", "col", "mergeCell")]
    parsed = etree.iterparse(io.BytesIO(zipped.read(path)), events=("end",), tag=tags, resolve_entities=False, no_network=True)
    try:
        for count, (_, element) in enumerate(parsed):
            if count > ELEMENTS_MOST:
                return
            yield element
            element.clear()
    except etree.XMLSyntaxError:
        return
