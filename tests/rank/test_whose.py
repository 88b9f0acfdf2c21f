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
