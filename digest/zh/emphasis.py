"""What to set bold on a page: negations, figures with their units, days; by data, and never more than a tenth of the text.

Of the figures of a line those that decide come first (不得低于2万元, 30分钟内), then standards, then what only describes (10元及以下小面额, or a
case); figures said side by side are all bold or none is.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from digest.zh.lexicon import alternatives, expression, packaged
from digest.zh.tables import Table, merge

TABLE = Table(file="emphasis.tsv", columns=("类", "词", "优先", "来源"), keys=2)
SHARE = 0.10  # domain study 3.3: emphasis beyond 10-15 % of the characters stops working
LONGEST = 10  # and each place at most ten characters
# neither the 1 of R1级 nor the 一户 of 同一户名 is a figure
NUMBER = (
    r"(?:(?<![A-Za-z\d])\d+(?:,\d{3})*(?:[.:：]\d+)?[千百]?[万亿]?"
    r"|(?<![同统唯第任])[一二两三四五六七八九十百]+(?=个?工作日|小时|分钟|个月|年|天|张|份|枚|户|名|次))"
)
PART = re.compile(r"[次个]性|次[要数]")  # 一次性 is one word and no figure
REFUSES = "拒绝"
BAN, ACT = 0, 1  # ranks of the words of negation: what forbids, and what only stops or refuses
QUOTED = re.compile(r"“[^”]*”")
JOINT = re.compile(r"[、和或至到及与]")  # between figures: they are said side by side
APART = re.compile(r"[，。；：]")
BRACKET = re.compile(r"（[^（）]{1,6}）")
LONGEST_JOINT = 14  # characters between two figures of one kind, said side by side
MOST_TOGETHER = 18  # characters of figures side by side; longer ones leave their bounds off
LOOK = 10  # characters before and behind a figure that tell its rank
DIGIT = re.compile(r"[\d一二两三四五六七八九十百]")
LATER = 1  # turns that a figure waits which only describes
CASE = re.compile(r"[^，。；：]*(?:的|时|后|情况下|情形下)[，：]")  # behind a figure: the clause is a case
FIGURE, DESCRIBES = 1, 2  # the class of figures; the rank of those that only describe
Range = tuple[int, int]


@cache
def words(kind: str) -> str:
    """The words of one class as alternatives, longest first."""
    return alternatives(TABLE, kind)


@cache
def form(kind: str) -> re.Pattern[str]:
    """The patterns of one class (…式) as one."""
    return expression(TABLE, kind)


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
    spoken = [hit.span() for hit in (*QUOTED.finditer(text), *names().finditer(text))]
    for priority, pattern in patterns():
        for hit in pattern.finditer(text):
            if PART.match(text, hit.end() - 1) or (priority < FIGURE and (names_case(text, hit) or not ours(text, hit))):
                continue
            if priority < FIGURE and any(low <= hit.start() < high for low, high in spoken):
                continue
            start, end = shortened(text, hit.start(), hit.end())
            if end > start and all(end <= low or start >= high for low, high, _ in taken):
                taken.append((start, end, priority))
    return tuple(sorted(taken))


def names_case(text: str, hit: re.Match[str]) -> bool:
    """Whether a word of negation stands in a case or a right and forbids nothing (不能解决的，…; 拒绝不合理要求的权利)."""
    clause_end = APART.search(text, hit.end())
    rest = text[hit.end() : clause_end.start() if clause_end else len(text)]
    return re.fullmatch(words("条件字样"), hit.group()) is not None and re.search(rf"(?:的|{words('权利')})$", rest) is not None


def ours(text: str, hit: re.Match[str]) -> bool:
    """Whether a word of negation tells us to stop or refuse: not what the customer refuses, nor what the clause has already forbidden (不得…拒绝)."""
    if hit.group() not in acts():
        return True
    before = text[: hit.start()]
    if hit.group() == REFUSES and not form("自己拒绝式").search(before):
        return False
    clause = APART.split(before)[-1]
    return not any(word in clause for word in bans())


@cache
def bans() -> frozenset[str]:
    """The words that forbid."""
    return ranked(BAN)


@cache
def acts() -> frozenset[str]:
    """The words that only stop or refuse."""
    return ranked(ACT)


def ranked(rank: int) -> frozenset[str]:
    """The words of negation of one rank."""
    return frozenset(row.cells[1] for row in merge(TABLE, packaged(TABLE.file), "") if row.cells[0] == "否定" and row.cells[2] == str(rank))


@cache
def names() -> re.Pattern[str]:
    """Phrases in which a word of negation only names something (停用之日, 拒绝证明, 不可篡改性)."""
    return re.compile(rf"{words('不加粗')}|{form('不加粗式').pattern}")


@cache
def marks(kind: str, rank: int) -> re.Pattern[str]:
    """What gives a figure a rank: words before its number (前文), or what begins behind its unit (后文)."""
    found = [row.cells[1] for row in merge(TABLE, packaged(TABLE.file), "") if row.cells[0] == kind and row.cells[2] == str(rank)]
    listed = "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?:{listed})[^，。；：\d]{{0,3}}$" if kind == "前文" else rf"(?:{listed})")


@lru_cache(maxsize=4_000)
def rank_of(text: str, start: int, end: int) -> int:
    """0 for a figure that decides (a bound, a deadline), 1 for a standard or a case, 2 for one that only describes."""
    number = first_digit(text, (start, end))
    if marks("前文", DESCRIBES).search(text, max(0, number - LOOK), number) or marks("后文", DESCRIBES).match(behind(text, (start, end))):
        return DESCRIBES
    decides = bounded(text, (start, end)) or limiting(text, (start, end))
    return 0 if decides and not CASE.match(text, end) else 1


def first_digit(text: str, place: Range) -> int:
    """Where a figure's number begins, behind the bound that is bold with it."""
    core = DIGIT.search(text, *place)
    return core.start() if core else place[0]


