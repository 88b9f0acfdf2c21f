"""The draft (草稿): the sheet under review with what was done to it by hand; pure, serialisable, and printable at any moment.

Inside a draft a line keeps its number for ever, so that edits, undo and two windows mean the same line; ``printable`` numbers
the lines as they stand on paper.
"""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from digest.model.sheet import Line, Milestone, NumberRow, Question, Section, Sheet
from digest.zh import guard

OWN_MARK = "网点补充"
CHANGED_MARK = "网点改写"
NOTES_KEY = "notes"
LINE_WORDS = re.compile(r"本单\d+")  # a deadline on the time line names its line so; 第3条 would be read as an article


class Deviation(Struct, frozen=True, kw_only=True):
    """A wording that says something else than its source, confirmed by the manager. ``key`` is such as ``line-3`` or ``point``."""

    key: str
    messages: tuple[str, ...]
    who: str = ""
    why: str = ""


class Cells(Struct, frozen=True, kw_only=True):
    """A row of numbers as it was made, before its cells were edited."""

    line: int
    item: str
    standard: str
    due: str


class Draft(Struct, frozen=True, kw_only=True):
    """``first`` and ``cells`` hold what was edited as it was made, ``shelf`` the lines that were taken off the page by hand.

    ``point_source`` is what the one-line point was taken from.
    """

    sheet: Sheet
    first: tuple[Line, ...] = ()
    shelf: tuple[Line, ...] = ()
    pinned: tuple[int, ...] = ()
    own: tuple[int, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    notes: str = ""
    point_source: str = ""
    cells: tuple[Cells, ...] = ()
    next_number: int = 0

    @property
    def numbers(self) -> tuple[int, ...]:
        """The lines' numbers in reading order."""
        return tuple(line.number for line in self.sheet.lines)

    def line(self, number: int) -> Line | None:
        """A line on the page by its number."""
        return next((line for line in self.sheet.lines if line.number == number), None)

    def made(self, number: int) -> Line | None:
        """A line as it was made, whether or not it was edited since."""
        return next((line for line in self.first if line.number == number), self.line(number))

    def deviation(self, key: str) -> Deviation | None:
        """The confirmed deviation of a line or field."""
        return next((each for each in self.deviations if each.key == key), None)


def begin(sheet: Sheet) -> Draft:
    """A fresh draft of a made sheet; its lines get their lasting numbers."""
    numbers = {line.number: place for place, line in enumerate(sheet.lines)}
    unique = len(numbers) == len(sheet.lines)  # numbers that are not say nothing about which line is meant
    sheet = renumber(sheet, numbers) if unique else count(sheet, 0)
    source = next((line.source for line in sheet.lines if line.number == sheet.point_line), "")
    source = source if guard.is_subsequence(source, sheet.point) else sheet.point  # it may say more than the line: from when the paper applies
    return Draft(sheet=sheet, point_source=source, next_number=len(sheet.lines))


def count(sheet: Sheet, first: int) -> Sheet:
    """The sheet with its lines numbered in reading order."""
    place = iter(range(first, first + len(sheet.lines)))
    return map_lines(sheet, lambda line: replace(line, number=next(place)))


def renumber(sheet: Sheet, numbers: dict[int, int]) -> Sheet:
    """The sheet with other line numbers, in the lines and in all that point to them."""
    sheet = map_lines(sheet, lambda line: replace(line, number=numbers[line.number]))
    return replace(
        sheet,
        point_line=None if sheet.point_line is None else numbers.get(sheet.point_line),
        milestones=tuple(renumbered(day, numbers) for day in sheet.milestones if day.line is None or day.line in numbers),
        questions=tuple(replace(question, line=numbers.get(question.line, -1)) for question in sheet.questions),
    )


def renumbered(day: Milestone, numbers: dict[int, int]) -> Milestone:
    """A day of the time line under its line's new number, which its label may carry as well."""
    if day.line is None:
        return day
    number = numbers[day.line]
    return replace(day, line=number, label=LINE_WORDS.sub(f"本单{number}", day.label))


def map_lines(sheet: Sheet, change: Callable[[Line], Line | None]) -> Sheet:
    """The sheet with each line changed, or taken out where ``change`` gives None; in reading order."""
    return replace(sheet, sections=tuple(map_section(section, change) for section in sheet.sections))


def map_section(section: Section, change: Callable[[Line], Line | None]) -> Section:
    """A section with each line and each row's line changed or taken out."""
    lines = tuple(changed for line in section.lines if (changed := change(line)))
    rows = tuple(replace(row, line=changed) for row in section.rows if (changed := change(row.line)))
    return replace(section, lines=lines, rows=rows)


def set_line(draft: Draft, line: Line) -> Draft:
    """The draft with one line changed; how it was made is remembered."""
    before = draft.made(line.number)
    known = any(each.number == line.number for each in draft.first)
    first = draft.first if known or before is None else (*draft.first, before)
    return replace(draft, first=first, sheet=map_lines(draft.sheet, lambda each: line if each.number == line.number else each))


def set_row(draft: Draft, row: NumberRow) -> Draft:
    """The draft with one row of numbers changed."""
    sections = tuple(
        replace(section, rows=tuple(row if each.line.number == row.line.number else each for each in section.rows)) for section in draft.sheet.sections
    )
    return replace(draft, sheet=replace(draft.sheet, sections=sections))


def row_of(draft: Draft, number: int) -> NumberRow | None:
    """The row of numbers that a line stands in, if it is one."""
    return next((row for section in draft.sheet.sections for row in section.rows if row.line.number == number), None)


def place_of(draft: Draft, number: int) -> tuple[str, int] | None:
    """The section's key and the place in it where a line stands."""
    for section in draft.sheet.sections:
        for place, line in enumerate(lines_of(section)):
            if line.number == number:
                return section.key, place
    return None


def lines_of(section: Section) -> tuple[Line, ...]:
    """A section's lines, or those of its rows: a section has either."""
    return section.lines or tuple(row.line for row in section.rows)


def printable(draft: Draft) -> Sheet:
    """The sheet as it goes to paper: numbered from 1, empty sections folded, own and reworded lines marked, notes added."""
    sheet = map_lines(draft.sheet, lambda line: marked(draft, line))
    sections = tuple(section for section in sheet.sections if section.lines or section.rows)
    sheet = replace(sheet, sections=sections + notes_section(draft))
    numbers = {line.number: place for place, line in enumerate(sheet.lines, start=1)}
    sheet = renumber(sheet, numbers)
    return replace(sheet, questions=tuple(renew_question(question) for question in sheet.questions))


def renew_question(question: Question) -> Question:
    """A question whose line is gone points nowhere."""
    return question if question.line > 0 else replace(question, line=0)


def marked(draft: Draft, line: Line) -> Line:
    """A line with the mark that tells the reader whose words these are."""
    if line.number in draft.own:
        return replace(line, mark=OWN_MARK)
    if draft.deviation(f"line-{line.number}"):
        return replace(line, mark=f"{line.mark}·{CHANGED_MARK}" if line.mark else CHANGED_MARK)
    return line


def notes_section(draft: Draft) -> tuple[Section, ...]:
    """The manager's notes as a section of their own, one line a paragraph."""
    texts = [text.strip() for text in draft.notes.splitlines() if text.strip()]
    first = max((*draft.numbers, draft.next_number)) + 1
    lines = tuple(Line(number=first + place, text=text, source="", mark=OWN_MARK) for place, text in enumerate(texts))
    return (Section(key=NOTES_KEY, title="主管补充", lines=lines),) if lines else ()


def words_of(sheet: Sheet) -> str:
    """Everything the sheet says, for the search: title, point, lines, rows, questions."""
    return "\n".join(part for part in spoken(sheet) if part)


def spoken(sheet: Sheet) -> Iterator[str]:
    """The pieces of text of a sheet in reading order."""
    yield sheet.title
    yield sheet.point
    yield from (f"{detail.name}：{detail.value}" for detail in sheet.details if not detail.missing)
    for section in sheet.sections:
        yield section.title
        yield from (line.text for line in section.lines)
        yield from (" ".join((row.item, row.standard, row.due)) for row in section.rows)
    yield from (question.question for question in sheet.questions)
