"""Issued sheets and hand-outs: kept as printed, told apart by content."""

import pytest

from digest.archive import drafts, issues, search
from digest.archive.drafts import Change
from digest.archive.issues import Signature
from digest.errors import ArchiveError
from tests.archive.made import content_of, printed_of, sheet_of, source_of, store_in
from tests.archive.test_sources import add


@pytest.fixture
def store(tmp_path):
    """An archive with one draft."""
    store = store_in(tmp_path)
    drafts.create(store, add(store, source_of()), content_of(), Change(who="主管", label="生成"))
    return store


def test_each_print_is_kept_exactly(store):
    """The PDF's bytes and the sheet come back."""
    number = issues.add(store, 1, printed_of("甲", pdf=b"one"), "主管")

    assert issues.load_pdf(store, number) == b"one"
    assert issues.load_sheet(store, number) == sheet_of("甲")
    assert issues.get(store, number).ticks == ("已逐条对照原文",)


def test_the_same_print_twice_is_one_version(store):
    """Printing again makes no new version, changing does."""
    first = issues.add(store, 1, printed_of("甲", pdf=b"one"), "主管")
    again = issues.add(store, 1, printed_of("甲", pdf=b"one"), "主管")
    other = issues.add(store, 1, printed_of("乙", pdf=b"two"), "主管")

    assert first == again != other
    assert [issue.number for issue in issues.of_draft(store, 1)] == [2, 1]


def test_issued_sheets_are_found(store):
    """Their words are searched as well."""
    number = issues.add(store, 1, printed_of("空白凭证不得预盖印章"), "主管")

    assert [hit.ref for hit in search.find(store, search.Query(words="预盖印章", what=("issue",)))] == [number]


def test_hand_outs_with_copies_that_come_back(store):
    """Who got which numbered copy, and when it came back."""
    number = issues.add(store, 1, printed_of("甲"), "主管")
    names = (Signature(name="张三", copy="001"), Signature(name="李四", copy="002"))
    out = issues.hand_out(store, number, {"day": "2025-09-02", "meeting": "晨会"}, names=names, who="主管")
    issues.take_back(store, out, 1, "2025-09-02")

    (record,) = issues.hand_outs(store, number)
    assert (record.day, record.meeting) == ("2025-09-02", "晨会")
    assert [(s.name, s.copy, s.returned) for s in record.signatures] == [("张三", "001", ""), ("李四", "002", "2025-09-02")]


def test_what_is_not_there_is_said(store):
    """Missing versions and copies give a sentence."""
    with pytest.raises(ArchiveError):
        issues.get(store, 5)
    with pytest.raises(ArchiveError):
        issues.take_back(store, 5, 0, "2025-09-02")


def test_a_damaged_pdf_is_noticed(store):
    """The evidence of what was handed out is checked."""
    number = issues.add(store, 1, printed_of("甲"), "主管")
    store.run("UPDATE issue SET pdf = ? WHERE id = ?", (b"\0", number))
    with pytest.raises(ArchiveError, match="校验不符"):
        issues.load_pdf(store, number)
