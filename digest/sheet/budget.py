"""Which lines, in which wording, at which size: a budgeted choice by area, checked against the real page in one bounded loop."""

from collections.abc import Mapping

from digest.choose import pick
from digest.errors import DoesNotFit
from digest.model.look import SectionPlan
from digest.model.page import Page
from digest.model.ranking import Category
from digest.model.sheet import Sheet
from digest.sheet import company, point
from digest.sheet.compose import (
    DANGLING,
    FULL,
    IN_FOOT,
    IN_STRIP,
    NOTHING_TO_DO,
    SECTION_FULL,
    THE_POINT,
    TOO_LONG,
    Choice,
    Home,
    accounted,
    key_of,
    leans,
    sheet_of,
    table_home,
)
from digest.sheet.contact import in_foot
from digest.sheet.facing import EFFECTIVE
from digest.sheet.fit import place
from digest.sheet.page_text import is_day
from digest.sheet.pool import Candidate, Pool
from digest.sheet.refine import own_repeals, refined
from digest.sheet.search import Search, area
from digest.zh import point as pointing

RENUMBERINGS = 3
THRIFT = 0.5  # exponent of the area in gain / area ** THRIFT: a page of many short lines leaves out the long vital ones
LESS = 0.93  # of a budget that was too much, at most
ROUNDS = 7  # budget corrections; each halves what is wrong with the estimate
BACKFILL = 14  # lines tried one by one into what room is left
NEAR = 1.5  # body lines of room that are worth another round
NEW_SECTION = 0.35  # of the best score: the worth of a section's first line
ASIDE = frozenset({Category.RIGHT.value, Category.PENALTY.value, Category.INFO.value})  # what a section may be of that is no duty
NEW_ASIDE = 0.08  # of the best score, for the first line of such a section: its heading costs room that a floor or a ban may need
LONGEST_LINE = 220  # characters of a single statement that can still be read out (domain.md 3.3 asks for 45)
FILLER_LEAST = 0.12  # of the best score: what asks for nothing must be so good to fill room
GOOD_POINT = 0.5  # of the best score: a point of a paper that is only passed round so good is told beyond the section's usual number
POINTS_PASSED_ROUND = 3  # times that number


def fill(pool: Pool) -> tuple[Sheet, Page]:
    """The best sheet that fits on one page, and the page.

    Raises:
        DoesNotFit: even the parts every sheet has are too long for the page.
    """
    offers, reasons = offered(pool)
    choice = best_choice(pool, offers)
    if not choice and THE_POINT in reasons.values():  # no other line stands: the change is told as one
        offers, reasons = offered(pool, again=True)
        choice = best_choice(pool, offers)
    return finish(pool, choice, reasons)


def finish(pool: Pool, choice: Choice, reasons: Mapping[int, str]) -> tuple[Sheet, Page]:
    """Number the lines as they stand on the page, and account for the rest.

    Numbers are printed on the time line too, so that they may need a line more there: then the worst line goes.

    Raises:
        DoesNotFit: even the parts every sheet has are too long for the page.
    """
    left = dict(choice)
    while True:
        try:
            sheet, page = numbered_page(pool, left)
            return accounted(pool, sheet, left, reasons), page
        except DoesNotFit:
            if not left:
                raise
            del left[min(left, key=lambda unit: (company.holds(pool, left, unit), pool.candidates[unit].score.value, -unit))]


def numbered_page(pool: Pool, choice: Choice) -> tuple[Sheet, Page]:
    """Sheet and page with lines numbered in the order of the page; renumbering may move lines, so it is looked at again."""
    sheet = sheet_of(pool, choice)
    page = place(sheet, pool.look)
    for _ in range(RENUMBERINGS):
        by_number = {line.number: key_of(line) for line in sheet.lines}
        seen = list(dict.fromkeys(int(spot.key.removeprefix("line-")) for spot in page.spots if spot.key.startswith("line-")))
        if seen == sorted(seen):
            break
        order = {by_number[number]: at for at, number in enumerate(seen, start=1)}
        sheet = sheet_of(pool, choice, order)
        page = place(sheet, pool.look)
    return sheet, page


def ruled_out(pool: Pool, candidate: Candidate, top: float, *, again: bool) -> str:
    """Why a candidate is no line of this sheet, whatever else is on it; empty if it may be one. ``again``: even what the one line says."""
    if not again and said_above(pool, candidate):
        return THE_POINT
    if in_foot(pool, candidate.rungs[0].text):
        return IN_FOOT
    if in_strip(pool, candidate):
        return IN_STRIP
    if len(candidate.rungs[-1].text) > LONGEST_LINE:
        return TOO_LONG
    filler = candidate.filler and pool.ranking.actionable and candidate.score.value < top * FILLER_LEAST
    return NOTHING_TO_DO if filler else ""


def offered(pool: Pool, *, again: bool = False) -> tuple[list[Candidate], dict[int, str]]:
    """Candidates that may be chosen by themselves, and why the others may not; ``again`` offers what the one line says, too."""
    reasons: dict[int, str] = {}
    counts: dict[str, set[Home]] = {}
    found = []
    top = pool.top
    for candidate in pool.candidates.values():
        if candidate.score.repeats is not None:
            continue
        plan = pool.plan_of((candidate.unit,))
        if why := ruled_out(pool, candidate, top, again=again) or ("" if plan else "本模板没有这一栏"):
            reasons[candidate.unit] = why
        if why or plan is None:
            continue
        homes_here = counts.setdefault(plan.key, set())
        home = table_home(pool, candidate.unit) or (candidate.group if candidate.group is not None else -1 - candidate.unit)
        full = plan.most and home not in homes_here and len(homes_here) >= most_of(pool, plan, candidate, top)
        if full and not company.is_owed(pool, candidate.unit):
            reasons[candidate.unit] = SECTION_FULL
            continue
        if candidate.ladder.dangling:
            reasons[candidate.unit] = FULL if leans(pool, candidate.unit) else DANGLING
            if not leans(pool, candidate.unit):
                continue
        else:
            homes_here.add(home)
        found.append(candidate)
    return found, reasons


