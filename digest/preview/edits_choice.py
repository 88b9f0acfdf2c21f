"""Edits on the choice: take a line off, put one on, swap two, make the page fit, choose anew around what is pinned."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from digest.errors import UsageError
from digest.model.sheet import LeftOut, Line, Section, Sheet
from digest.preview.draft import Draft, begin, lines_of, map_lines, place_of, printable
from digest.preview.edits import Desk, Operation, Step, forget
from digest.preview.edits_lines import Which, fitting_key, insert, line_of, section_index, taken
from digest.preview.wordings import pool, unit_line

BY_HAND = "主管取下"
TO_FIT = "版面已满"


class Put(Struct, frozen=True, kw_only=True):
    """What goes on the page: a unit left out, or a line from the shelf; where, or -1 and nothing for its usual place."""

    unit: int = -1
    line: int = -1
    section: str = ""
    place: int = -1


class Swap(Struct, frozen=True, kw_only=True):
    """A line on the page and what takes its place."""

    line: int
    unit: int = -1
    other: int = -1


class Nothing(Struct, frozen=True, kw_only=True):
    """No values."""


def drop(draft: Draft, edit: Which, desk: Desk) -> Step:
    """Take a line off the page; it waits on the shelf as it is."""
    return Step(draft=shelve(draft, line_of(draft, edit.line), BY_HAND), touched=after(draft, edit.line))


def after(draft: Draft, number: int) -> int | None:
    """The line to select when one goes: the next in reading order, else the one before."""
    numbers = draft.numbers
    place = numbers.index(number)
    rest = numbers[place + 1 :] or tuple(reversed(numbers[:place]))
    return rest[0] if rest else None


def shelve(draft: Draft, line: Line, why: str) -> Draft:
    """The draft with a line on the shelf and its units among what is left out."""
    left = tuple(LeftOut(unit=unit, text=line.text, mark=line.mark, score=line.score, why=why, category=line.category) for unit in line.units[:1])
    draft = replace(taken(draft, line.number), shelf=(line, *draft.shelf))
    return forget(replace(draft, sheet=replace(draft.sheet, left_out=(*left, *draft.sheet.left_out))))


def put(draft: Draft, edit: Put, desk: Desk) -> Step:
    """Put a left-out unit or a shelved line on the page, at its usual place where none is given."""
    draft, line = fetched(draft, edit.unit, edit.line, desk)
    section = fitting_key(edit.section or usual_section(line, desk), line, desk)
    draft, index = section_index(draft, section, desk)
    place = edit.place if edit.place >= 0 else usual_place(draft.sheet.sections[index], line)
    return Step(draft=insert(draft, line, (section, place), desk), touched=line.number)


def fetched(draft: Draft, unit: int, shelved: int, desk: Desk) -> tuple[Draft, Line]:
    """A line from the shelf, or a unit as a new line; it is no longer among what is left out."""
    kept = next((line for line in draft.shelf if line.number == shelved or (unit >= 0 and line.units[:1] == (unit,))), None)
    if kept is None:
        if any(unit in line.units for line in draft.sheet.lines) and all(each.unit != unit for each in draft.sheet.left_out):
            raise UsageError("这一条已经在单上了。")
        kept = unit_line(desk, unit, draft.next_number)
        if kept is None:
            raise UsageError("找不到要放上的这一条，可能已经在单上。请刷新页面后再试。")
        draft = replace(draft, next_number=draft.next_number + 1)
    shelf = tuple(line for line in draft.shelf if line.number != kept.number)
    waiting = {(line.units[:1], line.text) for line in shelf}  # the other half of a parted line has the same unit
    left = tuple(each for each in draft.sheet.left_out if each.unit not in kept.units or ((each.unit,), each.text) in waiting)
    return replace(draft, shelf=shelf, sheet=replace(draft.sheet, left_out=left)), kept


def usual_section(line: Line, desk: Desk) -> str:
    """The section that the design has for a line; a half of a parted line goes by what it does itself."""
    found = pool(desk)
    known = tuple(unit for unit in line.units if unit in found.candidates)
    apart = all(found.candidates[unit].score.category != line.category for unit in known)
    plan = found.plan_of(known) if known and not apart else desk.look.plan_for(line.category.value)
    return plan.key if plan else desk.look.sections[0].key


def usual_place(section: Section, line: Line) -> int:
    """The place in document order."""
    return sum(1 for other in lines_of(section) if other.sentences and other.sentences <= line.sentences)


def swap(draft: Draft, edit: Swap, desk: Desk) -> Step:
    """Put another line in a line's place."""
    home = place_of(draft, edit.line)
    line = line_of(draft, edit.line)
    draft, other = fetched(draft, edit.unit, edit.other, desk)
    draft = shelve(draft, line, BY_HAND)
    key, place = home or (usual_section(other, desk), 0)
    return Step(draft=insert(draft, other, (fitting_key(key, other, desk), place), desk), touched=other.number)


