"""The DOCX says what the PDF says, in named styles, with boxes to tick, its fonts and its draft inside, in the same bytes each time."""

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from digest.errors import DoesNotFit
from digest.model.look import FontFile
from digest.model.page import Picture
from digest.model.sheet import Milestone
from digest.render import import_json, write_docx
from digest.render.write_docx_fit import RESERVE, fit
from digest.render.write_docx_fontfile import family_of, may_embed
from digest.render.write_docx_lines import count_lines, end_of_last, words
from digest.render.write_docx_zip import zip_file
from digest.typeset import fonts
from tests.render import pages, sheets
from tests.render.pictures import logo

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
CHINESE = st.text("现金存取业务，。（）《》、5万元2026年ABabc %", max_size=80)


def written(design: str = "cards", **fields: object) -> bytes:
    """The DOCX of a sheet in a design."""
    return write_docx.write(*pages.laid_out(design, sheets.sheet(**fields)))


def part(data: bytes, name: str) -> bytes:
    """One part of the package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def text_of(data: bytes) -> str:
    """All characters of the body in order."""
    return "".join(etree.fromstring(part(data, "word/document.xml")).itertext(f"{W}t"))


@pytest.mark.parametrize("design", pages.DESIGNS)
def test_it_says_everything(design):
    """Title, point, facts, every line with its article, numbers, questions and the foot."""
    sheet = sheets.sheet()
    text = text_of(written(design))

    for line in (one for section in sheet.sections for one in section.lines):
        assert line.text in text
    numbers = ("至少5年",) if "<numbers" in pages.laid_out(design)[1].markup else ()
    for expected in (sheet.title, sheet.point, *numbers, "示银运〔2026〕18号", "待补", sheet.footer, "第2条"):
        assert expected in text


@pytest.mark.parametrize("design", pages.DESIGNS)
def test_every_paragraph_has_a_style_of_its_role(design):
    """A user changes a role in one place; nothing floats and no line height is left to the font."""
    made = Document(io.BytesIO(written(design)))
    body = made.element.body

    assert {style.get(f"{W}val") for style in body.iter(f"{W}pStyle")} <= {style.style_id for style in made.styles}
    assert all(paragraph.find(f"{W}pPr/{W}pStyle") is not None for paragraph in body.iter(f"{W}p"))
    assert not list(body.iter(f"{W}drawing", f"{W}pict", f"{W}framePr"))
    assert not list(body.iter(f"{W}docGrid"))
    used = [style for style in made.styles if style.type == 1 and style.name != "Normal"]
    assert all(style.element.find(f"{W}pPr/{W}spacing").get(f"{W}lineRule") == "exact" for style in used)


@pytest.mark.parametrize("design", pages.DESIGNS)
def test_the_mark_stands_in_the_head(design):
    """The branch's own file, as large as in the PDF, with words that stand for it; without one there is no picture."""
    said, page, look = pages.laid_out(design, logo=logo())
    data = write_docx.write(said, page, look)
    made = Document(io.BytesIO(data))
    shape = made.inline_shapes[0]
    (mark,) = [each for each in page.marks if isinstance(each, Picture)]

    assert len(made.inline_shapes) == 1
    assert (shape.width.pt, shape.height.pt) == pytest.approx((mark.width, mark.height), abs=0.01)
    assert shape._inline.docPr.get("descr") == "示例银行城东支行标志"
    relation = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
    assert made.part.related_parts[relation].blob == part(data, "word/media/logo.png") == look.logo
    line = shape._inline.getparent().getparent().getparent()
    assert line.find(f"{W}pPr/{W}spacing").get(f"{W}lineRule") == "auto"
    assert data == write_docx.write(said, page, look)


@pytest.mark.parametrize("design", pages.DESIGNS)
def test_the_mark_takes_its_room_from_the_title(design):
    """The head's cells are as wide as the page, and the title is set for the room that is left."""
    said = sheets.sheet(title="关于进一步规范个人大额现金存取款登记与核对工作")
    bare, marked = fit(*pages.laid_out(design, said)), fit(*pages.laid_out(design, said, logo=logo()))
    widths = marked.blocks[0].widths

    assert widths[0] == pytest.approx(78)  # 200 by 80 at a height of 28, and air
    assert sum(widths) == pytest.approx(sum(bare.blocks[0].widths)) == pytest.approx(marked.width)
    assert marked.faces["title"].size <= bare.faces["title"].size


def test_boxes_are_content_controls():
    """One box for every line to be done, drawn empty, ticked by a click."""
    root = etree.fromstring(part(written("cards"), "word/document.xml"))
    boxes = list(root.iter(f"{W14}checkbox"))

    assert len(boxes) == len(sheets.DO) + len(sheets.BAN)
    assert all(box.find(f"{W14}checked").get(f"{W14}val") == "0" for box in boxes)


def test_controls_and_bookmarks_are_numbered_once():
    """Word repairs a file in which a number stands twice."""
    root = etree.fromstring(part(written("cards"), "word/document.xml"))
    controls = [mark.get(f"{W}val") for mark in root.iter(f"{W}id") if mark.getparent().tag == f"{W}sdtPr"]
    names = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]

    assert len(controls) == len(set(controls))
    assert len(names) == len(set(names))
    assert all(len(name) <= 40 for name in names)


