"""xls (BIFF) to Document, as read_xlsx; the old format tells merged and hidden cells by itself."""

import io
from datetime import datetime
from typing import Any

from digest.errors import Encrypted, Unreadable
from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.sheets import COLUMNS_MOST, ROWS_MOST, SHEETS_MOST, Sheet, add_sheets, shown
from digest.model.document import Document
from digest.model.source import Source

TEXT, NUMBER, DATE, BOOLEAN = 1, 2, 3, 4


def read_xls(source: Source, context: Context) -> Document:
    """Read an old workbook.

    Raises:
        Encrypted: it needs a password.
        Unreadable: not a workbook that xlrd opens.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=source.data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
        visible = [sheet for sheet in book.sheets() if sheet.visibility == 0][:SHEETS_MOST]
        sheets = [_read(book, sheet) for sheet in visible]
        hidden = [sheet.name for sheet in book.sheets() if sheet.visibility != 0]
    except Exception as error:  # xlrd raises whatever a damaged record leads to
        if "encrypted" in str(error).lower():
            raise Encrypted(f"《{source.name}》设了打开密码：旧版 Excel 的密码本工具不支持，请在 Excel/WPS 里去掉密码，另存为 xlsx 后再试。") from error
        raise Unreadable(f"《{source.name}》已损坏，Excel 表格打不开：请用 Excel 或 WPS 打开检查，另存为 xlsx 后再试。") from error
    builder = Builder(source, "xls")
    add_sheets(builder, sheets, hidden)
    return builder.finish()


def _read(book: Any, given: Any) -> Sheet:
    """One sheet's texts within the limits."""
    sheet = Sheet(given.name)
    rows = [row for row in range(given.nrows) if given.row_len(row)]
    for row in rows[:ROWS_MOST]:
        for column in range(min(given.row_len(row), COLUMNS_MOST)):
            text = _text(book, given.cell(row, column))
            if text:
                sheet.texts[row, column] = text
    sheet.cut = len(rows) > ROWS_MOST
    sheet.spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in given.merged_cells}
    sheet.hidden_rows = frozenset(row for row, info in given.rowinfo_map.items() if info.hidden)
    sheet.hidden_columns = frozenset(column for column, info in given.colinfo_map.items() if info.hidden and column < COLUMNS_MOST)
    return sheet


def _text(book: Any, cell: Any) -> str:
    """A cell's value as the sheet shows it."""
    import xlrd

    if cell.ctype == DATE:
        try:
            year, month, day, hour, minute, second = xlrd.xldate_as_tuple(cell.value, book.datemode)
            return f"{hour:02}:{minute:02}" if not year else shown(datetime(year, month, day, hour, minute, second))
        except (ValueError, xlrd.XLDateError):
            return shown(cell.value)
    if cell.ctype == BOOLEAN:
        return shown(bool(cell.value))
    if cell.ctype == NUMBER:
        form = book.format_map.get(book.xf_list[cell.xf_index].format_key) if cell.xf_index is not None else None
        return shown(cell.value, form.format_str if form else "")
    return shown(cell.value) if cell.ctype == TEXT else ""
