"""What the document is about: its keywords, and how far a unit touches them and its title."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from msgspec import Struct

from digest.zh import words as cutting

CONTENT = re.compile(r"^[\u4e00-\u9fff]{2,}$|^[A-Za-z]{2,}$")
KEYWORDS = 30


class Topic(Struct, frozen=True, kw_only=True):
    """The document's keywords with their weight (0..1), weightiest first, the title's words, and the words of each unit."""

    words: Mapping[str, float]
    title: frozenset[str]
    units: tuple[frozenset[str], ...]

    def near_title(self, unit: int) -> float:
        """Share of the title's words that the unit holds."""
        return len(self.title & self.units[unit]) / len(self.title) if self.title else 0.0

    def central(self, unit: int) -> float:
        """Mean weight of the unit's keywords, 0..1."""
        found = self.units[unit]
        return sum([self.words[word] for word in sorted(found & self.words.keys())]) / math.sqrt(len(found)) if found else 0.0


def find_topic(title: str, texts: Sequence[str], office: tuple[str, ...]) -> Topic:
    """Keywords by how many units hold them, damped where nearly all do."""
    cuts = [frozenset(cutting.cut(text, office)) for text in texts]
    content = frozenset(filter(CONTENT.match, frozenset().union(*cuts)))
    units = [cut & content for cut in cuts]
    spread = Counter(chain.from_iterable(units))
    weights = {word: count * math.log(1 + len(units) / count) for word, count in spread.items() if count > 1}
    best = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:KEYWORDS]
    top = best[0][1] if best else 1.0
    titles = frozenset(filter(CONTENT.match, cutting.cut(title, office)))
    return Topic(words={word: weight / top for word, weight in best}, title=titles, units=tuple(units))
