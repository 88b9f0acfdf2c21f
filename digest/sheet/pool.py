"""Candidates as the page sees them: units under one stem are one item, each with its wordings and where it may stand."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from msgspec import Struct

from digest.model.facts import Fact, FactKind, Facts
from digest.model.ladder import Ladder, Rung
from digest.model.look import Look, SectionPlan
from digest.model.outline import Outline, Zone
from digest.model.ranking import Audience, Category, Ranking, Score
from digest.sheet import table_rows
from digest.zh import scope

SUMMARY = "info"  # the section of what is good to know, the only one of a sheet to be circulated
EFFECT = (FactKind.EFFECTIVE, FactKind.REPEAL)
T = TypeVar("T")
OURS = frozenset({Audience.BRANCH, Audience.UNKNOWN})  # whose duty the staff of the branch may have
ASKS_NOTHING = frozenset({Category.INFO, Category.PENALTY})  # what only tells, or threatens what another line asks for


class Candidate(Struct, frozen=True):
    """One unit with its score and its wordings; ``group`` is the stem it shares with others."""

    score: Score
    ladder: Ladder
    group: int | None
    order: tuple[int, ...]
    rank: int

    @property
    def unit(self) -> int:
        """The unit's number."""
        return self.score.unit

    @property
    def filler(self) -> bool:
        """Whether it asks for nothing, or threatens what another line asks for, so that it only comes into room that is left."""
        return self.score.category in ASKS_NOTHING

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """Its wordings, longest first."""
        return self.ladder.rungs


class Point(Struct, frozen=True):
    """A unit's wording as the one line to remember, and what it is worth for that.

    ``front`` goes before it: from when the paper applies and what it replaces; ``front_mark`` is the article of that.
    """

    unit: int
    text: str
    worth: float
    front: str = ""
    front_mark: str = ""


