"""A watched folder: whole files become drafts once, trouble is said once, nothing is lost over a restart."""

import os
import shutil
from pathlib import Path
from threading import Event

import pytest

from digest.archive import drafts, sources
from digest.errors import ArchiveError
from digest.watch import intake
from digest.watch.folder import FolderWatch
from digest.watch.seen import Seen
from digest.watch.tuning import tuning
from tests.watch.made import CIRCULAR, OTHER, SECRET, intake_of, kinds, store_at, titles, turns, watch_over


@pytest.fixture
def store(tmp_path):
    """An empty archive."""
    it = store_at(tmp_path / "home")
    yield it
    it.close()


@pytest.fixture
def folder(tmp_path):
    """An empty folder to watch."""
    folder = tmp_path / "收文"
    folder.mkdir()
    return folder


def test_a_new_file_becomes_a_draft_once(folder, store):
    """Also in a subfolder; further looks tell nothing."""
    watch = watch_over(folder, store)
    assert kinds(watch) == []
    (folder / "甲.txt").write_text(CIRCULAR)
    (folder / "九月").mkdir()
    (folder / "九月" / "乙.txt").write_text(OTHER)

    assert kinds(watch) == ["made", "made"]
    assert sorted(titles(store)) == ["加强营业网点业务印章管理", "加强营业网点业务钥匙管理"]
    assert kinds(watch) == []


