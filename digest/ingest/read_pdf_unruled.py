"""Tables without rules on PDF and OFD pages: rows of short pieces that stand under each other, told by the white between them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from digest.ingest.read_pdf_lines import Row, Run
from digest.ingest.read_pdf_tables import RuledTable
from digest.ingest.tables import Placed
from digest.ingest.text_tables import NUMBER
from digest.model.document import Box

ROWS_LEAST = {2: 4}  # rows that prove a table of so many columns; wider ones need three
LONGEST = 32  # characters of a piece; longer ones are prose
WHITE = 1.2  # of the size that must stay free between two columns in all rows
SAME_PLACE = 1.0  # of the size by which left edges, right edges or middles of a column may differ
PITCH = 3.0  # of the size from row to row at most
COUNT = re.compile(r"[\d\s.…·—-]+")  # page numbers of a directory

Column = tuple[float, float]


def find_unruled(rows: Sequence[Row], page: int) -> list[tuple[int, int, RuledTable]]:
    """Stretches of rows that are tables: first row, row behind the last, and the table."""
    found: list[tuple[int, int, RuledTable]] = []
    start = 0
    while start < len(rows):
        end = _stretch(rows, start)
        if end > start and _is_table(rows[start:end]):
            found.append((start, end, _table(rows[start:end], page)))
            start = end
        else:
            start += 1
    return found


def _stretch(rows: Sequence[Row], start: int) -> int:
    """The row behind the last that goes on in the columns of the first."""
    columns = [(run.x0, run.x1) for run in rows[start].runs]
    end = start
    while end < len(rows) and len(rows[end].runs) == len(columns) >= 2:
        wider = [(min(x0, run.x0), max(x1, run.x1)) for (x0, x1), run in zip(columns, rows[end].runs, strict=True)]
        far = end > start and rows[end].top - rows[end - 1].top > PITCH * rows[end].size
        if far or any(right[0] - left[1] < WHITE * rows[end].size for left, right in pairwise(wider)):
            break
        columns, end = wider, end + 1
    return end


def _is_table(rows: Sequence[Row]) -> bool:
    """Whether rows prove a table: enough of them, short pieces, every column in line, and neither a directory nor a list."""
    count = len(rows[0].runs)
    if len(rows) < ROWS_LEAST.get(count, 3) or any(len(run.text) > LONGEST for row in rows for run in row.runs):
        return False
    columns = [[row.runs[at] for row in rows] for at in range(count)]
    if not all(_in_line(column) for column in columns):
        return False
    counted = all(COUNT.fullmatch(run.text) for run in columns[-1][1:]) and count == 2
    return not counted and not all(NUMBER.fullmatch(run.text) for run in columns[0])


def _in_line(column: Sequence[Run]) -> bool:
    """Whether the pieces of a column begin, end or are centred at one place."""
    slack = SAME_PLACE * max(run.size for run in column)
    places = ([run.x0 for run in column], [run.x1 for run in column], [(run.x0 + run.x1) / 2 for run in column])
    return any(max(each) - min(each) <= slack for each in places)


def _table(rows: Sequence[Row], page: int) -> RuledTable:
    """The rows as a table, each cell as wide as its text."""
    runs = [run for row in rows for run in row.runs]
    frame = (min(run.x0 for run in runs), min(run.top for run in runs), max(run.x1 for run in runs), max(run.bottom for run in runs))
    cells = [
        Placed(row=y, column=x, text=run.text, fields=(("page", page), ("box", Box(page=page, x0=run.x0, top=run.top, x1=run.x1, bottom=run.bottom))))
        for y, row in enumerate(rows)
        for x, run in enumerate(row.runs)
    ]
    edges = (*(min(row.runs[x].x0 for row in rows) for x in range(len(rows[0].runs))), frame[2])
    return RuledTable(page=page, frame=frame, cells=cells, columns=edges, rows=len(rows))
