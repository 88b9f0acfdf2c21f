"""A choice made better, line by line: what must not be told alone, better lines for lesser ones, what is repealed, longer wordings."""

from collections.abc import Iterable, Sequence, Set
from itertools import combinations

from digest.model.facts import FactKind
from digest.model.ranking import Category
from digest.sheet import company, giving
from digest.sheet.compose import Choice, table_home
from digest.sheet.lines import row_sentence
from digest.sheet.pool import Pool
from digest.sheet.search import Search

EXCHANGES = 12  # lines tried in the place of lesser ones
WORTH_MORE = 1.1  # times the lesser line's value
UPGRADES = 12  # lines tried in a longer wording
SHORT_BAN = 40  # characters of a ban that goes with the line before it
GIVEN_UP = 4  # items of a list that give way to a better one of it
TRIED = 4  # lines that may give way, one by one before two together
EVICTED = 2  # lines that give way to a repeal, at most; a ban behind its duty gets one
FEW_ROWS = 3  # rows of a table that say together what changes


def refined(search: Search, choice: Choice) -> dict[int, int]:
    """The choice with bans beside their duties, better lines for lesser ones, what is repealed, and longer wordings where there is room."""
    chosen_well = exchanged(search, with_bans(search, dict(choice)))
    return upgraded(search, with_repeals(search, with_tables(search, with_items(search, with_company(search, chosen_well)))))


def with_repeals(search: Search, choice: dict[int, int]) -> dict[int, int]:
    """The choice with what the paper itself repeals (同时废止), asked for first of all (domain.md 3.2), however little its words are worth.

    Lines give way at the least cost, at most two, and never bans alone.
    """
    pool, found = search.pool, choice
    offered = {candidate.unit for candidate in search.offers}
    for unit in (each for each in own_repeals(pool) if each not in choice and each in offered):
        free = {each: giving.cost_of_room(pool, found, each) for each in found if company.may_go(pool, found, each)}
        soft = {each for each in free if not company.holds(pool, found, each)}
        groups = [gone for size in range(EVICTED + 1) for gone in combinations(sorted(free, key=lambda each: (free[each], -each))[:TRIED], size)]
        usable = sorted((gone for gone in groups if not gone or soft.intersection(gone)), key=lambda gone: (sum(free[each] for each in gone), gone))
        trials = ({each: rung for each, rung in found.items() if each not in gone} | {unit: len(pool.candidates[unit].rungs) - 1} for gone in usable)
        found = next((trial for trial in trials if search.fits(trial, found)), found)
    return found


def with_tables(search: Search, choice: dict[int, int]) -> dict[int, int]:
    """The choice without a change that is one row of many: several rows in one list, or the changes that are sentences in its place."""
    found, pool = choice, search.pool
    change = pool.look.plan_for(Category.CHANGE.value)
    homes = {table_home(pool, unit) for unit in choice} if change is not None else set()
    for home in sorted(each for each in homes if isinstance(each, tuple) and change is not None and each[1] == change.key):
        rows = [candidate.unit for candidate in search.offers if table_home(pool, candidate.unit) == home]
        if len(rows) < FEW_ROWS or sum(row in found for row in rows) >= FEW_ROWS:
            continue
        rungs = {row: len(pool.candidates[row].rungs) - 1 for row in rows}
        trials = (found | {row: rungs[row] for row in rows[:most]} for most in range(len(rows), FEW_ROWS - 1, -1))
        fitting = [trial for trial in trials if search.fits(trial, found)]
        found = fitting[0] if fitting else with_sentences(search, {each: rung for each, rung in found.items() if each not in rows})
    return found


def with_sentences(search: Search, choice: dict[int, int]) -> dict[int, int]:
    """The choice with the changes that are sentences, as far as they find room."""
    found = choice
    for candidate in search.offers:
        told = candidate.score.category is Category.CHANGE and row_sentence(search.pool, candidate.unit) is None and not candidate.ladder.dangling
        trial = {**found, candidate.unit: len(candidate.rungs) - 1}
        if told and candidate.unit not in found and search.fits(trial, found):
            found = trial
    return found


def with_bans(search: Search, choice: dict[int, int]) -> dict[int, int]:
    """The choice with the short bans that stand right behind a chosen line (…；不得迟报、漏报、瞒报): half a rule misleads more than a line less."""
    allowed = {candidate.unit for candidate in search.offers} - choice.keys()
    bans = [unit + 1 for unit in sorted(choice) if unit + 1 in allowed and goes_along(search.pool, unit + 1)]
    kept = {each for ban in bans for each in (ban - 1, ban)} | {
        unit for unit in choice if company.recurs(search.pool, unit) or company.vital(search.pool, unit)
    }
    return with_wanted(search, choice, bans, kept, most=1)


