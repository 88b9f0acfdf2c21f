"""The archive in one SQLite file, the default: nothing to install, nothing to run."""

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from digest.archive import migrations
from digest.archive.engine import BUSY_SECONDS
from digest.errors import ArchiveError


class SqliteEngine:
    """One connection to one file."""

    name = "sqlite"
    failures: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, path: Path) -> None:
        self.label = path.name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = connect(path)
        except (sqlite3.Error, OSError) as error:
            raise ArchiveError(f"{path.name}：历史库打不开（{error}）。请确认磁盘可写、没有别的程序占用，或用备份恢复。") from error

    def migrate(self, now: str) -> None:
        """Bring the schema up to date."""
        migrations.apply(self._connection, now)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self._connection.execute(sql, values)

    def begin(self) -> None:
        """Open a transaction; SQLite lets one writer in at a time."""
        self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Write it through to the disk."""
        self._connection.execute("COMMIT")

    def roll_back(self) -> None:
        """Undo the open transaction, if SQLite has not done so itself."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def hold(self, what: str, number: int) -> None:
        """Nothing to do: whoever writes holds the whole file."""

    def raw(self) -> sqlite3.Connection:
        """The connection itself."""
        return self._connection

    def sound(self) -> bool:
        """Whether the whole file passes SQLite's own check."""
        return [row[0] for row in self.execute("PRAGMA integrity_check")] == ["ok"]

    def advice(self) -> str:
        """What the user can do when a statement failed."""
        return "请检查磁盘空间后再试；仍然这样请用最近的备份恢复。"

    def close(self) -> None:
        """Fold the write-ahead log back and let go of the file."""
        self._connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """A connection that survives a killed process: write-ahead log, synced at each commit, foreign keys on."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite refuses that at once, without its usual patience, while another program does the same."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.02)
