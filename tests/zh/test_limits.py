"""Time limits as chips: counted from what, for what, and only what the staff must do."""

import pytest

from digest.zh import limits


def said(text: str, words: str) -> tuple[str, str] | None:
    """The chip of a limit in a sentence."""
    start = text.index(words)
    found = limits.describe(text, start, start + len(words))
    return (found.when, found.what) if found else None


@pytest.mark.parametrize(
    ("text", "words", "when", "what"),
    [
        ("系统恢复后2小时内补录全部业务", "2小时内", "系统恢复后2小时内", "补录全部业务"),
        ("停用的印章应当自停用之日起10个工作日内上缴", "自停用之日起10个工作日内", "停用之日起10个工作日内", "上缴"),
        ("业务印章必须于停业前一日营业终了双人封存", "前一日营业终了", "停业前一日营业终了", "双人封存"),
        ("5月20日正式对外营业，全体人员应于当日7:30前到岗", "于当日7:30前", "5月20日7:30前", "到岗"),
        ("劝阻成功的，网点应于当日营业终了前填写《劝阻登记表》", "于当日营业终了前", "当日营业终了前", "填写《劝阻登记表》"),
        ("网点应在30分钟内口头报告、2小时内书面报告支行", "30分钟内", "30分钟内", "口头报告"),
        ("离开所在城市须提前1个工作日向支行报备", "提前1个工作日", "提前1个工作日", "报备"),
        ("网点每日17:30前在运营系统“日报”模块报送业务量", "每日17:30前", "每日17:30前", "报送业务量"),
        ("门禁损坏的，应在2个工作日内维修或者改装", "2个工作日内", "2个工作日内", "维修或者改装"),
        ("客户对扣费有异议的，应当场登记并在2个工作日内完成复核", "2个工作日内", "2个工作日内", "完成复核"),
        ("需支行核准的，最迟2个工作日内答复客户", "最迟2个工作日内", "最迟2个工作日内", "答复客户"),
        ("无法办结的，经办柜员须于当日营业终了前登录工单系统登记（菜单：工单—新增）", "于当日营业终了前", "当日营业终了前", "登记"),
        ("当日剩余的，必须于营业终了前交回入库", "营业终了前", "营业终了前", "交回入库"),
        ("开业前一日营业终了，运营主管应核对现金、凭证实物与系统余额", "前一日营业终了", "开业前一日营业终了", "核对现金等"),
        ("钥匙丢失的，2小时内，很好", "2小时内", "2小时内", ""),
        ("钥匙丢失的，应在2小时内登记、拍照留存并逐级上报支行保卫部门", "2小时内", "2小时内", "登记等"),
        ("各网点应于5月9日（星期五）17:00前报支行", "5月9日（星期五）17:00前", "5月9日17:00前", "报支行"),
    ],
)
def test_a_chip_says_from_what_and_for_what(text: str, words: str, when: str, what: str) -> None:
    """No word of the event is lost, two limits of one length stay apart by what is done within them, and never is that the case they hold in."""
    assert said(text, words) == (when, what)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("吞没的银行卡，自5月9日起5个工作日内凭本人有效身份证件领取", "自5月9日起5个工作日内"),
        ("自领卡之日起30天内未领取的，应当收回", "自领卡之日起30天内"),
        ("网点应提前15分钟开门", "提前15分钟"),
        ("客户取款20万元以上的，提前1个工作日预约", "提前1个工作日"),
        ("惩戒人员5年内暂停其非柜面业务", "5年内"),
        ("近6个月内出现过异常交易，且无法解释的", "6个月内"),
        ("情况复杂的，可以延长至30日", "延长至30日"),
        ("经审批可当日办理", "当日"),
        ("立减金自领取之日起30天内有效", "自领取之日起30天内"),
    ],
)
def test_what_is_no_duty_of_the_staff_gives_no_chip(text: str, words: str) -> None:
    """A customer's period, a case, a lead time, a permission and a bar that lasts are no limits to keep."""
    assert said(text, words) is None


@pytest.mark.parametrize(
    ("text", "words", "verb"),
    [("各网点应于5月9日前将清单报支行", "5月9日前", "报送"), ("应于5月9日前完成自查", "5月9日前", "完成"), ("5月9日前，很好", "5月9日前", "")],
)
def test_a_day_is_named_by_the_papers_own_verb(text: str, words: str, verb: str) -> None:
    """The time line says what falls due."""
    assert limits.verb(text, text.index(words) + len(words)) == verb


def test_a_form_right_behind_a_limit_is_no_act() -> None:
    """30分钟内《登记簿》 names nothing to do: no chip, and no error."""
    assert said("应在30分钟内《交接登记簿》", "30分钟内") is None


@pytest.mark.parametrize(
    ("text", "chip"),
    [
        ("网点应在2026年6月30日前完成自查，发现问题的，应于当日报告分行", ("当日", "报告分行")),
        ("旧版凭证使用至9月30日，客户来行的，柜员应于当日上缴", ("当日", "上缴")),
        ("新版凭证自9月1日起启用，柜员应于当日上缴旧版凭证", None),
        ("2026年6月30日开始自查，发现账户资料与客户身份信息不一致的，应于当日报告分行", None),
        ("8月3日机房检修，故障出现后网点应于当日报告分行", None),
    ],
)
def test_that_day_is_no_written_day_where_a_case_or_a_limit_stands_between(text: str, chip: tuple[str, str] | None) -> None:
    """当日 is the day of the finding, not the last day the sentence happens to name; without its case it is left out."""
    assert said(text, "当日") == chip


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("各网点应于7月10日前将自查报告报送分行", "报送"),
        ("各网点应于7月10日前将整改情况报送运营管理部", "报送"),
        ("各网点应于7月10日前把整改情况书面说明", ""),
        ("各网点应于7月10日前将自查报告报分行", "报送"),
        ("各网点应于7月10日前将自查情况报告分行", "报告"),
        ("各网点应于7月10日前将旧版凭证上缴支行", "上缴"),
        ("各网点应于7月10日前通知未完成更换的客户", ""),
        ("各网点应于7月10日前上报完成整改的网点名单", "上报"),
        ("各网点应于7月10日前报送未完成更换的客户清单", "报送"),
        ("各网点应于7月10日前完成整改", "完成"),
    ],
)
def test_what_falls_due_is_the_act_and_not_the_paper_it_is_about(text: str, verb: str) -> None:
    """Behind 将 and 把 the verb follows its object; what others have not done is nothing to do."""
    assert limits.verb(text, text.index("7月10日前") + len("7月10日前")) == verb


def test_beside_a_chip_stands_what_is_to_be_done_and_where() -> None:
    """PDF and DOCX print the same words beside a chip."""
    assert [limits.label("补钞", "2、3"), limits.label("", "2"), limits.label("补钞", "")] == ["补钞·本单2、3", "本单2", "补钞"]
