"""The archive in PostgreSQL, for many branches and processes: the only file that speaks to the driver.

The password comes from where PostgreSQL's own tools take it (.pgpass, PGPASSWORD, a service file) and is never seen here.
"""

import contextlib
import itertools
import time
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from digest.archive import migrations_postgres
from digest.archive.engine import BUSY_SECONDS
from digest.errors import ArchiveError, MissingTool

try:
    import psycopg
except ImportError as error:
    raise MissingTool('历史库放在 PostgreSQL 里需要驱动程序 psycopg，还没有安装。请运行：pip install "digest[postgres]"') from error

RECONNECT_SECONDS = 30.0  # a server that restarts is back within this, or it is down
PAUSES = (0.1, 0.3, 1.0)  # seconds between attempts; the last one is repeated
OPTIONS = {  # the server ends a session whose PC was switched off, and waits for a lock no longer than SQLite does
    "lock_timeout": f"{int(BUSY_SECONDS)}s",
    "idle_in_transaction_session_timeout": "5min",
    "tcp_keepalives_idle": "60",
    "synchronous_commit": "on",
    "jit": "off",
}
CLIENT: dict[str, Any] = {"application_name": "digest", "connect_timeout": 10, "keepalives_idle": 30, "tcp_user_timeout": 30_000, "client_encoding": "UTF8"}


class PostgresEngine:
    """One connection, made anew when the server was restarted."""

    name = "postgresql"
    failures: tuple[type[Exception], ...] = (psycopg.Error,)

    def __init__(self, address: str) -> None:
        self._address = address
        parts = urlsplit(address)
        self.label = f"PostgreSQL（{parts.hostname or '本机'}{parts.path}）"
        self._open = False
        try:
            self._connection = connect(address)
        except psycopg.Error as error:
            raise ArchiveError(f"{self.label}：连不上（{str(error).strip()}）。请检查主机、端口、库名、用户和 .pgpass，或联系数据库管理员。") from error
        encoding = self._connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            self.close()
            raise ArchiveError(f"{self.label}：数据库的编码是 {encoding}，装不下中文和各种符号。请用 ENCODING 'UTF8' 新建一个库。")

    def migrate(self, now: str) -> None:
        """Bring the schema up to date; of several programs that start at once, one does it."""
        migrations_postgres.apply(self, now)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> "psycopg.Cursor[Row]":
        """Run one statement; outside a transaction a lost connection is made anew and the statement repeated."""
        try:
            return self._run(sql, values)
        except psycopg.Error:
            if self._open or not self._connection.closed:
                raise
        self._reconnect()
        return self._run(sql, values)

    def _run(self, sql: str, values: Sequence[Any]) -> "psycopg.Cursor[Row]":
        """One attempt."""
        return self._connection.execute(translated(sql), tuple(map(storable, values)), binary=True)

    def _reconnect(self) -> None:
        """Try again until the server is back."""
        self._connection.close()
        end = time.monotonic() + RECONNECT_SECONDS
        for attempt in itertools.count():
            try:
                self._connection = connect(self._address)
                return
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(PAUSES[min(attempt, len(PAUSES) - 1)])

    def begin(self) -> None:
        """Open a transaction."""
        self.execute("BEGIN")
        self._open = True

    def commit(self) -> None:
        """Make it last."""
        self.execute("COMMIT")
        self._open = False

    def roll_back(self) -> None:
        """Undo it; a lost connection has undone it already."""
        with contextlib.suppress(psycopg.Error):
            if self._open and not self._connection.closed:
                self.execute("ROLLBACK")
        self._open = False

    def hold(self, what: str, number: int) -> None:
        """A lock of our own naming, let go of at the end of the transaction; readers are not kept waiting."""
        self.execute("SELECT pg_advisory_xact_lock(?, ?)", (zlib.crc32(what.encode()) - 2**31, number % 2**31))

    def raw(self) -> Any:
        """There is no SQLite connection here.

        Raises:
            ArchiveError: always.
        """
        raise ArchiveError("历史库在 PostgreSQL 里，备份和恢复由数据库管理员用 pg_dump、pg_restore 做，见 docs/archive.md。")

    def sound(self) -> bool:
        """Whether every table can be read through and each understanding has its source (the server checks its own pages)."""
        for table in migrations_postgres.TABLES:
            self.execute(f"SELECT count(*) FROM {table}")
        return not self.execute("SELECT 1 FROM draft WHERE NOT EXISTS (SELECT 1 FROM step WHERE step.draft = draft.id)").fetchall()

    def advice(self) -> str:
        """What the user can do when a statement failed."""
        return "请刷新后核对；若连不上数据库，请稍后再试，或联系数据库管理员。"

    def close(self) -> None:
        """End the session."""
        self._connection.close()


class Row(tuple[Any, ...]):
    """A row read by name or by place, as SQLite's is."""

    __slots__ = ()
    places: dict[str, int]

    def __getitem__(self, key: Any) -> Any:
        return tuple.__getitem__(self, self.places[key] if isinstance(key, str) else key)

    def keys(self) -> list[str]:
        """The columns' names."""
        return list(self.places)


def rows_of(cursor: "psycopg.Cursor[Any]") -> Callable[[Sequence[Any]], Row]:
    """Makes the rows of one result."""
    names = tuple(column.name for column in cursor.description or ())
    return row_class(names)


@cache
def row_class(names: tuple[str, ...]) -> type[Row]:
    """The rows that have these columns."""
    return type("Row", (Row,), {"__slots__": (), "places": {name: place for place, name in enumerate(names)}})


def connect(address: str) -> "psycopg.Connection[Row]":
    """A session with our settings."""
    connection = psycopg.connect(address, autocommit=True, row_factory=rows_of, **CLIENT)
    for option, value in OPTIONS.items():
        connection.execute("SELECT set_config(%s, %s, false)", (option, value))
    return connection


@cache
def translated(sql: str) -> bytes:
    """A statement with the driver's own marks for values."""
    return sql.replace("%", "%%").replace("?", "%s").encode()


def storable(value: Any) -> Any:
    """A value as PostgreSQL takes it: no enum, and no NUL character in a text."""
    return str(value).replace("\0", "") if isinstance(value, str) else value
