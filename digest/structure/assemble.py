"""The order of work inside this room, from secrecy gate to units; each line is one rule's file."""

from collections.abc import Sequence

from msgspec.structs import replace

from digest.model.document import Block, BlockKind, Document
from digest.model.outline import NodeKind, Outline, Passage, SentenceKind, Unit
from digest.structure import coverage
from digest.structure.clean import make_passages
from digest.structure.decimals import settle
from digest.structure.directory import directory_passages
from digest.structure.draft import Draft, Work
from digest.structure.duplicates import repeated_passages
from digest.structure.furniture import strip_furniture
from digest.structure.headings import mark_headings
from digest.structure.inline import split_inline
from digest.structure.lists import mark_lists
from digest.structure.mail import mail_passages
from digest.structure.masthead import Found, read_masthead
from digest.structure.numbering import Label, read_auto_label, read_label
from digest.structure.secrecy import judge
from digest.structure.sentences import split
from digest.structure.sources import main_part
from digest.structure.subjects import mark_subjects
from digest.structure.tables import Piece, read_tables
from digest.structure.tail import tail_passages
from digest.structure.tree import grow
from digest.structure.units import make_units
from digest.structure.wraps import join_lines
from digest.structure.zones import mark_zones
from digest.zh.lexicon import Lexicon


def assemble(document: Document, lexicon: Lexicon) -> Outline:
    """Document to Outline, one step a line."""
    secrecy = judge(document, lexicon)
    pieces, cut = keep_text(document, read_pieces(document), lexicon)
    passages = tuple(replace(piece.passage, number=number) for number, piece in enumerate(pieces))
    labels = tuple(settle([passage.text for passage in passages], [None if piece.row or piece.key else label_of(document, piece.passage) for piece in pieces]))
    found = read_masthead(document, passages, labels, cut=cut, secrecy=secrecy)
    work = number(passages, labels, found.taken, [piece.place for piece in pieces])
    work.drafts = split_all(work, pieces)
    mark_headings(work, found.taken, lexicon)
    mark_lists(work, lexicon)
    mark_zones(work, document, lexicon, found)
    mark_subjects(work, lexicon)
    return finish(document, work, found, cut=cut, units=make_units(work, lexicon))


def finish(document: Document, work: Work, found: Found, *, cut: Sequence[Passage], units: tuple[Unit, ...]) -> Outline:
    """All parts to the Outline, with coverage and notices."""
    sentences = tuple(draft.finish(place) for place, draft in enumerate(work.drafts))
    measured = coverage.measure(document, sentences, cut)
    return Outline(
        document=document,
        masthead=found.masthead,
        passages=work.passages,
        nodes=tuple(work.nodes),
        sentences=sentences,
        units=units,
        coverage=measured,
        notices=(*document.notices, *found.notices, *coverage.notices(document, measured)),
        attachments=document.attachments,
    )


def read_pieces(document: Document) -> list[Piece]:
    """Text and tables in reading order."""
    lines = strip_furniture(document.blocks)
    pieces = [Piece(passage=passage) for passage in make_passages(join_lines(lines))]
    if document.tables:
        pieces = sorted([*pieces, *read_tables(document)], key=lambda piece: piece.passage.runs[0].block)
    return [replace_number(piece, number) for number, piece in enumerate(pieces)]


def replace_number(piece: Piece, number: int) -> Piece:
    """The piece with its passage numbered anew."""
    return replace(piece, passage=replace(piece.passage, number=number))


def keep_text(document: Document, pieces: list[Piece], lexicon: Lexicon) -> tuple[list[Piece], list[Passage]]:
    """The pieces that are text, and the passages cut: 版记, directory, repeated paste, mail's small talk."""
    passages = [piece.passage for piece in pieces if not piece.row]
    gone = tail_passages(passages) | directory_passages(passages) | repeated_passages(passages)
    gone |= mail_passages(document, passages, lexicon, main_part(document, passages))
    kept = [piece for piece in pieces if piece.passage.number not in gone]
    return kept, [piece.passage for piece in pieces if piece.passage.number in gone]


def number(passages: tuple[Passage, ...], labels: tuple[Label | None, ...], taken: frozenset[int], cells: Sequence[str]) -> Work:
    """Passages to the numbering tree; those the masthead took have no number of their own."""
    own = tuple(None if place in taken else label for place, label in enumerate(labels))
    nodes, places = grow(passages, own, taken, cells)
    return Work(passages=passages, labels=own, places=places, nodes=list(nodes))


def label_of(document: Document, passage: Passage) -> Label | None:
    """The passage's number: the word processor's automatic one, or the one written in the text."""
    block: Block = document.blocks[passage.runs[0].block]
    if block.label and passage.runs[0].offset <= len(block.raw) - len(block.raw.lstrip()):
        return read_auto_label(block.label)
    return None if block.kind is BlockKind.NOTE else read_label(passage.text)


def split_all(work: Work, pieces: Sequence[Piece]) -> list[Draft]:
    """All passages to sentences; a table row is one sentence, the short cells over a long one are a heading."""
    drafts: list[Draft] = []
    for passage, piece in zip(work.passages, pieces, strict=True):
        drafts += row_draft(work, passage, piece) if piece.row or piece.key else text_drafts(work, passage)
    return drafts


def row_draft(work: Work, passage: Passage, piece: Piece) -> list[Draft]:
    """A table row as a sentence."""
    kind = SentenceKind.ROW if piece.row else SentenceKind.HEADING
    node = work.places[passage.number].node
    return [Draft(passage=passage.number, start=0, end=len(passage.text), text=passage.text, node=node, kind=kind, cells=piece.cells)]


def text_drafts(work: Work, passage: Passage) -> list[Draft]:
    """A passage to sentences; lists inside it get nodes of their own."""
    place = work.places[passage.number]
    label = work.labels[passage.number]
    drafts: list[Draft] = []
    for stretch in split_inline(work.nodes, place.node, passage.text, place.start, label=label):
        ranges = split(passage.text, stretch.start, stretch.end)
        for order, (start, end) in enumerate(ranges):
            last = order + 1 == len(ranges)
            drafts.append(Draft(passage=passage.number, start=start, end=end, text=passage.text[start:end], node=stretch.node, last=last))
            drafts[-1].opens = order == 0 and (stretch.item or (label is not None and len(drafts) == 1))
    if drafts:
        drafts[0].first = work.nodes[place.node].kind is not NodeKind.INLINE
    return drafts
