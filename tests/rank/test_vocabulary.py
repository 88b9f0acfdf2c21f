"""What was learned of a text's runs: the same whether its runs were met before or not, and no more than the whole tables say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.rank.learned import Votes, damp, runs
from digest.rank.vocabulary import POINTS, Vocabulary

RUNS = st.text("柜员应当核对", min_size=1, max_size=3)
TEXTS = st.lists(st.text("柜员应当核对，。", max_size=20), min_size=1, max_size=5)
WEIGHTS = st.dictionaries(RUNS, st.sampled_from([-2.0, -0.25, 0.5, 1.0]), max_size=20)
VOTES = st.dictionaries(RUNS, st.sampled_from(["0.5 -0.25", "0 1", "-1 0.125"]), max_size=20)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(texts=TEXTS, weights=WEIGHTS, votes=VOTES)
def test_a_document_asks_the_tables_once_and_hears_the_same(texts, weights, votes):
    """Points and votes of each text are the sums over its runs, whatever was read before it."""
    vocabulary, table = Vocabulary(weights, Votes(votes), "用词"), Votes(votes)
    for text in texts:
        known, found = vocabulary.read(text), runs(text)
        rows = [table[run] for run in found if run in votes]

        assert sum(reason.points for reason in known.reasons) == pytest.approx(POINTS * sum(weights.get(run, 0.0) for run in found) / damp(found))
        assert known.votes == pytest.approx(tuple(sum(column) / damp(found) for column in zip(*rows, strict=True)))
        assert known == Vocabulary(weights, Votes(votes), "用词").read(text)


def test_what_adds_and_what_takes_are_told_apart_with_their_words():
    """The reasons name the runs that count most, none inside another."""
    weights = {"应": 3.0, "应当": 1.0, "当核": 0.5, "当核对": 0.5, "柜员": -1.0}
    found = Vocabulary(weights, Votes({}), "用词").read("柜员应当核对")

    assert [(reason.name, reason.evidence) for reason in found.reasons] == [("用词像要点", "应当、当核对"), ("用词不像要点", "柜员")]
    assert found.votes == ()
