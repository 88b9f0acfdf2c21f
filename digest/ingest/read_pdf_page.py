"""What one PDF page gave, before it becomes blocks: lines and tables in reading order, whichever way they were read."""

import math
from collections.abc import Sequence

from msgspec import Struct, field

from digest.ingest.read_pdf_chars import Char, PageChars, upright
from digest.ingest.read_pdf_lines import Row, TextLine, column_bands, make_rows, order
from digest.ingest.read_pdf_quality import Layer
from digest.ingest.read_pdf_tables import Edges, RuledTable, fill
from digest.ingest.read_pdf_unruled import find_unruled
from digest.ingest.recognised import Recognised
from digest.ingest.tables import Placed
from digest.model.document import Box

ASKEW_STEP = 2.5  # of the size: characters of a watermark farther apart are two


class Entry(Struct):
    """One line with its box on the displayed page and the edges of its column (in the direction of reading)."""

    text: str
    box: Edges
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    left: float = 0.0
    right: float = 0.0
    doubtful: tuple[tuple[int, int], ...] = ()
    furniture: bool = False


class PageRead(Struct):
    """A page: what it holds in reading order."""

    number: int
    width: float
    height: float
    layer: Layer
    items: list[Entry | RuledTable] = field(default_factory=list)

    @property
    def lines(self) -> list[Entry]:
        """The lines among its items."""
        return [item for item in self.items if isinstance(item, Entry)]


def from_chars(chars: PageChars, frames: Sequence[Sequence[Edges]]) -> PageRead:
    """A page from its text layer; ``frames`` are the cells of its ruled tables."""
    turned, quarters = upright(chars)
    page = PageRead(number=chars.number, width=turned.width, height=turned.height, layer=Layer.TEXT)
    rest: list[Char] = [char for char in turned.chars if char.angle == 0]
    tables: list[RuledTable] = []
    for cells in frames:
        filled = fill(chars.number, [_turned(cell, chars, quarters) for cell in cells], rest, page.height)
        if filled is not None:
            tables.append(filled[0])
            rest = filled[1]
    back = _Back(chars, quarters)
    page.items = _woven(rest, sorted(tables, key=lambda table: table.top), back, chars.number)
    page.items += _askew(turned, back)
    return page


class _Back:
    """Boxes of a turned page to boxes of the page as displayed."""

    def __init__(self, chars: PageChars, quarters: int) -> None:
        self.page = chars
        self.quarters = quarters

    def __call__(self, edges: Edges) -> Edges:
        """One box."""
        width, height = (self.page.height, self.page.width) if self.quarters % 2 else (self.page.width, self.page.height)
        return _turn(edges, (width, height), -self.quarters % 4)


def _turned(edges: Edges, chars: PageChars, quarters: int) -> Edges:
    """A box of the displayed page on the page as turned for reading."""
    return _turn(edges, (chars.width, chars.height), quarters)


def _turn(edges: Edges, size: tuple[float, float], quarters: int) -> Edges:
    """A box after the page was turned clockwise by quarter turns."""
    width, height = size
    for _ in range(quarters % 4):
        x0, top, x1, bottom = edges
        edges = (height - bottom, x0, height - top, x1)
        width, height = height, width
    return edges


def _woven(chars: Sequence[Char], tables: Sequence[RuledTable], back: _Back, number: int) -> list[Entry | RuledTable]:
    """Lines and tables from top to bottom; each stretch between tables is ordered by itself."""
    items: list[Entry | RuledTable] = []
    rows = make_rows(chars)
    for table in tables:
        above = [row for row in rows if (row.top + row.bottom) / 2 < table.top]
        rows = rows[len(above) :]
        items += _stretch(above, back, number)
        items.append(table)
    return items + _stretch(rows, back, number)


def _stretch(rows: Sequence[Row], back: _Back, number: int) -> list[Entry | RuledTable]:
    """Rows between ruled tables: lines in order, and tables that have no rules; columns of prose are never taken for a table."""
    items: list[Entry | RuledTable] = []
    at = 0
    for start, end, table in () if column_bands(rows) else find_unruled(rows, number):
        items += [_entry(line, back) for line in order(rows[at:start])]
        items.append(table)
        at = end
    return items + [_entry(line, back) for line in order(rows[at:])]


def _askew(page: PageChars, back: _Back) -> list[Entry]:
    """Text that stands askew or sideways, in the order it was drawn: watermarks and marginal stamps."""
    groups: list[list[Char]] = []
    for char in page.chars:
        if char.angle == 0 or not char.text.strip():
            continue
        if not groups or math.dist(groups[-1][-1].middle, char.middle) > ASKEW_STEP * char.size:
            groups.append([])
        groups[-1].append(char)
    return [_stamp(group, back) for group in groups]


def _stamp(chars: Sequence[Char], back: _Back) -> Entry:
    """Characters that stand askew as one piece of furniture."""
    edges = (min(char.x0 for char in chars), min(char.top for char in chars), max(char.x1 for char in chars), max(char.bottom for char in chars))
    text = "".join(char.text for char in chars)
    return Entry(text, back(edges), edges[0], edges[2], edges[1], edges[3], chars[0].size, left=edges[0], right=edges[2], furniture=True)


def _entry(line: TextLine, back: _Back) -> Entry:
    """A line as an entry."""
    edges = (line.x0, line.top, line.x1, line.bottom)
    return Entry(
        text=line.text,
        box=back(edges),
        x0=line.x0,
        x1=line.x1,
        top=line.top,
        bottom=line.bottom,
        size=line.size,
        bold=line.bold,
        left=line.left,
        right=line.right,
    )


def from_ocr(lines: Sequence[Recognised], number: int, size: tuple[float, float], layer: Layer) -> PageRead:
    """A page from what OCR saw on its picture."""
    page = PageRead(number=number, width=size[0], height=size[1], layer=layer)
    plain = [line for line in lines if line.cell is None and line.text.strip()]
    left = min((line.box.x0 for line in plain), default=0.0)
    right = max((line.box.x1 for line in plain), default=size[0])
    tables: dict[int, RuledTable] = {}
    for line in lines:
        if line.cell is not None:
            _add_cell(page, tables, line)
        elif line.text.strip():
            box = line.box
            height = box.bottom - box.top
            page.items.append(
                Entry(
                    line.text,
                    (box.x0, box.top, box.x1, box.bottom),
                    box.x0,
                    box.x1,
                    box.top,
                    box.bottom,
                    height,
                    left=left,
                    right=right,
                    doubtful=line.doubtful,
                )
            )
    return page


def _add_cell(page: PageRead, tables: dict[int, RuledTable], line: Recognised) -> None:
    """Add a recognised cell to its table, which begins where its first cell comes."""
    cell, box = line.cell, line.box
    if cell is None:
        return
    if cell.table not in tables:
        tables[cell.table] = RuledTable(page=page.number, frame=(box.x0, box.top, box.x1, box.bottom))
        page.items.append(tables[cell.table])
    table = tables[cell.table]
    frame = table.frame
    table.frame = (min(frame[0], box.x0), min(frame[1], box.top), max(frame[2], box.x1), max(frame[3], box.bottom))
    table.rows = max(table.rows, cell.row + cell.rows)
    place = Box(page=page.number, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)
    fields = (("page", page.number), ("box", place), ("doubtful", line.doubtful))
    table.cells.append(Placed(row=cell.row, column=cell.column, rows=cell.rows, columns=cell.columns, text=line.text, fields=fields))
    table.columns = tuple(sorted({box.x0 for box in (dict(each.fields)["box"] for each in table.cells)} | {table.frame[2]}))
