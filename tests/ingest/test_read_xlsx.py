"""Workbooks, new and old: sheets as tables, values as they are shown, hidden parts and cuts said."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook

from digest import ingest
from digest.errors import NoText, TooMuch, Unreadable
from digest.ingest.sheets import shown
from digest.model.source import Source
from tests.ingest.make_docx import zipped
from tests.ingest.make_ole import workbook


def read(data, name="限额.xlsx"):
    """The document, through the door."""
    return ingest.read(Source(name=name, data=data))


def saved(book):
    """The bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cells(document):
    """Text, row, column, rows and columns of each cell."""
    return [(block.raw, block.cell.row, block.cell.column, block.cell.rows, block.cell.columns) for block in document.blocks if block.cell]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.2, "0%", "20%"),
        (0.055, "0.0%", "5.5%"),
        (0.055, "0%", "6%"),
        (12500.5, "#,##0.00", "12,500.50"),
        (12500, "#,##0", "12,500"),
        (50000, "General", "50000"),
        (0.1 + 0.2, "General", "0.3"),
        (3.14159, "0.00_);[Red](0.00)", "3.14"),
        (5, '0"万元"', "5"),
        (datetime.datetime(2025, 9, 1), "yyyy-mm-dd", "2025年9月1日"),
        (datetime.datetime(2025, 9, 1, 17, 30), "", "2025年9月1日 17:30"),
        (datetime.time(8, 30), "", "08:30"),
        (True, "", "是"),
        (" 存单 ", "", "存单"),
        (None, "", ""),
    ],
)
def test_values_as_shown(value, form, text):
    """Percents, thousands, decimals and days look as on the sheet."""
    assert shown(value, form) == text


def filled():
    """A workbook with a title over three columns."""
    book = Workbook()
    sheet = book.active
    sheet.title = "库存限额"
    for row in (["网点凭证库存限额"], ["种类", "上限", "比例"], ["存单", 300, 0.2], [None, None, None], ["借记卡", 500, 0.055]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet["C3"].number_format = "0%"
    return book, sheet


def test_sheet_as_table():
    """Rows and columns, the merged title, the header row; empty rows go."""
    book, _ = filled()

    document = read(saved(book))

    assert document.blocks[0].raw == "库存限额"
    assert cells(document) == [
        ("网点凭证库存限额", 0, 0, 1, 3),
        *((word, 1, at, 1, 1) for at, word in enumerate(("种类", "上限", "比例"))),
        *((word, 2, at, 1, 1) for at, word in enumerate(("存单", "300", "20%"))),
        *((word, 3, at, 1, 1) for at, word in enumerate(("借记卡", "500", "0.055"))),
    ]
    assert document.tables[0].header_rows == 2


def test_hidden_parts_are_left_out_and_said():
    """Hidden sheets, rows and columns are not read, and the user knows."""
    book, sheet = filled()
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    draft = book.create_sheet("草稿")
    draft["A1"], draft.sheet_state = "不应读到", "hidden"

    document = read(saved(book))

    text = "".join(block.raw for block in document.blocks)
    assert "借记卡" not in text and "20%" not in text and "不应读到" not in text
    assert [notice.code for notice in document.notices] == ["hidden_sheets", "hidden_cells"]
    assert "草稿" in document.notices[0].text


def test_one_column_is_prose():
    """A sheet used as a writing pad gives paragraphs."""
    book = Workbook()
    for line in ("关于核对现金的通知", "各网点应当核对现金。\n请于周五前反馈。"):
        book.active.append([line])

    assert [block.raw for block in read(saved(book)).blocks] == ["关于核对现金的通知", "各网点应当核对现金。", "请于周五前反馈。"]


def test_a_cell_in_the_last_row_costs_nothing():
    """A sheet of a million empty rows is read at once; a long one is cut and said."""
    book = Workbook()
    book.active["A1"], book.active["B1"], book.active["A1048576"] = "种类", "上限", "末行"
    assert [cell[0] for cell in cells(read(saved(book)))] == ["种类", "上限"]

    long = Workbook()
    for row in range(2100):
        long.active.append([f"第{row}行", row])
    document = read(saved(long))
    assert len(cells(document)) == 4000
    assert [notice.code for notice in document.notices] == ["cut"]


def test_forged_giant_cell():
    """A cell longer than Excel allows is refused at once, however often it is referred to."""
    book, _ = filled()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<t>&#23384;&#21333;</t>", b"<t>" + b"x" * 40_000 + b"</t>")

    with pytest.raises(TooMuch, match="单元格"):
        read(zipped(parts))


def test_old_workbook():
    """An xls gives the same table; its hidden sheet is said."""
    rows = [["网点凭证库存限额", None], ["种类", "上限"], ["存单", 300.0], ["比例", 0.25]]

    document = read(workbook(("库存限额", 0, rows, [(0, 0, 0, 1)]), ("草稿", 1, [["不应读到", "x"]], [])), "限额.xls")

    assert document.form == "xls"
    assert cells(document) == [
        ("网点凭证库存限额", 0, 0, 1, 2),
        ("种类", 1, 0, 1, 1),
        ("上限", 1, 1, 1, 1),
        ("存单", 2, 0, 1, 1),
        ("300", 2, 1, 1, 1),
        ("比例", 3, 0, 1, 1),
        ("0.25", 3, 1, 1, 1),
    ]
    assert [notice.code for notice in document.notices] == ["hidden_sheets"]


def test_refusals():
    """Empty and damaged workbooks have their sentences."""
    with pytest.raises(NoText):
        read(saved(Workbook()))
    with pytest.raises(Unreadable, match="Excel 表格打不开"):
        read(zipped({"xl/workbook.xml": "<x/>", "[Content_Types].xml": "<x/>"}))
    data = workbook(("限额", 0, [["存单", 1.0]], []))
    with pytest.raises(Unreadable, match="Excel 表格打不开"):
        read(data[:512] + b"\xff" * 200 + data[712:], "限额.xls")
