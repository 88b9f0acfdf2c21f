"""Posts that a sentence names."""

from digest.rank.audience import posts_of
from digest.zh import lexicon as lexicons


def test_the_head_of_the_branch_is_called_so():
    """网点负责人 is printed as it is written: 负责人 alone may be anybody's."""
    assert posts_of("由运营主管和网点负责人双签", lexicons.load()) == ("运营主管", "网点负责人")
