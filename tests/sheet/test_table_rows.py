"""Rows of the source's tables as statements and lists: no value without the column that it needs."""

import pytest
from msgspec.structs import replace

from digest import places, sheet
from digest.model.document import BlockKind, Cell
from digest.model.outline import Sentence, SentenceKind
from digest.model.ranking import Category
from digest.model.sheet import Line
from digest.sheet.table_rows import heads_of, list_of, number_row, stops, stops_of, text_of
from tests.sheet.understood import Said, understood

LIMITS = ("业务", "个人标准", "对公标准")


def row(heads, *values):
    """A table row as the reading of structure hands it over."""
    text = "｜".join(value for value in values if value)
    cells = tuple((head, value) for head, value in zip(heads, values, strict=True) if value)
    return Sentence(number=0, text=text, passage=0, start=0, end=len(text), node=0, kind=SentenceKind.ROW, cells=cells)


def test_values_that_change_places_are_not_the_same():
    """Two rows with the same two values in each other's column have nothing in common."""
    rows = [row(LIMITS, "现金预约", "5万元", "10万元"), row(LIMITS, "大额转账", "10万元", "5万元")]

    assert list_of(rows, "限额") == "限额：现金预约 个人标准 5万元，对公标准 10万元；大额转账 个人标准 10万元，对公标准 5万元"


def test_a_value_alike_in_one_column_is_said_once():
    """What a column says of every row stands in the head, even where another column of one row says it too."""
    heads = ("业务", "个人限额", "对公限额")
    rows = [row(heads, "现金预约", "5万元", "5万元"), row(heads, "大额转账", "10万元", "5万元")]

    assert list_of(rows, "") == "业务（对公限额 5万元）：现金预约 个人限额 5万元；大额转账 个人限额 10万元"


@pytest.mark.parametrize(
    ("heads", "values", "text"),
    [
        (LIMITS, ("现金预约", "5万元", "10万元"), "现金预约：个人标准 5万元，对公标准 10万元"),
        (LIMITS, ("现金预约", "", "10万元"), "现金预约：对公标准 10万元"),
        (("业务", "个人标准", "说明"), ("现金预约", "5万元", "提前一日"), "现金预约：5万元，提前一日"),
        (("业务", "标准", "对公标准"), ("现金预约", "5万元", "10万元"), "现金预约：5万元，对公标准 10万元"),
        (("业务", "原收费标准", "现收费标准"), ("挂失", "10元", "5元"), "挂失：10元 → 5元"),
        (("业务", "原收费标准", "现收费标准"), ("挂失", "", "5元"), "挂失：现收费标准 5元"),
    ],
)
def test_a_head_is_left_out_only_where_no_other_could_be_meant(heads, values, text):
    """Of two columns whose names end alike each value says its own; also where the row leaves the other one empty."""
    assert text_of(row(heads, *values), heads) == text


def test_a_row_of_nothing_but_its_number_is_no_item():
    """A row left empty behind its number adds nothing to the list, and does not bring it down."""
    heads = ("序号", "业务", "说明")
    rows = [row(heads, "1", "现金预约", "提前一日"), row(heads, "2", "", ""), row(heads, "3", "大额转账", "当面核实")]

    assert list_of(rows, "须知") == "须知：现金预约 提前一日；大额转账 当面核实"
    assert list_of(rows[:2], "须知") == "须知：现金预约 提前一日"
    assert list_of(rows[1:2] * 2, "须知") == "须知：2；2"


def test_a_row_knows_the_columns_that_it_leaves_empty():
    """The reading of structure drops empty cells: the other rows of the table tell which columns there are, those of another table do not."""
    said = (("现金预约", "5万元", "10万元"), ("大额转账", "", "20万元"), ("挂失", "5元", ""))
    outline, *_ = understood([Said(text="｜".join(values), cells=row(LIMITS, *values).cells) for values in said])
    cells = (Cell(table=0, row=1, column=0), Cell(table=0, row=2, column=0), Cell(table=1, row=1, column=0))
    blocks = tuple(replace(block, kind=BlockKind.CELL, cell=cell) for block, cell in zip(outline.document.blocks, cells, strict=True))
    rows = tuple(replace(sentence, node=0) for sentence in outline.sentences)
    outline = replace(outline, document=replace(outline.document, blocks=blocks), sentences=rows)

    assert text_of(rows[1], heads_of(outline, rows[1])) == "大额转账：对公标准 20万元"
    assert text_of(rows[2], heads_of(outline, rows[2])) == "挂失：5元"


HOLIDAY = ("业务", "5月1日至2日", "5月3日至5日", "手机银行")


def test_rows_that_stop_are_one_list_with_when_they_stop():
    """What stops is named with its days, what goes on is left out, equal cells are said once."""
    rows = [row(HOLIDAY, "外币汇款", "暂停", "暂停", "正常"), row(HOLIDAY, "开具证明", "暂停", "预约办理", "正常")]

    assert [stops(each) for each in (*rows, row(HOLIDAY, "存款", "正常", "正常", "正常"))] == [True, True, False]
    assert stops_of(rows, "假期安排") == "假期安排：外币汇款 5月1日至2日、5月3日至5日 暂停；开具证明 5月1日至2日 暂停，5月3日至5日 预约办理"


def test_steps_with_and_without_a_ban_are_one_list():
    """A step that also forbids something stands between its neighbours: two lists of one table's steps would be worked in the wrong order."""
    heads = ("步骤", "岗位", "要点")
    said = (("1.申领", "柜员", "提交领用申请"), ("2.领取", "主管", "当面核对号码，途中不得停留"), ("3.入库", "柜员", "逐包核对后登记"))
    texts = ["｜".join(values) for values in said]
    kinds = (Category.DO, Category.BAN, Category.DO)
    outline, *others = understood(
        [Said(text=text, cells=row(heads, *values).cells, category=kind) for text, values, kind in zip(texts, said, kinds, strict=True)]
    )
    cells = tuple(Cell(table=0, row=number, column=0) for number in (1, 2, 3))
    blocks = tuple(replace(block, kind=BlockKind.CELL, cell=cell) for block, cell in zip(outline.document.blocks, cells, strict=True))
    outline = replace(outline, document=replace(outline.document, blocks=blocks), sentences=tuple(replace(sentence, node=0) for sentence in outline.sentences))
    made, _ = sheet.fill(outline, *others, places.look("cards"))

    assert [line.text.count("核对") for line in made.lines] == [2]


def test_a_row_without_a_number_or_that_asks_is_no_number_to_remember():
    """印章使用｜是否预先盖章｜抽查 is an item of a check list: set as a number it leaves half a line empty and says nothing."""

    def told(*values):
        return number_row(Line(number=1, text="", source=""), row(("项目", "要点", "方式"), *values))

    assert told("用印", "是否预先盖章（每月不少于3日）", "抽查") is None
    assert told("用印", "登记齐全", "抽查") is None
    assert told("尾箱限额", "不超过5万元", "每日") is not None
