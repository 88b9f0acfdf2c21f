"""Is an edited wording still what the source says? Source and wording in, the deviations in the user's Chinese out."""

import re
from functools import lru_cache

from msgspec import Struct

from digest.zh import guard

KEPT = 4096  # wordings whose answer is remembered: the same ones are asked about at every redraw
# words that bind what follows to what stands before; a split in front of them tears a rule from its exception or condition
BOUND = re.compile(r"[，。；：、\s]*(?:但|除|其(?!他)|该|上述|前述|否则|不过|确需|确有|特殊|情况|情形|以上|此外|同时)|.*(?:除外|以外|另有规定)")
QUOTED = re.compile("“([^“”]+)”")
MOST_MESSAGES = 6


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that changed: its kind for programs, the sentence for the manager, the words of the source."""

    kind: str
    message: str
    evidence: str


@lru_cache(maxsize=KEPT)
def check(source: str, wording: str) -> tuple[Finding, ...]:
    """What a wording changed of its source; a line of one's own has no source and can change nothing."""
    if not source or wording == source:
        return ()
    violations = guard.violations(source, wording)
    figures = [each.evidence for each in violations if each.kind == "number"]
    told = [each for each in violations if each.kind != "bound" or not any(each.evidence in figure for figure in figures)]  # one change, told once
    found = [Finding(kind=each.kind, message=whole(each.message, source + "\n" + wording), evidence=each.evidence) for each in told]
    added = [run for run in guard.foreign(source, wording) if not any(run in each.message for each in found)]
    found += [Finding(kind="foreign", message=f"原文没有这些字：“{run}”", evidence=run) for run in added]
    return tuple(found[:MOST_MESSAGES])


def whole(message: str, texts: str) -> str:
    """A message whose quotes keep the 不 that stands before them everywhere: “少于30个” alone would read as its opposite."""
    return QUOTED.sub(lambda hit: f"“不{hit[1]}”" if 0 < texts.count(hit[1]) == texts.count(f"不{hit[1]}") else hit[0], message)


def check_cell(source: str, before: str, wording: str) -> tuple[Finding, ...]:
    """What a cell of the numbers table changed: it must keep the figures it had, in words of the source."""
    if not source or wording == before:
        return ()
    found = [Finding(kind=each.kind, message=each.message, evidence=each.evidence) for each in guard.violations(before, wording)]
    if not found and not guard.is_subsequence(source, wording):
        found.append(Finding(kind="foreign", message=f"“{wording}”不是原文的话", evidence=wording))
    return tuple(found[:MOST_MESSAGES])


def torn(before: str, behind: str) -> tuple[Finding, ...]:
    """Whether cutting a line here leaves an exception, a condition or a list's items without what they belong to."""
    if BOUND.match(behind):
        return (Finding(kind="exception", message=f"拆开后，后半句“{behind[:12]}…”离开了它限定的规定", evidence=behind[:12]),)
    if "：" in before and not before.rstrip().endswith("。") and "。" not in before.rsplit("：", 1)[1]:
        return (Finding(kind="condition", message="拆开后，后面的列举项离开了引语", evidence=before[-12:]),)
    if re.search(r"(?:的|时|后|前|如|若)[，,]\s*$", before):
        return (Finding(kind="condition", message=f"拆开后，条件“…{before[-12:].strip()}”与它的结果分了家", evidence=before[-12:]),)
    return ()
