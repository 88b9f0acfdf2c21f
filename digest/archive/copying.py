"""A whole archive into another, empty one, in the same or the other database: all rows, checked one by one before anything counts."""

import hashlib
from collections.abc import Callable, Iterator

from msgspec import Struct

from digest.archive.engine import Row
from digest.archive.migrations_postgres import TABLES
from digest.archive.store import Store
from digest.errors import ArchiveError

WINDOW = 40  # numbers read at a time: sources may be megabytes each
LEADING = {"understanding": "source", "mention": "source", "step": "draft", "day": "draft", "signature": "hand_out"}  # else id
UNNUMBERED = ("account", "watched")
COUNTED = (*("source", "draft", "edit", "issue", "hand_out", "entry", "audit"), "day")
Progress = Callable[[str, int], None]


class Copied(Struct, frozen=True, kw_only=True):
    """What stands in a table: how many rows, and one number over all of them that does not depend on their order."""

    table: str
    rows: int
    digest: int


def copy(origin: Store, target: Store, progress: Progress = lambda table, rows: None) -> tuple[Copied, ...]:
    """Copy everything but sessions in one transaction; a copy that differs in anything is undone.

    Raises:
        ArchiveError: the target is not empty, a file in the origin is damaged, or the two differ at the end.
    """
    if any(target.rows(f"SELECT 1 FROM {table} LIMIT 1") for table in TABLES):
        raise ArchiveError("目标历史库不是空的，没有复制。请换一个新建的空库或新文件。")
    with target.writing():
        done = []
        for table in TABLES:
            done.append(summed(table, moved(table, origin, target)))
            progress(table, done[-1].rows)
        FINISH[target.kind](target)
        for each in done:
            if summed(each.table, rows_of(target, each.table)) != each:
                raise ArchiveError(f"复制后核对不符（{each.table}）：复制时来源可能还在改动。目标没有保留任何内容；请先停止其他程序再复制。")
    return tuple(done)


def moved(table: str, origin: Store, target: Store) -> Iterator[Row]:
    """The origin's rows, each put into the target as it passes."""
    for row in rows_of(origin, table):
        names = row.keys()
        if table == "source" and hashlib.sha256(row["data"]).hexdigest() != row["sha256"]:
            raise ArchiveError(f"{row['name']}：来源历史库中的原文件已损坏（校验不符），没有复制。请先用备份恢复来源。")
        target.run(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", [row[name] for name in names])
        yield row


def rows_of(store: Store, table: str) -> Iterator[Row]:
    """All rows of a table, a few at a time."""
    columns = "rowid, draft, day, label, what, computed" if table == "day" else "*"  # SQLite shows its own number only when asked
    if table in UNNUMBERED:
        yield from store.rows(f"SELECT {columns} FROM {table}")
        return
    key = LEADING.get(table, "id")
    last = store.rows(f"SELECT coalesce(max({key}), 0) FROM {table}")[0][0]
    for begin in range(1, last + 1, WINDOW):
        yield from store.rows(f"SELECT {columns} FROM {table} WHERE {key} BETWEEN ? AND ? ORDER BY {key}", (begin, begin + WINDOW - 1))


def summed(table: str, rows: Iterator[Row]) -> Copied:
    """A table's rows as their number and the sum of their hashes."""
    count = total = 0
    for row in rows:
        told = repr(sorted((name, row[name]) for name in row.keys()))  # noqa: SIM118 - a row is no dict
        count, total = count + 1, (total + int.from_bytes(hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest())) % 2**256
    return Copied(table=table, rows=count, digest=total)


def finish_sqlite(store: Store) -> None:
    """Fill the word index from the table."""
    store.run("INSERT INTO entry_words (entry_words) VALUES ('rebuild')")


def finish_postgres(store: Store) -> None:
    """Go on numbering where the origin was."""
    for table in COUNTED:
        key = "rowid" if table == "day" else "id"
        store.run(f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), coalesce((SELECT max({key}) FROM {table}), 0) + 1, false)")


FINISH: dict[str, Callable[[Store], None]] = {"sqlite": finish_sqlite, "postgresql": finish_postgres}
