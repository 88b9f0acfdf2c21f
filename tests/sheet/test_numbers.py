"""Rows of 记住这些数: where a limit's text is cut in two."""

import pytest

from digest.sheet.numbers import bound_start


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
