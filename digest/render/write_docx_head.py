"""The head of the DOCX page: strip, title, one-line point, facts strip, days and time limits."""

from datetime import date

from digest.model.look import Look
from digest.render.write_docx_boxes import Block, Cell, Field, Para, Part, Row, Table, Text
from digest.render.write_docx_faces import BLACK, TINT, Setting
from digest.render.write_docx_lines import count_lines, width_of
from digest.render.write_docx_markup import Element

TITLES = (23.0, 21.0, 19.0, 17.5, 16.0)  # pt, the first that stands on one line
LABEL = 58.0
DETAIL_LABEL = 54.0
DETAIL_COLUMNS = 3
CHIP_LEAST = 58.0
CHIP_GAP = 6.0
DAY_LEAST = 84.0
MOST_CHIPS = 6
EMPTY = Cell((Para("gap", ()),))


def title_size(title: str, width: float) -> float:
    """The largest size at which the title takes one line, else the smallest."""
    return next((size for size in TITLES if count_lines(title, width, size, bold=True) == 1), TITLES[-1])


def header(element: Element, setting: Setting) -> list[Block]:
    """Tag, urgency, document number and branch in one row; title and subtitle under it."""
    parts: list[Part] = []
    for name, sign in (("tag", ""), ("urgency", "▲")):
        if text := element.get(name):
            parts += [*([Text(" ")] if parts else []), Text(f" {sign}{text} ", bold=True, face="Reverse")]
    if number := element.get("number"):
        parts.append(Text(f"　{number}" if parts else number, bold=True))
    if restriction := element.get("restriction"):
        parts += [Text("　"), Text(f" {restriction} ", face="Boxed")]
    tail = (Text(element.get("right")),) if element.get("right") else ()
    made: list[Block] = [Para("strip", tuple(parts), tail)] if parts or tail else []
    made.append(Para("middle" if element.get("style") == "centre" else "title", (Field("title", "标题", (Text(element.get("title")),)),)))
    if subtitle := element.get("subtitle"):
        made.append(Para("subtitle", (Text(subtitle),)))
    return made


def label_cell(text: str) -> Cell:
    """White words in a black cell."""
    return Cell((Para("label", (Text(text),)),), fill=BLACK, sides=(2.0, 2.0))


def point(element: Element, setting: Setting) -> list[Block]:
    """The one line to remember; nothing where there is none."""
    if not element.text:
        return []
    said = Para("point", (Field("point", element.get("label"), (Text(element.text),)),))
    row = Row((label_cell(element.get("label")), Cell((said,), sides=(8.0, 8.0))))
    return [Table((LABEL, setting.width - LABEL), (row,), border="frame")]


def details(element: Element, setting: Setting) -> list[Block]:
    """The facts strip."""
    cells = element.children
    if not cells:
        return []
    columns = max(1, element.whole("columns", DETAIL_COLUMNS))
    rows = []
    for start in range(0, len(cells), columns):
        row: list[Cell] = []
        for cell in cells[start : start + columns]:
            row += detail_cells(cell, setting.look)
        row += [EMPTY] * (2 * columns - len(row))
        rows.append(Row(tuple(row), least=17.0))
    widths = value_widths(element, setting, columns)
    return [Table(tuple(part for width in widths for part in (DETAIL_LABEL, width)), tuple(rows), border="lines")]


def value_widths(element: Element, setting: Setting, columns: int) -> list[float]:
    """The room of each column's values: even, but a column takes from the others what it needs for one line."""
    size = setting.faces["value"].size
    wanted = [0.0] * columns
    for place, cell in enumerate(element.children):
        wanted[place % columns] = max(wanted[place % columns], width_of(cell.text, size, bold=True) + 10)
    return shared_out(setting.width - DETAIL_LABEL * columns, wanted)


