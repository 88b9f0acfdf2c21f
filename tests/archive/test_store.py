"""The store: transactions are whole, the schema grows step by step, foreign and future files are refused."""

import sqlite3

import pytest

from digest.archive import migrations
from digest.archive.store import Store
from digest.errors import ArchiveError
from tests.archive.made import store_in


def test_opens_twice_without_repeating_a_step(tmp_path):
    """Each migration is applied once and recorded."""
    store_in(tmp_path).close()
    store = store_in(tmp_path)

    assert [row["number"] for row in store.rows("SELECT number FROM migration")] == list(range(1, len(migrations.STEPS) + 1))


@pytest.mark.database("sqlite")
def test_an_older_file_is_brought_up_to_date(tmp_path):
    """A file of an earlier version gets only the steps it lacks."""
    path = tmp_path / "archive.sqlite"
    old = sqlite3.connect(path, isolation_level=None)
    migrations.apply(old, "2020-01-01", upto=2)
    old.close()
    store = Store(path)

    assert store.rows("SELECT at FROM migration WHERE number = 1")[0]["at"] == "2020-01-01"
    with store.raw() as connection:
        assert migrations.level(connection) == len(migrations.STEPS)


@pytest.mark.database("sqlite")
def test_every_step_gives_a_schema_that_was_not_changed_afterwards():
    """The names of released steps are fixed; a new one goes behind them."""
    assert [step.__name__[:4] for step in migrations.STEPS] == [f"m{number:03}" for number in range(1, len(migrations.STEPS) + 1)]


def test_a_failed_transaction_leaves_nothing(tmp_path):
    """An exception in the middle undoes what came before it."""
    store = store_in(tmp_path)
    with pytest.raises(ZeroDivisionError), store.writing():
        store.run("INSERT INTO audit (at, who, address, act, what, chain) VALUES ('', '', '', '', '', '')")
        _ = 1 / 0

    assert store.rows("SELECT * FROM audit") == []


@pytest.mark.database("sqlite")
def test_a_foreign_file_is_refused(tmp_path):
    """Somebody else's SQLite file is left alone."""
    path = tmp_path / "archive.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(ArchiveError, match="不是本程序的历史库"):
        Store(path)


def test_a_file_of_a_newer_version_is_refused(tmp_path):
    """A newer schema is not touched by an older program."""
    store = store_in(tmp_path)
    store.run("INSERT INTO migration VALUES (999, 'm999', '')")
    store.close()
    with pytest.raises(ArchiveError, match="升级"):
        store_in(tmp_path)


@pytest.mark.database("sqlite")
def test_a_file_that_is_no_database_is_refused(tmp_path):
    """A text file by that name gives a sentence, not a traceback."""
    (tmp_path / "archive.sqlite").write_text("不是数据库" * 1000)
    with pytest.raises(ArchiveError, match="打不开"):
        store_in(tmp_path)


@pytest.mark.database("sqlite")
def test_uses_the_write_ahead_log_and_syncs_each_commit(tmp_path):
    """What was confirmed survives a killed process and a power cut."""
    store = store_in(tmp_path)

    assert store.rows("PRAGMA journal_mode")[0][0] == "wal"
    assert store.rows("PRAGMA synchronous")[0][0] == 2
    assert store.sound()
