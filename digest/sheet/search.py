"""Trying a choice of lines at one size: how long the real page is, and a quick estimate for what need not be laid out."""

from msgspec import Struct, field

from digest.choose import Offer
from digest.sheet import apart
from digest.sheet.compose import Choice, body_of, lines_of, sheet_of
from digest.sheet.fit import draft
from digest.sheet.frame import frame_of
from digest.sheet.pool import Candidate, Pool

SURE = 1.5  # body lines by which the estimate must say too long to be believed without laying out
SURE_LETTERS = 20  # characters by which the estimate must be above the most
KEEPS = (1.0, 0.97, 0.93)  # share of its value that a shortened wording keeps
RAGGED = 1.07  # lines are so much longer than their characters: kinsoku, quantities kept whole
END_SHARE = 0.45  # of a line: mean height of article mark and box
COLUMN_AIR = 4.0


class Search(Struct):
    """What is known while choosing at one size."""

    pool: Pool
    size: float
    most: int
    offers: list[Candidate]
    quick: bool = True
    measured: dict[tuple[bool, tuple[tuple[int, int], ...]], tuple[float, int]] = field(default_factory=dict)  # points too long, characters
    offered: dict[int, Offer] = field(default_factory=dict)  # by unit: the same for every budget
    column: tuple[float, float] = (0.0, 0.0)  # width in characters, leading in points

    def __post_init__(self) -> None:
        frame = frame_of(self.pool.look, self.size)
        self.column = (frame.width / self.pool.look.columns - 28) / self.size, frame.leading

    def overflow(self, choice: Choice) -> float:
        """Points too long, negative if there is room; too many characters count as too long."""
        return self.measure(choice)[0]

    def measure(self, choice: Choice) -> tuple[float, int]:
        """Points too long, and characters."""
        units = tuple(sorted(choice.items()))
        key = (self.quick, units)
        if key not in self.measured:
            made = self.pool.once(("draft", units), lambda: draft(sheet_of(self.pool, choice), self.pool.look))  # the same at every size
            letters, lines = amount(self.pool, choice)
            over = made.overflow(self.size, quick=self.quick)
            self.measured[key] = max(over, (letters - self.most) * 0.6, (lines - self.pool.look.most_lines) * 2 * self.size), letters
        return self.measured[key]

    def fits(self, choice: Choice, base: Choice | None = None) -> bool:
        """Whether a choice stands on the page; one of too many characters, or clearly longer than a ``base`` that stands there, is not even laid out."""
        return not (base is not None and self.hopeless(choice, base)) and not self.too_much(choice) and self.overflow(choice) <= 0

    def too_much(self, choice: Choice) -> bool:
        """Whether a choice is more than a page should say, however it is laid out."""
        letters, lines = amount(self.pool, choice)
        return letters > self.most or lines > self.pool.look.most_lines

    def hopeless(self, choice: Choice, base: Choice) -> bool:
        """Whether the estimate says that a choice is too long, by more than it is ever wrong (measured on 25 papers: no choice is the worse for it)."""
        over, letters = self.measure(base)
        more, fewer = (choice.items() - base.items(), base.items() - choice.items())
        longer = sum(self.cost(*each) for each in more) - sum(self.cost(*each) for each in fewer)
        letters += sum(self.letters(*each) for each in more) - sum(self.letters(*each) for each in fewer)
        look = self.pool.look
        return letters > self.most + SURE_LETTERS or over + longer / look.columns > SURE * frame_of(look, self.size).leading

    def letters(self, unit: int, rung: int) -> int:
        """Characters of one candidate in one wording."""
        rungs = self.pool.candidates[unit].rungs
        return len(rungs[min(rung, len(rungs) - 1)].text)

    def cost(self, unit: int, rung: int) -> float:
        """Estimated points of column height of one candidate in one wording."""
        costs = self.offer(self.pool.candidates[unit]).costs
        return costs[min(rung, len(costs) - 1)]

    def offer(self, candidate: Candidate) -> Offer:
        """A candidate as the chooser sees it, made once."""
        if candidate.unit not in self.offered:
            self.offered[candidate.unit] = offer_of(self, candidate)
        return self.offered[candidate.unit]


def amount(pool: Pool, choice: Choice) -> tuple[int, int]:
    """The characters and the lines that a choice prints; a duty and its ban count once."""
    lines = lines_of(body_of(pool, choice))
    return sum(len(line.text) for line in lines), len({line.units for line in lines})


def offer_of(search: Search, candidate: Candidate) -> Offer:
    """A candidate as the chooser sees it."""
    plan = search.pool.plan_of((candidate.unit,))
    wordings = search.pool.once(("texts", candidate.unit), lambda: [apart.texts(search.pool, candidate, rung.text) for rung in candidate.rungs])
    return Offer(
        value=candidate.score.value,
        costs=tuple(sum(area(search, text, head=candidate.group is None) for text in texts) for texts in wordings),
        keeps=tuple(KEEPS[min(number, len(KEEPS) - 1)] for number in range(len(wordings))),
        group=candidate.group,
        marks=(plan.key,) if plan else (),
    )


def area(search: Search, text: str, *, head: bool) -> float:
    """Estimated points of column height; ``head`` for what has a badge and an end of its own."""
    column, leading = search.column
    rows = -(-len(text) * RAGGED // column) + (END_SHARE if head else 0.0)
    return rows * leading + (COLUMN_AIR if head else 0.0)
