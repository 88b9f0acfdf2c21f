"""Check questions (考一考) out of a line's own words: a figure blanked out, a ban turned into 可以…吗, an exception asked for.

A reader who sees the question alone must understand it: it carries its subject and its condition, or is not asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from digest.zh import clauses, emphasis, point, words

BLANK = "＿＿"
LONGEST = 60  # a question longer than this is no question any more (domain study 3.3: 45 a line)
SENTENCE = re.compile(r"[^。；]+")
BAN = re.compile(r"不得(?!超过|低于|少于|高于|晚于|早于|大于|小于|以)|严禁|禁止(?!的)")
OTHER_NEGATION = re.compile(r"[不未无非勿免](?!动产|柜面)|可以|方可|才能")
EXCEPT = re.compile(r"除|但|例外|另有规定|原则上")
ACTOR = re.compile(rf"(?:各|全体|所有)?(?:营业)?(?:网点|柜员|大堂经理|客户经理|运营主管|负责人|机构|银行)(?=应|须|必须|每|至少|要|{BAN.pattern})")
BARE = re.compile(r"(?:[\d一二三四五六七八九十半]+\s?(?:年|个月|日|天|个工作日|小时)[内前后]|同时|一律|也|均|并|且)?")
JOINED = re.compile(r"或者|或|以及|[且并或但而]")  # a clause that begins so says only half without the one before it
POINTING = re.compile(r"(?:两人|双方|二者|两者|其(?!他|它|余)|该(?!当)|此|前者|后者|上述|前述)")
BARE_CASE = re.compile(r"(?:超过|超出|不足|低于|逾期|未|不|无|确需|确有|经解释|假期内|仍)[^，。；：]{0,14}的，|[^，。；：]{0,6}(?:余额|金额|限额)(?:低于|超过)")
NO_RULE = re.compile(r"起(?:正式|统一)?(?:施行|执行|实施|生效)|(?:的|者|时)$")  # a clause of coming into force, or a member of a list
OPENS = re.compile(r"网点|柜|主管|经理|负责人|保安|人员|员工|机构|银行|客户|每|各|对|向")
LEAST = 4  # a ban shorter than this (不得办理) asks nothing by itself
MATTER = re.compile(r"客户|交易|业务|账户|现金|凭证|印章|密码|名单|材料|信息|系统")  # what a ban without subject must name to be understood
PART = re.compile(r"[上下首头前每]$")  # 下一年 is one word
MEMBERS = re.compile(r"：[^；]*；|：“")  # a stem with its items, or words to be said to the customer
LIST = re.compile(r"[：:]$|下列|以下")
BANNED_LIST = re.compile(r"^(?P<head>[^：]{2,30}?)(?:不得|严禁|禁止)(?:有|出现|发生)?(?:下列|以下)[^：]{0,8}：(?P<items>.+)$")
NO_ACT = re.compile(r"[^，]{0,6}(?:人员|机构|主管|经理)|.*的[^，的]{2,4}$")  # a member that names another doer, or a thing: 可以…吗 does not fit
EXCEPTION = re.compile(r"(?P<rule>.{10,}?)[，；。](?:但是?)?(?P<case>[^，。；：（）]{2,24}?)的?除外$")
HEADLESS = re.compile(r"不得|严禁|禁止|应|须|必须|可|不再")  # a clause that begins so does not say who
WHICH = "，哪种情形除外？"
TRIVIAL = re.compile(r"另有规定|法律|行政法规|本办法|本规定|第[一二三四五六七八九十]+条")
ALLOWED = re.compile(r"^(?P<case>[^。；：]{6,40}?的)，(?P<may>(?:可以?|可由|方可)[^。；]{3,40})$")
NUMBER = re.compile(emphasis.NUMBER + r"\s?(?:[一-龥%‰])")
ONE = re.compile(r"一(?:次|户|名|份|张|枚|人|个(?!月|工作日))")  # 一次, 一户: no figure to remember
ORDER = {"exception": 0, "number": 1, "ban": 2, "right": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question made of a line, its answer in the line's own words, and its ``kind``: number, ban, exception, right.

    ``decides`` is false for a number that is neither a bound nor a deadline: those are asked for first.
    """

    kind: str
    question: str
    answer: str
    decides: bool = field(default=True, compare=False)


@lru_cache(maxsize=1_000)  # a line is asked again for every trial of a page
def ask(text: str) -> tuple[Asked, ...]:
    """Every question that a line safely gives, best first: exceptions, figures, bans, permissions; none is ever forced."""
    whole = text.strip("，。；、")
    found = [*banned_list(whole), *exception(whole), *allowed(whole)]
    if MEMBERS.search(whole) is None:  # an item says nothing without its stem
        sentences = [sentence.strip("，、 ") for sentence in SENTENCE.findall(whole)]
        found += [asked for place, sentence in enumerate(sentences) if understood(sentence, first=not place) for asked in of_sentence(sentence)]
        if len(sentences) > 1 and not any(asked.kind == "number" for asked in found):
            found += number(whole)
    return tuple(sorted(found, key=lambda asked: (ORDER[asked.kind], len(asked.question), asked.question)))


def understood(sentence: str, *, first: bool) -> bool:
    """Whether a sentence tells by itself of whom and what it speaks."""
    alone = point.stands_alone(sentence) and not JOINED.match(sentence) and not POINTING.match(sentence) and not BARE_CASE.match(sentence)
    return alone and (first or OPENS.match(sentence) is not None)


def of_sentence(sentence: str) -> Iterator[Asked]:
    """Questions of one sentence; a figure only where the whole is short enough to be read out."""
    if LIST.search(sentence):
        return
    yield from number(sentence)
    yield from (asked for asked in ban(sentence) if len(asked.question) <= LONGEST)


