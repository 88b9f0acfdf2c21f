"""Ladder: one unit's wordings from longest to shortest, each a guarded subsequence of its source (step 5 hands it over)."""

from msgspec import Struct


class Piece(Struct, frozen=True, kw_only=True):
    """Characters [start, end) of one sentence's text, kept verbatim."""

    sentence: int
    start: int
    end: int


class Rung(Struct, frozen=True, kw_only=True):
    """One wording: ``text`` is the pieces in order, joined; only marks (，。；：、（）) may stand between pieces."""

    name: str  # 全文, 精简, 最简
    text: str
    pieces: tuple[Piece, ...]


class Ladder(Struct, frozen=True, kw_only=True):
    """A unit's rungs, longest first; never empty. ``stem`` is the stem's own ladder text where the unit hangs on one.

    The stem is kept apart so that items of one list can share it on the sheet; ``stem_rungs`` is parallel in meaning,
    not in length.
    """

    unit: int
    rungs: tuple[Rung, ...]
    stem_rungs: tuple[Rung, ...] = ()
    dangling: bool = False  # begins with 其, 该, 但… or ends with ，: cannot stand alone, so lower it or bring its neighbour
