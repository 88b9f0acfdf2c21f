"""What the document is about: its keywords, and how far a unit touches them and its title."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digest.zh import words as cutting

CONTENT = re.compile(r"^[\u4e00-\u9fff]{2,}$|^[A-Za-z]{2,}$")
KEYWORDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The document's keywords with their weight (0..1), the title's words, and the words of each unit."""

    words: tuple[tuple[str, float], ...]
    title: frozenset[str]
    units: tuple[frozenset[str], ...]

    def near_title(self, unit: int) -> float:
        """Share of the title's words that the unit holds."""
        return len(self.title & self.units[unit]) / len(self.title) if self.title else 0.0

    def central(self, unit: int) -> float:
        """Mean weight of the unit's keywords, 0..1."""
        weights = dict(self.words)
        found = self.units[unit]
        return sum(weights.get(word, 0.0) for word in sorted(found)) / math.sqrt(len(found)) if found else 0.0


def find_topic(title: str, texts: Sequence[str], office: tuple[str, ...]) -> Topic:
    """Keywords by how many units hold them, damped where nearly all do."""
    units = [frozenset(word for word in cutting.cut(text, office) if CONTENT.match(word)) for text in texts]
    spread = Counter(word for unit in units for word in unit)
    weights = {word: count * math.log(1 + len(units) / count) for word, count in spread.items() if count > 1}
    best = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:KEYWORDS]
    top = best[0][1] if best else 1.0
    titles = frozenset(word for word in cutting.cut(title, office) if CONTENT.match(word))
    return Topic(words=tuple((word, weight / top) for word, weight in best), title=titles, units=tuple(units))
