"""Rows of a plain .tsv table, the packaged one merged with the user's own: add, change, or remove with 0 or -."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from digest.errors import BadTemplate

REMOVE = "-"


class Row(Struct, frozen=True, kw_only=True):
    """One line of a table: its cells (padded to the header), where it stands, and whether the user wrote it."""

    cells: tuple[str, ...]
    file: str
    line: int
    own: bool = False

    def fault(self, why: str, advice: str) -> BadTemplate:
        """The error for this line, with file, line and what to do."""
        return BadTemplate(f"{self.file} 第{self.line}行：{why}。{advice}")


class Table(Struct, frozen=True, kw_only=True):
    """The layout of one table: its columns, how many of them make the key, and which hold the weight (-1 = none)."""

    file: str
    columns: tuple[str, ...]
    keys: int = 1
    weight: int = -1


def read_rows(table: Table, text: str, *, own: bool) -> Iterator[Row]:
    """Table text to rows; blank lines, comments (#) and the header are passed over."""
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if not any(cells) or cells[0].startswith("#") or cells[: table.keys] == table.columns[: table.keys]:
            continue
        yield check_row(table, Row(cells=cells, file=table.file, line=number, own=own))


def check_row(table: Table, row: Row) -> Row:
    """The row padded to the table's width.

    Raises:
        BadTemplate: cells are missing or too many, or the weight is no number.
    """
    layout = "、".join(table.columns)
    if len(row.cells) < table.keys or not all(row.cells[: table.keys]):
        raise row.fault(f"缺少“{table.columns[table.keys - 1]}”一列", f"每行依次写 {layout}，列与列之间用 Tab 键隔开")
    if len(row.cells) > len(table.columns):
        raise row.fault(f"多出了 {len(row.cells) - len(table.columns)} 列", f"每行最多 {len(table.columns)} 列：{layout}")
    short = len(table.columns) - len(row.cells)
    whole = Row(cells=row.cells + ("",) * short, file=row.file, line=row.line, own=row.own) if short else row
    if table.weight >= 0 and whole.cells[table.weight] not in ("", REMOVE):
        read_number(whole, whole.cells[table.weight])
    return whole


def read_number(row: Row, text: str) -> float:
    """A weight such as 2, -1.5.

    Raises:
        BadTemplate: it is no plain number between -100 and 100.
    """
    try:
        number = float(text)
    except ValueError:
        raise row.fault(f"“{text}”不是数字", "请写 2、0.5 或 -3 这样的数，删除一个词写 0 或 -") from None
    if not -100 <= number <= 100:
        raise row.fault(f"分数 {text} 太大或太小", "请写 -100 到 100 之间的数")
    return number


@lru_cache(maxsize=64)
def merge(table: Table, packaged: str, own: str) -> tuple[Row, ...]:
    """Packaged and the user's rows, keyed by the table's first columns; the user's line wins, - removes. Kept: many ask for one class each."""
    rows: dict[tuple[str, ...], Row] = {}
    for row in (*read_rows(table, packaged, own=False), *read_rows(table, own, own=True)):
        key = row.cells[: table.keys]
        if REMOVE in removal_cells(table, row):
            rows.pop(key, None)
        else:
            rows[key] = row
    return tuple(rows.values())


def removal_cells(table: Table, row: Row) -> Sequence[str]:
    """The cells in which a dash means: take this entry out."""
    return (row.cells[table.weight],) if table.weight >= 0 else row.cells[table.keys : table.keys + 1]
