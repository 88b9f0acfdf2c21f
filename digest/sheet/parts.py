"""A long regulation on several sheets (之一, 之二): cut between chapters so that each carries its share of what counts."""

import dataclasses
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from digest.model.outline import NodeKind, Outline
from digest.model.page import Page
from digest.model.ranking import Ranking
from digest.model.sheet import Sheet
from digest.sheet import budget
from digest.sheet.pool import Pool

COUNTS = "一二三四五六七八九"
HEADS = (NodeKind.BOOK, NodeKind.CHAPTER, NodeKind.SECTION, NodeKind.H1, NodeKind.ANNEX)
INSIDE_COST = 0.15  # of all value: what a cut inside a chapter must be better balanced by


def fill_parts(pool: Pool, count: int) -> tuple[tuple[Sheet, Page], ...]:
    """One sheet and page for each part of the document.

    Raises:
        DoesNotFit: even the parts every sheet has are too long for the page.
    """
    found = []
    for number, units in enumerate(cut(pool.outline, pool.ranking, count)):
        ranking = replace(pool.ranking, order=tuple(unit for unit in pool.ranking.order if unit in units))
        candidates = {unit: candidate for unit, candidate in pool.candidates.items() if unit in units}
        found.append(budget.fill(dataclasses.replace(pool, ranking=ranking, candidates=candidates, part=f"（之{COUNTS[number]}）" if count > 1 else "")))
    return tuple(found)


def cut(outline: Outline, ranking: Ranking, count: int) -> list[set[int]]:
    """Units in document order, cut into parts of even value."""
    units = list(range(len(outline.units)))
    ranked = set(ranking.order)
    values = [max(0.0, ranking.scores[unit].value) if unit in ranked else 0.0 for unit in units]
    ends = [best_end(outline, values, number / count) for number in range(1, count)]
    edges = [0, *sorted(ends), len(units)]
    return [set(units[start:end]) for start, end in pairwise(edges)]


def best_end(outline: Outline, values: Sequence[float], share: float) -> int:
    """Where a part ends that should carry a share of all value: between chapters if that is nearly as even."""
    total, sum_, best, cost = sum(values) or 1.0, 0.0, len(values), float("inf")
    for place in range(1, len(values)):
        sum_ += values[place - 1]
        if same_list(outline, place):
            continue
        price = abs(sum_ / total - share) + (0.0 if head_of(outline, place - 1) != head_of(outline, place) else INSIDE_COST)
        if price < cost:
            best, cost = place, price
    return best


def same_list(outline: Outline, place: int) -> bool:
    """Whether a cut before this unit would tear a list."""
    one, two = outline.units[place - 1], outline.units[place]
    return one.stem is not None and one.stem == two.stem


def head_of(outline: Outline, unit: int) -> int:
    """The chapter, section or annex a unit stands in."""
    sentences = outline.units[unit].sentences
    node = outline.nodes[outline.sentences[sentences[0]].node] if sentences else outline.nodes[0]
    head = 0
    while node.parent is not None:
        if node.kind in HEADS:
            head = node.number
        node = outline.nodes[node.parent]
    return head
