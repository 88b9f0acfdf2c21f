"""Edits outside the lines: title, point, kind, design, facts strip, numbers table, days, questions, notes."""

from msgspec import Struct
from msgspec.structs import replace

from digest.errors import UsageError
from digest.model.facts import Kind
from digest.model.look import Look
from digest.model.sheet import Detail, Line, NumberRow, Question, Section, Sheet
from digest.preview import guarding
from digest.preview.draft import Cells, Draft, row_of, set_row
from digest.preview.edits import Desk, Operation, Step, without
from digest.preview.edits_choice import Nothing, usual_section
from digest.preview.edits_lines import fitting_key, gone

LONGEST_FIELD = 200
LONGEST_NOTES = 600
MOST_QUESTIONS = 6


class Text(Struct, frozen=True, kw_only=True):
    """A field's new text."""

    text: str


class Named(Struct, frozen=True, kw_only=True):
    """A fact's name and its new value."""

    name: str
    text: str


class Row(Struct, frozen=True, kw_only=True):
    """The cells of a row of numbers."""

    line: int
    item: str
    standard: str
    due: str


class Ask(Struct, frozen=True, kw_only=True):
    """A question with its answer at a place; one place past the end adds it."""

    place: int
    question: str
    answer: str


class Place(Struct, frozen=True, kw_only=True):
    """Which of several."""

    place: int


def plain(text: str, most: int = LONGEST_FIELD) -> str:
    """A field's text on one line.

    Raises:
        UsageError: it is far too long.
    """
    text = " ".join(text.split())
    if len(text) > most:
        raise UsageError(f"这里不能超过 {most} 个字。请改短。")
    return text


def with_sheet(draft: Draft, sheet: Sheet) -> Step:
    """The step that changes the sheet's fields."""
    return Step(draft=replace(draft, sheet=sheet))


def title(draft: Draft, edit: Text, desk: Desk) -> Step:
    """Change the title."""
    text = plain(edit.text)
    if not text:
        raise UsageError("标题不能空着。")
    return with_sheet(draft, replace(draft.sheet, title=text))


def point(draft: Draft, edit: Text, desk: Desk) -> Step:
    """Change the one-line point, guarded like a line."""
    text = plain(edit.text)
    draft = without(replace(draft, sheet=replace(draft.sheet, point=text)), "point")
    findings = guarding.check(draft.point_source, text) if text else ()
    return Step(draft=draft, findings={"point": findings} if findings else {})


def kind(draft: Draft, edit: Text, desk: Desk) -> Step:
    """Name another of the twelve kinds."""
    if edit.text not in {each.value for each in Kind}:
        raise UsageError("没有这种来文类型。请从十二类里选一个。")
    details = tuple(replace(each, value=edit.text, missing=False) if each.name == "类型" else each for each in draft.sheet.details)
    return with_sheet(draft, replace(draft.sheet, kind=edit.text, details=details))


def detail(draft: Draft, edit: Named, desk: Desk) -> Step:
    """Fill in or correct a cell of the facts strip; an emptied one is missing again."""
    value = plain(edit.text)
    if edit.name not in {each.name for each in draft.sheet.details}:
        raise UsageError("单头没有这一格。请刷新页面后再试。")
    cell = Detail(name=edit.name, value=value or desk.look.words.missing, missing=not value)
    return with_sheet(draft, replace(draft.sheet, details=tuple(cell if each.name == edit.name else each for each in draft.sheet.details)))


def row(draft: Draft, edit: Row, desk: Desk) -> Step:
    """Change the cells of a row of numbers, guarded against what it said when it was made."""
    here = row_of(draft, edit.line) or gone()
    made = next((each for each in draft.cells if each.line == edit.line), None)
    made = made or Cells(line=edit.line, item=here.item, standard=here.standard, due=here.due)
    new = replace(here, item=plain(edit.item), standard=plain(edit.standard), due=plain(edit.due))
    if not new.item or (here.standard and not new.standard):
        raise UsageError("事项和标准都不能空着。不要这一行请用“取下”。")
    pairs = ((made.item, new.item), (made.standard, new.standard), (made.due, new.due))
    findings = tuple(found for old, now in pairs for found in guarding.check_cell(here.line.source, old, now))
    key = f"line-{edit.line}"
    draft = without(set_row(draft, new), key)
    draft = replace(draft, cells=(*(each for each in draft.cells if each.line != edit.line), made))
    return Step(draft=draft, findings={key: findings} if findings else {}, touched=edit.line)


def drop_day(draft: Draft, edit: Place, desk: Desk) -> Step:
    """Take a day off the time line."""
    days = draft.sheet.milestones
    if not 0 <= edit.place < len(days):
        raise UsageError("时间轴上没有这一天。请刷新页面后再试。")
    return with_sheet(draft, replace(draft.sheet, milestones=days[: edit.place] + days[edit.place + 1 :]))


