"""What the time line says of a day and of a span: act and matter in the paper's own words, short."""

import pytest

from digest.zh import deeds


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        ("各网点应于5月9日前完成摸底", "5月9日前", "完成摸底"),
        ("应于5月9日前组织全体员工完成《细则》学习，记录备查", "5月9日前", "完成《细则》学习"),
        ("应于5月9日前完成线路改造安装、设备联调和压力测试", "5月9日前", "完成线路改造安装等"),
        ("于5月9日15:00前通过库存管理系统提交6月1日至5日零钞调入计划", "5月9日15:00前", "提交零钞调入计划"),
        ("应填写《停业安排表》，于5月9日前报所在分行渠道部", "5月9日前", "报《停业安排表》"),
        ("应于5月9日前将经主管签字的清单、报告报分行合规部", "5月9日前", "报送清单、报告"),
        ("应于5月9日前对长期未动的存量账户逐户复核", "5月9日前", "逐户复核存量账户"),
        ("应于5月9日前在营业厅显著位置张贴公告", "5月9日前", "张贴公告"),
        ("应于5月9日前更换大厅“预约取款须知提示”公示牌", "5月9日前", "更换公示牌"),
        ("旧版收据自4月1日起停用，网点余量应于5月9日前全部上缴支行", "5月9日前", "全部上缴余量"),
        ("各网点应于5月9日前上报支行", "5月9日前", "上报支行"),
        ("应于5月9日下班前将签名表拍照发支行邮箱", "5月9日下班前", "签名表拍照发支行邮箱"),
        ("5月9日前，很好", "5月9日前", ""),
        ("应于5月9日前完成", "5月9日前", ""),
        ("年度清单的更正应当在5月9日前完成", "5月9日前", "完成年度清单的更正"),
        ("作废卡，网点应当于5月9日前上缴", "5月9日前", "上缴作废卡"),
        ("应填写《柜面业务差错登记核对表》，于5月9日前报支行", "5月9日前", "报《柜面业务差错登记核对表》"),
    ],
)
def test_a_day_says_what_falls_due(text: str, words: str, label: str) -> None:
    """Act and matter stand beside the day in a few characters; an act alone, which tells nothing, never does."""
    assert deeds.deed(text, text.index(words) + len(words)) == label
    assert len(label) <= deeds.MOST_HANDED + 2


@pytest.mark.parametrize(
    ("text", "words", "heading", "label"),
    [
        ("按统一安排，5月1日至5日为假期，共5天", "5月1日至5日", "营业时间", "假期"),
        ("5月1日至5日，第二批上线网点暂停对外办理业务", "5月1日至5日", "", "暂停对外办理业务"),
        ("5月1日至5日，手机银行、网上银行和自助设备暂停跨行转账和理财服务", "5月1日至5日", "系统维护", "系统维护"),
        ("5月1日至5日，本次机构账户的回单机、存取款机存款和查询暂停", "5月1日至5日", "", "本次机构账户的回单机、存取款机存款和查询暂停"),
        ("5月1日至5日，柜面和手机银行暂停跨行转账业务", "5月1日至5日", "停机安排", "停机安排"),
        ("5月1日至5日，柜面和手机银行暂停跨行转账业务", "5月1日至5日", "", "柜面和手机银行暂停跨行转账业务"),
        ("5月1日至5日，柜面、手机银行、网上银行、自助设备和收单终端等全部渠道暂停跨行转账业务", "5月1日至5日", "", ""),
        ("各行自5月1日至5日，柜面、手机银行、网上银行、自助设备和收单终端等全部渠道暂停转账", "5月1日至5日", "停机安排", ""),
        ("5月1日至5日。", "5月1日至5日", "活动时间", "活动时间"),
        ("网点自查阶段（5月1日至15日）。", "5月1日至15日", "", "网点自查阶段"),
        ("应通过系统提交5月1日至5日现金计划", "5月1日至5日", "", ""),
        ("5月1日至5日，网点每日17:30前报送日报", "5月1日至5日", "", ""),
        ("自查5月1日至15日期间的业务", "5月1日至15日", "", ""),
    ],
)
def test_a_span_says_what_runs(text: str, words: str, heading: str, label: str) -> None:
    """A window has its object; days within which something is counted are no window."""
    start = text.index(words)
    assert deeds.running(text, start, start + len(words), heading) == label


def test_an_offices_day_is_none_of_the_branch() -> None:
    """管辖行汇总情况于…前报总行 is no day for the branch to keep; a day of the branch itself is."""
    assert deeds.of_office("管辖行汇总情况于5月9日前报总行", 8)
    assert not deeds.of_office("各网点应于5月9日前报分行", 5)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("应填写《停业安排表》，于5月9日前报所在分行渠道部", "《停业安排表》报所在分行渠道部"),
        ("于5月9日前通过库存管理系统提交6月1日至5日零钞调入计划", "通过库存管理系统提交零钞调入计划"),
        ("应于5月9日前将经主管签字的清单、报告报分行合规部", "清单、报告报分行合规部"),
        ("各网点应于5月9日前完成摸底", "完成摸底"),
    ],
)
def test_what_stands_nowhere_else_says_to_whom_and_how(text: str, label: str) -> None:
    """A duty that is told on the time line only carries to whom or by which system, in the paper's words."""
    assert deeds.in_full(text, text.index("5月9日前") + 5) == label


@pytest.mark.parametrize(
    ("text", "words", "what", "dated", "told"),
    [
        ("作废卡，网点应当在10日内上缴", "10日内", "上缴", False, "上缴作废卡"),
        ("应在7日内返还客户多付的款项", "7日内", "返还", False, "返还"),
        ("应在7日内返还多付款项", "7日内", "返还", False, "返还多付款项"),
        ("系统恢复后2小时内补录", "2小时内", "补录", False, "补录"),
        ("各网点应于5月9日前更换大厅“预约须知”公示牌", "5月9日前", "更换大厅", True, "更换“预约须知”公示牌"),
    ],
)
def test_a_chip_names_what_its_act_is_done_to(text: str, words: str, what: str, dated: bool, told: str) -> None:
    """上缴 alone tells nobody what; where the clause has no object, the act stands as it is."""
    assert deeds.told(text, text.index(words) + len(words), what, dated=dated) == told
