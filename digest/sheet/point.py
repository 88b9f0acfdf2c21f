"""The one line to remember (一句话): what the paper is about, and what everybody must do or by when; never a side detail."""

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from digest.model.facts import Fact, FactKind
from digest.model.outline import Outline, SentenceKind, Zone
from digest.model.ranking import OTHER_HOUSES, Audience, Category
from digest.model.sheet import Line, Section
from digest.sheet.lines import line_of, mark_at
from digest.sheet.page_text import is_day
from digest.sheet.pool import Candidate, Point, Pool
from digest.zh import point

LONGEST = 72  # characters of two lines of the point's type
LONG = 100  # of three
FRONT_LONG, TOGETHER = 66, 105  # squares of from when the paper applies and what it replaces; of that and the line behind it
LEAST = 14
LEAST_NAME = 4  # characters that title and issuer must have in common
SHORT = 36  # one line; domain.md 3.2 asks for 40 at most
TITLE = 14  # of the title's pairs, at most, that a line must hold to be wholly about it
LEAST_WORTH = 0.3  # of the best score: what is much worse is no main point, unless it gives the paper's span of days
ASIDE_ZONES = frozenset({Zone.PENALTY, Zone.SAMPLE, Zone.CASE, Zone.DEFINITION, Zone.OPENING})
ASIDE_CATEGORIES = frozenset({Category.INFO, Category.ROLE, Category.RIGHT})
THEIRS = frozenset({Audience.REGULATOR, Audience.OTHER_INDUSTRY})
FRONTED = 0.5  # what a line is worth more that leaves room for from when the paper applies
# what counts for and against a sentence; by eye on the circulars, the samples and the 45 training texts of the benchmark
SCORE, NEAR, CENTRAL = 0.8, 1.2, 2.0
WINDOW, SPAN, DAY, EVERYBODY, DUTY, GLANCE, WHOLE = 1.2, 0.6, 0.3, 0.35, 0.25, 0.1, 0.15
CASE, ASIDE, ONE_POST, LATE, WORDY, PERMISSION, OTHERS, ORGANISES = 0.45, 0.5, 0.25, 0.5, 0.4, 0.3, 0.6, 0.8


class Subject(Struct, frozen=True):
    """What the paper is about: its title, the title's pairs of characters, and in how many units each pair stands."""

    title: str
    pairs: frozenset[str]
    spread: Mapping[str, int]
    units: int

    def near(self, text: str) -> float:
        """How much of the title a text speaks of, 0..1."""
        return min(1.0, len(point.pairs(text) & self.pairs) / max(1, min(len(self.pairs), TITLE)))

    def central(self, text: str) -> float:
        """How far its words are those of the other units, 0..1."""
        held = point.pairs(text)
        return sum(max(0, self.spread.get(pair, 0) - 1) for pair in held) / max(1, len(held)) / max(1, self.units)


def title_of(outline: Outline) -> str:
    """The subject, else the title, else the file's name."""
    head = outline.masthead
    return head.subject or head.title.value or outline.document.name.rsplit(".", 1)[0]


def unsigned(title: str, issuer: str) -> str:
    """A title without the name of the house that it begins with (示例银行大额现金管理办法)."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(title, issuer, strict=False)))
    return title[same:] if same >= LEAST_NAME else title


def pointed(pool: Pool) -> Pool:
    """The pool with every unit that could be the one line, best first; none where the paper is for others, which its one line says."""
    if pool.ranking.others is not None:
        return pool
    candidates, outline, title = list(pool.candidates.values()), pool.outline, title_of(pool.outline)
    whole = {candidate.unit: candidate.rungs[0].text for candidate in candidates}
    spread = Counter(pair for text in whole.values() for pair in point.pairs(text))
    subject = Subject(title, point.subject_pairs(unsigned(title, outline.masthead.issuer.value)), spread, len(whole))
    best = max((candidate.score.value for candidate in candidates), default=1.0)
    front, front_mark = new_rule(pool)
    found = []
    for candidate in candidates:
        text = wording(outline, candidate) if may_be(outline, candidate) else ""
        if text:
            worth = worth_of(candidate, text, subject, best=best, days=days_in(pool, candidate.unit, text))
            worth -= LATE * candidate.unit / max(1, len(outline.units))
            fits = bool(front) and squares(f"{front}{front_mark}；{text}{mark_of(pool, candidate.unit)}") <= TOGETHER and not point.begins_to_apply(text)
            found += [Point(candidate.unit, text, round(worth + FRONTED * fits, 6), *((front, front_mark) if fits else ("", "")))] if worth > 0 else []
    return dataclasses.replace(pool, points=tuple(sorted(found, key=lambda each: (-each.worth, each.unit))))


def squares(text: str) -> float:
    """The width of a text in squares of its type: a figure or a Latin letter takes half of one."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)


def mark_of(pool: Pool, unit: int) -> str:
    """The article mark of a unit as it stands behind the one line; empty where it has none."""
    return marked(pool, pool.outline.units[unit].sentences[0])


def marked(pool: Pool, sentence: int) -> str:
    """The article mark of a sentence in its brackets."""
    mark = mark_at(pool, sentence)
    return f"〔{mark}〕" if mark else ""


