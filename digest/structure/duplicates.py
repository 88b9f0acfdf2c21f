"""Repeated paste: a paper that stands twice in one file is read once."""

from collections.abc import Sequence

from digest.model.outline import Passage
from digest.structure.lines import fold

LEAST_RUN = 3  # passages in a row that must come again
LEAST_CHARACTERS = 120  # in such a run: short headings and form fields may well come twice


def repeated_passages(passages: Sequence[Passage]) -> set[int]:
    """Numbers of passages that repeat, in a long run and word for word, what stood before."""
    texts = [fold(passage.text) for passage in passages]
    first: dict[str, int] = {}
    found: set[int] = set()
    index = 0
    while index < len(texts):
        origin = first.get(texts[index])
        length = run_length(texts, origin, index) if origin is not None else 0
        if length >= LEAST_RUN and sum(map(len, texts[index : index + length])) >= LEAST_CHARACTERS:
            found.update(range(index, index + length))
            index += length
            continue
        first.setdefault(texts[index], index)
        index += 1
    return {passages[place].number for place in found}


def run_length(texts: Sequence[str], origin: int, index: int) -> int:
    """How many passages from ``index`` on equal those from ``origin`` on."""
    length = 0
    while index + length < len(texts) and origin + length < index and texts[origin + length] == texts[index + length]:
        length += 1
    return length
