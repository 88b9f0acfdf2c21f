"""Which units may go on the sheet at all, and why not."""

import re

from digest.model.outline import SentenceKind, Zone
from digest.model.ranking import Audience
from digest.rank.view import View

KEEP_WORDS = frozenset({"ban", "deadline", "limit", "effect", "repeal", "contact", "retention"})
SLOGANS_ALONE = frozenset({"slogan", "praise", "greeting", "purpose"})
WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
FEWEST = 4
LEAST = 4.0  # points below which another trade's or the regulator's duty is no candidate: mean of unmarked units on train


def why_not(view: View, worth: float) -> str:
    """The reason in Chinese why a unit is no candidate; empty if it is one."""
    kinds = view.kinds()
    if view.kind is SentenceKind.HEADING:
        return "标题"
    if len(WORD.findall(view.text)) < FEWEST:
        return "字太少"
    if view.zone is Zone.SAMPLE:
        return "合同或章程范本"
    if view.zone is Zone.OPENING and not kinds & KEEP_WORDS:
        return "缘由、依据套语"
    if kinds & SLOGANS_ALONE and not kinds & (KEEP_WORDS | {"check", "record", "control", "report", "serve", "ask"}):
        return "口号或套语"
    if "scope" in kinds and not kinds & KEEP_WORDS:
        return "适用范围、解释权等套语"
    if worth < LEAST and view.audience in (Audience.OTHER_INDUSTRY, Audience.REGULATOR) and not view.whose.inherited:
        return f"不是网点的职责（{view.whose.actor}）"
    return ""
