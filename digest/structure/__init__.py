"""Step 2: Document in, Outline out. ``build`` is the door."""

from digest.model.document import Document
from digest.model.outline import Outline
from digest.zh.lexicon import Lexicon

__all__ = ["build"]


def build(document: Document, lexicon: Lexicon) -> Outline:
    """The document understood: masthead, numbering tree, sentences and units, each pointing back into the raw text."""
    from digest.structure.assemble import assemble

    return assemble(document, lexicon)
