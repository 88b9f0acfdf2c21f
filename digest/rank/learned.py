"""What was learned from marked texts: weights of features and of runs of one to three characters, from a packaged file.

The value of a unit is linear, so every part of it can be shown. A text's runs count once each and are damped by the
number of runs, so that long sentences do not win by length alone. bench/train_rank.py writes the file.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from operator import add

from msgspec import Struct, field

from digest import shipped

TABLES = ("single", "feature", "text", "stem")
VOTES = ("categories", "base", "feature", "stem", "text")
LONGEST_RUN = 3
PACKED = "weights.bin"  # derived from weights.tsv (packed.py)
DAMPING = 20.0  # added to the number of runs before the root; 0, 20 and 60 did alike in cross-validation


Runs = tuple[str, ...]


class Votes(dict[str, tuple[float, ...]]):
    """A name's weight in each category, from the file's ``weight weight …``. A row is read when first asked for: few of them ever are."""

    def __init__(self, written: Mapping[str, str]) -> None:
        super().__init__()
        self.written = written  # ask only for these

    def __missing__(self, name: str) -> tuple[float, ...]:
        """The name's row, kept."""
        row = self[name] = tuple(map(figure, self.written[name].split(" ")))
        return row


@cache
def figure(written: str) -> float:
    """A vote's weight: there are a few hundred different ones, each is read and kept once."""
    return float(written)


class Weights(Struct, frozen=True, kw_only=True):
    """Learned weights in grades (0..3): ``base``, per feature, per run of the unit's text and of its stem's."""

    base: float = 0.0
    prior: float = 0.0  # worth of one point of the hand-made lexicon score
    features: Mapping[str, float] = field(default_factory=dict)
    text: Mapping[str, float] = field(default_factory=dict)
    stem: Mapping[str, float] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    votes: Mapping[str, Votes] = field(default_factory=dict)  # tables of ``base``, ``feature``, ``stem`` and ``text``, each by name or run


def letters(text: str) -> str:
    """The text without marks and blanks, as runs are counted on it."""
    return "".join(filter(str.isalnum, text))


def runs(text: str) -> Runs:
    """All different runs of one to three characters, in a fixed order so that sums come out the same every time."""
    plain = letters(text)
    found, longest = [*plain], [*plain]
    for size in range(2, LONGEST_RUN + 1):
        longest = list(map(add, longest, plain[size - 1 :]))
        found += longest
    return tuple(dict.fromkeys(found))


def damp(found: Runs) -> float:
    """What the sum over runs is divided by."""
    return math.sqrt(len(found) + DAMPING)


def weigh(found: Runs, weights: Mapping[str, float]) -> float:
    """The runs' worth."""
    return sum([weights[run] for run in found if run in weights]) / damp(found) if found else 0.0


@cache
def packaged() -> Weights:
    """The weights that came with the program; their packed form loads faster, where it was made from this very text."""
    from digest.rank import packed

    written, derived = shipped.path("rank", "weights.tsv").read_bytes(), shipped.path("rank", PACKED)
    ready = derived.read_bytes() if derived.is_file() else b""
    return packed.unpack(ready) if packed.made_from(ready, written) else parse(written.decode("utf-8"))


def parse(text: str) -> Weights:
    """Lines ``kind⇥name⇥weight``, those of a kind together, to Weights; the ``#`` lines before them tell where they come from.

    Raises:
        ValueError: the lines of a kind are not together, or one has not three cells.
    """
    found = sections(text, [*(f"\n{kind}\t" for kind in TABLES), *(f"\nvotes\t{kind}:" for kind in VOTES)])
    single, features, of_text, of_stem = [numbers(*found[f"\n{kind}\t"]) for kind in TABLES]
    votes = {kind: dict(zip(*found[f"\nvotes\t{kind}:"], strict=True)) for kind in VOTES}
    return Weights(
        base=single.get("base", 0.0),
        prior=single.get("prior", 0.0),
        features=features,
        text=of_text,
        stem=of_stem,
        categories=tuple(votes.pop("categories").get("", "").split()),
        votes={kind: Votes(rows) for kind, rows in votes.items()},
    )


def numbers(names: Sequence[str], written: Sequence[str]) -> dict[str, float]:
    """Names and their weights."""
    return dict(zip(names, map(float, written), strict=True))


def sections(text: str, marks: Sequence[str]) -> dict[str, tuple[list[str], list[str]]]:
    """Names and weights behind each of the marks that lines begin with.

    The file has 150,000 lines: cut as whole sections, they take half the time of line by line.

    Raises:
        ValueError: as ``parse``.
    """
    found: dict[str, tuple[list[str], list[str]]] = {mark: ([], []) for mark in marks}
    starts = sorted((start, mark) for mark in marks if (start := text.find(mark)) >= 0)
    for (start, mark), (end, _) in pairwise([*starts, (len(text) - text.endswith("\n"), "")]):
        rows = text[start:end].replace(mark, "\t")
        cells = rows.split("\t")
        if "\n" in rows or len(cells) % 2 == 0:
            raise ValueError(f"weights: the rows of {mark.strip()} are not whole, or not together")
        found[mark] = cells[1::2], cells[2::2]
    return found
