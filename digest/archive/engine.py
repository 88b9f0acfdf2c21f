"""Which database an archive lies in, and what the store asks of it: one small protocol, one file per database behind it."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from digest.errors import ArchiveError, UsageError

SCHEMES = re.compile(r"postgres(?:ql)?://", re.I)
BUSY_SECONDS = 15.0  # how long to wait for another program's lock


class Row(Protocol):
    """A row whose columns are read by name or by place."""

    def __getitem__(self, key: Any, /) -> Any:
        """A column's value."""

    def keys(self) -> list[str]:
        """The columns' names, which is what ``dict(row)`` asks for."""


class Cursor(Protocol):
    """What a statement gave."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""

    def fetchall(self) -> list[Any]:
        """Its rows."""


class Engine(Protocol):
    """One connection to one database. Statements are written with ``?`` and in the SQL that SQLite and PostgreSQL share."""

    name: str  # the key of what differs by database: sqlite, postgresql
    label: str  # how the user is told of it; never a password
    failures: tuple[type[Exception], ...]  # what its library raises

    def migrate(self, now: str) -> None:
        """Bring the schema up to date."""

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Cursor:
        """Run one statement."""

    def begin(self) -> None:
        """Open a transaction that may write."""

    def commit(self) -> None:
        """Make it last."""

    def roll_back(self) -> None:
        """Undo it, if it is still open."""

    def hold(self, what: str, number: int) -> None:
        """Keep all other writers off a thing until the transaction ends."""

    def raw(self) -> Any:
        """The SQLite connection itself, for backup and restore."""

    def sound(self) -> bool:
        """Whether the database passes its own check."""

    def advice(self) -> str:
        """What the user can do when a statement failed."""

    def close(self) -> None:
        """Let go of it."""


def is_postgres(address: str | Path) -> bool:
    """Whether an address names a PostgreSQL database, not a file."""
    return isinstance(address, str) and SCHEMES.match(address) is not None


def checked(address: str | Path) -> str | Path:
    """An archive's address, unless it carries a password: command lines and settings are seen by others.

    Raises:
        UsageError: there is a password in it, or it is no address.
    """
    if not is_postgres(address):
        return address
    try:
        parts = urlsplit(str(address))
        told = parts.password is not None or "password" in parse_qs(parts.query)
    except ValueError:
        raise UsageError("历史库地址写得不对。请写成 postgresql://用户@主机/库名。") from None
    if told:
        raise UsageError("历史库地址里不要写密码（别人看得到）。请把密码放进 .pgpass（Windows：%APPDATA%\\postgresql\\pgpass.conf），或环境变量 PGPASSWORD。")
    return address


def open_engine(address: str | Path) -> Engine:
    """The engine for an address.

    Raises:
        ArchiveError: it cannot be opened.
        MissingTool: PostgreSQL is wanted and its driver is not installed.
    """
    if is_postgres(checked(address)):
        from digest.archive.engine_postgres import PostgresEngine

        return PostgresEngine(str(address))
    if "://" in str(address):
        raise ArchiveError(f"{str(address).split('://')[0]}://：历史库没有这种地址。请写文件路径，或 postgresql://用户@主机/库名。")
    from digest.archive.engine_sqlite import SqliteEngine

    return SqliteEngine(Path(address))
