"""Ladders and Ranking in, plain lines out: what fits into so many characters, without any page (``digest lines``)."""

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from digest.choose import Offer, likeness, pick
from digest.model.ladder import Ladder
from digest.model.outline import Outline
from digest.model.ranking import Ranking

ROOM = 0.1  # of the characters that must be left for somebody else's duties to be told
LEAST = 0.01  # a candidate without worth still fills a line that would stay empty
# share of a line's value its full, trimmed and tightest wordings keep; 0.998 and 0.996 were 0.006 better once and 0.009 worse once on dev
KEEPS = (1.0, 0.98, 0.95)
Said = tuple[Ladder, int]  # a ladder with the rung chosen


def choose(outline: Outline, ranking: Ranking, ladders: Sequence[Ladder], characters: int) -> list[Said]:
    """The wordings worth most in at most ``characters`` without marks and blanks, stems included."""
    ladders = [ladder for ladder in ladders if ladder.rungs]
    near = likeness([ladder.rungs[0].text for ladder in ladders])
    offers = [offer_of(ladder, outline, ranking, alike) for ladder, alike in zip(ladders, near, strict=True)]
    stems = {offer.group: length(ladder.stem_rungs[-1].text) for offer, ladder in zip(offers, ladders, strict=True) if offer.group is not None}
    return [(ladders[number], rung) for number, rung in pick(offers, characters, groups=stems).items()]


def whole(ladders: Sequence[Ladder]) -> list[Ladder]:
    """The ladders with their full wording alone: what is somebody else's to do never loses who that is."""
    return [replace(ladder, rungs=ladder.rungs[:1], stem_rungs=ladder.stem_rungs[:1]) for ladder in ladders]


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


def spoken(outline: Outline, chosen: Sequence[Said]) -> tuple[str, ...]:
    """The texts in document order, each stem printed before the first of its items."""
    found: list[str] = []
    ordered = sorted(chosen, key=lambda each: outline.units[each[0].unit].sentences[0])
    before = [None, *(outline.units[ladder.unit].stem for ladder, _ in ordered)]
    for (ladder, rung), (last, stem) in zip(ordered, pairwise(before), strict=True):
        if ladder.stem_rungs and stem != last:
            found.append(ladder.stem_rungs[-1].text)
        found.append(ladder.rungs[rung].text)
    return tuple(found)


def length(text: str) -> int:
    """Characters that count: no punctuation, no blanks."""
    return sum(unicodedata.category(char)[0] not in "PZCS" for char in text)
