"""Text and Markdown: one block per line, blanks and pages kept as places, Markdown's signs off."""

from hypothesis import given, settings
from hypothesis import strategies as st

from digest import ingest
from digest.errors import DigestError
from digest.model.document import BlockKind
from digest.model.source import Source


def read(text, name="通知.txt"):
    """A text, through the door."""
    return ingest.read(Source(name=name, data=text if isinstance(text, bytes) else text.encode()))


def test_lines_and_gaps():
    """Each line is a block; a blank line makes a gap; line ends of every system count."""
    document = read("标题\r\n\r\n　　第一段，\r第二行。\u2028第三行\n")

    assert [(block.raw, block.gap_before) for block in document.blocks] == [("标题", False), ("　　第一段，", True), ("第二行。", False), ("第三行", False)]
    assert {block.kind for block in document.blocks} == {BlockKind.LINE}


def test_page_marks_are_furniture():
    """Marks such as --- 第 2 页 --- turn the page and are no text."""
    document = read("甲\n--- 第 2 页 ---\n乙\n\f丙")

    assert [(block.raw, block.page) for block in document.blocks if block.kind is BlockKind.LINE] == [("甲", 1), ("乙", 2), ("丙", 3)]


def test_markdown():
    """Headings keep their level, emphasis and links lose their signs, tables are tables."""
    text = "# 关于**核对**的通知\n\n- 一是[办法](http://x)要`双人`\n> 引用 \\*星\n\n| 事项 | 标准 |\n|---|:--:|\n| 现金 | 5\\|万元 |\n***\n尾"

    document = read(text, "通知.md")

    assert [block.raw for block in document.blocks] == ["关于核对的通知", "• 一是办法要双人", "引用 *星", "事项", "标准", "现金", "5|万元", "尾"]
    assert document.blocks[0].style.outline_level == 0
    assert (document.tables[0].rows, document.tables[0].columns) == (2, 2)
    assert document.form == "md"


def grid(document):
    """(row, column): text of the first table."""
    return {(block.cell.row, block.cell.column): block.raw for block in document.blocks if block.cell}


def test_rows_parted_by_tabs():
    """Rows pasted from a workbook are a table; one line with a tab is a line."""
    document = read("限额如下：\n事项\t标准\t期限\n现金\t5万元\t当日\n转账\t20万元\t\n\n联系人\t张三\n尾")

    assert grid(document)[(1, 1)] == "5万元"
    assert (document.tables[0].rows, document.tables[0].columns) == (3, 3)
    assert [block.raw for block in document.blocks if not block.cell] == ["限额如下：", "联系人\t张三", "尾"]


def test_tables_drawn_with_lines():
    """A box drawn with lines is a table; a row may take several lines."""
    text = "┌──┬───┐\n│事项│标准  │\n├──┼───┤\n│现金│5万元 │\n│    │（含）│\n└──┴───┘\n尾"

    document = read(text)

    assert grid(document) == {(0, 0): "事项", (0, 1): "标准", (1, 0): "现金", (1, 1): "5万元\n（含）"}
    assert document.blocks[-1].raw == "尾"


def test_tabbed_prose_is_no_table():
    """Numbered paragraphs with a tab behind their number are paragraphs."""
    lines = [
        f"{at}.\t各网点应当于每日营业终了前核对现金、重要空白凭证和业务印章，核对结果由运营主管签字确认并登记在册，发现不符的应当立即查明原因，并在两小时内报告管辖支行和分行运营管理部，不得隐瞒不报。"
        for at in (1, 2, 3)
    ]

    assert read("\n".join(lines)).tables == ()


def test_numbers_parted_by_tabs_are_no_table():
    """Short items whose number stands before a tab, as copied from a word processor, stay items."""
    text = "一、\t加强管理\n二、\t双人复核\n（三）\t按时报送\n4.\t登记在册"

    assert read(text).tables == ()


def test_stars_and_bars_of_plain_text_stay():
    """What is no Markdown is left alone: 秘密★, 5*3, a|b."""
    text = "秘密★1年\n3*4*5=60\na|b\nsnake_case_name"

    assert [block.raw for block in read(text, "x.md").blocks] == text.split("\n")


def test_damaged_bytes_are_told():
    """Bytes that fit nowhere are shown as such, with a notice."""
    document = read("各网点应当于每日营业终了前核对现金。".encode() + b"\xff\xff")

    assert [notice.code for notice in document.notices] == ["encoding"]


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(max_size=300), st.sampled_from(["a.txt", "a.md"]))
def test_nothing_escapes(text, name):
    """Any text gives blocks or one of our refusals."""
    try:
        document = read(text.encode("utf-8", "surrogatepass"), name)
    except DigestError:
        return
    assert all(block.number == number for number, block in enumerate(document.blocks))
