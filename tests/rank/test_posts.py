"""Posts that a sentence names."""

import pytest

from digest.rank.posts import posts_of
from digest.zh import lexicon as lexicons


def test_the_head_of_the_branch_is_called_so():
    """网点负责人 is printed as it is written: 负责人 alone may be anybody's."""
    assert posts_of("由运营主管和网点负责人双签", lexicons.load()) == ("运营主管", "网点负责人")


def test_who_receives_a_report_is_not_who_acts():
    """A line that tells the counter staff to report to the head carries no tag of the head, unless she is named again."""
    words = lexicons.load()

    assert posts_of("系统无响应超过15分钟，立即报运营主管启动应急", words) == ()
    assert posts_of("柜员应当向网点负责人报告", words) == ("柜员",)
    assert posts_of("柜员应报告运营主管，运营主管到场核对", words) == ("柜员", "运营主管")


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("各网点不得由保安单独为客户操作设备", ()),
        ("每日至少配备1名大堂经理和1名保安值守", ()),
        ("不得将印章交由客户经理、大堂经理保管", ()),
        ("调阅录像的，须经网点负责人同意后办理", ()),
        ("单笔10万元以上的，由网点负责人审批", ()),
        ("各网点负责人、运营主管：现将材料转发给你们", ()),
        ("各网点应于9月1日前完成全部柜员信息采集", ()),
        ("查库不得由管库员代替", ()),
        ("逾期未报的，视同由网点负责人兼任", ()),
        ("库存差错由柜员次日8:00前到岗处理", ("柜员",)),
        ("休假的柜员应当交接凭证，由运营主管监交", ("柜员", "运营主管")),
        ("每日营业终了，柜员应换人核对", ("柜员",)),
        ("网点负责人、运营主管节日保持通讯畅通", ("网点负责人", "运营主管")),
        ("运营主管每旬至少查库一次", ("运营主管",)),
        ("网点负责人：每季度组织一次检查", ("网点负责人",)),
        ("第八条大堂经理应主动引导客户", ("大堂经理",)),
        ("网点任何员工接到来电，即为首问责任人", ("全员",)),
        ("网点员工应认真倾听", ("全员",)),
        ("应由2名工作人员在场并留存记录", ("全员",)),
    ],
)
def test_a_post_is_tagged_where_it_acts(text, posts):
    """Who is placed, handed something, asked for leave, forbidden to stand in or only addressed has nothing to do by that line."""
    assert posts_of(text, lexicons.load()) == posts
