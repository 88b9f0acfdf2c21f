"""What a sentence owes to those before it in its paragraph: for whom or what it holds, and which rule it relaxes (scope.tsv)."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

from digest.zh.lexicon import packaged
from digest.zh.tables import Table, merge

TABLE = Table(file="scope.tsv", columns=("类", "式样", "来源"), keys=2)
STOPS = ("；", ";")
LONGEST_NAMED = 24  # characters of a scope that an article mark can name
ALIKE = 0.55  # share of the characters that two cases have in common: cases side by side, neither of which holds for the other
HEAD = 2  # characters that tell what a case speaks of (收款账户为他行的)
LONGEST_CASE = 60  # characters
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
            break
    return carried(texts)


def carried(texts: Sequence[str]) -> tuple[int, str] | None:
    """Which half of a sentence cut at its semicolons opens it with a case (…的，…；民警到场前，…) that its last half goes on with; its words."""
    first = len(texts) - 1
    while first and texts[first - 1].rstrip().endswith(STOPS):
        first -= 1
    case = opened(texts[first]) if first < len(texts) - 1 else ""
    before = "".join(texts[first:-1])
    return (first, case) if case and goes_on(texts[-1], before[len(case) :], case) else None


def opened(text: str) -> str:
    """The case that a sentence opens with, without its mark (符合特征两项及以上的, 现场检查时); empty if it opens with none."""
    hits = (each.match(text) for each in patterns("开头情形"))
    return next((hit[1] for hit in hits if hit and len(hit[1]) <= LONGEST_CASE), "")


def goes_on(text: str, before: str, case: str) -> bool:
    """Whether a half goes on with the matter of the opening case: its own case stands within that, leans on it or on what stands ``before``, or it has none."""
    own = opened(text)
    if not own:
        return any(each.match(text) for each in patterns("承前半句"))
    if any(each.match(text) for each in patterns("另起")) or SequenceMatcher(None, own, case, autojunk=False).ratio() >= ALIKE:
        return False
    if own.endswith("的") and case.endswith("的"):
        return any(each.match(own) for each in patterns("承前情形")) or own[:HEAD] in before
    return own.endswith("的") or case.endswith("的")  # 民警到场前 within 符合…的; two moments stand side by side


def beside(text: str, before: str) -> bool:
    """Whether two halves tell two moments of one matter (在订立合同时，…；在领取时，…): the second is no rule for every such moment."""
    frames = [next((hit for each in patterns("时点") if (hit := each.match(half))), None) for half in (before, text)]
    return None not in frames


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


def allows(text: str) -> bool:
    """Whether a special case allows what its rule does not (可以…后尽快完成)."""
    return any(each.search(text) for each in patterns("例外许可"))


@lru_cache(maxsize=20_000)  # asked of every sentence of a paper for every line of the page
def follows(text: str) -> tuple[str, str]:
    """What is done after the rules of another article of the same paper, and which (办理境内汇款的, 第三十四条); two empty words if nothing is."""
    hit = next((hit for each in patterns("参照") if (hit := each.search(text))), None)
    return (hit[1], hit[2]) if hit else ("", "")


def cites(text: str) -> bool:
    """Whether the case of a sentence is told in another article alone (不符合本办法第三十四条要求的，…)."""
    return any(each.match(text) for each in patterns("悬条"))


def catches_rest(text: str) -> bool:
    """Whether the last item of a list only names what the others do not (其他…的)."""
    return any(each.match(text) for each in patterns("兜底"))


def hangs(text: str) -> bool:
    """Whether a sentence's case speaks of the matter of the one before (客户不需要的，…)."""
    return any(each.match(text) for each in patterns("悬空"))
