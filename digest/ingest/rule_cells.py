"""Level and upright rules to the cells of ruled tables: minimal boxes of the grid, joined where no rule parts them."""

from collections.abc import Sequence
from itertools import pairwise

Edges = tuple[float, float, float, float]  # x0, top, x1, bottom
Rule = Edges  # thin: a line or a filled bar

NEAR = 2.0  # points within which two rules stand at one place
SHORT = 6.0  # points: shorter strokes are no rules
LINES_MOST = 400  # distinct rules each way; more is a drawing


def cells_from(rules: Sequence[Rule]) -> list[list[Edges]]:
    """The cells of each table, tables from the top."""
    levels = [rule for rule in rules if rule[2] - rule[0] >= SHORT and rule[3] - rule[1] < SHORT]
    uprights = [rule for rule in rules if rule[3] - rule[1] >= SHORT and rule[2] - rule[0] < SHORT]
    tables = [_cells(*net) for net in _nets(levels, uprights)]
    return sorted((cells for cells in tables if len(cells) > 1), key=lambda cells: (cells[0][1], cells[0][0]))


def _nets(levels: Sequence[Rule], uprights: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch each other, directly or through others."""
    rules = [(rule, True) for rule in levels] + [(rule, False) for rule in uprights]
    parents = list(range(len(rules)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    order = sorted(range(len(rules)), key=lambda index: rules[index][0][1])
    for place, index in enumerate(order):
        for other in order[place + 1 :]:
            if rules[other][0][1] > rules[index][0][3] + NEAR:
                break
            if _touch(rules[index][0], rules[other][0]):
                parents[root(other)] = root(index)
    nets: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, (rule, level) in enumerate(rules):
        nets.setdefault(root(index), ([], []))[0 if level else 1].append(rule)
    return [net for net in nets.values() if len(net[0]) >= 2 and len(net[1]) >= 2]


def _touch(one: Rule, other: Rule) -> bool:
    """Whether two rules meet."""
    across = one[0] - NEAR <= other[2] and other[0] - NEAR <= one[2]
    return across and one[1] - NEAR <= other[3] and other[1] - NEAR <= one[3]


def _cells(levels: list[Rule], uprights: list[Rule]) -> list[Edges]:
    """The cells between the rules of one net; shapes that are no rectangles give none."""
    xs = _places([(rule[0] + rule[2]) / 2 for rule in uprights])
    ys = _places([(rule[1] + rule[3]) / 2 for rule in levels])
    if not (2 <= len(xs) <= LINES_MOST and 2 <= len(ys) <= LINES_MOST):
        return []
    groups: dict[int, list[tuple[int, int]]] = {}
    owner: dict[tuple[int, int], int] = {}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            beside = owner.get((row, column - 1)) if not _parted(uprights, left, (top + bottom) / 2, upright=True) else None
            above = owner.get((row - 1, column)) if not _parted(levels, top, (left + right) / 2, upright=False) else None
            mine = beside if beside is not None else above if above is not None else len(groups)
            if beside is not None and above is not None and above != beside:
                mine = _merged(groups, owner, above, beside)
            owner[row, column] = mine
            groups.setdefault(mine, []).append((row, column))
    return [cell for spots in groups.values() if (cell := _rectangle(spots, xs, ys)) and _closed(cell, levels, uprights)]


def _merged(groups: dict[int, list[tuple[int, int]]], owner: dict[tuple[int, int], int], keep: int, drop: int) -> int:
    """Two groups of boxes made one."""
    for spot in groups[drop]:
        owner[spot] = keep
    groups[keep] += groups[drop]
    groups[drop] = []
    return keep


def _places(values: Sequence[float]) -> list[float]:
    """Distinct places, near ones made one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _parted(rules: Sequence[Rule], place: float, along: float, *, upright: bool) -> bool:
    """Whether a rule at ``place`` passes the point ``along`` it."""
    if upright:
        return any(abs((rule[0] + rule[2]) / 2 - place) <= NEAR and rule[1] - NEAR <= along <= rule[3] + NEAR for rule in rules)
    return any(abs((rule[1] + rule[3]) / 2 - place) <= NEAR and rule[0] - NEAR <= along <= rule[2] + NEAR for rule in rules)


def _rectangle(spots: Sequence[tuple[int, int]], xs: Sequence[float], ys: Sequence[float]) -> Edges | None:
    """The box round some grid boxes, if they fill it."""
    if not spots:
        return None
    rows, columns = [spot[0] for spot in spots], [spot[1] for spot in spots]
    top, bottom, left, right = min(rows), max(rows) + 1, min(columns), max(columns) + 1
    if (bottom - top) * (right - left) != len(set(spots)):
        return None
    return xs[left], ys[top], xs[right], ys[bottom]


def _closed(cell: Edges, levels: Sequence[Rule], uprights: Sequence[Rule]) -> bool:
    """Whether rules stand on all four sides of a cell."""
    x0, top, x1, bottom = cell
    middle, centre = (top + bottom) / 2, (x0 + x1) / 2
    sides = _parted(uprights, x0, middle, upright=True) and _parted(uprights, x1, middle, upright=True)
    return sides and _parted(levels, top, centre, upright=False) and _parted(levels, bottom, centre, upright=False)
