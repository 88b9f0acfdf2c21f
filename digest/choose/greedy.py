"""Lazy greedy choice of offers within a budget (Minoux 1978; cost-scaled as in Lin and Bilmes 2010), deterministic.

The gain of an offer is its value, plus a bonus for each mark it adds (coverage: sections, categories), less what it shares
with those already chosen (redundancy). Offers of one group (items of a list) share the group's cost (the stem): the
first to be chosen pays it, but is judged as if another good item of the list paid half.
"""

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

SHARERS = 2  # items a stem's cost is spread over when a list is weighed: one paid in full by the first loses lists; 2, 3, all gave +0.007, +0.005, +0.005
NEARLY = 0.8  # share of an item's value that another of its list must have to share the stem with it
THRIFT = 0.6  # exponent of the cost in gain / cost ** THRIFT; best of 0.3, 0.5, 0.6, 0.7, 1.0 by cross-validation on train


class Offer(Struct, frozen=True, kw_only=True):
    """Something to choose: ``value`` and its wordings' ``costs``, longest first.

    ``keeps`` is the share of the value each wording keeps (all of it where left empty). ``group`` is the list it belongs
    to; ``marks`` are what it covers; ``alike`` maps other offers' numbers to the share of the value lost beside them.
    """

    value: float
    costs: tuple[float, ...]
    keeps: tuple[float, ...] = ()
    group: int | None = None
    marks: tuple[str, ...] = ()
    alike: Mapping[int, float] = field(default_factory=dict)

    def kept(self, wording: int) -> float:
        """The value of one wording."""
        return self.value * (self.keeps[wording] if self.keeps else 1.0)


class State(Struct):
    """What is chosen so far."""

    offers: Sequence[Offer]
    groups: Mapping[int, float]
    bonus: Mapping[str, float]
    left: float
    sharers: Mapping[int, int]
    chosen: dict[int, int] = field(default_factory=dict)
    open_groups: set[int] = field(default_factory=set)
    marks: dict[str, int] = field(default_factory=dict)

    def stem(self, number: int) -> float:
        """What the offer's group costs now: nothing once somebody has paid it."""
        group = self.offers[number].group
        return 0.0 if group is None or group in self.open_groups else self.groups.get(group, 0.0)

    def lost(self, offer: Offer) -> float:
        """The share of an offer's value that is lost beside what is chosen."""
        return max([share for other, share in offer.alike.items() if other in self.chosen], default=0.0) if offer.alike else 0.0

    def cover(self, offer: Offer) -> float:
        """What the marks of an offer are worth now."""
        return sum([self.bonus.get(mark, 0.0) / (1 + self.marks.get(mark, 0)) for mark in offer.marks])

    def best(self, number: int, thrift: float) -> tuple[float, int] | None:
        """The best affordable wording of an offer as (key, wording); None if none fits or gains."""
        offer, stem = self.offers[number], self.stem(number)
        share, cover, judged = 1 - self.lost(offer), self.cover(offer), stem / self.sharers.get(number, 1)
        best, chosen = 0.0, -1
        for wording, own in enumerate(offer.costs):
            gain = offer.kept(wording) * share + cover
            if gain > 0 and own + stem <= self.left and (key := gain / max(own + judged, 1.0) ** thrift) > best:
                best, chosen = key, wording
        return (best, chosen) if chosen >= 0 else None

    def take(self, number: int, wording: int) -> None:
        """Choose a wording."""
        offer = self.offers[number]
        self.left -= offer.costs[wording] + self.stem(number)
        self.chosen[number] = wording
        if offer.group is not None:
            self.open_groups.add(offer.group)
        for mark in offer.marks:
            self.marks[mark] = self.marks.get(mark, 0) + 1


def pick(
    offers: Sequence[Offer],
    budget: float,
    *,
    groups: Mapping[int, float] | None = None,
    bonus: Mapping[str, float] | None = None,
    thrift: float = THRIFT,
) -> dict[int, int]:
    """Offers and a budget to {offer number: wording}, in the order of the offers.

    ``groups`` gives the shared cost of each group, ``bonus`` the worth of a mark's first appearance (halved, then a
    third … for further ones). Ties go to the earlier offer.
    """
    members = members_of(offers)
    state = State(offers=offers, groups=groups or {}, bonus=bonus or {}, left=budget, sharers=sharers_of(offers, members))
    queue = fresh(state, range(len(offers)), thrift)
    heapq.heapify(queue)
    while queue:
        key, number, _ = heapq.heappop(queue)
        if number in state.chosen:
            continue
        now = state.best(number, thrift)
        if now is None:
            continue
        if queue and (-now[0], number) > queue[0][:2] and -now[0] != key:
            heapq.heappush(queue, (-now[0], number, now[1]))
            continue
        group = offers[number].group
        opens = group is not None and group not in state.open_groups
        state.take(number, now[1])
        if opens and group is not None:
            for entry in fresh(state, (each for each in members[group] if each not in state.chosen), thrift):
                heapq.heappush(queue, entry)
    return {number: state.chosen[number] for number in sorted(state.chosen)}


def members_of(offers: Sequence[Offer]) -> dict[int, list[int]]:
    """Offers by group."""
    found: dict[int, list[int]] = {}
    for number, offer in enumerate(offers):
        if offer.group is not None:
            found.setdefault(offer.group, []).append(number)
    return found


def sharers_of(offers: Sequence[Offer], members: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Among how many items of its list an offer's stem is thought to be shared: those worth nearly as much, SHARERS at most."""
    found = {}
    for group in members.values():
        values = sorted(offers[each].value for each in group)
        for each in group:
            found[each] = min(SHARERS, max(1, len(values) - bisect_left(values, NEARLY * offers[each].value)))
    return found


def fresh(state: State, numbers: Iterable[int], thrift: float) -> list[tuple[float, int, int]]:
    """Queue entries of these offers as things stand."""
    found = []
    for number in numbers:
        best = state.best(number, thrift)
        if best is not None:
            found.append((-best[0], number, best[1]))
    return found
