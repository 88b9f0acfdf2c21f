"""Automatic numbers come out as Word displays them, and are counted as Word counts them."""

import pytest

from digest.ingest.read_docx_numbering import show
from tests.ingest.make_docx import abstract, cell, level, num, para, read_body, row, shown, table

REGULATION = abstract(0, level(0, "chineseCountingThousand", "第%1章"), level(1, "chineseCountingThousand", "第%2条"), level(2, "chineseCounting", "（%3）"))
NOTICE = abstract(
    0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3."), level(3, "decimalEnclosedCircle", "%4")
)


def style(key, inside="", based="", name=""):
    """A paragraph style."""
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name or key}"/>{base}<w:pPr>{inside}</w:pPr></w:style>'


def test_levels_of_a_notice():
    """一、（一）1.① count below each other and restart under a new parent."""
    depths = (0, 1, 1, 2, 2, 3, 1, 2, 0, 1)
    body = "".join(para("甲", num=(1, depth)) for depth in depths)

    document = read_body(body, numbering=NOTICE + num(1, 0))

    assert [block.label for block in document.blocks] == ["一、", "（一）", "（二）", "1.", "2.", "①", "（三）", "1.", "二、", "（一）"]
    assert [block.label_level for block in document.blocks] == list(depths)
    assert all(block.raw == "甲" for block in document.blocks)


def test_articles_run_on_over_chapters():
    """With lvlRestart=0 第三条 follows 第二条 into the next chapter."""
    rules = abstract(
        0,
        level(0, "chineseCounting", "第%1章"),
        level(1, "chineseCounting", "第%2条", extra='<w:lvlRestart w:val="0"/>'),
        level(2, "chineseCounting", "（%3）"),
    )
    body = "".join(para("甲", num=(1, depth)) for depth in (0, 1, 1, 0, 1, 2, 1, 2))

    document = read_body(body, numbering=rules + num(1, 0))

    assert [block.label for block in document.blocks] == ["第一章", "第一条", "第二条", "第二章", "第三条", "（一）", "第四条", "（一）"]


def test_restart_only_after_a_named_level():
    """The value 1 of lvlRestart restarts only after the first level."""
    rules = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "[%3]", extra='<w:lvlRestart w:val="1"/>'))
    body = "".join(para("甲", num=(1, depth)) for depth in (0, 1, 2, 1, 2, 0, 2))

    document = read_body(body, numbering=rules + num(1, 0))

    assert [block.label for block in document.blocks] == ["1", "1.1", "[1]", "1.2", "[2]", "2", "[1]"]


def test_two_lists_share_counters_and_override_starts():
    """Counters belong to the abstract list; startOverride acts once, on the first use of its list."""
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = NOTICE + num(1, 0) + num(2, 0) + num(3, 0, override)
    body = "".join(para("甲", num=(key, 0)) for key in (1, 2, 1, 3, 3, 1))

    document = read_body(body, numbering=numbering)

    assert [block.label for block in document.blocks] == ["一、", "二、", "三、", "一、", "二、", "三、"]


def test_list_and_level_inherit_apart():
    """The list may come from one style and the level from the style based on it (GB/T templates)."""
    styles = style("base", '<w:numPr><w:numId w:val="1"/></w:numPr>') + style("second", '<w:numPr><w:ilvl w:val="1"/></w:numPr>', based="base")
    body = para("总则", style="base") + para("目的", style="second") + para("依据", style="second")

    document = read_body(body, numbering=REGULATION + num(1, 0), styles=styles)

    assert shown(document) == ["第一章总则", "第一条目的", "第二条依据"]


