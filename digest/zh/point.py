"""What makes a sentence fit to be the one line to remember (一句话): it stands alone, and it speaks to everybody of the paper's subject."""

import re
from collections.abc import Iterator
from functools import cache
from operator import add

from digest.zh import clauses
from digest.zh import words as words_of
from digest.zh.lexicon import alternatives, expression
from digest.zh.tables import Table

TABLE = Table(file="point.tsv", columns=("类", "词", "来源"), keys=2)
DAYS = r"(?:自?[^，。；]{0,30}[日月][^，。；]{0,12}，)?"
CUT = re.compile(r"[，；。]")
SPAN_ONLY = re.compile(r"[\d年月日时至到起止（）()星期周一二三四五六天:：—～~\-\s]+")
OPENS = "（《“〔【"  # what is left of a line is never cut within a bracket
OPEN = re.compile(r"（[^）]*$|《[^》]*$|“[^”]*$|〔[^〕]*$|【[^】]*$")
LEAST_REPEATED, MOST_REPEATED = 26, 8  # characters of a line worth shortening, and of what is left of it
MOST_DAY = 14  # characters of what is left that ends with a whole day
WHOLE = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:\d{1,2}[:：]\d{2})?[前起内]?|\d+年[前起内]?"
    r"|\d[\d.,:：]*(?:个?工作日|[^，。；：\d（）]{1,2})?(?:（[^（）]{1,4}）)?(?:及?以[上下内]|[前起内])?"
)  # a day, or a figure and its unit
LEAST_CUT = 24  # characters: first clauses shorter than this have lost what they are about
BLANK = "　"


@cache
def words(kind: str) -> re.Pattern[str]:
    """The words of one class, longest first."""
    return re.compile(alternatives(TABLE, kind))


@cache
def form(kind: str) -> re.Pattern[str]:
    """The patterns of one class (…式) as one: how a sentence begins that goes on from the one before, what limits a rule, and so on."""
    return expression(TABLE, kind)


def stands_alone(text: str) -> bool:
    """Whether a sentence can be understood without the one before it, the list behind it, or another article, and says something of its matter."""
    if form("无谓式").fullmatch(text) and not is_duty(text):
        return False
    return not (form("续前式").match(text) or words("承前").search(text) or form("条号式").search(text) or form("施行式").search(text) or "｜" in text)


def only_force(text: str) -> bool:
    """Whether a text says from when the paper applies and nothing else."""
    return form("只施行式").fullmatch(text) is not None


def for_a_case(text: str) -> bool:
    """Whether it holds for a case only, and not for a threshold."""
    case = form("情形式").match(text)
    return case is not None and form("门槛式").search(case.group()) is None


def to_everybody(text: str) -> bool:
    """Whether its subject is every branch or every member of staff, a day or a span before it aside."""
    return re.match(rf"{DAYS}(?:请)?(?:{words('每人').pattern})", text) is not None


def is_whole(text: str) -> bool:
    """Whether it speaks of everything (暂停全部业务), not of a part."""
    return words("全面").search(text) is not None


def is_duty(text: str) -> bool:
    """Whether it says what must or must not be done."""
    return words("义务").search(text) is not None


def is_aside(text: str, title: str) -> bool:
    """Whether it tells how the paper is spread or reported on, in a paper that is not about that."""
    return any(word not in title for word in words("旁枝").findall(text))


def organises(text: str) -> bool:
    """Whether it tells how an office is to be organised (建立健全…机制, 保存方式和管理机制): nothing that one can act on at a counter."""
    return words("机制").search(text) is not None


def begins_to_apply(text: str) -> bool:
    """Whether it begins with from when the paper itself applies."""
    return form("新规式").match(text) is not None


def replaces(text: str) -> bool:
    """Whether it names what no longer holds (…同时废止), and not only that it goes before what differs from it."""
    return words("废止").search(text) is not None


def is_span(text: str) -> bool:
    """Whether it is nothing but a span of days, whose heading says of what."""
    return SPAN_ONLY.fullmatch(text) is not None


