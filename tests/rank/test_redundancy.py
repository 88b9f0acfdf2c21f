"""Units that say the same again: the quick search for the unit that holds most of a text's pairs finds what comparing with all finds."""

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.choose.likeness import pairs_of, rarest
from digest.rank.redundancy import SAME, best_match

# a few sentences, each with a number or a word changed, so that many are alike
TEXTS = st.lists(
    st.builds(
        "{1}{0}{2}".format,
        st.sampled_from(["办理现金支取应当核对客户证件", "网点每月报送凭证使用情况表"]),
        st.text("12某员", max_size=4),
        st.text("并登记", max_size=6),
    ),
    min_size=1,
    max_size=10,
)


def by_all(number, pairs):
    """The earlier unit that holds most of the pairs, if enough, by comparing with every one."""
    own = pairs[number]
    shared = {other: len(own & pairs[other]) for other in range(number)}
    enough = [other for other in shared if shared[other] >= math.ceil(SAME * len(own))] if len(own) > 1 else []
    return min(enough, key=lambda other: (-shared[other], other), default=None)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(texts=TEXTS)
def test_the_likest_earlier_unit_is_found(texts):
    """Those that lack too many of the rarest pairs are not compared, and none is lost by it."""
    pairs = dict(enumerate(map(pairs_of, texts)))
    spread = Counter(pair for found in pairs.values() for pair in found)
    holders = {pair: [] for pair in spread}
    for number, own in pairs.items():
        few = rarest(own, spread, SAME)

        assert best_match(number, few, pairs, holders) == by_all(number, pairs)
        for pair in own:
            holders[pair].append(number)


@pytest.mark.parametrize("length", range(2, 60))
def test_whoever_holds_just_enough_holds_one_of_the_rarest(length):
    """Four fifths of fifteen pairs are twelve: three may be missing, and so the fourth rarest must be looked for."""
    pairs = frozenset(f"{number:02}" for number in range(length))
    few = rarest(pairs, Counter(pairs), SAME)

    assert len(few) == length - math.ceil(SAME * length) + 1
