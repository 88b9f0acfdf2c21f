"""Step 5: Outline, Facts and unit numbers in, Ladders out: each unit's wordings from longest to shortest, every one guarded."""

from collections.abc import Sequence

from digest.model.facts import Facts
from digest.model.ladder import Ladder
from digest.model.outline import Outline


def shorten(outline: Outline, facts: Facts, units: Sequence[int]) -> tuple[Ladder, ...]:
    """One ladder per unit, in the order asked for; units under the same stem share its wordings."""
    from digest.compress import ladders

    return ladders.build(outline, facts, units)
