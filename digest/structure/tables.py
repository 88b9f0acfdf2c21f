"""Tables to rows that can reach the sheet: cells under their headers, merged cells carried down, forms and layout left out.

A cell that holds whole steps or prose is not squeezed into a row: it is read as text under the row's short cells (操作流程表).
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from digest.model.document import Block, Document, Table
from digest.model.outline import Passage, Run
from digest.structure.clean import make_passage
from digest.structure.lines import Line, fold

BAR = "｜"
LONG_CELL = 60  # characters; a cell with more than one sentence beyond this is text
EMPTY_SHARE = 0.4  # of the data cells; a table that is emptier is a form to be filled in
COUNTER = re.compile(r"^(?:序号|编号|行次|项次|No\.?)$", re.I)
SIGNATURE = re.compile(r"签字|签名|签章|盖章|年月日|联系电话[:：]?$|经办人?[:：]?$|填表|日期[:：]?$")
BOXES = re.compile(r"[□☐○]")


class Piece(Struct, frozen=True, kw_only=True):
    """A passage from a table: a ROW with its ``cells``, or text (``key``: the short cells over it)."""

    passage: Passage
    cells: tuple[tuple[str, str], ...] = ()
    row: bool = False
    key: bool = False
    cell: bool = False

    @property
    def place(self) -> str:
        """What the tree must know: the short cells over long ones head them, cells end with their table."""
        return "key" if self.key else "cell" if self.row or self.cell else ""


class Slot(Struct, frozen=True, kw_only=True):
    """One place of the grid: the blocks that fill it and its cleaned text; ``own`` is false where it is carried down."""

    passages: tuple[Passage, ...] = ()
    own: bool = True

    @property
    def text(self) -> str:
        """All its text."""
        return "".join(passage.text for passage in self.passages)


Grid = list[list[Slot]]


def read_tables(document: Document) -> list[Piece]:
    """All tables of a document in reading order."""
    cells: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.cell:
            cells.setdefault(block.cell.table, []).append(block)
    pieces: list[Piece] = []
    for table in document.tables:
        pieces += read_table(table, cells.get(table.number, []))
    return pieces


def read_table(table: Table, blocks: Sequence[Block]) -> list[Piece]:
    """One table: as text, as rows, or not at all."""
    grid = lay_out(table, blocks)
    if not grid:
        return []
    if is_prose(grid):
        return [Piece(passage=passage, cell=True) for row in grid for slot in row if slot.own for passage in slot.passages]
    headers, data = header_names(table, grid)
    if is_form(data):
        return []
    return [piece for row in data for piece in read_row(headers, row)]


def lay_out(table: Table, blocks: Sequence[Block]) -> Grid:
    """Cells to a full grid; a merged cell fills every place it spans, but owns only the first."""
    found: dict[tuple[int, int], list[Block]] = {}
    for block in blocks:
        if block.cell:
            found.setdefault((block.cell.row, block.cell.column), []).append(block)
    rows = max([table.rows, *(row + 1 for row, _ in found)]) if found else 0
    columns = max([table.columns, *(column + 1 for _, column in found)]) if found else 0
    grid = [[Slot() for _ in range(columns)] for _ in range(rows)]
    for (row, column), inside in sorted(found.items()):
        passages = tuple(passage for block in inside for passage in cell_passages(block))
        cell = inside[0].cell
        down, across = (cell.rows, cell.columns) if cell else (1, 1)
        for y in range(row, min(rows, row + down)):
            for x in range(column, min(columns, column + across)):
                grid[y][x] = Slot(passages=passages, own=(y, x) == (row, column))
    return grid


def cell_passages(block: Block) -> list[Passage]:
    """The paragraphs of a cell: its lines are joined unless the next begins with a number or the last one ended."""
    groups: list[list[Line]] = []
    for found in re.finditer(r"[^\n]+", block.raw):
        line = Line(block=block, start=found.start(), end=found.end())
        if groups and not starts_anew(groups[-1][-1], line):
            groups[-1].append(line)
        elif line.text:
            groups.append([line])
    made = [make_passage(0, group) for group in groups]
    return [passage for passage in made if passage.text]


def starts_anew(before: Line, line: Line) -> bool:
    """Whether a line of a cell begins a paragraph."""
    return before.ends or re.match(r"\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]", line.text) is not None


def is_prose(grid: Grid) -> bool:
    """Whether the table is only a frame around text."""
    if len(grid[0]) == 1:
        return True
    return len(grid) == 1 and any(is_text(slot) for slot in grid[0])


def header_names(table: Table, grid: Grid) -> tuple[list[str], Grid]:
    """The columns' names and the rows below them; several header rows are joined, a title across the table names no column."""
    count = min(max(table.header_rows, 0), len(grid) - 1)
    heads = [row for row in grid[:count] if len(row) == 1 or sum(slot.own for slot in row) > 1 or not row[0].own]
    names: list[str] = []
    for column in range(len(grid[0])):
        parts = [row[column].text for row in heads]
        names.append("".join(dict.fromkeys(part for part in parts if part)))
    body = [row for row in grid[count:] if [slot.text for slot in row] != names]  # headers come again on each page
    return names, body


