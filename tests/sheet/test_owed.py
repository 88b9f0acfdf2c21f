"""What falls due once, is lost when a day is missed, or stops in a case; and what gives way to it."""

import pytest

from digest import compress, pipeline, places
from digest.model.profile import Profile
from digest.model.source import Source
from digest.pipeline import Made, Rules
from digest.sheet import owed
from digest.sheet.pool import Pool, pool_of
from digest.zh import lexicon

RULES = Rules(lexicon=lexicon.load(), profile=Profile())
HEAD = "示例银行关于凭证的通知\n示银运管〔2026〕12号\n各支行：\n"
TAIL = "示例银行\n2026年3月2日\n"
LONG = "凭证业务办理完毕后逐笔核对凭证要素并换人复核签章后再交给客户确认"
NAMES = [one + other for one in "甲乙丙丁戊己庚" for other in "子丑寅卯辰巳午未申"][:60]
DUTIES = "".join(f"{number}. 柜员应当在{name}{LONG}。\n" for number, name in enumerate(NAMES, start=1))


def pool(*lines: str) -> Pool:
    """The candidates of a paper with these lines."""
    it = pipeline.understand(Source(name="样例.txt", data=(HEAD + "\n".join(lines) + "\n" + TAIL).encode()), RULES)
    return pool_of(it.outline, it.facts, it.ranking, compress.shorten(it.outline, it.facts, it.ranking.order), look=places.look("cards"))


def made(text: str) -> Made:
    """The sheet of a paper with this body."""
    return pipeline.compose(pipeline.understand(Source(name="样例.txt", data=(HEAD + text + TAIL).encode()), RULES), places.look("cards"))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("各网点应当自本通知印发之日起6个月内完成全部存量单位账户的凭证核对。", True),
        ("凭证更换申请截止时间为2026年5月15日，逾期未申请的视为放弃。", True),
        ("凭证更换申请受理时间为2026年5月15日，由柜员受理。", False),
        ("客户逾期未取的，预约自动取消。", False),
        ("网点应当自停用之日起10个工作日内上缴停用凭证。", False),
    ],
)
def test_what_comes_once_is_known_by_its_day(text: str, term: bool) -> None:
    """A day counted from the paper's own, or after which something is lost, comes once; what each case begins anew does not."""
    found = pool(f"一、{text}", "二、柜员应当每日核对凭证。")

    assert owed.is_term(found, min(found.candidates)) is term


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("凭证要素不一致的，暂停办理，报运营主管处理。", True),
        ("客户拒绝核验的，柜员应当暂缓办理。", True),
        ("停用凭证，柜员应当自停用之日起上缴。", False),
        ("凭证要素不一致的，报运营主管处理。", False),
    ],
)
def test_what_stops_in_a_case_is_a_ban_in_other_words(text: str, stop: bool) -> None:
    """暂停办理 with its case is looked after as a ban is; the name of what is out of use stops nothing."""
    found = pool(f"一、{text}", "二、柜员应当每日核对凭证。")

    assert owed.is_stop(found, min(found.candidates)) is stop


def test_the_transition_wins_over_lines_without_a_day() -> None:
    """On a full page what must be done once by a day of the paper's own is printed, and its day is on the time line, told to be worked out."""
    sheet = made(DUTIES + "61. 各网点应当自本通知印发之日起6个月内完成全部存量单位账户的凭证核对。\n").sheet

    assert any("6个月内完成" in line.text for line in sheet.lines)
    assert [each.computed for each in sheet.milestones if each.day == "2026-09-02"] == [True]


def test_the_day_after_which_something_is_lost_is_on_the_time_line() -> None:
    """Who misses the day loses what the paper names before it, and the time line says so."""
    sheet = made("一、柜员应当每日核对凭证。\n二、凭证更换申请截止时间为2026年5月15日，逾期未申请的视为放弃。\n三、各网点应于4月1日前张贴公告。\n").sheet

    assert [each.label.partition("·")[0] for each in sheet.milestones if each.day == "2026-05-15"] == ["凭证更换申请截止"]


def test_what_one_may_do_is_light() -> None:
    """What a customer may do gives way first; a duty of ours in his case does not."""
    found = pool("一、客户可通过手机银行申请更换凭证。", "二、客户销户时，柜员应当收回全部凭证。")

    assert [owed.is_light(found, unit) for unit in sorted(found.candidates)] == [True, False]
