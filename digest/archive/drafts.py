"""Drafts (草稿): every change is one transaction, guarded by a version number, undoable, and logged for good."""

import zlib

from msgspec import Struct

from digest.archive import search
from digest.archive.engine import Row
from digest.archive.store import Store
from digest.errors import ArchiveError

MOST_STEPS = 300  # how far undo reaches; about 6 KB each
GONE = "历史库中没有这张单，可能已被删除。请回到首页重新打开。"


class VersionConflict(ArchiveError):
    """Someone else changed the draft in between; ``current`` tells who, when and which version stands now."""

    def __init__(self, current: "Standing") -> None:
        self.current = current
        super().__init__(f"这张单已在别处改过（{current.who}，第 {current.version} 版）。你的这次改动还没有保存，请载入最新内容后再改。")


class Day(Struct, frozen=True, kw_only=True):
    """A day on which the draft's rules begin or something falls due."""

    day: str
    label: str
    what: str  # effective, deadline
    computed: bool = False


class Content(Struct, frozen=True, kw_only=True):
    """A draft's content as its owner serialised it, with what the archive needs to list and find it."""

    body: str
    title: str
    kind: str
    template: str
    text: str
    roles: tuple[str, ...] = ()
    effective: str = ""
    days: tuple[Day, ...] = ()


class Standing(Struct, frozen=True, kw_only=True):
    """A draft as listed: where it stands and who changed it last."""

    id: int
    source: int
    version: int
    title: str
    kind: str
    template: str
    made_at: str
    at: str
    who: str


class Opened(Struct, frozen=True, kw_only=True):
    """A draft with its content and what undo and redo would do."""

    standing: Standing
    body: str
    undo: str = ""
    redo: str = ""


class Change(Struct, frozen=True, kw_only=True):
    """Who did what: ``detail`` is JSON for the log, ``confirmed`` the deviation that was confirmed, if any."""

    who: str
    label: str
    detail: str = "{}"
    confirmed: str = ""


class Logged(Struct, frozen=True, kw_only=True):
    """One row of the edit log."""

    version: int
    at: str
    who: str
    label: str
    detail: str
    confirmed: str


STANDING = "id, source, version, title, kind, template, made_at, at, who"


def create(store: Store, source: int, content: Content, change: Change) -> int:
    """Keep a new draft; its number."""
    with store.writing():
        now = store.now()
        number = store.insert(
            "INSERT INTO draft (source, version, position, title, kind, template, made_at, at, who) VALUES (?, 1, 0, ?, ?, ?, ?, ?, ?)",
            (source, content.title, content.kind, content.template, now, now, change.who),
        )
        write_step(store, number, 0, (change.label, content.body))
        log(store, number, 1, change)
        list_again(store, number, source, content)
    return number


def save(store: Store, number: int, expected: int, *, content: Content, change: Change) -> int:
    """Keep a change on top of version ``expected``; the new version. What could be redone is forgotten.

    Raises:
        VersionConflict: the draft is no longer at ``expected``.
    """
    with store.writing():
        row = checked(store, number, expected)
        position = row["position"] + 1
        store.run("DELETE FROM step WHERE draft = ? AND position >= ?", (number, position))
        write_step(store, number, position, (change.label, content.body))
        store.run("DELETE FROM step WHERE draft = ? AND position < ?", (number, position - MOST_STEPS))
        return stand(store, row, position, (content, change))


def travel(store: Store, number: int, expected: int, *, by: int, who: str) -> str:
    """Go one step back (-1) or forth (+1): the body that stands there. ``settle`` makes it the present one.

    Raises:
        VersionConflict: the draft is no longer at ``expected``.
        ArchiveError: there is nothing to undo or redo.
    """
    with store.writing():
        row = checked(store, number, expected)
        step = store.row("SELECT body FROM step WHERE draft = ? AND position = ?", (number, row["position"] + by))
        if not step:
            raise ArchiveError("没有可以撤销的操作了。" if by < 0 else "没有可以重做的操作了。")
        return zlib.decompress(step["body"]).decode("utf-8")


def settle(store: Store, number: int, expected: int, *, by: int, told: tuple[Content, Change]) -> int:
    """Make the step that ``travel`` gave the present one; the new version.

    Raises:
        VersionConflict: the draft is no longer at ``expected``.
    """
    with store.writing():
        row = checked(store, number, expected)
        return stand(store, row, row["position"] + by, told)


