"""Edits on lines: move, reword, restore, shorten, pin, posts, bold, time limit, and lines of one's own."""

from typing import NoReturn

from msgspec import Struct
from msgspec.structs import replace

from digest.errors import UsageError
from digest.model.ranking import Category
from digest.model.sheet import Line, Section
from digest.preview import differences, guarding
from digest.preview.draft import Draft, place_of, row_of, set_line
from digest.preview.edits import Desk, Operation, Step, without
from digest.zh import emphasis

LONGEST = 600  # characters of a line: more cannot be a line of a sheet
MOST_ROLES = 6


class Move(Struct, frozen=True, kw_only=True):
    """Where a line goes: the section's key and the place in it, counted without the line itself."""

    line: int
    section: str
    place: int


class Reword(Struct, frozen=True, kw_only=True):
    """A line's new wording."""

    line: int
    text: str


class Which(Struct, frozen=True, kw_only=True):
    """The line that is meant."""

    line: int


class Rung(Struct, frozen=True, kw_only=True):
    """Which of the line's prepared wordings."""

    line: int
    rung: int


class Pin(Struct, frozen=True, kw_only=True):
    """Whether a line is locked on the page."""

    line: int
    on: bool


class Roles(Struct, frozen=True, kw_only=True):
    """The posts a line is for."""

    line: int
    roles: tuple[str, ...]


class Bold(Struct, frozen=True, kw_only=True):
    """A line's bold ranges."""

    line: int
    ranges: tuple[tuple[int, int], ...]


class Due(Struct, frozen=True, kw_only=True):
    """A line's time limit as shown."""

    line: int
    due: str


class Add(Struct, frozen=True, kw_only=True):
    """A line of the branch's own."""

    section: str
    place: int
    text: str


def tidy(text: str) -> str:
    """A wording on one line, without stray blanks.

    Raises:
        UsageError: nothing is left, or far too much.
    """
    text = " ".join(text.split())
    if not text:
        raise UsageError("这一条没有文字。不要了请用“取下”。")
    if len(text) > LONGEST:
        raise UsageError(f"一条不能超过 {LONGEST} 个字。请改短或拆成几条。")
    return text


def gone() -> NoReturn:
    """Stop: the line is not on the page any more."""
    raise UsageError("这一条已不在单上，可能刚被取下。请刷新页面后再试。")


def line_of(draft: Draft, number: int) -> Line:
    """A line that must be on the page."""
    return draft.line(number) or gone()


def section_index(draft: Draft, key: str, desk: Desk) -> tuple[Draft, int]:
    """The place of a section, opened in the design's order if it is not on the page yet.

    Raises:
        UsageError: the design has no such section.
    """
    keys = [section.key for section in draft.sheet.sections]
    if key in keys:
        return draft, keys.index(key)
    plan = desk.look.plan(key)
    if plan is None:
        raise UsageError("本模板没有这一栏。请换一栏，或换一个模板。")
    order = [each.key for each in desk.look.sections]
    place = next((at for at, other in enumerate(keys) if other not in order or order.index(other) > order.index(key)), len(keys))
    sections = list(draft.sheet.sections)
    sections.insert(place, Section(key=key, title=plan.title))
    return replace(draft, sheet=replace(draft.sheet, sections=tuple(sections))), place


def insert(draft: Draft, line: Line, target: tuple[str, int], desk: Desk) -> Draft:
    """The draft with a line put into a section; into a table of numbers it goes as a row.

    Raises:
        UsageError: it cannot be cut into one.
    """
    from digest.sheet.numbers import row_of as row_from

    draft, index = section_index(draft, target[0], desk)
    section = draft.sheet.sections[index]
    place = max(0, target[1])
    plan = desk.look.plan(section.key)
    if plan is not None and line.category.value not in plan.categories and plan.categories:
        line = replace(line, category=Category(plan.categories[0]))
    if plan is not None and plan.rows:
        row = row_from(line)
        if row is None:
            raise UsageError("这一条拆不成“事项｜标准”，放不进数字表。请放到别的栏。")
        section = replace(section, rows=(*section.rows[:place], row, *section.rows[place:]))
    else:
        lines = (*section.lines[:place], line, *section.lines[place:])
        section = replace(section, lines=lines)
    sections = (*draft.sheet.sections[:index], section, *draft.sheet.sections[index + 1 :])
    return replace(draft, sheet=replace(draft.sheet, sections=sections))


def fitting_key(key: str, line: Line, desk: Desk) -> str:
    """The section itself, or where it is a table that cannot take the line, the first that can."""
    from digest.sheet.numbers import row_of as row_from

    plan = desk.look.plan(key)
    if plan is None or not plan.rows or row_from(line) is not None:
        return key
    duty = desk.look.plan_for(Category.DO.value)
    plain = [each.key for each in desk.look.sections if not each.rows]
    return duty.key if duty is not None and not duty.rows else plain[0]


def taken(draft: Draft, number: int) -> Draft:
    """The draft without a line; a section that becomes empty stays until it is printed, so that undo and drag find it."""
    sections = tuple(
        replace(
            section,
            lines=tuple(line for line in section.lines if line.number != number),
            rows=tuple(row for row in section.rows if row.line.number != number),
        )
        for section in draft.sheet.sections
    )
    return replace(draft, sheet=replace(draft.sheet, sections=sections))


