"""An edited DOCX comes back: words, order and removals; what the source does not say is marked, and foreign files are refused."""

import copy
import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from digest.errors import DigestError, Encrypted, Unreadable
from digest.model.ranking import Category
from digest.model.sheet import Sheet
from digest.render import import_docx, import_json, write_docx, write_json
from tests.render import pages, sheets
from tests.render.pictures import logo

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def rewritten(data: bytes, change: Callable[[etree._Element], None], drop: tuple[str, ...] = ()) -> bytes:
    """The file with its body changed, and some parts dropped, as another program would save it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(body)
                change(root)
                body = etree.tostring(root)
            if not name.startswith((*drop, "word/fonts/")):
                new.writestr(name, body)
    return out.getvalue()


def control(root: etree._Element, key: str) -> etree._Element:
    """The content control of a field."""
    return next(tag.getparent().getparent() for tag in root.iter(f"{W}tag") if tag.get(f"{W}val") == key)


def paragraph(root: etree._Element, key: str) -> etree._Element:
    """The paragraph of a field."""
    return next(node for node in control(root, key).iterancestors(f"{W}p"))


def say(root: etree._Element, key: str, text: str) -> None:
    """Type other words into a field."""
    content = control(root, key).find(f"{W}sdtContent")
    for run in list(content)[1:]:
        content.remove(run)
    content[0].find(f"{W}t").text = text


def back(change: Callable[[etree._Element], None], design: str = "cards", drop: tuple[str, ...] = (), **fields: object) -> tuple[Sheet, import_docx.Imported]:
    """A sheet, and what comes back after a change in Word."""
    said, page, look = pages.laid_out(design, sheets.sheet(**fields))
    data = write_docx.write(said, page, look)
    return said, import_docx.read(rewritten(data, change, drop), "改过.docx")


@pytest.mark.parametrize("design", pages.DESIGNS)
def test_an_untouched_file_comes_back_as_it_went(design):
    """Nothing done, nothing told, in every design."""
    sheet, imported = back(lambda root: None, design)

    assert imported.sheet == sheet
    assert imported.deviations == ()


def test_a_file_with_a_mark_comes_back_as_it_went():
    """The branch's mark in the head is no change of the user's."""
    said, page, look = pages.laid_out("cards", logo=logo())
    imported = import_docx.read(write_docx.write(said, page, look), "改过.docx")

    assert (imported.sheet, imported.deviations) == (said, ())


def test_words_that_the_source_holds_come_back_quietly():
    """A shorter wording that touches nothing binding is told, but needs no confirmation."""
    text = "办理个人现金存取款单笔5万元以上（含5万元）的，应当核对客户有效身份证件，并在系统中登记资金来源或者用途。"
    sheet, imported = back(lambda root: say(root, "line-2", text))

    changed = next(line for line in imported.sheet.lines if line.number == 2)
    assert changed.text == text
    assert [(each.kind, each.key) for each in imported.deviations] == [("reworded", "line-2")]
    assert not imported.deviations[0].serious
    assert imported.sheet.notices == sheet.notices


@pytest.mark.parametrize(
    ("before", "after"),
    [("5万元以上", "50万元以上"), ("不得以任何理由", "可以"), ("除外", "也办"), ("双人", "单人")],
)
def test_a_changed_figure_ban_or_exception_is_marked(before, after):
    """The wording comes back, and says what it changed."""
    sheet = sheets.sheet()
    line = next(line for line in sheet.lines if before in line.text)
    _, imported = back(lambda root: say(root, f"line-{line.number}", line.text.replace(before, after)))

    found = next(each for each in imported.deviations if each.key == f"line-{line.number}")
    assert found.serious
    assert any("Word" in notice for notice in imported.sheet.notices)
    assert after in next(one for one in imported.sheet.lines if one.number == line.number).text


def test_a_deleted_line_goes_to_the_left_out_ones_with_its_question():
    """Its question cannot be answered from the sheet any more."""
    _, imported = back(lambda root: paragraph(root, "line-2").getparent().remove(paragraph(root, "line-2")))

    assert 2 not in [line.number for line in imported.sheet.lines]
    assert imported.sheet.left_out[-1].why == "主管删去"
    assert imported.sheet.left_out[-1].text == sheets.DO[0]
    assert [each.kind for each in imported.deviations] == ["removed", "dropped"]
    assert [question.line for question in imported.sheet.questions] == [6]


def test_an_emptied_line_is_a_deleted_one():
    """Word leaves the control and its placeholder."""
    _, imported = back(lambda root: say(root, "line-3", ""))

    assert 3 not in [line.number for line in imported.sheet.lines]


def test_a_moved_line_takes_its_new_place():
    """Cut and pasted to the end of another section."""

    def change(root: etree._Element) -> None:
        paragraph(root, "line-8").addnext(paragraph(root, "line-3"))

    _, imported = back(change)

    ban = next(section for section in imported.sheet.sections if section.key == "ban")
    assert [line.number for line in ban.lines] == [6, 7, 8, 3]
    assert [(each.kind, each.key, each.before) for each in imported.deviations] == [("moved", "line-3", sheets.DO[1])]


def test_a_line_moved_within_its_section_is_the_only_one_told():
    """The others only made room."""
    _, imported = back(lambda root: paragraph(root, "line-2").addprevious(paragraph(root, "line-5")))

    duties = next(section for section in imported.sheet.sections if section.key == "do")
    assert [line.number for line in duties.lines] == [5, 2, 3, 4]
    assert [(each.kind, each.key) for each in imported.deviations] == [("moved", "line-5")]


def typed(root: etree._Element, key: str, text: str) -> None:
    """A new paragraph below a line, in its style."""
    below = paragraph(root, key)
    style = below.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
    node = etree.SubElement(below.getparent(), f"{W}p")
    etree.SubElement(etree.SubElement(node, f"{W}pPr"), f"{W}pStyle").set(f"{W}val", style)
    etree.SubElement(etree.SubElement(node, f"{W}r"), f"{W}t").text = text
    below.addnext(node)


def test_a_line_of_ones_own_is_marked_as_such():
    """It has no source, and says so."""
    _, imported = back(lambda root: typed(root, "line-7", "3月底前本网点自查一次"))

    ban = next(section for section in imported.sheet.sections if section.key == "ban")
    own = ban.lines[2]
    assert own.text == "3月底前本网点自查一次"
    assert own.source == ""
    assert own.mark == "网点补充"
    assert own.category is Category.BAN
    assert next(each for each in imported.deviations if each.kind == "added").serious


def test_a_candidate_copied_from_the_left_out_list_keeps_its_source():
    """Nothing to confirm: the words are the source's."""
    sheet, imported = back(lambda root: typed(root, "line-3", "8. 各行要高度重视，加强组织领导"))

    line = next(line for line in imported.sheet.lines if line.units == (99,))
    assert line.source == sheet.left_out[0].text
    assert not any(each.serious for each in imported.deviations)


