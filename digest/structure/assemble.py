"""The order of work inside this room: lines, passages, labels, tree, sentences, lists, units."""

from collections.abc import Sequence

from digest.model.document import Block, BlockKind, Document
from digest.model.outline import Coverage, Masthead, Outline, Passage
from digest.structure.clean import make_passages
from digest.structure.draft import Draft, Work
from digest.structure.furniture import strip_furniture
from digest.structure.headings import mark_headings
from digest.structure.lines import fold
from digest.structure.lists import mark_lists
from digest.structure.numbering import Label, read_auto_label, read_label
from digest.structure.sentences import split
from digest.structure.tree import grow
from digest.structure.units import make_units
from digest.structure.wraps import join_lines
from digest.zh.lexicon import Lexicon

TEXT = (BlockKind.PARAGRAPH, BlockKind.LINE, BlockKind.FURNITURE)


def assemble(document: Document, lexicon: Lexicon) -> Outline:
    """Document to Outline, one step a line."""
    lines = strip_furniture([block for block in document.blocks if block.kind in TEXT])
    passages = make_passages(join_lines(lines))
    work = number(document, passages)
    work.drafts = split_all(work)
    mark_headings(work)
    mark_lists(work)
    units = make_units(work)
    sentences = tuple(draft.finish(place) for place, draft in enumerate(work.drafts))
    return Outline(
        document=document,
        masthead=Masthead(),
        passages=work.passages,
        nodes=tuple(work.nodes),
        sentences=sentences,
        units=units,
        coverage=Coverage(read=count(document.blocks), kept=sum(len(fold(sentence.text)) for sentence in sentences)),
        notices=document.notices,
        attachments=document.attachments,
    )


def number(document: Document, passages: tuple[Passage, ...]) -> Work:
    """Passages to the numbering tree."""
    labels = tuple(label_of(document, passage) for passage in passages)
    nodes, places = grow(passages, labels)
    return Work(passages=passages, labels=labels, places=places, nodes=list(nodes))


def label_of(document: Document, passage: Passage) -> Label | None:
    """The passage's number: the word processor's automatic one, or the one written in the text."""
    block = document.blocks[passage.runs[0].block]
    return read_auto_label(block.label) if block.label else read_label(passage.text)


def split_all(work: Work) -> list[Draft]:
    """All passages to sentences."""
    drafts: list[Draft] = []
    for passage, place in zip(work.passages, work.places, strict=True):
        ranges = split(passage.text, place.start)
        for order, (start, end) in enumerate(ranges):
            text = passage.text[start:end]
            drafts.append(Draft(passage=passage.number, start=start, end=end, text=text, node=place.node, first=order == 0, last=order + 1 == len(ranges)))
    return drafts


def count(blocks: Sequence[Block]) -> int:
    """Characters in blocks, without blanks."""
    return sum(len(fold(block.raw)) for block in blocks)
