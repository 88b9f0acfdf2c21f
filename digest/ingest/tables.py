"""Placed cells to a table in the document: spans kept, header rows guessed where the file does not say."""

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from digest.ingest.builder import Builder
from digest.model.document import BlockKind, Cell

MAX_HEADER_ROWS = 3
VALUE = re.compile(r"\d|[零一二三四五六七八九十百]+(?:个|日|天|月|年|元|万|次|人|名|小时)")  # what the name of a column rarely holds


class Placed(Struct, frozen=True, kw_only=True):
    """The text of one cell with its place from 0; ``fields`` go to its Block (label, box, page, tracked)."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    fields: tuple[tuple[str, Any], ...] = ()


def add_table(builder: Builder, cells: Sequence[Placed], *, header_rows: int | None = None) -> int:
    """Add a table with its cells row by row; empty cells give no block. Returns the table's number."""
    rows = max((cell.row + cell.rows for cell in cells), default=0)
    columns = max((cell.column + cell.columns for cell in cells), default=0)
    heads = guess_header_rows(cells, rows, columns) if header_rows is None else header_rows
    number = builder.add_table(rows, columns, header_rows=min(heads, rows))
    for cell in sorted(cells, key=lambda it: (it.row, it.column)):
        if cell.text.strip():
            place = Cell(table=number, row=cell.row, column=cell.column, rows=cell.rows, columns=cell.columns)
            builder.add(cell.text, BlockKind.CELL, cell=place, **dict(cell.fields))
    return number


def guess_header_rows(cells: Sequence[Placed], rows: int, columns: int) -> int:
    """One row, and more where the first row is a title across the table or holds cells over several columns."""
    if rows < 2 or _is_keyed(cells, columns):
        return 0
    top, at = 0, 0
    while at < min(rows - 1, MAX_HEADER_ROWS):
        row = [cell for cell in cells if cell.row == at]
        across = any(cell.columns >= columns > 1 for cell in row)
        grouped = any(cell.columns > 1 for cell in row) and any(cell.rows > 1 for cell in row)
        top = at + 1
        if across:
            at += 1
            continue
        return min(at + max(cell.rows for cell in row if cell.rows < rows), rows - 1) if grouped else top
    return top


def _is_keyed(cells: Sequence[Placed], columns: int) -> bool:
    """Whether two columns are names and values (报送时间｜每月5日前): the first row holds a value beside a name, as those below do."""
    first, others = ([cell for cell in cells if (cell.row == 0) == top and cell.column == 1 and cell.text.strip()] for top in (True, False))
    names = [cell.text.strip() for cell in cells if cell.column == 0]
    if columns != 2 or len(first) != 1 or not others or any(cell.columns > 1 or cell.rows > 1 for cell in cells):
        return False
    return bool(VALUE.search(first[0].text)) and not any(VALUE.search(name) for name in names) and len(set(names)) == len(names)