def shared_out(room: float, wanted: list[float]) -> list[float]:
    """Even shares of the room, moved from those who want less to those who want more."""
    even = room / len(wanted)
    spare, lack = sum(max(0.0, even - want) for want in wanted), sum(max(0.0, want - even) for want in wanted)
    moved = min(spare, lack)
    if not moved:
        return [even] * len(wanted)
    return [even + (want - even) / (lack if want > even else spare) * moved for want in wanted]


def detail_cells(detail: Element, look: Look) -> list[Cell]:
    """Name and value; what is missing stands in a box of its own."""
    name = Cell((Para("name", (Text(detail.get("name")),)),), fill=TINT, sides=(1.0, 1.0))
    if detail.get("missing"):
        return [name, Cell((Para("value", (Text(f" {look.words.missing} ", face="Missing"),)),))]
    computed = f"（{look.words.computed}）" if detail.get("computed") else ""
    return [name, Cell((Para("value", (Text(detail.text + computed),)),))]


def timeline(element: Element, setting: Setting) -> list[Block]:
    """Days on an axis and a chip for every time limit, side by side; each folds away where there is nothing."""
    days = sorted(element.of("day"), key=lambda each: each.get("on"))
    days = days if len(days) > 1 else []
    chips = list(element.of("clock"))[:MOST_CHIPS]
    kind = setting.faces["label"].size
    wides = [max(CHIP_LEAST, width_of(chip.get("when"), kind, bold=True) + 8) for chip in chips]
    room = setting.width - max(DAY_LEAST * len(days), setting.width * 0.36) if days else setting.width
    while wides and sum(wides) + CHIP_GAP * len(wides) > room:
        chips, wides = chips[:-1], wides[:-1]
    if not days and not chips:
        return []
    return [time_table(setting, days, list(zip(chips, wides, strict=True)))]


def time_table(setting: Setting, days: list[Element], chips: list[tuple[Element, float]]) -> Table:
    """Two rows: day or limit above, what it is below."""
    taken = sum(wide + CHIP_GAP for _, wide in chips)
    widths: list[float] = [(setting.width - taken) / max(1, len(days))] * len(days)
    upper, lower = [], []
    for day in days:
        computed = bool(day.get("computed"))
        text = f"{'○' if computed else '●'}{day_text(day.get('on'), widths[0], setting)}"
        upper.append(Cell((Para("day", (Text(text),)),), borders=(("bottom", 1.5),), sides=(0.0, 0.0)))
        label = day.text + (f"（{setting.look.words.computed}）" if computed else "")
        lower.append(Cell((Para("event", (Text(label),)),), middle=False, sides=(2.0, 2.0)))
    for place, (chip, wide) in enumerate(chips):
        if days or place:
            widths.append(CHIP_GAP)
            upper.append(EMPTY)
            lower.append(EMPTY)
        widths.append(wide)
        upper.append(label_cell(chip.get("when")))
        lines = f"本单{chip.get('lines')}" if chip.get("lines") else ""
        lower.append(Cell((Para("event", (Text(lines),)),), borders=box_borders(), sides=(1.0, 1.0)))
    if not days:
        widths.append(setting.width - sum(widths))
        upper.append(EMPTY)
        lower.append(EMPTY)
    return Table(tuple(widths), (Row(tuple(upper), least=17.0), Row(tuple(lower), least=15.0)), border="none")


def day_text(iso: str, width: float, setting: Setting) -> str:
    """The day in full where it has room, else without its year (the facts strip has it)."""
    full = chinese_day(iso)
    if width_of("●" + full, setting.faces["day"].size, bold=True) <= width:
        return full
    return full.partition("年")[2] or full


def box_borders() -> tuple[tuple[str, float], ...]:
    """A thin line left, right and below."""
    return (("left", 0.75), ("right", 0.75), ("bottom", 0.75))


def chinese_day(iso: str) -> str:
    """2026-09-01 as 2026年9月1日; anything else as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.year}年{day.month}月{day.day}日"
