"""Designs: a broken template is told with line and advice, and a page never comes out wrong instead."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from digest import places, sheet
from digest.errors import BadTemplate, DoesNotFit
from digest.model.look import FontFile
from digest.model.page import Picture
from digest.sheet.markup import TAGS
from tests.sheet import geometry
from tests.sheet.understood import Said, understood


@pytest.fixture(scope="module")
def look():
    """The default design."""
    return places.look("cards")


def broken(look, old, new):
    """The design with a piece of its page.xml exchanged."""
    assert old in look.page_text
    return replace(look, page_text=look.page_text.replace(old, new, 1))


@pytest.mark.parametrize("design", sorted(places.names(None)))
def test_every_packaged_design_sets_the_sample(design):
    """All packaged designs lay the sample out on one page."""
    assert sheet.check(places.look(design)).spots


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<clock ", "<clok ", "没有 <clok> 这个标签，是不是想写 <clock>"),
        ('when="{{ clock.when }}"', 'whan="{{ clock.when }}"', "<clock> 缺少 when"),
        ('lines="{{ look.note_lines }}"', 'line="{{ look.note_lines }}"', "<notes> 没有属性 line，是不是想写 lines"),
        ("  </questions>\n", "", "<questions> 没有用 </questions> 关闭"),
        ("<point ", "<cell/><point ", "<cell> 应放在 <signoff> 里面"),
        ("{{ sheet.title }}", "{{ sheet.titel }}", "没有这个变量"),
        ("{% endfor %}", "", "Jinja2 语法有误"),
        ("{{ sheet.point }}", "{{ sheet.__class__.__mro__ }}", "模板里不能这样写"),
        ("{{ sheet.point }}", "{{ 1 / 0 }}", "算不出来"),
        ("<page>", "<!DOCTYPE page><page>", "不能写 <!DOCTYPE>"),
    ],
)
def test_a_fault_is_told_with_its_line(look, old, new, told):
    """Every kind of fault names the template's own line and what to do."""
    with pytest.raises(BadTemplate) as caught:
        sheet.check(broken(look, old, new))

    assert told in str(caught.value)
    assert "模板第" in str(caught.value) and "digest template check" in str(caught.value)


def test_the_line_told_is_the_templates_own(look):
    """The line number is that of the file, not of what was made from it."""
    number = next(place for place, text in enumerate(look.page_text.split("\n"), start=1) if "<notes " in text)
    with pytest.raises(BadTemplate, match=f"模板第{number}行"):
        sheet.check(broken(look, "<notes ", "<nodes "))


def test_blocks_stand_in_the_templates_order(look):
    """Exchanging two tags exchanges the blocks on paper."""
    questions = look.page_text[look.page_text.index("  <questions") : look.page_text.index("  <notes")]
    moved = replace(look, page_text=look.page_text.replace(questions, "").replace("  <details", questions + "  <details"))
    places_of = {spot.key: spot.y for spot in sheet.check(moved).spots}

    assert places_of["questions"] > places_of["detail-0"]


def test_a_template_that_says_nothing_of_the_page_is_refused(look):
    """An empty page.xml is a fault and not an empty sheet."""
    with pytest.raises(BadTemplate):
        sheet.check(replace(look, page_text=""))


def test_words_of_the_source_cannot_write_markup(look):
    """Angle brackets and braces in a circular are printed as they stand."""
    text = "请点击<确定>&“{{ 提交 }}”按钮后打印回单"
    made, page = sheet.fill(*understood([Said(text=text)]), look)

    assert made.lines[0].text == text
    assert page.spots


def test_a_font_that_is_none_is_told(look):
    """A font file that cannot be used names itself and the way out."""
    with pytest.raises(BadTemplate, match="坏字体"):
        sheet.check(replace(look, regular=FontFile(name="坏字体", data=b"nothing")))


def test_a_users_own_font_is_used(look):
    """A TrueType font of the user's own sets the page."""
    from digest.typeset import fonts

    data = (fonts.FOLDER / "SheetSansSC-Bold.ttf").read_bytes()
    page = sheet.check(replace(look, regular=FontFile(name="own-test", data=data)))

    assert any(getattr(mark, "font", "") == "own-test" for mark in page.marks)


def test_fixed_parts_that_fill_the_page_are_told(look):
    """A design whose fixed parts are longer than a page says so, and nothing is clipped."""
    with pytest.raises(DoesNotFit, match="放不下"):
        sheet.check(replace(look, note_lines=60))


def test_a_sheet_that_has_grown_too_long_is_told(look):
    """After edits that no size can hold the error names the longest section."""
    made, _ = sheet.fill(*understood([Said(text=f"第{n}，柜员应当核对客户身份证件原件并留存复印件") for n in range(9)]), look)
    section = made.sections[0]
    grown = replace(made, sections=(replace(section, lines=tuple(replace(line, text=line.text * 20) for line in section.lines)),))
    with pytest.raises(DoesNotFit, match=section.title):
        sheet.place(grown, look)


def test_an_edit_is_set_again_and_keeps_the_rest(look):
    """A changed line is laid out anew; the other lines keep their numbers."""
    made, _ = sheet.fill(*understood([Said(text="柜员应当核对客户身份证件原件"), Said(text="双人会同开箱清点")]), look)
    section = made.sections[0]
    edited = replace(made, sections=(replace(section, lines=(replace(section.lines[0], text="柜员应当核对证件原件", emphasis=()), *section.lines[1:])),))
    page = sheet.place(edited, look)

    assert {spot.key for spot in page.spots if spot.key.startswith("line-")} == {"line-1", "line-2"}


def test_the_branchs_mark_stands_left_of_the_title(look):
    """A logo is drawn at its own proportions within the head, and the title begins behind it."""
    paper = understood([Said(text="双人会同开箱清点")])
    _, plain = sheet.fill(*paper, look)
    made, page = sheet.fill(*paper, replace(look, logo=png(60, 20)))
    (picture,) = [mark for mark in page.marks if isinstance(mark, Picture)]
    title = {each: next(spot for spot in each.spots if spot.key == "title") for each in (plain, page)}

    assert picture.width == pytest.approx(3 * picture.height)
    assert title[plain].x + picture.width < title[page].x
    assert title[page].x + title[page].width == pytest.approx(title[plain].x + title[plain].width, abs=0.1)
    geometry.check(made, page, replace(look, logo=png(60, 20)))


def png(wide, high):
    """A picture of that size."""
    buffer = BytesIO()
    Image.new("L", (wide, high), 0).save(buffer, "PNG")
    return buffer.getvalue()


def test_answers_are_printed_on_the_managers_copy_only(look):
    """Answers stand on the copy that asks for them."""
    made, page = sheet.fill(*understood([Said(text="保管箱资料至少保存10年")]), look)
    with_answers = sheet.place(made, replace(look, answers=True))
    text = ["".join(mark.text for mark in each.marks if hasattr(mark, "text")) for each in (page, with_answers)]

    assert made.questions
    assert look.words.answers not in text[0] and look.words.answers in text[1]


def test_every_tag_is_documented():
    """docs/templates.md names each tag of page.xml and no other."""
    text = (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")
    table = text[text.index("## page.xml") : text.index("可用的变量")]
    named = {name for row in table.splitlines() for name in re.findall(r"`([a-z]+)`", row)}

    assert set(TAGS) <= named


def test_a_table_of_numbers_stands_across_the_page(look):
    """A table inside the columns is refused, for it would be torn."""
    with pytest.raises(BadTemplate, match="应放在 <page> 里面"):
        sheet.check(broken(look, "  <columns ", '  <columns><numbers title="x"/></columns><columns '))
