"""Sources (来文) in the archive: added once by hash, found again, linked by what they repeal or amend."""

import hashlib
import re
from enum import StrEnum

from msgspec import Struct

from digest.archive import search
from digest.archive.engine import Row
from digest.archive.store import Store
from digest.archive.values import pack, unpack
from digest.errors import ArchiveError, SecretDocument
from digest.model.facts import Facts
from digest.model.ladder import Ladder
from digest.model.outline import Light, Outline
from digest.model.ranking import Ranking
from digest.model.source import Source

BRACKETS = str.maketrans("[]【】（）()〈〉﹝﹞［］", "〔〕〔〕〔〕〔〕〔〕〔〕〔〕")


class Relation(StrEnum):
    """What a document does to another."""

    REPEALS = "废止"
    AMENDS = "修改"
    CITES = "引用"


class Mention(Struct, frozen=True, kw_only=True):
    """Another document named in a source: by number, by title, or by both."""

    relation: Relation
    doc_number: str = ""
    title: str = ""
    evidence: str = ""


class Kept(Struct, frozen=True, kw_only=True):
    """What was understood of a source, so that opening it again costs no second reading."""

    outline: Outline
    facts: Facts
    ranking: Ranking
    ladders: tuple[Ladder, ...]


class Entry(Struct, frozen=True, kw_only=True):
    """One source as listed; days are ISO."""

    id: int
    sha256: str
    name: str
    form: str
    size: int
    title: str
    doc_number: str
    issuer: str
    signed: str
    effective: str
    kind: str
    light: Light
    at: str
    who: str


class Link(Struct, frozen=True, kw_only=True):
    """A relation between two archived sources; ``outgoing`` when this one acts on the other."""

    relation: Relation
    outgoing: bool
    evidence: str
    other: Entry


COLUMNS = "id, sha256, name, form, size, title, doc_number, issuer, signed, effective, kind, light, at, who"


def add(store: Store, source: Source, kept: Kept, *, mentions: tuple[Mention, ...], who: str, rules: str = "") -> tuple[int, bool]:
    """Keep a source with what was understood of it; its id, and whether it is new.

    The same bytes are kept once: a second time only renews what was understood.

    Raises:
        SecretDocument: a red document never enters the archive.
    """
    if kept.outline.masthead.secrecy.light is Light.RED:
        raise SecretDocument(f"{source.name}：标有密级，按保密规定不留存。请走保密渠道传达。")
    with store.writing():
        store.hold("source", int(source.sha256[:7], 16))  # two programs may hand in the same file at once
        known = find(store, source.sha256)
        number = known.id if known else insert(store, source, kept, who)
        store.run(
            "INSERT INTO understanding VALUES (?, ?, ?) ON CONFLICT (source) DO UPDATE SET rules = excluded.rules, body = excluded.body",
            (number, rules, pack(kept)),
        )
        replace_mentions(store, number, mentions)
        if not known:
            index(store, number, kept)
    return number, known is None


def insert(store: Store, source: Source, kept: Kept, who: str) -> int:
    """A new row in the list of sources."""
    head = kept.outline.masthead
    title = head.title.value or head.subject or source.name
    values = (
        source.sha256,
        source.name,
        kept.outline.document.form,
        len(source.data),
        source.data,
        title,
        title_key(head.subject or title),
        head.doc_number.value,
        doc_key(head.doc_number.value),
        head.issuer.value,
        head.date.value,
        head.effective.value,
        kept.facts.kind.kind.value,
        head.secrecy.light.value,
        store.now(),
        who,
    )
    return store.insert(
        "INSERT INTO source (sha256, name, form, size, data, title, title_key, doc_number, doc_key, issuer, signed, effective, kind,"
        f" light, at, who) VALUES ({', '.join('?' * len(values))})",
        values,
    )


def replace_mentions(store: Store, number: int, mentions: tuple[Mention, ...]) -> None:
    """What a source says about other documents, anew."""
    store.run("DELETE FROM mention WHERE source = ?", (number,))
    for mention in mentions:
        keys = (doc_key(mention.doc_number), title_key(mention.title))
        store.run("INSERT INTO mention VALUES (?, ?, ?, ?, ?)", (number, mention.relation.value, *keys, mention.evidence))


def index(store: Store, number: int, kept: Kept) -> None:
    """Put the source's text into the full-text search."""
    entry = get(store, number)
    roles = tuple(sorted({role for score in kept.ranking.scores for role in score.roles}))
    search.put(
        store,
        search.Text(
            what="source",
            ref=number,
            source=number,
            title=f"{entry.title} {entry.doc_number}".strip(),
            body="\n".join(passage.text for passage in kept.outline.passages),
            kind=entry.kind,
            roles=roles,
            effective=entry.effective,
        ),
    )


