"""The numbering tree: levels as they come, paths as the manager cites them."""

import pytest

from digest.model.outline import NodeKind
from tests.build import outline_from


def path_of(text: str, words: str) -> str:
    """The path of the sentence that holds the words."""
    found = outline_from(text)
    return next(found.path_of(sentence.number) for sentence in found.sentences if words in sentence.text)


NOTICE = """一、总体要求
（一）加强管理。各行应当重视。
1.建立台账并逐日登记。
（1）登记户名。
①核对证件。
2.按月核对余额。
二、工作要求
1.双人复核每笔业务。
（1）留存影像资料。"""

REGULATION = """第一章 总则
第一条 本办法适用于全部网点。
第二章 领用
第一节 申请
第二条 网点应当办理下列手续：
（一）填写申请；
（二）双人领取：
1.核对封签；
2.清点数量；
（三）登记入库。
领取后应当日登记台账，不得隔日。
第三条 本办法自印发之日起施行。"""


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("各行应当重视", "一、（一）"),
        ("逐日登记", "一、（一）1."),
        ("登记户名", "一、（一）1.（1）"),
        ("核对证件", "一、（一）1.（1）①"),
        ("按月核对", "一、（一）2."),
        ("双人复核", "二、1."),
        ("留存影像", "二、1.（1）"),
    ],
)
def test_paths_of_a_notice(words: str, path: str) -> None:
    """一、（一）1.（1）① nest, and a level may be skipped."""
    assert path_of(NOTICE, words) == path


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("适用于全部网点", "第一条"),
        ("填写申请", "第二条（一）"),
        ("清点数量", "第二条（二）2."),
        ("登记入库", "第二条（三）"),
        ("不得隔日", "第二条"),
        ("印发之日", "第三条"),
    ],
)
def test_paths_of_a_regulation(words: str, path: str) -> None:
    """Chapters are not cited with an article; a paragraph behind the items belongs to the article again (款)."""
    assert path_of(REGULATION, words) == path


def test_sections_above_articles() -> None:
    """In judicial interpretations 一、 stands above 第一条."""
    text = "一、受理和管辖\n第一条 人民法院应当受理。\n第二条 由被告住所地管辖。\n二、保全\n第三条 可以采取保全。"
    assert path_of(text, "采取保全") == "第三条"
    found = outline_from(text)
    articles = [node for node in found.nodes if node.kind is NodeKind.ARTICLE]
    assert found.nodes[articles[2].parent or 0].label == "二、"


def test_annexes_have_trees_of_their_own() -> None:
    """Numbers begin anew in each annex and carry its name."""
    letter = "关于印发办法的通知\n各分行：\n一、各行应当执行本办法。\n附件：1.办法\n2.登记表\n示例银行\n2025年9月1日\n"
    text = letter + "附件1\n办法\n第一条 网点应当登记。\n附件2\n登记表\n一、网点逐项填写本表。"
    assert path_of(text, "执行本办法") == "一、"
    assert path_of(text, "应当登记") == "附件1 第一条"
    assert path_of(text, "逐项填写") == "附件2 一、"


def test_item_of_several_paragraphs() -> None:
    """A paragraph between two items belongs to the item before it."""
    text = "第七条 符合下列条件的，可以不报告：\n（一）定期存款到期后续存的。\n活期存款转为定期存款的。\n（二）自然人实盘外汇买卖的。"
    assert path_of(text, "活期存款") == "第七条（一）"


def test_decimal_numbers_are_cited_alone() -> None:
    """3.2.1 is cited as it stands; an item below it is parted by a blank."""
    text = "第三章 巡检\n3.2 巡检流程\n3.2.1 现场流程\n1. 巡检人员出示证件。\n2. 填写巡检记录。"
    assert path_of(text, "出示证件") == "3.2.1 1."


def test_signature_stands_outside() -> None:
    """Signature and list of annexes are not part of the last section."""
    text = "关于加强管理的通知\n各分行：\n一、各行应当执行。\n附件：登记表\n示例银行\n2025年9月1日"
    assert path_of(text, "示例银行") == ""
    assert path_of(text, "附件：登记表") == ""


def test_automatic_numbers() -> None:
    """Numbers of the word processor make the same tree as typed ones."""
    text = "一、\t总体要求\n（一）\t适用范围。本规程适用于网点。\n（二）\t金额标准。单笔五万元以上的应当登记。"
    assert path_of(text, "应当登记") == "一、（二）"
