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


def test_an_article_with_two_lists() -> None:
    """（一） of an article that holds two lists says of which paragraph it is; of one list the article is enough."""
    two = outline_from(
        "第一条 有下列情形之一的，网点应当核对：\n（一）新开账户；\n（二）变更印鉴。\n核对时应当采取下列措施：\n（一）查验证件；\n（二）电话回访。"
    )
    one = outline_from("第一条 有下列情形之一的，网点应当核对：\n（一）新开账户；\n（二）变更印鉴。")

    def mark(found: Outline, words: str) -> str:
        unit = next(unit for unit in found.units if words in found.sentences[unit.sentences[0]].text)
        return pointers.with_paragraph(found, unit, found.path_of(unit.sentences[0]))

    assert mark(two, "电话回访") == "第一条第二款（二）"
    assert mark(two, "新开账户") == "第一条第一款（一）"
    assert mark(one, "新开账户") == "第一条（一）"


def test_a_rule_printed_without_its_exception_or_beside_another_articles() -> None:
    """A rule alone says that it has an exception, and a number for what else it holds, in the paper's own words."""
    text = (
        "第一条 网点应当在开户时核实客户身份。对于难以中断的正常业务，在风险可控的情况下，网点可以在开户后尽快完成核实。\n"
        "第二条 网点为客户办理跨境汇款5000元以上的，应当核实汇款人信息。\n"
        "第三条 网点为客户办理同城汇款的，应当参照执行本办法第二条的要求。\n"
    )
    found = outline_from(text)

    assert told(found, "在开户时") == "〔另有例外〕"
    assert told(found, "5000元") == "〔办理同城汇款的参照执行〕"
    assert told(found, "同城汇款") == ""


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
