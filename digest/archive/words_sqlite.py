"""The word index in SQLite: FTS5 over trigrams, so a word of three characters or more is one look-up.

A shorter one (印章, 柜员) is looked up as all trigrams that begin with it.
"""

from digest.archive.store import Store

TRIGRAM = 3
MOST_EXPANSIONS = 1500  # trigrams that one short word may stand for


def put(store: Store, number: int, title: str, body: str) -> None:
    """Index an entry."""
    store.run("INSERT INTO entry_words (rowid, title, body) VALUES (?, ?, ?)", (number, title, body))


def drop(store: Store, condition: str, values: tuple[object, ...]) -> None:
    """Take entries out of the index, which must be told the old words."""
    for row in store.rows(f"SELECT id, title, body FROM entry WHERE {condition}", values):
        store.run("INSERT INTO entry_words (entry_words, rowid, title, body) VALUES ('delete', ?, ?, ?)", (row["id"], row["title"], row["body"]))


def find(store: Store, terms: tuple[str, ...], conditions: list[str], values: list[object]) -> tuple[str, list[object]] | None:
    """The query for entries that hold all terms, best first; None when one of them stands nowhere."""
    match = expression(store, terms)
    if not match:
        return None
    where = " AND ".join(("entry_words MATCH ?", *conditions))
    order = "bm25(entry_words, 6.0, 1.0), entry.id DESC"  # a word in the title tells more than one in the text
    return f"SELECT entry.* FROM entry_words JOIN entry ON entry.id = entry_words.rowid WHERE {where} ORDER BY {order}", [match, *values]


def expression(store: Store, terms: tuple[str, ...]) -> str:
    """The FTS5 expression for all terms; empty when one of them stands nowhere."""
    parts = []
    for term in terms:
        choices = (term,) if len(term) >= TRIGRAM else expand(store, term)
        if not choices:
            return ""
        parts.append("(" + " OR ".join(quoted(choice) for choice in choices) + ")")
    return " AND ".join(parts)


def expand(store: Store, term: str) -> tuple[str, ...]:
    """The indexed trigrams that begin with a short term, commonest first."""
    rows = store.rows(
        "SELECT term FROM entry_vocabulary WHERE term >= ? AND term < ? ORDER BY doc DESC LIMIT ?",
        (term, term + chr(0x10FFFF), MOST_EXPANSIONS),
    )
    return tuple(row["term"] for row in rows)


def quoted(term: str) -> str:
    """A term as an FTS5 string: nothing in it is an operator."""
    return '"' + term.replace('"', '""') + '"'
