"""bench/rated_words.tsv: what the ranking's training starts from."""

from pathlib import Path

from digest.rank import learned

RATED = Path(__file__).parents[2] / "bench" / "rated_words.tsv"


def rated():
    """Word to score."""
    rows = [line.split("\t") for line in RATED.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len({word for word, _ in rows}) == len(rows)
    return {word: int(score) for word, score in rows}


def test_every_word_is_a_run_that_the_ranking_counts():
    """A longer word, or a score that says nothing, would be learned from in vain."""
    scores = rated()

    assert len(scores) > 5000
    assert all(2 <= len(word) <= learned.LONGEST_RUN and 1 <= abs(score) <= 3 for word, score in scores.items())


def test_the_packaged_weights_were_learned_from_them():
    """Words that no marked text has stand in the weights too, and on their own side."""
    text, scores = learned.packaged().text, rated()
    strong = [word for word, score in scores.items() if abs(score) == 3]
    agreeing = sum(text.get(word, 0.0) * scores[word] > 0 for word in strong)

    assert sum(word in text for word in strong) > 0.9 * len(strong)
    assert agreeing > 0.75 * len(strong)
