"""Backup and restore: the whole archive as one SQLite file, checked before it replaces anything."""

import sqlite3
from pathlib import Path

from digest.archive import migrations
from digest.archive.store import Store
from digest.errors import ArchiveError


def save(store: Store, target: Path) -> None:
    """Write the archive to one file, complete at the moment of the call; sessions are left out.

    Raises:
        ArchiveError: the file cannot be written.
    """
    beside = target.with_name(f".{target.name}.tmp")
    try:
        beside.unlink(missing_ok=True)
        with store.raw() as connection:
            connection.execute("VACUUM INTO ?", (str(beside),))
        with_closed(beside, "DELETE FROM session")
        beside.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise ArchiveError(f"{target.name}：备份没有写成（{error}）。请检查磁盘空间，或换一个文件夹。") from error


def with_closed(path: Path, statement: str) -> None:
    """Run one statement on a file of its own."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(statement)
    finally:
        connection.close()


def restore(store: Store, origin: Path) -> None:
    """Replace the archive by a backup, in one transaction; an unfit file changes nothing.

    Raises:
        ArchiveError: the file is damaged, foreign, from a newer version, or has tables or triggers that are not ours.
    """
    try:
        backup = sqlite3.connect(f"{origin.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    except sqlite3.Error as error:
        raise ArchiveError(f"{origin.name}：备份打不开（{error}）。请选择由“备份”生成的文件。") from error
    try:
        check(backup, origin.name)
        with store.raw() as connection:
            backup.backup(connection)
            migrations.apply(connection, store.now())
            connection.execute("DELETE FROM session")
    except sqlite3.Error as error:
        raise ArchiveError(f"{origin.name}：备份恢复失败（{error}），历史库保持原样。请换一个备份文件。") from error
    finally:
        backup.close()


def check(backup: sqlite3.Connection, name: str) -> None:
    """Whether a file is a sound archive of ours and nothing else."""
    backup.execute("PRAGMA trusted_schema=OFF")
    migrations.check_owner(backup)
    if schema_of(backup) != expected(migrations.level(backup)):
        raise ArchiveError(f"{name}：备份的结构与本程序的不同，可能被改动过，没有恢复。请换一个备份文件。")
    if [row[0] for row in backup.execute("PRAGMA integrity_check")] != ["ok"]:
        raise ArchiveError(f"{name}：备份已损坏，没有恢复。请换一个备份文件。")
    if backup.execute("SELECT 1 FROM source WHERE light NOT IN ('green', 'orange')").fetchone():
        raise ArchiveError(f"{name}：备份里有涉密来文，没有恢复。")


def schema_of(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """Everything a database defines."""
    return {(row[0], row[1], row[2] or "") for row in connection.execute("SELECT type, name, sql FROM sqlite_master")}


def expected(level: int) -> set[tuple[str, str, str]]:
    """What our own steps define up to a level."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrations.apply(fresh, "", upto=level)
        return schema_of(fresh)
    finally:
        fresh.close()
