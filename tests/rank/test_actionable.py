"""A paper that asks for nothing is said to ask for nothing."""

import pytest

from digest import facts, rank
from digest.model.profile import Profile
from digest.zh import lexicon
from tests.build import outline_from

TALK = """网点管理经验交流材料
尊敬的各位领导，大家好！我是示例支行营业室的负责人，现就一年来的主要做法向同志们作一汇报，不妥之处，敬请批评指正。
# 一、优化引导
大堂所有的工作人员严格按照“定点站位”的模式，积极询问客户，我行设4个窗口。
# 二、优化排班
我行采取弹性排班，大堂经理每天根据客户流量安排，将500万元以上的客户列出清单。"""
PRAISE = """关于我行代表队在业务技能大赛中荣获佳绩的通报
我行代表队荣获团体一等奖。选手们累计训练超过420小时。
希望获奖选手再接再厉。"""
NOTICE = """关于做好零钞备付工作的通知
各营业网点：
# 一、零钞备付
各网点应当备付零钞不少于2万元，不得拒绝兑换。"""


def actionable(text):
    """Whether the text asks the branch for something."""
    outline, words = outline_from(text), lexicon.load()
    return rank.score(outline, facts.find(outline, words), words, Profile()).actionable


@pytest.mark.parametrize(("text", "expected"), [(TALK, False), (PRAISE, False), (NOTICE, True)], ids=["talk", "praise", "notice"])
def test_actionable(text, expected):
    """A talk and a word of praise ask for nothing; a notice does."""
    assert actionable(text) is expected
