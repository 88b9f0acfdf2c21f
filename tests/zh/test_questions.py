"""Check questions: made of the line's own words, answers as well."""

import pytest

from digest.zh import questions


def test_figure_is_blanked_out() -> None:
    """The figure goes into the answer, the bound stays in the question."""
    (asked,) = questions.ask("柜面取款5万元（含）以上的，由运营主管核实资金来源")

    assert asked == questions.Asked(kind="number", question="柜面取款＿＿（含）以上的，由运营主管核实资金来源", answer="5万元")


def test_ban_becomes_may_one() -> None:
    """A plain ban is asked as 可以…吗, and the answer quotes the ban."""
    (asked,) = questions.ask("柜员不得代客户保管存单。")

    assert (asked.question, asked.answer) == ("柜员可以代客户保管存单吗？", "不可以：不得代客户保管存单")


def test_ban_is_asked_with_its_condition() -> None:
    """Out of a long sentence the ban comes with its condition and its subject, and without the rest."""
    text = "发现客户涉嫌出借账户的，柜员不得当场向客户透露判断依据，应以核实信息为由暂缓办理，并于当日营业终了前通过反洗钱系统提交可疑线索，由专员甄别。"
    (asked,) = [asked for asked in questions.ask(text) if asked.kind == "ban"]

    assert asked.question == "发现客户涉嫌出借账户的，柜员可以当场向客户透露判断依据吗？"


def test_exception_is_asked_with_its_rule() -> None:
    """The exception's case is blanked out in a line that still says the rule."""
    first = questions.ask("管理员盾和操作员盾不得由同一人领取；法定代表人亲自领取的除外。")[0]

    assert (first.kind, first.answer) == ("exception", "法定代表人亲自领取")
    assert first.question.startswith("管理员盾和操作员盾不得由同一人领取")


@pytest.mark.parametrize(
    "text",
    [
        "公安机关认定的惩戒人员，5年内暂停其非柜面业务，3年内不得新开账户",  # who is meant would be lost
        "未经批准不得办理",  # two negations: the answer would be unsure
        "不得超过",
        "严禁有下列行为：",
        "柜员应当核对印鉴",
        "不得有其他行为，但客户本人办理的除外",
    ],
)
def test_nothing_is_forced(text: str) -> None:
    """Where no question is safe, no ban question is asked."""
    assert [asked for asked in questions.ask(text) if asked.kind == "ban"] == []


@pytest.mark.parametrize("text", ["凭证遗失的，应当在1小时内报告管辖行运营管理部", "严禁代客户点击按钮", "登记簿保管期限为5年"])
def test_answers_are_the_lines_own_words(text: str) -> None:
    """Question and answer hold nothing but the line's words and the asking."""
    for asked in questions.ask(text):
        assert asked.answer.removeprefix("不可以：") in text
        assert asked.question.replace(questions.BLANK, asked.answer) == text or asked.question.endswith("吗？")


def test_half_a_rule_is_not_asked_for() -> None:
    """且超限留存不得… says only half without the clause before it."""
    assert not [asked for asked in questions.ask("经批准后方可留存，且超限留存不得连续超过核定天数") if asked.kind == "ban"]
