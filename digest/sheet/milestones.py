"""The time line: the paper's own windows, from when it applies, and the days by which staff must do something, each with what it is."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from digest.model.facts import Fact, FactKind
from digest.model.outline import SentenceKind, Zone
from digest.model.sheet import Line, Milestone
from digest.sheet.facing import effective_computed, ours
from digest.sheet.flow import flow, rows_in
from digest.sheet.frame import frame_of
from digest.sheet.lines import mark_at
from digest.sheet.page_text import chinese_day, is_day
from digest.sheet.pool import OURS, Pool
from digest.zh import deeds, limits, point

YEAR_ONLY = "的年份"
MOST = 8
MOST_ROWS = 4  # and one more where a window names several things
FEW = 3  # days of lines: with fewer the coming into force is always on the line
SIZE, SMALLER, NARROW, AIR = 10.5, 0.91, 0.58, 2.2  # pt; of it; em
YEAR_LONG = 5  # characters of 2026年
MOST_WINDOWS = 3
MOST_WORDS = 14
SAME_END = 5  # characters from which two things due are the same thing in another measure
MOST_CLAUSE = 24  # characters of what is due on a day, told in full
FORCE = "施行"
DUE = "截止"  # where the paper's own words name no act
ASIDE = frozenset({Zone.SAMPLE, Zone.CASE, Zone.DEFINITION, Zone.PENALTY})
WEEKDAY = re.compile(r"[（(](?:星期|周)[一二三四五六日天][）)]|\s")
YEAR = re.compile(r"\d{4}年")
NAME_BEFORE = re.compile(r"[^，。；：、（）]{2,10}$")
MONTH = re.compile(r"^\d{1,2}月")


def milestones(pool: Pool, lines: Sequence[Line]) -> tuple[Milestone, ...]:
    """Windows, days by which staff must do something, and coming into force (or what begins in the paper's own word), in order.

    The lines on the sheet come first, then the best of what found no room; the day of issue, which is over, stands in the facts strip,
    and so does the coming into force where the rest takes all the rows.
    """
    spans = windows(pool, lines)
    waiting = [each for each in spans if is_long(each) and each.line is not None]  # a line of the sheet tells it: no deadline gives way to it
    found = [each for each in spans if each not in waiting]
    told = tuple(of_lines(pool, lines))
    force = in_force(pool)
    first = (force,) if force and len(told) < FEW else ()
    most = MOST_ROWS + any(is_long(each) for each in found)
    fuller: dict[int, Milestone] = {}  # by place in found: to whom and by which system, where that takes no more rows
    wordings = [*((each, each) for each in (*first, *told)), *of_rest(pool, lines), *((each, each) for each in (*waiting, *([force] if force else [])))]
    for said, full in wordings:
        if fresh(said, found) and len(found) < MOST and rows_of((*found, said), pool) <= most:
            fuller[len(found)] = full
            found.append(said)
    for place, full in fuller.items():
        trial = [*found[:place], full, *found[place + 1 :]]
        found = trial if full != found[place] and rows_of(trial, pool) <= rows_of(found, pool) else found
    return in_order(found)


def is_long(window: Milestone) -> bool:
    """Whether a window names several things, and so takes a row of its own."""
    return len(window.label.partition("·")[0]) > deeds.MOST


def fresh(milestone: Milestone, found: Sequence[Milestone]) -> bool:
    """Whether a day is not on the line yet; each line of the sheet has its day for itself, whatever else falls on it."""
    known = [each for each in found if milestone.day == (each.end or each.day) and (not each.end or each.line == milestone.line)]
    begins = any(each.end and each.day == milestone.day for each in found)  # 10月15日 活动开始 beside 10月15日至12月31日 活动时间
    return not known and not begins if milestone.line is None else all(each.line != milestone.line for each in known)


def in_order(found: Sequence[Milestone]) -> tuple[Milestone, ...]:
    """By day, a deadline before what begins on its day."""
    return tuple(sorted(found, key=lambda each: (each.day, each.end, not each.words, each.words)))


def in_force(pool: Pool) -> Milestone | None:
    """The day of coming into force, or of what begins."""
    head = pool.outline.masthead
    if not is_day(head.effective.value):
        return None
    return Milestone(day=head.effective.value, label=head.effective_word or FORCE, computed=effective_computed(pool))


def rows_of(found: Sequence[Milestone], pool: Pool) -> int:
    """About how many rows of the time line they take."""
    room = frame_of(pool.look, pool.look.sizes[0]).width / SIZE
    wides = [AIR + ems(each.words or chinese_day(each.day)[YEAR_LONG:]) + SMALLER * ems(each.label) for each in in_order(found)]
    return rows_in(flow(wides, room, gap=AIR / 2, most_gap=AIR))


@lru_cache(maxsize=2_000)
def ems(text: str) -> float:
    """About the width of a text, in em."""
    return sum(NARROW if char.isascii() else 1.0 for char in text)


def windows(pool: Pool, lines: Sequence[Line]) -> tuple[Milestone, ...]:
    """The spans of days that the paper says something runs over: the first of each, those with hours before the same days without."""
    found: dict[str, Milestone] = {}
    for fact, label in pool.once("spans", lambda: tuple(spans_of(pool))):
        if fact.value not in found and ("T" in fact.value or all(not known.startswith(fact.value[:10]) for known in found)):
            found[fact.value] = window_of(pool, fact, label, lines)
    return tuple(sorted(found.values(), key=lambda each: (each.line is None, each.day))[:MOST_WINDOWS])


def spans_of(pool: Pool) -> Iterator[tuple[Fact, str]]:
    """The spans of days of the paper with what runs over them, those with hours first."""
    spans = [fact for fact in pool.facts.items if fact.kind is FactKind.DATE and "/" in fact.value and of_paper(pool, fact)]
    for fact in sorted(spans, key=lambda each: "T" not in each.value):
        sentence = pool.outline.sentences[fact.sentence]
        if label := deeds.running(sentence.text, fact.start, fact.end, pool.outline.nodes[sentence.node].heading):
            yield fact, label


def of_paper(pool: Pool, fact: Fact) -> bool:
    """Whether a span lies ahead of the paper, and is said of the branch or of everybody."""
    sentence, issued = pool.outline.sentences[fact.sentence], pool.outline.masthead.date.value
    first, last = (part[:10] for part in fact.value.split("/", 1))
    if not (is_day(first) and is_day(last)) or last < issued or sentence.kind is SentenceKind.ROW or sentence.zone in ASIDE:
        return False
    return all(score.audience in OURS for score in pool.ranking.scores if fact.sentence in pool.outline.units[score.unit].sentences)


def window_of(pool: Pool, fact: Fact, label: str, lines: Sequence[Line]) -> Milestone:
    """A span with its object, and the line or the article that says so."""
    first, last = fact.value.split("/", 1)
    line = next((line for line in lines if fact.sentence in line.sentences and fact.text in line.text), None)
    return Milestone(
        day=first[:10],
        end=last[:10],
        words=YEAR.sub("", WEEKDAY.sub("", fact.text)),
        label=with_place(pool, label, line, fact),
        computed=worked_out(fact),
        line=line.number if line else None,
    )


def with_place(pool: Pool, label: str, line: Line | None, fact: Fact) -> str:
    """What it is, and where that is said: a line of the sheet, else the article."""
    place = f"本单{line.number}" if line else mark_at(pool, fact.sentence)
    return f"{label}·{place}" if place else label


def of_lines(pool: Pool, lines: Sequence[Line]) -> Iterator[Milestone]:
    """The staff's days that stand in lines of the sheet, the best line first."""
    for line in sorted(lines, key=lambda each: -each.score):
        kept = {limit.words: limit for limit in line.limits if limit.day and limit.words in line.text}
        facts = [fact for sentence in line.sentences for fact in pool.facts_of(sentence) if fact.text in kept]
        labels = [due_words(pool, fact, line) for fact in facts]
        ends = [label[-SAME_END:] for label in labels]
        for fact, short in zip(facts, labels, strict=True) if ours(pool, line.units) else ():
            limit, label = kept[fact.text], whole_clause(pool, fact) if ends.count(short[-SAME_END:]) > 1 else short
            dated = fact if is_day(fact.value[:10]) else replace(fact, value=limit.day, text=limit.when)
            yield milestone_of(pool, dated, label, line)


def closing(pool: Pool, fact: Fact) -> str:
    """What ends on a day that the paper calls the last one (截止时间为), with its name before it; empty where it calls it otherwise."""
    name = NAME_BEFORE.search(pool.outline.sentences[fact.sentence].text[: fact.start])
    return name.group() + DUE if name and fact.kind is FactKind.DEADLINE and fact.text.startswith(DUE) else ""


def due_words(pool: Pool, fact: Fact, line: Line) -> str:
    """What is due on a line's day; its first words where no act of the known ones stands behind the day."""
    front, _, back = line.text.partition(fact.text)
    return closing(pool, fact) or deeds.deed(pool.outline.sentences[fact.sentence].text, fact.end) or point.beginning(front or back.lstrip("，")) or DUE


def whole_clause(pool: Pool, fact: Fact) -> str:
    """All that is due on a day, where two days of one line would else say the same (半年内完成较高风险客户的…，2年内完成全部客户的…)."""
    behind = re.split("[，。；：]", pool.outline.sentences[fact.sentence].text[fact.end :], maxsplit=1)[0]
    return behind if len(behind) <= MOST_CLAUSE else DUE


def of_rest(pool: Pool, lines: Sequence[Line]) -> Iterator[tuple[Milestone, Milestone]]:
    """The staff's days in candidates that stand in no line, with the article to look them up in, best first; each short and in full."""
    shown = {unit for line in lines for unit in line.units}
    for unit, wordings in pool.once("days", lambda: tuple(days_of(pool))):
        if unit not in shown:
            yield wordings


def days_of(pool: Pool) -> Iterator[tuple[int, tuple[Milestone, Milestone]]]:
    """Every day by which the staff must do something, with its unit, best first: without and with to whom or by which system."""
    for candidate in sorted(pool.candidates.values(), key=lambda each: each.rank):
        mine = candidate.score.repeats is None and ours(pool, (candidate.unit,))
        for fact in pool.unit_facts(candidate.unit) if mine else ():
            text = pool.outline.sentences[fact.sentence].text
            due = fact.kind is FactKind.DEADLINE and fact.hard and is_day(fact.value[:10]) and not deeds.of_office(text, fact.start)
            label = deeds.deed(text, fact.end) if due and limits.describe(text, fact.start, fact.end) else ""
            if label and pool.outline.path_of(fact.sentence):
                said, full = (milestone_of(pool, fact, each, None) for each in (label, deeds.in_full(text, fact.end)))
                yield candidate.unit, (said, full)


def milestone_of(pool: Pool, fact: Fact, label: str, line: Line | None) -> Milestone:
    """A day with what is due on it, and where that is said."""
    return Milestone(
        day=fact.value[:10],
        words="" if worked_out(fact) else day_words(fact),
        label=with_place(pool, label, line, fact),
        computed=worked_out(fact),
        line=line.number if line else None,
    )


def day_words(fact: Fact) -> str:
    """A deadline's day as the time line prints it, with its hour: 9月26日12:00前; empty where it says more than that."""
    said = YEAR.sub("", WEEKDAY.sub("", fact.text))
    return said if MONTH.match(said) and len(said) <= MOST_WORDS else ""


def worked_out(fact: Fact) -> bool:
    """Whether a day was counted from another one; a year taken from the date of issue is no count, the day stands in the text."""
    return fact.computed and not fact.basis.endswith(YEAR_ONLY)
