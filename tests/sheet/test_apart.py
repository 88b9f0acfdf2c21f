"""A line that asks and forbids: where it stands when it cannot be parted, and what each half may still say of the whole."""

from dataclasses import replace

import pytest

from digest import places, sheet
from digest.model.facts import Fact, FactKind
from digest.model.ranking import Category
from tests.sheet.understood import Said, understood


def filled(text: str, category: Category = Category.DO) -> dict[str, list]:
    """The lines of a sheet with one statement, by section."""
    made, _ = sheet.fill(*understood([Said(text=text, category=category)]), places.look("cards"))
    return {section.key: list(section.lines) for section in made.sections if section.lines}


def test_a_duty_is_never_said_among_the_bans():
    """What cannot be parted and asks for something stands among the duties, with the mark that it holds a ban."""
    text = "网点应当每日核对现金库存，柜员严禁白条抵库；会计主管应当每周查库一次并登记"
    said = filled(text, Category.BAN)

    assert [(key, [line.text for line in lines]) for key, lines in said.items()] == [("do", [text])]
    assert said["do"][0].mixed
    assert said["do"][0].category is Category.DO


@pytest.mark.parametrize(
    "text",
    [
        "柜员严禁白条抵库，不得代客户保管存单；法定代表人亲自领取的除外",
        "网点人员不得有下列行为：引导、协助客户拆分取款金额；由客户签发空白凭证；以核实为由，拖延客户办理",
    ],
)
def test_a_mere_ban_stays_among_the_bans(text):
    """What only forbids needs no mark there, and the members of its list ask for nothing."""
    said = filled(text, Category.BAN)

    assert [line.mixed for line in said["ban"]] == [False]


TIMED = "网点应当在2026年6月30日前完成自查，柜员不得在检查期间擅自对外提供客户账户信息"


def due(text: str, words: str, value: str) -> Fact:
    """A time limit in the first sentence."""
    start = text.index(words)
    return Fact(kind=FactKind.DEADLINE, text=words, sentence=0, start=start, end=start + len(words), value=value)


@pytest.mark.parametrize(
    ("text", "shown"), [(TIMED, [["2026年6月30日前"], []]), (f"2026年6月30日前，{TIMED.replace('在2026年6月30日前', '')}", [["2026年6月30日前"], []])]
)
def test_a_time_limit_stays_with_the_duty(text, shown):
    """The time line and the chips lead to the half that asks, whatever the other is worth."""
    made, _ = sheet.fill(*understood([Said(text=text)], facts=[due(text, "2026年6月30日前", "2026-06-30")]), places.look("cards"))
    halves = sorted(made.lines, key=lambda line: line.part)

    assert [[limit.words for limit in line.limits] for line in halves] == shown
    assert [(each.line, each.day) for each in made.milestones if each.day == "2026-06-30"] == [(halves[0].number, "2026-06-30")]


def test_only_the_half_with_the_unsure_digit_is_doubtful():
    """OCR's doubt about a character is no doubt about words it does not stand in."""
    it = understood([Said(text=TIMED)])
    document = it.outline.document
    blocks = (replace(document.blocks[0], doubtful=((5, 9),)),)
    outline = replace(it.outline, document=replace(document, blocks=blocks))
    made, _ = sheet.fill(outline, it.facts, it.ranking, it.ladders, places.look("cards"))

    assert {line.category: line.doubtful for line in made.lines} == {Category.DO: True, Category.BAN: False}