def fit(draft: Draft, edit: Nothing, desk: Desk) -> Step:
    """Take off the least valuable lines that are neither pinned nor the branch's own, until the page holds the rest."""
    for line in sorted(loose(draft), key=lambda line: (line.score, -line.number)):
        if desk.fits(printable(draft), desk.look):
            return Step(draft=draft)
        draft = shelve(draft, line, TO_FIT)
    if not desk.fits(printable(draft), desk.look):
        raise UsageError("锁定的和网点补充的内容已经放不下一页。请改短、解锁几条，或换一个模板。")
    return Step(draft=draft)


def loose(draft: Draft) -> Iterator[Line]:
    """The lines that may go by themselves."""
    return (line for line in draft.sheet.lines if line.number not in draft.pinned and line.number not in draft.own)


def refilled(draft: Draft, made: Sheet, desk: Desk) -> Draft:
    """A newly made sheet with the draft's pinned and own lines, its notes and its shelf."""
    kept = [(line, place_of(draft, line.number)) for line in draft.sheet.lines if line.number in (*draft.pinned, *draft.own)]
    lines = [line for line, _ in kept]
    units = {unit for line in lines if not lacks(draft, line, lines) for unit in line.units}
    fresh = begin(made)
    shift = draft.next_number
    again = {line.number for line in fresh.sheet.lines if set(line.units) & units or twin(line, lines, fresh)}
    sheet = map_lines(fresh.sheet, lambda line: None if line.number in again else replace(line, number=line.number + shift))
    sheet = replace(sheet, point_line=None, questions=tuple(replace(each, line=each.line + shift if each.line > 0 else each.line) for each in sheet.questions))
    new = replace(
        draft,
        sheet=replace(sheet, left_out=tuple(each for each in sheet.left_out if each.unit not in units)),
        next_number=shift + fresh.next_number,
        shelf=(),
        point_source=fresh.point_source,
    )
    for line, home in kept:
        key, place = home if home is not None and desk.look.plan(home[0]) else (usual_section(line, desk), 0)
        new = insert(new, line, (fitting_key(key, line, desk), place), desk)
    return forget(new)


def lacks(draft: Draft, line: Line, kept: Sequence[Line]) -> bool:
    """Whether a line is a part of a parted line of which another part is not kept: its units say more than it does."""
    known = (*draft.sheet.lines, *draft.shelf, *draft.first)
    parts = {other.part for other in known if other.units == line.units} | set(range(line.part))
    return not parts <= {other.part for other in kept if other.units == line.units}


def twin(line: Line, kept: Sequence[Line], fresh: Draft) -> bool:
    """Whether a newly made line is a part of a parted line, and the same part is kept."""
    parted = any(other.units == line.units and other.part != line.part for other in fresh.sheet.lines)
    return parted and any((other.units, other.part) == (line.units, line.part) for other in kept)


OPERATIONS = {
    "drop": Operation(values=Which, run=drop, label="取下"),
    "put": Operation(values=Put, run=put, label="放上"),
    "swap": Operation(values=Swap, run=swap, label="换上"),
    "fit": Operation(values=Nothing, run=fit, label="让它放得下"),
}
