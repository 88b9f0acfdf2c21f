"""A line and its source in; the source out, cut into what the sheet kept and what it left away."""

from difflib import SequenceMatcher

from digest.model.sheet import Line


def traced(line: Line) -> list[tuple[str, bool]]:
    """The source in order as (text, kept). Joined up it is the source again, character for character."""
    kept = [False] * len(line.source)
    for block in SequenceMatcher(None, line.source, line.text, autojunk=False).get_matching_blocks():
        kept[block.a : block.a + block.size] = [True] * block.size
    found: list[tuple[str, bool]] = []
    for character, flag in zip(line.source, kept, strict=True):
        if found and found[-1][1] is flag:
            found[-1] = (found[-1][0] + character, flag)
        else:
            found.append((character, flag))
    return found