def ask(draft: Draft, edit: Ask, desk: Desk) -> Step:
    """Change a question, or add one at the end."""
    asked = draft.sheet.questions
    words, answer = plain(edit.question), plain(edit.answer)
    if not words:
        raise UsageError("问题不能空着。不要这一问请用“去掉”。")
    if not 0 <= edit.place <= len(asked) or edit.place >= MOST_QUESTIONS:
        raise UsageError(f"最多 {MOST_QUESTIONS} 问。")
    line = asked[edit.place].line if edit.place < len(asked) else -1
    return with_sheet(
        draft, replace(draft.sheet, questions=(*asked[: edit.place], Question(question=words, answer=answer, line=line), *asked[edit.place + 1 :]))
    )


def drop_question(draft: Draft, edit: Place, desk: Desk) -> Step:
    """Take a question off."""
    asked = draft.sheet.questions
    if not 0 <= edit.place < len(asked):
        raise UsageError("没有这一问。请刷新页面后再试。")
    return with_sheet(draft, replace(draft.sheet, questions=asked[: edit.place] + asked[edit.place + 1 :]))


def notes(draft: Draft, edit: Text, desk: Desk) -> Step:
    """Write the manager's notes, a paragraph a line."""
    lines = [" ".join(line.split()) for line in edit.text.splitlines()]
    text = "\n".join(lines).strip()
    if len(text) > LONGEST_NOTES:
        raise UsageError(f"主管补充不能超过 {LONGEST_NOTES} 个字。请改短。")
    return Step(draft=replace(draft, notes=text))


def template(draft: Draft, edit: Text, desk: Desk) -> Step:
    """Take another design: the same lines, in its sections, with its facts strip."""
    look = desk.look_named(edit.text)
    new = replace(desk, look=look)
    sheet = replace(draft.sheet, template=look.name, sections=regrouped(draft.sheet, new), details=recast(draft.sheet, new))
    return with_sheet(draft, sheet)


def regrouped(sheet: Sheet, desk: Desk) -> tuple[Section, ...]:
    """The sheet's lines in the sections of a design; a section it does not have gives its lines to their usual ones."""
    lines: dict[str, list[Line]] = {plan.key: [] for plan in desk.look.sections}
    rows: dict[str, list[NumberRow]] = {plan.key: [] for plan in desk.look.sections}
    for section in sheet.sections:
        pieces: tuple[Line | NumberRow, ...] = (*section.lines, *section.rows)
        for each in pieces:
            line = each if isinstance(each, Line) else each.line
            key = fitting_key(section.key if section.key in lines else usual_section(line, desk), line, desk)
            settle(each, (lines[key], rows[key]), table=plan_rows(desk.look, key))
    plans = desk.look.sections
    found = (Section(key=plan.key, title=plan.title, lines=tuple(lines[plan.key]), rows=tuple(rows[plan.key])) for plan in plans)
    return tuple(section for section in found if section.lines or section.rows)


def plan_rows(look: Look, key: str) -> bool:
    """Whether a section is a table of numbers."""
    plan = look.plan(key)
    return plan is not None and plan.rows


def settle(each: Line | NumberRow, target: tuple[list[Line], list[NumberRow]], *, table: bool) -> None:
    """Put a line or row where it belongs: a row stays a row in a table and becomes its line elsewhere."""
    from digest.sheet.numbers import row_of as row_from

    line = each if isinstance(each, Line) else each.line
    row = row_from(line) if isinstance(each, Line) else each
    if table and row is not None:
        target[1].append(row)
    else:
        target[0].append(line)


def recast(sheet: Sheet, desk: Desk) -> tuple[Detail, ...]:
    """The facts strip of a design: what was filled in stays, what is new is taken from the document."""
    from digest.preview.wordings import pool
    from digest.sheet import facing

    known = {each.name: each for each in sheet.details}
    return tuple(known.get(each.name, each) for each in facing.details(pool(desk), sheet.lines))


OPERATIONS = {
    "title": Operation(values=Text, run=title, label="改标题"),
    "point": Operation(values=Text, run=point, label="改一句话"),
    "kind": Operation(values=Text, run=kind, label="改类型"),
    "template": Operation(values=Text, run=template, label="换模板"),
    "detail": Operation(values=Named, run=detail, label="改单头"),
    "row": Operation(values=Row, run=row, label="改数字表"),
    "drop_day": Operation(values=Place, run=drop_day, label="去掉日期"),
    "ask": Operation(values=Ask, run=ask, label="改考题"),
    "drop_question": Operation(values=Place, run=drop_question, label="去掉考题"),
    "notes": Operation(values=Text, run=notes, label="改主管补充"),
    "nothing": Operation(values=Nothing, run=lambda draft, edit, desk: Step(draft=draft), label="保存"),
}
