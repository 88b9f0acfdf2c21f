"""Check questions (考一考) out of a line's own words: a figure blanked out, a ban turned into 可以…吗, an exception asked for, what to do in a case.

A reader who sees the question alone must understand it: it carries its subject and its condition, or is not asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from digest.zh import clauses, point
from digest.zh.questions_figures import BLANK, LONGEST, blanks, of_whole, replaced
from digest.zh.questions_rules import bare, enclosed, excepts, is_whole, joined, listed, pointing, scene, understood

__all__ = ("BLANK", "Asked", "ask")

SENTENCE = re.compile(r"[^。；]+")
BAN = re.compile(r"不得(?!超过|低于|少于|高于|晚于|早于|大于|小于)|严禁|禁止(?!的)")
LEAST = 4  # a ban shorter than this (不得办理) asks nothing by itself
LONGEST_ANSWER = 60
LEAST_ANSWER = 6  # characters of a duty; a permission may be one shorter
LONGEST_CASE = 48
LONGEST_LIST = 80  # characters of the members of a list, all of them the answer
MOST_MEMBERS = 4
MEMBERS = re.compile(r"：[^；]*；|：“")  # a stem with its items, or words to be said to the customer
LIST = re.compile(r"[：:]$|下列|以下")
LISTED = re.compile(r"^(?P<head>[^：；]{0,50}?)(?:下列|以下)(?P<name>(?!简称|统称|金额)[^：；]{2,40}?)：(?P<items>[^：]+)$")
BANNED_LIST = re.compile(r"^(?P<head>[^：]{2,30}?)(?:不得|严禁|禁止)(?:有|出现|发生)?(?:下列|以下)[^：]{0,8}：(?P<items>.+)$")
THING = re.compile(r".*的[^，的]{2,4}$")  # a member that names a thing: 可以…吗 does not fit
EXCEPTION = re.compile(r"(?P<rule>.{10,}?)[，；。](?:但是?)?(?P<case>[^，。；：（）]{2,40}?)的?除外$")
ARTICLE = r"第[一二三四五六七八九十]+条"
WHICH = "，哪种情形除外？"
MODAL = re.compile(r"应|须|必须|务必|需要?")
FORCE = re.compile(r"^(?P<front>本[^。；]{1,36}自)(?P<day>\d{4}年\d{1,2}月\d{1,2}日)(?P<back>起(?:正式|全面)?[^，。；起]{2,4})$")
CASE_END = re.compile(r"(?:的|时|后)$")
WHEN_MAY = re.compile(r"[方才即]$|[方才]可")
ORDER = {"exception": 0, "number": 1, "ban": 2, "right": 3, "case": 4, "who": 5, "may": 6, "list": 7, "day": 8}


@dataclass(frozen=True, slots=True, kw_only=True)  # no struct: a question is the same whether it decides or not
class Asked:
    """A question made of a line, its answer in the line's own words, and its ``kind``.

    Kinds: number, ban, exception, right (what one may do in a case), case (what one must do in it), who, may (whether one may), list (which ones),
    day (from when it applies).
    ``decides`` is false for a number that is neither a bound nor a deadline: those are asked for first.
    """

    kind: str
    question: str
    answer: str
    decides: bool = field(default=True, compare=False)


def in_force(sentence: str) -> Iterator[Asked]:
    """From when the paper applies."""
    hit = FORCE.match(sentence)
    if hit is not None and re.search(rf"(?:{listed('施行')})$", hit["back"]):
        yield Asked(kind="day", question=f"{hit['front']}{BLANK}{hit['back']}", answer=hit["day"])


def comprising(sentence: str) -> Iterator[Asked]:
    """What a word comprises, where a sentence says only that and names all of it."""
    hit = re.match(rf"^(?P<head>[^，。；：]{{4,30}}，?(?:{listed('列举')}))(?P<items>[^，。；：]+、[^，。；：]+)$", sentence)
    if hit is not None and "等" not in hit["items"] and len(hit["items"]) <= LONGEST_ANSWER and understood(sentence, first=True):
        yield Asked(kind="list", question=f"{hit['head']}哪些？", answer=hit["items"])


@lru_cache(maxsize=2_000)  # a line is asked again for every trial of a page
def ask(text: str) -> tuple[Asked, ...]:
    """Every question that a line safely gives, best first: exceptions, figures, bans, permissions, duties in a case; none is ever forced."""
    whole = text.strip("，。；、")
    found = [*banned_list(whole), *exception(whole), *members(whole), *figures(replaced(whole))]
    if MEMBERS.search(whole) is None:  # an item says nothing without its stem
        sentences = [sentence.strip("，、 |") for sentence in SENTENCE.findall(whole)]
        found += [asked for sentence in sentences for asked in in_force(sentence)]
        found += [asked for place, sentence in enumerate(sentences) if understood(sentence, first=not place) for asked in of_sentence(sentence)]
        if len(sentences) > 1 and not any(asked.kind == "number" for asked in found):
            found += figures(of_whole(whole))
    return tuple(sorted(dict.fromkeys(found), key=lambda asked: (ORDER[asked.kind], len(asked.question), asked.question)))


def figures(blanked: Iterator[tuple[str, str, bool]]) -> Iterator[Asked]:
    """Blanked figures as questions."""
    for question, answer, decides in blanked:
        yield Asked(kind="number", question=question, answer=answer, decides=decides)


def of_sentence(sentence: str) -> Iterator[Asked]:
    """Questions of one sentence; none so long that nobody could read it out."""
    if LIST.search(sentence):
        return
    yield from figures(blanks(sentence))
    for asked in (*ban(sentence), *in_case(sentence), *who(sentence), *may(sentence), *comprising(sentence)):
        if len(asked.question) <= LONGEST and is_whole(asked.question) and is_whole(asked.answer):
            yield asked


@cache
def negated() -> re.Pattern[str]:
    """A second negation, or a permission, with which the answer to 可以…吗 would be unsure."""
    return re.compile(listed("再否定"))


@cache
def told_by_itself() -> re.Pattern[str]:
    """A word that gives the answer away: nobody thinks that one may do it 擅自."""
    return re.compile(listed("露底"))


def is_plain(text: str) -> bool:
    """Whether a text holds no second negation, and nothing that gives the answer away."""
    return negated().search(re.sub(listed("非再否定"), "　", text)) is None and told_by_itself().search(text) is None


def ban(sentence: str) -> Iterator[Asked]:
    """A plain ban as 可以…吗; not where an exception or a second negation would make the answer unsure."""
    if excepts(sentence):
        return
    parts = sentence.split("，")
    for place, clause in enumerate(parts):
        hit = BAN.search(clause)
        if hit is None or len(BAN.findall(clause)) > 1 or joined().match(clause) or pointing().match(clause) or enclosed(clause, hit.start(), "“”"):
            continue
        own, rest = clause[: hit.start()], clause[hit.end() :]
        before = scene(parts[:place], own)
        nobody = bare().fullmatch(own) and (own or not re.search(listed("事物"), rest))
        if before is None or own.startswith(("也", "均")) or (not before and nobody):
            continue  # who is meant, and in what, stands in a clause that the question would leave out
        if len(rest) >= LEAST and is_plain(own + rest) and has_object(rest, parts[:place]) and not re.search(listed("转述"), own):
            yield Asked(kind="ban", question=f"{before}{own}可以{rest}吗？", answer=f"不可以：{hit.group()}{rest}")


def has_object(rest: str, earlier: list[str]) -> bool:
    """Whether a ban says what must not be done to what: verbs side by side, 向他人提供, or a few words behind a duty do not."""
    if re.fullmatch(r"(?:[一-龥]{2,3}[、或])+[一-龥]{2,3}", rest) or re.search(rf"^向.*(?:{listed('给谁')})$", rest):
        return False
    if rest.startswith("以") and re.search(rf"(?:{listed('方式尾')})$", rest):
        return False  # 不得以…等方式，作出…: what must not be done stands in the next clause
    behind_duty = any(clauses.sort_of(clause)[0] not in (clauses.Sort.CASE, clauses.Sort.PLAIN) for clause in earlier)
    return not behind_duty or len(rest) >= LEAST * 2 or re.search(listed("事物"), rest) is not None


def in_case(sentence: str) -> Iterator[Asked]:
    """What must or may be done in the case (else in the work) that a sentence names first, in its own words up to the next case."""
    parts = sentence.split("，")
    sorts = [clauses.sort_of(clause) for clause in parts]
    place = next((number for number, (sort, _) in enumerate(sorts) if sort not in (clauses.Sort.CASE, clauses.Sort.PLAIN)), 0)
    sort, word = sorts[place]
    case, own = "，".join(parts[:place]), parts[place][:word]
    told = any(each is clauses.Sort.CASE for each, _ in sorts[:place])
    topic = not told and place == 1 and not own and re.search(listed("碰到"), case) is not None and not re.match(listed("不成做法"), parts[place])
    if not (told or topic) or sort is clauses.Sort.BAN or not 6 <= len(case) <= LONGEST_CASE or point.is_duty(case) or not understood(case + "，", first=True):
        return
    if (
        excepts(sentence)
        or pointing().match(own)
        or joined().match(own)
        or re.match(listed("不独问"), own)
        or WHEN_MAY.search(own + parts[place][word : word + 2])
    ):
        return
    later = (number for number, (each, _) in enumerate(sorts) if number > place and each is clauses.Sort.CASE and CASE_END.search(parts[number]))
    end = next(later, len(parts))
    answer = "，".join([parts[place][word:], *parts[place + 1 : end]])
    allowed = sort is clauses.Sort.MAY
    closed = any(CASE_END.search(clause) for clause in parts[:place])
    mode = "可以" if allowed else "应当" if MODAL.match(parts[place], word) else ""
    if (not mode and not closed) or (allowed and re.match(listed("非可以"), answer)):
        return
    if LEAST_ANSWER - allowed <= len(answer) <= LONGEST_ANSWER:
        yield Asked(kind="right" if allowed else "case", question=f"{case}，{own}{mode}怎么{'做' if topic else '办'}？", answer=answer, decides=closed)


@cache
def by_whom() -> re.Pattern[str]:
    """由运营主管核实资金来源."""
    return re.compile(
        rf"(?<![理自缘事经])由(?!于)(?P<who>(?!该|其|本)(?:(?!{listed('非主语')})[^，。；：由、]){{1,12}}?(?:{listed('由谁')}))(?P<act>(?!{listed('不问由谁')})(?![\d一二两三该])[^，。；：由]{{3,30}})"
    )


def who(sentence: str) -> Iterator[Asked]:
    """By whom something is done, where one clause says so with its case."""
    parts = sentence.split("，")
    for place, clause in enumerate(parts):
        hit = by_whom().search(clause)
        if hit is None or sentence.count("由") > 1 or excepts(sentence) or joined().match(clause) or pointing().match(clause) or hit.end() != len(clause):
            continue
        before = scene(parts[:place], clause[: hit.start()])
        if before and len(before) + hit.start() >= LEAST and understood(before, first=True):
            yield Asked(kind="who", question=f"{before}{clause[: hit.start()]}由谁{hit['act']}？", answer=hit["who"])


def may(sentence: str) -> Iterator[Asked]:
    """Whether one may do what a sentence of one clause allows to somebody it names."""
    sort, word = clauses.sort_of(sentence)
    hit = re.match(r"可以(?P<rest>[^，。；：]{6,40})$", sentence[word:])
    if sort is clauses.Sort.MAY and hit and word >= LEAST and "，" not in sentence and not excepts(sentence) and is_plain(sentence[:word] + hit["rest"]):
        yield Asked(kind="may", question=f"{sentence[:word]}可以{hit['rest']}吗？", answer=f"可以：{hit['rest']}")


def banned_list(text: str) -> Iterator[Asked]:
    """Of a list of bans the first member that is short and plain, asked with the list's own head."""
    hit = BANNED_LIST.match(text)
    for item in hit["items"].split("；") if hit else ():
        plain = item.strip("，。 ")
        if re.match(rf"[^，]{{0,6}}(?:{listed('另有人')})", plain) or THING.match(plain):
            continue
        if hit and len(plain) > LEAST and len(hit["head"] + plain) <= LONGEST - LEAST and is_plain(plain) and not excepts(plain):
            yield Asked(kind="ban", question=f"{hit['head']}可以{plain}吗？", answer=f"不可以：{plain}")
            return


