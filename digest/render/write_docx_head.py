"""The head of the DOCX page: strip, title, one-line point, facts strip, days and time limits."""

from datetime import date

from digest.model.page import Page
from digest.render.logo import logo_of, words_for_logo
from digest.render.page_markup import Element
from digest.render.write_docx_boxes import Block, Break, Cell, Field, Logo, Para, Part, Row, Table, Text, plain
from digest.render.write_docx_faces import BLACK, Setting
from digest.render.write_docx_lines import count_lines, width_of
from digest.zh import limits

TITLES = (23.0, 21.0, 19.0, 17.5, 16.0)  # pt, the first that stands on one line
TITLE_LEAST, LONG_TITLE = 1.5, 1.4  # of body size: on one line, on several
SIDE_SIZE = 10.0
SIDE_AIR = 6.0
SIDE_MOST = 200.0
LOGO_AIR = 8.0
LABEL = 54.0
MOST_CHIPS = 7
MOST_ROWS = 2
BETWEEN = "　｜　"


def logo_width(page: Page) -> float:
    """The room it takes from the title, air included."""
    mark = logo_of(page)
    return mark.width + LOGO_AIR if mark else 0.0


def title_size(element: Element, page: Page, width: float, body: float) -> float:
    """The largest size at which the title takes one line, else the one for several lines."""
    title, room = element.get("title"), width - logo_width(page) - side_width(element)
    one_line = (size for size in TITLES if size >= TITLE_LEAST * body and count_lines(title, room, size, bold=True) == 1)
    return next(one_line, round(LONG_TITLE * body * 2) / 2)


def side_of(element: Element) -> list[Para]:
    """The rows beside the title: tag and urgency, how far it may go, document number, branch."""
    chips: list[Part] = []
    for name, sign in (("tag", ""), ("urgency", "▲")):
        if text := element.get(name):
            chips += [*([Text(" ")] if chips else []), Text(f" {sign}{text} ", bold=True, face="Reverse")]
    rows = [Para("strip", tuple(chips))] if chips else []
    if restriction := element.get("restriction"):
        rows.append(Para("strip", (Text(f" {restriction} ", face="Boxed"),)))
    return rows + [Para("strip", (Text(element.get(name), bold=True),)) for name in ("number", "right") if element.get(name)]


def side_width(element: Element) -> float:
    """The room of the rows beside the title: as wide as the widest needs, within limits."""
    wide = max((width_of(plain(row.parts), SIDE_SIZE, bold=True) for row in side_of(element)), default=0.0)
    return min(SIDE_MOST, wide + SIDE_AIR) if wide else 0.0


def header(element: Element, setting: Setting) -> list[Block]:
    """The branch's mark and the title; beside it tag, urgency, document number and branch; a rule below."""
    style = "middle" if element.get("style") == "centre" else "title"
    title = Para(style, (Field("title", "标题", (Text(element.get("title")),)),))
    mark, side = logo_of(setting.page), tuple(side_of(element))
    edges = (logo_width(setting.page), side_width(element))
    parts: list[tuple[float, tuple[Block, ...]]] = [(setting.width - sum(edges), (title,))]
    if mark:
        parts.insert(0, (edges[0], (Logo(mark.width, mark.height, words_for_logo(setting.look)),)))
    if side:
        parts.append((edges[1], side))
    cells = tuple(Cell(content, borders=(("bottom", 1.8),), sides=(0.0, 0.0)) for _, content in parts)
    return [Table(tuple(width for width, _ in parts), (Row(cells),), border="none")]


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
    """The facts strip: label and value, cell after cell; what is missing stands in a box of its own."""
    parts: list[Part] = []
    used = 0.0
    for cell in element.children:
        said = [Text(f"{cell.get('name')} ", face="Mark"), *value_of(cell, setting)]
        wide = width_of(plain(tuple(said)), setting.faces["value"].size, bold=True)
        together = used + wide + width_of(BETWEEN, setting.faces["mark"].size)
        if parts:
            parts.append(Text(BETWEEN, face="Mark") if together <= setting.width else Break())
        used = together if together <= setting.width else wide
        parts += said
    return [Para("value", tuple(parts))] if parts else []


def value_of(detail: Element, setting: Setting) -> list[Part]:
    """What a cell of the strip says."""
    if detail.get("missing"):
        return [Text(f" {setting.look.words.missing} ", face="Missing")]
    return [Text(detail.text + (f"（{setting.look.words.computed}）" if detail.get("computed") else ""), bold=True)]


def timeline(element: Element, setting: Setting) -> list[Block]:
    """Days on a line, then a chip for every time limit that the PDF shows too; nothing where there is neither."""
    days = sorted(element.of("day"), key=lambda each: each.get("on"))
    parts = day_parts(days, element.get("year"), setting) if len(days) > 1 or any(day.get("end") for day in days) else []
    for chip in list(element.of("clock"))[:MOST_CHIPS]:
        more = [*([Text("　")] if parts else []), *chip_parts(chip)]
        if count_lines(plain((*parts, *more)), setting.width, setting.faces["day"].size, bold=True) > MOST_ROWS:
            break
        parts += more
    return [Para("day", tuple(parts))] if parts else []


def day_parts(days: list[Element], year: str, setting: Setting) -> list[Part]:
    """The days: a dot, hollow for a day worked out; the year only where it changes."""
    found: list[Part] = []
    for day in days:
        text = f"{day.get('on')[:4]}年{day.get('words')}" if day.get("words") else chinese_day(day.get("on"))
        found += [Text(" —— ")] if found else []
        found.append(Text(("○" if day.get("computed") else "●") + text.removeprefix(f"{year}年"), bold=True))
        label = day.text + (f"（{setting.look.words.computed}）" if day.get("computed") else "")
        found.append(Text(f" {label}", face="Mark"))
        year = day.get("on")[:4]
    return [*found, Text(" →")]


def chip_parts(chip: Element) -> list[Part]:
    """A time limit in reverse, what is to be done within it, and the lines that say so."""
    label = limits.label(chip.get("what"), chip.get("lines"))
    return [Text(f" {chip.get('when')} ", bold=True, face="Reverse"), *([Text(f" {label}", face="Mark")] if label else [])]


def chinese_day(iso: str) -> str:
    """2026-09-01 as 2026年9月1日; anything else as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.year}年{day.month}月{day.day}日"
