"""What a manager's edits teach: kept, dropped and added lines to his own weights of words, with a way back.

Pure: the old text of his file and the edits in, the new text out. The file is words.tsv in his own folder, in the
class ``own``; whatever he wrote there himself stays. Each taught line carries ``学习`` and a count in the source column,
so that ``forget`` takes out exactly those.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from digest.zh import words as cutting
from digest.zh.matching import shield

CLASS = "own"
TAUGHT = "学习"
STEP = 1.5  # points per natural logarithm of the odds that a word's lines were kept
MOST = 4.0  # points: one word never outweighs a ban
LEAST_LINES = 2  # a word must be in that many edited lines
WORD = re.compile(r"^[\u4e00-\u9fff]{2,}$")


class Edits(Struct, frozen=True, kw_only=True):
    """Lines of one edited sheet: left as they were, taken off, and put on from the left-out list or by hand."""

    kept: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def learn(old: str, edits: Sequence[Edits], office: tuple[str, ...] = ()) -> str:
    """The user's words.tsv after these sheets; the lines taught before are replaced, his own stay."""
    liked = count_words((line for each in edits for line in (*each.kept, *each.added, *each.added)), office)
    disliked = count_words((line for each in edits for line in each.dropped), office)
    total, against = sum(liked.values()) or 1, sum(disliked.values()) or 1
    written = own_words(old)
    lines = []
    for word in sorted(liked.keys() | disliked.keys()):
        seen = liked[word] + disliked[word]
        if seen < LEAST_LINES or word in written:
            continue
        points = STEP * math.log(((liked[word] + 1) / (total + 2)) / ((disliked[word] + 1) / (against + 2)))
        points = max(-MOST, min(MOST, round(points, 1)))
        if disliked and abs(points) >= 1:
            lines.append("\t".join((CLASS, word, f"{points:g}", "", "", f"{TAUGHT}：留{liked[word]}删{disliked[word]}")))
    return forget(old) + "".join(f"{line}\n" for line in lines)


def forget(old: str) -> str:
    """The user's words.tsv without anything that was taught: the way back."""
    kept = [line for line in old.splitlines() if not is_taught(line)]
    return "".join(f"{line}\n" for line in kept)


def is_taught(line: str) -> bool:
    """Whether a line of the file was written by ``learn``."""
    cells = line.split("\t")
    return len(cells) == 6 and cells[0] == CLASS and cells[5].startswith(TAUGHT)


def own_words(text: str) -> frozenset[str]:
    """Words that the manager wrote down himself."""
    return frozenset(line.split("\t")[1].strip() for line in text.splitlines() if "\t" in line and not is_taught(line))


def count_words(lines: Iterable[str], office: tuple[str, ...]) -> Counter[str]:
    """In how many lines each word stands."""
    return Counter(word for line in lines for word in sorted(set(cutting.cut(shield(line), office))) if WORD.match(word))
