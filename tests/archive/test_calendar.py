"""Days to come: the list, and a calendar file that calendars take."""

from datetime import date

from digest.archive import calendar, drafts
from digest.archive.calendar import Coming
from digest.archive.drafts import Change, Day
from tests.archive.made import content_of, source_of, store_in
from tests.archive.test_sources import add

ME = Change(who="主管", label="生成")


def coming(label="报送自查报告", day="2025-09-30", **fields):
    """A day on the list."""
    return Coming(day=day, label=label, what=fields.pop("what", "deadline"), computed=False, draft=1, title="印章自查", kind="检查整改", **fields)


def test_lists_what_is_near_and_only_of_the_latest_draft(tmp_path):
    """Soonest first; past and far days stay out, and a replaced draft's days too."""
    store = store_in(tmp_path)
    source = add(store, source_of())
    old = (Day(day="2025-09-10", label="旧稿", what="deadline"),)
    new = (
        Day(day="2025-09-30", label="报送", what="deadline"),
        Day(day="2025-09-05", label="施行", what="effective", computed=True),
        Day(day="2024-01-01", label="早已过去", what="deadline"),
        Day(day="2027-01-01", label="还远", what="deadline"),
    )
    drafts.create(store, source, content_of(days=old), ME)
    drafts.create(store, source, content_of(days=new), ME)

    found = calendar.upcoming(store, date(2025, 9, 1))
    assert [(day.label, day.what, day.computed) for day in found] == [("施行", "effective", True), ("报送", "deadline", False)]


def test_the_calendar_file_is_what_the_standard_asks():
    """CRLF, required properties, an all-day event that ends the day after."""
    text = calendar.calendar([coming()], "20250901T000000Z")

    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert "DTSTART;VALUE=DATE:20250930\r\nDTEND;VALUE=DATE:20251001\r\n" in text
    assert "SUMMARY:【到期】报送自查报告\r\n" in text
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")


def test_long_lines_are_folded_between_characters():
    """No line over 75 octets, and unfolding gives the text back."""
    label = "报送，自查；整改\\报告" * 12 + "\n第二行"
    text = calendar.calendar([coming(label)], "20250901T000000Z")

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert calendar.escape(label) in text.replace("\r\n ", "")


def test_the_same_day_keeps_its_name():
    """A second download renews the event instead of doubling it."""
    assert calendar.identity(coming()) == calendar.identity(coming())
    assert calendar.identity(coming()) != calendar.identity(coming("别的事"))
