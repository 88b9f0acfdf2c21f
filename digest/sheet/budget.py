"""Which lines, in which wording, at which size: a budgeted choice by area, checked against the real page in one bounded loop."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from digest.choose import Offer, pick
from digest.errors import DoesNotFit
from digest.model.facts import FactKind
from digest.model.page import Page
from digest.model.ranking import Category
from digest.model.sheet import Sheet
from digest.sheet import apart, company, point
from digest.sheet.compose import (
    DANGLING,
    FULL,
    IN_FOOT,
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
from digest.sheet.fit import draft, place
from digest.sheet.frame import frame_of
from digest.sheet.pool import Candidate, Pool

RENUMBERINGS = 3
THRIFT = 0.5  # exponent of the area in gain / area ** THRIFT: a page of many short lines leaves out the long vital ones
LESS = 0.93  # of a budget that was too much, at most
ROUNDS = 7  # budget corrections; each halves what is wrong with the estimate
BACKFILL = 14  # lines tried one by one into what room is left
EXCHANGES = 12  # lines tried in the place of lesser ones
WORTH_MORE = 1.1  # times the lesser line's value
UPGRADES = 12  # lines tried in a longer wording
NEAR = 1.5  # body lines of room that are worth another round
KEEPS = (1.0, 0.97, 0.93)  # share of its value that a shortened wording keeps
RAGGED = 1.07  # lines are so much longer than their characters: kinsoku, quantities kept whole
END_SHARE = 0.45  # of a line: mean height of article mark and box
SHORT_BAN = 40  # characters of a ban that goes with the line before it
GIVEN_UP = 4  # items of a list that give way to a better one of it
EVICTED = 2  # lines that give way to a repeal, at most; a ban behind its duty gets one
NEW_SECTION = 0.35  # of the best score: the worth of a section's first line
COLUMN_AIR = 4.0
LONGEST_LINE = 220  # characters of a single statement that can still be read out (domain.md 3.3 asks for 45)
FILLER_LEAST = 0.12  # of the best score: what asks for nothing must be so good to fill room


@dataclass(slots=True)
class Search:
    """What is known while choosing at one size."""

    pool: Pool
    size: float
    most: int
    offers: list[Candidate]
    quick: bool = True
    measured: dict[tuple[bool, tuple[tuple[int, int], ...]], float] = field(default_factory=dict)
    offered: dict[int, Offer] = field(default_factory=dict)  # by unit: the same for every budget

    def overflow(self, choice: Choice) -> float:
        """Points too long, negative if there is room; too many characters count as too long."""
        key = (self.quick, tuple(sorted(choice.items())))
        if key not in self.measured:
            sheet = sheet_of(self.pool, choice)
            over = draft(sheet, self.pool.look).overflow(self.size, quick=self.quick)
            excess = characters(sheet) - self.most
            lines = len({line.units for line in sheet.lines}) - self.pool.look.most_lines  # a duty and its ban count once
            self.measured[key] = max(over, excess * 0.6, lines * 2 * self.size)
        return self.measured[key]

    def fits(self, choice: Choice) -> bool:
        """Whether a choice stands on the page."""
        return self.overflow(choice) <= 0


def characters(sheet: Sheet) -> int:
    """The body's characters."""
    return sum(len(line.text) for line in sheet.lines)


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
    if in_foot(pool.outline, candidate.rungs[0].text):
        return IN_FOOT
    if len(candidate.rungs[-1].text) > LONGEST_LINE:
        return TOO_LONG
    filler = candidate.filler and pool.ranking.actionable and candidate.score.value < top * FILLER_LEAST
    return NOTHING_TO_DO if filler else ""


def offered(pool: Pool, *, again: bool = False) -> tuple[list[Candidate], dict[int, str]]:
    """Candidates that may be chosen by themselves, and why the others may not; ``again`` offers what the one line says, too."""
    reasons: dict[int, str] = {}
    counts: dict[str, set[Home]] = {}
    found = []
    top = max((candidate.score.value for candidate in pool.candidates.values()), default=0.0)
    for candidate in pool.candidates.values():
        plan = pool.plan_of((candidate.unit,))
        if candidate.score.repeats is not None:
            continue
        if why := ruled_out(pool, candidate, top, again=again) or ("" if plan else "本模板没有这一栏"):
            reasons[candidate.unit] = why
        if why or plan is None:
            continue
        homes_here = counts.setdefault(plan.key, set())
        home = table_home(pool, candidate.unit) or (candidate.group if candidate.group is not None else -1 - candidate.unit)
        if plan.most and home not in homes_here and len(homes_here) >= plan.most:
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


