"""Which part of a consignment is the paper itself: the innermost mail, the circular attached to it, or the file."""

from collections.abc import Sequence

from digest.model.document import Document, Part, PartKind
from digest.model.outline import Passage
from digest.structure import doc_number
from digest.structure.titles import is_strong_title

HEAD = 15  # passages in which a paper shows what it is


def main_part(document: Document, passages: Sequence[Passage]) -> int:
    """Number of the part whose masthead counts."""
    mails = [part for part in document.parts if part.kind is PartKind.MAIL]
    if not mails:
        return first_with_text(document, passages)
    innermost = max(mails, key=lambda part: (part.depth, part.number))
    attached = [part for part in document.parts if part.kind is PartKind.ATTACHMENT and is_formal(passages, part)]
    return attached[0].number if attached else innermost.number


def first_with_text(document: Document, passages: Sequence[Passage]) -> int:
    """The body, or in a bundle the first paper that has a masthead, else the first with any text."""
    with_text = {passage.part for passage in passages}
    if 0 in with_text:
        return 0
    formal = [part.number for part in document.parts if is_formal(passages, part)]
    return min(formal or with_text or {0})


def is_formal(passages: Sequence[Passage], part: Part) -> bool:
    """Whether a part begins like a circular: its number or a title of the form 关于…的通知."""
    head = [passage for passage in passages if passage.part == part.number][:HEAD]
    return any(doc_number.read_line(passage.text) or is_strong_title(passage.text) for passage in head)
