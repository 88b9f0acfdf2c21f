"""The budgeted choice: never over budget, stems paid once, near repeats once, the same answer every time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.choose import Offer, likeness, pick
from digest.choose.likeness import LOSS, NEAR, pairs_of

OFFERS = st.lists(
    st.builds(
        Offer,
        value=st.floats(0, 50),
        costs=st.lists(st.floats(1, 120), min_size=1, max_size=3).map(lambda costs: tuple(sorted(costs, reverse=True))),
        group=st.none() | st.integers(0, 3),
        marks=st.lists(st.sampled_from(["ban", "do", "limit"]), max_size=1).map(tuple),
    ),
    max_size=25,
)


def cost_of(offers, chosen, groups):
    """What a choice costs, each group's stem once."""
    opened = {offers[number].group for number in chosen} - {None}
    return sum(offers[number].costs[wording] for number, wording in chosen.items()) + sum(groups.get(group, 0) for group in opened)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(offers=OFFERS, budget=st.floats(0, 600))
def test_never_over_budget_and_always_the_same(offers, budget):
    """Any choice fits with its stems, and a second run gives the same."""
    groups = {0: 20.0, 1: 5.0, 2: 60.0}
    chosen = pick(offers, budget, groups=groups, bonus={"ban": 3.0})

    assert cost_of(offers, chosen, groups) <= budget + 1e-6
    assert pick(offers, budget, groups=groups, bonus={"ban": 3.0}) == chosen
    assert list(chosen) == sorted(chosen)


def test_the_best_of_what_fits():
    """Worth per room decides, and what does not fit is passed over."""
    offers = [Offer(value=10, costs=(100,)), Offer(value=9, costs=(40,)), Offer(value=8, costs=(40,)), Offer(value=30, costs=(500,))]

    assert pick(offers, 90) == {1: 0, 2: 0}


def test_a_stem_is_paid_once():
    """Two items of one list fit where two lists would not."""
    offers = [Offer(value=5, costs=(10,), group=1), Offer(value=5, costs=(10,), group=1), Offer(value=5, costs=(10,), group=2)]

    assert pick(offers, 45, groups={1: 25.0, 2: 25.0}) == {0: 0, 1: 0}


def test_a_list_of_good_items_is_judged_with_its_stem_shared():
    """Two good items under one stem go before single lines that are each a little worse for their room; a lone item does not."""
    single = [Offer(value=10, costs=(50,)), Offer(value=10, costs=(50,))]

    assert pick([*single, Offer(value=10, costs=(20,), group=1), Offer(value=10, costs=(20,), group=1)], 90, groups={1: 45.0}) == {2: 0, 3: 0}
    assert pick([*single, Offer(value=10, costs=(20,), group=1)], 100, groups={1: 45.0}) == {0: 0, 1: 0}


def test_a_shorter_wording_where_room_is_short():
    """The wording that fits is taken."""
    assert pick([Offer(value=10, costs=(80, 50), keeps=(1.0, 0.9))], 60) == {0: 1}


def test_near_repeats_lose_their_worth():
    """Of two lines that say the same, one goes on the sheet before the other."""
    texts = ["柜员应当当面核对客户证件并登记", "柜员应当当面核对客户证件并登记。", "营业终了双人封存尾箱"]
    near = likeness(texts)
    offers = [Offer(value=10 - number, costs=(20,), alike=near[number]) for number in range(3)]

    assert near[0][1] > 0 and 2 not in near[0]
    assert pick(offers, 40) == {0: 0, 2: 0}


def test_coverage_draws_in_what_is_missing():
    """A bonus for a first ban lets it in before one more duty."""
    offers = [Offer(value=10, costs=(20,), marks=("do",)), Offer(value=9, costs=(20,), marks=("do",)), Offer(value=8, costs=(20,), marks=("ban",))]

    assert pick(offers, 40, bonus={"do": 4.0, "ban": 4.0}) == {0: 0, 2: 0}


@settings(derandomize=True, deadline=None, max_examples=200)
@given(texts=st.lists(st.builds("{}{}".format, st.sampled_from(["现金支取核对证件", "每月报送情况表"]), st.text("一二三并登记", max_size=6)), max_size=10))
def test_likeness_compares_with_few_and_misses_none(texts):
    """Only texts that hold enough of one another's rarest pairs are compared; comparing all gives the same."""
    pairs = [pairs_of(text) for text in texts]
    shares = [
        {other: LOSS * len(own & pairs[other]) / min(len(own), len(pairs[other])) for other in range(len(texts)) if other != number}
        for number, own in enumerate(pairs)
    ]

    assert [dict(found) for found in likeness(texts)] == [
        pytest.approx({other: lost for other, lost in found.items() if lost > LOSS * NEAR}) for found in shares
    ]
