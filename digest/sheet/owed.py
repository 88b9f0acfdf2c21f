"""What falls due once, is lost when a day is missed, or stops in a case: looked after before lines that hold no number; and what gives way to it first."""

import re
from collections.abc import Collection
from functools import cache

from digest.model.facts import Fact, FactKind
from digest.model.ranking import OTHER_HOUSES, Category
from digest.sheet.needed import best, by_itself, says
from digest.sheet.page_text import is_day
from digest.sheet.pool import Pool, per_unit
from digest.zh import clauses

TERMS = 3  # lines with a day that comes once, looked after on one sheet
STOPS = 4  # lines that say in which case the staff must stop
LONGEST = 110  # characters of such a line; a longer one is a paragraph
LONGEST_STOP = 80
LEAST_STOP = 0.3  # of the best line's worth; below it is a remark
YEAR_ONLY = "的年份"  # a year taken from the day of issue: the day itself stands in the text
LIGHT = 0.5  # of its value: what one may do, what a word means, what another house does, where something with a day or a stop asks for its room


def terms(pool: Pool, allowed: Collection[int]) -> list[int]:
    """The best lines that fall due once, counted from the paper's own day, or by whose day something is lost."""
    return best(pool, (unit for unit in allowed if is_term(pool, unit)), TERMS)


@per_unit
def is_term(pool: Pool, unit: int) -> bool:
    """Whether a unit is a duty of the bank's with a day counted from the paper's own (自发布之日起1年内), or says what is lost after a day."""
    candidate = pool.candidates[unit]
    if not stands_alone(pool, unit) or candidate.filler or len(candidate.rungs[-1].text) > LONGEST:
        return False
    text = candidate.rungs[-1].text
    counted = any(is_counted(fact) and fact.text in text for fact in pool.unit_facts(unit))
    asked = any(clauses.asks(pool.outline.sentences[number].text) for number in pool.outline.units[unit].sentences)  # the wording may have lost its 应当
    return (counted and asked) or (losing().search(text) is not None and any(is_ahead(pool, fact) for fact in pool.unit_facts(unit)))


def is_counted(fact: Fact) -> bool:
    """Whether a day by which something must be done was counted from the paper's own days."""
    return fact.kind is FactKind.DEADLINE and fact.hard and fact.computed and is_day(fact.value[:10]) and not fact.basis.endswith(YEAR_ONLY)


def is_ahead(pool: Pool, fact: Fact) -> bool:
    """Whether a fact is a day after the paper's own."""
    dated = fact.kind in (FactKind.DEADLINE, FactKind.DATE) and is_day(fact.value[:10])
    return dated and fact.value[:10] >= pool.outline.masthead.date.value[:10]


@cache
def losing() -> re.Pattern[str]:
    """A day that is missed and what is lost by it (逾期未领取的视为自动放弃)."""
    return re.compile(rf"(?:{clauses.words('误期')})[^。；]{{0,16}}?(?:{clauses.words('失去')})")


def stops(pool: Pool, allowed: Collection[int]) -> list[int]:
    """The best lines that say in which case the staff must stop."""
    return best(pool, (unit for unit in allowed if is_stop(pool, unit)), STOPS)


@per_unit
def is_stop(pool: Pool, unit: int) -> bool:
    """Whether a unit of the staff's says that a business stops in a case (联网核查不一致的，暂停办理): a ban in other words."""
    candidate = pool.candidates[unit]
    if not stands_alone(pool, unit) or candidate.filler or len(candidate.rungs[-1].text) > LONGEST_STOP:
        return False
    return candidate.score.value >= LEAST_STOP * pool.top and refuses(pool, unit)


@per_unit
def refuses(pool: Pool, unit: int) -> bool:
    """Whether a unit's words stop a business in a case."""
    plain = clauses.masked(pool.candidates[unit].rungs[-1].text)
    cased = any(clause.sort is clauses.Sort.CASE for segment in clauses.segments(plain) for clause in segment)
    return cased and clauses.stops(pool.candidates[unit].rungs[-1].text)


def stands_alone(pool: Pool, unit: int) -> bool:
    """Whether a unit is a sentence by itself, no item, no row and no rest of another, for the branch or a trade of the bank's."""
    return by_itself(pool, unit) and pool.may_be_ours(unit)


@per_unit
def is_light(pool: Pool, unit: int) -> bool:
    """Whether a unit only says what one may do, what a word means, or what another house does: read in the source, nobody errs by missing it."""
    candidate, whole = pool.candidates[unit], pool.outline.units[unit]
    if candidate.score.audience in OTHER_HOUSES and not candidate.score.own_trade:
        return not candidate.score.roles and says("本行人").search(candidate.rungs[-1].text) is None
    if candidate.group is not None or whole.rule is not None:
        return False
    allows = candidate.score.category is Category.RIGHT and not clauses.asks(candidate.rungs[-1].text) and not clauses.prohibits(candidate.rungs[-1].text)
    return allows or bool(clauses.explains(candidate.rungs[-1].text))
