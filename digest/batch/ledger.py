"""What is done and what is under way: the journal, and an index over it that lies in a temporary file, not in memory.

The journal alone is the truth; the index is built from it when a batch begins. SQLite keeps it below a few megabytes of memory
however many files there are, and sorts for the report.
"""

import base64
import sqlite3
import unicodedata
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path

from msgspec.structs import asdict, replace

from digest.batch.journal import Journal, Record
from digest.batch.task import Fault, Result, State

BEGIN, END, FILE = "begin", "end", "file"  # kinds of records
SCHEMA = """
CREATE TABLE file (path BLOB PRIMARY KEY, key TEXT, good INTEGER, place INTEGER) WITHOUT ROWID;
CREATE TABLE settled (key TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID;
CREATE TABLE name (folded BLOB PRIMARY KEY, path BLOB) WITHOUT ROWID;
CREATE TABLE waiting (key TEXT, number INTEGER, path BLOB);
CREATE INDEX waiting_key ON waiting (key);
"""
GOOD = (State.MADE, State.SAME)


class Standing(Enum):
    """How a file's content stands when the batch comes to the file."""

    NEW = auto()
    DONE = auto()  # this very file was attended to and its sheets lie there
    SETTLED = auto()  # the same content was made, or failed, under another name
    UNDER_WAY = auto()  # the same content is being made at this moment


