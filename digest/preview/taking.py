"""A file to its first draft in the archive: the review page and a watched folder or mailbox do it alike."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from digest.archive import drafts, sources
from digest.archive.drafts import Content, Day
from digest.archive.sources import Kept
from digest.archive.store import Store
from digest.archive.values import dump
from digest.model.facts import Fact, FactKind
from digest.model.sheet import Sheet
from digest.model.source import Source
from digest.pipeline import Understood
from digest.preview import related
from digest.preview.draft import Draft, begin, words_of

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LONGEST_LABEL = 60
SECRET_TOLD = "这份文件标有密级，按保密规定不生成学习单，也不留存。请走保密渠道传达；若标注有误，请由定密部门更正后再试。"  # without its name


class Result(Struct, frozen=True, kw_only=True):
    """What became of a file that was read."""

    source: int
    draft: int
    known: bool


def take_in(store: Store, source: Source, *, understand: Callable[[Source], Kept], compose: Callable[[Kept], Sheet], who: str) -> tuple[Result, Kept | None]:
    """Read a file, keep it, and make its first draft; a file that is here already is left as it stands and not read again."""
    known = sources.find(store, source.sha256)
    if known is not None and (standing := drafts.of_source(store, known.id)):
        return Result(source=known.id, draft=standing[0].id, known=True), None
    kept = understand(source)
    number, new = sources.add(store, source, kept, mentions=related.mentions(kept.outline), who=who)
    content = content_of(begin(compose(kept)), kept)
    with store.writing():
        store.hold("first draft", number)  # another program may have taken in the same file meanwhile
        standing = drafts.of_source(store, number)
        draft = standing[0].id if standing else drafts.create(store, number, content, drafts.Change(who=who, label="生成"))
    return Result(source=number, draft=draft, known=bool(standing) or not new), kept


def kept_of(understood: Understood) -> Kept:
    """What is archived of a run of the steps."""
    return Kept(outline=understood.outline, facts=understood.facts, ranking=understood.ranking, ladders=understood.ladders)


def content_of(draft: Draft, kept: Kept) -> Content:
    """A draft as the archive keeps and lists it."""
    it = draft.sheet
    return Content(
        body=dump(draft),
        title=it.title,
        kind=it.kind,
        template=it.template,
        text=words_of(it) + ("\n" + draft.notes if draft.notes else ""),
        roles=tuple(sorted({role for line in it.lines for role in line.roles})),
        effective=kept.outline.masthead.effective.value,
        days=tuple(days_of(draft, kept)),
    )


def days_of(draft: Draft, kept: Kept) -> Iterator[Day]:
    """The day of coming into force, and every day by which a line on the sheet wants something done."""
    effective = kept.outline.masthead.effective.value
    if ISO_DAY.fullmatch(effective):
        computed = any(fact.computed and fact.value == effective for fact in kept.facts.items if fact.kind is FactKind.EFFECTIVE)
        yield Day(day=effective, label=draft.sheet.title, what="effective", computed=computed)
    for line in draft.sheet.lines:
        due = {fact.value[:10]: fact for sentence in line.sentences for fact in kept.facts.of(sentence) if is_due(fact) and fact.text in line.text}
        for day, fact in sorted(due.items()):
            yield Day(day=day, label=line.text[:LONGEST_LABEL], what="deadline", computed=fact.computed)


def is_due(fact: Fact) -> bool:
    """Whether a fact is a hard deadline on a day."""
    return fact.kind is FactKind.DEADLINE and fact.hard and ISO_DAY.fullmatch(fact.value[:10]) is not None
