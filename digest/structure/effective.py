"""The day from which a paper applies: 自…起施行, 自印发之日起施行 (computed from the date of issue), law-database fields."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.model.outline import Field, Passage
from digest.structure.head import NOTHING
from digest.zh import days

VERB = r"(?:正式)?(?:施行|执行|实施|生效|启用|上线|试行|试运行|实行|运行|投产|投入使用|规范|调整|推广|开展|办理|切换|开始)"
DAY = r"(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日(?:[（(][^（）()]{1,6}[）)])?(?:\d{1,2}[:：]\d{2})?"
FIXED = re.compile(rf"(?:自|从|于)?({DAY})起[，]?(?:正式|统一|全面|在[^，。；]{{1,12}})?{VERB}|(?:自|从|于)({DAY})(?:正式)?(?:施行|生效|上线|启用|投产)")
OWN = re.compile(
    r"(?:本|现)(?:通知|办法|规定|细则|指引|方案|制度|规程|条例|法|意见|规则|决定|解释|提示|标准)?(?:有关|相关)?(?:要求|规定|事项)?[^。；，]{0,12}$|《[^》]*》$|^$|现予(?:公布|发布|以发布)，$|遵照执行，$"
)
RELATIVE = re.compile(
    r"(?:自|从)?(?:本(?:通知|办法|规定|意见|指引|提示|方案|决定|细则|规程|文件))?(?:印发|发布|公布|下发|发文|签发)(?:之日|之时)?起(?:正式)?(?:施行|执行|实施|生效)|(?:即日起)(?:施行|执行|实施|生效)"
)
HISTORY = re.compile(rf"自?({DAY})起?施行")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """The day with where it stands; ``computed`` says it was worked out from the date of issue."""

    day: Field = NOTHING
    computed: bool = False


def find_effective(passages: Sequence[Passage], issued: str) -> Effective:
    """The best statement of the day: of this paper itself before that of a detail; the last one where several are equal."""
    best: tuple[int, Effective] = (0, Effective())
    for passage in passages:
        for rank, found in statements(passage, issued):
            if rank >= best[0]:
                best = (rank, found)
    return best[1]


def statements(passage: Passage, issued: str) -> list[tuple[int, Effective]]:
    """All statements of one passage with their rank."""
    found: list[tuple[int, Effective]] = []
    for hit in FIXED.finditer(passage.text):
        words = hit.group(1) or hit.group(2)
        iso = iso_day(words, issued)
        if iso:
            found.append((rank_of(passage.text, hit), Effective(day=Field(value=iso, spans=passage.spans(hit.start(), hit.end())))))
    if issued and (computed := RELATIVE.search(passage.text)):
        day = Field(value=issued, spans=passage.spans(computed.start(), computed.end()))
        found.append((3, Effective(day=day, computed=True)))
    return found


def iso_day(words: str, issued: str) -> str:
    """A day's words to ISO; a missing year is that of the date of issue."""
    year = int(issued[:4]) if issued else None
    day = next(days.find(words), None)
    return day.iso(year)[:10] if day else ""


def rank_of(text: str, hit: re.Match[str]) -> int:
    """3 for the paper's own clause, 2 for 施行 of something, 1 for a detail that begins then."""
    before = re.split(r"[。；]", text[: hit.start()])[-1]
    verb = hit.group().rstrip()
    if verb.endswith(("施行", "执行", "实施", "生效", "试行")):
        return 3 if OWN.search(before) else 2
    return 1
