"""The branch's mark on a page, and the words that stand for it where it cannot be seen."""

from digest.model.look import Look
from digest.model.page import Page, Picture


def logo_of(page: Page) -> Picture | None:
    """The mark as it stands on the page; None where the design has none."""
    return next((mark for mark in page.marks if isinstance(mark, Picture)), None)


def words_for_logo(look: Look) -> str:
    """What a screen reader says instead."""
    return f"{look.branch}标志"