def behind(text: str, place: Range) -> str:
    """What stands behind a figure's number and unit, or its day, the bound that is bold with it included."""
    known = whole().match(text, first_digit(text, place))
    end = known.end() if known else place[1]
    return text[end : end + LOOK]


@cache
def whole() -> re.Pattern[str]:
    """A day, a time, or a number with its unit."""
    return re.compile(rf"(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日|\d{{1,2}}[:：]\d{{2}}|{NUMBER}\s?(?:{words('单位')})?")


def bounded(text: str, place: Range) -> bool:
    """Whether a bound stands before a figure (不得低于2万元, 至少保留1家)."""
    number = first_digit(text, place)
    return marks("前文", 0).search(text, max(0, number - LOOK), number) is not None


def limiting(text: str, place: Range) -> bool:
    """Whether a figure is a deadline (30分钟内, 17:30前)."""
    return marks("后文", 0).match(behind(text, place)) is not None


def shortened(text: str, start: int, end: int) -> Range:
    """A place cut to the longest allowed: the bound in front or the year goes first; nothing if it is still too long."""
    if end - start <= LONGEST:
        return start, end
    whole = text[start:end]
    inner = re.search(r"\d{1,2}月\d{1,2}日", whole) or re.search(rf"{NUMBER}\s?(?:{words('单位')})", whole)
    return (start + inner.start(), start + inner.end()) if inner and inner.end() - inner.start() <= LONGEST else (start, start)


def choose(texts: Sequence[str], share: float = SHARE) -> tuple[tuple[Range, ...], ...]:
    """Ranges to set bold in each of a page's lines: all together at most ``share`` of the page's characters.

    First every line's first negation, then the figures that decide in it, then the rest, until the measure is full.
    """
    left = int(share * sum(len(text) for text in texts))
    found: list[list[Range]] = [[] for _ in texts]
    refused: set[int] = set()
    for (_, priority, _), line, places in sorted(wishes(texts)):
        wanted = sum(end - start for start, end in places)
        if priority == FIGURE and line in refused:
            continue  # 10元 must not stand out where 不得低于2万元 found no room
        if wanted <= left:
            left -= wanted
            found[line] += places
        elif priority == FIGURE:
            refused.add(line)
    return tuple(tuple(sorted(ranges)) for ranges in found)


