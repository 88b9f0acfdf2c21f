"""What should stand on the sheet beside what was chosen: bans, floors, how a limit is counted, short lists, what falls due; and what may give way."""

from collections.abc import Collection, Iterator, Mapping

from digest.model.facts import FactKind
from digest.model.outline import NodeKind
from digest.model.ranking import Category
from digest.sheet import needed, owed
from digest.sheet.lines import table_of
from digest.sheet.needed import best, bounding, by_itself, says
from digest.sheet.point import best_of
from digest.sheet.pool import EFFECT, Pool, per_unit
from digest.zh import clauses, scope

LONGEST_BAN = 80  # characters of a ban that is looked after; a longer one is a paragraph
LEAST_BAN = 5.0  # points; below it is a word of warning to everybody (严防走过场)
SHORT_LIST = 4  # items; a list no longer than that is told whole
SHORT_BANS = 6  # the same where it says what is forbidden: what is left out of it reads as allowed
LONGEST_FLOOR = 60  # characters of a bound that comes along
DUES = 3  # lines with a day or a rhythm that are looked after on one sheet
LEAST_DUE = 12.0  # points; below it is what a law asks of everybody once a year
LEAST_DUE_SHARE = 0.35  # or so much of the best line's worth, where a paper's lines are all worth little
ROWS = 3  # rows of a table of which one alone says little
MOST = 6  # groups of units looked after on one sheet; laws have bans by the dozen
BETTER = 1.1  # times the value of a lesser item of the same list
FRAMES = frozenset({NodeKind.ROOT, NodeKind.BOOK, NodeKind.CHAPTER, NodeKind.SECTION, NodeKind.ANNEX, NodeKind.H1, NodeKind.HEADING})
Wanted = tuple[int, ...]


COUNTING, BANNING, STOPPING, DUE, RHYTHM = "口径", "禁止", "停办", "报登", "周期"  # classes of clauses.tsv: 单边累计; 不得; 暂停; 报送; 每日


def wanted(pool: Pool, choice: Mapping[int, int], allowed: Collection[int]) -> Iterator[Wanted]:
    """Units that should come along, most needed first; those of one tuple together or not at all."""
    groups = [
        *cut_short(pool, allowed),
        *relaxings(pool, choice, allowed),
        *missing_items(pool, choice, allowed),
        *((unit,) for unit in countings(pool, choice, allowed)),
    ]
    bans = sorted((unit for unit in allowed if is_ban(pool, unit)), key=lambda unit: (not near(pool, choice, unit), -pool.candidates[unit].score.value, unit))
    yield from ((unit,) for unit in (*needed.standstills(pool, allowed), *needed.emergencies(pool, allowed), *owed.terms(pool, allowed)))
    yield from ((unit,) for unit in owed.stops(pool, allowed))
    yield from (*groups, *((unit,) for unit in bans if pool.outline.units[unit].stem is None))[:MOST]
    yield from ((unit,) for unit in needed.news(pool, choice, allowed))
    yield from (*needed.stops(pool, choice, allowed), *needed.specials(pool, choice, allowed))
    yield from ((unit,) for unit in (*needed.limits(pool, choice, allowed), *meanings(pool, choice), *dues(pool, allowed)))


def cut_short(pool: Pool, allowed: Collection[int]) -> Iterator[Wanted]:
    """What the one line says only the first half of: the rest (并于7月3日前报分行) must be read somewhere."""
    main = best_of(pool)
    if main is not None and main.unit in allowed and len(main.text) < len(pool.candidates[main.unit].rungs[-1].text):
        yield (main.unit,)


def relaxings(pool: Pool, choice: Mapping[int, int], allowed: Collection[int]) -> Iterator[Wanted]:
    """What relaxes or ends a chosen rule right behind it (可继续使用至…), where both were too long for one line."""
    for unit in sorted(choice):
        if unit + 1 in allowed and pool.same_paragraph(unit, unit + 1) and scope.relaxes(pool.text_of(unit + 1)):
            yield (unit + 1,)


def missing_items(pool: Pool, choice: Mapping[int, int], allowed: Collection[int]) -> Iterator[Wanted]:
    """For each short list of which a part was chosen: the rest, if all of it may be chosen."""
    for stem in sorted({stem for unit in choice if (stem := pool.candidates[unit].group) is not None}):
        items = [unit.number for unit in pool.outline.units if unit.stem == stem]
        rest = tuple(unit for unit in items if unit not in choice)
        if rest and is_short(pool, items[0]) and all(unit in allowed for unit in rest):
            yield rest


@per_unit
def is_short(pool: Pool, item: int) -> bool:
    """Whether a list is so short that it is told whole."""
    unit = pool.outline.units[item]
    forbidding = unit.stem is not None and clauses.forbids(pool.outline.sentences[unit.stem].text)
    return unit.stem is not None and unit.siblings <= (SHORT_BANS if forbidding else SHORT_LIST)