def most_of(pool: Pool, plan: SectionPlan, candidate: Candidate, top: float) -> int:
    """Lines a section takes up to this one: what is only passed round (指导意见) tells more of its good points, its page is free."""
    good = not pool.ranking.actionable and candidate.score.value >= GOOD_POINT * top
    return plan.most * (POINTS_PASSED_ROUND if good else 1)


def said_above(pool: Pool, candidate: Candidate) -> bool:
    """Whether the one line says all that a change says: the section below it need not say it again, a change has no box to tick."""
    best = point.best_of(pool)
    said = pool.text_of(candidate.unit).rstrip("，。；：")
    whole = best is not None and ((best.unit == candidate.unit and best.text == said) or said in best.front)
    return whole and candidate.score.category is Category.CHANGE and pool.ranking.actionable and len(pool.candidates) > 1


def in_strip(pool: Pool, candidate: Candidate) -> bool:
    """Whether a candidate says nothing but from when the paper applies, which the facts strip says, and what is repealed takes its place."""
    shown = is_day(pool.outline.masthead.effective.value) and EFFECTIVE in pool.look.details
    return shown and pointing.only_force(pool.text_of(candidate.unit)) and any(unit != candidate.unit for unit in own_repeals(pool))


def best_choice(pool: Pool, offers: list[Candidate]) -> Choice:
    """The choice at the largest size, unless a smaller one places clearly more value for every step down; refined at that size only."""
    best: tuple[Choice, int, Search | None] = ({}, 0, None)
    worth = -1.0
    for number, size in enumerate(pool.look.sizes):
        search = Search(pool, size, pool.look.most_characters[number], offers)
        if not search.fits({}) and size != pool.look.sizes[-1]:
            continue
        choice = chosen(search)
        value = sum(pool.candidates[unit].score.value for unit in choice)
        if worth < 0 or value > worth * pool.look.smaller_earns ** (number - best[1]):
            best, worth = (choice, number, search), value
        if len(choice) == len(offers):
            break
    return settled(best[2], refined(best[2], best[0])) if best[2] else best[0]


def settled(search: Search, choice: Choice) -> Choice:
    """The choice without 其他… where an item of its list is left out: in its room those items, best first, then what fits."""
    short = [unit for unit in choice if search.pool.incomplete(unit, choice)]
    if not short:
        return choice
    found = {unit: rung for unit, rung in choice.items() if unit not in short}
    groups = {search.pool.candidates[unit].group for unit in short}
    for candidate in search.offers:
        if candidate.group in groups and candidate.unit not in choice:
            trial = {**found, candidate.unit: len(candidate.rungs) - 1}
            found = trial if search.fits(trial, found) else found
    return backfilled(search, found)


def chosen(search: Search) -> Choice:
    """A choice that fits: by area first, then the room that is left filled line by line."""
    room = -search.overflow({})
    actionable = search.pool.ranking.actionable
    offers = [candidate for candidate in search.offers if search.pool.alone(candidate) and not (candidate.filler and actionable)]
    best: dict[int, int] = {}
    low, high, budget = 0.0, 3.0 * room, 1.9 * room
    for _ in range(ROUNDS):
        trial = picked(search, offers, budget)
        over = search.overflow(trial)
        if over <= 0:
            best, low = trial, budget
            if len(trial) == len(offers) or -over < NEAR * search.size:
                break
            budget = min((budget + high) / 2, budget - 1.8 * over)
        else:
            high = budget
            budget = max((low + budget) / 2, min(LESS * budget, budget - 1.8 * over))
    while not best and budget > NEAR * search.size:
        trial = picked(search, offers, budget)
        best = trial if search.fits(trial) else {}
        budget *= LESS
    search.quick = False
    return backfilled(search, best)


def picked(search: Search, offers: list[Candidate], budget: float) -> dict[int, int]:
    """The budgeted choice with estimated areas."""
    made = [search.offer(candidate) for candidate in offers]
    stems = {candidate.group: candidate for candidate in offers if candidate.group is not None}
    groups = {group: area(search, candidate.ladder.stem_rungs[-1].text, head=True) for group, candidate in stems.items() if candidate.ladder.stem_rungs}
    top = max((candidate.score.value for candidate in offers), default=0.0)
    bonus = {plan.key: top * (NEW_ASIDE if ASIDE.issuperset(plan.categories) else NEW_SECTION) for plan in search.pool.look.sections}
    found = pick(made, budget, groups=groups, bonus=bonus, thrift=THRIFT)
    return {offers[number].unit: rung for number, rung in found.items()}


def backfilled(search: Search, choice: Choice) -> dict[int, int]:
    """The choice with more lines, best first, as long as they fit in some wording."""
    found, tries = dict(choice), 0
    for candidate in search.offers:
        if candidate.unit in found or tries >= BACKFILL or -search.overflow(found) < search.size * 1.4:
            continue
        if not search.pool.alone(candidate) and (not candidate.ladder.dangling or candidate.unit - 1 not in found):
            continue
        if search.pool.incomplete(candidate.unit, found):
            continue
        tries += 1
        trial = {**found, candidate.unit: len(candidate.rungs) - 1}
        if search.fits(trial, found):
            found = trial
    return found
