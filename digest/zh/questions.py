"""Check questions (考一考) out of a line's own words: a figure blanked out, a ban turned into 可以…吗, an exception blanked out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from digest.zh import emphasis

BLANK = "＿＿"
LONGEST = 60  # a question longer than this is no question any more (domain study 3.3: 45 a line)
SENTENCE = re.compile(r"[^。；]+")
BAN = re.compile(r"不得(?!超过|低于|少于|高于|晚于|早于|大于|小于|以)|严禁|禁止")
OTHER_NEGATION = re.compile(r"[不未无非勿免](?!动产|柜面)|可以|方可|才能")
EXCEPT = re.compile(r"除|但|例外|另有规定|原则上")
CONDITION = re.compile(r"(?:的|时|后|前|期间)$")
BARE = re.compile(r"(?:[\d一二三四五六七八九十半]+\s?(?:年|个月|日|天|个工作日|小时)[内前后]|同时|一律|也|均|并|且)?")
JOINED = re.compile(r"[且并或但而]")  # a clause that begins so says only half without the one before it
LEAST = 4  # a ban shorter than this (不得办理) asks nothing by itself
LIST = re.compile(r"[：:]$|下列|以下")
EXCEPTION = re.compile(r"(?P<what>[^，。；：（）]{2,24}?)的?除外(?=[。；]|$)|除(?P<what2>[^，。；：（）]{2,24}?)(?:以外|外)")
NUMBER = re.compile(emphasis.NUMBER + r"\s?(?:[一-龥%‰])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question made of a line, its answer in the line's own words, and its ``kind``: number, ban, exception."""

    kind: str
    question: str
    answer: str


@lru_cache(maxsize=1_000)  # a line is asked again for every trial of a page
def ask(text: str) -> tuple[Asked, ...]:
    """Every question that a line safely gives, best first: exceptions, figures, bans; none is ever forced."""
    found = [asked for sentence in SENTENCE.findall(text) for asked in of_sentence(sentence.strip("，、：: "))]
    found += exception(text.strip("，。；、"))
    order = {"exception": 0, "number": 1, "ban": 2}
    return tuple(sorted(found, key=lambda asked: (order[asked.kind], len(asked.question), asked.question)))


def of_sentence(sentence: str) -> Iterator[Asked]:
    """Questions of one sentence; a figure only where the whole is short enough to be read out."""
    if LIST.search(sentence):
        return
    if len(sentence) <= LONGEST:
        yield from number(sentence)
    yield from (asked for asked in ban(sentence) if len(asked.question) <= LONGEST)


def number(sentence: str) -> Iterator[Asked]:
    """The first weighty figure with its unit blanked out."""
    for start, end, priority in emphasis.candidates(sentence):
        figure = NUMBER.search(sentence, start, end) if priority == 1 else None
        if figure is None:
            continue
        low, high = whole_figure(sentence, figure.start(), end)
        answer = sentence[low:high]
        if sentence.count(answer) == 1:
            yield Asked(kind="number", question=f"{sentence[:low]}{BLANK}{sentence[high:]}", answer=answer)
            return


def whole_figure(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Number and unit without the bound behind them, which stays in the question."""
    cut = re.search(rf"(?:{emphasis.words('后界')})$", sentence[start:end])
    return start, start + cut.start() if cut and cut.start() > 0 else end


def ban(sentence: str) -> Iterator[Asked]:
    """A plain ban as 可以…吗; not where an exception or a second negation would make the answer unsure."""
    if EXCEPT.search(sentence):
        return
    clauses = sentence.split("，")
    for place, clause in enumerate(clauses):
        before = clauses[place - 1] + "，" if place and CONDITION.search(clauses[place - 1]) else ""
        hit = BAN.search(clause)
        if hit is None or len(BAN.findall(clause)) > 1 or JOINED.match(clause):
            continue
        rest = clause[hit.end() :]
        if place and not before and BARE.fullmatch(clause[: hit.start()]) and "客户" not in rest:
            continue  # who is meant stands in a clause that the question would leave out
        if len(rest) >= LEAST and not OTHER_NEGATION.search(before + clause[: hit.start()] + rest):
            asked = f"{before}{clause[: hit.start()]}可以{rest}吗？"
            yield Asked(kind="ban", question=asked, answer=f"不可以：{hit.group()}{rest}")


def exception(sentence: str) -> Iterator[Asked]:
    """An exception with its case blanked out, in a line that also says the rule."""
    hit = EXCEPTION.search(sentence)
    if hit is None or len(sentence) > LONGEST or len(hit.group()) * 2 > len(sentence):
        return
    name = "what" if hit["what"] else "what2"
    start, end = hit.span(name)
    what = sentence[start:end].removeprefix("但是").removeprefix("但")
    if len(what) >= 2:
        yield Asked(kind="exception", question=f"{sentence[: end - len(what)]}{BLANK}{sentence[end:]}", answer=what)
