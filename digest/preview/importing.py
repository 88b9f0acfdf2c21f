"""A sheet edited in Word comes back: the file's sheet and our draft in, a Step out, every wording guarded anew.

What the file says about sources is not believed: a line is known by its units, and its source is the one in our own draft.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from digest.model.sheet import Line, NumberRow, Question, Section, Sheet
from digest.preview import differences, guarding
from digest.preview.draft import NOTES_KEY, OWN_MARK, Draft, lines_of, row_of
from digest.preview.edits import Step, forget, without
from digest.preview.edits_choice import BY_HAND, shelve
from digest.preview.edits_lines import LONGEST
from digest.preview.guarding import Finding

MOST_LINES = 60  # of an edited file: far more than a page holds


def read_edited(data: bytes, name: str) -> tuple[Sheet, tuple[str, ...]]:
    """The sheet and the notes in an edited DOCX; to be run in a limited child.

    Raises:
        DigestError: not a DOCX of ours, damaged, encrypted or far too large.
    """
    from digest.render import import_docx

    found = import_docx.read(data, name)
    return found.sheet, found.notes


class Merge:
    """The draft's lines, given out one by one to the lines of the file that stand for them."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.left = {line.number: line for line in (*draft.sheet.lines, *draft.shelf)}
        self.own = list(draft.own)
        self.number = draft.next_number
        self.findings: dict[str, tuple[Finding, ...]] = {}
        self.touched: set[str] = set()
        self.first = {line.number: line for line in draft.first}

    def line(self, told: Line) -> Line:
        """The draft's line for a line of the file, in the file's words."""
        mine = self.known(told)
        text = " ".join(told.text.split())[:LONGEST]
        if mine is None:
            return self.fresh(text, told)
        del self.left[mine.number]
        if text == mine.text or row_of(self.draft, mine.number):
            return mine
        key = f"line-{mine.number}"
        self.touched.add(key)
        self.first.setdefault(mine.number, mine)
        if found := guarding.check(mine.source, text):
            self.findings[key] = found
        due = mine.due if mine.due in text else ""
        return replace(mine, text=text, due=due, emphasis=differences.carry(mine.emphasis, mine.text, text))

    def known(self, told: Line) -> Line | None:
        """The line of the draft with the same units; of several the same half, then the one whose words are nearest; an own line by its words."""
        if told.units:
            same = [line for line in self.left.values() if line.units == told.units]
        else:
            same = [line for line in self.left.values() if line.number in self.draft.own and line.text == told.text]
        return max(same, key=lambda line: (line.text == told.text, line.part == told.part, len(set(line.text) & set(told.text)), -line.number), default=None)

    def fresh(self, text: str, told: Line) -> Line:
        """A line that somebody wrote in Word: the branch's own."""
        self.own.append(self.number)
        self.number += 1
        return Line(number=self.number - 1, text=text, source="", category=told.category, mark=OWN_MARK)


def merged(draft: Draft, edited: Sheet, notes: tuple[str, ...]) -> Step:
    """The draft with the texts, the order and the removals of the file."""
    merge = Merge(draft)
    told = {section.key: section for section in edited.sections}
    sections = tuple(section_of(merge, section, told.get(section.key)) for section in ordered(draft.sheet, edited))
    kept = tuple(section for section in sections if section.lines or section.rows)
    gone = [line for line in draft.sheet.lines if line.number in merge.left]
    shelf = tuple(line for line in draft.shelf if line.number in merge.left)
    written = [line.text for line in lines_of(told[NOTES_KEY])] if NOTES_KEY in told else []
    sheet = replace(draft.sheet, title=edited.title or draft.sheet.title, point=edited.point, questions=tuple(questions(draft, edited)))
    step = replace(
        draft,
        sheet=sheet,
        own=tuple(merge.own),
        next_number=merge.number,
        first=tuple(merge.first.values()),
        notes="\n".join(dict.fromkeys((*written, *notes))) or draft.notes,
    )
    for line in gone:
        step = shelve(step, line, BY_HAND)
    step = replace(step, shelf=(*(line for line in step.shelf if line in gone), *shelf), sheet=replace(step.sheet, sections=kept))
    if edited.point != draft.sheet.point:
        merge.touched.add("point")
        if found := guarding.check(draft.point_source, edited.point):
            merge.findings["point"] = found
    return Step(draft=forget(without(step, *merge.touched)), findings=merge.findings)


def ordered(mine: Sheet, edited: Sheet) -> Iterator[Section]:
    """The draft's sections, then those only the file has, but for the notes."""
    yield from mine.sections
    known = {section.key for section in mine.sections}
    yield from (Section(key=section.key, title=section.title) for section in edited.sections if section.key not in known and section.key != NOTES_KEY)


def section_of(merge: Merge, mine: Section, told: Section | None) -> Section:
    """A section as the file has it; a table of numbers keeps its own rows and their words."""
    if told is None:
        return replace(mine, lines=(), rows=())
    if mine.rows:
        return replace(mine, rows=tuple(rows(merge, mine, told)))
    return replace(mine, lines=tuple(merge.line(line) for line in told.lines[:MOST_LINES]))


def rows(merge: Merge, mine: Section, told: Section) -> Iterator[NumberRow]:
    """The rows that are still there, in the file's order; a changed cell is guarded like one changed on the page."""
    by_part = {(row.line.units, row.line.part): row for row in mine.rows}
    for each in told.rows[:MOST_LINES]:
        row = by_part.get((each.line.units, each.line.part))
        if row is None or row.line.number not in merge.left:
            continue
        del merge.left[row.line.number]
        pairs = ((row.item, each.item), (row.standard, each.standard), (row.due, each.due))
        key = f"line-{row.line.number}"
        if found := tuple(finding for old, new in pairs for finding in guarding.check_cell(row.line.source, old, new)):
            merge.findings[key] = found
        if any(old != new for old, new in pairs):
            merge.touched.add(key)
        yield replace(row, item=each.item, standard=each.standard, due=each.due)


def questions(draft: Draft, edited: Sheet) -> Iterator[Question]:
    """The draft's questions that the file still has, in its words; answers and lines are the draft's own."""
    answers = {question.answer: question for question in draft.sheet.questions}
    for told in edited.questions:
        mine = answers.get(told.answer)
        if mine is not None:
            yield replace(mine, question=told.question)
