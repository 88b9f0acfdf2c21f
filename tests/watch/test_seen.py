"""What was seen: kept by place, as hashes only, and not for ever."""

from datetime import UTC, datetime, timedelta

from digest.watch.seen import KEPT_DAYS, Seen
from tests.watch.made import store_at


def test_marks_are_kept_by_place_and_hide_the_names(tmp_path):
    """Two folders do not mix, and no name stands in the archive."""
    store = store_at(tmp_path / "home")
    one, two = Seen(store, "/甲"), Seen(store, "/乙")
    one.note("机密.docx", "1:2")

    assert (one.mark_of("机密.docx"), two.mark_of("机密.docx"), one.mark_of("别的.docx")) == ("1:2", "", "")
    assert "机密" not in str([tuple(row) for row in store.rows("SELECT * FROM watched")])
    store.close()


def test_old_marks_are_dropped(tmp_path):
    """After more than a year, and no earlier."""
    store = store_at(tmp_path / "home")
    seen, start = Seen(store, "/甲"), datetime(2025, 9, 1, tzinfo=UTC)
    store.clock = lambda: start
    seen.note("a.docx", "1:2")
    store.clock = lambda: start + timedelta(days=KEPT_DAYS - 1)
    seen.forget_old()
    assert seen.mark_of("a.docx") == "1:2"
    store.clock = lambda: start + timedelta(days=KEPT_DAYS + 2)
    seen.forget_old()
    assert seen.mark_of("a.docx") == ""
    store.close()