def number(sentence: str) -> Iterator[Asked]:
    """The figure that decides most with its unit blanked out; not of a clause that is no rule, nor out of the middle of a word, nor a mere name (6位)."""
    if len(sentence) > LONGEST or NO_RULE.search(sentence) or not understood(sentence, first=True):
        return
    places = sorted((emphasis.rank_of(sentence, *place), place) for _, group in emphasis.figures(sentence) for place in group)
    for rank, (start, end) in places:
        figure = NUMBER.search(sentence, start, end)
        if (
            figure is None
            or naming().search(figure.group())
            or ONE.match(sentence, figure.start())
            or enclosed(sentence, figure.start(), "（）")
            or PART.search(sentence, 0, figure.start())
        ):
            continue
        low, high = whole_figure(sentence, figure.start(), end)
        answer = sentence[low:high]
        if sentence.count(answer) == 1 and whole_words(sentence, low, high):
            yield Asked(kind="number", question=f"{sentence[:low]}{BLANK}{sentence[high:]}", answer=answer, decides=rank == 0)
            return


@cache
def naming() -> re.Pattern[str]:
    """A figure that only names something: 6位, 4级."""
    return re.compile(rf"(?:{emphasis.words('不问')})$")


def enclosed(sentence: str, place: int, pair: str) -> bool:
    """Whether a place lies between two marks of a pair."""
    return sentence.count(pair[0], 0, place) > sentence.count(pair[1], 0, place)


def whole_figure(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Number and unit without the bound behind them, which stays in the question; a day with its year."""
    cut = re.search(rf"(?:{emphasis.words('后界')})$", sentence[start:end])
    year = re.search(r"\d{4}年$", sentence[:start])
    return year.start() if year else start, start + cut.start() if cut and cut.start() > 0 else end


def whole_words(sentence: str, start: int, end: int) -> bool:
    """Whether a blank begins and ends where words do."""
    ends, place = {0}, 0
    for word in words.cut(sentence):
        place += len(word)
        ends.add(place)
    return (start in ends or sentence[start].isdigit()) and end in ends


def ban(sentence: str) -> Iterator[Asked]:
    """A plain ban as 可以…吗; not where an exception or a second negation would make the answer unsure."""
    if EXCEPT.search(sentence):
        return
    parts = sentence.split("，")
    for place, clause in enumerate(parts):
        hit = BAN.search(clause)
        if hit is None or len(BAN.findall(clause)) > 1 or JOINED.match(clause) or POINTING.match(clause) or enclosed(clause, hit.start(), "“”"):
            continue
        own, rest = clause[: hit.start()], clause[hit.end() :]
        before = scene(parts[:place], own)
        if before is None or own.startswith(("也", "均")) or (not before and BARE.fullmatch(own) and (own or not MATTER.search(rest))):
            continue  # who is meant, and in what, stands in a clause that the question would leave out
        if len(rest) >= LEAST and not OTHER_NEGATION.search(own + rest):
            yield Asked(kind="ban", question=f"{before}{own}可以{rest}吗？", answer=f"不可以：{hit.group()}{rest}")


def scene(earlier: list[str], own: str) -> str | None:
    """In what case a ban holds, and for whom: every clause before it that is no duty of its own; None where one cannot go along nor be left out."""
    kept, actor, left_off = [], "", False
    for clause in earlier:
        sort, word = clauses.sort_of(clause)
        if sort in (clauses.Sort.CASE, clauses.Sort.PLAIN):
            if left_off and (JOINED.match(clause) or POINTING.match(clause) or BARE_CASE.match(clause + "，")):
                return None
            if sort is clauses.Sort.PLAIN and point.is_duty(clause):
                return None
            kept.append(clause)
            continue
        doer = ACTOR.match(clause)
        if word and doer is None:  # 办理大额取款的网点应当…: what stands before the duty limits the ban too
            return None
        actor, left_off = actor or (doer.group() if doer else ""), True
    if kept:
        return "，".join(kept) + "，"
    return actor if BARE.fullmatch(own) else ""


def banned_list(text: str) -> Iterator[Asked]:
    """Of a list of bans the first member that is short and plain, asked with the list's own head."""
    hit = BANNED_LIST.match(text)
    for item in hit["items"].split("；") if hit else ():
        plain = item.strip("，。 ")
        if NO_ACT.match(plain):
            continue
        if hit and len(plain) > LEAST and len(hit["head"] + plain) <= LONGEST - LEAST and not OTHER_NEGATION.search(plain) and not EXCEPT.search(plain):
            yield Asked(kind="ban", question=f"{hit['head']}可以{plain}吗？", answer=f"不可以：{plain}")
            return


def exception(text: str) -> Iterator[Asked]:
    """The case that is excepted, asked for behind the rule; not what every rule excepts (另有规定的除外)."""
    hit = EXCEPTION.match(text)
    if hit is None or TRIVIAL.search(hit["case"]):
        return
    last = re.split(r"[，。；]", hit["rule"])[-1]
    rules = [hit["rule"], *([last] if point.is_duty(last) and not HEADLESS.match(last) else [])]
    rule = next((each for each in rules if len(each) <= LONGEST - len(WHICH) and understood(each, first=True)), "")
    if rule:
        yield Asked(kind="exception", question=f"{rule}{WHICH}", answer=hit["case"])


def allowed(text: str) -> Iterator[Asked]:
    """What may be done in a case that the line names."""
    hit = ALLOWED.match(text)
    if hit is not None and understood(hit["case"] + "，", first=True) and not point.is_duty(hit["case"]):
        yield Asked(kind="right", question=f"{hit['case']}，可以怎么办？", answer=hit["may"])
