"""``digest lines``: what fits into so many characters, our own duties before anybody else's."""

import pytest

from digest import pipeline, places
from digest.model.source import Source
from digest.pipeline import Rules
from digest.sheet.plain import length
from digest.zh import lexicon

OURS = "银行应当在收到通知书后二十四小时内办理冻结，并向客户说明冻结的期限。"
THEIRS = "人民法院应当在作出裁定后五日内将裁定书送达申请人。"
PAPER = "\n".join(["关于办理冻结事项的规定", f"第一条　{OURS}", f"第二条　{THEIRS}", "第三条　人民法院应当将执行情况录入系统，并定期开展检查。"])


@pytest.fixture(scope="module")
def known():
    """A short paper that asks more of the court than of the bank."""
    rules = Rules(lexicon=lexicon.load(), profile=places.profile(None))
    return pipeline.understand(Source(name="规定.txt", data=PAPER.encode()), rules)


def test_somebody_elses_duties_fill_what_ours_leave(known):
    """They are told in their place, when all of ours have found room."""
    said = pipeline.lines(known, 900)

    assert ["办理冻结" in line for line in said] == [True, False, False]
    assert "裁定书送达申请人" in said[1]


def test_somebody_elses_duties_never_take_the_place_of_ours(known):
    """In little room there is none of them."""
    said = pipeline.lines(known, length(OURS) + 3)

    assert len(said) == 1
    assert "办理冻结" in said[0]
    assert set(known.ranking.sunk) == {1, 2}
    assert not set(known.ranking.sunk) & set(known.ranking.order)


def test_somebody_elses_duty_keeps_its_subject():
    """Where most duties are the court's, its name is no matter of course: without it the line would read as ours."""
    papers = ("裁定书", "通知书", "决定书", "传票", "判决书", "告知书", "回执")
    court = [f"人民法院应当在{days}日内将{what}送达当事人，并记录在卷。" for days, what in enumerate(papers, start=2)]
    text = "\n".join(["关于办理冻结事项的规定", *(f"第{'一二三四五六七八'[place]}条　{each}" for place, each in enumerate([OURS, *court]))])
    found = pipeline.understand(Source(name="规定.txt", data=text.encode()), Rules(lexicon=lexicon.load(), profile=places.profile(None)))

    said = [line for line in pipeline.lines(found, 900) if "送达当事人" in line]
    assert len(said) == len(court)
    assert all(line.startswith("人民法院应当") for line in said)


@pytest.mark.parametrize("characters", [20, 40, 60, 80, 100])
def test_no_more_characters_than_asked_for(known, characters):
    """Whoever's duties they are."""
    assert sum(map(length, pipeline.lines(known, characters))) <= characters
