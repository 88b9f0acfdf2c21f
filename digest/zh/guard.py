"""The guard: a source and a wording of it in, what the wording changed out; empty means that nothing binding was touched.

Used wherever wordings are made or edited. It errs to refusal: beyond the white list of trims.tsv every number, unit, bound,
negation, duty word, condition, exception, subject, approver, order word and name must stand where it stood.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache

from msgspec import Struct

from digest.zh import trims
from digest.zh.lexicon import packaged
from digest.zh.numerals import CHINESE_NUMBER
from digest.zh.tables import Table, merge

TABLE = Table(file="guard.tsv", columns=("种类", "词", "来源"), keys=2)
ACTORS = Table(file="actors.tsv", columns=("主体", "归属", "行业", "来源"))
NAMES = {
    "number": "数字、日期或单位",
    "negation": "否定、禁止",
    "bound": "以上、以下、含、不满等界限",
    "scope": "单笔、累计等口径",
    "currency": "币种",
    "all": "全部、均、仅等范围词",
    "exception": "例外",
    "order": "先后次序",
    "deadline": "期限",
    "modal": "应当、可以等义务词",
    "join": "并列关系（和、或）",
    "subject": "主体",
    "condition": "条件",
    "approver": "审批人",
    "name": "文件、表单或系统名称",
    "code": "代号",
    "clause": "整个分句",
    "double": "双重否定",
}
MARKS = "，。；：、！？,.;:!?（）()“”\"'‘’《》〈〉【】[]—-…·｜|"
BLANKS = re.compile(r"\s+")
STOPS = "，。；：！？｜（）"
CONTEXT = 2  # characters on either side that a figure or negation must keep
HELD = ("number", "negation", "modal", "all", "bound", "scope", "subject")  # kinds whose neighbour is compared as well
MISSING_SHARE = 0.5  # a clause with less of its characters left counts as left out

NUMBER = rf"[0-9]+(?:[.,:][0-9]+)*[百千万亿]*[%‰]?|(?:[百千万]分之)?{CHINESE_NUMBER}|半(?=[年月日天个])|双(?=[人岗签锁录])"
NAME = r"《[^《》]+》|“[^“”]+”|「[^「」]+」"
CODE = r"[A-Za-zⅠⅡⅢⅣⅤ]+(?=[0-9级类型款])|[A-Z]+"
APPROVAL = re.compile(
    r"(?:经|由|报|须|应|需)[^，。；：]{1,40}?(?:批准|审批|同意|授权|核准|审核|复核|签批|签字|确认|审定|核定|签章)(?:后|的)?|[^，。；：]{1,20}(?:批准|同意|授权)后"
)
DOUBLE = re.compile(r"不得不|不应当?不|不能不|不可不|无不|莫不|未尝不|并非不|不是不|非[^，。；]{1,12}不(?:可|得|能)")
CONDITION_HEAD = re.compile(r"(?:如|若|倘|对于?|凡|当|因|经|未经|除|遇|发现|在|只有|只要|一旦|但|但是|但凡)")
CONDITION_TAIL = re.compile(r"(?:的|时|后|前|以外|除外|情况下|情形下|期间|条件下|之日起|为限)$")
SUBJECT_HEAD = re.compile(r"(?P<who>[^，。；：｜]{1,40}?)(?:应当|不得|可以|必须|严禁|禁止|负责|应(?![用急对收付])|须(?!知)|不应|不准|有权)")
HOLLOW = re.compile(r"(?:^|[，。；：])[^，。；：]{0,30}(?:应当|应|须|必须|可以|不得|要)[，。；]*$|^[^\u4e00-\u9fff]*$")
CLAUSE = re.compile(r"[^，。；：！？｜]+")
LISTED = re.compile(r"[^，。；：！？｜、]+")


class Violation(Struct, frozen=True, kw_only=True):
    """One binding thing that a wording changed: ``kind`` for programs, ``message`` in the user's Chinese."""

    kind: str
    message: str
    evidence: str


class Token(Struct, frozen=True, kw_only=True):
    """A binding word with the characters that it is tied to."""

    kind: str
    text: str
    before: str = ""
    behind: str = ""


def violations(source: str, wording: str) -> tuple[Violation, ...]:
    """What a wording changed of its source; empty for the source itself and for what the white list lets go."""
    told, said = plain(source), plain(wording)
    if hollow(said) and not hollow(told):
        return (report("clause", "只剩下主体和“应当”，该做什么没有了", wording),)
    if derivable(told, said):
        return ()
    if DOUBLE.search(told):
        return (report("double", "原文有双重否定，请照录或请人判断", source),)
    left = without_absent(told, said)
    told_tokens, said_tokens = tuple(tokens(strip(left))), tuple(tokens(strip(said)))
    found = [*compare(told_tokens, said_tokens), *lost_clauses(strip(left), strip(said))]
    return tuple(dict.fromkeys(found))


def hollow(wording: str) -> bool:
    """Whether a wording says that somebody shall, but no longer what."""
    return HOLLOW.search(wording) is not None


def plain(text: str) -> str:
    """The text without blanks, marks and digits in one spelling."""
    return trims.canonical(BLANKS.sub("", text))


def derivable(source: str, wording: str) -> bool:
    """Whether the wording is the source less white-listed ranges, marks aside."""
    ranges: dict[int, list[int]] = {}
    for trim in trims.find(source):
        ranges.setdefault(trim.start, []).append(trim.end)
    waiting, seen = [(0, 0)], {(0, 0)}
    while waiting:
        place = run_on(source, wording, waiting.pop(), ranges)
        if place == (len(source), len(wording)):
            return True
        for step in steps(source, wording, place, ranges):
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return False


def run_on(source: str, wording: str, place: tuple[int, int], ranges: dict[int, list[int]]) -> tuple[int, int]:
    """The place up to which both texts run alike and nothing may be left out: no choice, hence no step of its own."""
    here, there = place
    last, end = len(source), len(wording)
    while here < last and there < end and source[here] == wording[there] and here not in ranges and source[here] not in LOOSE:
        here += 1
        there += 1
    return here, there


def steps(source: str, wording: str, place: tuple[int, int], ranges: dict[int, list[int]]) -> Iterator[tuple[int, int]]:
    """The places that may come next: past a white-listed range, past a mark, past an equal character."""
    here, there = place
    for end in ranges.get(here, ()):
        yield end, there
    if here < len(source) and source[here] in LOOSE:
        yield here + 1, there
    if there < len(wording) and wording[there] in LOOSE:
        yield here, there + 1
    if here < len(source) and there < len(wording) and source[here] == wording[there]:
        yield here + 1, there + 1


LOOSE = "，。；："  # marks that may differ between a source and its wording; 、 joins members of a list and may not


def without_absent(source: str, wording: str) -> str:
    """The source less those white-listed ranges that the wording really left out."""
    kept = [False] * len(source)
    for block in SequenceMatcher(None, source, wording, autojunk=False).get_matching_blocks():
        kept[block.a : block.a + block.size] = [True] * block.size
    absent = tuple(trim for trim in trims.find(source) if sum(kept[trim.start : trim.end]) * 4 < trim.end - trim.start)
    return trims.cut(source, absent)


def strip(text: str) -> str:
    """The text without fillers (切实, 有关), which neither side is held to."""
    return trims.without(text, trims.FILLER)