def members(text: str) -> Iterator[Asked]:
    """Which members a short list has; the whole of it is the answer."""
    hit = LISTED.match(text)
    if hit is None or not understood(hit["head"] or hit["name"], first=True):
        return
    items = hit["items"].split("；")
    if 2 <= len(items) <= MOST_MEMBERS and len(hit["items"]) <= LONGEST_LIST and len(hit["head"] + hit["name"]) >= LEAST * 2:
        yield Asked(kind="list", question=f"{hit['head']}哪些{hit['name']}？", answer=hit["items"])


def exception(text: str) -> Iterator[Asked]:
    """The case that is excepted, asked for behind the rule; not what every rule excepts (另有规定的除外)."""
    hit = EXCEPTION.match(text)
    if hit is None or re.search(rf"{listed('泛除外')}|{ARTICLE}", hit["case"]):
        return
    last = re.split(r"[，。；]", hit["rule"])[-1]
    headless = re.match(listed("无主语"), last)
    rules = [hit["rule"], *([last] if point.is_duty(last) and not headless else [])]
    rule = next((each for each in rules if len(each) <= LONGEST - len(WHICH) and understood(each, first=True)), "")
    if rule:
        yield Asked(kind="exception", question=f"{rule}{WHICH}", answer=hit["case"])
