"""Header rows: one, or as many as name the columns."""

import pytest

from digest.ingest.builder import Builder
from digest.ingest.tables import Placed, add_table, guess_header_rows
from digest.model.source import Source


def cells(*rows):
    """Cells from rows of (text, columns, rows) or plain text."""
    found, taken = [], set()
    for y, row in enumerate(rows):
        x = 0
        for entry in row:
            text, across, down = entry if isinstance(entry, tuple) else (entry, 1, 1)
            while (y, x) in taken:
                x += 1
            found.append(Placed(row=y, column=x, text=text, columns=across, rows=down))
            taken |= {(y + a, x + b) for a in range(down) for b in range(across)}
            x += across
    return found


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ([["事项", "标准"], ["现金", "5万元"]], 1),
        ([[("限额表", 2, 1)], ["事项", "标准"], ["现金", "5万元"]], 2),
        ([[("序号", 1, 2), ("限额", 2, 1)], ["单笔", "日累计"], ["1", "5", "20"]], 2),
        ([[("限额表", 3, 1)], [("序号", 1, 2), ("限额", 2, 1)], ["单笔", "日累计"], ["1", "5", "20"]], 3),
        ([[("一类户", 1, 3), "单笔", "5万"], ["日", "20万"], ["年", "无"]], 1),
        ([["只有一行", "两列"]], 0),
        ([["报送时间", "每月5日前"], ["报送方式", "运营管理系统"]], 0),
        ([["报送时限", "五个工作日"], ["联系人", "示例"]], 0),
        ([["事项", "2025年限额"], ["现金5万元以下", "甲"]], 1),
        ([["级别", "标准"], ["甲", "5万元"]], 1),
    ],
)
def test_header_rows(rows, heads):
    """A title across the table and grouped columns count with the row that names the columns."""
    placed = cells(*rows)
    height = max(cell.row + cell.rows for cell in placed)
    width = max(cell.column + cell.columns for cell in placed)

    assert guess_header_rows(placed, height, width) == heads


def test_cells_are_added_row_by_row():
    """Order is that of reading, whatever order the cells come in."""
    builder = Builder(Source(name="a", data=b""), "x")
    add_table(builder, list(reversed(cells(["甲", "乙"], ["丙", " "]))))

    assert [block.raw for block in builder.blocks] == ["甲", "乙", "丙"]
