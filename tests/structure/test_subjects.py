"""Who must act: a condition's own verb never gives the duty's subject away."""

import pytest

from tests.build import outline_from


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("检查组开展检查时，需要被查网点提供台账的，支行应当予以协助。", "支行"),
        ("柜员不能确认客户身份的，运营主管应当当场核实。", "运营主管"),
        ("柜员发现假币，应当当面收缴。", "柜员"),
    ],
)
def test_a_condition_names_no_duty(text, expected):
    """In 需要…配合的，甲应当配合 the duty is 甲's; without a condition the first verb counts as ever."""
    assert outline_from(text).sentences[0].subject == expected
