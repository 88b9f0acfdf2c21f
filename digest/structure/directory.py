"""目录: a list of headings in front of the text is skipped, lest every heading stand twice in the tree."""

import re
from collections.abc import Sequence

from digest.model.outline import Passage
from digest.structure.lines import fold

TITLE = re.compile(r"^目[录次]$")
LEADERS = re.compile(r"[.…·．]{3,}[—\-]?\d{0,4}[—\-]?$|\t\d{1,3}$")
ENTRY = re.compile(
    r"^(?:第[一二三四五六七八九十百]+[编章节]|[一二三四五六七八九十]{1,3}、|附[则件录]|[（(][一二三四五六七八九十]+[）)]|\d{1,2}(?:\.\d{1,2})*[.、]?)[^。；！？]{1,60}$|^附则$"
)
CHAPTER = re.compile(r"^第[一二三四五六七八九十百]+章[^。；]{1,40}$")
LEAST = 3


def directory_passages(passages: Sequence[Passage]) -> set[int]:
    """Numbers of the passages of a directory: under 目录, lines with leaders, or chapters one after the other."""
    found = {passage.number for passage in passages if LEADERS.search(passage.text)}
    for index, passage in enumerate(passages):
        if TITLE.match(fold(passage.text)):
            found |= {passage.number, *listed(passages, index + 1)}
    return found | bare_chapters(passages)


def listed(passages: Sequence[Passage], start: int) -> list[int]:
    """Entries behind the word 目录; the first heading that comes back is the text's own."""
    seen: set[str] = set()
    found: list[int] = []
    for passage in passages[start:]:
        text = bare(passage)
        if not ENTRY.match(text) or text in seen:
            break
        seen.add(text)
        found.append(passage.number)
    return found


def bare_chapters(passages: Sequence[Passage]) -> set[int]:
    """Chapters in a row with nothing between them, if they come again later."""
    later = {bare(passage): passage.number for passage in passages}
    found: set[int] = set()
    for row in chapter_rows(passages):
        again = [each.number for each in row if later[bare(each)] > each.number]
        if len(row) >= LEAST and len(again) >= LEAST:
            found.update(again)
    return found


def bare(passage: Passage) -> str:
    """A passage for comparing: folded, without the page number behind it."""
    return re.sub(r"\d+$", "", fold(passage.text))


def chapter_rows(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Runs of chapter headings with nothing between them."""
    rows: list[list[Passage]] = [[]]
    for passage in passages:
        if CHAPTER.match(fold(passage.text)):
            rows[-1].append(passage)
        elif rows[-1]:
            rows.append([])
    return rows
