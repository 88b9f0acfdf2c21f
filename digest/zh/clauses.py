"""A sentence's clauses: where each stands, and whether it asks, forbids, allows, or only says when (clauses.tsv)."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache

from msgspec import Struct

from digest.zh import trims
from digest.zh.brackets import blanked
from digest.zh.lexicon import alternatives, expression
from digest.zh.tables import Table

TABLE = Table(file="clauses.tsv", columns=("类", "词", "来源"), keys=2)
# a comma between the thousands of one number (10,000元), which ends no clause
THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+)(?!\d|,\d)")
RIGHT_LONG = 2  # characters of the word that ends a line of rights
LONGEST_NAME = 10  # characters of a first clause that only names the matter, its comma included
LONGEST_MEANING = 60  # characters of a sentence that explains a word and can come along with what the word stands in
SEGMENT = re.compile(r"[^。；！？]+[。；！？]*")
CLAUSE = re.compile(r"[^，：]+[，：]*")
BOUND = re.compile(r"(?:超过|达到|不足|低于|高于|少于|多于)[^，。；：]{0,6}\d[\d.,]*[^，。；：\d]{0,4}$")  # 系统无响应超过15分钟 is a case without 的
DUTY = rf"(?<![相对反响供适感效呼顺无毋不]){trims.DUTY}"  # neither 响应 nor 无须
AT_ONCE = "当[场日面天即]"  # 当场办结 begins with no 当…
MAY = "(?<![许认不尚大便即方才只])可(?![能疑靠行追转信见])"  # domain study 4.1, traps


class Sort(StrEnum):
    """What a clause does."""

    BAN = "ban"
    DUTY = "duty"
    MAY = "may"
    CASE = "case"  # says when, for whom, on what condition
    PLAIN = "plain"


class Clause(Struct, frozen=True, kw_only=True):
    """Characters [start, end) of a text, its mark included; ``word`` is where the word that makes it a duty or a ban begins."""

    start: int
    end: int
    sort: Sort
    word: int


@cache
def words(kind: str) -> str:
    """The words of one class as alternatives, longest first."""
    return alternatives(TABLE, kind)


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """What tells a sort; a ban before a bound (不得超过3天) is a standard, which asks."""
    ban = rf"(?!{words('非禁止')})(?:{words('禁止')})(?!{words('界限')}|不)"
    made = {
        Sort.BAN: ban,
        Sort.DUTY: rf"{DUTY}|{words('应当')}|(?:{words('禁止')})(?={words('界限')})",
        Sort.MAY: rf"{MAY}|{words('可以')}",
        "case": rf"(?:{words('条件尾')})$|^(?!{AT_ONCE})(?:{words('条件头')})",
        "prompt": rf"(?:{words('祈使')})",
    }
    return re.compile(made[kind])


@lru_cache(maxsize=4096)
def masked(text: str) -> str:
    """The text with names, quotations and brackets blanked out, place for place; a comma within a number stays ASCII and cuts nothing."""
    parts = THOUSANDS.split(text)
    parts[1::2] = [trims.canonical(number).replace("，", ",") for number in parts[1::2]]
    parts[::2] = map(trims.canonical, parts[::2])
    return blanked("".join(parts))


@lru_cache(maxsize=4096)
def segments(plain: str) -> tuple[tuple[Clause, ...], ...]:
    """The clauses of a masked text, grouped between full stops and semicolons."""
    return tuple(tuple(clauses(plain, hit.start(), hit.end())) for hit in SEGMENT.finditer(plain))


def clauses(plain: str, start: int, end: int) -> Iterator[Clause]:
    """The clauses of one segment."""
    for hit in CLAUSE.finditer(plain, start, end):
        sort, word = sort_of(hit.group())
        yield Clause(start=hit.start(), end=hit.end(), sort=sort, word=hit.start() + word)


def sort_of(clause: str) -> tuple[Sort, int]:
    """What one clause does, by the first word that tells; and where that word begins."""
    bare = clause.rstrip("，：。；！？")
    found = [(hit.start(), sort) for sort in (Sort.BAN, Sort.DUTY, Sort.MAY) if (hit := pattern(sort).search(bare))]
    if (pattern("case").search(bare) and not any(sort is Sort.BAN for _, sort in found)) or (not found and BOUND.search(bare)):
        return Sort.CASE, len(bare)
    place, sort = min(found, default=(len(bare), Sort.PLAIN))
    if sort is Sort.PLAIN and pattern("prompt").match(bare):
        return Sort.DUTY, 0
    return sort, place


def forbids(text: str) -> bool:
    """Whether a text holds a ban that is no mere bound of a number."""
    return pattern(Sort.BAN).search(masked(text)) is not None


def confides(text: str) -> bool:
    """Whether a text says that outsiders must not be told what it says (上述口径不得向客户透露); not that anybody's secrets are kept in general."""
    return confiding().search(text) is not None


@cache
def confiding() -> re.Pattern[str]:
    """How a sentence says that outsiders must not know."""
    return expression(TABLE, "内部式")


def stops(text: str) -> bool:
    """Whether a clause says that a business stops (暂停办理开户), no case and no name (停用凭证，…; 暂停期间)."""
    plain = masked(text)
    found = (plain[clause.start : clause.end] for segment in segments(plain) for clause in segment if clause.sort is not Sort.CASE)
    return any(stopping().search(said) for said in found)