def stand(store: Store, row: Row, position: int, told: tuple[Content, Change]) -> int:
    """Move a draft to a step and renew its listing and log; the new version."""
    content, change = told
    number, version = row["id"], row["version"] + 1
    store.run(
        "UPDATE draft SET version = ?, position = ?, title = ?, kind = ?, template = ?, at = ?, who = ? WHERE id = ?",
        (version, position, content.title, content.kind, content.template, store.now(), change.who, number),
    )
    log(store, number, version, change)
    list_again(store, number, row["source"], content)
    return int(version)


def checked(store: Store, number: int, expected: int) -> Row:
    """The draft's row, if it still stands at the expected version."""
    store.hold("draft", number)
    row = store.row("SELECT * FROM draft WHERE id = ?", (number,))
    if not row:
        raise ArchiveError(GONE)
    if row["version"] != expected:
        raise VersionConflict(standing_of(row))
    return row


def write_step(store: Store, number: int, position: int, step: tuple[str, str]) -> None:
    """Keep one state of a draft under its label."""
    label, body = step
    store.run("INSERT INTO step VALUES (?, ?, ?, ?)", (number, position, label, zlib.compress(body.encode("utf-8"), 6)))


def log(store: Store, number: int, version: int, change: Change) -> None:
    """One row in the edit log, which nothing shortens."""
    store.run(
        "INSERT INTO edit (draft, version, at, who, label, detail, confirmed) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, version, store.now(), change.who, change.label, change.detail, change.confirmed),
    )


def list_again(store: Store, number: int, source: int, content: Content) -> None:
    """Renew the draft's days and its place in the search."""
    store.run("DELETE FROM day WHERE draft = ?", (number,))
    for day in content.days:
        store.run("INSERT INTO day VALUES (?, ?, ?, ?, ?)", (number, day.day, day.label, day.what, int(day.computed)))
    search.put(
        store,
        search.Text(
            what="draft",
            ref=number,
            source=source,
            title=content.title,
            body=content.text,
            kind=content.kind,
            roles=content.roles,
            effective=content.effective,
        ),
    )


def standing_of(row: Row) -> Standing:
    """A row as a Standing."""
    return Standing(**{name: row[name] for name in STANDING.split(", ")})


def get(store: Store, number: int) -> Opened:
    """A draft with its content.

    Raises:
        ArchiveError: there is none with this number.
    """
    rows = store.rows(  # in one statement: another program may be changing the draft
        "SELECT draft.*, step.position - draft.position AS away, step.label, step.body FROM draft"
        " JOIN step ON step.draft = draft.id AND step.position BETWEEN draft.position - 1 AND draft.position + 1 WHERE draft.id = ?",
        (number,),
    )
    steps = {row["away"]: row for row in rows}
    if 0 not in steps:
        raise ArchiveError(GONE)
    return Opened(
        standing=standing_of(steps[0]),
        body=zlib.decompress(steps[0]["body"]).decode("utf-8"),
        undo=steps[0]["label"] if -1 in steps else "",
        redo=steps[1]["label"] if 1 in steps else "",
    )


def standing(store: Store, number: int) -> Standing:
    """Where a draft stands, without its content."""
    row = store.row(f"SELECT {STANDING} FROM draft WHERE id = ?", (number,))
    if not row:
        raise ArchiveError(GONE)
    return standing_of(row)


def recent(store: Store, most: int = 50) -> list[Standing]:
    """The drafts that were changed last, newest first."""
    return [standing_of(row) for row in store.rows(f"SELECT {STANDING} FROM draft ORDER BY at DESC, id DESC LIMIT ?", (most,))]


def of_source(store: Store, source: int) -> list[Standing]:
    """The drafts made from one source, newest first."""
    return [standing_of(row) for row in store.rows(f"SELECT {STANDING} FROM draft WHERE source = ? ORDER BY id DESC", (source,))]


def history(store: Store, number: int, most: int = 500) -> list[Logged]:
    """The edit log of a draft, newest first."""
    names = "version, at, who, label, detail, confirmed"
    rows = store.rows(f"SELECT {names} FROM edit WHERE draft = ? ORDER BY id DESC LIMIT ?", (number, most))
    return [Logged(**dict(row)) for row in rows]
