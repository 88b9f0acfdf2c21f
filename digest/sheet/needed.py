"""What the staff must find on the sheet though other lines are worth more: what to do when something goes wrong, what is new, the rows that stop."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from digest.model.facts import FactKind
from digest.model.ranking import Category
from digest.sheet.lines import table_of
from digest.sheet.pool import Pool, per_unit
from digest.zh import clauses

EMERGENCIES = 2  # lines that say what to do when something goes wrong, looked after on one sheet
STANDSTILLS = 2  # lines that say when something stops
LEAST_EMERGENCY = 12.0  # points; below it is what a law asks of everybody
NEWS = 2  # lines that say what changes from what to what
SPECIALS = 2  # special cases that come with their rule
LEAST_NEWS = 4.0  # points
LONGEST_NEWS = 90  # characters
LIMITS = 2  # limits of the same chapter that come along with a lesser one
LEAST_LIMIT = 12.0  # points


@cache
def says(kind: str) -> re.Pattern[str]:
    """The words of a class of clauses.tsv."""
    return re.compile(clauses.words(kind))


@per_unit
def by_itself(pool: Pool, unit: int) -> bool:
    """Whether a unit is a sentence by itself: no item of a list, no row of a table and no rest of another."""
    candidate = pool.candidates[unit]
    return candidate.group is None and table_of(pool, unit) is None and not candidate.ladder.dangling


def emergencies(pool: Pool, allowed: Collection[int]) -> list[int]:
    """The best lines that say what the branch does at once when something goes wrong."""
    return best(pool, (unit for unit in allowed if is_emergency(pool, unit)), EMERGENCIES)


@per_unit
def is_emergency(pool: Pool, unit: int) -> bool:
    """Whether a unit's case is something that goes wrong (遗失, 被盗, 账实不符) and what it asks for is done at once or within hours."""
    candidate = pool.candidates[unit]
    if candidate.filler or candidate.group is not None or candidate.ladder.dangling or candidate.score.value < LEAST_EMERGENCY or not staff(pool, unit):
        return False
    plain = clauses.masked(candidate.rungs[-1].text)
    first = next((clause for segment in clauses.segments(plain) for clause in segment if clause.sort is clauses.Sort.CASE), None)
    if first is None or not says("出事").search(plain[first.start : first.end]):
        return False
    rest = plain[first.end :]
    return says("马上").search(rest) is not None and says("处置").search(rest) is not None


@per_unit
def staff(pool: Pool, unit: int) -> bool:
    """Whether a unit is for the branch or for everybody, or names the branch's people beside whom it speaks of."""
    return pool.ours(unit) or bool(pool.candidates[unit].score.roles) or says("本行人").search(pool.candidates[unit].rungs[-1].text) is not None


def standstills(pool: Pool, allowed: Collection[int]) -> list[int]:
    """The best lines that say from when to when something stands still."""
    return best(pool, (unit for unit in allowed if is_standstill(pool, unit)), STANDSTILLS)


@per_unit
def is_standstill(pool: Pool, unit: int) -> bool:
    """Whether a unit says in which hours or on which days a business or a system stops, no case of a customer's."""
    candidate = pool.candidates[unit]
    own = candidate.score.category is Category.TIME and by_itself(pool, unit)
    return own and pool.ours(unit) and candidate.score.value >= LEAST_EMERGENCY and clauses.stops(candidate.rungs[-1].text)


def news(pool: Pool, choice: Mapping[int, int], allowed: Collection[int]) -> list[int]:
    """The best sentences that say what changes, from what to what where the text gives both, or what is done away with; fewer where some are printed."""
    told = sum(is_news(pool, unit) for unit in choice)
    return best(pool, (unit for unit in allowed if is_news(pool, unit)), NEWS - told)


@per_unit
def is_news(pool: Pool, unit: int) -> bool:
    """Whether a unit is a sentence, no row of a table, that tells a change of the paper's own."""
    candidate = pool.candidates[unit]
    own = candidate.score.category is Category.CHANGE and by_itself(pool, unit)
    if not own or len(candidate.rungs[-1].text) > LONGEST_NEWS or candidate.score.value < LEAST_NEWS or not pool.ours(unit):
        return False
    kinds = {fact.kind for fact in pool.unit_facts(unit)}
    return FactKind.CHANGE in kinds and FactKind.EFFECTIVE not in kinds


def limits(pool: Pool, choice: Mapping[int, int], allowed: Collection[int]) -> list[int]:
    """Limits of the staff's own in the chapter of a printed one: one of several told alone would be read as the only one."""
    printed = {chapter(pool, unit) for unit in choice if is_limit(pool, unit)}
    return best(pool, (unit for unit in allowed if is_limit(pool, unit) and chapter(pool, unit) in printed), LIMITS)


@per_unit
def is_limit(pool: Pool, unit: int) -> bool:
    """Whether a unit sets a bound that must not be passed, for the branch, in figures."""
    candidate = pool.candidates[unit]
    plain = candidate.score.category is Category.LIMIT and by_itself(pool, unit)
    return plain and candidate.score.value >= LEAST_LIMIT and pool.ours(unit) and bounding().search(candidate.rungs[-1].text) is not None


@cache
def bounding() -> re.Pattern[str]:
    """A floor or a ceiling with its number (不得低于2万元, 不少于3000元, 各不超过50份)."""
    return re.compile(rf"(?:(?:{clauses.words('禁止')})|不)(?:{clauses.words('界限')})[^，。；：]{{0,6}}\d")


@per_unit
def chapter(pool: Pool, unit: int) -> int | None:
    """The place above a unit's own: the chapter of an article."""
    outline = pool.outline
    return outline.nodes[outline.sentences[outline.units[unit].sentences[0]].node].parent


def specials(pool: Pool, choice: Mapping[int, int], allowed: Collection[int]) -> Iterator[tuple[int, ...]]:
    """Special cases worth a line, each with the rule without which it would be read as one; best first."""
    rules = {unit: rule for unit in allowed if (rule := pool.outline.units[unit].rule) is not None and (rule in allowed or rule in choice)}
    for unit in best(pool, (each for each in rules if pool.ours(each) and not pool.candidates[each].filler), SPECIALS):
        yield (unit,) if rules[unit] in choice else (rules[unit], unit)


def stops(pool: Pool, choice: Mapping[int, int], allowed: Collection[int]) -> Iterator[tuple[int, ...]]:
    """For each table that says of several rows that they stop: those that are not printed, if all of them may be."""
    for rows in pool.stopped_rows().values():
        missing = tuple(unit for unit in sorted(rows) if unit not in choice)
        if missing and all(unit in allowed for unit in missing):
            yield missing


def best(pool: Pool, units: Iterator[int], most: int) -> list[int]:
    """The most valuable units, at most so many."""
    return sorted(units, key=lambda unit: (-pool.candidates[unit].score.value, unit))[: max(0, most)]
