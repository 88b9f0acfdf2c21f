"""The day from which a paper applies: 自…起施行, 自印发之日起施行 (computed from the date of issue), law-database fields."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.model.outline import Field, Passage
from digest.structure.head import NOTHING
from digest.zh import days

DAY = r"(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日(?:[（(][^（）()]{1,6}[）)])?(?:\d{1,2}[:：]\d{2})?"
APPLIES = r"(?:正式|统一|全面)?(?:施行|执行|实施|生效|试行)"
FIXED = re.compile(rf"(?:自|从|于)?({DAY})起[，]?{APPLIES}(?!的)|(?:自|于)({DAY}){APPLIES}(?!的)")
# what must stand before the clause for it to speak of this paper, and not of one it cites
OWN = re.compile(
    r"(?:本|该)(?:通知|办法|规定|细则|指引|方案|制度|规程|条例|法|意见|规则|决定|解释|提示|标准|要求)[^。；，]{0,12}$"
    r"|《[^》]{1,8}》[^。；，]{0,4}$|^$|(?:予以?(?:公布|发布|印发)|印发给你们|遵照执行|审议通过|如下)，$|^[（(]?[^，。；]{0,60}(?:公布|发布)\s?$"
)
RELATIVE = re.compile(
    r"(?:自|从)?(?:本(?:通知|办法|规定|意见|指引|提示|方案|决定|细则|规程|文件))?(?:印发|发布|公布|下发|发文|签发)(?:之日|之时)?起(?:正式)?(?:施行|执行|实施|生效)"
    r"|(?:即日起)(?:施行|执行|实施|生效)|自本(?:提示|通知|办法|规定|意见|指引|方案)(?:印发|发布|公布|下发)之日起，"
)
# a notice that changes something often has no clause of its own: 自2025年11月1日起，对…实行…
CHANGES = re.compile(r"调整|规范|实行|启用|推行|统一|优化|变更|取消|停用|试点|推广")
CHANGE = re.compile(rf"自({DAY})起[，]?[^。；]{{0,24}}?(?P<word>实行|施行|执行|规范|调整|启用|推行|统一|取消|停用)")
LAUNCHES = re.compile(r"上线|切换|投产|升级|迁移|启用")
LAUNCH = re.compile(rf"({DAY})[^。；，]{{0,12}}?正式(?P<word>对外营业|对外服务|上线|投产|切换|启用|运行)")
CAMPAIGNS = re.compile(r"活动|竞赛|营销|旺季|大赛")
CAMPAIGN = re.compile(rf"活动(?:时间|期间|期限|期)[：:为是]?\s*(?:自|从)?({DAY})|^({DAY})(?:起)?(?:至|到|-|—|－|～|~)")
BY_TITLE = ((CHANGES, CHANGE), (LAUNCHES, LAUNCH), (CAMPAIGNS, CAMPAIGN))
# what begins on a day and is not simply the coming into force keeps the paper's own word; 规范, 调整, 推行 only say what the paper is about
BEGINS = frozenset({"对外营业", "对外服务", "上线", "投产", "切换", "运行", "停用"})
CAMPAIGN_WORD = "活动开始"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """The day with where it stands; ``computed`` says it was worked out from the date of issue.

    ``word`` is what begins on it in the paper's own word (对外营业), empty where it is the coming into force.
    """

    day: Field = NOTHING
    word: str = ""
    computed: bool = False


def find_effective(passages: Sequence[Passage], issued: str, title: str) -> Effective:
    """The paper's own clause, the last one if there are several; else what a title of its kind lets expect."""
    own = [found for passage in passages for found in clauses(passage, issued)]
    return own[-1] if own else by_title(passages, issued, title)


def clauses(passage: Passage, issued: str) -> list[Effective]:
    """自…起施行 of this very paper in one passage."""
    found: list[Effective] = []
    for hit in FIXED.finditer(passage.text):
        before = re.split(r"[。；]", passage.text[: hit.start()])[-1]
        if OWN.search(before) and (iso := iso_day(hit.group(1) or hit.group(2), issued)):
            found.append(Effective(day=Field(value=iso, spans=passage.spans(hit.start(), hit.end()))))
    if issued and (computed := RELATIVE.search(passage.text)):
        found.append(Effective(day=Field(value=issued, spans=passage.spans(computed.start(), computed.end())), computed=True))
    return found


def by_title(passages: Sequence[Passage], issued: str, title: str) -> Effective:
    """The first day from which a change, a launch or a campaign runs, where the title speaks of one."""
    for kind, pattern in BY_TITLE:
        if not kind.search(title):
            continue
        for passage in passages:
            hit = pattern.search(passage.text)
            if hit and (iso := iso_day(next(group for group in hit.groups() if group), issued)):
                return Effective(day=Field(value=iso, spans=passage.spans(hit.start(), hit.end())), word=word_of(hit))
    return Effective()


def word_of(hit: re.Match[str]) -> str:
    """What begins on the day, in the paper's own word; empty for the coming into force."""
    word = hit.groupdict().get("word", CAMPAIGN_WORD)
    return word if word in BEGINS or word == CAMPAIGN_WORD else ""


def iso_day(words: str, issued: str) -> str:
    """A day's words to ISO; a missing year is that of the date of issue."""
    year = int(issued[:4]) if issued else None
    day = next(days.find(words), None)
    return day.iso(year)[:10] if day else ""
