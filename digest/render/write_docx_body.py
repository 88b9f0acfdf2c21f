"""The body of the DOCX page: sections in one or two columns, the ledger, the table of numbers."""

import re
from itertools import pairwise

from msgspec.structs import replace

from digest.render.page_markup import Element, Ranges
from digest.render.write_docx_boxes import Block, Break, Cell, CheckBox, Field, Gap, Para, Part, Row, Tab, Table, Text, stack_height
from digest.render.write_docx_faces import BLACK, HEADING, TINT, Setting
from digest.render.write_docx_lines import width_of

GUTTER = 16.0
STRIP = 68.0  # pt: a section's name beside its lines
FEW = 3  # lines: fewer stand in one column
MOST_ROLES = 2
LIST = re.compile(r"[：:](?=.*[；;])")
ITEM_END = re.compile(r"(?<=[；;])")
LEAST_CUTS = 2  # so many items and more stand one below the other
NUMBER = 24.0
SHARES = (0.34, 0.42, 0.5, 0.58, 0.66)  # of the numbers table's text: the standard's share that needs least height is taken
MOST_SPREAD = 18.0  # pt
CIRCLED = 20  # ① to ⑳ are single characters
NARROW, MARK_SHARE, DUE_SHARE = 30.0, 0.2, 0.2

Group = tuple[Element, tuple[Element, ...]]  # a section, and those of its lines that stand here
Sides = tuple[list[Group], list[Group]]


def heading(section: Element, setting: Setting, more: bool = False) -> Para:
    """The section's bar; ``more`` says it is continued."""
    title = section.get("title") + (f"（{setting.look.words.continued}）" if more else "")
    return Para("ban" if section.get("reverse") else "heading", (Text(title), *(also(section, setting, title) if not more else ())))


def also(section: Element, setting: Setting, title: str) -> tuple[Part, ...]:
    """Where else on the page something is forbidden: the numbers if they find room beside the heading in one of two columns, so that it stays one line."""
    said, small = section.get("also"), setting.faces["mark"].size
    room = (setting.width - GUTTER) / 2 - STRIP / 4 - width_of(title, HEADING, bold=True)
    found = next((text for text in (said, setting.look.words.also_many) if said and width_of("　" + text, small) <= room), "")
    return (Text("　" + found, face="Mark"),) if found else ()


def section(element: Element, setting: Setting) -> list[Block]:
    """One section over the whole width: its name beside its lines where they are few, else above them."""
    if not element.children:
        return []
    name = element.get("title")
    if len(element.children) > FEW or width_of(name, HEADING, bold=True) > STRIP - 10:
        return list(stack(setting, [(element, element.children)]))
    ban = bool(element.get("reverse"))
    label = Cell((heading(element, setting),), fill=BLACK if ban else TINT, sides=(4.0, 0.0))
    lines = tuple(line_para(line, setting, ban=ban) for line in element.children)
    return [Table((STRIP, setting.width - STRIP), (Row((label, Cell(lines, sides=(6.0, 0.0)))),), border="lines")]


def columns(element: Element, setting: Setting) -> list[Block]:
    """Sections of lines, in two columns where the design and the page have two."""
    groups: list[Group] = [(child, child.children) for child in element.children if child.children]
    if not groups:
        return []
    cut = cut_of(setting, groups, element.whole("count", 2))
    if cut is None:
        return list(stack(setting, groups))
    (left, right), share = cut
    room = setting.width - GUTTER
    widths = (room * share, GUTTER / 2, GUTTER / 2, room * (1 - share))
    empty = (Para("gap", ()),)
    left_blocks, right_blocks = levelled(setting, stack(setting, left), stack(setting, right), (widths[0], widths[3]))
    cells = (
        Cell(left_blocks, middle=False, sides=(0.0, 0.0)),
        Cell(empty),
        Cell(empty, borders=(("left", 0.5),)),
        Cell(right_blocks, middle=False, sides=(0.0, 0.0)),
    )
    return [Table(widths, (Row(cells),), border="none")]


