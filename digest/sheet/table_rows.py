"""Rows of the source's tables as statements: the first cell, then the others, behind their column's name where they need it (heads.tsv)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec import Struct

from digest.model.document import BlockKind
from digest.model.outline import Outline, Sentence, SentenceKind, Span
from digest.model.sheet import Line, NumberRow
from digest.zh import clauses
from digest.zh.lexicon import alternatives
from digest.zh.tables import Table

HEADS = Table(file="heads.tsv", columns=("类", "词", "来源"), keys=2)
BAR = "｜"
NO_MATTER = frozenset({"序号", "编号", "行次", "项次", "No", "No.", "合计"})
LONGEST_STANDARD = 60
FEWEST_STOPS = 2  # rows that make a table one of what stops
FIGURE = re.compile(r"[\d一二两三四五六七八九十百千半双]")
SHORT = 1  # characters of a first cell that needs its column's name
Placed = tuple[tuple[tuple[str, int], ...], str, str]  # columns, their name, the value


def is_row(sentence: Sentence) -> bool:
    """Whether a sentence is a table row with named columns."""
    return sentence.kind is SentenceKind.ROW and bool(sentence.cells)


class Said(Struct, frozen=True):
    """What is printed of a cell, or of an old and a new one; ``columns`` are where it stands: names, each with which of that name it is."""

    columns: tuple[tuple[str, int], ...]
    text: str


def cells_of(sentence: Sentence, heads: Iterable[str] = ()) -> list[Said]:
    """What is said, cell by cell: a value that speaks for itself as it is, another behind its column's name, old and new as 旧 → 新.

    Counters and empty cells are left out. ``heads`` are the names of all columns of the table: a row may leave some empty.
    """
    seen = Counter[str]()
    shown: list[Placed] = []
    for header, value in sentence.cells:
        if value and header not in NO_MATTER:
            shown.append((((header, seen[header]),), header, value))
        seen[header] += 1
    others = {*heads, *seen}
    return [
        Said(columns, value if bare(header, value, others.difference(name for name, _ in columns), first=not place) else f"{header} {value}")
        for place, (columns, header, value) in enumerate(paired(shown))
    ]


def bare(header: str, value: str, others: Iterable[str], *, first: bool) -> bool:
    """Whether a value needs no name: the matter itself unless it is a bare 三 or 甲, and what its column's name adds nothing to.

    A name adds what sets it apart from the ``others`` that end alike: 个人标准 beside 对公标准.
    """
    if not header or header == value or (first and len(value) > SHORT):
        return True
    hit = re.search(rf"(?:{words('可略')})$", header)
    return hit is not None and (hit.group() == header or not any(other.endswith(hit.group()) for other in others))


def paired(cells: list[Placed]) -> list[Placed]:
    """The cells with the old and the new of one matter as one cell."""
    found: list[Placed] = []
    for columns, header, value in cells:
        old, new = (re.match(rf"(?:{words(kind)})", text) for kind, text in (("旧", found[-1][1] if found else ""), ("新", header)))
        if found and old and new and found[-1][1][old.end() :] == header[new.end() :]:
            found[-1] = (found[-1][0] + columns, header[new.end() :], f"{found[-1][2]} → {value}")
        else:
            found.append((columns, header, value))
    return found


@cache
def words(kind: str) -> str:
    """The words of one class of heads as alternatives, longest first."""
    return alternatives(HEADS, kind)


def text_of(sentence: Sentence, heads: Iterable[str] = ()) -> str:
    """The row as one statement; the bars stay where no column has a name."""
    cells = [cell.text for cell in cells_of(sentence, heads)]
    if len(cells) < 2:
        return sentence.text
    return f"{cells[0]}：{'，'.join(cells[1:])}"


def list_of(sentences: Sequence[Sentence], name: str, heads: Iterable[str] = ()) -> str:
    """Rows of one table as one list under the table's name, else that of its first column; what a column says in all rows is said once there.

    Rows in which nothing is said but a number are left out.
    """
    names = {*heads, *(header for sentence in sentences for header, _ in sentence.cells)}
    rows = [cells for sentence in sentences if (cells := cells_of(sentence, names))]
    same = [cell for cell in rows[0][1:] if all(cell in row[1:] for row in rows)] if len(rows) > 1 else []
    told = [f"{row[0].text} {'，'.join(cell.text for cell in row[1:] if cell not in same)}".replace("；", "，").rstrip("。； ") for row in rows]
    head = (name or sentences[0].cells[0][0]) + (f"（{'，'.join(cell.text for cell in same)}）" if same else "")
    return (f"{head}：" if head else "") + "；".join(told or (sentence.text for sentence in sentences))


def stops(sentence: Sentence) -> bool:
    """Whether a row has a cell that says that its business stops or is had in some places only."""
    return any(re.match(clauses.words("停办值"), value) is not None for _, value in sentence.cells[1:])


def stops_of(sentences: Sequence[Sentence], name: str) -> str:
    """Rows whose business stops as one list under the table's name: each with when it stops, cells that say 正常 left out, equal cells said once."""
    rows = []
    for sentence in sentences:
        told: dict[str, list[str]] = {}
        for header, value in sentence.cells[1:]:
            if value and header not in NO_MATTER and not re.fullmatch(clauses.words("照办值"), value):
                told.setdefault(value, []).append(header)
        rows.append(f"{sentence.cells[0][1]} {'，'.join(' '.join(filter(None, ('、'.join(heads), value))) for value, heads in told.items())}")
    head = name or sentences[0].cells[0][0]
    return (f"{head}：" if head else "") + "；".join(row.replace("；", "，").rstrip("。； ") for row in rows)


def heads_of(outline: Outline, sentence: Sentence) -> frozenset[str]:
    """The names of all columns of a row's table that have a value in any row; of the row's own where the table is not known."""
    table = table_of(outline, sentence)
    alike = [each for each in outline.sentences if each.node == sentence.node and is_row(each)] if table is not None else []
    return frozenset(name for each in (sentence, *alike) if each is sentence or table_of(outline, each) == table for name, _ in each.cells)


def table_of(outline: Outline, sentence: Sentence) -> int | None:
    """The number of the table that a row stands in."""
    spans = outline.spans_of(sentence.number)
    cell = outline.document.blocks[spans[0].block].cell if spans else None
    return cell.table if cell is not None else None


def number_row(line: Line, sentence: Sentence, heads: Iterable[str] = ()) -> NumberRow | None:
    """The row in the table of numbers: its first cell is the matter, the rest the standard; none where it holds no number or asks (是否…)."""
    cells = [cell.text for cell in cells_of(sentence, heads)]
    standard = "，".join(cells[1:])
    counts = FIGURE.search("".join(cells)) and not re.search(words("问项"), standard)
    if len(cells) < 2 or len(standard) > LONGEST_STANDARD or not counts:
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
