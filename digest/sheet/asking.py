"""Which check questions stand on a sheet (考一考): of all that its lines give, the three that fit together best; two lines of the page, a third if need be."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from msgspec import Struct

from digest.model.look import Look
from digest.model.sheet import Line, Milestone, Question
from digest.sheet.facing import ours
from digest.sheet.frame import frame_of
from digest.sheet.page_text import chinese_day
from digest.sheet.pool import Pool
from digest.zh import questions
from digest.zh.point import pairs

NEAR_COPY = 0.5  # share of its pairs of characters from which a question says nearly what another does
LEAST_QUESTION = 10  # characters: a shorter one has lost what it asks about
LEAST_LABEL = 5  # of a day's label that is asked for
BESIDE, BETWEEN = 67.0, 6  # points beside the questions; characters that their numbers and gaps take
MOST_OFFERED = 14
# what a question is worth by its kind, before its line's score (0 to 1); and what it costs to be of a kind twice, and to be long
WORTH = {"exception": 6.0, "number": 4.0, "ban": 3.4, "right": 3.0, "case": 3.0, "who": 2.4, "may": 2.0, "list": 1.8, "day": 0.5}
DUE = 1.2  # a day of the time line
DESCRIBES, TWICE, PER_CHARACTER, NOT_OURS = 1.5, 1.2, 0.02, 2.0
WHEN = {False: "，最迟什么时候？", True: "，从什么时候到什么时候？"}
NO_MATTER = re.compile(r"等$|^[^·]{0,3}$")


Place = tuple[tuple[int, ...], int]
NOWHERE: Place = ((), 0)


class Offer(Struct, frozen=True):
    """A question, the line it is of (-1 where it is of the time line only), its kind, and what it is worth."""

    question: str
    answer: str
    kind: str
    line: int
    worth: float


def ask(pool: Pool, lines: Sequence[Line], days: Sequence[Milestone]) -> tuple[Question, ...]:
    """Check questions from the best lines and days: an exception where there is one, kinds that differ, no two of one line or nearly alike."""
    best = together(offered(pool, lines, days), pool.look.questions, per_row(pool.look))
    places = places_of(lines)
    made = [Question(question=each.question, answer=each.answer, line=each.line) for each in best]
    return tuple(sorted(made, key=lambda each: (each.line < 0, places.get(each.line, NOWHERE), each.question)))


def together(offers: Sequence[Offer], most: int, row: int) -> tuple[Offer, ...]:
    """The set of offers worth most, of those in falling order of worth: as many as can stand together, in two rows of so many characters, else in three."""
    beside: list[set[int]] = [set() for _ in offers]
    for one, other in combinations(range(len(offers)), 2):
        if not clash(offers[one], offers[other]):
            beside[other].add(one)  # those before it: sets grow in falling order of worth
    for count, rows in ((count, rows) for count in range(min(most, len(offers)), 0, -1) for rows in (2, 3)):
        found = Hunt(offers, beside, count, rows * row)
        found.grow((), 0.0, BETWEEN)
        if found.best:
            return tuple(offers[number] for number in found.best)
    return ()


class Hunt(Struct):
    """The search for so many offers that can stand together in so many characters; what cannot beat the best so far is not looked at."""

    offers: Sequence[Offer]
    beside: Sequence[set[int]]
    count: int
    room: int
    best: tuple[int, ...] = ()
    worth: float = float("-inf")

    def grow(self, numbers: tuple[int, ...], worth: float, length: int) -> None:
        """Try every set that begins with these numbers, of that worth and length together."""
        missing = self.count - len(numbers)
        if not missing:
            alike = len(numbers) - len({self.offers[number].kind for number in numbers})
            worth = worth - TWICE * alike - PER_CHARACTER * length
            if worth > self.worth:
                self.best, self.worth = numbers, worth
            return
        for number in range(numbers[-1] + 1 if numbers else 0, len(self.offers)):
            one = self.offers[number]
            if worth + missing * one.worth - PER_CHARACTER * length <= self.worth:
                return  # those behind are worth no more
            longer = length + len(one.question)
            if longer <= self.room and self.beside[number].issuperset(numbers):
                self.grow((*numbers, number), worth + one.worth, longer)


def places_of(lines: Sequence[Line]) -> dict[int, Place]:
    """Where each line's words stand in the paper: numbers follow from the page, which the questions are part of, and so decide nothing here."""
    return {line.number: (line.units, line.part) for line in lines}


@lru_cache(maxsize=8)
def per_row(look: Look) -> int:
    """About how many characters a row of the block holds, at the design's largest size."""
    return int((frame_of(look, look.sizes[0]).width - BESIDE) / max(10.5, look.sizes[0] - 1))


def offered(pool: Pool, lines: Sequence[Line], days: Sequence[Milestone]) -> list[Offer]:
    """The questions that the lines and the days give, the best first; of one kind never so many that the others are not heard."""
    top = max((line.score for line in lines), default=0.0) or 1.0
    found = []
    for line in lines:
        mine = line.score / top - (0.0 if ours(pool, line.units) else NOT_OURS)
        for asked in of_line(line):
            worth = WORTH[asked.kind] + (mine if asked.kind != "day" else 0.0) - (0.0 if asked.decides else DESCRIBES) - PER_CHARACTER * len(asked.question)
            found.append(Offer(asked.question, asked.answer, asked.kind, line.number, worth))
    found += of_days(days)
    places = places_of(lines)
    found.sort(key=lambda each: (-each.worth, places.get(each.line, NOWHERE), each.question))
    kept: list[Offer] = []
    for each in found:
        if sum(each.line == other.line for other in kept) < 2 or each.line < 0:
            kept.append(each)
    short = [each for each in kept[MOST_OFFERED:] if len(each.question) <= LEAST_QUESTION * 3]
    return [*kept[:MOST_OFFERED], *short[: MOST_OFFERED // 3]]


def of_line(line: Line) -> Iterator[questions.Asked]:
    """The questions of one line: which members a list has only where all of them are printed."""
    for asked in questions.ask(line.text):
        whole = asked.kind != "list" or "〔" not in line.mark
        if whole and not asked.question.startswith(questions.BLANK) and (asked.kind == "day" or len(asked.question) >= LEAST_QUESTION):
            yield asked


def of_days(days: Sequence[Milestone]) -> Iterator[Offer]:
    """By when, or from when to when, for a day of the time line that says what it is and was not worked out."""
    for day in days:
        label = day.label.partition("·")[0]
        if not day.computed and len(label) >= LEAST_LABEL and NO_MATTER.search(label) is None and (day.words or day.end):
            said = day.words or chinese_day(day.day)
            yield Offer(label + WHEN[bool(day.end)], said, "day", day.line if day.line is not None else -1, DUE)


def clash(one: Offer, other: Offer) -> bool:
    """Whether two questions are of one line, or say nearly the same."""
    return (one.line == other.line and one.line > 0) or near(one.question, other.question)


@lru_cache(maxsize=20_000)
def near(one: str, other: str) -> bool:
    """Whether a question says nearly what another does."""
    mine, theirs = pairs(one), pairs(other)
    return len(mine & theirs) > NEAR_COPY * min(len(mine), len(theirs))
