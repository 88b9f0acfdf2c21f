"""Whose duty a line is: the regulator's people, those who are punished, other trades."""

import pytest

from digest import facts, rank
from digest.model.profile import Profile
from digest.model.ranking import Audience, Category
from digest.zh import lexicon
from tests.build import outline_from


def ranked(text, profile=None):
    """Scores by the beginning of their unit's text."""
    outline, words = outline_from(text), lexicon.load()
    ranking = rank.score(outline, facts.find(outline, words), words, profile or Profile())
    return {outline.sentences[outline.units[score.unit].sentences[0]].text[:6]: score for score in ranking.scores}


def test_a_regulators_branches_are_the_regulator():
    """人民银行及其分支机构 must is no duty of a bank's branch; 向人民银行报告 is one."""
    found = ranked("中国人民银行及其分支机构应当每年公布检查结果。\n金融机构应当于5日内向中国人民银行报告。")
    assert found["中国人民银行"].audience is Audience.REGULATOR
    assert found["金融机构应当"].audience is Audience.BRANCH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("商业银行未登记的，由中国人民银行责令改正，处1万元罚款。", Audience.BRANCH),
        ("支付机构未登记的，由中国人民银行责令改正，处1万元罚款。", Audience.OTHER_INDUSTRY),
        ("未登记的，由中国人民银行责令改正，处1万元罚款。", Audience.UNKNOWN),
        ("检查组工作人员徇私的，给予警告处分，处1万元罚款。", Audience.REGULATOR),
    ],
)
def test_a_sanction_falls_on_who_is_punished(text, expected):
    """Who imposes a sanction is not whom it concerns."""
    assert next(iter(ranked(text).values())).audience is expected


def test_what_is_punished_is_no_duty():
    """An item under a sanction is never printed as something to do."""
    text = "商业银行有下列行为之一的，由监管部门给予警告，并处1万元罚款：\n（一）为客户登记、核对、报送时拖延的；\n（二）每日核对账款不及时的。"
    scores = [score for begin, score in ranked(text).items() if not begin.startswith("商业银行")]
    assert {score.category for score in scores} <= {Category.PENALTY, Category.BAN}


TWO_TRADES = """第四条 商业银行发现客户冒名的，应当拒绝开户，并于2日内报告。
支付机构发现用户冒名的，应当拒绝开立支付账户，并于2日内报告。
第五条 特约商户变更收款账户的，收单机构应当重新核实。
第六条 商业银行有下列行为之一的，给予警告，处1万元罚款：
（一）未核实客户身份的；
（二）未登记代理人的。
第七条 支付机构未核实用户身份的，给予警告，处2万元罚款。"""


def test_another_trades_version_gives_way_to_the_banks():
    """Where the same article, or the sanctions, have a rule for the bank, the payment institution's is no line."""
    found = ranked(TWO_TRADES)
    assert found["商业银行发现"].candidate
    assert not found["支付机构发现"].candidate and "银行的另有" in found["支付机构发现"].why
    assert not found["支付机构未核"].candidate


def test_a_business_that_the_branch_does_is_no_other_trade():
    """收单机构 is the bank itself where the manager switched 银行卡收单 on."""
    assert ranked("收单机构应当每年巡检商户。")["收单机构应当"].audience is Audience.OTHER_INDUSTRY
    assert ranked("收单机构应当每年巡检商户。", Profile(on=("银行卡收单",)))["收单机构应当"].audience is Audience.UNKNOWN


def test_both_named_is_the_banks():
    """A sentence that names bank and payment institution stays the bank's."""
    assert ranked("支付机构、商业银行应当登记客户姓名。")["支付机构、商"].audience is Audience.BRANCH


def test_posts_are_not_the_regulators_staff():
    """检查工作人员 and 人民法院工作人员 are no 全员 of the branch; the branch's own staff is."""
    assert not next(iter(ranked("网点应当配合检查工作人员和人民法院工作人员。").values())).roles
    assert next(iter(ranked("网点工作人员应当配合检查。").values())).roles == ("全员",)


def test_named_after_all():
    """A bank named before the duty acts itself, though the sentences before speak of the court."""
    found = ranked("第三条 人民法院可以向银行发出冻结通知。作为协助执行人的金融机构办妥冻结后，应当于当日回复。")
    assert found["作为协助执行"].audience is Audience.BRANCH


def test_another_houses_duty_gives_way():
    """A clearing house's duty with all the words of ours loses a share of its points, and the reasons say so."""
    score = ranked("清算机构应当自收到通知之日起2日内核对登记商户信息，核对不符的，应当停止服务并报告。")["清算机构应当"]
    reason = next(reason for reason in score.reasons if "别家的职责" in reason.name)
    assert score.audience is Audience.OTHER_INDUSTRY and reason.points < 0
    assert score.value == pytest.approx(sum(each.points for each in score.reasons), abs=0.2)


def test_as_whose_a_person_is_named_is_not_who_acts():
    """公安机关认定的惩戒人员 are no police: what stops for them is the branch's to stop."""
    found = ranked("公安机关认定的买卖账户惩戒人员，5年内暂停其非柜面业务，3年内不得新开账户。")
    assert next(iter(found.values())).audience is not Audience.REGULATOR
