"""Step 3: Outline in, Facts out. Dates, deadlines, amounts and the like, each with the characters it stands on."""

from digest.model.facts import Facts
from digest.model.outline import Outline
from digest.zh.lexicon import Lexicon


def find(outline: Outline, lexicon: Lexicon) -> Facts:
    """All facts of a document in sentence order, its kind, and the kind's slots."""
    from digest.facts import gather, kind, slots

    items = gather.collect(outline, lexicon)
    guess = kind.guess(outline, lexicon)
    return Facts(items=items, kind=guess, slots=slots.fill(guess.kind, outline, items))
