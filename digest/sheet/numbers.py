"""Limits to rows of 记住这些数: a line's own text cut in two before its standard; read together the cells are the line."""

import re

from digest.model.sheet import Line, NumberRow
from digest.zh import emphasis

LONGEST_STANDARD = 42
LONGEST_ROW = 80
LEAST_ITEM = 4
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
    """The row of a line; None where its text cannot be cut without harm."""
    if len(line.text) > LONGEST_ROW or "：" in line.text or "｜" in line.text:
        return None
    figure = next((start for start, end, priority in emphasis.candidates(line.text) if priority == 1 and has_digit(line.text[start:end])), None)
    if figure is None:
        return None
    at = bound_start(line.text, figure)
    item, standard = line.text[:at], line.text[at:]
    if not sound(item, standard) or (item[-1].isascii() and item[-1].isalnum()):
        return None
    return NumberRow(item=item.rstrip("，、"), standard=standard, due="", mark=line.mark, line=line)


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


def sound(item: str, standard: str) -> bool:
    """Whether both cells can be read: long enough, short enough, no bracket cut open."""
    if len(item) < LEAST_ITEM or len(standard) > LONGEST_STANDARD:
        return False
    return all(item.count(opener) == item.count(closer) for opener, closer in zip(OPENERS, CLOSERS, strict=True))