def floors(pool: Pool, choice: Mapping[int, int], allowed: Collection[int]) -> Iterator[int]:
    """Floors and ceilings next to a chosen ban or limit of the same numbered place: a red line has both halves."""
    for unit in sorted(allowed):
        text = pool.candidates[unit].rungs[-1].text
        beside = [each for each in (unit - 1, unit + 1) if each in choice and node_of(pool, each) == node_of(pool, unit)]
        if not beside or len(text) > LONGEST_FLOOR or leaning(pool, unit) is not None or not pool.ours(unit) or not bounding().search(text):
            continue
        if any(forbids(pool, each) or pool.candidates[each].score.category is Category.LIMIT for each in beside):
            yield unit


def meanings(pool: Pool, choice: Mapping[int, int]) -> Iterator[int]:
    """Short sentences that say what a word of a printed limit means: they decide whom it binds."""
    for unit in sorted(pool.candidates.keys() - choice.keys()):
        if meant(pool, choice, unit):
            yield unit


def meant(pool: Pool, choice: Mapping[int, int], unit: int) -> float:
    """What the best printed limit is worth whose word a short sentence explains; nothing if it is no such sentence."""
    term = clauses.explains(pool.candidates[unit].rungs[-1].text)
    limits = (each for each in choice if term and each != unit and pool.candidates[each].score.category is Category.LIMIT)
    return max((pool.candidates[each].score.value for each in limits if term in pool.candidates[each].rungs[-1].text), default=0.0)


def dues(pool: Pool, allowed: Collection[int]) -> list[int]:
    """What the branch must report, register or tell back by a day or again and again, and from when something stands still: the best of it."""
    return best(pool, (unit for unit in allowed if falls_due(pool, unit) and not needed.is_emergency(pool, unit)), DUES)


@per_unit
def falls_due(pool: Pool, unit: int) -> bool:
    """Whether a unit says by when or how often the branch reports, registers or tells back."""
    candidate = pool.candidates[unit]
    text = candidate.rungs[-1].text
    least = min(LEAST_DUE, LEAST_DUE_SHARE * pool.top) if by_a_day(pool, unit) else LEAST_DUE
    if candidate.filler or not by_itself(pool, unit) or not pool.may_be_ours(unit) or candidate.score.value < least:
        return False
    return (says(RHYTHM).search(text) is not None or by_a_day(pool, unit)) and says(DUE).search(text) is not None


def is_owed(pool: Pool, unit: int) -> bool:
    """Whether a unit is looked after for its day, its rhythm or what it stops, however many limits its section has already."""
    return falls_due(pool, unit) or owed.is_term(pool, unit) or owed.is_stop(pool, unit)


@per_unit
def recurs(pool: Pool, unit: int) -> bool:
    """Whether a unit falls due every day, week or month."""
    return falls_due(pool, unit) and says(RHYTHM).search(pool.candidates[unit].rungs[-1].text) is not None


def lone_row(pool: Pool, choice: Mapping[int, int], unit: int) -> bool:
    """Whether a chosen unit is the only printed row of a table: an example of it, no more."""
    table = table_of(pool, unit)
    if table is None or clauses.forbids(pool.candidates[unit].rungs[-1].text):  # a ban is a ban in a table, too
        return False
    rows = [each for each in pool.candidates if table_of(pool, each) == table]
    return len(rows) >= ROWS and sum(each in choice for each in rows) == 1


def countings(pool: Pool, choice: Mapping[int, int], allowed: Collection[int]) -> Iterator[int]:
    """Sentences that say how a printed limit is counted, in the same article."""
    limits = {place for unit in choice if pool.candidates[unit].score.category is Category.LIMIT for place in places(pool, unit)}
    for unit in sorted(allowed):
        if says(COUNTING).search(pool.candidates[unit].rungs[-1].text) and node_of(pool, unit) in limits and leaning(pool, unit) in (None, *choice):
            yield unit


def counted(pool: Pool, choice: Mapping[int, int], asked: Wanted) -> float:
    """What the best limit is worth that is counted as a sentence says: both are one rule; nothing if it is no such sentence."""
    if not says(COUNTING).search(pool.candidates[asked[0]].rungs[-1].text):
        return 0.0
    here = node_of(pool, asked[0])
    return max((pool.candidates[unit].score.value for unit in choice if here in places(pool, unit)), default=0.0)


def holds(pool: Pool, choice: Mapping[int, int], unit: int) -> bool:
    """Whether a chosen unit is a ban or part of another's rule, so that it goes last where a line must go."""
    counts = says(COUNTING).search(pool.candidates[unit].rungs[-1].text) is not None
    return counts or needed.is_news(pool, unit) or meant(pool, choice, unit) > 0 or holds_together(pool, choice, unit)


def excepts(pool: Pool, choice: Mapping[int, int], unit: int) -> bool:
    """Whether a unit tells the special case of a rule that is printed from the same numbered place (确因…需要携带出营业场所的, behind the ban)."""
    return scope.special(pool.candidates[unit].rungs[-1].text, "") and near(pool, choice, unit)


