"""Step 4: Outline and Facts in, Ranking out: every unit with its value, its reasons, its category and whose duty it is."""

from digest.model.facts import Facts
from digest.model.outline import Outline
from digest.model.profile import Profile
from digest.model.ranking import Ranking
from digest.zh.lexicon import Lexicon


def score(outline: Outline, facts: Facts, lexicon: Lexicon, profile: Profile) -> Ranking:
    """Rank all units of a document for this branch."""
    from digest.rank.blend import rank_units

    return rank_units(outline, facts, lexicon, profile)
