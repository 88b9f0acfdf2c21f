"""The archive's health, seen without changing it: for ``digest doctor``."""

import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from digest.archive import migrations
from digest.archive.engine import open_engine
from digest.errors import ArchiveError


class Checkup(Struct, frozen=True, kw_only=True):
    """A sound archive's schema version, and the newest this program knows."""

    level: int
    newest: int


def reach(address: str) -> str:
    """Connect to an archive on a server, change nothing, and return its name for people.

    Raises:
        ArchiveError: it cannot be reached, or is not made for Chinese.
        MissingTool: its driver is not installed.
    """
    with closing(open_engine(address)) as engine:
        return engine.label


def examine(path: Path) -> Checkup:
    """Open an archive that exists, check the whole file, and see that it can be written.

    Raises:
        ArchiveError: it is damaged, locked, not ours, or of a newer program.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")  # fails where it cannot be written; rolled back below
            migrations.check_owner(connection)
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if said != "ok":
                raise ArchiveError(f"{path.name}：历史库已损坏（{said}）。请停止使用，用最近的备份恢复。")
            level = migrations.level(connection)
            connection.execute("ROLLBACK")
            return Checkup(level=level, newest=len(migrations.STEPS))
    except sqlite3.Error as error:
        raise ArchiveError(f"{path.name}：历史库打不开或不能写（{error}）。请确认没有别的程序占用、文件不是只读；已损坏的用备份恢复。") from error