def test_level_named_by_its_style():
    """Where no style says a level, the level that names the style counts."""
    rules = abstract(0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）", extra='<w:pStyle w:val="item"/>'))
    styles = style("item", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    body = para("甲", num=(1, 0)) + para("乙", style="item") + para("丙", style="item")

    assert shown(read_body(body, numbering=rules + num(1, 0), styles=styles)) == ["一、甲", "（一）乙", "（二）丙"]


def test_number_zero_switches_numbers_off():
    """The paragraph's own numId 0 wins over its style's list."""
    styles = style("item", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    body = para("甲", style="item") + para("无号", style="item", num=(0, None)) + para("乙", style="item")

    assert shown(read_body(body, numbering=NOTICE + num(1, 0), styles=styles)) == ["一、甲", "无号", "二、乙"]


def test_list_style_link():
    """An abstract list that only links to a list style counts with that style's list."""
    styles = '<w:style w:type="numbering" w:styleId="gongwen"><w:name w:val="公文"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    numbering = NOTICE + abstract(5, extra='<w:numStyleLink w:val="gongwen"/>') + num(1, 0) + num(2, 5)

    assert shown(read_body(para("甲", num=(2, 0)) + para("乙", num=(2, 1)), numbering=numbering, styles=styles)) == ["一、甲", "（一）乙"]


def test_legal_numbers_show_every_level_in_figures():
    """A level marked isLgl shows the chapter as 1 and not as 一."""
    rules = abstract(0, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", extra="<w:isLgl/>"))

    assert shown(read_body(para("甲", num=(1, 0)) + para("乙", num=(1, 1)), numbering=rules + num(1, 0))) == ["第一章甲", "1.1乙"]


def test_empty_and_hidden_paragraphs():
    """An empty numbered paragraph takes its number; one that was tracked away takes none."""
    gone = '<w:del w:id="2"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    lost = f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{gone}</w:p>'
    body = para("甲", num=(1, 0)) + para("", num=(1, 0)) + lost + para("乙", num=(1, 0))

    document = read_body(body, numbering=NOTICE + num(1, 0))

    assert shown(document) == ["一、甲", "三、乙"]


def test_numbers_in_tables_and_controls():
    """Tables and content controls count along with the body; in a cell the number stands in the text."""
    inside = f"<w:sdt><w:sdtContent>{para('乙', num=(1, 0))}</w:sdtContent></w:sdt>"
    grid = table(row("项目", "要求"), row("保管", cell(para("丙", num=(1, 0)) + para("丁", num=(1, 0)))))

    document = read_body(para("甲", num=(1, 0)) + inside + grid + para("戊", num=(1, 0)), numbering=NOTICE + num(1, 0))

    assert shown(document) == ["一、甲", "二、乙", "项目", "要求", "保管", "三、丙\n四、丁", "五、戊"]


def test_bullets_and_unknown_lists():
    """A bullet is a bullet whatever its private sign; a list that is not defined gives no number."""
    rules = abstract(0, level(0, "bullet", "\uf0b7"))

    assert shown(read_body(para("甲", num=(1, 0)) + para("乙", num=(9, 0)), numbering=rules + num(1, 0))) == ["•甲", "乙"]


def test_levels_of_its_own():
    """A num may bring a whole level of its own."""
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "附%1：", start=3)}</w:lvlOverride>'

    assert shown(read_body(para("甲", num=(2, 0)), numbering=NOTICE + num(2, 0, own))) == ["附3：甲"]


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("taiwaneseCountingThousand", 110, "一百一十"),
        ("ideographDigital", 12, "一二"),
        ("japaneseDigitalTenThousand", 10, "一〇"),
        ("chineseLegalSimplified", 23, "贰拾叁"),
        ("decimal", 7, "7"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("decimalEnclosedFullstop", 3, "⒊"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 2, "B"),
        ("lowerRoman", 4, "iv"),
        ("upperRoman", 19, "XIX"),
        ("ideographTraditional", 11, "甲"),
        ("ideographEnclosedCircle", 2, "㊁"),
        ("none", 4, ""),
        ("somethingNew", 4, "4"),
        ("chineseCounting", 0, "0"),
    ],
)
def test_number_formats(form, number, text):
    """Each of Word's formats shows a number in its own signs."""
    assert show(form, number) == text
