"""How much of its worth an offer loses beside another one that says nearly the same."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

NEAR = 0.6  # share of the shorter text's character pairs from which two texts are near repeats (domain study 1.9)
LOSS = 0.5  # worth lost per share in common; 0, 0.5 and 1 gave 0.566, 0.580 and 0.577 in cross-validation


def likeness(texts: Sequence[str]) -> tuple[Mapping[int, float], ...]:
    """Texts to, for each, the others near it with the share of its value lost beside them."""
    pairs = [pairs_of(text) for text in texts]
    holders: dict[str, list[int]] = {}
    for number, found in enumerate(pairs):
        for pair in sorted(found):
            holders.setdefault(pair, []).append(number)
    return tuple(near(number, pairs, holders) for number in range(len(texts)))


def near(number: int, pairs: Sequence[frozenset[str]], holders: Mapping[str, Sequence[int]]) -> dict[int, float]:
    """The other texts that share enough with one."""
    shared = Counter(other for pair in pairs[number] for other in holders[pair])
    found: dict[int, float] = {}
    for other in sorted(shared):
        share = shared[other] / max(1, min(len(pairs[number]), len(pairs[other])))
        if other != number and share > NEAR:
            found[other] = LOSS * share
    return found


def pairs_of(text: str) -> frozenset[str]:
    """Neighbouring letters of a text, marks left out."""
    return frozenset(a + b for a, b in pairwise([letter for letter in text if letter.isalnum()]))