class Ledger:
    """The journal of one output folder with its index."""

    def __init__(self, folder: Path, journal: Journal, rules: str) -> None:
        """Build the index from what earlier runs wrote; sheets made by other rules count for their names only."""
        self.folder = folder
        self.journal = journal
        self.rules = rules
        self.unfinished = False  # whether the last run ended without its last word
        self._begun = 0  # where this run begins in the journal
        self._under_way: set[str] = set()
        self._index = sqlite3.connect("", isolation_level=None)  # a private temporary file, gone with the program
        self._index.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {SCHEMA}")
        self._index.execute("BEGIN")
        current = False
        for place, record in journal.records():
            if record["kind"] == FILE:
                self._replay(place, record, current)
            else:
                self.unfinished = record["kind"] == BEGIN
                current = record.get("rules") == rules

    def begin(self) -> None:
        """Write that a run begins."""
        self._begun = self.journal.add({"kind": BEGIN, "rules": self.rules})

    def catch_up(self) -> None:
        """After a break between the two: what this run wrote into the journal stands in the index too. The journal alone is the truth."""
        for place, record in self.journal.records():
            if record["kind"] == FILE and place > self._begun:
                self._enter(result_of(record), place)

    def end(self) -> None:
        """Write that a run came to its end."""
        self.journal.add({"kind": END})

    def close(self) -> None:
        """Let go of both files."""
        self._index.close()
        self.journal.close()

    def _replay(self, place: int, record: Record, current: bool) -> None:
        """Take an earlier run's record into the index. What failed then may be tried again."""
        result = result_of(record)
        if result.name:
            self._claim(result.name, result.path)
        if current:
            self._enter(result, place)
            if result.state is State.MADE:
                self._index.execute("REPLACE INTO settled VALUES (?, ?)", (result.key, place))

    def claim(self, wanted: str, suffix: str, path: str) -> str:
        """A name for the file's sheets that no other file has, however the system folds names: 通知, 通知-docx, 通知-docx-2."""
        name, number = wanted, 1
        while not self._claim(name, path):
            name = f"{wanted}-{suffix}" if number == 1 else f"{wanted}-{suffix}-{number}"
            number += 1
        return name

    def _claim(self, name: str, path: str) -> bool:
        """Whether the name is, or now becomes, the path's own."""
        folded = raw(unicodedata.normalize("NFC", name).casefold())
        self._index.execute("INSERT OR IGNORE INTO name VALUES (?, ?)", (folded, raw(path)))
        row = self._index.execute("SELECT path FROM name WHERE folded = ?", (folded,)).fetchone()
        return bool(row[0] == raw(path))

    def standing(self, path: str, key: str) -> Standing:
        """What is to be done about a file of this content."""
        row = self._index.execute("SELECT place FROM file WHERE path = ? AND key = ? AND good", (raw(path), key)).fetchone()
        if row and self._lies(self._read(row[0])):
            return Standing.DONE
        if key in self._under_way:
            return Standing.UNDER_WAY
        earlier = self.settled(key)
        return Standing.SETTLED if earlier and (earlier.fault or self._lies(earlier)) else Standing.NEW

    def settled(self, key: str) -> Result | None:
        """What became of this content."""
        row = self._index.execute("SELECT place FROM settled WHERE key = ?", (key,)).fetchone()
        return self._read(row[0]) if row else None

    def _lies(self, result: Result) -> bool:
        """Whether every sheet is where it was written; an empty one is what a power cut leaves."""
        sheets = [self.folder / name for name in result.written]
        return all(sheet.is_file() and sheet.stat().st_size for sheet in sheets)

    def start(self, key: str) -> None:
        """Note that this content is being made."""
        self._under_way.add(key)

    def wait(self, number: int, path: str, key: str) -> None:
        """Note a file whose content is being made under another name."""
        self._index.execute("INSERT INTO waiting VALUES (?, ?, ?)", (key, number, raw(path)))

    def record(self, result: Result) -> Iterator[Result | None]:
        """Write a Result to the journal, and after it those of the files that waited for it; yield each once it is on the disk.

        None is yielded for a file that waited for itself, being listed twice.
        """
        place = self._write(result)
        yield result
        if result.key not in self._under_way:
            return
        self._under_way.remove(result.key)
        self._index.execute("REPLACE INTO settled VALUES (?, ?)", (result.key, place))
        for number, path in self._waiters(result.key):
            other = same(result, number, path) if path != result.path else None
            if other:
                self._write(other)
            yield other

    def _waiters(self, key: str) -> Iterator[tuple[int, str]]:
        """The files that wait for a content, each once."""
        pick = "SELECT rowid, number, path FROM waiting WHERE key = ? LIMIT 1"
        while row := self._index.execute(pick, (key,)).fetchone():
            self._index.execute("DELETE FROM waiting WHERE rowid = ?", (row[0],))
            yield row[1], text(row[2])

    def _write(self, result: Result) -> int:
        """One record to the journal and the index."""
        place = self.journal.add(record_of(result))
        self._enter(result, place)
        return place

    def _enter(self, result: Result, place: int) -> None:
        """The last word on a path."""
        self._index.execute("REPLACE INTO file VALUES (?, ?, ?, ?)", (raw(result.path), result.key, result.state in GOOD, place))

    def _read(self, place: int) -> Result:
        """A Result from the journal."""
        return result_of(self.journal.read(place))

    def count(self, good: bool) -> int:
        """How many files came out well, or ill."""
        return int(self._index.execute("SELECT COUNT(*) FROM file WHERE good = ?", (good,)).fetchone()[0])

    def results(self, good: bool | None = None, most: int = -1) -> Iterator[Result]:
        """The last word on each file in the order of the paths: all, or the good or bad ones alone, at ``most`` so many."""
        chosen = "good IN (0, 1)" if good is None else f"good = {int(good)}"
        for (place,) in self._index.execute(f"SELECT place FROM file WHERE {chosen} ORDER BY path LIMIT ?", (most,)):
            yield self._read(place)


def same(first: Result, number: int, path: str) -> Result:
    """The Result of a file whose content was attended to as ``first``: its sheets, or its fault."""
    state = State.SAME if first.fault is None else first.state
    return replace(first, number=number, path=path, name="", state=state, same_as=first.path, drawn=(), picture=b"", seconds=0.0)


def record_of(result: Result) -> Record:
    """A Result as a journal record; the sheets themselves are files of their own."""
    fault = asdict(result.fault) if result.fault else None
    return {"kind": FILE, **asdict(replace(result, drawn=())), "fault": fault, "picture": base64.b64encode(result.picture).decode()}


def result_of(record: Record) -> Result:
    """A journal record as a Result."""
    fields = {key: value for key, value in record.items() if key not in ("kind", "drawn")}
    fields |= {key: tuple(fields[key]) for key in ("written", "notes")}
    fields["state"] = State(fields["state"])
    fields["fault"] = Fault(**fields["fault"]) if fields["fault"] else None
    fields["picture"] = base64.b64decode(fields["picture"])
    return Result(**fields)


def raw(name: str) -> bytes:
    """A name as bytes: old file systems hold names that are no Unicode."""
    return name.encode("utf-8", "surrogatepass")


def text(name: bytes) -> str:
    """Such bytes as the name."""
    return name.decode("utf-8", "surrogatepass")