def wishes(texts: Sequence[str]) -> Iterator[tuple[tuple[int, int, int], int, tuple[Range, ...]]]:
    """Every candidate, or those that go together, with its urgency: its turn within its line and class, then class and rank."""
    for line, text in enumerate(texts):
        for priority in range(len(patterns())):
            alone = tuple(sorted((int(text[start:end] in acts()), ((start, end),)) for start, end, found in candidates(text) if found == priority))
            groups = figures(text) if priority == FIGURE else alone
            for turn, (rank, places) in enumerate(groups):
                yield (turn + (LATER if rank == DESCRIBES else 0), priority, rank), line, places


@lru_cache(maxsize=1_000)
def figures(text: str) -> tuple[tuple[int, tuple[Range, ...]], ...]:
    """A text's figures with their rank, those that decide first; figures said side by side go together."""
    known = [(start, end, rank_of(text, start, end)) for start, end, priority in candidates(text) if priority == FIGURE]
    places = [(start, end) for start, end, rank in known if rank != DESCRIBES]
    groups: list[list[Range]] = [[place] for place in places[:1]]
    for before, place in pairwise(places):
        if side_by_side(text, before, place):
            groups[-1].append(place)
        else:
            groups.append([place])
    found = [(min(rank_of(text, *place) for place in group), together(text, group)) for group in groups]
    found += [(rank, ((start, end),)) for start, end, rank in known if rank == DESCRIBES]
    return tuple(sorted(found, key=lambda each: (each[0], each[1])))


def side_by_side(text: str, one: Range, other: Range) -> bool:
    """Whether two figures are said side by side: 9:00、17:00; a day and its hour; three limits in a row; two bounds of one sentence."""
    between = text[one[1] : other[0]]
    if between == "" or BRACKET.fullmatch(between):
        return True  # 10月18日17:30前, 10月14日（周二）12:00前
    both, same = bounded(text, one) and bounded(text, other), unit_of(text, one) == unit_of(text, other)
    if rank_of(text, *one) == rank_of(text, *other) == 0 and both and (same or not re.search(r"[。；：]", between)):
        return len(between) <= LONGEST_JOINT * 2
    if APART.search(between) or not JOINT.search(between):
        return False
    alike = same or both or (limiting(text, one) and limiting(text, other))
    return between in ("、", "和", "或", "至", "到", "或者") or (len(between) <= LONGEST_JOINT and alike)


def unit_of(text: str, place: Range) -> str:
    """A figure's unit, amounts of any size as one; clock times as one."""
    said = text[slice(*place)]
    if re.search(r"\d[:：]\d", said):
        return "时刻"
    found = re.search(rf"{NUMBER}\s?({words('单位')})", said)
    return found[1].lstrip("万亿千百") if found else said


def together(text: str, group: Sequence[Range]) -> tuple[Range, ...]:
    """Places that go together; without their bounds where they are too long."""
    if len(group) < 2 or sum(end - start for start, end in group) <= MOST_TOGETHER:
        return tuple(group)
    core = re.compile(rf"\d{{1,2}}月\d{{1,2}}日|(?<![\d年月]){NUMBER}\s?(?:{words('单位')})(?!\d)")
    cores = [(start, core.search(text[start:end])) for start, end in group]
    return tuple((start + hit.start(), start + hit.end()) if hit else place for (start, hit), place in zip(cores, group, strict=True))


def ranges(text: str, share: float = SHARE) -> tuple[Range, ...]:
    """Ranges to set bold in one text taken by itself."""
    return choose((text,), share)[0]
