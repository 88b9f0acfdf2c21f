"""Rows of the source's tables as statements: the first cell, then every other cell behind its column's name."""

from digest.model.document import BlockKind
from digest.model.outline import Outline, Sentence, SentenceKind, Span
from digest.model.sheet import Line, NumberRow

BAR = "｜"
NO_MATTER = frozenset({"序号", "编号", "行次", "项次", "No", "No.", "合计"})
LONGEST_STANDARD = 60
SHORT = 1  # characters of a first cell that needs its column's name


def is_row(sentence: Sentence) -> bool:
    """Whether a sentence is a table row with named columns."""
    return sentence.kind is SentenceKind.ROW and bool(sentence.cells)


def cells_of(sentence: Sentence) -> list[str]:
    """What is said, cell by cell, each behind its column's name; the first as it is unless a bare 三 or 甲 would say nothing.

    Counters and empty cells are left out.
    """
    shown = [(header, value) for header, value in sentence.cells if value and header not in NO_MATTER]
    plain = [not header or header == value or (not index and len(value) > SHORT) for index, (header, value) in enumerate(shown)]
    return [value if bare else f"{header} {value}" for bare, (header, value) in zip(plain, shown, strict=True)]


def text_of(sentence: Sentence) -> str:
    """The row as one statement; the bars stay where no column has a name."""
    cells = cells_of(sentence)
    if len(cells) < 2:
        return sentence.text
    return f"{cells[0]}：{'，'.join(cells[1:])}"


def number_row(line: Line, sentence: Sentence) -> NumberRow | None:
    """The row in the table of numbers: its first cell is the matter, the rest the standard."""
    cells = cells_of(sentence)
    standard = "，".join(cells[1:])
    if len(cells) < 2 or len(standard) > LONGEST_STANDARD:
        return None
    return NumberRow(item=cells[0], standard=standard, due="", mark=line.mark, line=line)


def header_spans(outline: Outline, sentence: Sentence) -> tuple[Span, ...]:
    """Where the names of a row's columns stand."""
    document = outline.document
    spans = outline.spans_of(sentence.number)
    cell = document.blocks[spans[0].block].cell if spans else None
    if cell is None:
        return ()
    names = {header for header, _ in sentence.cells}
    blocks = [block for block in document.blocks if block.kind is BlockKind.CELL and block.cell and block.cell.table == cell.table]
    return tuple(Span(block=block.number, start=0, end=len(block.raw)) for block in blocks if block.raw.strip() and heads(block.raw, names))


def heads(raw: str, names: set[str]) -> bool:
    """Whether a cell's text is one of the names, or a part of a name of several rows."""
    text = "".join(raw.split())
    return any(text and text in "".join(name.split()) for name in names)
