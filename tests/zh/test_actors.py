"""Who is named in a text, and whose people they are."""

import pytest

from digest.zh import lexicon
from digest.zh.actors import find_actors, houses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中国人民银行及其分支机构", ["regulator"]),
        ("人民银行当地分支机构", ["regulator", "branch"]),  # nothing says that it is theirs
        ("外汇局的工作人员", ["regulator"]),
        ("检查组及其工作人员", ["regulator"]),
        ("支付机构及其从业人员", ["other_industry"]),
        ("商业银行及其分支机构", ["branch", "branch"]),
        ("总行及各分支机构", ["head_office", "branch"]),
        ("人民法院和开户银行的工作人员", ["regulator", "branch", "branch"]),
    ],
)
def test_people_belong_to_the_house_before_them(text, expected):
    """The branch office of a regulator is no branch of ours, and its staff is not our staff; our own house's is."""
    assert [actor.audience for actor in find_actors(text, lexicon.load())] == expected


def test_staff_alone_name_no_house():
    """高级管理人员 may be anybody's: they do not make a sentence about payment institutions one about the bank."""
    assert houses("发现支付机构违规的，对其高级管理人员予以处理", lexicon.load()) == {"other_industry"}