def levelled(setting: Setting, left: tuple[Block, ...], right: tuple[Block, ...], widths: tuple[float, float]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Both columns, the shorter one's lines set wider apart so that they end together."""
    lacking = stack_height(left, setting.faces, widths[0]) - stack_height(right, setting.faces, widths[1])
    return (left, spread(right, lacking)) if lacking > 0 else (spread(left, -lacking), right)


def spread(blocks: tuple[Block, ...], points: float) -> tuple[Block, ...]:
    """The blocks with air below every line but the last."""
    lines = [index for index, block in enumerate(blocks) if isinstance(block, Para) and block.style == "line"][:-1]
    more = min(MOST_SPREAD, points / len(lines)) if lines else 0.0
    return tuple(replace(block, more=more) if isinstance(block, Para) and index in lines else block for index, block in enumerate(blocks))


def cut_of(setting: Setting, groups: list[Group], count: int) -> tuple[Sides, float] | None:
    """Which lines stand in the left and in the right column, and the left one's share; None for one column.

    The PDF page has settled this already; where it has not, the columns are balanced here.
    """
    lines = [line for _, part in groups for line in part]
    if count < 2 or len(lines) < FEW:
        return None
    spots = {spot.key: spot for spot in setting.page.spots}
    placed = [spots[key_of(line)] for line in lines if key_of(line) in spots]
    if len(placed) < len(lines):
        return balanced(setting, groups), 0.5
    left = setting.look.margins.left
    right = [spot for spot in placed if spot.x > left + GUTTER]
    if not right:
        return None
    share = (min(spot.x for spot in right) - GUTTER - left) / (setting.width - GUTTER)
    depth = {key: -spot.y for key, spot in spots.items()}
    return split(groups, {spot.key for spot in right}, depth), min(0.65, max(0.35, share))


def key_of(line: Element) -> str:
    """The line's key on the page."""
    return f"line-{line.get('number')}"


def split(groups: list[Group], right: set[str], depth: dict[str, float]) -> Sides:
    """The groups of each column, from top to bottom."""
    sides: Sides = ([], [])
    for whole, lines in groups:
        for side in (0, 1):
            mine = tuple(line for line in lines if (key_of(line) in right) == bool(side))
            if mine:
                sides[side].append((whole, mine))
    for part in sides:
        part.sort(key=lambda group: depth.get(key_of(group[1][0]), 0.0))
    return sides


def balanced(setting: Setting, groups: list[Group]) -> Sides:
    """The cut in reading order after which the taller column is lowest."""
    keys = [key_of(line) for _, part in groups for line in part]
    width = (setting.width - GUTTER) / 2

    def tallest(cut: int) -> float:
        parts = split(groups, set(keys[cut:]), {})
        return max(stack_height(stack(setting, part), setting.faces, width) for part in parts)

    return split(groups, set(keys[min(range(1, len(keys)), key=tallest) :]), {})


def stack(setting: Setting, groups: list[Group]) -> tuple[Block, ...]:
    """Headings with their lines."""
    made: list[Block] = []
    for whole, lines in groups:
        if made:
            made.append(Gap(2.0 + 4.0 * setting.scale.air))
        made.append(heading(whole, setting, more=lines[0] is not whole.children[0]))
        made += [line_para(line, setting, ban=bool(whole.get("reverse"))) for line in lines]
    return tuple(made)


def line_para(line: Element, setting: Setting, *, ban: bool) -> Para:
    """Number, text, and at its end post, article mark and check box."""
    number = line.get("number")
    badge = Text(f" {number} " if len(number) < 2 else number, face="Badge") if ban or line.get("mixed") else Text(circled(number))
    return Para("line", (badge, Tab(), said(line)), tail_of(line, setting))


def circled(number: str) -> str:
    """A number in a circle as far as there are such characters."""
    return chr(ord("①") + int(number) - 1) if number.isdecimal() and 1 <= int(number) <= CIRCLED else f"{number}."


def tail_of(line: Element, setting: Setting) -> tuple[Part, ...]:
    """What stands flush right at the end of a line; that it holds a ban its black number says."""
    shown = "　".join(part for part in (doubt_of(line, setting), posts(line), line.get("mark")) if part)
    parts: list[Part] = [Text(shown, face="Mark")] if shown else []
    if line.get("box"):
        parts += [*([Text(" ", face="Mark")] if shown else []), CheckBox(f"box-{line.get('number')}")]
    return tuple(parts)


def doubt_of(line: Element, setting: Setting) -> str:
    """The words beside a figure that OCR was unsure of."""
    return f"【{setting.look.words.doubtful}】" if line.get("doubtful") else ""


def posts(line: Element) -> str:
    """The posts that a line is for, two at most."""
    roles = [role for role in line.get("roles").split("、") if role]
    return "、".join(roles[:MOST_ROLES]) + ("等" if len(roles) > MOST_ROLES else "")


def said(line: Element) -> Field:
    """A line's text with its emphasis, the items of a list one below the other."""
    return Field(key_of(line), f"第{line.get('number')}条", runs_of(line.text, line.bold))


def runs_of(text: str, emphasis: Ranges) -> tuple[Text | Break, ...]:
    """A text cut at its emphasis and before the items of its list."""
    breaks = set(item_cuts(text))
    bold = [any(start <= index < end for start, end in emphasis) for index in range(len(text))]
    edges = sorted({0, len(text), *breaks, *(index for index in range(1, len(text)) if bold[index] != bold[index - 1])})
    found: list[Text | Break] = []
    for start, end in pairwise(edges):
        if start in breaks:
            found.append(Break())
        found.append(Text(text[start:end], bold=bold[start]))
    return tuple(found)


def item_cuts(text: str) -> list[int]:
    """Where the items of a list begin; empty where there are too few."""
    colon = LIST.search(text)
    if colon is None:
        return []
    cuts = [colon.end(), *(match.end() for match in ITEM_END.finditer(text, colon.end()) if match.end() < len(text))]
    return cuts if len(cuts) >= LEAST_CUTS else []


def numbers(element: Element, setting: Setting) -> list[Block]:
    """The numbers to remember, at the share of widths that needs least height; empty columns fold away."""
    if not element.children:
        return []
    small = setting.faces["mark"].size
    due = column_width([row.get("due") for row in element.children], small, setting.width * DUE_SHARE)
    mark = column_width([row.get("mark") for row in element.children], small, setting.width * MARK_SHARE)
    room = setting.width - NUMBER - due - mark
    tables = [numbers_table(element, setting, (NUMBER, room * (1 - share), room * share, due, mark)) for share in SHARES]
    return [heading(element, setting), min(tables, key=lambda table: table.height(setting.faces, setting.width))]


def column_width(texts: list[str], size: float, most: float) -> float:
    """Room for the widest text; none where all are empty."""
    wide = max((width_of(text, size, bold=True) for text in texts if text), default=0.0)
    return min(max(wide, NARROW) + 10.0, most) if wide else 0.0


def numbers_table(element: Element, setting: Setting, widths: tuple[float, ...]) -> Table:
    """The rows over these widths."""
    rows = tuple(Row(tuple(cell for cell, width in zip(number_cells(row, setting), widths, strict=True) if cell and width)) for row in element.children)
    return Table(tuple(width for width in widths if width), rows, border="lines", pad=0.5 + setting.scale.air)


def number_cells(row: Element, setting: Setting) -> tuple[Cell | None, ...]:
    """The cells of one row; a line that is no name with its number runs across both."""
    number = row.get("number")
    doubt: tuple[Part, ...] = (Text(doubt_of(row, setting), face="Mark"),) if row.get("doubtful") else ()
    item, standard = row.child("item"), row.child("standard")
    matter = Field(f"item-{number}", f"第{number}条事项", runs_of(item.text, item.bold))
    said = Field(f"standard-{number}", f"第{number}条标准", runs_of(standard.text, standard.bold))
    return (
        Cell((Para("number", (Text(circled(number)),)),), sides=(1.0, 1.0)),
        Cell((Para("said", (matter,) if standard.text else (matter, *doubt)),), span=1 if standard.text else 2),
        Cell((Para("said", (said, *doubt)),)) if standard.text else None,
        Cell((Para("mark", (Text(row.get("due")),)),), sides=(2.0, 2.0)),
        Cell((Para("mark", (Text(row.get("mark")),)),), sides=(2.0, 2.0)),
    )
