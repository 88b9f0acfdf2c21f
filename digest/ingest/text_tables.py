"""Tables in plain text: Markdown rows, rows parted by tabs (pasted from a workbook), and boxes drawn with lines."""

import re
from collections.abc import Sequence

MARKDOWN_ROW = re.compile(r"^\s*\|.*\|\s*$|^[^|]+(?:\|[^|]*)+$")
MARKDOWN_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
BOX_RULE = re.compile(r"^\s*[┌┏╔├┠┝╠└┗╚─━═┬┼┴┐┘┤╦╬╩╗╝╣+\-\s]*[─━═┬┼┴╦╬╩][┌┏╔├┠┝╠└┗╚─━═┬┼┴┐┘┤╦╬╩╗╝╣+\-\s]*$")
BOX_TOP = re.compile(r"^\s*[┌┏╔]")
BOX_BAR = re.compile(r"[│┃║]")
NUMBER = re.compile(r"第.{1,5}[章节条]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[①-⑳●■◆•·-]")  # before a tab: a list, not a column
TAB_ROWS = 3  # fewer rows parted by tabs are a line with a tab in it
TAB_CELL = 80  # characters; longer pieces are sentences
TAB_FILLED = 0.5  # of the cells

Grid = list[list[str]]


def table_at(lines: Sequence[str], at: int, *, markdown: bool) -> tuple[int, Grid]:
    """How many lines a table takes from here, and its cells; 0 where none begins."""
    for find in (_markdown_at, _boxed_at, _tabbed_at) if markdown else (_boxed_at, _tabbed_at):
        count, grid = find(lines, at)
        if count:
            return count, grid
    return 0, []


def _markdown_at(lines: Sequence[str], at: int) -> tuple[int, Grid]:
    """A Markdown table: a row, a rule, rows."""
    if at + 1 >= len(lines) or "|" not in lines[at] or "|" not in lines[at + 1] or not MARKDOWN_RULE.match(lines[at + 1]):
        return 0, []
    end = at + 2
    while end < len(lines) and MARKDOWN_ROW.match(lines[end]):
        end += 1
    return end - at, [_markdown_cells(line) for line in lines[at:end] if not MARKDOWN_RULE.match(line)]


def _markdown_cells(line: str) -> list[str]:
    """The cells of a Markdown row."""
    inner = line.strip().removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _boxed_at(lines: Sequence[str], at: int) -> tuple[int, Grid]:
    """A table drawn with lines: what stands between two rules is one row, however many lines it takes."""
    if not (BOX_TOP.match(lines[at]) and BOX_RULE.match(lines[at])):
        return 0, []
    grid: Grid = []
    fresh = True
    end = at
    while end < len(lines) and (BOX_RULE.match(lines[end]) or BOX_BAR.search(lines[end])):
        if BOX_RULE.match(lines[end]):
            fresh = True
        else:
            _add_boxed(grid, lines[end], fresh=fresh)
            fresh = False
        end += 1
    return (end - at, grid) if len(grid) > 1 and max(map(len, grid)) > 1 else (0, [])


def _add_boxed(grid: Grid, line: str, *, fresh: bool) -> None:
    """One line of a drawn table: a new row, or more of the last one."""
    cells = [cell.strip() for cell in BOX_BAR.split(line)[1:-1]]
    if fresh or not grid or len(cells) != len(grid[-1]):
        grid.append(cells)
        return
    grid[-1] = ["\n".join(filter(None, (before, more))) for before, more in zip(grid[-1], cells, strict=True)]


def _tabbed_at(lines: Sequence[str], at: int) -> tuple[int, Grid]:
    """Several lines with the same number of tabs between short pieces."""
    width = lines[at].strip("\r\n ").count("\t")
    end = at
    while width and end < len(lines) and lines[end].strip() and lines[end].strip("\r\n ").count("\t") == width:
        end += 1
    grid = [[cell.strip() for cell in line.strip("\r\n ").split("\t")] for line in lines[at:end]]
    cells = [cell for row in grid for cell in row]
    if len(grid) < TAB_ROWS or max(map(len, cells)) > TAB_CELL or sum(map(bool, cells)) < TAB_FILLED * len(cells):
        return 0, []
    labelled = width == 1 and all(NUMBER.fullmatch(row[0]) for row in grid)
    return (end - at, grid) if all(row[0] for row in grid) and not labelled else (0, [])
