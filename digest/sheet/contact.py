"""The foot line 联系: whom the source names for questions, in its own words, with where it says so."""

import re

from digest.model.outline import Outline, Span
from digest.zh import point

LABEL = re.compile(r"^(?:业务|活动)?联系(?:人|方式)[：:]")
LONGEST = 90  # characters: a foot line, not a directory
FIGURES = re.compile(r"\d[\d-]{3,}\d")
PIECES = re.compile(r"[^\s，。；：、:;,（）()]+")


def contact_of(outline: Outline) -> tuple[str, tuple[Span, ...]]:
    """The contact as printed, and its place in the source; empty where the source names none or a whole list of them."""
    found = outline.masthead.contacts
    text = LABEL.sub("", found.value)
    return (text, found.spans) if text and len(text) <= LONGEST else ("", ())


def in_foot(outline: Outline, text: str) -> bool:
    """Whether a sentence is nothing but the contact that stands in the foot line: no duty, ban or case, and no word of its own."""
    told = contact_of(outline)[0]
    numbers = FIGURES.findall(text)
    return bool(told and numbers) and all(number in told for number in numbers) and not own_words(text, told)


def own_words(text: str, told: str) -> str:
    """What a sentence says besides the contact itself and the words that lead to one (咨询请拨打)."""
    rest = text
    for piece in sorted(PIECES.findall(told), key=len, reverse=True):
        rest = rest.replace(piece, " ")
    return "".join(PIECES.findall(point.words("联系").sub(" ", rest)))