def said_above(pool: Pool, candidate: Candidate) -> bool:
    """Whether the one line says all that a change says: the section below it need not say it again, a change has no box to tick."""
    best = point.best_of(pool)
    text = "".join(pool.outline.sentences[sentence].text for sentence in candidate.order)
    whole = best is not None and best.unit == candidate.unit and best.text == text.rstrip("，。；：")
    return whole and candidate.score.category is Category.CHANGE and pool.ranking.actionable and len(pool.candidates) > 1


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
    return refined(best[2], best[0]) if best[2] else best[0]


def refined(search: Search, choice: Choice) -> dict[int, int]:
    """The choice with bans beside their duties, better lines for lesser ones, what is repealed, and longer wordings where there is room."""
    chosen_well = exchanged(search, with_bans(search, dict(choice)))
    return upgraded(search, with_repeals(search, with_items(search, with_company(search, chosen_well))))


def chosen(search: Search) -> Choice:
    """A choice that fits: by area first, then the room that is left filled line by line."""
    room = -search.overflow({})
    actionable = search.pool.ranking.actionable
    offers = [candidate for candidate in search.offers if not candidate.ladder.dangling and not (candidate.filler and actionable)]
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
    for candidate in offers:
        if candidate.unit not in search.offered:
            search.offered[candidate.unit] = offer_of(search, candidate)
    made = [search.offered[candidate.unit] for candidate in offers]
    stems = {candidate.group: candidate for candidate in offers if candidate.group is not None}
    groups = {group: area(search, candidate.ladder.stem_rungs[-1].text, head=True) for group, candidate in stems.items() if candidate.ladder.stem_rungs}
    top = max((candidate.score.value for candidate in offers), default=0.0)
    bonus = {plan.key: top * NEW_SECTION for plan in search.pool.look.sections}
    found = pick(made, budget, groups=groups, bonus=bonus, thrift=THRIFT)
    return {offers[number].unit: rung for number, rung in found.items()}


def offer_of(search: Search, candidate: Candidate) -> Offer:
    """A candidate as the chooser sees it."""
    plan = search.pool.plan_of((candidate.unit,))
    rungs = candidate.rungs
    return Offer(
        value=candidate.score.value,
        costs=tuple(sum(area(search, text, head=candidate.group is None) for text in apart.texts(search.pool, candidate, rung.text)) for rung in rungs),
        keeps=tuple(KEEPS[min(number, len(KEEPS) - 1)] for number in range(len(rungs))),
        group=candidate.group,
        marks=(plan.key,) if plan else (),
    )


