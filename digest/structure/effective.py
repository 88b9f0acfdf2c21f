"""The day from which a paper applies: 自…起施行, 自印发之日起施行 (computed from the date of issue), law-database fields."""

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from digest.model.outline import Field, Passage
from digest.structure.head import NOTHING
from digest.zh import days
from digest.zh.lexicon import alternatives
from digest.zh.tables import Table

DAY = r"(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日(?:[（(][^（）()]{1,6}[）)])?(?:\d{1,2}[:：]\d{2})?"
TABLE = Table(file="effective.tsv", columns=("类", "词", "来源"), keys=2)
CAMPAIGN_WORD = "活动开始"


def words(kind: str) -> str:
    """The words of one class as alternatives."""
    return f"(?:{alternatives(TABLE, kind)})"


class Forms(Struct, frozen=True):
    """How a day is said from which a paper applies. ``own`` stands before the clause where it speaks of this paper, and not of one it cites.

    ``by_title`` is for a notice that has no clause of its own: what its title speaks of, and the day that it then looks for.
    """

    fixed: re.Pattern[str]
    own: re.Pattern[str]
    relative: re.Pattern[str]
    by_title: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    begins: re.Pattern[str]  # what begins on a day and keeps the paper's own word; 规范, 调整 only say what the paper is about


@cache
def forms() -> Forms:
    """The patterns, made once."""
    applies, named, issued = f"{words('生效前')}?{words('生效')}", words("自称"), words("印发")
    return Forms(
        fixed=re.compile(rf"(?:自|从|于)?({DAY})起[，]?{applies}(?!的)|(?:自|于)({DAY}){applies}(?!的)"),
        own=re.compile(
            rf"(?:本|该){named}[^。；，]{{0,12}}$|《[^》]{{1,8}}》[^。；，]{{0,4}}$|^$|{words('前句')}，$|^[（(]?[^，。；]{{0,60}}{words('公布')}\s?$"
        ),
        relative=re.compile(
            rf"(?:自|从)?(?:本(?:{named}|文件))?{issued}(?:之日|之时)?起{words('生效前')}?{words('生效')}|即日起{words('生效')}|自本{named}{issued}之日起，"
        ),
        by_title=(
            (re.compile(words("变化题")), re.compile(rf"自({DAY})起[，]?[^。；]{{0,24}}?(?P<word>{words('变化词')})")),
            (re.compile(words("上线题")), re.compile(rf"({DAY})[^。；，]{{0,12}}?正式(?P<word>{words('上线词')})")),
            (re.compile(words("活动题")), re.compile(rf"{words('活动期')}[：:为是]?\s*(?:自|从)?({DAY})|^({DAY})(?:起)?(?:至|到|-|—|－|～|~)")),
        ),
        begins=re.compile(words("照印")),
    )


class Effective(Struct, frozen=True, kw_only=True):
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
    for hit in forms().fixed.finditer(passage.text):
        before = re.split(r"[。；]", passage.text[: hit.start()])[-1]
        if forms().own.search(before) and (iso := iso_day(hit.group(1) or hit.group(2), issued)):
            found.append(Effective(day=Field(value=iso, spans=passage.spans(hit.start(), hit.end()))))
    if issued and (computed := forms().relative.search(passage.text)):
        found.append(Effective(day=Field(value=issued, spans=passage.spans(computed.start(), computed.end())), computed=True))
    return found


def by_title(passages: Sequence[Passage], issued: str, title: str) -> Effective:
    """The first day from which a change, a launch or a campaign runs, where the title speaks of one."""
    for kind, pattern in forms().by_title:
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
    return word if forms().begins.fullmatch(word) or word == CAMPAIGN_WORD else ""


def iso_day(words: str, issued: str) -> str:
    """A day's words to ISO; a missing year is that of the date of issue."""
    year = int(issued[:4]) if issued else None
    day = next(days.find(words), None)
    return day.iso(year)[:10] if day else ""
