"""Learning from edits: what was kept rises, what was dropped sinks, the manager's own lines stay, forgetting undoes it."""

from digest.rank.learn import Edits, forget, learn
from digest.zh.lexicon import load

OWN = "# 我行的词\nban\t莫要\t5\n"
EDITS = (
    Edits(kept=("逐笔核对假币收缴凭证", "假币收缴凭证加盖印章"), dropped=("营造宣传氛围", "持续营造良好氛围")),
    Edits(added=("假币收缴凭证交客户",), dropped=("宣传氛围浓厚",)),
)


def points(text):
    """Taught points by word."""
    return {cells[1]: float(cells[2]) for cells in (line.split("\t") for line in text.splitlines()) if cells[0] == "own"}


def test_kept_rises_and_dropped_sinks():
    """凭证 was kept, 氛围 thrown out."""
    taught = points(learn(OWN, EDITS))

    assert taught["凭证"] > 0 > taught["氛围"]


def test_the_result_loads_as_a_table():
    """What was written is a valid words.tsv."""
    assert load({"words.tsv": learn(OWN, EDITS)}).hits("宣传氛围")


def test_own_lines_stay_and_forgetting_leads_back():
    """Forget gives the manager's file as it was."""
    assert learn(OWN, EDITS).startswith(OWN)
    assert forget(learn(OWN, EDITS)) == OWN


def test_learning_twice_replaces_what_was_taught():
    """The same edits again change nothing."""
    once = learn(OWN, EDITS)

    assert learn(once, EDITS) == once


def test_nothing_dropped_nothing_taught():
    """A sheet handed out unedited is no lesson."""
    assert learn(OWN, (Edits(kept=("核对证件",)),)) == OWN
