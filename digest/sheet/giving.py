"""What gives way on a full page to what should stand beside the chosen lines: how much each is worth there, and which lines never go."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from digest.model.facts import FactKind
from digest.model.ranking import Category
from digest.sheet import needed, owed
from digest.sheet.company import (
    Wanted,
    counted,
    dated,
    excepts,
    falls_due,
    forbids,
    holds,
    holds_together,
    is_ban,
    lone_row,
    meant,
    near,
    node_of,
    recurs,
    stands,
    vital,
)
from digest.sheet.page_text import is_day
from digest.sheet.pool import Pool, per_unit
from digest.zh import clauses

TERM_HEAVIER = 2.5  # the same for what comes once: lines without a number and a day give way to it
STOP_HEAVIER = 1.2  # the same for what stops in a case
DUE_HEAVIER = 1.25  # times such a line's value: lines worth more together do not give way to it
MEANING = 0.5  # of a limit's value: the worth of what its words mean
LONE_ROW = 0.5  # of its value: one row of a table whose others are not printed
VITAL_HEAVIER = 1.25  # the same for an emergency and a limit, to which a lone ban gives way
NEWS_HEAVIER = 3.8  # the same for what changes from what to what: a short sentence has few words that count
DAY_COST, PERIOD_COST = 1.3, 1.6  # times its value: what a line with a day, and one with a period, cost when what is new takes their room
ROW = 0.8  # of its value: a row in a list of what stops
HEAVIER = 1.5  # times a ban's value: lines worth more together do not give way to it
NEAR_HEAVIER = 2.0  # the same where its other half is printed: half a rule misleads
TRIED = 4  # lines that may give way, and ways in which they may, of each number
TRIED_FOR_TERM, GONE_FOR_TERM = 6, 3  # the same for what comes once: it is long, and items of a list are short


def yielding(pool: Pool, choice: Mapping[int, int], asked: Wanted) -> Iterator[Wanted]:
    """Chosen units that may give way to what is asked for: nothing, one, two; all together worth no more than it, those without a day and the worst first."""
    pressing = is_pressing(pool, asked)
    values = {unit: worth_of(pool, choice, unit, pressing=pressing and unit not in asked) for unit in (*choice, *asked)}
    own = weight(pool, choice, asked) * sum(values[unit] for unit in asked)
    term = pool.top if owed.is_term(pool, asked[0]) else 0.0  # whatever its words count: a paper's transition is told before any line without a day
    worth = max(own, term, counted(pool, choice, asked), MEANING * meant(pool, choice, asked[0]))
    kept = {unit - 1 for unit in choice if pool.candidates[unit].ladder.dangling} | {each for unit in asked for each in (unit - 1, unit + 1)}
    free = [unit for unit in choice if unit not in kept and values[unit] <= worth and gives_way(pool, choice, unit, asked)]
    told = is_told(pool, asked)
    worst = sorted(free, key=lambda unit: (not told and dated(pool, unit), cost(pool, unit) if told else values[unit], -unit))
    most, gone = (TRIED_FOR_TERM, GONE_FOR_TERM) if owed.is_term(pool, asked[0]) else (TRIED, len(asked) + 1)
    for size in range(gone + 1):
        yield from (found for found in combinations(worst[:most], size) if sum(values[unit] for unit in found) <= worth)


def worth_of(pool: Pool, choice: Mapping[int, int], unit: int, *, pressing: bool) -> float:
    """What a unit is worth where something asks for room: less the only printed row of a table, and what is light where something ``pressing`` asks."""
    share = (LONE_ROW if lone_row(pool, choice, unit) else 1.0) * (owed.LIGHT if pressing and owed.is_light(pool, unit) else 1.0)
    return pool.candidates[unit].score.value * share


def is_pressing(pool: Pool, asked: Wanted) -> bool:
    """Whether what is asked for falls due, stops something or is a ban."""
    return len(asked) == 1 and (owed.is_term(pool, asked[0]) or owed.is_stop(pool, asked[0]) or falls_due(pool, asked[0]) or is_ban(pool, asked[0]))


def gives_way(pool: Pool, choice: Mapping[int, int], unit: int, asked: Wanted) -> bool:
    """Whether a chosen unit may give way to what is asked for at all."""
    if any(vital(pool, each) for each in asked):
        return not stands(pool, choice, unit)
    term = any(owed.is_term(pool, each) for each in asked)
    if term and (measures(pool, unit) or dated(pool, unit) or by_figure(pool, unit)):
        return False
    if is_pressing(pool, asked) and owed.is_light(pool, unit) and not holds_together(pool, choice, unit):
        return True
    if holds(pool, choice, unit) or recurs(pool, unit) or vital(pool, unit) or owed.is_term(pool, unit):
        return False  # what falls due again and again is no lighter for being short
    if is_told(pool, asked):
        return not measures(pool, unit) and not falls_due(pool, unit)
    return not (pool.stopped(asked) and dated(pool, unit))


def is_told(pool: Pool, asked: Wanted) -> bool:
    """Whether what is asked for tells what is new."""
    return any(needed.is_news(pool, unit) for unit in asked)


def weight(pool: Pool, choice: Mapping[int, int], asked: Wanted) -> float:
    """How many times their value units that are asked for are worth: more where a chosen line is the other half of one."""
    if pool.stopped(asked):
        return ROW
    if is_told(pool, asked):
        return NEWS_HEAVIER
    if any(vital(pool, unit) for unit in asked):
        return NEAR_HEAVIER if one_of_limits(pool, choice, asked[0]) else VITAL_HEAVIER
    if owed.is_term(pool, asked[0]):
        return TERM_HEAVIER
    if owed.is_stop(pool, asked[0]):
        return STOP_HEAVIER
    if pool.candidates[asked[-1]].ladder.dangling:  # a special case with its rule
        return 1.0
    if only_due(pool, asked):
        return DUE_HEAVIER
    return NEAR_HEAVIER if any(near(pool, choice, unit) for unit in asked) and not only_bounds(pool, asked) else HEAVIER


def one_of_limits(pool: Pool, choice: Mapping[int, int], unit: int) -> bool:
    """Whether a unit is a limit of which another from the same numbered place is printed."""
    return needed.is_limit(pool, unit) and any(needed.is_limit(pool, each) and node_of(pool, each) == node_of(pool, unit) for each in choice)


def cost(pool: Pool, unit: int) -> float:
    """What it costs to give a line up for what is new: its value, more where it falls due: little more where the time line names its day still."""
    if not dated(pool, unit):
        return pool.candidates[unit].score.value
    named = any(fact.kind is FactKind.DEADLINE and fact.hard and is_day(fact.value[:10]) for fact in pool.unit_facts(unit))
    return pool.candidates[unit].score.value * (DAY_COST if named else PERIOD_COST)


def cost_of_room(pool: Pool, choice: Mapping[int, int], unit: int) -> float:
    """What it costs to give up a line: its value, more for a ban and for the special case of a printed rule."""
    heavy = forbids(pool, unit) or excepts(pool, choice, unit)
    return pool.candidates[unit].score.value * (HEAVIER if heavy else 1.0)


@per_unit
def by_figure(pool: Pool, unit: int) -> bool:
    """Whether a unit holds a bound in figures."""
    return any(fact.kind in (FactKind.COUNT, FactKind.RATIO) for fact in pool.unit_facts(unit))


@per_unit
def measures(pool: Pool, unit: int) -> bool:
    """Whether a unit is a limit or holds an amount."""
    return pool.candidates[unit].score.category is Category.LIMIT or any(fact.kind is FactKind.AMOUNT for fact in pool.unit_facts(unit))


def only_due(pool: Pool, asked: Wanted) -> bool:
    """Whether what is asked for is wanted for its day alone: no ban, no rest of a list, no half of a printed red line."""
    return len(asked) == 1 and falls_due(pool, asked[0]) and not forbids(pool, asked[0])


def only_bounds(pool: Pool, asked: Wanted) -> bool:
    """Whether what is asked for is a floor or a ceiling and no ban: it is worth its number, no more."""
    text = pool.candidates[asked[0]].rungs[-1].text
    return len(asked) == 1 and needed.bounding().search(text) is not None and not clauses.forbids(text)
