"""Rows of 记住这些数: where a limit's text is cut in two."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.sheet import Line
from digest.sheet.numbers import bare, bound_start, only_numbers, row_of

# what a standard is, said in one pattern; it takes exponential time
NUMBERS = re.compile(r"(?:[^0-9，。；：由的]{0,12}[0-9][0-9.,]*[^0-9，。；：、由的应须可]{0,9}[、和或至]?)+[。；]?")


@pytest.mark.parametrize(
    ("item", "standard"),
    [
        ("柜员尾箱日间存放的存单", "应当不超过50份"),
        ("单笔大额现金", "不可以超过5万元"),
        ("个人账户当日累计", "不准高于5万元"),
        ("新开账户的日累计", "限额可以调整至20万元"),
        ("监控录像", "至少保存90天"),
    ],
)
def test_a_bound_stays_with_its_figure(item, standard):
    """Whatever bounds, forbids or allows a figure stands in the figure's cell: a 不 left behind in the other would turn the row round."""
    figure = next(place for place, char in enumerate(item + standard) if char.isdigit())

    assert bound_start(item + standard, figure) == len(item)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("监控录像至少保存90天", ("监控录像", "至少保存90天")),
        ("交易记录保存期限不得少于5年，法律另有规定的除外", ("交易记录保存期限", "不得少于5年，法律另有规定的除外")),
        (
            "各网点可轮休，但每个县至少保留1家网点每日营业，单家连续停业不得超过3天",
            ("各网点可轮休，但每个县至少保留1家网点每日营业，单家连续停业不得超过3天", ""),
        ),
        ("移动终端加载卡片不得超过20张，每日营业终了随尾箱入库", ("移动终端加载卡片不得超过20张，每日营业终了随尾箱入库", "")),
    ],
)
def test_a_row_is_cut_only_between_a_name_and_its_number(text, cells):
    """A sentence is never torn at its number: it runs across both cells."""
    row = row_of(Line(number=1, text=text, source=text))

    assert row is not None and (row.item, row.standard) == cells


@pytest.mark.parametrize("text", ["柜面取款5万元（含）以上的，由运营主管现场核实资金来源", "双人会同开箱清点"])
def test_a_duty_is_no_number(text):
    """Somebody who shall do something is told so among the duties, whatever number stands there."""
    assert row_of(Line(number=1, text=text, source=text)) is None


SHORT = st.text("12.,、和万元应的由。；，一", max_size=9)
MANY = st.lists(st.sampled_from(("1", "2.", "，", "、", "和", "元", "应", "的", "元" * 8, "."))).map("".join)


@given(SHORT | MANY)
def test_numbers_are_told_as_by_the_pattern(text):
    """Cutting at the digits says the same as the pattern, of texts short enough for it."""
    text = text[:40] if sum(char in "12" for char in text) < 10 else text[:9]

    assert only_numbers(text) == (NUMBERS.fullmatch(text) is not None)


@pytest.mark.parametrize("text", ["1" * 40_000 + "的", "1." * 20_000 + "的", "1元" * 20_000 + "的", "1" + "." * 40_000 + "的"])
def test_no_text_takes_long(text):
    """A long run of digits is looked at once; the pattern would not come to an end."""
    assert not only_numbers(text)


def test_a_thousands_separator_cuts_no_number():
    """The comma in 10,000元 is a part of the number, not the end of a clause; one between two clauses still is."""
    assert bare("限额为10,000元")
    assert bare("不得超过1,250,000.00元")
    assert not bare("限额为10,每日500元须登记")
    row = row_of(Line(number=1, text="个人转账限额为10,000元", source="个人转账限额为10,000元"))
    assert row is not None and (row.item, row.standard) == ("个人转账", "限额为10,000元")
