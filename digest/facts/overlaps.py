"""Facts on the same characters: the one that says more stays (保存5年 is no deadline, 30日内 no count)."""

from collections.abc import Iterable, Sequence

from digest.model.facts import Fact, FactKind

# kinds that read the same figures; where two overlap, the earlier in this list wins, then the longer
FIGURES = (
    FactKind.CONTACT,
    FactKind.TRANSACTION,
    FactKind.EFFECTIVE,
    FactKind.RETENTION,
    FactKind.PENALTY,
    FactKind.DEADLINE,
    FactKind.DATE,
    FactKind.AMOUNT,
    FactKind.RATIO,
    FactKind.COUNT,
)
STRENGTH = {kind: place for place, kind in enumerate(FIGURES)}


def settle(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """One sentence's facts in order of place, without figures read twice."""
    figures: list[Fact] = []
    others: list[Fact] = []
    for fact in sorted(facts, key=strength):
        group = figures if fact.kind in STRENGTH else others
        if not any(clash(fact, kept) for kept in group):
            group.append(fact)
    return tuple(sorted((*figures, *others), key=lambda fact: (fact.start, fact.end, fact.kind.value)))


def strength(fact: Fact) -> tuple[int, int, int]:
    """Stronger kinds first, then longer facts, then earlier ones."""
    return (STRENGTH.get(fact.kind, 0), fact.start - fact.end, fact.start)


def clash(fact: Fact, kept: Fact) -> bool:
    """Whether two facts stand on common characters and read the same thing."""
    if fact.start >= kept.end or kept.start >= fact.end:
        return False
    return fact.kind in STRENGTH or fact.kind is kept.kind


def spans(facts: Sequence[Fact]) -> tuple[tuple[int, int], ...]:
    """The character ranges of facts."""
    return tuple((fact.start, fact.end) for fact in facts)
