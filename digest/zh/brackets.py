"""Names, quotations and brackets blanked out, place for place, in one reading of the text however deep they stand in one another."""

import re
from heapq import heapify, heappop, heappush
from itertools import accumulate, pairwise

PAIRS = ("“”", "《》", "「」", "（）", "〔〕")
MARKS = re.compile(f"[{''.join(PAIRS)}]")
FLAT = re.compile("|".join(f"{pair[0]}[^{pair}]*{pair[1]}" for pair in PAIRS))
KIND = {mark: pair for pair in PAIRS for mark in pair}
OPENERS = frozenset(pair[0] for pair in PAIRS)
BLANK = "\u3000"  # stands for every character that is hidden
NONE = -1


class Chain:
    """Numbers in order, from which any may be taken out."""

    def __init__(self, numbers: list[int]) -> None:
        """Join each to the next."""
        self.after = dict(pairwise((*numbers, NONE)))
        self.before = dict(pairwise((*reversed(numbers), NONE)))

    def drop(self, number: int) -> int:
        """Take one out; the one before it, which has another behind it now."""
        before, after = self.before.pop(number), self.after.pop(number)
        if before != NONE:
            self.after[before] = after
        if after != NONE:
            self.before[after] = before
        return before


def blanked(text: str) -> str:
    """The text with every pair of marks and what is between blanked out: the first pair with none of its kind inside, then again the first."""
    plain = FLAT.sub(lambda hit: BLANK * len(hit.group()), text)
    hits = list(MARKS.finditer(text)) if MARKS.search(plain) else []
    if len(hits) < 2:
        return plain  # one pass found all that there is: it is the same as pair by pair
    depth = [0] * (len(text) + 1)
    for start, end in hidden({hit.start(): hit.group() for hit in hits}):
        depth[start] += 1
        depth[end] -= 1
    return "".join(BLANK if deep else char for char, deep in zip(text, accumulate(depth), strict=False))


def hidden(marks: dict[int, str]) -> list[tuple[int, int]]:
    """The ranges to blank out; some may hold others."""
    everything = Chain(list(marks))
    chains = {pair: Chain([place for place, mark in marks.items() if mark in pair]) for pair in PAIRS}

    def closes(place: int) -> bool:
        """Whether an opening mark is still there, and the next of its kind closes it."""
        chain = chains[KIND[marks[place]]]
        return marks[place] in OPENERS and marks.get(chain.after.get(place, NONE), "") not in ("", marks[place])

    ready = [place for place in marks if closes(place)]
    heapify(ready)
    found = []
    while ready:
        start = heappop(ready)
        if not closes(start):
            continue
        end = place = start
        end = chains[KIND[marks[start]]].after[start]
        found.append((start, end + 1))
        while place != NONE and place <= end:
            following = everything.after[place]
            everything.drop(place)
            before = chains[KIND[marks[place]]].drop(place)
            if before != NONE and before < start and closes(before):
                heappush(ready, before)
            place = following
    return found
