"""Issued sheets (定稿) exactly as printed, and their hand-outs: date, meeting, who signed, which copy came back."""

import hashlib
import json
from collections.abc import Mapping

from msgspec import Struct

from digest.archive import drafts, search
from digest.archive.engine import Row
from digest.archive.store import Store
from digest.archive.values import pack, unpack
from digest.errors import ArchiveError
from digest.model.outline import Light
from digest.model.sheet import Sheet


class Issue(Struct, frozen=True, kw_only=True):
    """One version of a sheet as listed. ``ticks`` are the confirmations given before printing, in words."""

    id: int
    draft: int
    number: int
    at: str
    who: str
    title: str
    kind: str
    template: str
    light: Light
    pdf_sha256: str
    ticks: tuple[str, ...]
    copies: int


class Printed(Struct, frozen=True, kw_only=True):
    """What is issued: the sheet, its PDF, its words for the search, and what was confirmed."""

    sheet: Sheet
    pdf: bytes
    text: str
    ticks: tuple[str, ...]
    copies: int = 0  # numbered copies of a restricted sheet; 0 is unnumbered


class Signature(Struct, frozen=True, kw_only=True):
    """Who received a sheet; for numbered copies which one, and the day it came back."""

    name: str
    copy: str = ""
    returned: str = ""


class HandOut(Struct, frozen=True, kw_only=True):
    """One hand-out of an issued sheet."""

    id: int
    issue: int
    day: str
    meeting: str
    note: str
    at: str
    who: str
    signatures: tuple[Signature, ...] = ()


COLUMNS = "id, draft, number, at, who, title, kind, template, light, pdf_sha256, ticks, copies"


def add(store: Store, draft: int, printed: Printed, who: str) -> int:
    """Keep a version for good; its id. The same PDF as the last version is that version again, with the new confirmations."""
    digest = hashlib.sha256(printed.pdf).hexdigest()
    with store.writing():
        store.hold("draft", draft)
        source = drafts.standing(store, draft).source
        last = store.row("SELECT id, pdf_sha256, copies FROM issue WHERE draft = ? ORDER BY number DESC LIMIT 1", (draft,))
        if last and last["pdf_sha256"] == digest and last["copies"] == printed.copies:
            store.run("UPDATE issue SET ticks = ? WHERE id = ?", (dump_ticks(printed.ticks), last["id"]))
            return int(last["id"])
        number = insert(store, draft, (printed, digest), who)
        search.put(store, entry_of(number, source, printed))
    return number


def insert(store: Store, draft: int, made: tuple[Printed, str], who: str) -> int:
    """A new row in the list of versions."""
    printed, digest = made
    sheet = printed.sheet
    last = store.rows("SELECT coalesce(max(number), 0) FROM issue WHERE draft = ?", (draft,))[0][0]
    head = (draft, last + 1, store.now(), who, sheet.title, sheet.kind, sheet.template, sheet.light.value)
    body = (pack(sheet), printed.pdf, digest, printed.text, dump_ticks(printed.ticks), printed.copies)
    return store.insert(
        "INSERT INTO issue (draft, number, at, who, title, kind, template, light, sheet, pdf, pdf_sha256, text, ticks, copies)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        head + body,
    )


def dump_ticks(ticks: tuple[str, ...]) -> str:
    """Confirmations as JSON."""
    return json.dumps(ticks, ensure_ascii=False)


def entry_of(number: int, source: int, printed: Printed) -> search.Text:
    """The version's words for the search."""
    sheet = printed.sheet
    roles = tuple(sorted({role for line in sheet.lines for role in line.roles}))
    effective = next((detail.value for detail in sheet.details if detail.name == "施行日" and not detail.missing), "")
    return search.Text(what="issue", ref=number, source=source, title=sheet.title, body=printed.text, kind=sheet.kind, roles=roles, effective=effective)


def get(store: Store, number: int) -> Issue:
    """One version.

    Raises:
        ArchiveError: there is none with this number.
    """
    row = store.row(f"SELECT {COLUMNS} FROM issue WHERE id = ?", (number,))
    if not row:
        raise ArchiveError("历史库中没有这一版学习单，可能已被删除。请刷新列表。")
    return issue_of(row)


def issue_of(row: Row) -> Issue:
    """A row as an Issue."""
    return Issue(**{**dict(row), "light": Light(row["light"]), "ticks": tuple(json.loads(row["ticks"]))})


def of_draft(store: Store, draft: int) -> list[Issue]:
    """The versions of a draft, newest first."""
    return [issue_of(row) for row in store.rows(f"SELECT {COLUMNS} FROM issue WHERE draft = ? ORDER BY number DESC", (draft,))]


def load_pdf(store: Store, number: int) -> bytes:
    """The PDF that was printed.

    Raises:
        ArchiveError: it is not here, or is damaged.
    """
    issue = get(store, number)
    row = store.row("SELECT pdf FROM issue WHERE id = ?", (number,))
    data = bytes(row["pdf"]) if row else b""
    if hashlib.sha256(data).hexdigest() != issue.pdf_sha256:
        raise ArchiveError(f"{issue.title}：第 {issue.number} 版的 PDF 已损坏（校验不符）。请用备份恢复。")
    return data


def load_sheet(store: Store, number: int) -> Sheet:
    """The sheet that was printed."""
    get(store, number)
    (row,) = store.rows("SELECT sheet FROM issue WHERE id = ?", (number,))
    return unpack(Sheet, row["sheet"])


def hand_out(store: Store, issue: int, fields: Mapping[str, str], *, names: tuple[Signature, ...], who: str) -> int:
    """Record who got a version, on which ``day``, at which ``meeting``, with a ``note``; its id."""
    with store.writing():
        get(store, issue)
        number = store.insert(
            "INSERT INTO hand_out (issue, day, meeting, note, at, who) VALUES (?, ?, ?, ?, ?, ?)",
            (issue, fields.get("day", ""), fields.get("meeting", ""), fields.get("note", ""), store.now(), who),
        )
        for place, name in enumerate(names):
            store.run("INSERT INTO signature VALUES (?, ?, ?, ?, ?)", (number, place, name.name, name.copy, name.returned))
    return number


def take_back(store: Store, hand_out_number: int, place: int, day: str) -> None:
    """Note that a numbered copy came back.

    Raises:
        ArchiveError: there is no such copy.
    """
    if not store.change("UPDATE signature SET returned = ? WHERE hand_out = ? AND place = ?", (day, hand_out_number, place)):
        raise ArchiveError("没有这条领用记录，可能已被删除。请刷新后再试。")


def hand_outs(store: Store, issue: int) -> list[HandOut]:
    """The hand-outs of a version, newest first."""
    found = []
    for row in store.rows("SELECT * FROM hand_out WHERE issue = ? ORDER BY id DESC", (issue,)):
        names = store.rows("SELECT name, copy, returned FROM signature WHERE hand_out = ? ORDER BY place", (row["id"],))
        found.append(HandOut(**dict(row), signatures=tuple(Signature(**dict(name)) for name in names)))
    return found
