"""The audit log (审计日志): who did what, from where; each row carries the hash of all before it, so that a gap shows."""

import hashlib

from msgspec import Struct

from digest.archive.store import Store

LONGEST = 500  # characters of what is noted


class Noted(Struct, frozen=True, kw_only=True):
    """One row of the log."""

    at: str
    who: str
    address: str
    act: str
    what: str


def note(store: Store, act: str, what: str = "", *, who: str = "", address: str = "") -> None:
    """Add a row."""
    with store.writing():
        store.hold("audit")  # the chain has one end
        row = Noted(at=store.now(), who=who, address=address, act=act, what=what[:LONGEST].replace("\0", ""))  # PostgreSQL keeps no NUL
        last = store.row("SELECT chain FROM audit ORDER BY id DESC LIMIT 1")
        chain = link(last["chain"] if last else "", row)
        store.run("INSERT INTO audit (at, who, address, act, what, chain) VALUES (?, ?, ?, ?, ?, ?)", (*values(row), chain))


def values(row: Noted) -> tuple[str, ...]:
    """A row's fields in order."""
    return (row.at, row.who, row.address, row.act, row.what)


def link(before: str, row: Noted) -> str:
    """The hash of a row and all before it."""
    return hashlib.sha256("\x1f".join((before, *values(row))).encode("utf-8", "surrogatepass")).hexdigest()


def latest(store: Store, most: int = 200) -> list[Noted]:
    """The last rows, newest first."""
    return [Noted(**dict(row)) for row in store.rows("SELECT at, who, address, act, what FROM audit ORDER BY id DESC LIMIT ?", (most,))]


def first_break(store: Store) -> int | None:
    """The number of the first row that does not continue the chain: something before it was changed or taken out."""
    chain = ""
    for row in store.rows("SELECT * FROM audit ORDER BY id"):
        chain = link(chain, Noted(**{name: row[name] for name in ("at", "who", "address", "act", "what")}))
        if chain != row["chain"]:
            return int(row["id"])
    return None
