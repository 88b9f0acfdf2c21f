"""Units that say the same again: circulars repeat themselves, the sheet must not."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from digest.choose.likeness import pairs_of, rarest
from digest.rank.view import View

SAME = 0.8  # share of the shorter text's character pairs; near repeats above 0.6 merge by hand, 0.8 keeps parallel items apart
FEWEST = 2  # pairs, below which a text says too little to be said again
FIGURE = re.compile("[0-9〇一二三四五六七八九十百千万亿]+")


def find_repeats(views: Sequence[View], order: Sequence[int]) -> dict[int, int]:
    """Unit to the better unit that it repeats; ``order`` is best first. Units with other numbers never repeat each other."""
    pairs = {number: pairs_of(views[number].text) for number in order}
    spread = Counter(chain.from_iterable(pairs.values()))
    common = {pair for pair, count in spread.items() if count > 1}
    holders: dict[str, list[int]] = {pair: [] for pair in common}
    found: dict[int, int] = {}
    for number in order:
        few = rarest(pairs[number], spread, SAME)
        better = best_match(number, few, pairs, holders)
        if better is not None and figures(views[number].text) <= figures(views[better].text) and may_repeat(views[number], views[better]):
            found[number] = better
            continue
        for pair in pairs[number] & common:
            holders[pair].append(number)
    return found


def may_repeat(view: View, better: View) -> bool:
    """Whether two likenesses can say the same: under one stem they are cases of one list (活期转定期, 定期转活期) unless letter for letter the same."""
    one_list = view.unit.stem is not None and view.unit.stem == better.unit.stem
    return view.stem == better.stem and (not one_list or view.text == better.text)


def best_match(number: int, few: Sequence[str], pairs: Mapping[int, frozenset[str]], holders: Mapping[str, Sequence[int]]) -> int | None:
    """The better unit that holds most of this one's pairs, if enough; of equals the earlier.

    Whoever holds a share of SAME of the pairs holds one of the rarest ``few``: only those units are compared (prefix filtering), those
    that hold most of the few first, until the next lack too many of them.
    """
    own = pairs[number]
    best, most = None, math.ceil(SAME * len(own))
    held = Counter(chain.from_iterable(holders.get(pair, ()) for pair in few))
    for other, count in held.most_common() if len(own) >= FEWEST else ():
        if len(own) - len(few) + count < most:
            break
        shared = len(own) - len(own - pairs[other])
        if shared > most or (shared == most and (best is None or other < best)):
            best, most = other, shared
    return best


def figures(text: str) -> frozenset[str]:
    """The runs of digits in a text, Arabic and Chinese."""
    return frozenset(FIGURE.findall(text))