def test_tracked_changes_count_as_accepted():
    """What is marked as deleted is gone, what is marked as inserted is there."""

    def change(root: etree._Element) -> None:
        content = control(root, "line-6").find(f"{W}sdtContent")
        run = content[-1]
        gone = etree.SubElement(content, f"{W}del")
        kept = etree.SubElement(content, f"{W}ins")
        old, new = copy.deepcopy(run), copy.deepcopy(run)
        old.find(f"{W}t").tag = f"{W}delText"
        new.find(f"{W}t").text = "以任何理由要求客户分拆金额办理"
        gone.append(old)
        kept.append(new)
        content.remove(run)

    _, imported = back(change)

    assert next(line for line in imported.sheet.lines if line.number == 6).text == "不得以任何理由要求客户分拆金额办理"


def test_bookmarks_serve_where_controls_were_dropped():
    """LibreOffice and old WPS keep the words but not the controls."""

    def change(root: etree._Element) -> None:
        for box in list(root.iter(f"{W}sdt")):
            content = box.find(f"{W}sdtContent")
            for child in reversed(list(content)):
                box.addnext(child)
            box.getparent().remove(box)
        mark = next(mark for mark in root.iter(f"{W}bookmarkStart") if mark.get(f"{W}name") == "digest_line_4")
        mark.getnext().find(f"{W}t").text = "新字"

    sheet, imported = back(change)

    assert [each.key for each in imported.deviations] == ["line-4"]
    assert len(imported.sheet.lines) == len(sheet.lines)


