"""The SQLite file: opened, migrated, locked and written in whole transactions; nothing here knows what is stored."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digest.archive import migrations
from digest.errors import ArchiveError

BUSY_SECONDS = 15.0  # how long to wait for another program (a backup tool, a virus scanner)
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class Store:
    """One open archive. All threads share one connection behind one lock: writes are short and readers are few."""

    def __init__(self, path: Path, clock: Clock = utc_now) -> None:
        self.path = path
        self.clock = clock
        self._lock = threading.RLock()
        self._depth = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = connect(path)
            with self._lock:
                migrations.apply(self._connection, self.now())
        except (sqlite3.Error, OSError) as error:
            raise ArchiveError(f"{path.name}：历史库打不开（{error}）。请确认磁盘可写、没有别的程序占用，或用备份恢复。") from error

    def now(self) -> str:
        """The present moment as ISO text in UTC, to the second."""
        return self.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @contextmanager
    def writing(self) -> Iterator["Store"]:
        """A transaction: all of it or nothing. Inner ones join the outer.

        Raises:
            ArchiveError: the disk is full, the file is damaged or locked.
        """
        with self._lock:
            if self._depth:
                yield self
                return
            self._depth = 1
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                self._roll_back()
                raise ArchiveError(f"写入历史库失败（{error}），这次改动没有保存。请检查磁盘空间后再试。") from error
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._depth = 0

    def _roll_back(self) -> None:
        """Undo the open transaction, if SQLite has not done so itself."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one writing statement; the id of the row it inserted."""
        with self.writing():
            return int(self._connection.execute(sql, values).lastrowid or 0)

    def change(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one writing statement; how many rows it changed."""
        with self.writing():
            return int(self._connection.execute(sql, values).rowcount)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """All rows of a query.

        Raises:
            ArchiveError: the file is damaged.
        """
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise ArchiveError(f"读取历史库失败（{error}）。请用最近的备份恢复。") from error

    def row(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """The connection itself, locked, for backup and restore."""
        with self._lock:
            yield self._connection

    def sound(self) -> bool:
        """Whether the whole file passes SQLite's own check."""
        return [row[0] for row in self.rows("PRAGMA integrity_check")] == ["ok"]

    def close(self) -> None:
        """Fold the write-ahead log back and let go of the file."""
        with self._lock:
            self._connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """A connection that survives a killed process: write-ahead log, synced at each commit, foreign keys on."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection
