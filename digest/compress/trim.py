"""One sentence to the ranges that stay when the white list is applied up to a level."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from digest.zh import guard, trims
from digest.zh.lexicon import packaged
from digest.zh.tables import merge
from digest.zh.trims import Trim

EVERY = re.compile(r"^(?:各级|各)")
STAFF = re.compile(r"及其.*$")
SHARE = 0.5  # a subject that heads at least half of the readers' duties is the document's own 'we'
OTHER_TRADE = "other_industry"
HOUSES = ("机构", "公司")  # a name that the table does not hold is a house's where it ends so
LEAST_OTHERS, SHARE_OTHERS = 3, 0.08  # sentences and their share from which on another trade is spoken to as well
SHORT = 30  # a sentence that fits into one printed line: there the empty clause is often all it says
JOINTS = "，；：、,;:"


def usual_subject(texts: Iterable[str]) -> str:
    """The reader's own name in this document (各网点, 商业银行): the one that most duties begin with; else empty."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(name for trim in trims.find(text) if trim.kind == trims.SUBJECT and trim.level == 1 for name in [subject(text, trim)])
    if not counts:
        return ""
    name, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return name if count >= SHARE * counts.total() else ""


def several(subjects: Sequence[str], reader: str) -> bool:
    """Whether a document has duties for other houses than the reader's as well (收单机构 and 清算机构): then each line says whose it is."""
    audiences = {row.cells[0]: row.cells[1] for row in merge(guard.ACTORS, packaged(guard.ACTORS.file), "")}
    counts = Counter(bare(name) for name in subjects if name and (not reader or reader not in name))
    other = sum(count for name, count in counts.items() if audiences.get(name, OTHER_TRADE if name.endswith(HOUSES) else "") == OTHER_TRADE)
    return other >= LEAST_OTHERS and other >= SHARE_OTHERS * len([name for name in subjects if name])


def subject(text: str, trim: Trim) -> str:
    """The bare name in a range that holds a subject (and its duty word)."""
    return bare(text[trim.start : trim.end])


def bare(name: str) -> str:
    """各网点及其员工 is 网点."""
    return EVERY.sub("", STAFF.sub("", name))


def keep(text: str, level: int, reader: str) -> tuple[tuple[int, int], ...]:
    """The ranges of a sentence that stay at a level (0 全文, 1 精简, 2 最简); ``reader`` is the only subject that may go.

    Where all its rules together would leave a shell (某部门应当), the boldest of them stand back.
    """
    allowed = [trim for trim in trims.find(text) if trim.level <= level and may_go(text, trim, reader)]
    for withheld in ((), trims.TAILS, (*trims.TAILS, *trims.OPENINGS)):
        ranges = tidy(text, trims.kept(len(text), tuple(trim for trim in allowed if trim.kind not in withheld)))
        if not guard.hollow("".join(text[start:end] for start, end in ranges)):
            return ranges
    return ((0, len(text)),)


def may_go(text: str, trim: Trim, reader: str) -> bool:
    """Whether a range may go here: a subject only where it is the reader himself, whole clauses only out of long sentences."""
    if trim.kind in (*trims.TAILS, "口号") and len(text) <= SHORT:
        return False
    name = next((other for other in trims.find(text) if other.kind == trims.SUBJECT and other.start == trim.start), None)
    return name is None or (bool(reader) and bare(text[name.start : name.end]).startswith(reader))


def tidy(text: str, ranges: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The ranges without a mark at the sentence's head or behind another mark."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        while start < end and text[start] in JOINTS and (not found or text[found[-1][1] - 1] in JOINTS + "。"):
            start += 1
        if start < end:
            found.append((start, end))
    return tuple(found)
