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


def test_the_figure_that_decides_goes_before_the_one_that_describes() -> None:
    """A bound or a deadline is bold before the size of a note, an age in a case, or the case itself; and none of these in its place."""
    text = "各网点5元及以下小面额现钞库存不得低于1万元，其中硬币不少于800元" + "其余事项照旧" * 5
    assert bold(text, share=0.24) == [["不得低于1万元", "不少于800元"]]
    assert bold(text, share=0.05) == [[]]
    assert bold("营业厅停电超过20分钟的，应在1小时内书面报告分行", share=0.2) == [["1小时内"]]
    assert bold("单笔8000元以上的业务于2026年5月30日前补录", share=0.25) == [["5月30日"]]
    assert bold("每个片区至少开放2家网点，单家停业不得超过4天", share=1) == [["2家", "不得超过4天"]]


def test_figures_side_by_side_are_all_bold_or_none() -> None:
    """Times of a day, limits in a row, a day and its hour: one of them alone would read as the only one."""
    assert bold("各网点每日8:30、16:30各清点一次", share=0.45) == [["8:30", "16:30"]]
    assert bold("各网点每日8:30、16:30各清点一次", share=0.3) == [[]]
    row = "个人取款单笔10万元（含）以上、个人汇款单笔30万元（含）以上、单位汇款单笔80万元（含）以上须远程审核"
    assert bold(row, share=0.3) == [["10万元", "30万元", "80万元"]]
    assert bold("应于5月6日（周三）15:00前报送", share=1) == [["5月6日", "15:00前"]]
    assert bold("应在20分钟内电话报告、3小时内补报书面材料", share=1)[0] == ["20分钟内", "3小时内"]


def test_a_name_that_holds_a_negation_is_no_ban() -> None:
    """停用之日 and 停用凭证 name something, and what is said to the customer forbids nobody: they stay plain."""
    assert bold("停用凭证应自停用之日起10日内上缴", share=1) == [["10日内"]]
    assert bold("告知客户“系统暂停服务”", share=1) == [[]]


def test_a_negation_in_a_case_or_a_right_is_no_ban() -> None:
    """不能办结的 says when, and 拒绝…的权利 what one may: neither is bold, a ban beside them is."""
    for text in ("当日不能办结的，逐级上报", "拒绝不合理要求的权利"):
        assert not any(priority == 0 for _, _, priority in emphasis.candidates(text))
    text = "当日不能办结的，不得推诿"
    assert [text[start:end] for start, end, priority in emphasis.candidates(text) if priority == 0] == ["不得"]


def test_the_new_value_is_bold_and_not_the_old_one() -> None:
    """Who reads only the bold type must not read what no longer holds."""
    (said,) = bold("首次联系客户的时限由3个工作日改为1个工作日，转办单限额由500元调整为800元，其余处理流程照旧，请各岗位对照执行并做好登记", share=0.2)

    assert "1个工作日" in said
    assert not any("3个工作日" in part or "500元" in part for part in said)


def negations(text: str) -> list[str]:
    """The words of negation that may be bold."""
    return [text[start:end] for start, end, priority in emphasis.candidates(text) if priority == 0]


def test_a_noun_that_holds_a_negation_and_a_list_of_nouns_stay_plain() -> None:
    """不可篡改性 is a property and 启用、停用、作废 are stages: bold they would read as bans."""
    assert negations("应当保证交易信息的不可篡改性和可追溯性") == []
    assert negations("登记簿应记载印章的启用、停用、交接和作废") == []
    assert negations("发现磨损的，应当立即停用并上报") == ["停用"]


def test_what_is_refused_by_the_customer_or_may_not_be_refused_is_not_bold_as_our_refusal() -> None:
    """拒绝 is bold where we refuse; 不得…拒绝 read from its bold words alone must not say 拒绝."""
    assert negations("客户神情慌张、拒绝通知子女，催促尽快办理") == []
    assert negations("不得以系统故障为由拒绝受理") == ["不得"]
    assert negations("证件不符的，拒绝办理") == ["拒绝"]
    assert negations("证件不符的，应当拒绝办理") == ["拒绝"]


def test_a_ban_is_bold_before_a_stop() -> None:
    """Where there is room for one word, the ban is bold and not what stops."""
    assert bold("设备异常的，停止加钞，不得自行拆机" + "其余照旧" * 3, share=0.08) == [["不得"]]