def find(store: Store, sha256: str) -> Entry | None:
    """The source with these very bytes, if it is here."""
    row = store.row(f"SELECT {COLUMNS} FROM source WHERE sha256 = ?", (sha256,))
    return entry_of(row) if row else None


def get(store: Store, number: int) -> Entry:
    """One source.

    Raises:
        ArchiveError: there is none with this number.
    """
    row = store.row(f"SELECT {COLUMNS} FROM source WHERE id = ?", (number,))
    if not row:
        raise ArchiveError("历史库中没有这份来文，可能已被删除。请刷新列表。")
    return entry_of(row)


def entry_of(row: Row) -> Entry:
    """The Entry's columns of a row, which may hold more."""
    values = {name: row[name] for name in COLUMNS.split(", ")}
    return Entry(**{**values, "light": Light(values["light"])})


def load_bytes(store: Store, number: int) -> Source:
    """The file itself, as it was handed in.

    Raises:
        ArchiveError: it is not here, or its bytes no longer match their hash.
    """
    entry = get(store, number)
    row = store.row("SELECT data FROM source WHERE id = ?", (number,))
    data = bytes(row["data"]) if row else b""
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise ArchiveError(f"{entry.name}：历史库中的原文件已损坏（校验不符）。请用备份恢复，或重新放入原文件。")
    return Source(name=entry.name, data=data)


def load_kept(store: Store, number: int) -> Kept:
    """What was understood of a source.

    Raises:
        ArchiveError: it is not here or is damaged.
    """
    row = store.row("SELECT body FROM understanding WHERE source = ?", (number,))
    if not row:
        raise ArchiveError("历史库中没有这份来文的解读结果。请重新放入原文件。")
    return unpack(Kept, row["body"])


def remove(store: Store, number: int) -> None:
    """Forget a source with its drafts, sheets and hand-outs; the bytes are overwritten in the file."""
    with store.writing():
        search.drop_source(store, number)
        store.run("DELETE FROM source WHERE id = ?", (number,))


def recent(store: Store, most: int = 50) -> list[Entry]:
    """The sources that came in last, newest first."""
    return [entry_of(row) for row in store.rows(f"SELECT {COLUMNS} FROM source ORDER BY id DESC LIMIT ?", (most,))]


def links(store: Store, number: int) -> list[Link]:
    """Archived documents that this one repeals, amends or cites, and those that do so to it."""
    shown = ", ".join(f"other.{name}" for name in COLUMNS.split(", "))
    query = (
        "SELECT DISTINCT {shown}, mention.relation AS mention_relation, mention.evidence AS mention_evidence FROM mention"
        " JOIN source AS actor ON actor.id = mention.source"
        " JOIN source AS target ON target.id <> actor.id AND ((mention.doc_key <> '' AND target.doc_key = mention.doc_key)"
        " OR (mention.title_key <> '' AND target.title_key = mention.title_key))"
        " JOIN source AS other ON other.id = {other}.id WHERE {mine}.id = ? ORDER BY other.id DESC"
    )
    found = []
    for outgoing, mine, other in ((True, "actor", "target"), (False, "target", "actor")):
        rows = store.rows(query.format(shown=shown, mine=mine, other=other), (number,))
        found += [link_of(row, outgoing) for row in rows]
    strength = list(Relation)
    return sorted(found, key=lambda link: strength.index(link.relation))


def link_of(row: Row, outgoing: bool) -> Link:
    """A row of ``links`` as a Link."""
    other = entry_of(row)
    return Link(relation=Relation(row["mention_relation"]), outgoing=outgoing, evidence=row["mention_evidence"], other=other)


def doc_key(doc_number: str) -> str:
    """A document number without what differs between writers: brackets, blanks, 第, width."""
    return re.sub(r"\s|第", "", search.fold(doc_number).translate(BRACKETS))


def title_key(title: str) -> str:
    """A title without 关于…的通知, book-title marks and blanks, so that ``《…办法》`` meets the notice that issued it."""
    bare = re.sub(r"[《》〈〉「」“”\"\s]", "", search.fold(title))
    return re.sub(r"^.{0,30}?(?:关于)?(?:印发|发布|修订|下发)(.{4,}?)(?:的通知|的公告)?$", r"\1", bare)