def move(draft: Draft, edit: Move, desk: Desk) -> Step:
    """Put a line elsewhere; a row that only changes its place in its table stays the row it is."""
    line = line_of(draft, edit.line)
    here, row = place_of(draft, edit.line), row_of(draft, edit.line)
    if row is not None and here is not None and here[0] == edit.section:
        sections = []
        for section in draft.sheet.sections:
            if section.key == edit.section:
                rest = [each for each in section.rows if each.line.number != edit.line]
                rest.insert(max(0, edit.place), row)
                section = replace(section, rows=tuple(rest))
            sections.append(section)
        return Step(draft=replace(draft, sheet=replace(draft.sheet, sections=tuple(sections))), touched=edit.line)
    return Step(draft=insert(taken(draft, edit.line), line, (edit.section, edit.place), desk), touched=edit.line)


def reword(draft: Draft, edit: Reword, desk: Desk) -> Step:
    """Change a line's words; what the source does not say waits for a confirmation."""
    return reworded(draft, line_of(draft, edit.line), tidy(edit.text))


def reworded(draft: Draft, line: Line, text: str) -> Step:
    """The step that gives a line other words."""
    key = f"line-{line.number}"
    bold = differences.carry(line.emphasis, line.text, text)
    due = line.due if line.due and line.due in text else ""
    changed = replace(line, text=text, emphasis=bold, due=due)
    draft = without(set_line(draft, changed), key)
    findings = guarding.check(line.source, text)
    return Step(draft=draft, findings={key: findings} if findings else {}, touched=line.number)


def restore(draft: Draft, edit: Which, desk: Desk) -> Step:
    """Give a line back the words it was made with."""
    line_of(draft, edit.line)
    made = draft.made(edit.line) or gone()
    draft = set_line(without(draft, f"line-{edit.line}"), made)
    return Step(draft=replace(draft, first=tuple(each for each in draft.first if each.number != edit.line)), touched=edit.line)


def rung(draft: Draft, edit: Rung, desk: Desk) -> Step:
    """Take another of the prepared wordings, all of them guarded."""
    from digest.preview.wordings import wording

    line = line_of(draft, edit.line)
    other = wording(desk, line, edit.rung)
    if other is None:
        raise UsageError("这一条没有别的长短可选。可以直接改字。")
    changed = replace(line, text=other.text, due=other.due, rung=edit.rung, emphasis=emphasis.ranges(other.text))
    return Step(draft=without(set_line(draft, changed), f"line-{edit.line}"), touched=edit.line)


def pin(draft: Draft, edit: Pin, desk: Desk) -> Step:
    """Lock a line on the page, or let it go."""
    line_of(draft, edit.line)
    rest = tuple(number for number in draft.pinned if number != edit.line)
    return Step(draft=replace(draft, pinned=(*rest, edit.line) if edit.on else rest), touched=edit.line)


def roles(draft: Draft, edit: Roles, desk: Desk) -> Step:
    """Name the posts a line is for."""
    names = tuple(dict.fromkeys(name.strip()[:12] for name in edit.roles if name.strip()))[:MOST_ROLES]
    return Step(draft=set_line(draft, replace(line_of(draft, edit.line), roles=names)), touched=edit.line)


def bold(draft: Draft, edit: Bold, desk: Desk) -> Step:
    """Set what stands out in a line."""
    line = line_of(draft, edit.line)
    places = {place for low, high in edit.ranges for place in range(max(0, low), min(len(line.text), high))}
    return Step(draft=set_line(draft, replace(line, emphasis=differences.joined(places))), touched=edit.line)


def due(draft: Draft, edit: Due, desk: Desk) -> Step:
    """Show a line's time limit, in words that stand in the line."""
    line, words = line_of(draft, edit.line), edit.due.strip()
    if words and words not in line.text and line.number not in draft.own:
        raise UsageError("期限要用这一条里原有的字。请先改这一条，或从中选一段。")
    return Step(draft=set_line(draft, replace(line, due=words)), touched=edit.line)


def add(draft: Draft, edit: Add, desk: Desk) -> Step:
    """Put in a line of the branch's own, marked as such on paper."""
    text = tidy(edit.text)
    number = draft.next_number
    line = Line(number=number, text=text, source="", category=Category.INFO, emphasis=emphasis.ranges(text))
    plan = desk.look.plan(edit.section)
    if plan is not None and plan.categories:
        line = replace(line, category=Category(plan.categories[0]))
    draft = insert(draft, line, (edit.section, edit.place), desk)
    return Step(draft=replace(draft, own=(*draft.own, number), next_number=number + 1), touched=number)


OPERATIONS = {
    "move": Operation(values=Move, run=move, label="移动"),
    "reword": Operation(values=Reword, run=reword, label="改字"),
    "restore": Operation(values=Which, run=restore, label="还原这一条"),
    "rung": Operation(values=Rung, run=rung, label="换长短"),
    "pin": Operation(values=Pin, run=pin, label="锁定"),
    "roles": Operation(values=Roles, run=roles, label="改岗位"),
    "bold": Operation(values=Bold, run=bold, label="加粗"),
    "due": Operation(values=Due, run=due, label="改期限"),
    "add": Operation(values=Add, run=add, label="网点补充"),
}
