"""Dates, deadlines, amounts and counts on single sentences, each with its characters and its value."""

from collections.abc import Callable, Iterator

import pytest

from digest.facts import amounts, changes, dates, deadlines, effective, measures, papers, reports, sanctions
from digest.facts.gather import FINDERS
from digest.facts.overlaps import settle
from digest.facts.reading import Calendar, Reading, read
from digest.model.facts import Fact, FactKind

ISSUED = Calendar(issued="2025-09-15", effective="2025-10-01")


def found(finder: Callable[[Reading], Iterator[Fact]], text: str) -> list[tuple[str, str]]:
    """Text and value of what one finder sees."""
    return [(fact.text, fact.value) for fact in finder(read(text, calendar=ISSUED))]


def kinds(text: str) -> list[tuple[FactKind, str]]:
    """Kind and text of all settled facts."""
    reading = read(text, calendar=ISSUED)
    return [(fact.kind, fact.text) for fact in settle(fact for finder in FINDERS for fact in finder(reading))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025年10月18日（星期六）18:00至10月19日（星期日）12:00暂停办理", "2025-10-18T18:00/2025-10-19T12:00"),
        ("10月1日至8日暂停办理对公开户", "2025-10-01/2025-10-08"),
        ("10月12日（星期日）9:00至15:00参加演练", "2025-10-12T09:00/2025-10-12T15:00"),
        ("活动时间为2025年10月15日至2026年1月15日", "2025-10-15/2026-01-15"),
    ],
)
def test_spans_of_days(text: str, value: str) -> None:
    """Two days joined by 至 are one fact, with their clock times."""
    assert [got for _, got in found(dates.find, text)] == [value]


def test_year_is_inferred_only_where_certain() -> None:
    """A day after the issue is of the year of issue, and marked so; an earlier day keeps no year."""
    later, earlier = (next(dates.find(read(text, calendar=ISSUED))) for text in ("9月30日完成", "1月10日完成"))

    assert (later.value, later.computed, later.basis) == ("2025-09-30", True, "发文日期2025-09-15的年份")
    assert (earlier.value, earlier.computed) == ("", False)


def test_year_written_earlier_in_the_sentence_counts() -> None:
    """2025年9月30日…10月10日: the second day takes the written year and is not computed."""
    _, second = dates.find(read("应于2025年9月30日核对，10月10日报送"))

    assert (second.value, second.computed) == ("2025-10-10", False)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("本办法自2025年10月1日起施行。", "自2025年10月1日起施行", "2025-10-01"),
        ("本通知自印发之日起执行。", "自印发之日起执行", "2025-09-15"),
        ("自2025年11月1日起，对个人账户实行分级管理", "自2025年11月1日起", "2025-11-01"),
    ],
)
def test_effective(text: str, fact: str, value: str) -> None:
    """Days of coming into force, written or counted from the issue."""
    assert (fact, value) in found(effective.find, text)


def test_effective_from_issue_is_marked_computed() -> None:
    """A day that the text does not print is marked, with what it was worked out from."""
    (fact,) = effective.find(read("本通知自印发之日起执行。", calendar=ISSUED))

    assert (fact.computed, fact.basis) == (True, "发文日期2025-09-15")


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("自印发之日起30日内完成整改", "自印发之日起30日内", "2025-10-15"),
        ("存量客户自施行之日起半年内完成", "自施行之日起半年内", "2026-04-01"),
        ("应当自停用之日起10个工作日内上缴", "自停用之日起10个工作日内", "10个工作日内"),
        ("在2小时内报告管辖行", "2小时内", "2小时内"),
        ("应于10月17日17:00前报送", "10月17日17:00前", "2025-10-17T17:00"),
        ("9月30日营业终了前完成核对", "9月30日营业终了前", "2025-09-30"),
        ("每月5日前上报", "每月5日前", "每月5日前"),
        ("每周四17:00前报活动周报", "每周四17:00前", "每周四17:00前"),
        ("每日17:30前报送日报", "每日17:30前", "每日17:30前"),
        ("提前3个工作日提交计划", "提前3个工作日", "提前3个工作日"),
        ("最迟不得晚于11月28日", "不得晚于11月28日", "2025-11-28"),
        ("季后5个工作日内上传", "季后5个工作日内", "季后5个工作日内"),
        ("当日营业终了前交回", "当日营业终了前", "当日营业终了前"),
        ("截至2026年1月15日领取", "截至2026年1月15日", "2026-01-15"),
    ],
)
def test_hard_deadlines(text: str, fact: str, value: str) -> None:
    """Hard deadlines with their own characters; counts from issue or force become days."""
    assert (fact, value) in found(deadlines.find, text)


