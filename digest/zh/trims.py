"""What may be left out of a sentence: the white list of trims.tsv, found as character ranges of a text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from msgspec import Struct

from digest.zh.lexicon import packaged
from digest.zh.tables import Table, merge

TABLE = Table(file="trims.tsv", columns=("类", "样式", "级", "来源"), keys=2)
LISTS = {
    "主语词": "subject",
    "套语词": "filler",
    "目的词": "aim",
    "口号动词": "slogan",
    "口号宾语": "empty",
    "成效动词": "gain",
    "成效宾语": "done",
    "成效宾语尾": "benefit",
    "目的续词": "hope",
    "例外词": "kept",
    "转发尾词": "follow",
}
FILLER = "套语"
SUBJECT = "主语"
OPENINGS = ("目的", "依据", "口号")
QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》|「[^「」]*」")
TAILS = ("空话", "目的尾")
ADVERBIAL = re.compile(r"(?:按照|根据|依据|依照|结合|通过|针对|围绕|本着)[^，]*$|^(?:对|在|以|坚持|为|立足|聚焦)[^，]*$")
KEPT = 4096  # sentences whose ranges are remembered: more than any circular has
ALWAYS = 0  # the level of what goes from every wording
ROUNDS = 4  # openings that may stand one behind another
DUTY = "(?:应当|必须|应(?!对(?!照|辖|本|客户|以下|下列|所)|[用急收付有届邀聘激酬力试战计验援声])|须(?!知)|需要(?![，。、]))"  # domain study 4.1, traps
PLACES = {
    "head": "(?<![^。；！？])",
    "clause": "(?<![^，。；：！？])",
    "end": "(?=[。；！？]|$)",
    "plain": "(?:(?![不未无非除仅只但如若])[^，。；：0-9])",
    "short": "(?:(?![不未无非除仅只但如若])[^，。；：、0-9《》“”])",
    "duty": DUTY,
    "joint": "(?:应当|不得|可以|必须|严禁|禁止)?(?:其|该|上述|前款)",
}
# one character for one, so that places stay; ASCII marks stand for the Chinese ones in many files
SAME_LENGTH = str.maketrans(",;:!?()０１２３４５６７８９％［］", "，；：！？（）0123456789%[]")


class Trim(Struct, frozen=True, kw_only=True):
    """Characters [start, end) that may be left out at ``level`` 0 (always), 1 (精简) or 2 (最简); ``kind`` names the rule."""

    start: int
    end: int
    level: int
    kind: str


class Rule(Struct, frozen=True, kw_only=True):
    """One line of the white list."""

    level: int
    kind: str
    pattern: re.Pattern[str]


@cache
def rules() -> tuple[Rule, ...]:
    """The white list, compiled."""
    rows = [row.cells for row in merge(TABLE, packaged(TABLE.file), "")]
    words: dict[str, list[str]] = {name: [] for name in LISTS.values()}
    for kind, word, _, _ in rows:
        if kind in LISTS:
            words[LISTS[kind]].append(word)
    names = PLACES | {name: "|".join(sorted(map(re.escape, found), key=lambda word: (-len(word), word))) for name, found in words.items()}
    return tuple(Rule(level=int(level), kind=kind, pattern=re.compile(fill(style, names))) for kind, style, level, _ in rows if kind not in LISTS)


@cache
def exceptions() -> re.Pattern[str]:
    """The words that say for whom or when a rule does not hold; what holds one of them never goes, not even in brackets."""
    words = (row.cells[1] for row in merge(TABLE, packaged(TABLE.file), "") if LISTS.get(row.cells[0]) == "kept")
    return re.compile("|".join(map(re.escape, words)))


def fill(style: str, names: Mapping[str, str]) -> str:
    """The pattern with its {names} put in; other braces are the pattern's own."""
    return re.sub(r"\{([a-z]+)\}", lambda found: names[found[1]], style)


def canonical(text: str) -> str:
    """The text with ASCII marks and full-width digits in one spelling, character for character."""
    return text.translate(SAME_LENGTH)


def find(text: str) -> tuple[Trim, ...]:
    """Every range that the white list lets go, in order of place; ranges may overlap.

    What stands behind an opening that may go (为…，根据…，) counts as the sentence's beginning as well.
    """
    return find_in(canonical(text))


@lru_cache(maxsize=KEPT)
def find_in(plain: str) -> tuple[Trim, ...]:
    """The same for a text in one spelling; kept, because each level and the guard ask again."""
    found = set(search(plain))
    openings: list[Trim] = []
    for _ in range(ROUNDS):
        fresh = [trim for trim in found if trim.kind in OPENINGS and trim not in openings]
        if not fresh:
            break
        openings += fresh
        found.update(search(mask(plain, openings)))
    return tuple(sorted(found, key=lambda trim: (trim.start, -trim.end, trim.level, trim.kind)))


def search(plain: str) -> Iterator[Trim]:
    """All matches of all rules, except empty ones and those inside somebody's own words or a name."""
    quoted = [hit.span() for hit in QUOTED.finditer(plain)]
    for rule in rules():
        for hit in rule.pattern.finditer(plain):
            inside = any(low < hit.start() and hit.end() < high for low, high in quoted)
            held = inside or exceptions().search(QUOTED.sub("", hit.group())) is not None
            if hit.end() > hit.start() and not held and not (rule.kind in TAILS and leans(plain, hit.start())):
                yield Trim(start=hit.start(), end=hit.end(), level=rule.level, kind=rule.kind)


def passes_on(text: str) -> bool:
    """Whether a text does nothing but pass a paper on (现将…转发给你们，请认真组织学习。): all of it goes always."""
    return any(trim.level == ALWAYS and trim.start == 0 and trim.end == len(text) for trim in find(text))


def leans(plain: str, start: int) -> bool:
    """Whether the clause before ``start`` has no verb of its own yet (应当按照各自职责，…): what follows it must stay."""
    return ADVERBIAL.search(plain[max(plain.rfind(mark, 0, start) for mark in "，。；：") + 1 : start]) is not None


def mask(plain: str, openings: Iterable[Trim]) -> str:
    """The text with openings turned into full stops, place for place."""
    signs = list(plain)
    for trim in openings:
        signs[trim.start : trim.end] = "。" * (trim.end - trim.start)
    return "".join(signs)


def without(text: str, kind: str) -> str:
    """The text without what one rule lets go."""
    return cut(text, tuple(trim for trim in find(text) if trim.kind == kind))


def cut(text: str, trims: tuple[Trim, ...]) -> str:
    """The text without the given ranges."""
    return "".join(text[start:end] for start, end in kept(len(text), trims))


def kept(length: int, trims: tuple[Trim, ...]) -> tuple[tuple[int, int], ...]:
    """The ranges of a text that stay when the given ones go."""
    ranges: list[tuple[int, int]] = []
    place = 0
    for trim in sorted(trims, key=lambda trim: (trim.start, trim.end)):
        if trim.start > place:
            ranges.append((place, trim.start))
        place = max(place, trim.end)
    if place < length:
        ranges.append((place, length))
    return tuple(ranges)
