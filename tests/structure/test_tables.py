"""Tables: rows with their headers, merged cells carried down, forms left out, long cells read as text."""

from digest.model.document import Block, BlockKind, Cell, Document, Table
from digest.model.outline import Outline, SentenceKind
from digest.structure import build
from digest.zh import lexicon as lexicons
from tests.build import paragraphs_from, replace_fields, with_table

HEAD = "关于调整限额的通知\n各分行：\n一、限额标准见附表，各网点应当执行。\n附件1\n限额分级表"


def outline(document: Document) -> Outline:
    """The outline of a document."""
    return build(document, lexicons.load())


def rows(found: Outline) -> list[tuple[tuple[str, str], ...]]:
    """The cells of all rows."""
    return [sentence.cells for sentence in found.sentences if sentence.kind is SentenceKind.ROW]


def test_rows_carry_their_headers() -> None:
    """Each row is a sentence whose cells know their column; counters are left out."""
    found = outline(with_table(paragraphs_from(HEAD), [["序号", "级别", "日累计"], ["1", "甲级", "50万元"], ["2", "乙级", "1万元"]]))
    assert rows(found) == [(("级别", "甲级"), ("日累计", "50万元")), (("级别", "乙级"), ("日累计", "1万元"))]
    row = next(sentence for sentence in found.sentences if sentence.kind is SentenceKind.ROW)
    assert row.text == "甲级｜50万元"
    assert found.path_of(row.number) == "附件1"


def test_rows_point_at_their_cells() -> None:
    """A row's spans are its cells' characters; the bars point nowhere."""
    found = outline(with_table(paragraphs_from(HEAD), [["级别", "日累计"], ["甲级", "50万元"]]))
    row = next(sentence for sentence in found.sentences if sentence.kind is SentenceKind.ROW)
    words = [found.document.blocks[span.block].raw[span.start : span.end] for span in found.spans_of(row.number)]
    assert words == ["甲级", "50万元"]


def test_merged_cells_are_carried_down() -> None:
    """A cell over two rows stands in both."""
    plain = paragraphs_from(HEAD)
    cells = [("项目", 0, 0, 1), ("要点", 0, 1, 1), ("印章保管", 1, 0, 2), ("离岗是否上锁", 1, 1, 1), ("停用是否上缴", 2, 1, 1)]
    blocks = [
        Block(number=len(plain.blocks) + place, raw=raw, kind=BlockKind.CELL, cell=Cell(table=0, row=row, column=column, rows=down))
        for place, (raw, row, column, down) in enumerate(cells)
    ]
    document = replace_fields(plain, blocks=(*plain.blocks, *blocks), tables=(Table(number=0, rows=3, columns=2),))
    assert [row[0][1] for row in rows(outline(document))] == ["印章保管", "印章保管"]


def test_a_title_across_the_table_names_no_column() -> None:
    """The title stands over all columns and is no part of their names; grouped heads are."""
    plain = paragraphs_from(HEAD)
    texts = [("限额一览表", 0, 0, 1, 3), ("业务", 1, 0, 2, 1), ("限额", 1, 1, 1, 2), ("单笔", 2, 1, 1, 1), ("日累计", 2, 2, 1, 1)]
    texts += [("取现", 3, 0, 1, 1), ("5万元", 3, 1, 1, 1), ("20万元", 3, 2, 1, 1)]
    blocks = [
        Block(number=len(plain.blocks) + at, raw=raw, kind=BlockKind.CELL, cell=Cell(table=0, row=row, column=column, rows=rows, columns=columns))
        for at, (raw, row, column, rows, columns) in enumerate(texts)
    ]
    found = outline(replace_fields(plain, blocks=(*plain.blocks, *blocks), tables=(Table(number=0, rows=4, columns=3, header_rows=3),)))

    assert rows(found) == [(("业务", "取现"), ("限额单笔", "5万元"), ("限额日累计", "20万元"))]


def test_a_paper_that_is_all_table_keeps_its_first_row() -> None:
    """The first row is no title where nothing else is there."""
    found = outline(with_table(paragraphs_from(""), [["类别", "业务", "限额"], ["个人", "转账", "5万元"], ["单位", "转账", "50万元"]]))

    assert len(rows(found)) == 2


def test_forms_are_left_out() -> None:
    """A table that waits to be filled in gives no rows."""
    form = [["客户姓名", "", "证件号码", ""], ["申请限额", "", "有效期", "□长期"], ["经办柜员", "", "审批人", ""]]
    assert rows(outline(with_table(paragraphs_from(HEAD), form, header_rows=0))) == []


def test_headers_on_every_page() -> None:
    """A header row that comes again on the next page is no row."""
    table = [["级别", "日累计"], ["甲级", "50万元"], ["级别", "日累计"], ["乙级", "1万元"]]
    assert len(rows(outline(with_table(paragraphs_from(HEAD), table)))) == 2


STEPS = "1.取款20万元以上的，提前1个工作日预约。\n2.客户未预约的，经运营主管审批后即时办理，不得拒绝。\n3.5次预约未取的，须到柜面办理。"


def test_steps_in_a_cell() -> None:
    """A cell of steps is read step by step under the row's short cell; a decimal trap inside is seen through."""
    found = outline(with_table(paragraphs_from("操作规程\n三、操作流程\n按下表操作。"), [["环节", "操作要求"], ["一、预约受理", STEPS], ["二、核实", STEPS]]))
    texts = {found.path_of(sentence.number): sentence.text for sentence in found.sentences}
    assert texts["三、预约受理2."].startswith("客户未预约")
    assert texts["三、预约受理3."] == "5次预约未取的，须到柜面办理。"
    assert "三、核实1." in texts


def test_a_frame_around_text() -> None:
    """A table of one column is only a frame: its text is read as text."""
    found = outline(with_table(paragraphs_from(HEAD), [["各网点应当登记台账。"], ["不得代客操作。"]], header_rows=0))
    assert {"各网点应当登记台账。", "不得代客操作。"} <= {sentence.text for sentence in found.sentences if sentence.kind is SentenceKind.PLAIN}


def test_text_goes_on_behind_a_table() -> None:
    """A table between two paragraphs parts them, and stands between them."""
    before = with_table(paragraphs_from("一、各网点执行下表标准，\n"), [["级别", "限额"], ["甲级", "50万元"]])
    after = Block(number=len(before.blocks), raw="并按月核对。", kind=BlockKind.LINE)
    found = outline(replace_fields(before, blocks=(*before.blocks, after)))
    assert [sentence.kind for sentence in found.sentences].index(SentenceKind.ROW) == 1
