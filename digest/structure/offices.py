"""Who issues a paper, as a line names them: offices side by side (联合行文), and what an office's name ends with."""

import re

from digest.model.outline import Passage
from digest.structure.lines import fold

OFFICE_END = re.compile(r"(?:银行|公司|中心|主管部门|联社|[行部会局署厅室院委处科府办])$")
BEHIND = re.compile(r"(?:令|公告|文件)$")  # what an order's or a red head's line says behind the offices
SHORTEST = 3  # characters of an office's name


def is_office(text: str) -> bool:
    """Whether a text is nothing but the name of an office."""
    return len(text) >= SHORTEST and OFFICE_END.search(text) is not None and re.fullmatch(r"[\u4e00-\u9fff×、（）()]+", text) is not None and "关于" not in text


def offices_in(passage: Passage) -> list[str]:
    """The offices that a line names and nothing else (甲部　乙局令 to 甲部, 乙局): told apart by the blanks between them; none where it says more."""
    pieces = [BEHIND.sub("", fold(piece)) for piece in parted(passage)]
    if len(pieces) > 1 and all(map(is_office, pieces)):
        return pieces
    whole = BEHIND.sub("", fold(passage.text))
    return [whole] if is_office(whole) else []


def parted(passage: Passage) -> list[str]:
    """The passage's text, cut where the file has blanks or another line."""
    found: list[str] = []
    for place, run in enumerate(passage.runs):
        piece = passage.text[run.start : run.start + run.length]
        last = passage.runs[place - 1] if place else None
        if last is not None and last.block == run.block and last.offset + last.length == run.offset:
            found[-1] += piece
        else:
            found.append(piece)
    return found
