"""Posts of the branch that a sentence names: 柜员, 大堂经理."""

from collections.abc import Iterator

from digest.facts.reading import Finder, Reading
from digest.model.facts import Fact, FactKind
from digest.zh.lexicon import Lexicon


def finder(lexicon: Lexicon) -> Finder:
    """A finder for the lexicon's posts; value is the post as the sheet names it."""
    posts, pattern = lexicon.post_words.by_word, lexicon.post_words.one

    def find(reading: Reading) -> Iterator[Fact]:
        """Posts named in one sentence."""
        for hit in pattern.finditer(reading.plain):
            if posts[hit.group()].acts:
                yield reading.fact(FactKind.ROLE, hit.start(), hit.end(), value=posts[hit.group()].role)

    return find
