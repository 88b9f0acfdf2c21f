"""The schema in SQLite as numbered steps, each applied once and recorded; a step that was released is never changed."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from digest.errors import ArchiveError

APPLICATION = 0x64673141  # "dg1A": tells our files from any other SQLite file
Step = Callable[[sqlite3.Connection], None]


def apply(connection: sqlite3.Connection, now: str, upto: int | None = None) -> None:
    """Bring a database up to date, step by step, each in its own transaction.

    Raises:
        ArchiveError: the file belongs to another program or to a newer version of this one.
    """
    with whole(connection):
        check_owner(connection)
        connection.execute("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL)")
    for number, step in enumerate(STEPS[:upto], start=1):
        with whole(connection):
            if number > level(connection):
                step(connection)
                connection.execute("INSERT INTO migration VALUES (?, ?, ?)", (number, step.__name__, now))


@contextmanager
def whole(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that keeps other programs out from the first look on: two that start at once must not both take a step."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def check_owner(connection: sqlite3.Connection) -> None:
    """Refuse foreign and future files; mark a new one as ours."""
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if owner == 0 and tables == 0:
        connection.execute(f"PRAGMA application_id={APPLICATION}")
    elif owner != APPLICATION:
        raise ArchiveError("这不是本程序的历史库文件。请检查所选的文件。")
    elif level(connection) > len(STEPS):
        raise ArchiveError("这个历史库由更新版本的程序写成，本版本读不了。请先升级程序。")


def level(connection: sqlite3.Connection) -> int:
    """How many steps a database has behind it."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migration'").fetchone():
        return 0
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM migration").fetchone()[0])


def run_all(connection: sqlite3.Connection, *statements: str) -> None:
    """Run statements inside the open transaction (``executescript`` would commit it)."""
    for statement in statements:
        connection.execute(statement)


def m001_sources(connection: sqlite3.Connection) -> None:
    """Sources with their masthead, and what was understood of them."""
    run_all(
        connection,
        """CREATE TABLE source (
            id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL, form TEXT NOT NULL, size INTEGER NOT NULL,
            data BLOB NOT NULL, title TEXT NOT NULL, title_key TEXT NOT NULL, doc_number TEXT NOT NULL, doc_key TEXT NOT NULL,
            issuer TEXT NOT NULL, signed TEXT NOT NULL, effective TEXT NOT NULL, kind TEXT NOT NULL,
            light TEXT NOT NULL CHECK (light IN ('green', 'orange')), at TEXT NOT NULL, who TEXT NOT NULL)""",
        "CREATE INDEX source_doc_key ON source (doc_key) WHERE doc_key <> ''",
        "CREATE INDEX source_title_key ON source (title_key) WHERE title_key <> ''",
        "CREATE TABLE understanding (source INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE, rules TEXT NOT NULL, body BLOB NOT NULL)",
        """CREATE TABLE mention (
            source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, relation TEXT NOT NULL,
            doc_key TEXT NOT NULL, title_key TEXT NOT NULL, evidence TEXT NOT NULL)""",
        "CREATE INDEX mention_source ON mention (source)",
        "CREATE INDEX mention_doc_key ON mention (doc_key) WHERE doc_key <> ''",
        "CREATE INDEX mention_title_key ON mention (title_key) WHERE title_key <> ''",
    )


def m002_drafts(connection: sqlite3.Connection) -> None:
    """Drafts under review: version for two tabs, steps for undo, a log that undo never touches."""
    run_all(
        connection,
        """CREATE TABLE draft (
            id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, version INTEGER NOT NULL,
            position INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, template TEXT NOT NULL,
            made_at TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL)""",
        "CREATE INDEX draft_source ON draft (source)",
        "CREATE INDEX draft_at ON draft (at)",
        """CREATE TABLE step (
            draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE, position INTEGER NOT NULL, label TEXT NOT NULL,
            body BLOB NOT NULL, PRIMARY KEY (draft, position)) WITHOUT ROWID""",
        """CREATE TABLE edit (
            id INTEGER PRIMARY KEY, draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE, version INTEGER NOT NULL,
            at TEXT NOT NULL, who TEXT NOT NULL, label TEXT NOT NULL, detail TEXT NOT NULL, confirmed TEXT NOT NULL)""",
        "CREATE INDEX edit_draft ON edit (draft)",
        """CREATE TABLE day (
            draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE, day TEXT NOT NULL, label TEXT NOT NULL,
            what TEXT NOT NULL CHECK (what IN ('effective', 'deadline')), computed INTEGER NOT NULL)""",
        "CREATE INDEX day_day ON day (day)",
        "CREATE INDEX day_draft ON day (draft)",
    )


