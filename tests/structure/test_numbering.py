"""Numbers at the head of a passage: every way of numbering, and what only looks like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model.outline import NodeKind
from digest.structure.numbering import display, read_auto_label, read_label


@pytest.mark.parametrize(
    ("text", "kind", "label", "number"),
    [
        ("第三编 分则", NodeKind.BOOK, "第三编", 3),
        ("第十二章 附则", NodeKind.CHAPTER, "第十二章", 12),
        ("第二节　领用", NodeKind.SECTION, "第二节", 2),
        ("第一百零三条 网点应当登记。", NodeKind.ARTICLE, "第一百零三条", 103),
        ("第八条金融机构不得代客户保管。", NodeKind.ARTICLE, "第八条", 8),
        ("第五条之一 新增内容。", NodeKind.ARTICLE, "第五条之一", 5),
        ("一、总体要求", NodeKind.H1, "一、", 1),
        ("十二、其他", NodeKind.H1, "十二、", 12),
        ("（三）核对证件；", NodeKind.H2, "（三）", 3),
        ("(三)核对证件；", NodeKind.H2, "（三）", 3),
        ("（一）与客户建立关系的；", NodeKind.H2, "（一）", 1),
        ("（一）中国人民银行分支机构应当检查。", NodeKind.H2, "（一）", 1),
        ("1.登记要素。", NodeKind.H3, "1.", 1),
        ("2、逐张清点。", NodeKind.H3, "2、", 2),
        ("（4）布放位置。", NodeKind.H4, "（4）", 4),
        ("③双人复核", NodeKind.H5, "③", 3),
        ("2）打印", NodeKind.H5, "2）", 2),
        ("b) 打印", NodeKind.H5, "b)", 2),
        ("●微笑服务", NodeKind.H5, "", 0),
        ("3.2.1 现场流程", NodeKind.H3, "3.2.1", 1),
        ("1.2 适用范围", NodeKind.H2, "1.2", 2),
        ("一是核对户名；", NodeKind.INLINE, "一是", 1),
        ("第二步，联系客户；", NodeKind.INLINE, "第二步，", 2),
        ("附件2", NodeKind.ANNEX, "附件2", 2),
        ("附 件 1", NodeKind.ANNEX, "附件1", 1),
    ],
)
def test_labels(text: str, kind: NodeKind, label: str, number: int) -> None:
    """Each way of numbering gives its level, its label as displayed and its number."""
    found = read_label(text)
    assert found is not None
    assert (found.kind, found.text, found.ordinal) == (kind, label, number)


@pytest.mark.parametrize(
    "text",
    [
        "第十二条规定的网点应当停业。",
        "第五条和第六条所称客户，是指本行客户。",
        "第三条第一款的情形除外。",
        "（一）项所列材料应当留存。",
        "（二）、（三）目规定的材料。",
        "1.5%的手续费由客户承担。",
        "2.0时代的网点服务。",
        "2025年10月1日起执行。",
        "10月9日到账。",
        "一般客户应当预约。",
        "附件所列网点停业。",
        "—2024年",
    ],
)
def test_no_labels(text: str) -> None:
    """Cross references, decimals, dates and plain words are no numbers."""
    assert read_label(text) is None


def test_automatic_numbers_win() -> None:
    """The number that the word processor shows is read without eating text; an unknown sign is a bullet."""
    assert read_auto_label("（二）").kind is NodeKind.H2
    assert read_auto_label("第四条").ordinal == 4
    assert read_auto_label("（二）").end == 0
    assert read_auto_label("\uf0b7").text == ""


@given(st.text(alphabet="第一二三十百条章节（）()、.1234567890①②●-是，。 网点应当", max_size=20))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_labels_lose_no_characters(text: str) -> None:
    """Label and rest together are the text again: numbering never swallows or invents a character."""
    found = read_label(text)
    if found is None:
        return
    head = text[: found.end]
    assert found.text in ("", display(head))
    assert head + text[found.end :] == text
