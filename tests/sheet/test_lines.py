"""What stands beside a line: its article, with the heading that says of what it speaks."""

from digest import pipeline, places
from digest.model.profile import Profile
from digest.model.source import Source
from digest.pipeline import Rules
from digest.zh import lexicon

PAPER = """关于开展缴存有礼活动的通知
示银零售〔2026〕57号
各支行：
一、活动时间
2026年4月1日至2026年6月30日，客户经理应当每周登记参加客户。
二、活动对象
年满16周岁的个人客户，且在我行开立资金账户，已领取的客户不得参加。
三、登记要求
网点应当逐户登记客户的参加意愿。
四、生效
本通知自2026年4月1日起执行。
示例银行零售部
2026年3月2日
"""


def test_a_line_without_a_duty_names_its_heading() -> None:
    """年满16周岁的个人客户 says nothing without 活动对象; a duty says enough by itself."""
    known = pipeline.understand(Source(name="样例.txt", data=PAPER.encode()), Rules(lexicon=lexicon.load(), profile=Profile()))
    made = pipeline.compose(known, places.look("cards")).sheet
    marks = {line.text[:6]: line.mark for line in made.lines}

    assert next(mark for begin, mark in marks.items() if begin.startswith("年满")) == "二、活动对象"
    assert next(mark for begin, mark in marks.items() if begin.startswith("网点应当")) == "三、"


def test_what_begins_with_a_window_is_not_told_twice() -> None:
    """4月1日 as the day from which the paper holds adds nothing beside 4月1日至6月30日."""
    known = pipeline.understand(Source(name="样例.txt", data=PAPER.encode()), Rules(lexicon=lexicon.load(), profile=Profile()))
    made = pipeline.compose(known, places.look("cards")).sheet

    assert [each.end for each in made.milestones if each.day == "2026-04-01"] == ["2026-06-30"]
