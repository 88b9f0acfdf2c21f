"""What a sentence owes to those before it in its paragraph: for whom or what it holds, and which rule it relaxes (scope.tsv)."""

import re
from collections.abc import Sequence
from functools import cache

from digest.zh.lexicon import packaged
from digest.zh.tables import Table, merge

TABLE = Table(file="scope.tsv", columns=("类", "式样", "来源"), keys=2)
LONGEST_NAMED = 24  # characters of a scope that an article mark can name
TAKEN = str.maketrans({"〈": "(", "〉": ")"})


@cache
def patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of one class; what stands in 〈〉 is their group."""
    rows = merge(TABLE, packaged(TABLE.file), "")
    return tuple(re.compile(re.sub(r"\((?!\?)", "(?:", row.cells[1]).translate(TAKEN)) for row in rows if row.cells[0] == kind)


def set_by(text: str) -> str:
    """For whom or what a sentence says that it and those behind it hold (对D级账户，…); empty if it does not."""
    hits = (each.match(text) for each in patterns("范围"))
    return next((hit[1] for hit in hits if hit), "")


def announced(text: str) -> str:
    """The case for which a sentence announces steps or rules (客户申请提高限额的，按下列流程办理：); empty if it announces none or says no case."""
    hits = (each.match(text) for each in patterns("引题"))
    return next((hit[1] for hit in hits if hit), "")


def anew(text: str) -> bool:
    """Whether a sentence says itself for whom it holds."""
    return bool(set_by(text)) or any(each.match(text) for each in patterns("另起"))


def inherited(texts: Sequence[str]) -> tuple[int, str] | None:
    """Which of a paragraph's sentences sets the scope of the last of them, and in which words; None where none does or it has one of its own."""
    for place in range(len(texts) - 1, -1, -1):
        if place < len(texts) - 1 and (found := set_by(texts[place])):
            return place, found
        if anew(texts[place]):
            return None
    return None


def relaxes(text: str) -> bool:
    """Whether a sentence relaxes, ends or replaces what the one before asks for (可继续使用至…, 可先…后…, 仍由…)."""
    return any(each.search(text) for each in patterns("放宽"))


def relaxed(text: str) -> str:
    """The word for what such a sentence relaxes, which tells the rule; empty where it names none."""
    hits = (each.search(text) for each in patterns("放宽"))
    return next((hit[1] for hit in hits if hit and hit.lastindex and hit[1]), "")


def special(text: str, before: str) -> bool:
    """Whether a sentence tells a special case of what stands ``before`` it (超过该比例的, 对确需…的, 调解不成的): what it names must stand there."""
    hits = (each.match(text) for each in patterns("特例"))
    return any(hit and (not hit.lastindex or hit[1] in before) for hit in hits)


def hangs(text: str) -> bool:
    """Whether a sentence's case speaks of the matter of the one before (客户不需要的，…)."""
    return any(each.match(text) for each in patterns("悬空"))
