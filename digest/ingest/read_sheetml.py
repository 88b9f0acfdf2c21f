"""An Excel 2003 XML workbook (bank systems call it .xls) to Document, as read_xlsx."""

import re
from datetime import datetime

from lxml import etree

from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.sheets import COLUMNS_MOST, ROWS_MOST, SHEETS_MOST, Sheet, add_sheets, shown
from digest.ingest.xml_tree import parse
from digest.model.document import Document
from digest.model.source import Source

Element = etree._Element

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
EXCEL = "{urn:schemas-microsoft-com:office:excel}"
NAMED_FORMS = {"Percent": "0.00%", "Standard": "#,##0.00", "Fixed": "0.00", "General Number": "General"}
DIGITS = re.compile(r"\d{1,7}")


def read_sheetml(source: Source, context: Context) -> Document:
    """Read a workbook.

    Raises:
        Unreadable: not well-formed.
    """
    root = parse(source.data, source.name, "XML 正文")
    builder = Builder(source, "sheetml")
    styles = {style.get(SS + "ID", ""): _form(style) for style in root.iterfind(f"{SS}Styles/{SS}Style")}
    sheets = root.findall(SS + "Worksheet")
    hidden = [each.get(SS + "Name", "") for each in sheets if _is_hidden(each)]
    visible = [each for each in sheets if not _is_hidden(each)]
    add_sheets(builder, [_read(each, styles) for each in visible[:SHEETS_MOST]], hidden)
    return builder.finish()


def _is_hidden(sheet: Element) -> bool:
    """Whether a worksheet is not shown."""
    return (sheet.findtext(f"{EXCEL}WorksheetOptions/{EXCEL}Visible") or "").startswith("SheetHidden")


def _form(style: Element) -> str:
    """The number format of a style."""
    found = style.find(SS + "NumberFormat")
    form = "" if found is None else found.get(SS + "Format", "")
    return NAMED_FORMS.get(form, form)


def _read(given: Element, styles: dict[str, str]) -> Sheet:
    """One sheet's texts within the limits."""
    sheet = Sheet(given.get(SS + "Name", ""))
    table = given.find(SS + "Table")
    if table is None:
        return sheet
    hidden_rows, at = set(), 0
    for row in table.iterfind(SS + "Row"):
        at = _place(row, at)
        if len({place[0] for place in sheet.texts}) >= ROWS_MOST:
            sheet.cut = True
            break
        _read_row(sheet, row, at, styles)
        hidden_rows |= {at} if row.get(SS + "Hidden") == "1" else set()
        at += 1 + _whole(row.get(SS + "Span"))
    sheet.hidden_rows, sheet.hidden_columns = frozenset(hidden_rows), frozenset(_hidden_columns(table))
    return sheet


def _read_row(sheet: Sheet, row: Element, at: int, styles: dict[str, str]) -> None:
    """The cells of one row with their spans."""
    column = 0
    for cell in row.iterfind(SS + "Cell"):
        column = _place(cell, column)
        across, down = _whole(cell.get(SS + "MergeAcross")), _whole(cell.get(SS + "MergeDown"))
        if column >= COLUMNS_MOST:
            return
        text = _text(cell, styles.get(cell.get(SS + "StyleID") or row.get(SS + "StyleID") or "", ""))
        if text:
            sheet.texts[at, column] = text
        if across or down:
            sheet.spans[at, column] = (down + 1, min(across + 1, COLUMNS_MOST - column))
        column += across + 1


def _hidden_columns(table: Element) -> set[int]:
    """The columns that are not shown."""
    found: set[int] = set()
    at = 0
    for column in table.iterfind(SS + "Column"):
        at = _place(column, at)
        span = min(_whole(column.get(SS + "Span")), COLUMNS_MOST)
        found |= set(range(at, at + span + 1)) if column.get(SS + "Hidden") == "1" else set()
        at += span + 1
    return found


def _place(element: Element, following: int) -> int:
    """Where a row, column or cell stands from 0: where it says, else after the one before."""
    return max(_whole(element.get(SS + "Index")) - 1, following)


def _whole(text: str | None) -> int:
    """A small whole number of an attribute; 0 where it is none."""
    return int(text) if text and DIGITS.fullmatch(text) else 0


def _text(cell: Element, form: str) -> str:
    """A cell's value as the sheet shows it."""
    data = cell.find(SS + "Data")
    raw = "" if data is None else "".join(map(str, data.itertext()))
    kind = "" if data is None else data.get(SS + "Type", "")
    try:
        if kind == "Number":
            return shown(float(raw), form)
        if kind == "DateTime":
            return _moment(datetime.fromisoformat(raw.strip()))
    except (ValueError, OverflowError):
        return shown(raw)
    return shown(raw.strip() == "1") if kind == "Boolean" else shown(raw)


def _moment(value: datetime) -> str:
    """A day, or a time of day where the day is the calendar's zero."""
    return f"{value:%H:%M}" if value.year < 1900 else shown(value)