def is_form(rows: Grid) -> bool:
    """Whether the table waits to be filled in, or only holds signatures."""
    slots = [slot for row in rows for slot in row if slot.own]
    filled = [slot.text for slot in slots if slot.text]
    if not slots or len(filled) < (1 - EMPTY_SHARE) * len(slots):
        return True
    asking = sum(bool(SIGNATURE.search(fold(text)) or BOXES.search(text)) for text in filled)
    return asking * 3 >= len(filled)


def is_text(slot: Slot) -> bool:
    """Whether a cell holds steps or prose."""
    return len(slot.text) > LONG_CELL and (len(slot.passages) > 1 or slot.text.count("。") + slot.text.count("；") > 1)


def read_row(headers: Sequence[str], row: Sequence[Slot]) -> list[Piece]:
    """One row: a ROW piece, or its long cells as text below its short ones."""
    if not any(slot.own and slot.text for slot in row):
        return []
    kept = [(name, slot) for name, slot in zip(headers, row, strict=True) if slot.text and not is_counter(name, slot)]
    if not any(is_text(slot) for _, slot in kept):
        return [make_row(kept)] if len(kept) > 1 or (kept and not headers[0]) else []
    short = [(name, slot) for name, slot in kept if not is_text(slot) and slot.own]
    pieces = [Piece(passage=row_passage(short), key=True)] if short else []
    return pieces + [Piece(passage=passage, cell=True) for _, slot in kept if is_text(slot) and slot.own for passage in slot.passages]


def is_counter(name: str, slot: Slot) -> bool:
    """Whether a cell only counts rows."""
    return COUNTER.match(fold(name)) is not None or (not name and re.fullmatch(r"\d{1,3}", slot.text) is not None)


def make_row(kept: Sequence[tuple[str, Slot]]) -> Piece:
    """Cells to a ROW piece."""
    distinct = [(name, slot) for place, (name, slot) in enumerate(kept) if not place or slot.passages is not kept[place - 1][1].passages]
    return Piece(passage=row_passage(distinct), cells=tuple((name, slot.text) for name, slot in distinct), row=True)


def row_passage(kept: Sequence[tuple[str, Slot]]) -> Passage:
    """The cells' texts joined by bars; the bars point nowhere."""
    text = ""
    runs: list[Run] = []
    for _, slot in kept:
        text += BAR if text else ""
        for passage in slot.passages:
            runs += [Run(start=len(text) + run.start, length=run.length, block=run.block, offset=run.offset) for run in passage.runs]
            text += passage.text
    first = kept[0][1].passages[0]
    return Passage(number=0, text=text, runs=tuple(runs), part=first.part, page=first.page)
