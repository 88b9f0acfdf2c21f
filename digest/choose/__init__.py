"""Choosing under a budget, a low room over plain numbers: value plus coverage less redundancy, lists sharing their stem's cost."""

from digest.choose.greedy import Offer, pick
from digest.choose.likeness import likeness

__all__ = ["Offer", "likeness", "pick"]