@dataclass(frozen=True, slots=True)  # no struct: a changed copy must begin with nothing known
class Pool:
    """All candidates by unit, with what they were made from."""

    outline: Outline
    facts: Facts
    ranking: Ranking
    look: Look
    candidates: dict[int, Candidate]
    facts_by_sentence: dict[int, tuple[Fact, ...]]
    points: tuple[Point, ...] = ()
    part: str = ""  # （之一）, where a document is told on several sheets
    known: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, key: Hashable, work: Callable[[], T]) -> T:
        """What ``work`` returns, worked out for the first trial of the page that asks and kept for all others."""
        if key not in self.known:
            self.known[key] = work()
        found: T = self.known[key]
        return found

    def ours(self, unit: int) -> bool:
        """Whether a candidate is for the branch or for everybody, and not for the customer or an office."""
        return self.candidates[unit].score.audience in OURS

    def forwards(self) -> bool:
        """Whether the paper is one that somebody forwards with requirements of his own."""
        zones = (self.outline.sentences[self.outline.units[unit].sentences[0]].zone for unit in self.candidates)
        return self.once("forwards", lambda: len({zone is Zone.LOCAL for zone in zones}) > 1)

    @property
    def top(self) -> float:
        """The best candidate's value."""
        return self.once("top", lambda: max((candidate.score.value for candidate in self.candidates.values()), default=0.0))

    def may_be_ours(self, unit: int) -> bool:
        """The same, or for a trade that the bank may do itself (收单机构)."""
        return self.ours(unit) or self.candidates[unit].score.own_trade

    def text_of(self, unit: int) -> str:
        """A unit as the source has it."""
        return "".join(self.outline.sentences[sentence].text for sentence in self.outline.units[unit].sentences)

    def same_paragraph(self, one: int, other: int) -> bool:
        """Whether a unit goes on in the paragraph where another ends."""
        sentences, units = self.outline.sentences, self.outline.units
        return sentences[units[one].sentences[-1]].passage == sentences[units[other].sentences[0]].passage

    def facts_of(self, sentence: int) -> tuple[Fact, ...]:
        """The facts of one sentence."""
        return self.facts_by_sentence.get(sentence, ())

    def unit_facts(self, unit: int) -> tuple[Fact, ...]:
        """The facts of a unit's own sentences."""
        return tuple(fact for sentence in self.outline.units[unit].sentences for fact in self.facts_of(sentence))

    def stopped(self, units: Sequence[int]) -> frozenset[int]:
        """All rows of the table, of which the units are some, that says of several of its rows that they stop; empty where they are no such rows."""
        return next((rows for rows in self.stopped_rows().values() if rows.issuperset(units)), frozenset())

    def stopped_rows(self) -> dict[int, frozenset[int]]:
        """The candidates that are rows of a table which says of several of its rows that they stop, by table."""

        def work() -> dict[int, frozenset[int]]:
            found: dict[int, set[int]] = {}
            for unit in self.candidates:
                row = self.outline.sentences[self.outline.units[unit].sentences[0]]
                table = table_rows.table_of(self.outline, row) if table_rows.is_row(row) and table_rows.stops(row) else None
                if table is not None:
                    found.setdefault(table, set()).add(unit)
            return {table: frozenset(units) for table, units in found.items() if len(units) >= table_rows.FEWEST_STOPS}

        return self.once("stopped", work)

    def alone(self, candidate: Candidate) -> bool:
        """Whether a candidate may be chosen by itself: it neither leans on the line before nor is one of several rows that stop."""
        return not candidate.ladder.dangling and not self.stopped((candidate.unit,))

    def catches_rest(self, unit: int) -> bool:
        """Whether a unit is the item at a list's end that names what the others do not (其他…的): it only comes with all of them."""
        whole = self.outline.units[unit]
        last = whole.stem is not None and whole.siblings > 1 and whole.position == whole.siblings - 1
        return last and scope.catches_rest(self.outline.sentences[whole.sentences[0]].text)

    def incomplete(self, unit: int, choice: Collection[int]) -> bool:
        """Whether a unit names what the others of its list do not, and one of those is not chosen."""
        if not self.catches_rest(unit):
            return False
        stem = self.outline.units[unit].stem
        return any(each.stem == stem and each.number != unit and each.number not in choice for each in self.outline.units)

    def plan_of(self, units: tuple[int, ...]) -> SectionPlan | None:
        """The section of units that stand together: what most of them are decides, the better one where they are even."""
        return self.once(("plan", units), lambda: self.find_plan(units))

    def find_plan(self, units: tuple[int, ...]) -> SectionPlan | None:
        """The same, found anew."""
        led = tuple(unit for unit in units if not self.candidates[unit].ladder.dangling) or units  # what leans on a rule stands where the rule does
        counts = Counter(self.candidates[unit].score.category for unit in led)
        best = max(led, key=lambda unit: (counts[self.candidates[unit].score.category], self.candidates[unit].score.value, -unit))
        category = self.candidates[best].score.category
        kinds = {fact.kind for fact in self.unit_facts(best)}
        if not self.ranking.actionable:
            return self.look.plan(SUMMARY)
        if self.stopped(units) and (ban := self.look.plan_for(Category.BAN.value)) is not None:
            return ban  # whatever else the cells of its rows say
        repeals = category is Category.PENALTY and FactKind.REPEAL in kinds  # 停止执行 and 废止 are no sanction
        if repeals or (category in (Category.TIME, Category.CHANGE) and kinds.intersection(EFFECT)):
            category = Category.CHANGE
        elif category is Category.TIME:
            kept = FactKind.RETENTION in kinds and FactKind.DEADLINE not in kinds  # 保存5年 is a number to remember, nothing to do by a day
            category = Category.LIMIT if kept else Category.DO
        return self.look.plan_for(category.value)


def per_unit(work: Callable[[Pool, int], T]) -> Callable[[Pool, int], T]:
    """What is asked of one unit again and again while the page is tried, worked out once for each sheet."""
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def known(pool: Pool, unit: int) -> T:
        return pool.once((name, unit), lambda: work(pool, unit))

    return known


def pool_of(outline: Outline, facts: Facts, ranking: Ranking, ladders: Sequence[Ladder], *, look: Look) -> Pool:
    """Every ranked unit that has a wording, best first."""
    ladder_of = {ladder.unit: ladder for ladder in ladders if ladder.rungs}
    by_sentence: dict[int, tuple[Fact, ...]] = {}
    for fact in facts.items:
        by_sentence[fact.sentence] = (*by_sentence.get(fact.sentence, ()), fact)
    candidates = {}
    for rank, unit in enumerate(ranking.order):
        if unit not in ladder_of:
            continue
        whole = outline.units[unit]
        candidates[unit] = Candidate(ranking.scores[unit], ladder_of[unit], whole.stem, whole.sentences, rank)
    return Pool(outline, facts, ranking, look, candidates, by_sentence)
