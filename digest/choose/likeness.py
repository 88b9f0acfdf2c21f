"""How much of its worth an offer loses beside another one that says nearly the same."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from operator import add

NEAR = 0.6  # share of the shorter text's character pairs from which two texts are near repeats (domain study 1.9)
LOSS = 0.5  # worth lost per share in common; 0, 0.5 and 1 gave 0.566, 0.580 and 0.577 in cross-validation


def likeness(texts: Sequence[str]) -> tuple[Mapping[int, float], ...]:
    """Texts to, for each, the others near it with the share of its value lost beside them.

    Two texts that share more than NEAR of the shorter one's pairs share one of its rarest: only those are compared.
    """
    pairs = [pairs_of(text) for text in texts]
    spread = Counter(chain.from_iterable(pairs))
    holders: dict[str, list[int]] = {}
    for number, found in enumerate(pairs):
        for pair in found:
            holders.setdefault(pair, []).append(number)
    lost: list[dict[int, float]] = [{} for _ in texts]
    for number, found in enumerate(pairs):
        few = rarest(found, spread, NEAR)
        held = Counter(chain.from_iterable(holders[pair] for pair in few))
        for other in sorted(other for other, count in held.items() if len(found) - len(few) + count > NEAR * len(found)):
            if other == number or len(found) > len(pairs[other]):
                continue
            share = (len(found) - len(found - pairs[other])) / len(found)
            if share > NEAR:
                lost[number][other] = lost[other][number] = LOSS * share
    return tuple(lost)


def rarest(pairs: frozenset[str], spread: Mapping[str, int], share: float) -> list[str]:
    """The rarest of a text's pairs, so many that whoever holds that share of all pairs holds one of these."""
    return sorted(sorted(pairs), key=spread.__getitem__)[: len(pairs) - math.ceil(share * len(pairs)) + 1]


def pairs_of(text: str) -> frozenset[str]:
    """Neighbouring letters of a text, marks left out."""
    letters = "".join(filter(str.isalnum, text))
    return frozenset(map(add, letters, letters[1:]))
