"""Ladders and Ranking in, plain lines out: what fits into so many characters, without any page (``digest lines``)."""

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise

from digest.choose import Offer, likeness, pick
from digest.model.ladder import Ladder
from digest.model.outline import Outline
from digest.model.ranking import Ranking

LEAST = 0.01  # a candidate without worth still fills a line that would stay empty
# share of a line's value its full, trimmed and tightest wordings keep; 0.998 and 0.996 were 0.006 better once and 0.009 worse once on dev
KEEPS = (1.0, 0.98, 0.95)


def lines(outline: Outline, ranking: Ranking, ladders: Sequence[Ladder], characters: int) -> tuple[str, ...]:
    """Chosen wordings in document order, a stem once before its items, at most ``characters`` without marks and blanks."""
    near = likeness([ladder.rungs[0].text for ladder in ladders])
    offers = [offer_of(ladder, outline, ranking, alike) for ladder, alike in zip(ladders, near, strict=True)]
    stems = {offer.group: length(ladder.stem_rungs[-1].text) for offer, ladder in zip(offers, ladders, strict=True) if offer.group is not None}
    chosen = pick(offers, characters, groups=stems)
    order = sorted(chosen, key=lambda each: outline.units[ladders[each].unit].sentences[0])
    return tuple(spoken(outline, [(ladders[each], chosen[each]) for each in order]))


def offer_of(ladder: Ladder, outline: Outline, ranking: Ranking, alike: Mapping[int, float]) -> Offer:
    """A ladder as something to choose, priced in characters."""
    unit = outline.units[ladder.unit]
    return Offer(
        value=max(ranking.scores[ladder.unit].value, LEAST),
        costs=tuple(float(length(rung.text)) for rung in ladder.rungs),
        keeps=tuple(KEEPS[min(place, len(KEEPS) - 1)] for place in range(len(ladder.rungs))),
        group=unit.stem if ladder.stem_rungs else None,
        alike=alike,
    )


def spoken(outline: Outline, chosen: Sequence[tuple[Ladder, int]]) -> list[str]:
    """The texts, each stem printed before the first of its items."""
    found: list[str] = []
    before = [None, *(outline.units[ladder.unit].stem for ladder, _ in chosen)]
    for (ladder, rung), (last, stem) in zip(chosen, pairwise(before), strict=True):
        if ladder.stem_rungs and stem != last:
            found.append(ladder.stem_rungs[-1].text)
        found.append(ladder.rungs[rung].text)
    return found


def length(text: str) -> int:
    """Characters that count: no punctuation, no blanks."""
    return sum(unicodedata.category(char)[0] not in "PZCS" for char in text)
