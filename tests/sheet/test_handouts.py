"""Copies that differ from the sheet in one thing only: a number, or the answers."""

import pytest
from msgspec.structs import replace

from digest import places, sheet
from digest.model.outline import Light, Secrecy
from digest.render import write_copies
from digest.sheet.handouts import numbered
from tests.sheet import geometry
from tests.sheet.test_fill import long_paper
from tests.sheet.understood import HEAD, Said, understood

ORANGE = Secrecy(light=Light.ORANGE, marking="内部资料", reason="标有内部资料")


def restricted():
    """A sheet of an orange paper, and its look."""
    look = places.look("cards")
    made, _ = sheet.fill(*understood([Said(text="双人会同开箱清点")], head=replace(HEAD, secrecy=ORANGE)), look)
    return made, look


def test_numbers_fill_the_blank():
    """The number stands where the blank was, or behind words of the user's own that have none."""
    made, look = restricted()

    assert numbered(made, 7, look).restriction == "内部学习·编号007·用后收回"
    assert numbered(replace(made, restriction="内部"), 7, look).restriction == "内部·编号007"


def test_each_copy_is_a_page_with_its_own_number():
    """Three copies are three pages that differ in the number and in nothing else."""
    import pypdfium2

    made, look = restricted()
    pages = sheet.copies(made, look, 3)
    document = pypdfium2.PdfDocument(write_copies(made, pages, look))
    texts = [document[number].get_textpage().get_text_range() for number in range(len(document))]

    assert ["编号001" in texts[0], "编号002" in texts[1], "编号003" in texts[2]] == [True] * 3
    assert texts[0].replace("001", "") == texts[1].replace("002", "") == texts[2].replace("003", "")


@pytest.mark.parametrize("design", sorted(places.names(None)))
def test_the_managers_copy_of_a_full_page_holds_the_same_lines(design):
    """Even where the page is full the answers find room, and no line goes for them."""
    look = places.look(design)
    made, _ = sheet.fill(*long_paper(), look)
    page, told = sheet.with_answers(made, look)

    text = "".join(mark.text for mark in page.marks if hasattr(mark, "text"))
    assert look.words.answers in text
    geometry.check(made, page, told)
