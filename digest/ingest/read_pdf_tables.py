"""Ruled tables of PDF pages: found by pdfplumber where rules suggest one, filled with our own characters, joined over page breaks."""

import io
import logging
import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from digest.ingest.read_pdf_chars import Char
from digest.ingest.read_pdf_lines import make_rows
from digest.ingest.read_pdf_quality import Drawn
from digest.ingest.tables import Placed
from digest.model.document import Box

THIN = 3.0  # points: thinner paths are rules
DISTINCT = 3  # rules at so many distinct places each way make a page a candidate (design notes on PDF)
FOOTER = 0.85  # of the page's height: below it a row may be the footer
COUNTING = re.compile(r"[\s—–\-－·第]*\d{1,4}[\s—–\-－·页]*$")
WHITE = 0.95  # of full light
SNAP = 2.0  # points within which two edges are one
LEAST_FILLED = 3  # cells with text
COVERED = 0.93  # of the frame that a real table's cells cover; boxes behind links and highlights leave holes
EDGE_SHIFT = 6.0  # points by which the columns of a table may shift on its next page
INSIDE = 0.5  # points


Edges = tuple[float, float, float, float]


class RuledTable(Struct):
    """One table on one page: its frame and its cells, in points of the page as displayed."""

    page: int
    frame: Edges
    cells: list[Placed] = field(default_factory=list)
    columns: tuple[float, ...] = ()  # x of the columns' edges
    rows: int = 0

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.frame[1]

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.frame[3]


def is_candidate(drawn: Drawn) -> bool:
    """Whether a page's rules could be a table's: at distinct places both ways."""
    across = {round(box[1]) for box in drawn.rules if box[3] - box[1] <= THIN < box[2] - box[0]}
    down = {round(box[0]) for box in drawn.rules if box[2] - box[0] <= THIN < box[3] - box[1]}
    for left, bottom, right, top in drawn.rules:
        if right - left > THIN and top - bottom > THIN:
            across |= {round(bottom), round(top)}
            down |= {round(left), round(right)}
    return len(across) >= DISTINCT and len(down) >= DISTINCT


