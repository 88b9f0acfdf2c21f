"""A page drawn in letters: type where it stands, black boxes, tints and rules, so that a golden page can be read in a diff."""

import unicodedata

from digest.model.page import Disc, Glyphs, Page, Rect, Rule

CELL = (5.0, 8.4)  # pt: half a Han character wide, so that a page is about 119 x 100 cells


def draw(page: Page) -> str:
    """The page as lines of letters."""
    wide, high = int(page.width / CELL[0]) + 1, int(page.height / CELL[1]) + 1
    grid = [[" "] * wide for _ in range(high)]
    for mark in page.marks:
        if isinstance(mark, Rect):
            fill(grid, page, mark)
        elif isinstance(mark, Rule):
            rule(grid, page, mark)
        elif isinstance(mark, Disc):
            put(grid, page, (mark.x, mark.y), "o")
    for mark in page.marks:
        if isinstance(mark, Glyphs):
            write(grid, page, mark)
    return "\n".join("".join(row).rstrip() for row in grid).rstrip() + "\n"


def cell(page, x, y):
    """The column and row of a point."""
    return int(x / CELL[0]), int((page.height - y) / CELL[1])


def put(grid, page, point, sign):
    """A sign at a point."""
    column, row = cell(page, *point)
    grid[row][column] = sign


def fill(grid, page, mark):
    """A filled rectangle by its grey; an empty one by its corners."""
    left, bottom = cell(page, mark.x, mark.y)
    right, top = cell(page, mark.x + mark.width, mark.y + mark.height)
    if mark.fill is None:
        for column, row in ((left, top), (right, top), (left, bottom), (right, bottom)):
            grid[row][column] = "+"
        return
    sign = "#" if mark.fill < 0.5 else ":"
    for row in range(top, max(bottom, top + 1)):
        for column in range(left, max(right, left + 1)):
            grid[row][column] = sign


def rule(grid, page, mark):
    """A straight line."""
    (x0, y0), (x1, y1) = cell(page, mark.x0, mark.y0), cell(page, mark.x1, mark.y1)
    for column in range(min(x0, x1), max(x0, x1) + 1):
        for row in range(min(y0, y1), max(y0, y1) + 1):
            grid[row][column] = "|" if x0 == x1 else "-"


def write(grid, page, mark):
    """A run of type: Han characters take two cells; what stands in one row may push its neighbours, never hide them."""
    column, row = cell(page, mark.x, mark.y + mark.size * 0.3)
    for char in mark.text:
        while column < len(grid[row]) and grid[row][column] not in " #:-|+o":
            column += 1
        taken = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if column + taken > len(grid[row]):
            grid[row] += [" "] * (column + taken - len(grid[row]))
        grid[row][column] = char
        if taken == 2:
            grid[row][column + 1] = ""
        column += taken
