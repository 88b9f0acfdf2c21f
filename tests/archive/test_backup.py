"""Backup and restore: one file out, the same archive in, and nothing else gets in."""

import sqlite3

import pytest

from digest.archive import backup, drafts, search, sources
from digest.archive.drafts import Change
from digest.errors import ArchiveError
from tests.archive.made import content_of, source_of, store_in
from tests.archive.test_sources import add

pytestmark = pytest.mark.database("sqlite")  # PostgreSQL has its own tools


@pytest.fixture
def store(tmp_path):
    """An archive with one source and a draft."""
    store = store_in(tmp_path / "a")
    drafts.create(store, add(store, source_of()), content_of(), Change(who="主管", label="生成"))
    return store


def test_what_was_saved_comes_back_whole(store, tmp_path):
    """A later archive is replaced by the earlier one, searchable at once."""
    copy = tmp_path / "备份.sqlite"
    backup.save(store, copy)
    sources.remove(store, 1)
    backup.restore(store, copy)

    assert drafts.get(store, 1).standing.version == 1
    assert search.find(store, search.Query(words="印章"))
    assert store.sound()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["备份.sqlite"]


def test_a_backup_moves_to_another_pc(store, tmp_path):
    """It opens a fresh archive elsewhere."""
    copy = tmp_path / "b.sqlite"
    backup.save(store, copy)
    other = store_in(tmp_path / "other")
    backup.restore(other, copy)

    assert sources.load_bytes(other, 1).data == source_of().data


@pytest.mark.parametrize(
    "harm",
    [
        "CREATE TRIGGER evil AFTER INSERT ON audit BEGIN DELETE FROM source; END",
        "CREATE VIEW evil AS SELECT 1",
        "ALTER TABLE account ADD COLUMN evil",
        "INSERT INTO migration VALUES (999, '', '')",
        "PRAGMA application_id=7",
    ],
)
def test_a_tampered_backup_is_refused(store, tmp_path, harm):
    """Anything that is not ours keeps it out, and the archive stays as it was."""
    copy = tmp_path / "b.sqlite"
    backup.save(store, copy)
    backup.with_closed(copy, harm)
    with pytest.raises(ArchiveError):
        backup.restore(store, copy)

    assert drafts.get(store, 1)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_file_that_is_no_backup_is_refused(store, tmp_path, content):
    """Empty files and others too."""
    copy = tmp_path / "b.sqlite"
    copy.write_bytes(content)
    with pytest.raises(ArchiveError):
        backup.restore(store, copy)

    assert drafts.get(store, 1)


def test_a_truncated_backup_is_refused(store, tmp_path):
    """Half a file does not replace a whole one."""
    copy = tmp_path / "b.sqlite"
    backup.save(store, copy)
    copy.write_bytes(copy.read_bytes()[:-8192])
    with pytest.raises((ArchiveError, sqlite3.DatabaseError)):
        backup.restore(store, copy)

    assert drafts.get(store, 1)
