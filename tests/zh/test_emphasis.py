"""Bold type: negations and figures, short and sparse."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.zh import emphasis

SIGNS = st.text(alphabet="不得超过严禁0123456789万元日内年月应于（含）以上，。客户核对", max_size=80)


def bold(*lines: str, share: float = emphasis.SHARE) -> list[list[str]]:
    """The words set bold in each line."""
    return [[line[start:end] for start, end in ranges] for line, ranges in zip(lines, emphasis.choose(lines, share), strict=True)]


def test_figures_keep_unit_and_bound() -> None:
    """A figure is set bold with its unit and its bound, a limit's 不得 with its figure."""
    assert bold("单笔5万元（含）以上须核验", share=1) == [["5万元（含）以上"]]
    assert bold("借记卡不得超过45天", share=1) == [["不得超过45天"]]


def test_negations_come_first() -> None:
    """Where there is room for little, the ban is set bold and not the figure."""
    assert bold("柜员不得代客户办理，2小时内报告管辖行" + "其他内容" * 3, share=0.08) == [["不得"]]


def test_long_dates_lose_their_year() -> None:
    """No place is longer than ten characters."""
    assert bold("2025年10月17日17:00前报送", share=1) == [["10月17日", "17:00前"]]


@given(st.lists(SIGNS, max_size=6))
@settings(derandomize=True, deadline=None)
def test_measure_is_kept(lines: list[str]) -> None:
    """All lines together have at most a tenth bold, each place at most ten characters, and none overlaps another."""
    chosen = emphasis.choose(lines)

    assert sum(end - start for ranges in chosen for start, end in ranges) <= sum(map(len, lines)) / 10
    for line, ranges in zip(lines, chosen, strict=True):
        assert all(0 <= start < end <= len(line) and end - start <= emphasis.LONGEST for start, end in ranges)
        assert all(first[1] <= second[0] for first, second in pairwise(ranges))


def test_a_word_that_only_holds_a_figure_is_not_cut() -> None:
    """R1级 is one name and 同一户名 no count: neither is set half in bold, nor asked for."""
    assert emphasis.candidates("同一户名下的账户") == ()
    assert emphasis.candidates("R1级理财") == ()
    assert [text for text in ("单笔5万元",) if emphasis.candidates(text)]


def test_neither_a_part_of_a_word_nor_the_customers_own_no_is_bold() -> None:
    """一次 of 一次性 is no figure, and what the customer refuses is no ban."""
    assert not [text for text in ("一次性大额支付由主管审批", "客户明确拒绝营销的，记入台账") if emphasis.candidates(text)]
    assert emphasis.candidates("拒绝办理代签业务")
