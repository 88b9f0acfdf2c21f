"""What was learned of the runs of characters in a document: reasons with points, and shares of each category's vote.

Few of the 90,000 learned runs stand in a document. Each is fetched from the whole tables once and kept for the document's other units: a small
table answers several times as fast.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from digest.model.ranking import Reason
from digest.rank.learned import Votes, damp, runs

POINTS = 10.0  # a point of the sheet is a tenth of a reader's grade (0..3)
EVIDENCE = 3  # runs shown as evidence

# what was learned of one run: its weight; its share of each category's vote, empty where it has none; its place among the evidence, with itself
Row = tuple[float, tuple[float, ...], tuple[float, str]]


class Known(Struct, frozen=True, kw_only=True):
    """What is known of one text: why its runs add or take points, and what they add to each category's vote (empty where none has one)."""

    reasons: tuple[Reason, ...] = ()
    votes: tuple[float, ...] = ()


class Vocabulary:
    """The learned runs of a document's units, or of their stems; ``name`` is what the reasons call them."""

    def __init__(self, weights: Mapping[str, float], votes: Votes, name: str) -> None:
        """Begin with none."""
        self._weights, self._votes, self._name = weights, votes, name
        self._seen: set[str] = set()
        self._known: dict[str, Row] = {}

    def read(self, text: str) -> Known:
        """What is known of a text."""
        found = runs(text)
        self._fetch(set(found) - self._seen)
        rows = [self._known[run] for run in found if run in self._known]
        votes = [each for _, each, _ in rows if each]
        damped = damp(found)
        return Known(
            reasons=tuple(self._reasons(rows, damped)),
            votes=tuple([total / damped for total in map(sum, zip(*votes, strict=True))]),
        )

    def _fetch(self, fresh: set[str]) -> None:
        """Keep what the whole tables have of runs not seen before."""
        weighed, voting = fresh & self._weights.keys(), fresh & self._votes.written.keys()
        for run in weighed | voting:
            weight = self._weights.get(run, 0.0)
            self._known[run] = weight, self._votes[run] if run in voting else (), (-abs(weight) * len(run), run)
        self._seen |= fresh

    def _reasons(self, rows: Sequence[Row], damped: float) -> Iterator[Reason]:
        """The runs of characters as two reasons: what they add and what they take."""
        for label, part in (("像要点", [row for row in rows if row[0] > 0]), ("不像要点", [row for row in rows if row[0] < 0])):
            if part:
                points = POINTS * sum([weight for weight, _, _ in part]) / damped
                yield Reason(name=f"{self._name}{label}", points=points, evidence="、".join(telling([place for _, _, place in part], EVIDENCE)))


def telling(places: Sequence[tuple[float, str]], count: int) -> list[str]:
    """The runs of two characters and more that come first, none inside another."""
    kept: list[str] = []
    for _, run in sorted([place for place in places if len(place[1]) > 1])[: 4 * count]:
        if not any(run in other or other in run for other in kept):
            kept.append(run)
        if len(kept) == count:
            break
    return kept
