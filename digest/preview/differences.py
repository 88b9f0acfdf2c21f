"""Two wordings in, a word-level difference out: what stayed, what was left out, what was put in."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from msgspec import Struct

from digest.model.sheet import Line, Sheet
from digest.zh import words

SAME, OUT, IN = "same", "out", "in"
Range = tuple[int, int]


class Run(Struct, frozen=True, kw_only=True):
    """A stretch of text that is the ``same`` in both, only in the first (``out``) or only in the second (``in``)."""

    what: str
    text: str


class Changed(Struct, frozen=True, kw_only=True):
    """What became of one line between two versions: added, removed, moved or reworded (then with its difference)."""

    what: str
    section: str
    before: str = ""
    after: str = ""
    runs: tuple[Run, ...] = ()


@lru_cache(maxsize=2048)
def between(before: str, after: str) -> tuple[Run, ...]:
    """The difference word by word; numbers and words are never cut."""
    old, new = words.cut(before), words.cut(after)
    found: list[Run] = []
    for tag, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Run(what=SAME, text="".join(old[low:high])))
            continue
        if high > low:
            found.append(Run(what=OUT, text="".join(old[low:high])))
        if end > start:
            found.append(Run(what=IN, text="".join(new[start:end])))
    return tuple(found)


def carry(ranges: Sequence[Range], before: str, after: str) -> tuple[Range, ...]:
    """Ranges of one text where they stand in another; what was cut out of the text is cut out of them."""
    marked = {place for start, end in ranges for place in range(start, end)}
    kept: set[int] = set()
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        kept |= {block.b + step for step in range(block.size) if block.a + step in marked}
    return joined(kept)


def joined(places: set[int]) -> tuple[Range, ...]:
    """Single places as ranges."""
    found: list[Range] = []
    for place in sorted(places):
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return tuple(found)


def versions(before: Sheet, after: Sheet) -> tuple[Changed, ...]:
    """What changed between two versions of a sheet, in the order of the later one, what is gone last."""
    told = [Changed(what="field", section=name, before=old, after=new, runs=between(old, new)) for name, old, new in fields(before, after) if old != new]
    old, new = stated(before), stated(after)
    gone = dict(old)
    for key, (section, line) in new.items():
        match = gone.pop(key, None)
        if match is None:
            told.append(Changed(what="added", section=section, after=line.text))
        elif match[1].text != line.text:
            told.append(Changed(what="reworded", section=section, before=match[1].text, after=line.text, runs=between(match[1].text, line.text)))
        elif match[0] != section:
            told.append(Changed(what="moved", section=f"{match[0]} → {section}", before=line.text, after=line.text))
    return (*told, *(Changed(what="removed", section=section, before=line.text) for section, line in gone.values()))


def fields(before: Sheet, after: Sheet) -> list[tuple[str, str, str]]:
    """The fields outside the lines."""
    return [
        ("标题", before.title, after.title),
        ("一句话", before.point, after.point),
        ("类型", before.kind, after.kind),
        *(("考一考", *pair) for pair in zip(asked(before), asked(after), strict=True)),
    ]


def asked(sheet: Sheet) -> tuple[str]:
    """The questions as one text."""
    return ("\n".join(question.question for question in sheet.questions),)


def stated(sheet: Sheet) -> dict[tuple[object, ...], tuple[str, Line]]:
    """Every line with its section, keyed by what it stands for: its units, or its text where it has none; doubles are counted."""
    found: dict[tuple[object, ...], tuple[str, Line]] = {}
    for section in sheet.sections:
        for line in (*section.lines, *(row.line for row in section.rows)):
            key: tuple[object, ...] = (line.units or line.text, 0)
            while key in found:
                key = (key[0], int(str(key[1])) + 1)
            found[key] = (section.title, line)
    return found
