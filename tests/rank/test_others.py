"""A paper whose duties are somebody else's is passed round, with what concerns the bank and no more."""

import pytest

from digest import facts, rank
from digest.model.profile import Profile
from digest.model.ranking import Audience, Category
from digest.zh import lexicon
from tests.build import outline_from

INSPECTION = """现场检查工作规定
第一条 检查组应当于检查前3日制定方案。
第二条 检查组应当由2名以上检查人员组成。
第三条 检查人员不得泄露检查中知悉的秘密。
第四条 中国人民银行及其分支机构应当统筹安排检查，防止重复检查。
第五条 检查组应当收集下列资料：
（一）以往检查的情况；
（二）举报的情况。
第六条 检查组应当告知被检查人享有下列权利：
（一）陈述、申辩的权利；
（二）拒绝不合理要求的权利。
第七条 检查组需要调阅凭证的，商业银行应当于2日内提供，不得拒绝。
检查期间，任何单位和个人不得拒绝、阻碍检查。
第八条 检查结束后，检查组应当撰写报告。
检查组应当妥善保存工作底稿。
检查组应当于5日内整理档案。
第九条 检查组应当将报告报上级行。
检查组应当统计检查天数。
检查组应当评价检查效果。
第十条 检查人员徇私的，给予警告、记过处分。
第十一条 商业银行拒绝提供资料的，由中国人民银行给予警告，处1万元罚款。"""
TRADE = """支付机构客户备付金管理办法
第一条 支付机构应当每日核对备付金余额。
第二条 支付机构办理单笔5万元以上转账的，应当当场核对客户有效身份证件，登记姓名、号码，并留存复印件。
第三条 支付机构应当将记录保存5年。
第四条 支付机构应当每季报送报表。
第五条 支付机构应当建立台账。
第六条 支付机构不得挪用备付金。
第七条 支付机构应当公示收费标准。
第八条 支付机构应当于15日内答复投诉。
第九条 商业银行应当每日向支付机构提供备付金账户对账单。"""
NOTICE = """关于加强现金清分工作的通知
第一条 各网点应当每日清分现金。
第二条 柜员应当当面点准。
第三条 运营主管应当复核。
第四条 人民银行将检查清分质量。
第五条 检查组可以调阅录像。
第六条 检查组应当出示证件。
第七条 检查组应当形成记录。
第八条 检查组应当于5日内反馈。"""


def ranked(text):
    """Outline and ranking of a text."""
    outline, words = outline_from(text), lexicon.load()
    return outline, rank.score(outline, facts.find(outline, words), words, Profile())


def told(text):
    """The candidates' beginnings with their scores."""
    outline, ranking = ranked(text)
    return {outline.sentences[outline.units[unit].sentences[0]].text[:6]: ranking.scores[unit] for unit in ranking.order}


def test_a_regulators_paper_tells_what_concerns_the_bank():
    """The duty to hand over, the rights of the inspected and the bank's sanction stay; not one of the inspectors' duties does."""
    _, ranking = ranked(INSPECTION)
    found = told(INSPECTION)
    assert ranking.others is not None and ranking.others.audience is Audience.REGULATOR
    assert ranking.others.names[0] == "检查组"
    assert set(found) == {"检查组需要调", "陈述、申辩的", "拒绝不合理要", "检查期间，任", "商业银行拒绝"}
    assert {score.category for score in found.values()} <= {Category.DO, Category.TIME, Category.BAN, Category.RIGHT, Category.PENALTY, Category.INFO}


def test_what_nobody_may_do_concerns_the_bank_too():
    """任何单位和个人不得 binds the bank in another trade's paper as well; what anybody may do there does not."""
    more = "\n第十条 支付机构应当保存日志。支付机构应当每月对账。支付机构应当培训员工。支付机构应当更新系统。"
    bans = "\n第十一条 任何单位和个人不得出租、出借支付账户。\n第十二条 任何单位和个人可以查阅公示的收费标准。"
    outline, ranking = ranked(TRADE + more + bans)
    assert ranking.others is not None
    said = ["".join(outline.sentences[each].text for each in outline.units[unit].sentences) for unit in ranking.order]
    assert any("不得出租" in text for text in said) and not any("可以查阅" in text for text in said)


def test_another_trades_paper_tells_its_points_without_boxes():
    """The bank's own duty comes first and keeps its section; what the other trade must do is only told."""
    outline, ranking = ranked(TRADE)
    assert ranking.others is not None and ranking.others.names == ("支付机构",)
    first = ranking.order[0]
    assert "商业银行" in outline.sentences[outline.units[first].sentences[0]].text and first in ranking.others.ours
    assert {ranking.scores[unit].category for unit in ranking.order if unit not in ranking.others.ours} == {Category.INFO}


@pytest.mark.parametrize(
    "text",
    [
        NOTICE,
        TRADE.replace("支付机构应当", "收单机构应当"),  # a bank may be one
        INSPECTION.replace("检查组应当", "各分行应当").replace("检查人员", "各分行"),  # passed on to the branches
        "\n".join(INSPECTION.splitlines()[:4]),  # too few to say
    ],
    ids=["duties of the branch", "a bank's own business", "other branch offices", "few duties"],
)
def test_a_paper_with_duties_of_the_branch_is_never_swallowed(text):
    """Only a paper whose duties are nearly all another house's is passed round."""
    assert ranked(text)[1].others is None