def stands(pool: Pool, choice: Mapping[int, int], unit: int) -> bool:
    """Whether a chosen unit stays even where an emergency or a hard limit asks for its room: all that ``holds`` but a lone ban, and its like."""
    if owed.is_term(pool, unit):
        return True
    text, listed = pool.candidates[unit].rungs[-1].text, pool.candidates[unit].group is not None
    if vital(pool, unit) or says(RHYTHM).search(text) is not None:
        return True
    return holds(pool, choice, unit) and (not forbids(pool, unit) or listed or dated(pool, unit))


def may_go(pool: Pool, choice: Mapping[int, int], unit: int) -> bool:
    """Whether a chosen unit may give way to what is repealed: what holds does not, but for a ban by itself."""
    if vital(pool, unit) or recurs(pool, unit) or owed.is_term(pool, unit):
        return False
    return not holds(pool, choice, unit) or (forbids(pool, unit) and pool.candidates[unit].group is None and not needed.is_news(pool, unit))


@per_unit
def vital(pool: Pool, unit: int) -> bool:
    """Whether a unit is an emergency, a limit of the staff's own or says when something stands still: a lone ban of less worth does not keep it out."""
    return needed.is_emergency(pool, unit) or needed.is_limit(pool, unit) or needed.is_standstill(pool, unit)


@per_unit
def is_ban(pool: Pool, unit: int) -> bool:
    """Whether a unit holds a short ban for the branch or for everybody."""
    candidate = pool.candidates[unit]
    text, score = candidate.rungs[-1].text, candidate.score
    fit = len(text) <= LONGEST_BAN and score.value >= LEAST_BAN and pool.ours(unit) and leaning(pool, unit) is None
    return fit and not candidate.filler and clauses.forbids(text)


@per_unit
def leaning(pool: Pool, unit: int) -> int | None:
    """The unit without which this one cannot stand."""
    return unit - 1 if pool.candidates[unit].ladder.dangling else None


def near(pool: Pool, choice: Mapping[int, int], unit: int) -> bool:
    """Whether a chosen unit stands in the same numbered place, or in the one right before or behind it in the same list."""
    here = pool.outline.nodes[node_of(pool, unit)]
    if here.kind not in FRAMES and any(here.number in places(pool, each) for each in choice):
        return True
    return any(each in choice and pool.outline.nodes[node_of(pool, each)].parent == here.parent for each in (unit - 1, unit + 1))


@per_unit
def node_of(pool: Pool, unit: int) -> int:
    """Where a unit stands."""
    return pool.outline.sentences[pool.outline.units[unit].sentences[0]].node


def places(pool: Pool, unit: int) -> Iterator[int]:
    """The numbered place of a unit and those above it, up to the article or section."""
    node: int | None = node_of(pool, unit)
    while node is not None and pool.outline.nodes[node].kind not in FRAMES:
        yield node
        node = pool.outline.nodes[node].parent


@per_unit
def dated(pool: Pool, unit: int) -> bool:
    """Whether a unit says by when something must be done, or when something stands still."""
    return pool.candidates[unit].score.category is Category.TIME or by_a_day(pool, unit)


@per_unit
def by_a_day(pool: Pool, unit: int) -> bool:
    """Whether a unit holds a hard deadline."""
    return any(fact.kind is FactKind.DEADLINE and fact.hard for fact in pool.unit_facts(unit))


def holds_together(pool: Pool, choice: Mapping[int, int], unit: int) -> bool:
    """Whether a unit is a ban, an item of a list that is short or told whole, what the one line says, or from when the paper applies."""
    whole = pool.outline.units[unit]
    items = sum(pool.candidates[each].group == whole.stem for each in choice) if whole.stem is not None else 0
    if lone_row(pool, choice, unit):
        return False
    listed = whole.stem is not None and (is_short(pool, unit) or items >= whole.siblings)
    main = best_of(pool)
    return listed or (main is not None and unit == main.unit) or any(fact.kind in EFFECT for fact in pool.unit_facts(unit)) or forbids(pool, unit)


@per_unit
def forbids(pool: Pool, unit: int) -> bool:
    """Whether a unit, or the stem it hangs on, forbids something, sets a bound that must not be passed (不得超过3天), or says when something stands still."""
    stem = pool.outline.units[unit].stem
    text = (pool.outline.sentences[stem].text if stem is not None else "") + pool.candidates[unit].rungs[-1].text
    halts = pool.candidates[unit].score.category is Category.TIME and says(STOPPING).search(text) is not None
    return halts or says(BANNING).search(text) is not None or owed.is_stop(pool, unit)


def better_items(pool: Pool, choice: Mapping[int, int], allowed: Collection[int]) -> Iterator[tuple[int, list[int]]]:
    """Items of a chosen list that are worth more than some of the chosen ones, best first, each with those, worst first: short is no merit in a list."""
    for unit in sorted(allowed, key=lambda each: (-pool.candidates[each].score.value, each)):
        group, worth = pool.candidates[unit].group, pool.candidates[unit].score.value
        lesser = [each for each in choice if group is not None and pool.candidates[each].group == group and pool.candidates[each].score.value * BETTER <= worth]
        if lesser:
            yield unit, sorted(lesser, key=lambda each: (pool.candidates[each].score.value, -each))
