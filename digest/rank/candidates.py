"""Which units may go on the sheet at all, and why not."""

import re

from digest.model.outline import SentenceKind, Zone
from digest.model.ranking import Audience
from digest.rank.view import View
from digest.zh import clauses, trims

FORM = 30  # characters; longer lines say something
COLONS = ("：", ":", "通知如下。", "事项如下。")  # what is said stands behind it
STOPS = ("。", "；", "：", "！", ";")
DIGIT = re.compile(r"[0-9]")
SAYING = frozenset({"duty", "strong", "ask", "ban", "only", "permission", "deadline", "limit", "effect", "repeal", "change", "retention"})
ASKING = frozenset({"duty", "strong", "ask", "ban", "only", "permission", "repeal", "effect", "contact"})
KEEP_WORDS = frozenset({"ban", "deadline", "limit", "effect", "repeal", "contact", "retention"})
TOLD_TO_DO = frozenset({"duty", "strong", "ask", "ban", "only", "permission"})
DATED = frozenset({"effect", "deadline"})
SAYING_MORE = KEEP_WORDS | {"check", "record", "control", "report", "serve", "ask"}
SLOGANS_ALONE = frozenset({"slogan", "praise", "greeting", "purpose"})
WORDY = re.compile(r"(?:[^\u4e00-\u9fffA-Za-z0-9]*[\u4e00-\u9fffA-Za-z0-9]){4}")  # characters that a unit has at least
EXAMPLE = re.compile(r"(?:例如|比如|譬如)[，,：:]?")
# points below which others' duty is no candidate: mean of unmarked units on train; the office's own work (系统改造, 话术优化) is told with numbers and days
# others' duty whose subject stands only in the sentence before is read as ours on paper: a higher bar, which costs dev 0.001
UNNAMED = 12.0
OTHERS = {Audience.OTHER_INDUSTRY: 4.0, Audience.REGULATOR: 4.0, Audience.HEAD_OFFICE: 14.0}


def why_not(view: View) -> str:
    """The reason in Chinese why a unit is no line, whoever's duty it is; empty if it may be one."""
    kinds = view.classes
    if view.kind is SentenceKind.HEADING:
        return "标题"
    if hollow := says_nothing(view):
        return hollow
    if tells_story(view, kinds):
        return "案情、宣传叙述"
    if view.zone is Zone.SAMPLE:
        return "合同或章程范本"
    if view.zone is Zone.OPENING and not kinds & KEEP_WORDS:
        return "缘由、依据套语"
    if is_slogan(view, kinds):
        return "口号或套语"
    if "discipline" in kinds and not kinds & TOLD_TO_DO:
        return "内部扣罚、问责，不是要做的事"
    if "scope" in kinds and not kinds & KEEP_WORDS and not clauses.explains(view.text):
        return "适用范围、解释权等套语"
    return ""


def not_ours(view: View, worth: float) -> str:
    """The reason why a unit of that worth is no candidate as somebody else's duty; empty if it is none, or worth telling all the same."""
    if worth < (UNNAMED if view.whose.inherited and view.audience in OTHERS else OTHERS.get(view.audience, worth)):
        return f"不是网点的职责（{view.whose.actor}）"
    return ""


def is_slogan(view: View, kinds: frozenset[str]) -> bool:
    """Whether a unit only exhorts, praises or tells a purpose.

    An item's purpose is a case (为订立合同所必需), and a case with its duty says something (加强监控，发现挪用的，应要求提前归还).
    """
    if not kinds & (SLOGANS_ALONE - {"purpose"} if view.stem else SLOGANS_ALONE) or ("的，" in view.plain and kinds & TOLD_TO_DO):
        return False
    return not (kinds | view.stem_classes) & SAYING_MORE


def says_nothing(view: View) -> str:
    """The reason why a unit says nothing by itself; empty if it does."""
    if WORDY.match(view.text) is None:
        return "字太少"
    if EXAMPLE.match(view.text):
        return "举例"
    if view.text.rstrip().endswith(COLONS) and not view.classes & DATED:
        return "只是引语，要点在下面各项"
    if trims.passes_on(view.text):
        return "转发套语"
    return "表单栏目或名称" if is_form(view) else ""


def is_form(view: View) -> bool:
    """A blank to fill in or a bare name: short, no full stop, and no word that asks, bars or measures anything."""
    return len(view.text) <= FORM and not view.stem and not view.text.rstrip().endswith(STOPS) and not view.classes & SAYING and not DIGIT.search(view.text)


def tells_story(view: View, kinds: frozenset[str]) -> bool:
    """What happened to somebody, once: a case or a report, not a rule; what swindlers forbid their victims is no ban of ours."""
    case = view.zone is Zone.CASE
    told = case or "story" in kinds or "praise" in kinds
    return told and (not kinds & ASKING or (case and view.audience is not Audience.BRANCH))
