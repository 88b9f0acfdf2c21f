"""The archive's database: opened, migrated, locked and written in whole transactions; nothing here knows what is stored."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digest.archive.engine import Row, open_engine
from digest.errors import ArchiveError

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class Store:
    """One open archive: a file's path, or ``postgresql://…``.

    All threads share one connection behind one lock: writes are short and readers are few.
    """

    def __init__(self, address: str | Path, clock: Clock = utc_now) -> None:
        self.clock = clock
        self._lock = threading.RLock()
        self._depth = 0
        self._engine = open_engine(address)
        try:
            self._engine.migrate(self.now())
        except ArchiveError:
            self._engine.close()
            raise
        except self._engine.failures as error:
            self._engine.close()
            raise ArchiveError(f"{self._engine.label}：历史库打不开（{brief(error)}）。{self._engine.advice()}") from error

    @property
    def kind(self) -> str:
        """Which database it is: sqlite or postgresql."""
        return self._engine.name

    def now(self) -> str:
        """The present moment as ISO text in UTC, to the second."""
        return self.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @contextmanager
    def writing(self) -> Iterator["Store"]:
        """A transaction: all of it or nothing. Inner ones join the outer.

        Raises:
            ArchiveError: the disk is full, the file is damaged or locked, the server is away.
        """
        with self._lock:
            if self._depth:
                yield self
                return
            self._depth = 1
            try:
                self._engine.begin()
                yield self
                self._engine.commit()
            except self._engine.failures as error:
                self._engine.roll_back()
                raise ArchiveError(f"写入历史库失败（{brief(error)}），这次改动没有保存。{self._engine.advice()}") from error
            except BaseException:
                self._engine.roll_back()
                raise
            finally:
                self._depth = 0

    def hold(self, what: str, number: int = 0) -> None:
        """Inside a transaction: keep every other writer off a thing (``draft`` 7) until it ends, so that what is read now still holds then."""
        self._engine.hold(what, number)

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one writing statement."""
        self.change(sql, values)

    def insert(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one INSERT into a table with numbered rows; the new row's number, 0 where a conflict kept it out."""
        with self.writing():
            found = self._engine.execute(f"{sql} RETURNING id", values).fetchall()
            return int(found[0][0]) if found else 0

    def change(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one writing statement; how many rows it changed."""
        with self.writing():
            return int(self._engine.execute(sql, values).rowcount)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query.

        Raises:
            ArchiveError: the file is damaged, the server is away.
        """
        try:
            with self._lock:
                return self._engine.execute(sql, values).fetchall()
        except self._engine.failures as error:
            raise ArchiveError(f"读取历史库失败（{brief(error)}）。{self._engine.advice()}") from error

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """The SQLite connection itself, locked, for backup and restore.

        Raises:
            ArchiveError: the archive lies in PostgreSQL, which has its own tools for that.
        """
        with self._lock:
            yield self._engine.raw()

    def sound(self) -> bool:
        """Whether the whole database passes its own check."""
        try:
            with self._lock:
                return self._engine.sound()
        except self._engine.failures:
            return False

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            self._engine.close()


def brief(error: Exception) -> str:
    """The first line of what a library says."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]
