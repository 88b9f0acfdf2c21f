"""前款 and 下列 never point to nothing: the article mark says where they lead."""

from digest.model.outline import Outline
from digest.sheet import pointers
from tests.build import outline_from

LAW = """某规定
第一章 总则
第三条 网点应当对下列名单逐日核对，发现一致的，应当立即报告并停止办理：
（一）总行发布的名单；
（二）监管部门发布的名单。
名单调整的，网点应当立即回溯核对，并按前款规定报告。
回溯核对发现问题的，依照前两款处理。
第四条 网点应当对下列客户名单逐日核对，并按照主管部门的要求及时采取停止办理的措施，同时登记核对的结果。
（一）总行发布的客户名单。
（二）监管部门发布的客户名单。
（三）前项名单以外的其他客户名单。
第五条 前款规定由总行解释。
"""


def told(found: Outline, words: str) -> str:
    """What is told of the unit with these words."""
    unit = next(unit for unit in found.units if any(words in found.sentences[number].text for number in unit.sentences))
    return pointers.resolved(found, (unit.number,))


def test_paragraphs_before() -> None:
    """前款 is the paragraph before, its list included; 前两款 are the two before."""
    found = outline_from(LAW)

    assert told(found, "名单调整的") == "〔前款即第一款〕"
    assert told(found, "回溯核对发现") == "〔前两款即第一至第二款〕"


def test_the_item_before() -> None:
    """前项 is the item before."""
    assert told(outline_from(LAW), "以外的其他") == "〔前项即（二）〕"


def test_a_list_that_is_not_printed_with_its_sentence() -> None:
    """下列 in the middle of a rule says where the list stands."""
    assert told(outline_from(LAW), "主管部门的要求") == "〔下列即（一）至（三）〕"


def test_what_leads_nowhere_or_nowhere_else_tells_nothing() -> None:
    """An article's first paragraph has none before it; a line that points to nothing has no more than its mark."""
    found = outline_from(LAW)

    assert told(found, "由总行解释") == ""
    assert told(found, "总行发布的客户名单") == ""


def test_for_whom_a_sentence_holds_that_is_printed_without_the_one_that_says_so() -> None:
    """A rule for one class of customers never reads as a rule for all: the mark names them in the paragraph's own words."""
    long = "网点应当逐户登记商户的名称、地址、联系人、联系电话、经营范围和最近三个月的收款笔数，并由运营主管复核签字后按季度装订成册。"
    found = outline_from(f"第一条 对E级商户，停止全部收款功能。{long}{long}当日结算款由网点负责人面谈后放行。")

    assert told(found, "停止全部收款") == ""
    assert told(found, "当日结算款") == "〔指E级商户〕"


def test_steps_say_for_which_case_they_are() -> None:
    """A step with a heading of its own, printed without the sentence that announces the steps, names their case."""
    found = outline_from(
        """某通知
一、办理要求
（一）客户申请增加额度的，网点应按下列流程办理：
1．受理。客户填写申请表，柜员当场核对证件。
2．审批。增加后额度10万元以下的，由运营主管审批。
"""
    )

    assert told(found, "运营主管审批") == "〔指客户申请增加额度的〕"