def find_frames(data: bytes, password: str, pages: Sequence[int]) -> dict[int, list[list[Edges]]]:
    """The cells of each ruled table by page number (from 1); a page that pdfplumber trips over has none."""
    found: dict[int, list[list[Edges]]] = {}
    if not pages:
        return found
    import pdfplumber  # a tenth of a second that most papers do not need

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings about odd fonts are no news for a reader
    try:
        with pdfplumber.open(io.BytesIO(data), password=password or None, pages=list(pages)) as pdf:
            for page in pdf.pages:
                left, top = float(page.bbox[0]), float(page.bbox[1])
                tables = [[(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in table.cells] for table in page.filter(_is_seen).find_tables()]
                found[page.page_number] = [cells for cells in tables if len(cells) > 1]
                page.close()
    except Exception:  # pdfminer raises anything on odd files; the text is read without it
        return found
    return found


def _is_seen(item: dict[str, Any]) -> bool:
    """Whether a drawn object can be a rule: white boxes behind lines of text are not."""
    if item["object_type"] != "rect":
        return True
    inked = bool(item.get("stroke")) and not _is_white(item.get("stroking_color"))
    return inked or (bool(item.get("fill")) and not _is_white(item.get("non_stroking_color")))


def _is_white(color: Any) -> bool:
    """Whether a colour is white, or as good as; CMYK counts the other way round."""
    parts = color if isinstance(color, tuple | list) else (color,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return False
    return bool(max(parts) <= 1 - WHITE if len(parts) == 4 else min(parts) >= WHITE)


def fill(page: int, cells: Sequence[Edges], chars: Sequence[Char], height: float) -> tuple[RuledTable, list[Char]] | None:
    """A table with its text, and the characters that are not in it; None where it is no real table."""
    cells = _without_footer(cells, chars, height)
    if len(cells) < LEAST_FILLED:
        return None
    xs, ys = _edges([x for cell in cells for x in (cell[0], cell[2])]), _edges([y for cell in cells for y in (cell[1], cell[3])])
    frame = (xs[0], ys[0], xs[-1], ys[-1])
    inside, rest = _sorted_in(cells, frame, chars)
    placed = [_placed(cell, inside[cell], (xs, ys), page) for cell in cells]
    if not _is_real(placed, len(xs) - 1, len(ys) - 1) or not _covers(frame, cells):
        return None
    return RuledTable(page=page, frame=frame, cells=placed, columns=tuple(xs), rows=len(ys) - 1), rest


def _sorted_in(cells: Sequence[Edges], frame: Edges, chars: Sequence[Char]) -> tuple[dict[Edges, list[Char]], list[Char]]:
    """Characters sorted into cells, and those that stand in none."""
    inside: dict[Edges, list[Char]] = {cell: [] for cell in cells}
    rest: list[Char] = []
    for char in chars:
        home = _home(char, frame, cells)
        (rest if home is None else inside[home]).append(char)
    return inside, rest


def _without_footer(cells: Sequence[Edges], chars: Sequence[Char], height: float) -> Sequence[Edges]:
    """Cells without a last row that reaches into the footer: the rule above the page number closed it."""
    foot = max(cell[3] for cell in cells)
    last = [cell for cell in cells if foot - cell[3] <= SNAP]
    if foot < FOOTER * height:
        return cells
    frame = (min(cell[0] for cell in last), min(cell[1] for cell in last), max(cell[2] for cell in last), foot)
    found = [char for char in chars if char.text.strip() and _home(char, frame, last) is not None]
    counts = COUNTING.match("".join(char.text for char in found)) and all(char.top >= FOOTER * height for char in found)
    empty = not found and frame[1] >= FOOTER * height
    return [cell for cell in cells if cell not in last] if counts or empty else cells


def _edges(places: Sequence[float]) -> list[float]:
    """Places to distinct edges, near ones made one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > SNAP:
            edges.append(place)
    return edges


def _home(char: Char, frame: Edges, cells: Sequence[Edges]) -> Edges | None:
    """The cell that holds the middle of a character."""
    x, y = char.middle
    if char.angle != 0 or not (frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]):
        return None
    return next((cell for cell in cells if cell[0] - INSIDE <= x <= cell[2] + INSIDE and cell[1] - INSIDE <= y <= cell[3] + INSIDE), None)


def _placed(cell: Edges, chars: Sequence[Char], edges: tuple[list[float], list[float]], page: int) -> Placed:
    """One cell with its text, line by line, and its place in the grid."""
    xs, ys = edges
    column, row = _index(xs, cell[0]), _index(ys, cell[1])
    lines = ["  ".join(run.text for run in line.runs) for line in make_rows(chars)]
    box = Box(page=page, x0=cell[0], top=cell[1], x1=cell[2], bottom=cell[3])
    return Placed(
        row=row,
        column=column,
        rows=max(1, _index(ys, cell[3]) - row),
        columns=max(1, _index(xs, cell[2]) - column),
        text="\n".join(line for line in lines if line),
        fields=(("page", page), ("box", box)),
    )


def _index(edges: Sequence[float], place: float) -> int:
    """The edge nearest to a place."""
    return min(range(len(edges)), key=lambda at: abs(edges[at] - place))


def _is_real(cells: Sequence[Placed], columns: int, rows: int) -> bool:
    """Whether cells make a table: at least two rows and columns, text in several cells and more than one column."""
    filled = [cell for cell in cells if cell.text]
    return columns >= 2 and rows >= 2 and len(filled) >= LEAST_FILLED and len({cell.column for cell in filled}) >= 2


def _covers(frame: Edges, cells: Sequence[Edges]) -> bool:
    """Whether the cells leave no holes in the frame."""
    area = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in cells)
    return area >= COVERED * (frame[2] - frame[0]) * (frame[3] - frame[1])


def joins(above: RuledTable, below: RuledTable) -> bool:
    """Whether a table at the top of a page goes on from the one at the foot of the page before: the columns agree."""
    if below.page != above.page + 1 or len(above.columns) != len(below.columns):
        return False
    shift = below.columns[0] - above.columns[0]
    return abs(shift) < 40 and all(abs(low - high - shift) <= EDGE_SHIFT for low, high in zip(below.columns, above.columns, strict=True))


def join(above: RuledTable, below: RuledTable) -> RuledTable:
    """Two pieces of one table: a repeated header is dropped, a row cut by the page break is made whole."""
    header = _row_texts(above, 0)
    skipped = 1 if any(header.values()) and _row_texts(below, 0) == header else 0
    cells = [replace(cell, row=cell.row - skipped) for cell in below.cells if cell.row >= skipped]
    cut = _is_cut(above, cells)
    offset = above.rows - 1 if cut else above.rows
    kept = list(above.cells)
    for cell in cells:
        target = next((at for at, old in enumerate(kept) if cut and cell.row == 0 and old.column == cell.column and old.row + old.rows == above.rows), None)
        if target is None:
            kept.append(replace(cell, row=cell.row + offset))
        elif cell.text:
            old = kept[target]
            rows = old.rows + cell.rows - 1
            kept[target] = replace(old, text=f"{old.text}\n{cell.text}".strip(), rows=rows)
    return RuledTable(page=below.page, frame=below.frame, cells=kept, columns=above.columns, rows=offset + below.rows - skipped)


def _row_texts(table: RuledTable, row: int) -> dict[int, str]:
    """The texts of a row by column, blanks squeezed."""
    return {cell.column: "".join(cell.text.split()) for cell in table.cells if cell.row == row}


def _is_cut(above: RuledTable, below: Sequence[Placed]) -> bool:
    """Whether the first row of the second piece is the rest of the last row of the first: its key cell is empty."""
    first = {cell.column: cell.text for cell in below if cell.row == 0}
    last = {cell.column: cell for cell in above.cells if cell.row + cell.rows == above.rows}
    if not first or first.get(0, "").strip() or not any(text.strip() for text in first.values()):
        return False
    return 0 in last and bool(last[0].text.strip())