def test_count_from_issue_says_its_basis() -> None:
    """The computed day names the rule that it was worked out from."""
    fact = next(deadlines.find(read("自印发之日起30日内完成整改", calendar=ISSUED)))

    assert (fact.computed, fact.basis) == (True, "发文日期2025-09-15起30日内")


@pytest.mark.parametrize(("text", "soft"), [("应当及时报告", True), ("立即停止使用", True), ("定期存单提前支取", False), ("活期转定期存款", False)])
def test_soft_deadlines(text: str, soft: bool) -> None:
    """及时 and 立即 are soft; 定期存单 is no deadline at all."""
    assert [fact.hard for fact in deadlines.find(read(text))] == ([False] if soft else [])


def test_looking_back_is_no_deadline() -> None:
    """近6个月内 looks back and asks for nothing."""
    assert found(deadlines.find, "近6个月内出现过异常交易") == []


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("个人现金业务单笔20万元（含）以上提交授权", "单笔20万元（含）以上", "单笔 200000元 （含）以上"),
        ("现金5万元以上（含5万元）须核验", "5万元以上（含5万元）", "50000元 以上（含5万元）"),
        ("日累计人民币10万元以上的", "日累计人民币10万元以上", "日累计 人民币 100000元 以上"),
        ("单户单笔不超过5000元", "单户单笔不超过5000元", "单户单笔 不超过 5000元"),
        ("外币等值1万美元以上", "外币等值1万美元以上", "外币等值 10000美元 以上"),
        ("余额不满50万元的", "余额不满50万元", "余额 不满 500000元"),
    ],
)
def test_amounts_keep_their_bounds(text: str, fact: str, value: str) -> None:
    """以上, 含, 不满, 单笔, 累计 and the currency stay in text and value."""
    assert found(amounts.find, text) == [(fact, value)]


@pytest.mark.parametrize(
    ("finder", "text", "fact"),
    [
        (measures.find_ratios, "不低于5%的比例", "不低于5%"),
        (measures.find_ratios, "不得超过净资产的百分之十", "百分之十"),
        (measures.find_counts, "借记卡不超过100张", "不超过100张"),
        (measures.find_counts, "运营主管每旬至少查库一次", "每旬至少查库一次"),
        (measures.find_counts, "双人到库", "双人"),
        (measures.find_counts, "60周岁（含）以上客户", "60周岁（含）以上"),
        (measures.find_counts, "连续停业不得超过3天", "不得超过3天"),
        (measures.find_retention, "登记簿保管期限为5年", "保管期限为5年"),
        (measures.find_retention, "至少保存10年", "至少保存10年"),
        (reports.find, "2小时内报告管辖行运营管理部", "报告管辖行运营管理部"),
        (reports.find, "自查报告报一级分行内控合规部", "报一级分行内控合规部"),
        (reports.find, "通过“上线问题反馈”模块报送问题清单", "通过“上线问题反馈”模块报送"),
        (papers.find_forms, "填写《限额调整申请表》（附件2）", "《限额调整申请表》"),
        (papers.find_forms, "填写《限额调整申请表》（附件2）", "附件2"),
        (papers.find_forms, "须核验客户本人出具的授权委托书", "授权委托书"),
        (papers.find_contacts, "投诉升级电话统一为0000-81238620", "投诉升级电话统一为0000-81238620"),
        (reports.find, "将签到表拍照发综合管理部邮箱", "发综合管理部邮箱"),
        (deadlines.find, "情况复杂的，可延长至60日", "延长至60日"),
        (effective.find, "自2025年9月15日起规范投诉首接处理", "自2025年9月15日起"),
        (sanctions.find_penalties, "对责任人经济处罚300元", "经济处罚300元"),
        (papers.find_transactions, "使用交易码4310换人核对", "交易码4310"),
        (papers.find_transactions, "“冲正”（交易码9101）", "交易码9101"),
        (papers.find_contacts, "（联系人：林清和，电话：0000-81230417）", "联系人：林清和，电话：0000-81230417"),
        (sanctions.find_penalties, "每次扣12分", "每次扣12分"),
        (sanctions.find_penalties, "并处500元至2000元经济处罚", "并处500元至2000元经济处罚"),
        (sanctions.find_repeals, "《甲办法》（示银规章〔2019〕12号）同时废止", "《甲办法》（示银规章〔2019〕12号）同时废止"),
    ],
)
def test_other_figures(finder: Callable[[Reading], Iterator[Fact]], text: str, fact: str) -> None:
    """Ratios, counts, keeping, receivers, forms, codes, contacts, penalties and repeals are read with their words."""
    assert fact in [got for got, _ in found(finder, text)]


