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
