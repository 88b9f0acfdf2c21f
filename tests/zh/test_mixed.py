"""Parting a wording that asks and forbids at once: what may stand apart, what must not."""

import pytest

from digest.zh import clauses, mixed


def said(text):
    """The halves of a text in words: (ban or not, text)."""
    return [(half.ban, half.text(text)) for half in mixed.halves(text)]


@pytest.mark.parametrize(
    ("text", "duty", "ban"),
    [
        (
            "设备没有反应超过15分钟，立即报值班主管启动预案，不得反复提交同一笔交易",
            "设备没有反应超过15分钟，立即报值班主管启动预案",
            "设备没有反应超过15分钟，不得反复提交同一笔交易",
        ),
        (
            "作废的印章应当自停用之日起10个工作日内上缴支行，网点不得留存、不得自行销毁",
            "作废的印章应当自停用之日起10个工作日内上缴支行",
            "作废的印章，网点不得留存、不得自行销毁",
        ),
        (
            "存款现金应当在客户视线内先点大数、后点细数，未点清前不得与其他现金混放",
            "存款现金应当在客户视线内先点大数、后点细数",
            "存款现金未点清前不得与其他现金混放",
        ),
        (
            "出现长短款的，柜员应当于发现当日报告运营主管，并报支行审批，不得自行垫款",
            "出现长短款的，柜员应当于发现当日报告运营主管，并报支行审批",
            "出现长短款的，柜员不得自行垫款",
        ),
        (
            "隔日错账不得使用冲正，应使用错账调整交易，经网点负责人签批后提交支行处理",
            "隔日错账应使用错账调整交易，经网点负责人签批后提交支行处理",
            "隔日错账不得使用冲正",
        ),
    ],
)
def test_both_halves_keep_what_they_stand_under(text, duty, ban):
    """When, who and whereof are said with the duty and with the ban, and a ban keeps its own condition."""
    assert said(text) == [(False, duty), (True, ban)]


@pytest.mark.parametrize(
    "text",
    [
        "运营主管应当逐项核对实物与系统余额；不符的，不得开窗营业，并立即报告支行",  # 不符 with what?
        "客户无法独立书写的，应由亲属在场陪同；无亲属陪同的，不得向其销售理财产品",  # 其
        "管理员盾由法定代表人领取，两盾不得由同一人领取；法定代表人亲自领取的除外",  # no modal before the ban
        "柜员可以使用备用凭证办理取款，但不得超过3天，且不得交由客户保管备用凭证",  # a permission and its limit
        "投诉涉及员工的，被投诉员工须回避，不得将投诉内容告知无关人员，也不得私下联系客户",  # the ban is not his alone
        "各网点应当公示办理渠道和时限，大堂经理对咨询客户首问负责，不得让客户往返多次",  # whom does it bind?
        "网点应当遵守下列规定：不得代客户保管存单；不得代客户填写凭证",  # a list
        "客户等候时间较长时应对措施为增开窗口，不得不关闭的窗口须公示原因并安排人员引导",  # a double negation
        "柜员应当核对客户身份证件，证件过期的，应当提示客户更换，不得办理开户业务",  # forbidden to whom the card has expired
        "柜员应当核对客户身份证件，对证件过期的，不得办理开户业务，应当提示客户更换",  # the duty's case stands with the ban
        "柜员应当核对客户身份证件，证件过期的不得办理开户业务，会计主管应当登记台账",
        "对单位客户，柜员应当核验预留印鉴，印鉴不符的退回客户，不得受理支付业务",
        "对单位客户，柜员应当核验预留印鉴，印鉴不符的应当退回客户，不得受理支付业务",
        "柜员应当在发现可疑钞券时立即收存并登记，不得将可疑钞券退还给客户本人",  # its case is inside the duty
        "对单位客户，柜员应当核验预留印鉴，并将印鉴不符的支票退回，不得受理支付业务",
        "柜员应当核验支票的预留印鉴，仍不相符退回出票客户，不得受理支付业务",
        "柜员应当核对客户身份证件并登记，证件过期的，不得办理开户业务",  # 柜员证件过期的 would be the teller's own
        "柜员应当核对客户身份证件并登记，证件过期的不得办理开户业务",
        "办理大额取款业务的网点应当核实资金用途并登记台账，柜员不得拆分办理",  # whose tellers?
        "网点应当每日核对现金库存，柜员严禁白条抵库；会计主管应当每周查库一次",  # a duty of its own behind the ban
        "柜员应当逐笔登记领用台账，不得事后补记领用台账；网点应当每月检查台账",
        "单家网点连续停业不得超过3天，每个县应当至少保留一家网点每日对外正常营业",  # a bound, no ban
    ],
)
def test_what_hangs_together_stays_together(text):
    """Nothing is parted that would point at words it has lost."""
    assert said(text) == []


@pytest.mark.parametrize(("text", "sort"), [("系统没有响应时不得离柜", "ban"), ("客户可携带导盲犬进入营业厅", "may"), ("柜员应当核对证件", "duty")])
def test_what_a_text_does_first(text, sort):
    """响应 is no 应, and a case comes before what is said about it."""
    assert clauses.leading(text) == sort


def test_an_exception_stays_with_its_ban():
    """What follows a ban limits it more often than not."""
    text = "经办人应当当面核对领用清单并逐份清点凭证，不得由同一人领取两盾；法定代表人亲自领取的除外"

    assert said(text)[1] == (True, "经办人不得由同一人领取两盾；法定代表人亲自领取的除外")


@pytest.mark.parametrize(
    "text",
    [
        "对E级商户，应当停止全部收款功能并通知法定代表人。当日结算款不得在面谈前放行",
        "引导客户开通语音转账前，应当征得客户同意；客户不需要的，不得擅自开通转账和免密支付功能",
        "柜员变更限额前应当电话通知客户并记录。严禁按年龄批量变更客户限额。公安机关来函要求的，可先变更后通知",
    ],
)
def test_a_half_that_would_lose_for_whom_or_when_it_holds_stays(text: str) -> None:
    """The scope, the matter of a case and the exception to the duty would stand in the other half only."""
    assert mixed.halves(text) == ()
