"""A figure blanked out: of the whole sentence where it is short, else of the clause that says it with its subject and its cases."""

import re
from collections.abc import Iterator
from functools import cache

from digest.zh import clauses, emphasis, words
from digest.zh.questions_rules import bare, enclosed, excepts, is_whole, joined, listed, pointing, scene, understood

BLANK = "＿＿"
LONGEST = 60  # a question longer than this is no question any more (domain study 3.3: 45 a line)
SHORTER = 6  # characters that a cut must save
LEAST_MATTER = 4  # characters of a later clause beside its figure
PART = re.compile(r"(?:[上下首头每]|(?<!提)前)$")  # 下一年 is one word
SPELT = re.compile(r"[一二三四五六七八九十百]+(?:个?工作日|日|天|个月|年)(?=之?内|以内)")  # 七日内
NUMBER = re.compile(emphasis.NUMBER + r"\s?(?:[一-龥%‰])")
ONE = re.compile(r"一(?:次|户|名|份|张|枚|人|个(?!月|工作日))")  # 一次, 一户: no figure to remember
ARROW = re.compile(r"^(?P<head>[^：；→]{2,30}：(?:[^，；→]{0,12}\s)?[^，；→\s]{1,12} → )(?P<new>[^，；→\s]{1,12})(?=，|$)")

Blanked = tuple[str, str, bool]  # question, answer, whether the figure decides


@cache
def no_rule() -> re.Pattern[str]:
    """A clause of coming into force, or a case without what holds in it."""
    return re.compile(rf"起(?:正式|统一)?(?:{listed('施行')})|(?:的|时)$")


def is_rule(sentence: str) -> bool:
    """Whether a sentence says a rule that can be asked for by itself."""
    return understood(sentence, first=True) and no_rule().search(sentence) is None and words.cut(sentence)[-1:] != ["者"]


@cache
def naming() -> re.Pattern[str]:
    """A figure that only names something: 6位, 4级."""
    return re.compile(rf"(?:{emphasis.words('不问')})$")


def blanks(sentence: str) -> Iterator[Blanked]:
    """The figure that decides most, blanked out in the whole sentence, and in a cut of it; not of a clause that is no rule."""
    yield from of_whole(sentence)
    for said, rule in cuts(sentence):
        if len(said) <= min(LONGEST, len(sentence) - SHORTER) and is_rule(said):
            yield from [found for found in of(said) if rule or found[2]][:1]


def of_whole(text: str) -> Iterator[Blanked]:
    """The figure that decides most, blanked out in the whole text."""
    if len(text) <= LONGEST and is_rule(text):
        yield from list(of(text))[:1]


def of(sentence: str) -> Iterator[Blanked]:
    """Every figure of a sentence blanked out with its unit, the one that decides most first; never out of the middle of a word, nor a mere name (6位)."""
    known = [(emphasis.rank_of(sentence, *place), place) for _, group in emphasis.figures(sentence) for place in group]
    spelt = [(0, hit.span()) for hit in SPELT.finditer(sentence) if all(hit.end() <= low or high <= hit.start() for _, (low, high) in known)]
    for rank, (start, end) in sorted(known + spelt):
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
        if low and sentence.count(answer) == 1 and whole_words(sentence, low, high) and not of_span(sentence, low, high):
            yield f"{sentence[:low]}{BLANK}{sentence[high:]}", answer, rank == 0


def cuts(sentence: str) -> Iterator[tuple[str, bool]]:
    """Every clause that says a figure, with whose rule it is and in which case, and whether it asks for something; none out of a sentence with an exception."""
    if excepts(sentence):
        return
    parts = sentence.split("，")
    for place, clause in enumerate(parts):
        if (NUMBER.search(clause) is None and SPELT.search(clause) is None) or joined().match(clause) or pointing().match(clause):
            continue
        own = clause[: clauses.sort_of(clause)[1]]
        before = scene(parts[:place], own)
        if before is None or (not before and place and bare().fullmatch(own)):
            continue
        end = place + 1
        while end < len(parts) and (clauses.sort_of(parts[end - 1])[0] is clauses.Sort.CASE or unfinished().search(parts[end - 1])):
            end += 1
        said = before + "，".join(parts[place:end])
        rule = any(clauses.sort_of(part)[0] not in (clauses.Sort.CASE, clauses.Sort.PLAIN) for part in parts[place:end])
        if is_whole(said) and not unfinished().search(said) and (place == 0 or len(bound_of().sub("", clause)) >= LEAST_MATTER):
            yield said, rule


@cache
def unfinished() -> re.Pattern[str]:
    """The end of a clause that says only when: what is to be done stands in the next one."""
    return re.compile(rf"(?:{listed('未完')})$")


@cache
def bound_of() -> re.Pattern[str]:
    """Figures with their bounds: without them a clause must still say of what it speaks."""
    return re.compile(rf"最迟|至少|最多|最长|不得|应当?|须|不?(?:超过|少于|低于|高于|多于|足|迟于|晚于)|{NUMBER.pattern}|(?:{listed('时长')})|[内前后（）]")


def of_span(sentence: str, start: int, end: int) -> bool:
    """Whether a figure is one end of a span (1月1日至6月30日): half of it is no answer."""
    return re.match(r"\s?[至到—~～-]", sentence[end:]) is not None or re.search(r"[至到—~～-]\s?$", sentence[:start]) is not None


def replaced(text: str) -> Iterator[Blanked]:
    """The new value of a row that says what it was and what it is (交易码 110201 → 1021)."""
    hit = ARROW.match(text)
    if hit is not None:
        yield f"{hit['head']}{BLANK}", hit["new"], True


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