def test_a_file_still_being_copied_is_waited_for(folder, store):
    """As long as it grows from look to look it is left alone; then its whole text is read."""
    watch = watch_over(folder, store)
    text = CIRCULAR.encode()
    for end in range(100, len(text), len(text) // 5):
        (folder / "甲.txt").write_bytes(text[:end])
        assert kinds(watch, 2) == []
    (folder / "甲.txt").write_bytes(text)

    assert kinds(watch) == ["made"]
    assert sources.load_bytes(store, 1).data == text


def test_reserved_space_is_no_content(folder, store):
    """A file whose end is still all zeros is waited for, and told once after long patience."""
    watch = watch_over(folder, store)
    (folder / "甲.txt").write_bytes(CIRCULAR.encode() + bytes(5000))
    assert kinds(watch, tuning().patience - 1) == []
    assert kinds(watch, tuning().patience) == ["failed"]
    assert watch.idle
    (folder / "甲.txt").write_text(CIRCULAR)

    assert kinds(watch) == ["made"]


@pytest.mark.parametrize("name", ["~$甲.docx", "甲.tmp", "甲.docx.crdownload", "甲.PART", ".甲.txt", "Thumbs.db", "~WRL0001.tmp"])
def test_names_of_unfinished_files_are_left_alone(folder, store, name):
    """Lock files, downloads and system files are no circulars."""
    (folder / name).write_text(CIRCULAR)

    assert kinds(watch_over(folder, store)) == []


def test_a_link_is_not_followed(folder, store, tmp_path):
    """A link in a shared folder must not bring in what lies elsewhere."""
    (tmp_path / "别处.txt").write_text(CIRCULAR)
    (folder / "甲.txt").symlink_to(tmp_path / "别处.txt")

    assert kinds(watch_over(folder, store)) == []


def test_the_same_content_is_recognised(folder, store):
    """A copy under another name makes no second draft, and is told once."""
    watch = watch_over(folder, store)
    (folder / "甲.txt").write_text(CIRCULAR)
    assert kinds(watch) == ["made"]
    shutil.copy(folder / "甲.txt", folder / "副本.txt")

    assert turns(watch) == [("known", "副本.txt：历史库里已有《关于加强营业网点业务印章管理的通知》，没有重复生成")]
    assert len(drafts.recent(store)) == 1


def test_a_failure_is_told_once_also_over_a_restart_and_again_when_the_file_changes(folder, store):
    """The manager is not told every two seconds, nor every morning."""
    watch = watch_over(folder, store)
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 no archive at all")
    ((what, text),) = turns(watch)
    assert (what, "坏.docx" in text) == ("failed", True)
    assert kinds(watch) == []
    assert kinds(watch_over(folder, store)) == []

    (folder / "坏.docx").write_bytes(b"PK\x03\x04 still no archive")
    assert kinds(watch) == ["failed"]


def test_a_restart_goes_on_where_it_was_left(folder, store):
    """What came while nobody watched is taken in, the rest is not read again."""
    (folder / "甲.txt").write_text(CIRCULAR)
    assert kinds(watch_over(folder, store)) == ["made"]
    (folder / "乙.txt").write_text(OTHER)

    assert kinds(watch_over(folder, store)) == ["made"]


def test_a_share_that_goes_and_comes_back_is_said_once(folder, store):
    """Nothing is forgotten or repeated meanwhile."""
    watch = watch_over(folder, store)
    (folder / "甲.txt").write_text(CIRCULAR)
    assert kinds(watch) == ["made"]
    away = folder.rename(folder.with_name("断开"))
    ((what, text),) = turns(watch)
    assert (what, "自动继续" in text) == ("trouble", True)
    away.rename(folder)
    (folder / "乙.txt").write_text(OTHER)

    assert kinds(watch) == ["back", "made"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_closed_subfolder_is_said_once(folder, store):
    """And costs no other file."""
    watch = watch_over(folder, store)
    (folder / "锁").mkdir(mode=0)
    (folder / "甲.txt").write_text(CIRCULAR)

    assert kinds(watch) == ["trouble", "made"]


def test_a_subfolder_that_cannot_be_listed_is_said_once(folder, store, monkeypatch):
    """Once that it is closed, once that it is open again; the other files go on."""
    watch = watch_over(folder, store)
    (folder / "锁").mkdir()
    (folder / "甲.txt").write_text(CIRCULAR)
    usual = os.scandir

    def refused(path):
        if str(path).endswith("锁"):
            raise PermissionError(13, "Permission denied")
        return usual(path)

    monkeypatch.setattr(os, "scandir", refused)
    assert kinds(watch) == ["trouble", "made"]
    monkeypatch.undo()
    assert kinds(watch) == ["back"]


def test_a_file_that_cannot_be_opened_is_waited_for(folder, store, monkeypatch):
    """Word still has it: nothing is told at first, once after long patience, and it is read when it is free."""
    watch = watch_over(folder, store)
    (folder / "甲.txt").write_text(CIRCULAR)

    def locked(path):
        raise PermissionError(13, "being used by another process")

    monkeypatch.setattr(Path, "read_bytes", locked)
    assert kinds(watch, tuning().patience + 50) == ["failed"]
    monkeypatch.undo()

    assert kinds(watch) == ["made"]


def test_a_secret_file_leaves_no_trace(folder, store, tmp_path):
    """Refused, not named, not stored, and told once, also after a restart."""
    (folder / "密押规定.txt").write_text(SECRET)
    ((what, text),) = turns(watch_over(folder, store))
    assert (what, "密级" in text, "密押" in text) == ("failed", True, False)
    assert kinds(watch_over(folder, store)) == []
    store.close()

    kept = b"".join(path.read_bytes() for path in (tmp_path / "home").iterdir())
    assert "密押".encode() not in kept


def test_an_archive_that_is_away_is_said_once_and_the_file_is_not_lost(folder, store):
    """The file is taken in when the archive is back, and is not marked as failed."""
    away = [True]
    usual = intake_of(store).take

    def take(source):
        if away[0]:
            raise ArchiveError("连不上")
        return usual(source)

    watch = FolderWatch(folder, take, Seen(store, str(folder)), Event())
    (folder / "甲.txt").write_text(CIRCULAR)
    assert kinds(watch, 8) == ["trouble"]
    assert not watch.idle
    away[0] = False

    assert kinds(watch) == ["back", "made"]


def test_a_file_that_the_archive_refuses_every_time_stops_nobody(folder, store, monkeypatch):
    """After a few tries it is told as failed, and the next file goes on."""
    usual = intake.taking.take_in

    def refusing(store, source, **means):
        if source.name == "甲.txt":
            raise ArchiveError("这一份存不进")
        return usual(store, source, **means)

    monkeypatch.setattr(intake.taking, "take_in", refusing)
    watch = watch_over(folder, store)
    (folder / "甲.txt").write_text(CIRCULAR)
    (folder / "乙.txt").write_text(OTHER)

    assert sorted(what for what in kinds(watch, 8) if what != "back") == ["failed", "made", "trouble"]


def test_a_file_that_another_watch_took_is_waited_for_no_longer(folder, store):
    """Two PCs watch one share: what the other has dealt with is done here too."""
    (folder / "甲.txt").write_text(CIRCULAR)
    watch, other = watch_over(folder, store), watch_over(folder, store)
    assert kinds(watch, 2) == []
    assert kinds(other) == ["made"]

    assert kinds(watch) == []
    assert watch.idle


def test_stopping_ends_between_two_files(folder, store):
    """What was not begun is left for the next start."""
    stop = Event()
    (folder / "甲.txt").write_text(CIRCULAR)
    (folder / "乙.txt").write_text(OTHER)
    watch = watch_over(folder, store, stop)
    told = []
    for _ in range(4):
        for each in watch.turn():
            told.append(str(each.what))
            stop.set()

    assert told == ["made"]
    assert kinds(watch_over(folder, store)) == ["made"]


def test_memory_holds_only_what_lies_there(folder, store):
    """Over many days of files that come and go nothing grows."""
    watch = watch_over(folder, store)
    for number in range(30):
        path = folder / f"{number}.docx"
        path.write_bytes(b"PK\x03\x04" + bytes([number]) * 10)
        assert kinds(watch) == ["failed"]
        path.unlink()
    turns(watch, 1)

    assert (watch.waiting, watch._done) == ({}, {})


def test_a_name_that_is_no_text_is_read_all_the_same(folder, store):
    """A file name in an old encoding costs nothing."""
    path = folder / os.fsdecode(b"\xd3\xa1\xd5\xc2.txt")
    try:
        path.write_text(CIRCULAR)
    except OSError:
        pytest.skip("this file system takes only text as names")

    assert kinds(watch_over(folder, store)) == ["made"]
