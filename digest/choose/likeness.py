"""How much of its worth an offer loses beside another one that says nearly the same."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

NEAR = 0.6  # share of the shorter text's character pairs from which two texts are near repeats (domain study 1.9)
LOSS = 0.5  # worth lost per share in common; 0, 0.5 and 1 gave 0.566, 0.580 and 0.577 in cross-validation


def likeness(texts: Sequence[str]) -> tuple[Mapping[int, float], ...]:
    """Texts to, for each, the others near it with the share of its value lost beside them.

    Two texts that share more than NEAR of the shorter one's pairs share one of its rarest: only those are compared.
    """
    pairs = [pairs_of(text) for text in texts]
    spread = Counter(pair for found in pairs for pair in found)
    holders: dict[str, list[int]] = {}
    for number, found in enumerate(pairs):
        for pair in found:
            holders.setdefault(pair, []).append(number)
    lost: list[dict[int, float]] = [{} for _ in texts]
    for number, found in enumerate(pairs):
        rare = sorted(found, key=lambda pair: (spread[pair], pair))[: int((1 - NEAR) * len(found)) + 1]
        for other in sorted({holder for pair in rare for holder in holders[pair]}):
            share = len(found & pairs[other]) / len(found)
            if other != number and len(found) <= len(pairs[other]) and share > NEAR:
                lost[number][other] = lost[other][number] = LOSS * share
    return tuple(lost)


def pairs_of(text: str) -> frozenset[str]:
    """Neighbouring letters of a text, marks left out."""
    return frozenset(a + b for a, b in pairwise([letter for letter in text if letter.isalnum()]))
