"""The foot line 联系: whom the source names for questions, in its own words, with where it says so."""

import re

from digest.model.outline import Outline, Span

LABEL = re.compile(r"^(?:业务|活动)?联系(?:人|方式)[：:]")
LONGEST = 90  # characters: a foot line, not a directory
FIGURES = re.compile(r"\d[\d-]{3,}\d")


def contact_of(outline: Outline) -> tuple[str, tuple[Span, ...]]:
    """The contact as printed, and its place in the source; empty where the source names none or a whole list of them."""
    found = outline.masthead.contacts
    text = LABEL.sub("", found.value)
    return (text, found.spans) if text and len(text) <= LONGEST else ("", ())


def in_foot(outline: Outline, text: str) -> bool:
    """Whether a sentence only gives the contact that stands in the foot line."""
    told = contact_of(outline)[0]
    numbers = FIGURES.findall(text)
    return bool(told and numbers) and all(number in told for number in numbers) and len(text) <= len(outline.masthead.contacts.value) + 8
