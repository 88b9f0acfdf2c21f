"""Posts that a sentence names."""

from digest.rank.audience import posts_of
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