@cache
def words() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all binding words, longest first, and the kind of each word."""
    kinds = {row.cells[1]: row.cells[0] for row in merge(TABLE, packaged(TABLE.file), "")}
    for row in merge(ACTORS, packaged(ACTORS.file), ""):
        kinds.setdefault(row.cells[0], "subject")
    listed = "|".join(re.escape(word) for word in sorted(kinds, key=lambda word: (-len(word), word)))
    return re.compile(f"(?P<name>{NAME})|(?P<number>{NUMBER})|(?P<code>{CODE})|(?P<word>{listed})"), kinds


def tokens(text: str) -> Iterator[Token]:
    """The binding words of a text in order, then its conditions, approvals and subjects."""
    pattern, kinds = words()
    for hit in pattern.finditer(text):
        kind = kinds[hit.group()] if hit["word"] else hit.lastgroup or ""
        held = kind in HELD
        before = neighbour(text[max(0, hit.start() - CONTEXT) : hit.start()][::-1])[::-1] if kind == "number" else ""
        yield Token(kind=kind, text=hit.group(), before=before, behind=neighbour(text[hit.end() : hit.end() + CONTEXT]) if held else "")
    for clause in CLAUSE.findall(text):
        if CONDITION_TAIL.search(clause) or CONDITION_HEAD.match(clause):
            yield Token(kind="condition", text=clause)
        subject = SUBJECT_HEAD.match(clause)
        if subject:
            yield Token(kind="subject", text=subject["who"])
    for approval in APPROVAL.findall(text):
        yield Token(kind="approver", text=approval)


def neighbour(text: str) -> str:
    """The characters up to the first mark."""
    for place, sign in enumerate(text):
        if sign in MARKS:
            return text[:place]
    return text


def compare(source: tuple[Token, ...], wording: tuple[Token, ...]) -> Iterator[Violation]:
    """Where two rows of binding words differ."""
    for kind in dict.fromkeys(token.kind for token in (*source, *wording)):
        told, said = ([token for token in row if token.kind == kind] for row in (source, wording))
        if told != said:
            yield difference(kind, told, said)


def difference(kind: str, told: list[Token], said: list[Token]) -> Violation:
    """The first differing place of one kind, told in Chinese."""
    at = next((place for place, pair in enumerate(zip(told, said, strict=False)) if pair[0] != pair[1]), min(len(told), len(said)))
    was = shown(told[at]) if at < len(told) else ""
    now = shown(said[at]) if at < len(said) else ""
    name = NAMES[kind]
    if was and now:
        return report(kind, f"{name}与原文不一致：原文“{was}”，现为“{now}”", was)
    return report(kind, f"{name}漏了：原文有“{was}”" if was else f"{name}是多出来的：原文没有“{now}”", was or now)


def shown(token: Token) -> str:
    """A binding word with its neighbours, for the message."""
    return token.before + token.text + token.behind


def lost_clauses(source: str, wording: str) -> Iterator[Violation]:
    """Clauses and members of lists that the wording left out (or put in) as a whole."""
    yield from (report("clause", f"漏了原文的“{part}”", part) for part in absent(source, wording))


def absent(source: str, wording: str) -> Iterable[str]:
    """Members of the source, between marks, of which the wording holds less than half."""
    kept = [False] * len(source)
    for block in SequenceMatcher(None, source, wording, autojunk=False).get_matching_blocks():
        kept[block.a : block.a + block.size] = [True] * block.size
    for part in LISTED.finditer(source):
        if sum(kept[part.start() : part.end()]) < MISSING_SHARE * len(part.group()):
            yield part.group()


def report(kind: str, message: str, evidence: str) -> Violation:
    """A violation with its words shortened for a message."""
    return Violation(kind=kind, message=message, evidence=evidence)


def is_subsequence(source: str, wording: str) -> bool:
    """Whether the wording's characters, marks and blanks aside, all stand in the source in the same order."""
    rest = iter(sign for sign in plain(source) if sign not in MARKS)
    return all(sign in rest for sign in plain(wording) if sign not in MARKS)


def foreign(source: str, wording: str) -> tuple[str, ...]:
    """Runs of characters in the wording that the source does not hold at that place: words of the editor's own."""
    told, said = plain(source), plain(wording)
    matcher = SequenceMatcher(None, told, said, autojunk=False)
    runs = (said[low:high] for tag, _, _, low, high in matcher.get_opcodes() if tag in ("insert", "replace"))
    return tuple(run for run in runs if run.strip(MARKS))
