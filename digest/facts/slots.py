"""The must-know slots of the document's kind (谁, 何时起, 报送…): which sentences fill them, and which stay 未找到."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from digest.model.facts import Fact, FactKind, Kind, Slot
from digest.model.outline import Outline, SentenceKind, Zone
from digest.zh.lexicon import packaged
from digest.zh.tables import Table, merge

SLOTS = Table(file="slots.tsv", columns=("类型", "要素", "程度", "来源"), keys=2)
WORDS = Table(file="slot_words.tsv", columns=("要素", "词", "来源"), keys=2)
BY_FACT: Mapping[str, tuple[FactKind, ...]] = {
    "谁": (FactKind.ROLE,),
    "何时起": (FactKind.EFFECTIVE,),
    "限额": (FactKind.AMOUNT, FactKind.RATIO, FactKind.COUNT),
    "期限": (FactKind.DEADLINE,),
    "报送": (FactKind.REPORT_TO,),
    "罚则": (FactKind.PENALTY,),
    "联系人": (FactKind.CONTACT,),
    "表单凭证": (FactKind.FORM,),
    "系统交易码": (FactKind.TRANSACTION,),
}
SKIPPED_ZONES = (Zone.OPENING, Zone.SAMPLE)


@cache
def layout(kind: Kind) -> tuple[tuple[str, bool], ...]:
    """The kind's slots in order, each with whether it is required."""
    rows = merge(SLOTS, packaged(SLOTS.file), "")
    return tuple((row.cells[1], row.cells[2] == "必备") for row in rows if row.cells[0] == kind.value)


@cache
def word_patterns() -> Mapping[str, re.Pattern[str]]:
    """The words that fill a slot where no figure does."""
    words: dict[str, list[str]] = {}
    for row in merge(WORDS, packaged(WORDS.file), ""):
        words.setdefault(row.cells[0], []).append(re.escape(row.cells[1]))
    return {slot: re.compile("|".join(found)) for slot, found in words.items()}


def fill(kind: Kind, outline: Outline, items: Sequence[Fact]) -> tuple[Slot, ...]:
    """Each slot of the kind with the sentences that fill it."""
    return tuple(Slot(name=name, required=required, sentences=sentences_for(name, outline, items)) for name, required in layout(kind))


def sentences_for(slot: str, outline: Outline, items: Sequence[Fact]) -> tuple[int, ...]:
    """Sentence numbers that fill one slot, in order."""
    kinds = BY_FACT.get(slot, ())
    found = {fact.sentence for fact in items if fact.kind in kinds and (fact.hard or slot != "期限")}
    if slot == "何时起" and not found:  # a campaign or a cut-over has no 起施行, but a first and a last day
        found = {fact.sentence for fact in items if fact.kind is FactKind.DATE and "/" in fact.value}
    pattern = word_patterns().get(slot)
    if pattern is not None:
        found |= {it.number for it in outline.sentences if it.kind is not SentenceKind.HEADING and it.zone not in SKIPPED_ZONES and pattern.search(it.text)}
    return tuple(sorted(found))
