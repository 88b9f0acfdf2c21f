"""The decimal trap: ``2.5万元以上`` between the items 1. and 3. is item 2., five myriads, and not two and a half (domain.md 1.4).

Read wrongly it would print a wrong amount. Only the neighbours tell, so this rule looks at all labels of a paper at once.
"""

import re
from collections.abc import Sequence

from digest.model.outline import NodeKind
from digest.structure.numbering import Label, display

TRAPPED = re.compile(r"(\d{1,2})\s*[.．、](?=\d)")
STYLE = "1."
NEAR = 12  # passages within which the next item must come


def settle(texts: Sequence[str], labels: Sequence[Label | None]) -> list[Label | None]:
    """Labels with the trapped ones recognised where they fit between their neighbours."""
    found = list(labels)
    for index, text in enumerate(texts):
        trapped = TRAPPED.match(text)
        if trapped and (found[index] is None or is_decimal(found[index])) and fits(texts, found, index, int(trapped.group(1))):
            found[index] = Label(style=STYLE, kind=NodeKind.H3, text=display(trapped.group()), ordinal=int(trapped.group(1)), end=trapped.end())
    return found


def is_decimal(label: Label | None) -> bool:
    """Whether a label is one of a decimal numbering (2.5)."""
    return label is not None and label.style == "1.1"


def fits(texts: Sequence[str], labels: Sequence[Label | None], index: int, number: int) -> bool:
    """Whether the item before or behind is the neighbour of ``number`` in a plain list."""
    before = number_before(labels, index)
    behind = number_behind(texts, labels, index)
    return behind == number + 1 if number == 1 else before == number - 1


def number_before(labels: Sequence[Label | None], index: int) -> int | None:
    """The plain number of the last item before."""
    for label in reversed(labels[max(0, index - NEAR) : index]):
        if label and label.style == STYLE:
            return label.ordinal
        if label and label.kind in (NodeKind.ARTICLE, NodeKind.H1, NodeKind.H2, NodeKind.CHAPTER):
            return None
    return None


def number_behind(texts: Sequence[str], labels: Sequence[Label | None], index: int) -> int | None:
    """The plain number of the next item behind, trapped or not."""
    for place in range(index + 1, min(len(texts), index + NEAR)):
        label = labels[place]
        if trapped := TRAPPED.match(texts[place]):
            return int(trapped.group(1))
        if label and label.style == STYLE:
            return label.ordinal
        if label and label.kind in (NodeKind.ARTICLE, NodeKind.H1, NodeKind.H2, NodeKind.CHAPTER):
            return None
    return None
