"""Worksheets to tables: values as the sheet shows them, empty edges cut off, one column of text as paragraphs."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from msgspec import Struct, field

from digest.ingest.builder import Builder
from digest.ingest.tables import Placed, add_table
from digest.model.document import BlockKind, Style

ROWS_MOST, COLUMNS_MOST = 2000, 60  # of a table made for people; a larger one is data
WALK_MOST = 20_000  # rows looked at: a sheet with one cell in its last row is a million rows long
SHEETS_MOST = 30
UNNAMED = re.compile(r"(?i)(?:sheet|工作表|表)\s*\d*")
QUOTED = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.")
EPSILON_DIGITS = 10  # binary fractions: 0.1 + 0.2 is shown as 0.3


class Sheet(Struct):
    """One worksheet: texts by row and column from 0, merged ranges as (row, column) -> (rows, columns)."""

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    cut: bool = False  # it goes on beyond what was read


def shown(value: Any, form: str = "") -> str:
    """A cell's value as the sheet shows it, as far as a document needs: percents, thousands, decimals, days."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return _day(value) if value.time() == time() else f"{_day(value)} {value:%H:%M}"
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").strip()


def _day(value: date) -> str:
    """A day in the form that circulars use."""
    return f"{value.year}年{value.month}月{value.day}日"


def _number(value: float, form: str) -> str:
    """A number in its format: percent, thousands, fixed decimals."""
    plain = QUOTED.sub("", (form or "General").split(";")[0])
    decimals = re.search(r"[0#?]\.([0#?]+)", plain)
    whole_only = not decimals and re.search(r"0", plain)
    fixed = 0 if whole_only else len(decimals[1]) if decimals and "0" in decimals[1] else None
    if "%" in plain:
        return f"{_trimmed(value * 100, fixed)}%"
    text = _trimmed(value, fixed if plain != "General" else None)
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}" if "," in plain and whole.lstrip("-").isdigit() else text


def _trimmed(value: float, decimals: int | None) -> str:
    """A number with fixed decimals, or with as many as it has."""
    if decimals is not None:
        return f"{value:.{decimals}f}" if decimals else str(int(value + (0.5 if value >= 0 else -0.5)))
    rounded = round(value, EPSILON_DIGITS)
    return str(int(rounded)) if rounded == int(rounded) else f"{rounded:.{EPSILON_DIGITS}f}".rstrip("0")


def add_sheets(builder: Builder, sheets: Sequence[Sheet], hidden: Sequence[str]) -> None:
    """Add the visible sheets, each under its name, and say what was left out."""
    filled = [sheet for sheet in sheets if any(sheet.texts.values())]
    for sheet in filled:
        if len(filled) > 1 or not UNNAMED.fullmatch(sheet.name.strip()):
            builder.add(sheet.name.strip(), BlockKind.PARAGRAPH, style=Style(name="sheet"))
        _add_sheet(builder, sheet)
    if hidden:
        builder.note("hidden_sheets", f"隐藏的工作表没有读：{'、'.join(hidden[:8])}。如需要，请取消隐藏后重做。")
    left = [sheet.name for sheet in filled if sheet.hidden_rows or sheet.hidden_columns]
    if left:
        builder.note("hidden_cells", f"工作表“{'、'.join(left[:8])}”里隐藏的行、列没有读。如需要，请取消隐藏后重做。")
    cut = [sheet.name for sheet in sheets if sheet.cut]
    if cut:
        builder.note("cut", f"工作表“{'、'.join(cut[:8])}”太大，只读了前 {ROWS_MOST} 行、{COLUMNS_MOST} 列：请只保留要学习的部分后重做。")


def _add_sheet(builder: Builder, sheet: Sheet) -> None:
    """Add one sheet: a table, or paragraphs where only one column has text."""
    texts = {place: text for place, text in sheet.texts.items() if text and place[0] not in sheet.hidden_rows and place[1] not in sheet.hidden_columns}
    rows, columns = sorted({row for row, _ in texts}), sorted({column for _, column in texts})
    if len(columns) < 2:
        lines = [line.strip() for place in sorted(texts) for line in texts[place].split("\n")]
        for line in filter(None, lines):
            builder.add(line, BlockKind.PARAGRAPH)
        return
    places = {row: at for at, row in enumerate(rows)}, {column: at for at, column in enumerate(columns)}
    add_table(builder, [_placed(place, text, sheet, places) for place, text in sorted(texts.items())])


def _placed(place: tuple[int, int], text: str, sheet: Sheet, places: tuple[Mapping[int, int], Mapping[int, int]]) -> Placed:
    """One cell among the rows and columns that are left; a merged one spans those of its range that are."""
    row, column = place
    rows, columns = sheet.spans.get(place, (1, 1))
    high = sum(1 for each in places[0] if row <= each < row + rows)
    wide = sum(1 for each in places[1] if column <= each < column + columns)
    return Placed(row=places[0][row], column=places[1][column], text=text, rows=max(1, high), columns=max(1, wide))