def unsaid(pool: Pool, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections without what the one line says of the paper's coming into force: a line that goes on behind it says the rest only."""
    best = best_of(pool)
    if best is None or not best.front:
        return sections
    return tuple(replace(section, lines=tuple(without(line, best.front) for line in section.lines)) for section in sections)


def without(line: Line, front: str) -> Line:
    """A line without the sentences at its head that are said above, where sentences follow them."""
    rest = line.text[len(front) :].lstrip("。；")
    return replace(line, text=rest) if line.text.startswith(f"{front}。") and len(rest) >= LEAST else line


def new_rule(pool: Pool) -> tuple[str, str]:
    """From when the paper applies and what it replaces, in its own words, and the article mark; empty where it does not say both, or at length."""
    sentences = pool.outline.sentences
    repeals = {fact.sentence for fact in pool.facts.items if fact.kind is FactKind.REPEAL and point.replaces(sentences[fact.sentence].text)}
    for fact in pool.facts.items:
        here = sentences[fact.sentence]
        if fact.kind is not FactKind.EFFECTIVE or not point.begins_to_apply(here.text):
            continue
        goes_on = fact.sentence not in repeals and fact.sentence + 1 in repeals and abs(sentences[fact.sentence + 1].passage - here.passage) <= 1
        text = here.text + (sentences[fact.sentence + 1].text if goes_on else "")
        if (goes_on or fact.sentence in repeals) and squares(text) <= FRONT_LONG:
            return text.rstrip("。；"), marked(pool, fact.sentence)
    return "", ""


def best_of(pool: Pool) -> Point | None:
    """The best of the points whose unit belongs to this sheet."""
    return next((each for each in pool.points if each.unit in pool.candidates), None)


def point_of(pool: Pool, sections: Sequence[Section]) -> tuple[str, int | None]:
    """The one line to remember and the number of the line it was taken from; with its article mark where no line says it.

    Where no unit is fit for it, the best line that is short enough.
    """
    lines = [line for section in sections for line in (*section.lines, *(row.line for row in section.rows))]
    best = best_of(pool)
    if best is not None:
        number = next((line.number for line in lines if best.unit in line.units), None)
        front = f"{best.front}{best.front_mark}；" if best.front else ""
        return front + best.text + (mark_of(pool, best.unit) if number is None else ""), number
    for line in sorted(lines, key=lambda each: -each.score):
        text = line.text if len(line.text) <= LONGEST else line_of(pool, dict.fromkeys(line.units, len(pool.candidates[line.units[0]].rungs))).text
        if LEAST <= len(text) <= LONGEST and point.stands_alone(text) and not point.loses(fullest(pool, line), text):
            return text, line.number
    return "", None


def fullest(pool: Pool, line: Line) -> str:
    """All that a line's unit says; of several units in one line, what the line says."""
    return pool.candidates[line.units[0]].rungs[0].text if len(line.units) == 1 else line.text


def may_be(outline: Outline, candidate: Candidate) -> bool:
    """Whether a unit may be the one line at all: a rule that stands by itself, and not another house's."""
    first = outline.sentences[outline.units[candidate.unit].sentences[0]]
    apart = candidate.group is not None or candidate.ladder.dangling or candidate.score.repeats is not None
    theirs = candidate.score.audience in THEIRS
    return not (apart or theirs or first.kind is SentenceKind.ROW or first.zone in ASIDE_ZONES or candidate.score.category is Category.PENALTY)


def wording(outline: Outline, candidate: Candidate) -> str:
    """The fullest wording of a unit, or its first clauses, that takes two lines; else three; empty if there is none."""
    whole = candidate.rungs[0].text.rstrip("。；")
    if point.is_span(whole):
        return span_of(outline, candidate, whole)
    offered = (text for most in (LONGEST, LONG) for rung in candidate.rungs for text in point.openings(rung.text, most))
    return next((text for text in offered if len(text) >= LEAST and point.stands_alone(text) and not point.loses(whole, text)), "")


def span_of(outline: Outline, candidate: Candidate, days: str) -> str:
    """Bare days with their heading, and what else their paragraph says (活动时间：…。权益领取截止时间为…).

    Empty where there is no more: days alone tell nobody what to do.
    """
    last = outline.sentences[outline.units[candidate.unit].sentences[-1]]
    heading = outline.nodes[last.node].heading.rstrip("。：")
    rest = "".join(each.text for each in outline.sentences[last.number + 1 :] if each.passage == last.passage)
    said = f"{heading}：{days}。{rest.rstrip('。；')}"
    return said if heading and rest and len(said) <= LONG else ""


def days_in(pool: Pool, unit: int, text: str) -> list[Fact]:
    """The days and spans of days of a unit that stand in a wording of it."""
    return [fact for fact in pool.unit_facts(unit) if fact.text in text and is_day(fact.value[:10])]


def worth_of(candidate: Candidate, text: str, subject: Subject, *, best: float, days: Sequence[Fact]) -> float:
    """What a wording is worth as the one line."""
    span = any(fact.kind is FactKind.DATE and "/" in fact.value for fact in days)
    share = candidate.score.value / max(1.0, best)
    if share < LEAST_WORTH and not days:
        return 0.0
    earned = (
        (SCORE, share),
        (NEAR, subject.near(text)),
        (CENTRAL, subject.central(text)),
        (WINDOW, span and point.is_window(text)),
        (SPAN, span and point.is_duty(text)),
        (DAY, any(fact.kind in (FactKind.DEADLINE, FactKind.EFFECTIVE) for fact in days)),
        (EVERYBODY, point.to_everybody(text)),
        (DUTY, point.is_duty(text)),
        (GLANCE, len(text) <= SHORT),
        (WHOLE, point.is_whole(text)),
        (-CASE, point.for_a_case(text)),
        (-ASIDE, point.is_aside(text, subject.title)),
        (-ONE_POST, bool(candidate.score.roles) and not point.to_everybody(text)),
        (-WORDY, len(text) > LONGEST),
        (-PERMISSION, candidate.score.category in ASIDE_CATEGORIES),
        (-ORGANISES, point.organises(text)),
        (-OTHERS, candidate.score.audience in OTHER_HOUSES),
    )
    return sum(weight * float(amount) for weight, amount in earned)
