"""What to set bold on a page: negations, figures with their units, days; by data, and never more than a tenth of the text."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby

from digest.zh.lexicon import alternatives
from digest.zh.tables import Table

TABLE = Table(file="emphasis.tsv", columns=("类", "词", "优先", "来源"), keys=2)
SHARE = 0.10  # domain study 3.3: emphasis beyond 10-15 % of the characters stops working
LONGEST = 10  # and each place at most ten characters
# neither the 1 of R1级 nor the 一户 of 同一户名 is a figure
NUMBER = (
    r"(?:(?<![A-Za-z\d])\d+(?:,\d{3})*(?:[.:：]\d+)?[千百]?[万亿]?"
    r"|(?<![同统唯第任])[一二两三四五六七八九十百]+(?=个?工作日|小时|分钟|个月|年|天|张|份|枚|户|名|次))"
)
PART = re.compile(r"[次个]性|次[要数]")  # 一次性 is one word and no figure
ASKED_FOR = re.compile(r"(?:客户|消费者|本人)[^，。；、]{0,6}$")  # what the customer refuses is no ban of ours
Range = tuple[int, int]


@cache
def words(kind: str) -> str:
    """The words of one class as alternatives, longest first."""
    return alternatives(TABLE, kind)


@cache
def patterns() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """What to look for, most important first."""
    unit, front, behind = words("单位"), words("前界"), words("后界")
    figure = rf"(?:{front})?{NUMBER}\s?(?:{unit})(?:{behind})?"
    day = rf"(?:\d{{1,2}}月\d{{1,2}}日|\d{{1,2}}[:：]\d{{2}})(?:{behind})?"
    bare = rf"(?:\d{{4}}年)?{day}|{figure}|{NUMBER}\s?(?:{unit})"
    return (0, re.compile(rf"(?:{words('否定')})(?!超过|低于|少于|高于|多于|晚于|早于)")), (1, re.compile(bare)), (2, re.compile(words("词")))


@lru_cache(maxsize=1_000)  # a line is looked at again for every trial of a page
def candidates(text: str) -> tuple[tuple[int, int, int], ...]:
    """(start, end, priority) of everything worth bold type, without overlaps, in order of place."""
    taken: list[tuple[int, int, int]] = []
    for priority, pattern in patterns():
        for hit in pattern.finditer(text):
            if PART.match(text, hit.end() - 1) or (hit.group() == "拒绝" and ASKED_FOR.search(text, 0, hit.start())):
                continue
            start, end = shortened(text, hit.start(), hit.end())
            if end > start and all(end <= low or start >= high for low, high, _ in taken):
                taken.append((start, end, priority))
    return tuple(sorted(taken))


def shortened(text: str, start: int, end: int) -> Range:
    """A place cut to the longest allowed: the bound in front or the year goes first; nothing if it is still too long."""
    if end - start <= LONGEST:
        return start, end
    whole = text[start:end]
    inner = re.search(r"\d{1,2}月\d{1,2}日", whole) or re.search(rf"{NUMBER}\s?(?:{words('单位')})", whole)
    return (start + inner.start(), start + inner.end()) if inner and inner.end() - inner.start() <= LONGEST else (start, start)


def choose(texts: Sequence[str], share: float = SHARE) -> tuple[tuple[Range, ...], ...]:
    """Ranges to set bold in each of a page's lines: all together at most ``share`` of the page's characters.

    First every line's first negation, then its first figure, then the rest, until the measure is full.
    """
    left = int(share * sum(len(text) for text in texts))
    found: list[list[Range]] = [[] for _ in texts]
    for _, line, start, end in sorted(wishes(texts)):
        if end - start <= left:
            left -= end - start
            found[line].append((start, end))
    return tuple(tuple(sorted(ranges)) for ranges in found)


def wishes(texts: Sequence[str]) -> Iterator[tuple[tuple[int, int], int, int, int]]:
    """Every candidate with its urgency: its turn within its line and class, then the class."""
    for line, text in enumerate(texts):
        ordered = sorted(candidates(text), key=lambda found: (found[2], found[0]))
        for priority, group in groupby(ordered, key=lambda found: found[2]):
            for turn, (start, end, _) in enumerate(group):
                yield (turn, priority), line, start, end


def ranges(text: str, share: float = SHARE) -> tuple[Range, ...]:
    """Ranges to set bold in one text taken by itself."""
    return choose((text,), share)[0]