def is_window(text: str) -> bool:
    """Whether it says from when to when the paper's own matter runs (切换窗口为…, 活动时间：…)."""
    return form("窗口式").search(text) is not None


def openings(text: str, most: int) -> Iterator[str]:
    """The whole sentence if it is no longer than ``most``, then its first clauses, longest first, where they say the same by themselves.

    What is left off never limits what is said: no exception, ban, permission or condition stands in it, and nobody else begins to act.
    """
    whole = text.rstrip("，。；：")
    if len(whole) <= most:
        yield whole
    for cut in reversed(list(CUT.finditer(whole, 0, most + 1))):
        said = whole[: cut.start()]
        done = len(said) >= LEAST_CUT and is_duty(said) and form("未完式").search(said) is None
        if done and not limits(said, whole[cut.start() :]):
            yield said


def loses(whole: str, said: str) -> bool:
    """Whether a shorter wording leaves a clause out that may limit what it says."""
    full = whole.rstrip("，。；：")
    left = (f"，{clause}" for clause in CUT.split(full) if clause not in said)
    return limits(said, full[len(said) :] if full.startswith(said) else "".join(left))


def limits(said: str, rest: str) -> bool:
    """Whether what is left off may limit what is said: an exception, a case, somebody else who acts.

    Never that other things go on as usual, nor a sentence of its own that only relaxes the rule for a case.
    """
    if form("放宽式").fullmatch(rest):
        return False
    if re.fullmatch(rf"[；，][^；。]*(?:{words('照常').pattern})", rest) and clauses.leading(said) is clauses.Sort.PLAIN:
        return False
    if form("限制式").search(rest) or words("例外").search(rest) or form("代替式").search(rest):
        return True
    if any(clause.sort is clauses.Sort.CASE for segment in clauses.segments(clauses.masked(rest[1:])) for clause in segment):
        return True
    found = re.finditer(rf"[，；。：](?:由|应由)?[^，。；：由并向给报]{{0,6}}?({words('主体').pattern})", rest)
    return any(hit[1] not in said for hit in found)


def repeated(text: str, see: str) -> str:
    """A line that the one line says word for word, as its section prints it: its first words, and where the whole stands; short ones stay."""
    kept = beginning(text) if len(text) >= LEAST_REPEATED else ""
    return f"{kept}…（{see}）" if kept else text


def beginning(text: str) -> str:
    """The first words of a line, never a part of a day or of a figure with its unit; empty where none is short enough."""
    kept, places = "", [hit.span() for hit in WHOLE.finditer(text)]
    for word in words_of.cut(text):
        if len(kept) + len(word) > MOST_REPEATED or CUT.search(word) or word[0] in OPENS:
            break
        kept += word
    for start, end in places:
        if start < len(kept) < end:
            kept = text[:end] if end <= MOST_DAY else text[:start]
    kept = OPEN.sub("", kept)
    return re.sub(r"[自从于在、]$", "", kept)


def is_repeated(text: str, printed: str) -> bool:
    """Whether a printed text is a line shortened because the one line says it, whatever the words that say where it stands."""
    see = re.search(r"…（([^（）]+)）$", printed)
    return see is not None and "".join(repeated(text, see[1]).split()) == "".join(printed.split())


def form_of(title: str) -> str:
    """The form of paper that a title ends with where it is another than a notice (指导意见, 公告); empty where it is none."""
    found = re.search(rf"(?:{words('文种').pattern})(?=(?:（[^（）]*）)?$)", title)
    return found.group() if found else ""


def subject_pairs(title: str) -> frozenset[str]:
    """The pairs of characters in a title, words that any title may hold left out."""
    bare = re.sub(r"（[^（）]*）|\d+年", BLANK, words("泛词").sub(BLANK, title))
    return pairs(bare)


def pairs(text: str) -> frozenset[str]:
    """Neighbouring letters of a text."""
    return frozenset(filter(str.isalnum, map(add, text, text[1:])))