def test_fonts_are_inside_and_can_be_taken_out_again():
    """The first 32 bytes are mixed with the key of the font table; mixed again they are the packaged font."""
    data = written()
    table = part(data, "word/fontTable.xml").decode()
    key = bytes.fromhex(table.split('fontKey="{')[1][:36].replace("-", ""))[::-1]
    odd = part(data, "word/fonts/font1.odttf")

    plain = bytes(byte ^ key[place % 16] for place, byte in enumerate(odd[:32])) + odd[32:]
    assert plain == (fonts.FOLDER / "SheetSansSC-Regular.ttf").read_bytes()
    assert 'w:name="Sheet Sans SC"' in table


def test_a_font_of_the_users_own_is_named_and_kept_out_where_its_licence_says_so():
    """A font whose fsType is 2 is not embedded; its family is still asked for by its name."""
    data = (fonts.FOLDER / "SheetSansSC-Regular.ttf").read_bytes()
    place = data.index(b"OS/2") + 8
    offset = int.from_bytes(data[place : place + 4], "big")
    closed = data[: offset + 8] + b"\x00\x02" + data[offset + 10 :]

    assert family_of(data) == "Sheet Sans SC"
    assert may_embed(data)
    assert not may_embed(closed)
    assert family_of(b"no font") == ""
    made = write_docx.fonts_of(pages.look_of("cards", regular=FontFile(name="own.ttf", data=closed)))
    assert made.name == "Sheet Sans SC"
    assert not made.regular


def test_the_draft_travels_inside():
    """The sheet's JSON is a part of its own, linked from the document, so that saving in Word keeps it."""
    sheet = sheets.sheet(title="标题 & <b>")
    item = etree.fromstring(part(written(title=sheet.title), "customXml/item1.xml"))

    assert import_json.read(item.text.encode()) == sheet


def test_the_same_sheet_gives_the_same_bytes():
    """No clock, no random number."""
    assert written() == written()


def test_no_clock_and_no_name_in_the_properties():
    """Core properties name the sheet only."""
    about = Document(io.BytesIO(written())).core_properties

    assert about.title == sheets.sheet().title
    assert about.author == "digest"
    assert about.created.year == about.modified.year == 2000


@pytest.mark.parametrize("design", pages.DESIGNS)
def test_the_counted_height_keeps_the_reserve(design):
    """The fullest page a design takes is counted to end above the reserve, in type of 10.5 pt and more."""
    sheet, page, look = pages.fullest(design)
    made = fit(sheet, page, look)
    room = page.height - made.margins[0] - made.margins[2]

    assert made.height <= room - RESERVE
    assert made.faces["said"].size >= 10.5
    assert all(face.size >= 9 for key, face in made.faces.items() if key != "gap")


def test_a_sheet_without_days_or_chips_or_anything():
    """Each block folds away where it has nothing, whatever else is there."""
    for fields in (
        {"milestones": ()},
        {"milestones": (Milestone(day="2026-08-06", label="印发"),)},
        {"sections": ()},
        {"questions": ()},
        {"details": ()},
        {"sections": (), "milestones": (), "questions": (), "circulate_only": True},
    ):
        assert written("cards", **fields)


def test_what_cannot_stand_on_a_page_is_refused():
    """A page that was never laid out is no excuse for a second one."""
    sheet, page, look = pages.laid_out("cards")
    endless = page.markup.replace(sheet.lines[1].text[2:], "很长" * 4000)

    with pytest.raises(DoesNotFit, match="Word"):
        write_docx.write(sheet, replace(page, markup=endless), look)


def test_control_characters_never_reach_the_file():
    """What XML cannot hold is left out, and the file still opens."""
    assert Document(io.BytesIO(written(footer="页\x0b脚\x00尾", title="标\x07题"))).paragraphs


@settings(derandomize=True, deadline=None, max_examples=150)
@given(text=CHINESE, width=st.floats(30, 400), size=st.sampled_from([10.5, 12.0, 14.0]))
def test_the_count_is_never_below_the_sum_of_widths(text, width, size):
    """Lines at most are at least what the real font needs without any kinsoku."""
    real = sum(fonts.glyph(char).width for char in text) * size
    lines = count_lines(text, width, size)

    assert lines * width >= real - 0.01
    assert 0 <= end_of_last(text, width, size) <= width + 0.01
    assert "".join(words(text)) == text


@settings(derandomize=True, deadline=None, max_examples=60)
@given(text=CHINESE, width=st.floats(60, 300))
def test_a_wider_column_never_needs_more_lines(text, width):
    """The count falls with the width, so that the fit may search."""
    assert count_lines(text, width + 20, 12) <= count_lines(text, width, 12)


def test_the_package_is_a_sound_zip():
    """Every checksum holds, names are read as they were, and there is no clock."""
    with zipfile.ZipFile(io.BytesIO(zip_file({"[Content_Types].xml": b"<a/>", "word/字.xml": "一二三".encode() * 500_000, "empty": b""}))) as package:
        assert package.testzip() is None
        assert package.namelist() == ["[Content_Types].xml", "word/字.xml", "empty"]
        assert package.read("word/字.xml").decode() == "一二三" * 500_000
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
