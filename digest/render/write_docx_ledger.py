"""The ledger of the DOCX page: number, statement, time limit, post, article, done; group by group."""

from msgspec.structs import replace

from digest.render.page_markup import Element
from digest.render.write_docx_body import doubt_of, key_of, posts, said
from digest.render.write_docx_boxes import Block, Cell, CheckBox, Para, Part, Row, Table, Text
from digest.render.write_docx_faces import BLACK, TINT, Setting
from digest.render.write_docx_lines import width_of

STAGE, NUMBER, DONE = 27.0, 20.0, 26.0
LEAST = {"due": 36.0, "roles": 36.0, "mark": 40.0}
MOST = {"due": 56.0, "roles": 48.0, "mark": 60.0}
SIDES = ("due", "roles", "mark")


def ledger(element: Element, setting: Setting) -> list[Block]:
    """The whole list; columns that are empty throughout fold away."""
    groups = [group for group in element.children if group.children]
    entries = [entry for group in groups for entry in group.children]
    if not entries:
        return []
    columns = {name: width for name in SIDES if (width := column_width(entries, name, setting))}
    boxed = any(entry.get("box") for entry in entries)
    widths = (STAGE, NUMBER, setting.width - STAGE - NUMBER - sum(columns.values()) - (DONE if boxed else 0.0), *columns.values(), *((DONE,) if boxed else ()))
    stage, number, said_, *narrow, done = setting.look.words.columns
    heads = dict(zip(SIDES, narrow, strict=False))
    names = (stage, number, said_, *(heads[name] for name in columns), *((done,) if boxed else ()))
    rows = [Row(tuple(Cell((Para("label", (Text(name),)),), fill=BLACK, sides=(1.0, 1.0)) for name in names), least=16.0, head=True)]
    for group in groups:
        for entry in group.children:
            row = entry_row(entry, tuple(columns), setting, boxed=boxed)
            rows.append(replace(row, cells=(group_cell(group, entry), *row.cells)))
    return [Table(widths, tuple(rows), border="grid", pad=0.3 + 2.0 * setting.scale.air)]


def column_width(entries: list[Element], name: str, setting: Setting) -> float:
    """Room for a column's widest text within its bounds; none where it is empty."""
    texts = [posts(entry) if name == "roles" else entry.get(name) for entry in entries]
    if not any(texts):
        return 0.0
    wide = max(width_of(text, setting.faces["mark"].size, bold=True) for text in texts)
    return min(MOST[name], max(LEAST[name], wide + 6.0))


def group_cell(group: Element, entry: Element) -> Cell:
    """The group's name beside its first entry; one shade beside all of them, without rules between."""
    dark, first, last = bool(group.get("reverse")), entry is group.children[0], entry is group.children[-1]
    said = (Text(group.get("title")),) if first else ()
    borders = (*(() if first else (("top", 0.0),)), *(() if last else (("bottom", 0.0),)))
    return Cell((Para("banrow" if dark else "grouprow", said),), fill=BLACK if dark else TINT, borders=borders, sides=(2.0, 2.0), middle=False)


def entry_row(entry: Element, columns: tuple[str, ...], setting: Setting, *, boxed: bool) -> Row:
    """One entry."""
    warned = doubt_of(entry, setting) + (f"【{setting.look.words.mixed}】" if entry.get("mixed") else "")
    doubt: tuple[Part, ...] = (Text(warned, face="Mark"),) if warned else ()
    cells = [Cell((Para("number", (Text(entry.get("number")),)),), sides=(1.0, 1.0)), Cell((Para("said", (said(entry), *doubt)),))]
    for name in columns:
        text = posts(entry) if name == "roles" else entry.get(name)
        cells.append(Cell((Para("mark", (Text(text, bold=name == "due"),)),), sides=(2.0, 2.0)))
    if boxed:
        box: tuple[Part, ...] = (CheckBox(f"box-{key_of(entry)}"),) if entry.get("box") else ()
        cells.append(Cell((Para("number", box),), sides=(1.0, 1.0)))
    return Row(tuple(cells))
