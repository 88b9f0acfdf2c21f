"""Copies of a sheet that are not quite the sheet: numbered ones of a restricted paper, and the manager's with the answers."""

import re

from msgspec.structs import replace

from digest.errors import DoesNotFit
from digest.model.look import Look
from digest.model.page import Page
from digest.model.sheet import Sheet
from digest.sheet.fit import place

BLANK = re.compile(r"[_＿]{2,}")
TIGHTER = ((1.24, 1.5), (1.18, 1.5))  # leading of the manager's copy, where the answers find no room otherwise


def numbered(sheet: Sheet, number: int, look: Look) -> Sheet:
    """The sheet as one numbered copy: the number in the restriction's blank, or behind it where it has none."""
    word, told = f"{number:03d}", sheet.restriction or look.words.restricted
    return replace(sheet, restriction=BLANK.sub(word, told, count=1) if BLANK.search(told) else f"{told}·编号{word}")


def copies(sheet: Sheet, look: Look, count: int) -> tuple[Page, ...]:
    """The pages of so many numbered copies.

    Raises:
        DoesNotFit: the sheet does not stand on one page.
        BadTemplate: the design is faulty.
    """
    return tuple(place(numbered(sheet, number, look), look) for number in range(1, count + 1))


def with_answers(sheet: Sheet, look: Look) -> tuple[Page, Look]:
    """The manager's copy and its look: the same lines; the answers take the place of the note lines, then some leading.

    Raises:
        DoesNotFit: not even so.
        BadTemplate: the design is faulty.
    """
    told = replace(look, answers=True)
    bare = replace(told, note_lines=0)
    for each in (told, bare, *(replace(bare, leading=leading) for leading in TIGHTER)):
        try:
            return place(sheet, each), each
        except DoesNotFit as error:
            refused = error
    raise refused
