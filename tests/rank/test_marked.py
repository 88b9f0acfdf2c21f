"""The texts of our own writing that the ranking learns from: sound marks, and nothing of the texts on which it is measured."""

from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OWN = sorted((ROOT / "bench" / "marked").glob("*.txt"))
CATEGORIES = frozenset({"do", "ban", "limit", "time", "report", "role", "penalty", "right", "info"})
RUN = 13  # characters: longer than any usual phrase of the trade
SHARED = 0.035  # share of runs in common that mastheads, lists of addressees and 依法追究刑事责任 explain


def runs(texts: Iterable[str]) -> set[str]:
    """All runs of RUN letters."""
    found: set[str] = set()
    for text in texts:
        plain = "".join(letter for letter in text if letter.isalnum())
        found.update(plain[start : start + RUN] for start in range(len(plain) - RUN + 1))
    return found


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_marks_are_verbatim(path: Path) -> None:
    """Each mark has a grade, a category and a core that stands in one paragraph, character by character."""
    paragraphs = path.read_text("utf-8").split("\n")
    for row in path.with_suffix(".tsv").read_text("utf-8").splitlines():
        grade, category, core = row.split("\t")

        assert grade in ("1", "2", "3") and category in CATEGORIES
        assert any(all(part in paragraph for part in core.split("||")) for paragraph in paragraphs), core


@pytest.mark.corpus
def test_nothing_of_the_measured_texts_is_learned() -> None:
    """No text of our own repeats an official text of the benchmark, or the figures of docs/ranking.md would flatter."""
    corpus = (ROOT / "../shared/corpus").resolve()
    if not corpus.is_dir():
        pytest.skip("no ../shared/corpus here")
    theirs = runs(path.read_text("utf-8") for path in corpus.glob("*/texts/*.txt"))
    for path in OWN:
        mine = runs([path.read_text("utf-8")])

        assert len(mine & theirs) <= SHARED * len(mine), path.name