@cache
def stopping() -> re.Pattern[str]:
    """A word of stopping with its business behind it, or before it at the clause's end."""
    stop = words("停办")
    return re.compile(
        rf"(?:{words('拒办')})(?!的|{words('停办名')})|(?:{stop})(?!{words('停办名')}|[，。；：]|$)|[^，。；：、和与及或]{{2}}(?:{stop})(?=[，。；：]|$)"
    )


def asks(text: str) -> bool:
    """Whether a clause of a text asks for something; the members of a list of what is forbidden do not."""
    plain = masked(text)
    if re.search(words("权利尾"), plain.rstrip("。；，")[-RIGHT_LONG:]):
        return False
    stem = plain.partition("：")[0] if "：" in plain else ""
    if stem and pattern(Sort.BAN).search(stem) and not pattern(Sort.DUTY).search(stem):
        return False
    return any(clause.sort is Sort.DUTY for segment in segments(plain) for clause in segment)


def explains(text: str) -> str:
    """The word that a short sentence explains (本办法所称非自然人，包括…); empty if it is no such sentence."""
    hit = re.search(rf"(?:{words('所称')})(?P<term>[^，。；：]{{2,12}}?)，?(?:是指|包括|系指)", text) if len(text) <= LONGEST_MEANING else None
    return hit["term"] if hit else ""


def leading(text: str) -> Sort:
    """What a text does first: the sort of its first clause that is more than a case; plain where none tells."""
    sorts = [clause.sort for segment in segments(masked(text)) for clause in segment]
    return next((sort for sort in sorts if sort in (Sort.BAN, Sort.DUTY, Sort.MAY)), Sort.PLAIN)


def prohibits(text: str) -> bool:
    """Whether a text forbids at all, be it in other words than 不得 (不再, 仅限); what one cannot (不能还款) is no ban beside a duty."""
    plain = masked(text)
    weak = all(re.fullmatch(words("弱禁止"), hit.group()) for hit in barring().finditer(plain))
    return forbids(text) or not weak or (barring().search(plain) is not None and not asks(text))


@cache
def barring() -> re.Pattern[str]:
    """A ban in other words than 不得 (不再, 仅限), none of which only begins another word (不可抗力)."""
    return re.compile(rf"(?!{words('非禁止')})(?:{words('等于禁止')})")


def stops_first(text: str) -> bool:
    """Whether the first statement of a text is that a business stops (中止非柜面业务，客户可…)."""
    plain = masked(text)
    first = next((plain[clause.start : clause.end] for segment in segments(plain) for clause in segment if clause.sort is not Sort.CASE), "")
    return stopping().search(first) is not None and pattern(Sort.MAY).search(first) is None


def turns_to_us(text: str) -> bool:
    """Whether a later sentence of a text says what the branch must do (客户可申请上门。网点应在5个工作日内上门), in no case of its own."""
    later = segments(masked(text))[1:]
    return any(segment[0].sort is Sort.DUTY and re.match(words("本方"), text[segment[0].start :]) is not None for segment in later)


def staff_follows(text: str) -> bool:
    """Whether a permission is followed, in the same sentence, by what the staff then does (客户可预约，受理人员使用交易码…登记)."""
    plain = masked(text)
    first = next(iter(segments(plain)), ())
    sorts = [clause.sort for clause in first]
    behind = first[sorts.index(Sort.MAY) + 1 :] if Sort.MAY in sorts else ()
    return any(clause.sort in (Sort.DUTY, Sort.PLAIN) and staff_acts().match(plain, clause.start) for clause in behind)


@cache
def staff_acts() -> re.Pattern[str]:
    """Somebody of the branch who does something (受理人员使用交易码…登记)."""
    return re.compile(rf"(?:{words('经手人')})(?:应当?|须|必须)?(?:{words('祈使')}|{words('动作')}|通过)")


def only_asks(text: str) -> bool:
    """Whether a text asks first and allows nothing anywhere, be its exception what it may (除规定可用现金的外，应当转账)."""
    sorts = {clause.sort for segment in segments(masked(text)) for clause in segment}
    return leading(text) is Sort.DUTY and Sort.MAY not in sorts and pattern(Sort.DUTY).search(masked(text)) is not None


def declares(text: str) -> bool:
    """Whether a text only says what something is, counts as or is worth in law (视为, 无效), and neither asks, forbids nor stops anything."""
    plain = masked(text)
    if re.search(words("只陈述"), plain) is None or asks(text) or forbids(text) or stops(text):
        return False
    return all(re.fullmatch(words("弱禁止"), hit.group()) for hit in barring().finditer(plain))


def defines(text: str) -> bool:
    """Whether a text only says what a word means."""
    return declares(text) and re.search(words("定义"), masked(text)) is not None


def allows_first(text: str) -> bool:
    """Whether the first sentence of a text only allows something; what is asked for in a further case follows behind its full stop."""
    first = next(iter(re.split(r"(?<=。)", text)), "")
    return first != text and only_allows(first)


def only_allows(text: str) -> bool:
    """Whether a text says first what one may do, its matter aside (吞没的银行卡，…), and neither asks nor forbids anything behind it."""
    found = [clause for segment in segments(masked(text)) for clause in segment if clause.sort is not Sort.CASE]
    first = text[found[0].start : found[0].end] if found else ""
    named = len(found) > 1 and found[0].sort is Sort.PLAIN and (len(first) <= LONGEST_NAME or re.search(words("列举情形"), first) is not None)
    sorts = [clause.sort for clause in found[int(named) :]]
    return sorts[:1] == [Sort.MAY] and not {Sort.BAN, Sort.DUTY}.intersection(sorts)
