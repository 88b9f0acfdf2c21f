"""A line that asks and forbids: where it stands when it cannot be parted, and what each half may still say of the whole."""

from digest import places, sheet
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


def test_a_mere_ban_stays_among_the_bans():
    """What only forbids needs no mark there."""
    said = filled("柜员严禁白条抵库，不得代客户保管存单；法定代表人亲自领取的除外", Category.BAN)

    assert [line.mixed for line in said["ban"]] == [False]
