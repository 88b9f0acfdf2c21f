"""What a check question must carry to be understood alone: of whom and what it speaks, and every case that limits it (words in questions.tsv)."""

import re
from functools import cache

from digest.zh import clauses, point
from digest.zh.lexicon import alternatives
from digest.zh.tables import Table

TABLE = Table(file="questions.tsv", columns=("类", "词", "来源"), keys=2)
PAIRS = ("（）", "“”", "《》")
LONGEST_SUBJECT = 18  # characters of what a clause says before its duty to be told as whose duty it is
NAMED_AS = re.compile(r"[：“”]")


@cache
def listed(kind: str) -> str:
    """The words of one class as alternatives."""
    return alternatives(TABLE, kind)


@cache
def joined() -> re.Pattern[str]:
    """The beginning of a clause that says only half without the one before it."""
    return re.compile(rf"(?:{listed('承接')})")


@cache
def pointing() -> re.Pattern[str]:
    """The beginning of a clause that points to somebody in another one."""
    return re.compile(rf"(?!{listed('非指代')})(?:{listed('指代')})")


@cache
def bare_case() -> re.Pattern[str]:
    """A case that does not say of what."""
    count = rf"[\d一二两三四五六七八九十半]+\s?(?:{listed('时长')})[内后]"
    return re.compile(rf"(?:对于?)?(?:{listed('残情形')}|{count})[^，。；：]{{0,14}}的，|[^，。；：]{{0,6}}(?:{listed('残数')})(?:低于|超过)")


@cache
def bare() -> re.Pattern[str]:
    """What stands before a duty and tells nobody: nothing, a period, an adverb."""
    return re.compile(rf"(?:[\d一二三四五六七八九十半]+\s?(?:{listed('时长')})[内前后]|{listed('单独成句')})?")


@cache
def opens() -> re.Pattern[str]:
    """The beginning of a later sentence that says of whom or what it speaks."""
    return re.compile(listed("句首"))


@cache
def names_somebody() -> re.Pattern[str]:
    """What stands before a duty where it is only whose duty it is."""
    return re.compile(rf"(?:(?!{listed('非主语')})[^，。；：]){{0,16}}?(?:{listed('主语')})(?:{listed('主语尾')})?")


def enclosed(sentence: str, place: int, pair: str) -> bool:
    """Whether a place lies between two marks of a pair."""
    return sentence.count(pair[0], 0, place) > sentence.count(pair[1], 0, place)


def excepts(text: str) -> bool:
    """Whether a text speaks of an exception."""
    return re.search(listed("除外"), re.sub(listed("非除外"), "　", text)) is not None


def is_whole(text: str) -> bool:
    """Whether every bracket and quotation of a text is closed in it."""
    return all(text.count(pair[0]) == text.count(pair[1]) for pair in PAIRS)


def understood(sentence: str, *, first: bool) -> bool:
    """Whether a sentence tells by itself of whom and what it speaks."""
    alone = point.stands_alone(sentence) and not joined().match(sentence) and not pointing().match(sentence) and not bare_case().match(sentence)
    return alone and (first or opens().match(sentence) is not None)


def actor_of(clause: str) -> str:
    """Whose duty or ban a clause tells, if that is all it says before it (银行、支付机构应当…); else empty."""
    _, word = clauses.sort_of(clause)
    said = clause[:word]
    return said if len(said) <= LONGEST_SUBJECT and not NAMED_AS.search(said) and names_somebody().fullmatch(said) else ""


def scene(earlier: list[str], own: str) -> str | None:
    """In what case a rule holds, and for whom: every clause before it that is no duty of its own; None where one cannot go along nor be left out."""
    kept, actor, left_off = [], "", False
    for clause in earlier:
        sort, word = clauses.sort_of(clause)
        if sort in (clauses.Sort.CASE, clauses.Sort.PLAIN):
            if left_off and (joined().match(clause) or pointing().match(clause) or bare_case().match(clause + "，")):
                return None
            if sort is clauses.Sort.PLAIN and point.is_duty(clause):
                return None
            kept.append(clause)
            continue
        doer = actor_of(clause)
        if word and not doer:  # 办理大额取款的网点应当…: what stands before the duty limits the rule too
            return None
        actor, left_off = actor or doer, True
    whose = actor if bare().fullmatch(own) else ""
    return "，".join(kept) + "，" + whose if kept else whose
