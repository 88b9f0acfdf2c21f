"""Limits to rows of 记住这些数: a name and its number cut apart where each is whole; read together the cells are the line."""

import re
from functools import lru_cache

from digest.model.sheet import Line, NumberRow
from digest.zh import clauses, emphasis

LONGEST_STANDARD = 42
LONGEST_ITEM = 24
LEAST_ITEM = 3
# what a name for a number does not hold: a clause of its own, a modal, somebody who acts, a day or a case
SAYS = re.compile(r"[，。；：]|应|须|必须|可|不|由|将|请|把|凭|但|的$|[于在自对向](?=[^、]{4})")
# one number or several with bounds and units, and up to four characters that say of what (30天正常用量)
# between the digits of several: marks of the number before, its unit, what joins them, the bound of the next
BEFORE = re.compile(r"[^0-9，。；：由的]{0,12}")
BETWEEN = re.compile(r"[.,]*+[^0-9，。；：、由的应须可]{0,9}[、和或至]?[^0-9，。；：由的]{0,12}")
BEHIND = re.compile(r"[.,]*+[^0-9，。；：、由的应须可]{0,9}[、和或至]?[。；]?")
CASE = re.compile(r"(?:的|时|除外|另有规定)[。；]?$")
BOUNDED = re.compile(r"(?:不得|不准|不应|应|应当|须|必须)?(?:一律|均)?(?:不)?(?:超过|低于|少于|高于|多于|大于|小于|晚于|早于|为|至少|最[高低多少])|至少")
# a standard begins with its bound, so that matter and bound never part
BOUND = re.compile(
    r"(?:一律|均|应当?|须|必须)?(?:不得?|不可以?|不准|不许|不应|不能|不|未|已)?(?:超过|少于|低于|高于|多于|大于|小于|晚于|早于|足|满)(?:其?[^，。；：、]{0,4})?$"
    r"|(?:至少|最高|最低|最多|最少|最长|最短|上限|下限|达到|保存|保管|限额|调整)?(?:为|至|是|按|达到|在|不超过)?$"
    r"|(?:每[人日月年周户笔次][^，。；：]{0,6})$"
    r"|(?<=[^不])(?:可以?|应当?|须)$"
    r"|(?:[^，。；：、]{0,4}(?:[自由从对在向将]|(?<![高低多少大小晚早])于))$"
)
CLOSERS, OPENERS = "）》”〕】", "（《“〔【"


def row_of(line: Line) -> NumberRow | None:
    """A line in the table of numbers: cut in two where a name and its number stand apart, across both cells where they do not.

    None where it holds no number, or asks somebody to do something: that is a duty with a number in it.
    """
    figure = next((start for start, end, priority in emphasis.candidates(line.text) if priority == 1 and has_digit(line.text[start:end])), None)
    if figure is None or "｜" in line.text:
        return None
    at = bound_start(line.text, figure)
    item, standard = line.text[:at], line.text[at:]
    if named(item) and bare(standard):
        return NumberRow(item=item, standard=standard, mark=line.mark, line=line)
    return None if asks(line.text) else NumberRow(item=line.text, standard="", mark=line.mark, line=line)


def asks(text: str) -> bool:
    """Whether a limit's text is a duty or a ban: somebody shall do something, not only keep within a number."""
    plain = clauses.masked(text)
    found = [(clause, plain[clause.word : clause.end]) for segment in clauses.segments(plain) for clause in segment]
    return (
        clauses.forbids(text)
        or any(clause.sort is clauses.Sort.DUTY and not BOUNDED.match(said) for clause, said in found)
        or re.search(clauses.words("动作"), plain) is not None
    )


def named(item: str) -> bool:
    """Whether what stands left is a name and nothing else: one phrase, nobody in it who acts or may."""
    plain = clauses.masked(item)
    return LEAST_ITEM <= len(item) <= LONGEST_ITEM and not SAYS.search(plain) and paired(item) and not (item[-1].isascii() and item[-1].isalnum())


@lru_cache(maxsize=4096)
def bare(standard: str) -> bool:
    """Whether what stands right is the number with its bound and unit, and at most a condition behind it."""
    first, *others = clauses.masked(standard).split("，")
    return len(standard) <= LONGEST_STANDARD and paired(standard) and only_numbers(first) and all(CASE.search(other) for other in others)


def only_numbers(text: str) -> bool:
    """Whether a text is numbers with their bounds and units and nothing else; cut at its digits, so that no text takes long."""
    before, *between = re.split("[0-9]+", text)
    if not between or not BEFORE.fullmatch(before):
        return False
    return all(map(BETWEEN.fullmatch, between[:-1])) and BEHIND.fullmatch(between[-1]) is not None


def has_digit(text: str) -> bool:
    """Whether a text holds a digit."""
    return any(char.isdigit() for char in text)


def bound_start(text: str, start: int) -> int:
    """Where the standard begins: before the bounds and prepositions in front of the figure (不得超过, 系统于每年)."""
    hit = BOUND.search(text[:start])
    while hit and hit.start() < start:
        start = hit.start()
        hit = BOUND.search(text[:start])
    return start


def paired(text: str) -> bool:
    """Whether no bracket is cut open."""
    return all(text.count(opener) == text.count(closer) for opener, closer in zip(OPENERS, CLOSERS, strict=True))
