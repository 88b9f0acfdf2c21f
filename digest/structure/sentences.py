"""Passage text to sentences: split at 。！？；, but not inside quotes, brackets and titles, nor at stray full stops."""

import re

LONGEST_QUOTE = 100  # characters; longer quotes hold sentences of their own
SHORTEST = 6  # characters; a shorter piece is no sentence (domain.md 1.9)

CLOSED = re.compile(
    rf"“[^“”]{{0,{LONGEST_QUOTE}}}”|（(?:[^（）]|（[^（）]*）){{0,{LONGEST_QUOTE * 2}}}）|\([^()]{{0,{LONGEST_QUOTE}}}\)"
    rf"|《[^》]{{0,{LONGEST_QUOTE}}}》|‘[^‘’]{{0,{LONGEST_QUOTE}}}’|【[^】]{{0,40}}】|「[^」]{{0,{LONGEST_QUOTE}}}」"
)
STOP = re.compile(r"[。！？；!?;]+[”’）」』]*|…{2,}[”’]?")
STRAY = re.compile(r"[\u4e00-\u9fff][，、。；]")  # one character between two marks: the mark before it was a slip of OCR
CLAUSE = re.compile(r"[^，。；：、！？]*")


def split(text: str, start: int = 0, stop: int | None = None) -> list[tuple[int, int]]:
    """[start, end) of each sentence in text[start:stop], blanks trimmed."""
    stop = len(text) if stop is None else stop
    closed = [found.span() for found in CLOSED.finditer(text, start, stop)]
    ends: list[int] = []
    turn = 0
    for mark in STOP.finditer(text, start, stop):
        while turn < len(closed) and closed[turn][1] <= mark.start():
            turn += 1
        if turn < len(closed) and inside(text, closed[turn], mark):
            continue
        if mark.end() < stop and STRAY.match(text, mark.end()):
            continue
        ends.append(mark.end())
    return merge_fragments(text, ranges(start, ends, stop))


def inside(text: str, closed: tuple[int, int], mark: re.Match[str]) -> bool:
    """Whether a mark stands inside a closed pair; one that ends a quoted speech ends the sentence with it."""
    if not closed[0] < mark.start() < closed[1]:
        return False
    return closed[1] != mark.end() or text[closed[0]] != "“" or not opens(text, mark.end())


def opens(text: str, position: int) -> bool:
    """Whether a new sentence can begin behind a closed quote."""
    return position >= len(text) or text[position] not in "，、。；：的等和与及或是为"


def ranges(start: int, ends: list[int], stop: int) -> list[tuple[int, int]]:
    """Borders to ranges."""
    found = []
    for end in [*ends, stop]:
        if end > start:
            found.append((start, end))
        start = end
    return found


def merge_fragments(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces too short for a sentence go to the one before (the first to the one behind)."""
    found: list[tuple[int, int]] = []
    for piece in (trim(text, *piece) for piece in pieces):
        if piece[0] >= piece[1]:
            continue
        if found and (is_fragment(text, *piece)):
            found[-1] = (found[-1][0], piece[1])
        else:
            found.append(piece)
    return found


def is_fragment(text: str, start: int, end: int) -> bool:
    """Whether a piece is too short to stand alone."""
    return len(re.sub(r"[^\w]", "", text[start:end])) < SHORTEST


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without blanks around it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