def m003_issues(connection: sqlite3.Connection) -> None:
    """Issued sheets exactly as printed, and to whom they were handed."""
    run_all(
        connection,
        """CREATE TABLE issue (
            id INTEGER PRIMARY KEY, draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE, number INTEGER NOT NULL,
            at TEXT NOT NULL, who TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, template TEXT NOT NULL,
            light TEXT NOT NULL, sheet BLOB NOT NULL, pdf BLOB NOT NULL, pdf_sha256 TEXT NOT NULL, text TEXT NOT NULL,
            ticks TEXT NOT NULL, copies INTEGER NOT NULL, UNIQUE (draft, number))""",
        """CREATE TABLE hand_out (
            id INTEGER PRIMARY KEY, issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE, day TEXT NOT NULL,
            meeting TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL)""",
        "CREATE INDEX hand_out_issue ON hand_out (issue)",
        """CREATE TABLE signature (
            hand_out INTEGER NOT NULL REFERENCES hand_out ON DELETE CASCADE, place INTEGER NOT NULL, name TEXT NOT NULL,
            copy TEXT NOT NULL, returned TEXT NOT NULL, PRIMARY KEY (hand_out, place)) WITHOUT ROWID""",
    )


def m004_search(connection: sqlite3.Connection) -> None:
    """Full text of sources, drafts and issued sheets in trigrams; the vocabulary serves words of one or two characters.

    search.py keeps the index itself: SQLite lets no trigger write to it while ``trusted_schema`` is off, and off it must be.
    """
    run_all(
        connection,
        """CREATE TABLE entry (
            id INTEGER PRIMARY KEY, what TEXT NOT NULL CHECK (what IN ('source', 'draft', 'issue')), ref INTEGER NOT NULL,
            source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, title TEXT NOT NULL, body TEXT NOT NULL,
            kind TEXT NOT NULL, roles TEXT NOT NULL, effective TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (what, ref))""",
        "CREATE INDEX entry_source ON entry (source)",
        "CREATE VIRTUAL TABLE entry_words USING fts5(title, body, content='entry', content_rowid='id', tokenize='trigram')",
        "CREATE VIRTUAL TABLE entry_vocabulary USING fts5vocab('entry_words', 'row')",
    )


def m005_people(connection: sqlite3.Connection) -> None:
    """Accounts, their sessions, and the audit log whose rows are chained by hash."""
    run_all(
        connection,
        """CREATE TABLE account (
            name TEXT PRIMARY KEY, hash TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('manager', 'reader')),
            at TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0)""",
        """CREATE TABLE session (
            token_sha256 TEXT PRIMARY KEY, account TEXT NOT NULL, role TEXT NOT NULL, csrf TEXT NOT NULL,
            made REAL NOT NULL, seen REAL NOT NULL)""",
        """CREATE TABLE audit (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, address TEXT NOT NULL, act TEXT NOT NULL,
            what TEXT NOT NULL, chain TEXT NOT NULL)""",
    )


def m006_watched(connection: sqlite3.Connection) -> None:
    """What was seen in a watched folder or mailbox: hashes of places and marks, never a name, so that a secret file leaves no trace."""
    run_all(
        connection,
        """CREATE TABLE watched (
            place TEXT NOT NULL, item TEXT NOT NULL, mark TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (place, item)) WITHOUT ROWID""",
    )


STEPS: tuple[Step, ...] = (m001_sources, m002_drafts, m003_issues, m004_search, m005_people, m006_watched)
