"""Which check questions are set together: the best set, whichever way it is looked for."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from digest.sheet.asking import BETWEEN, PER_CHARACTER, TWICE, Offer, clash, together

WORDS = ["大额现金交易怎么报", "过期证件能不能办", "单笔多少要登记", "由谁双人复核", "什么时候上报", "代理人要带什么", "能不能代客户签字", "留存几年"]
offers = st.builds(
    Offer,
    question=st.builds("".join, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)),
    answer=st.just("是"),
    kind=st.sampled_from(["number", "ban", "who", "case"]),
    line=st.integers(-1, 6),
    worth=st.integers(1, 60).map(lambda tenths: tenths / 10),
)


def worth(chosen: tuple[Offer, ...]) -> float:
    """What a set is worth: its parts, less what repeats a kind and what is long."""
    length = sum(len(each.question) for each in chosen) + BETWEEN
    return sum(each.worth for each in chosen) - TWICE * (len(chosen) - len({each.kind for each in chosen})) - PER_CHARACTER * length


def every(found: list[Offer], count: int, room: int) -> list[tuple[Offer, ...]]:
    """Every set of so many that can stand together in so many characters."""
    return [
        chosen
        for chosen in combinations(found, count)
        if sum(len(each.question) for each in chosen) + BETWEEN <= room and not any(clash(one, other) for one, other in combinations(chosen, 2))
    ]


@given(st.lists(offers, max_size=9), st.integers(10, 60))
def test_what_is_found_is_what_trying_every_set_finds(made: list[Offer], row: int) -> None:
    """Leaving out sets that cannot be better loses none that is: as many questions as can stand, two rows before three, then the worth."""
    found = sorted(made, key=lambda each: -each.worth)
    ways = (every(found, count, rows * row) for count in range(min(3, len(found)), 0, -1) for rows in (2, 3))
    best = next((max(map(worth, sets)) for sets in ways if sets), None)
    chosen = together(found, 3, row)
    assert len(chosen) <= 3
    if best is None:
        assert chosen == ()
    else:
        assert abs(worth(chosen) - best) < 1e-9
        assert chosen in every(found, len(chosen), 3 * row)