@pytest.mark.parametrize(
    ("finder", "text"),
    [
        (papers.find_transactions, "2025年交易金额100000元"),
        (papers.find_transactions, "电话0000-81230417"),
        (papers.find_forms, "按照《示例银行员工违规行为处理办法》处理"),
        (papers.find_contacts, "登记客户姓名、联系电话、住址"),
        (changes.find, "系统于每年1月自动转为睡眠户"),
        (reports.find, "提交可疑交易报告"),
        (reports.find, "不再由网点直接报总行"),
        (measures.find_counts, "购买R3级及以上产品的"),
    ],
)
def test_traps(finder: Callable[[Reading], Iterator[Fact]], text: str) -> None:
    """Years, telephone numbers, names of rules and customers' data are not taken for something else."""
    assert found(finder, text) == []


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("首次联系时限由3个工作日改为1个工作日", "3个工作日", "1个工作日"),
        ("柜员登录由“工号卡＋密码”改为“指纹＋密码”。", "“工号卡＋密码”", "“指纹＋密码”"),
        ("手续费从10元下调至5元", "10元", "5元"),
        ("现场授权改为远程集中授权。", "现场授权", "远程集中授权"),
    ],
)
def test_changes(text: str, old: str, new: str) -> None:
    """Old and new are filled from the text's own words."""
    assert [(fact.old, fact.new) for fact in changes.find(read(text))] == [(old, new)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("取消“满3个月自动升级”规则，原通知第二条停止执行。", ["取消“满3个月自动升级”规则"]),
        ("自助渠道日累计限额统一提高至8万元。", ["自助渠道日累计限额统一提高至8万元"]),
        ("客户取消预约的，应当登记。", []),  # an act of the customer's
        ("发卡银行应取消收取滞纳金。", []),
        ("倍数上限可以提高至15倍。", []),
        ("合伙企业变更为有限公司的，应当重新开户。", []),  # a business of the customer's
        ("合伙企业变更为有限公司，应当重新开户。", []),
    ],
)
def test_what_is_done_away_with_and_new_values(text: str, told: list[str]) -> None:
    """What the paper itself cancels or sets anew is a change; what a customer cancels, changes or may do is none."""
    assert [fact.value for fact in changes.find(read(text))] == told


def test_change_in_a_table_row() -> None:
    """A row with an old and a new column is a change, and its codes are codes."""
    cells = (("序号", "1"), ("交易名称", "取款"), ("旧交易码", "110201"), ("新交易码", "1021"))
    reading = read("1｜取款｜110201｜1021", cells=cells)

    assert [(fact.old, fact.new) for fact in changes.find(reading)] == [("110201", "1021")]
    assert [fact.value for fact in papers.find_transactions(reading)] == ["110201", "1021"]


def test_names_of_documents_give_no_figures() -> None:
    """Figures inside 《…》 and document numbers are names and nothing else."""
    assert kinds("按照《2025年限额500万元管理办法》（示银发〔2025〕30号）办理") == []


def test_figures_are_not_read_twice() -> None:
    """A deadline is no date, keeping 5年 no deadline, a fine no amount."""
    assert kinds("应于9月30日前报送") == [(FactKind.DEADLINE, "9月30日前")]
    assert kinds("登记簿保管期限为5年") == [(FactKind.RETENTION, "保管期限为5年")]
    assert FactKind.AMOUNT not in [kind for kind, _ in kinds("处500元至2000元经济处罚")]
