"""Units that say the same again: circulars repeat themselves, the sheet must not."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence

from digest.rank.view import View

SAME = 0.8  # share of the shorter text's character pairs; near repeats above 0.6 merge by hand, 0.8 keeps parallel items apart
DIGITS = frozenset("0123456789〇一二三四五六七八九十百千万亿")


def pairs_of(text: str) -> frozenset[str]:
    """Neighbouring characters of a text, marks left out."""
    letters = [letter for letter in text if letter.isalnum()]
    return frozenset(a + b for a, b in itertools.pairwise(letters))


def find_repeats(views: Sequence[View], order: Sequence[int]) -> dict[int, int]:
    """Unit to the better unit that it repeats; ``order`` is best first. Units with other numbers never repeat each other."""
    pairs = {number: pairs_of(views[number].text) for number in order}
    spread = Counter(pair for found in pairs.values() for pair in found)
    holders: dict[str, list[int]] = {}
    found: dict[int, int] = {}
    for number in order:
        rare = sorted(pairs[number], key=lambda pair: (spread[pair], pair))
        better = best_match(number, rare, pairs, holders)
        if better is not None and figures(views[number].text) <= figures(views[better].text) and may_repeat(views[number], views[better]):
            found[number] = better
            continue
        for pair in rare:
            holders.setdefault(pair, []).append(number)
    return found


def may_repeat(view: View, better: View) -> bool:
    """Whether two likenesses can say the same: under one stem they are cases of one list (活期转定期, 定期转活期) unless letter for letter the same."""
    one_list = view.unit.stem is not None and view.unit.stem == better.unit.stem
    return view.stem == better.stem and (not one_list or view.text == better.text)


def best_match(number: int, rare: Sequence[str], pairs: Mapping[int, frozenset[str]], holders: Mapping[str, Sequence[int]]) -> int | None:
    """The better unit that holds most of this one's pairs, if enough.

    Whoever holds a share of SAME of the pairs holds one of the rarest few: only those units are compared (prefix filtering).
    """
    few = rare[: int((1 - SAME) * len(rare)) + 1]
    others = {holder for pair in few for holder in holders.get(pair, ())}
    needed = SAME * len(rare)
    shared = {other: len(pairs[number] & pairs[other]) for other in others if len(pairs[other]) >= needed}
    if not shared or len(rare) < 2:
        return None
    best = min(shared, key=lambda other: (-shared[other], other))
    return best if shared[best] >= needed else None


def figures(text: str) -> frozenset[str]:
    """The runs of digits in a text, Arabic and Chinese."""
    found, run = set(), ""
    for letter in text + " ":
        if letter in DIGITS:
            run += letter
        elif run:
            found.add(run)
            run = ""
    return frozenset(found)
