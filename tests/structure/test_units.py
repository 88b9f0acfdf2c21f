"""A rule never stands without its trigger, its exception or its other half, where these stand in the sentence before or behind it."""

import pytest

from digest import compress
from digest.model.facts import Facts, Kind, KindGuess
from digest.model.outline import Outline, SentenceKind
from tests.build import outline_from


def texts(found: Outline) -> list[str]:
    """The text of every unit."""
    return ["".join(found.sentences[number].text for number in unit.sentences) for unit in found.units]


TOGETHER = [
    "客户因腿脚不便不能到店的，可由子女代为申请入户办理。网点应在当日登记《入户服务台账》，3个工作日内上门。",
    "办理时应当全程摄像。客户不同意摄像的，可由两名邻居签名作证。",
    "各网点应于5月10日前完成人脸采集，未采集的柜员5月20日起不能登录。面部受伤无法采集的，经运营主管批准可使用口令。",
    "单日累计10万元（含）以下的，由柜员办理。10万元以上的，由运营主管授权；50万元（含）以上的，由网点负责人签批。",
    "5月1日至3日暂停办理对公开户和支票兑付业务；对公账户查询、回单打印正常办理。",
    "5月2日22:00起自助设备暂停取款；手机银行不受影响。",
    "取款10万元（含）以上的，询问现金用途；存款10万元（含）以上的，询问现金来源并登记，由客户签字。",
    "通过本行账户发生的交易，由开户机构报告；通过他行银行卡发生的交易，由收单机构报告；不通过账户发生的交易，由办理机构报告。",
    "每家网点零钞不得低于3万元。其中5元券不少于1万元。",
    "对E级商户，停止全部收款功能，法定代表人可到网点销户。当日结算款8万元以上的，由网点负责人面谈后放行。",
    "连续2年未使用且无余额的存折，系统于每年6月转为封存户。柜员应于转入前5日电话提醒；持证件到网点核对后，应立即解封。",
    "旧版存折自2026年6月1日起停止签发，剩余库存应于6月10日前上缴。客户手中的旧版存折，可继续使用至2026年9月30日。",
    "新办U盾默认限额3万元。能提供纳税证明的，可直接核定为10万元。",
    "存折应当按号码签发，不得跳签。因机器卡纸需要跳签的，按第九条作废。",
    "柜员变更限额前应当电话通知客户。严禁按年龄批量变更。公安机关来函要求的，可先变更后通知。",
    "单笔10万元以上的转账提交集中授权中心；销户、补卡业务仍由运营主管现场授权。",
    "网点领用存折，应当提前2日提交计划。领取时必须两人同行并出示工号卡。",
    "支票每户每次不超过1本；上月用量较大的单位，每次可购买不超过2本。",
    "零钞库存占全部库存的比例不得超过一成。超过该比例的网点不得再申领零钞。",
    "客户在平板上核对业务信息并签名，柜员应逐项提示。客户无法或者不愿使用平板的，柜员应打印纸质回执由客户签名，不得拒绝办理。",
    "网点在与客户签订保管箱合同时，应当核实承租人身份，登记证件种类和号码，并留存证件的复印件，连同合同一并归档；在客户委托他人开箱时，受托人应当出示委托书，网点应当核实委托人意愿，登记受托人姓名和联系电话，并由两名工作人员全程陪同。",
    "原则上回单机应当具备补打功能。对于不具备补打功能的回单机，网点应当在旁设置人工窗口。",
    "发现伪造硬币十枚以上的，应当报告公安机关；数量较少的，由两名工作人员当面收缴并出具凭证。",
    "客户汇出后反映被骗的，应当立即对收款账户申请止付；收款账户为他行的，告知客户报案，不得以钱已转走为由推诿。",
    "保卫人员依法履行检查职责，受规章保护。任何部门和个人不得干涉。",
    "双方可以先行调解；调解不成的，由仲裁机构自受理之日起2个月内裁决。",
]


@pytest.mark.parametrize("text", TOGETHER)
def test_what_leans_on_the_sentence_before_is_one_unit_with_it(text: str) -> None:
    """The trigger, the exception, the other half and the next bound of a rule are chosen or left with it."""
    assert texts(outline_from(f"第一条 {text}")) == [text]


APART = [
    ("各网点应于5月10日前完成自查。发现设备损坏的，应当立即报修。", 2),  # a case of its own
    ("5月1日至5日放假，共5天；5月8日为工作日，各项业务均正常办理。", 2),  # nothing is stopped, so nothing goes on
    ("柜员应当核对印鉴。客户拒绝签字的，应当登记。", 2),  # what is refused was not asked for in the sentence before
    ("运营部负责制定制度；科技部负责系统改造。", 2),
    ("对E级商户，停止全部收款功能。各网点应于6月1日前完成商户分级，并将结果报一级分行。", 2),  # says itself who must, of all
    ("对E级商户，停止全部收款功能。对D级商户，单笔收款不得超过500元。", 2),  # each has its own scope
    ("对照清单，各网点应逐项自查。发现设备损坏的，应当立即报修。", 2),  # 对照 sets no scope
]


@pytest.mark.parametrize(("text", "count"), APART)
def test_what_says_enough_alone_stays_alone(text: str, count: int) -> None:
    """Short units leave more choice: only what would mislead alone is joined."""
    assert len(texts(outline_from(f"第一条 {text}"))) == count


def test_the_day_of_a_heading_stays_with_its_items() -> None:
    """What holds on one day only (开业首日（6月3日）注意) is no rule for every day: the heading is the items' stem."""
    text = "一、恢复营业\n各网点全体人员应于6月3日7:30前到岗。\n开业首日（6月3日）注意\n①先做设备自检，不通过不得开窗；\n②系统无响应的，立即报运营主管。"
    found = outline_from(text)
    stems = [sentence for sentence in found.sentences if sentence.kind is SentenceKind.STEM]

    assert [sentence.text for sentence in stems] == ["开业首日（6月3日）注意"]
    assert all(found.sentences[unit.sentences[0]].stem == stems[0].number for unit in found.units if "设备自检" in texts(found)[unit.number])


def test_a_heading_without_a_day_is_no_stem() -> None:
    """A heading that only names its matter takes no room on the sheet."""
    found = outline_from("一、恢复营业\n各网点全体人员应于6月3日7:30前到岗。\n设备管理要求\n①先做设备自检，不通过不得开窗；\n②每日巡检两次并登记。")

    assert all(sentence.stem is None for sentence in found.sentences)


def test_what_a_special_case_allows_leans_on_its_rule() -> None:
    """A permission in a special case (对确需用现金的，可以…) is a unit by itself, but never printed without the rule before it."""
    found = outline_from("第一条 对商户发放的贷款，应当以转账方式支付。对确需在集市使用现钞进货的，经网点审核后，可以支付现钞。")

    assert [unit.rule for unit in found.units] == [None, 0]
    assert [ladder.dangling for ladder in compress.shorten(found, Facts(kind=KindGuess(kind=Kind.NOTICE, confidence=0.9)), (0, 1))] == [False, True]
