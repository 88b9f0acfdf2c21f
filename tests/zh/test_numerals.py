"""Numerals: Chinese and Arabic in, numbers out."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.zh import numerals


@pytest.mark.parametrize(
    ("text", "number"),
    [("一百零五", 105), ("十二", 12), ("二十", 20), ("二〇二五", 2025), ("两千三百万", 23_000_000), ("一亿零五万", 100_050_000), ("３０", 30), ("5,000", 5000)],
)
def test_reads_numerals(text: str, number: int) -> None:
    """Spoken, digit-by-digit, full-width and grouped numerals are read."""
    assert numerals.to_int(text) == number


@pytest.mark.parametrize("text", ["", "元", "第一", "万", "3天"])
def test_refuses_what_is_no_numeral(text: str) -> None:
    """A text that is not one numeral gives None and no guess."""
    assert numerals.to_int(text) is None


@given(st.integers(min_value=0, max_value=99_999))
@settings(derandomize=True, deadline=None)
def test_speaks_and_reads_back(number: int) -> None:
    """What to_chinese says, to_int reads."""
    assert numerals.to_int(numerals.to_chinese(number)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [("5万", "50000"), ("1.5亿", "150000000"), ("五十万", "500000"), ("200,000", "200000"), ("3千万", "30000000"), ("0.5", "0.5")],
)
def test_reads_amounts(text: str, value: str) -> None:
    """Numbers with 千百万亿 behind them are multiplied out."""
    assert numerals.show(numerals.to_amount(text) or Decimal(-1)) == value


@pytest.mark.parametrize(("text", "value"), [("20%", "20"), ("5‰", "0.5"), ("百分之二十", "20"), ("百分之零点五", "0.5"), ("万分之五", "0.05")])
def test_reads_ratios(text: str, value: str) -> None:
    """Per cent, per mille and their spoken forms give a per cent value."""
    assert numerals.show(numerals.percent(text) or Decimal(-1)) == value


@pytest.mark.parametrize(
    ("number", "text"), [(10, "十"), (19, "十九"), (20, "二十"), (110, "一百一十"), (111, "一百一十一"), (1015, "一千零一十五"), (10010, "一万零一十")]
)
def test_tens_inside_a_number(number, text):
    """A ten inside a larger number is said 一十."""
    assert numerals.to_chinese(number) == text
