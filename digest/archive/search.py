"""Full-text search in Chinese: words in, hits with highlighted excerpts out.

How words are indexed is the database's matter: trigrams in SQLite (words_sqlite.py), pairs of characters in PostgreSQL
(words_postgres.py). Each indexed text ends in two line ends, so that its last characters begin a trigram as well.
"""

import re

from msgspec import Struct, field

from digest.archive import words_postgres, words_sqlite
from digest.archive.store import Store

WIDTHS = {0x3000: 0x20} | {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
TAIL = "\n\n"
INDEXES = {"sqlite": words_sqlite, "postgresql": words_postgres}
MOST_TERMS = 8  # of a query: more is a pasted paragraph, whose first words find it as well
EXCERPT = 36  # characters around a hit
MOST_EXCERPTS = 3


class Text(Struct, frozen=True, kw_only=True):
    """A text to be found: what it is (source, draft, issue), its number there, and the source it belongs to."""

    what: str
    ref: int
    source: int
    title: str
    body: str
    kind: str = ""
    roles: tuple[str, ...] = ()
    effective: str = ""


class Query(Struct, frozen=True, kw_only=True):
    """What is asked for; an empty field does not filter. Days are ISO, both inclusive."""

    words: str = ""
    what: tuple[str, ...] = ()
    kind: str = ""
    role: str = ""
    since: str = ""
    until: str = ""
    most: int = 50
    skip: int = 0


class Part(Struct, frozen=True, kw_only=True):
    """A stretch of an excerpt, and whether it is what was looked for."""

    text: str
    hit: bool


class Hit(Struct, frozen=True, kw_only=True):
    """One text found, with excerpts."""

    what: str
    ref: int
    source: int
    title: str
    kind: str
    roles: tuple[str, ...]
    effective: str
    at: str
    excerpts: tuple[tuple[Part, ...], ...] = field(default=())


def fold(text: str) -> str:
    """Full-width letters and digits to half width, character by character, so that offsets hold."""
    return text.translate(WIDTHS)


def put(store: Store, text: Text) -> None:
    """Index a text, or renew it."""
    title, body = fold(text.title) + TAIL, fold(text.body) + TAIL
    roles = "".join(f",{role}" for role in text.roles) + ","
    with store.writing():
        drop(store, text.what, text.ref)
        number = store.insert(
            "INSERT INTO entry (what, ref, source, title, body, kind, roles, effective, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (text.what, text.ref, text.source, title, body, text.kind, roles, text.effective, store.now()),
        )
        INDEXES[store.kind].put(store, number, title, body)


def drop(store: Store, what: str, ref: int) -> None:
    """Take a text out of the index."""
    drop_where(store, "what = ? AND ref = ?", (what, ref))


def drop_source(store: Store, source: int) -> None:
    """Take everything that belongs to a source out of the index."""
    drop_where(store, "source = ?", (source,))


def drop_where(store: Store, condition: str, values: tuple[object, ...]) -> None:
    """Take texts out of the index and the table."""
    with store.writing():
        INDEXES[store.kind].drop(store, condition, values)
        store.run(f"DELETE FROM entry WHERE {condition}", values)


def find(store: Store, query: Query) -> list[Hit]:
    """The texts that hold all the words and pass the filters: best first, or newest first where no words are given."""
    terms = split(query.words)
    conditions, values = filters(query)
    if terms:
        found = INDEXES[store.kind].find(store, terms, conditions, values)
    else:
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        found = f"SELECT entry.* FROM entry {where} ORDER BY entry.id DESC", values
    if not found:
        return []
    sql, values = found
    return [hit_of(dict(row), terms) for row in store.rows(f"{sql} LIMIT ? OFFSET ?", (*values, query.most, query.skip))]


def split(words: str) -> tuple[str, ...]:
    """The words of a query, folded, without doubles."""
    return tuple(dict.fromkeys(fold(words).lower().split()))[:MOST_TERMS]


def filters(query: Query) -> tuple[list[str], list[object]]:
    """The conditions of a query besides its words."""
    pairs: list[tuple[str, object]] = []
    if query.kind:
        pairs.append(("entry.kind = ?", query.kind))
    if query.role:
        pairs.append(("replace(entry.roles, ?, '') <> entry.roles", f",{query.role},"))  # "contains" in every SQL
    if query.since:
        pairs.append(("entry.effective >= ?", query.since))
    if query.until:
        pairs.append(("entry.effective <> '' AND entry.effective <= ?", query.until))
    conditions, values = [sql for sql, _ in pairs], [value for _, value in pairs]
    if query.what:
        conditions.append(f"entry.what IN ({', '.join('?' * len(query.what))})")
        values += query.what
    return conditions, values


def hit_of(row: dict[str, object], terms: tuple[str, ...]) -> Hit:
    """A row of ``entry`` as a Hit."""
    return Hit(
        what=str(row["what"]),
        ref=int(str(row["ref"])),
        source=int(str(row["source"])),
        title=str(row["title"]).rstrip("\n"),
        kind=str(row["kind"]),
        roles=tuple(role for role in str(row["roles"]).split(",") if role),
        effective=str(row["effective"]),
        at=str(row["at"]),
        excerpts=excerpts(str(row["body"]).rstrip("\n"), terms),
    )


def excerpts(body: str, terms: tuple[str, ...]) -> tuple[tuple[Part, ...], ...]:
    """Up to three stretches of the text around the terms, the terms told apart; the text's beginning where none stands in it."""
    found = [match.span() for match in re.finditer("|".join(map(re.escape, sorted(terms, key=len, reverse=True))), body, re.I)] if terms else []
    windows: list[tuple[int, int]] = []
    for start, end in found:
        if windows and start - EXCERPT <= windows[-1][1]:
            windows[-1] = (windows[-1][0], min(len(body), max(windows[-1][1], end + EXCERPT)))
        elif len(windows) == MOST_EXCERPTS:
            break
        else:
            windows.append((max(0, start - EXCERPT), min(len(body), end + EXCERPT)))
    windows = windows or [(0, min(len(body), 2 * EXCERPT))]
    return tuple(parts(body, window, found) for window in windows)


def parts(body: str, window: tuple[int, int], found: list[tuple[int, int]]) -> tuple[Part, ...]:
    """One window cut at its hits, with … where the text goes on."""
    low, high = window
    cut: list[Part] = [Part(text="…", hit=False)] if low else []
    place = low
    for start, end in found:
        if start < low or end > high:
            continue
        cut += [Part(text=body[place:start], hit=False), Part(text=body[start:end], hit=True)]
        place = end
    cut.append(Part(text=body[place:high] + ("…" if high < len(body) else ""), hit=False))
    return tuple(part for part in cut if part.text)
