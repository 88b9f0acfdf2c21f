"""w:tbl to placed cells: grid spans and vertical merges resolved, tracked-away rows and cells gone."""

from msgspec import Struct

from digest.ingest.read_docx_package import Element, W, switched, value, whole
from digest.ingest.read_docx_text import children

WIDEST = 200  # columns; Word allows 63


class Slot(Struct):
    """One cell with its place from 0; ``heads`` where its row repeats on every page."""

    element: Element
    row: int
    column: int
    columns: int
    rows: int = 1
    heads: bool = False


def place_cells(table: Element) -> list[Slot]:
    """The cells of a table in reading order; a cell merged from above lengthens the one it goes on from."""
    slots: list[Slot] = []
    open_above: dict[int, Slot] = {}
    rows = [row for row in children(table, W + "tr") if row.find(f"{W}trPr/{W}del") is None]
    for number, row in enumerate(rows):
        heads = bool(switched(row, f"{W}trPr/{W}tblHeader"))
        column = whole(value(row, f"{W}trPr/{W}gridBefore")) or 0
        previous: Slot | None = None
        for cell in children(row, W + "tc"):
            properties = cell.find(W + "tcPr")
            if properties is not None and properties.find(W + "cellDel") is not None:
                continue
            width = max(1, min(whole(value(properties, W + "gridSpan")) or 1, WIDEST))
            slot = Slot(element=cell, row=number, column=column, columns=width, heads=heads)
            column += width
            if _continues(properties, "hMerge") and previous is not None:
                previous.columns += width
                continue
            previous = _settle(slot, properties, slots, open_above)
    return slots


def _settle(slot: Slot, properties: Element | None, slots: list[Slot], open_above: dict[int, Slot]) -> Slot:
    """Take in one cell: new, or the continuation of a vertical merge."""
    above = open_above.get(slot.column)
    if _continues(properties, "vMerge") and above is not None and above.row + above.rows == slot.row:
        above.rows += 1
        return above
    slots.append(slot)
    open_above[slot.column] = slot
    return slot


def _continues(properties: Element | None, merge: str) -> bool:
    """Whether a merge goes on here: the element is there and does not say restart."""
    found = value(properties, W + merge)
    return found is not None and found != "restart"