def goes_along(pool: Pool, unit: int) -> bool:
    """Whether a unit is a short ban that belongs to the one before it: the same paragraph goes on with it."""
    candidate = pool.candidates[unit]
    short_ban = candidate.score.category is Category.BAN and len(candidate.rungs[-1].text) <= SHORT_BAN
    return unit > 0 and short_ban and pool.same_paragraph(unit - 1, unit)


def with_wanted(search: Search, choice: dict[int, int], wanted: Sequence[int], kept: Set[int], *, most: int) -> dict[int, int]:
    """The choice with wanted units; where the page is full the worst lines give way, never the ``kept`` ones, at most a few for each."""
    candidates, found = search.pool.candidates, choice
    for unit in wanted:
        worst = sorted(found.keys() - set(wanted) - kept, key=lambda each: (candidates[each].score.value, -each))
        trials = (
            {**{each: rung for each, rung in found.items() if each not in worst[:gone]}, unit: len(candidates[unit].rungs) - 1} for gone in range(most + 1)
        )
        found = next((trial for trial in trials if search.fits(trial, found)), found)
    return found


def with_items(search: Search, choice: dict[int, int]) -> dict[int, int]:
    """The choice with the better items of a list in place of lesser ones."""
    found, tries = choice, 0
    for unit, lesser in company.better_items(search.pool, choice, {candidate.unit for candidate in search.offers} - choice.keys()):
        for gone in range(1, min(len(lesser), GIVEN_UP) + 1):
            rest = [each for each in lesser if each in found][:gone]
            trial = {**{each: rung for each, rung in found.items() if each not in rest}, unit: len(search.pool.candidates[unit].rungs) - 1}
            tries += 1
            if len(rest) == gone and tries <= EXCHANGES and search.fits(trial, found):
                found = trial
                break
    return found


def with_company(search: Search, choice: dict[int, int]) -> dict[int, int]:
    """The choice with what it must not be told without: bans, how a limit is counted, the rest of a short list, what falls due; then the floors beside."""
    offered = {candidate.unit for candidate in search.offers}
    found = accompanied(search, choice, company.wanted(search.pool, choice, offered - choice.keys()))
    return accompanied(search, found, ((unit,) for unit in company.floors(search.pool, found, offered - found.keys())))


def accompanied(search: Search, choice: dict[int, int], wanted: Iterable[company.Wanted]) -> dict[int, int]:
    """The choice with each of what is wanted for which enough lighter lines give way."""
    found = choice
    for asked in wanted:
        shortest = {unit: len(search.pool.candidates[unit].rungs) - 1 for unit in asked}
        trials = ({each: rung for each, rung in found.items() if each not in gone} | shortest for gone in giving.yielding(search.pool, found, asked))
        found = next((trial for trial in trials if search.fits(trial, found)), found)
    return found


def own_repeals(pool: Pool) -> list[int]:
    """Candidates that say what is repealed in the paragraph that says from when the paper applies, or right behind it."""
    sentences = pool.outline.sentences
    closing = {sentences[fact.sentence].passage + step for fact in pool.facts.items if fact.kind is FactKind.EFFECTIVE for step in (0, 1)}
    return [
        unit
        for unit in sorted(pool.candidates)
        if any(fact.kind is FactKind.REPEAL and sentences[fact.sentence].passage in closing for fact in pool.unit_facts(unit))
    ]


def exchanged(search: Search, choice: Choice) -> dict[int, int]:
    """The choice with what is worth more in place of what is worth less, where it fits: the estimate of areas is only an estimate."""
    found, tries = dict(choice), 0
    for candidate in search.offers:
        if candidate.unit in found or candidate.filler or not search.pool.alone(candidate):
            continue
        for worst in sorted(found, key=lambda unit: search.pool.candidates[unit].score.value):
            if tries >= EXCHANGES or search.pool.candidates[worst].score.value * WORTH_MORE >= candidate.score.value:
                break
            if worst + 1 in found and search.pool.candidates[worst + 1].ladder.dangling:
                continue
            if worst - 1 in found and goes_along(search.pool, worst):
                continue
            tries += 1
            trial = {unit: rung for unit, rung in found.items() if unit != worst} | {candidate.unit: len(candidate.rungs) - 1}
            if search.fits(trial, found):
                found = trial
                break
    return found


def upgraded(search: Search, choice: Choice) -> dict[int, int]:
    """The choice with longer wordings where there is room, best lines first."""
    found, tries = dict(choice), 0
    longest = dict.fromkeys(found, 0)
    if search.fits(longest, found):  # then each by itself would, too
        return longest
    for candidate in search.offers:
        rung = found.get(candidate.unit, 0)
        if not rung or tries >= UPGRADES:
            continue
        for longer in range(rung):
            tries += 1
            trial = {**found, candidate.unit: longer}
            if search.fits(trial, found):
                found = trial
                break
    return found
