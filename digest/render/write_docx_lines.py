"""Text and a width in, the most lines it can take out: for the worst renderer and the widest font that may stand in.

Measured against LibreOffice with eight sets of fonts: wide digits, a quarter em between Chinese and Latin, marks never squeezed,
Latin words never broken, a mark never apart from the word before it.
"""

import unicodedata
from functools import lru_cache
from itertools import pairwise

DIGIT = 0.62  # em
LOWER = 0.62
UPPER = 0.78
BLANK = 0.34
NARROW_MARK = 0.5
BOLD = 1.03  # of the regular width, Latin only
JOIN = 0.25  # em between Chinese and Latin: the styles switch the gap off, LibreOffice keeps it
CLOSING = frozenset("，。、；：？！）》」』】〕”’…—%‰℃,.;:?!)]}")
OPENING = frozenset("（《「『【〔“‘([{")


def count_lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """How many lines the text takes at most."""
    return lay(text, width / size, bold=bold)[0]


def end_of_last(text: str, width: float, size: float, *, bold: bool = False) -> float:
    """How far its last line reaches at most, in points."""
    return lay(text, width / size, bold=bold)[1] * size


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of the text on one line at most, in points."""
    return sum(em(char, bold=bold) for char in text) * size + joins(text) * JOIN * size


@lru_cache(maxsize=8_000)  # every scale that is tried lays the same texts, most of them in the same width
def lay(text: str, limit: float, *, bold: bool) -> tuple[int, float]:
    """Lines and the last one's width, in em; a word wider than the line takes as many as it needs."""
    lines, used, before = 1, 0.0, ""
    for word in words(text):
        wide = sum(em(char, bold=bold) for char in word) + joins(word) * JOIN
        gap = JOIN if before and latin(before) != latin(word[0]) else 0.0
        if used and used + gap + wide > limit:
            lines, used, gap = lines + 1, 0.0, 0.0
        used += gap + wide
        while used > limit and limit > 1:
            lines, used = lines + 1, used - limit
        before = word[-1]
    return lines, used


def words(text: str) -> list[str]:
    """The text cut where a line may break."""
    found: list[str] = []
    for char in text:
        glued = found and (char in CLOSING or found[-1][-1] in OPENING or (latin(char) and latin(found[-1][-1]) and found[-1][-1] not in CLOSING))
        if glued:
            found[-1] += char
        else:
            found.append(char)
    return found


def latin(char: str) -> bool:
    """Whether a character is set as Latin text: ASCII without the blank."""
    return char.isascii() and char != " "


def joins(text: str) -> int:
    """How often Chinese and Latin meet."""
    return sum(latin(one) != latin(two) for one, two in pairwise(text))


@lru_cache(maxsize=8_000)
def em(char: str, *, bold: bool) -> float:
    """The width of one character at most, in em."""
    if not char.isascii():
        return 0.0 if unicodedata.combining(char) else 1.0
    return ascii_em(char) * (BOLD if bold else 1.0)


def ascii_em(char: str) -> float:
    """The width of an ASCII character at most, in em."""
    if char.isdigit():
        return DIGIT
    if char.isalpha():
        return UPPER if char.isupper() or char in "mw" else LOWER
    if char == " ":
        return BLANK
    return 0.9 if char in "%@&" else NARROW_MARK