def area(search: Search, text: str, *, head: bool) -> float:
    """Estimated points of column height; ``head`` for what has a badge and an end of its own."""
    look, size = search.pool.look, search.size
    frame = frame_of(look, size)
    column = (frame.width / look.columns - 28) / size
    rows = -(-len(text) * RAGGED // column) + (END_SHARE if head else 0.0)
    return rows * frame.leading + (COLUMN_AIR if head else 0.0)


def with_repeals(search: Search, choice: dict[int, int]) -> dict[int, int]:
    """The choice with what the paper itself repeals (同时废止), asked for first of all (domain.md 3.2)."""
    candidates = search.pool.candidates
    top = max((candidate.score.value for candidate in search.offers), default=0.0)
    repeals = [unit for unit in own_repeals(search.pool) if unit not in choice and candidates[unit].score.value >= top * FILLER_LEAST]
    return with_wanted(search, choice, repeals, {unit for unit in choice if company.holds(search.pool, choice, unit)})


def with_bans(search: Search, choice: dict[int, int]) -> dict[int, int]:
    """The choice with the short bans that stand right behind a chosen line (…；不得迟报、漏报、瞒报): half a rule misleads more than a line less."""
    allowed = {candidate.unit for candidate in search.offers} - choice.keys()
    bans = [unit + 1 for unit in sorted(choice) if unit + 1 in allowed and goes_along(search.pool, unit + 1)]
    return with_wanted(search, choice, bans, {each for ban in bans for each in (ban - 1, ban)}, most=1)


def goes_along(pool: Pool, unit: int) -> bool:
    """Whether a unit is a short ban that belongs to the one before it: the same paragraph goes on with it."""
    candidate, units, sentences = pool.candidates[unit], pool.outline.units, pool.outline.sentences
    if unit == 0 or candidate.score.category is not Category.BAN or len(candidate.rungs[-1].text) > SHORT_BAN:
        return False
    return sentences[units[unit - 1].sentences[-1]].passage == sentences[units[unit].sentences[0]].passage


def with_wanted(search: Search, choice: dict[int, int], wanted: Sequence[int], kept: Set[int], *, most: int = EVICTED) -> dict[int, int]:
    """The choice with wanted units; where the page is full the worst lines give way, never the ``kept`` ones, at most a few for each."""
    candidates, found = search.pool.candidates, choice
    for unit in wanted:
        worst = sorted(found.keys() - set(wanted) - kept, key=lambda each: (candidates[each].score.value, -each))
        trials = (
            {**{each: rung for each, rung in found.items() if each not in worst[:gone]}, unit: len(candidates[unit].rungs) - 1} for gone in range(most + 1)
        )
        found = next((trial for trial in trials if search.fits(trial)), found)
    return found


def with_items(search: Search, choice: dict[int, int]) -> dict[int, int]:
    """The choice with the better items of a list in place of lesser ones."""
    found, tries = choice, 0
    for unit, lesser in company.better_items(search.pool, choice, {candidate.unit for candidate in search.offers} - choice.keys()):
        for gone in range(1, min(len(lesser), GIVEN_UP) + 1):
            rest = [each for each in lesser if each in found][:gone]
            trial = {**{each: rung for each, rung in found.items() if each not in rest}, unit: len(search.pool.candidates[unit].rungs) - 1}
            tries += 1
            if len(rest) == gone and tries <= EXCHANGES and search.fits(trial):
                found = trial
                break
    return found


def with_company(search: Search, choice: dict[int, int]) -> dict[int, int]:
    """The choice with what it must not be told without: bans, how a limit is counted, the rest of a short list; lighter lines give way."""
    found = choice
    for asked in company.wanted(search.pool, choice, {candidate.unit for candidate in search.offers} - choice.keys()):
        shortest = {unit: len(search.pool.candidates[unit].rungs) - 1 for unit in asked}
        trials = ({each: rung for each, rung in found.items() if each not in gone} | shortest for gone in company.yielding(search.pool, found, asked))
        found = next((trial for trial in trials if search.fits(trial)), found)
    return found


def own_repeals(pool: Pool) -> list[int]:
    """Candidates that say what is repealed in the paragraph that says from when the paper applies."""
    sentences = pool.outline.sentences
    closing = {sentences[fact.sentence].passage for fact in pool.facts.items if fact.kind is FactKind.EFFECTIVE}
    return [
        unit
        for unit in sorted(pool.candidates)
        if any(fact.kind is FactKind.REPEAL and sentences[fact.sentence].passage in closing for fact in pool.unit_facts(unit))
    ]


def backfilled(search: Search, choice: Choice) -> dict[int, int]:
    """The choice with more lines, best first, as long as they fit in some wording."""
    found, tries = dict(choice), 0
    for candidate in search.offers:
        if candidate.unit in found or tries >= BACKFILL or -search.overflow(found) < search.size * 1.4:
            continue
        if candidate.ladder.dangling and candidate.unit - 1 not in found:
            continue
        tries += 1
        trial = {**found, candidate.unit: len(candidate.rungs) - 1}
        if search.fits(trial):
            found = trial
    return found


def exchanged(search: Search, choice: Choice) -> dict[int, int]:
    """The choice with what is worth more in place of what is worth less, where it fits: the estimate of areas is only an estimate."""
    found, tries = dict(choice), 0
    for candidate in search.offers:
        if candidate.unit in found or candidate.ladder.dangling or candidate.filler:
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
            if search.fits(trial):
                found = trial
                break
    return found


def upgraded(search: Search, choice: Choice) -> dict[int, int]:
    """The choice with longer wordings where there is room, best lines first."""
    found, tries = dict(choice), 0
    for candidate in search.offers:
        rung = found.get(candidate.unit, 0)
        if not rung or tries >= UPGRADES:
            continue
        for longer in range(rung):
            tries += 1
            trial = {**found, candidate.unit: longer}
            if search.fits(trial):
                found = trial
                break
    return found
