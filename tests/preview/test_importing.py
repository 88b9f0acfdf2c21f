"""A sheet edited in Word comes back: texts, order, removals and additions; what the file says of sources is not believed."""

import io

import docx
import pytest

from digest.model.sheet import NumberRow
from digest.preview import importing
from digest.preview.draft import map_lines, printable
from tests.preview.made import draft, halves, line_with


def edited(change):
    """The draft's printed sheet as it would come back with a change to each line."""
    return map_lines(printable(draft()), change)


def renamed(line, **fields):
    """A line with other fields."""
    from msgspec.structs import replace

    return replace(line, **fields)


def test_an_untouched_file_changes_nothing():
    """Out and in again is the same draft."""
    step = importing.merged(draft(), printable(draft()), ())

    assert printable(step.draft) == printable(draft())
    assert step.findings == {}


def test_a_changed_number_is_found_and_a_faked_source_is_not_believed():
    """The guard asks our own source, not the file's."""
    text = "停用的印章应当于9个工作日内上缴分行运营管理部"
    step = importing.merged(draft(), edited(lambda line: renamed(line, text=text, source=text) if "停用的印章" in line.text else line), ())
    number = line_with(draft(), "停用的印章").number

    assert step.findings[f"line-{number}"]
    assert step.draft.line(number).source == line_with(draft(), "停用的印章").source


def test_what_was_deleted_waits_on_the_shelf_and_what_was_written_is_own():
    """Nothing is lost, and the branch's words are marked."""
    step = importing.merged(draft(), edited(lambda line: None if "严禁" in line.text else line), ("周三补学",))
    added = importing.merged(draft(), edited(lambda line: renamed(line, text="钥匙不得外借", units=(), source="") if "严禁" in line.text else line), ())
    own = next(line for line in added.draft.sheet.lines if line.text == "钥匙不得外借")

    assert [line.text for line in step.draft.shelf] == ["严禁将印章带出营业场所"]
    assert step.draft.notes == "周三补学"
    assert own.number in added.draft.own


def test_a_changed_cell_is_guarded():
    """The table of numbers too."""
    from msgspec.structs import replace

    sheet = printable(draft())
    wrong = tuple(
        replace(section, rows=tuple(replace(row, standard="不少于1年") if "不少于5年" in row.standard else row for row in section.rows))
        for section in sheet.sections
    )
    step = importing.merged(draft(), replace(sheet, sections=wrong), ())

    assert step.findings


@pytest.mark.parametrize(("held", "text"), [(0, "柜员不得不代客户填写任何空白凭证"), (1, "柜员不得逐笔核对空白凭证并登记台账")])
def test_a_reworded_half_stays_the_half_it_is(held, text):
    """Both halves of a parted line have the same units: which one it is says its part, not whose words are nearer."""
    given, _, both = halves()
    told = map_lines(printable(given), lambda line: renamed(line, text=text) if line.text == both[held].text else line)
    order = sorted(told.sections, key=lambda section: text not in "".join(line.text for line in section.lines))
    step = importing.merged(given, renamed(told, sections=tuple(order)), ())

    assert [step.draft.line(line.number).text for line in both] == [text if place == held else line.text for place, line in enumerate(both)]


def test_rows_with_the_same_units_are_all_kept():
    """Two rows may come from one unit; none takes the other's place."""
    given = draft()
    row = next(section for section in given.sheet.sections if section.rows).rows[0]
    other = NumberRow(item="另一项", standard=row.standard, line=renamed(row.line, number=given.next_number, part=1))
    sections = tuple(renamed(section, rows=(*section.rows, other)) if section.rows else section for section in given.sheet.sections)
    given = renamed(given, sheet=renamed(given.sheet, sections=sections), next_number=given.next_number + 1)

    assert importing.merged(given, printable(given), ()).draft.numbers == given.numbers


def test_the_whole_way_through_word(desk):
    """Exported, changed in Word, shown, confirmed, kept."""
    number = desk.take_in()
    keys = [each["key"] for each in desk.client.get(f"/api/drafts/{number}/checks").json()["checks"]]
    it = desk.client.post(f"/api/drafts/{number}/issues", json={"version": 1, "ticks": keys, "copies": 0}).json()
    data = changed_docx(desk.client.get(f"/api/issues/{it['id']}/docx").content, "3个工作日", "8个工作日")
    told = desk.client.post(f"/api/imports/{number}?version=1", content=data).json()
    assert any("8个工作日" in each["after"] for each in told["changes"])
    assert told["findings"]
    assert desk.client.get(f"/api/drafts/{number}").json()["draft"]["version"] == 1

    kept = desk.client.post(f"/api/imports/{number}?version=1&confirmed=1", content=data).json()
    texts = [line["text"] for section in kept["sections"] for line in section["lines"]]
    assert any("8个工作日" in text for text in texts)
    assert desk.client.post(f"/api/imports/{number}?version=1", content=data).status_code == 409


def changed_docx(data, old, new):
    """A DOCX with some words changed wherever they stand in a run, as somebody would in Word."""
    document = docx.Document(io.BytesIO(data))
    for text in document.element.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        if text.text and old in text.text:
            text.text = text.text.replace(old, new)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"hello"])
def test_other_files_are_refused(desk, data):
    """A sentence, and the draft stays."""
    number = desk.take_in()
    found = desk.client.post(f"/api/imports/{number}?version=1", content=data)

    assert found.status_code in (400, 422)
    assert found.json()["error"]