def test_words_typed_beside_the_control_belong_to_the_line():
    """At the end of a line the cursor easily stands outside."""

    def change(root: etree._Element) -> None:
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}t").text = "，逐笔办理"
        control(root, "line-8").addnext(run)

    _, imported = back(change)

    assert next(line for line in imported.sheet.lines if line.number == 8).text.endswith("情况，逐笔办理")


def test_number_cells_are_guarded_against_what_they_said():
    """至少5年 cannot quietly become 至少3年."""
    _, imported = back(lambda root: say(root, "standard-9", "至少3年"))

    assert imported.sheet.sections[-1].rows[0].standard == "至少3年"
    assert imported.deviations[0].key == "standard-9"
    assert imported.deviations[0].serious


def test_point_title_questions_and_notes_come_back():
    """The point is guarded against its line; the manager's notes are handed over as they are."""

    def change(root: etree._Element) -> None:
        say(root, "point", "自2026年9月1日起，单笔3万元以上现金存取须登记。")
        say(root, "title", "大额现金登记")
        say(root, "question-1", "支取5万元整要登记吗？")
        note = next(node for node in root.iter(f"{W}p") if node.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "note")
        etree.SubElement(etree.SubElement(note, f"{W}r"), f"{W}t").text = "周五抽查"

    _, imported = back(change)

    assert imported.sheet.title == "大额现金登记"
    assert imported.sheet.point.startswith("自2026年9月1日起，单笔3万元")
    assert next(each for each in imported.deviations if each.key == "point").serious
    assert imported.sheet.questions[0].question == "支取5万元整要登记吗？"
    assert imported.notes == ("周五抽查",)


def test_the_json_serves_where_the_draft_was_lost():
    """A program that drops the file's own data leaves the words."""
    said, page, look = pages.laid_out("cards")
    data = rewritten(write_docx.write(said, page, look), lambda root: say(root, "line-2", "改"), drop=("customXml/",))
    original = import_json.read(write_json.write(said, page))

    with pytest.raises(Unreadable, match=r"改过\.docx"):
        import_docx.read(data, "改过.docx")
    assert import_docx.read(data, "改过.docx", original).deviations[0].key == "line-2"


def test_what_comes_back_can_be_laid_out_again():
    """The edited sheet goes the way of every sheet."""
    _, imported = back(lambda root: typed(root, "line-7", "本网点自查一次"))
    _, page, _ = pages.laid_out("cards", imported.sheet)

    assert "本网点自查一次" in page.markup


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip", zipfile.ZipFile], ids=["empty", "cut", "text", "no document"])
def test_foreign_files_are_refused_in_one_sentence(data):
    """Whatever is handed over, the user gets a sentence and no other exception."""
    if not isinstance(data, bytes):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            package.writestr("a.txt", "x")
        data = buffer.getvalue()
    with pytest.raises(Unreadable, match=r"坏\.docx"):
        import_docx.read(data, "坏.docx")


def test_a_password_is_told_apart():
    """Word writes an encrypted file as an OLE one."""
    with pytest.raises(Encrypted, match="密码"):
        import_docx.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "密.docx")


@settings(derandomize=True, deadline=None, max_examples=40)
@given(cut=st.integers(0, 60_000), flip=st.integers(0, 255))
def test_damaged_files_never_raise_anything_else(cut, flip):
    """Any byte changed, any end cut off."""
    data = rewritten(SOUND, lambda root: None)
    place = cut % len(data)
    for broken in (data[:place], data[:place] + bytes([flip]) + data[place + 1 :]):
        try:
            import_docx.read(broken, "坏.docx")
        except DigestError:
            continue


SOUND = write_docx.write(*pages.laid_out("cards"))
