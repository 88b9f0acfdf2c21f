"""For whom a paragraph's later sentence holds is said by an earlier one; what relaxes a rule is known by its words."""

import pytest

from digest.zh import scope

SET = [
    ("对E级商户，停止全部收款功能。", "E级商户"),
    ("连续2年未使用且无余额的存单，转为封存户。", "连续2年未使用且无余额的存单"),
    ("70周岁以上客户，优先叫号。", "70周岁以上客户"),
    ("对照清单，逐项自查。", ""),
    ("柜员应当核对印鉴。", ""),
]


@pytest.mark.parametrize(("text", "words"), SET)
def test_a_sentence_that_says_for_whom_it_holds(text: str, words: str) -> None:
    """The words are a piece of the sentence, never others."""
    assert scope.set_by(text) == words
    assert words in text


def test_a_later_sentence_takes_the_scope_of_the_nearest_before_it() -> None:
    """What stands between and says nothing of its own does not end it; what does say so ends it."""
    opener, plain, other = "对E级商户，停止收款。", "当日结算款由网点负责人放行。", "各网点应于6月1日前完成分级。"

    assert scope.inherited([opener, plain, "应当场登记。"]) == (0, "E级商户")
    assert scope.inherited([opener, other, "应当场登记。"]) is None
    assert scope.inherited([opener]) is None


def test_what_relaxes_a_rule_and_which() -> None:
    """可先…后通知 relaxes what is said of 通知."""
    assert scope.relaxes("公安机关来函要求的，可先变更后通知。")
    assert scope.relaxed("公安机关来函要求的，可先变更后通知。") == "通知"
    assert not scope.relaxes("柜员应当核对印鉴。")


HALVES = [
    (["符合特征两项以上的，主管应报警；", "民警到场前，不得调额。"], (0, "符合特征两项以上的")),  # it only says when
    (["客户转账后反映被骗的，应对收款账户止付；", "收款账户为他行的，告知客户报案。"], (0, "客户转账后反映被骗的")),  # what it speaks of stands before
    (["受理代理申请的，须核验委托书；", "无委托书的，不得透露信息。"], (0, "受理代理申请的")),
    (["现场核查时，人员不得少于二人；", "人员少于二人的，网点有权拒绝。"], (0, "现场核查时")),
    (["发生冒领，客户请求赔偿的，予以支持；", "银行请求客户偿还的，不予支持。"], (0, "发生冒领")),
    (["对履职中获得的客户信息，应当保密；", "非依法律规定，不得提供。"], (0, "履职中获得的客户信息")),
    (["取款10万元以上的，询问用途；", "存款10万元以上的，询问来源。"], None),  # a case beside it
    (["在与客户订立合同时，应当登记；", "在客户开箱时，应当陪同。"], None),  # another moment
    (["老年客户持存折的，不得要求换卡；", "代发户由卡换折的，免收工本费。"], None),  # of another matter
    (["柜员应当核对印鉴；", "不符的，不得签退。"], None),  # no case to keep
    (["发现假币的，应当收缴。", "民警到场前，不得离柜。"], None),  # another sentence
    (["发现假币的，应当收缴；", "各网点应当登记。"], None),  # no case of its own: who acts is named
]


@pytest.mark.parametrize(("texts", "found"), HALVES)
def test_a_half_behind_a_semicolon_keeps_the_case_of_its_sentence(texts: list[str], found: tuple[int, str] | None) -> None:
    """What goes on with the matter of 符合…的 holds in that case alone; a case side by side with it does not."""
    assert scope.inherited(texts) == found


def test_two_moments_of_one_matter() -> None:
    """在订立合同时 and 在领取时 are moments of one matter; a case is none."""
    assert scope.beside("在办理领取时，应当核实。", "公司在与客户订立合同时，应当登记；")
    assert not scope.beside("金额较大的，应当核实。", "公司在与客户订立合同时，应当登记；")


def test_what_is_told_in_another_article() -> None:
    """What is done after an article's rules is told with that article; a case told in another article is none by itself; 其他 catches the rest."""
    assert scope.follows("网点为客户办理同城汇款的，应当参照执行本办法第十二条的要求。") == ("办理同城汇款的", "第十二条")
    assert scope.follows("网点应当核对印鉴。") == ("", "")
    assert scope.cites("不符合本办法第十二条要求的，网点不得办理。")
    assert not scope.cites("网点违反本办法第十二条的，责令改正。")
    assert scope.catches_rest("总行规定的其他情形。")
    assert not scope.catches_rest("证件过期。")
