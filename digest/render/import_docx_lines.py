"""Draft and the file's fields in reading order in; the sections as they now stand, and what was done to them, out."""

import re

from msgspec import Struct, field
from msgspec.structs import replace

from digest.model.ranking import Category
from digest.model.sheet import Line, NumberRow, Section, Sheet
from digest.render.import_docx_changes import OWN, Deviation, causes_of, causes_of_cell, new_causes, same
from digest.render.import_docx_text import Found
from digest.zh import emphasis, guard, point

LINE_STYLES = ("学习单条目", "学习单表内条目")
NUMBERED = re.compile(r"(line|item|standard)-(\d+)")


class Reading(Struct):
    """Takes the file's fields one by one, in order."""

    draft: Sheet
    words: dict[str, str]  # by key; an emptied field is as good as deleted
    headings: frozenset[str]  # the keys of the sections whose heading still stands
    printed: frozenset[str]  # every key the file was made with; empty where that is not known
    lines: dict[str, list[Line]] = field(default_factory=dict)
    rows: dict[str, list[NumberRow]] = field(default_factory=dict)
    deviations: list[Deviation] = field(default_factory=list)
    placed: set[int] = field(default_factory=set)
    number: int = 0

    def take(self, one: Found) -> None:
        """Put one field where it now stands."""
        match = NUMBERED.fullmatch(one.key)
        number = int(match[2]) if match else -1
        kind = match[1] if match else ""
        if kind == "line" and self.line(number) is not None and number not in self.placed and one.text:
            self.take_line(number, one)
        elif kind == "item" and number not in self.placed and (f"standard-{number}" in self.words or self.across(number)):
            self.take_row(number)
        elif (not one.key or kind == "line") and one.style in LINE_STYLES and one.text:
            self.take_own(one)

    def line(self, number: int) -> Line | None:
        """A line of the draft's sections."""
        return next((line for section in self.draft.sections for line in section.lines if line.number == number), None)

    def across(self, number: int) -> bool:
        """Whether a row of the draft's numbers runs across both cells."""
        return any(row.line.number == number and not row.standard for section in self.draft.sections for row in section.rows)

    def home(self, number: int) -> str:
        """The section a line or row stood in."""
        return next(section.key for section in self.draft.sections if number in [line.number for line in numbered(section)])

    def section_of(self, heading: str) -> Section | None:
        """The section a heading belongs to, continued or not."""
        return next((section for section in self.draft.sections if section.title and heading.startswith(section.title)), None)

    def take_line(self, number: int, one: Found) -> None:
        """A line of the draft: where a heading was deleted, its lines do not move under the one above it."""
        line, home = self.line(number), self.home(number)
        here = self.section_of(one.heading)
        key = here.key if here is not None and not here.rows and home in self.headings else home
        if line is not None:
            self.lines.setdefault(key, []).append(self.reworded(line, one.text))
            self.placed.add(number)

    def reworded(self, line: Line, text: str) -> Line:
        """The line in the words of the file, guarded anew."""
        if same(line.text, text) or (line.number == self.draft.point_line and point.is_repeated(line.text, text)):
            return line
        self.deviations.append(
            Deviation(kind="reworded", key=f"line-{line.number}", before=line.text, after=text, causes=new_causes(line.source, line.text, text))
        )
        return replace(line, text=text, emphasis=emphasis.ranges(text), due=line.due if line.due in text else "")

    def take_row(self, number: int) -> None:
        """A row of the numbers table in the words of the file."""
        for section in self.draft.sections:
            for row in section.rows:
                if row.line.number == number:
                    self.rows.setdefault(section.key, []).append(self.recelled(row))
                    self.placed.add(number)

    def recelled(self, row: NumberRow) -> NumberRow:
        """The row, each cell guarded against what it said before."""
        made = {"item": row.item, "standard": row.standard}
        for name, before in list(made.items()):
            key = f"{name}-{row.line.number}"
            after = self.words.get(key, before)
            if not same(before, after):
                causes = causes_of_cell(row.line.source, before, after)
                self.deviations.append(Deviation(kind="reworded", key=key, before=before, after=after, causes=causes))
                made[name] = after
        return replace(row, item=made["item"], standard=made["standard"])

    def take_own(self, one: Found) -> None:
        """A line that was typed in, copied from what was left out, or split off another one."""
        self.number += 1
        line = self.own_line(one)
        section = self.section_of(one.heading) or next((each for each in self.draft.sections if not each.rows), None)
        if section is None or section.rows:
            return
        self.deviations.append(Deviation(kind="added", key=f"line-{line.number}", after=line.text, causes=causes_of(line.source, line.text)))
        self.lines.setdefault(section.key, []).append(line)

    def own_line(self, one: Found) -> Line:
        """The line with its source, where it has one."""
        bold = emphasis.ranges(one.text)
        left = next((left for left in self.draft.left_out if same(left.text, one.text)), None)
        if left is not None:
            about = {"units": (left.unit,), "mark": left.mark, "score": left.score, "category": left.category}
            return Line(number=self.number, text=left.text, source=left.text, emphasis=bold, **about)  # type: ignore[arg-type]
        parent = next((line for line in self.draft.lines if guard.is_subsequence(line.source, one.text)), None)
        if parent is not None:
            return replace(parent, number=self.number, text=one.text, emphasis=bold, due=parent.due if parent.due in one.text else "")
        section = self.section_of(one.heading)
        category = section.lines[0].category if section is not None and section.lines else Category.DO
        return Line(number=self.number, text=one.text, source="", category=category, mark=OWN, emphasis=bold)

    def sections(self) -> tuple[Section, ...]:
        """The sections that still have anything, in the draft's order: two columns are no order of their own."""
        made = []
        for section in self.draft.sections:
            lines = (*self.lines.get(section.key, ()), *(line for line in section.lines if self.unprinted(f"line-{line.number}")))
            rows = (*self.rows.get(section.key, ()), *(row for row in section.rows if self.unprinted(f"item-{row.line.number}")))
            made.append(replace(section, lines=lines, rows=rows))
        return tuple(section for section in made if section.lines or section.rows)

    def unprinted(self, key: str) -> bool:
        """Whether the design did not print a field, so that nobody can have deleted it."""
        return bool(self.printed) and key not in self.printed

    def gone(self) -> tuple[Line, ...]:
        """The lines that were printed and are no more."""
        keys = ("line", "item")
        return tuple(line for line in self.draft.lines if line.number not in self.placed and not all(self.unprinted(f"{key}-{line.number}") for key in keys))


def numbered(section: Section) -> tuple[Line, ...]:
    """All lines of a section, those of its rows as well."""
    return (*section.lines, *(row.line for row in section.rows))


def read_lines(draft: Sheet, found: tuple[Found, ...], printed: frozenset[str]) -> Reading:
    """Everything the file says of the draft's lines."""
    words: dict[str, str] = {}
    for one in found:
        if one.key and one.text:
            words.setdefault(one.key, one.text)
    reading = Reading(draft=draft, words=words, headings=frozenset(), printed=printed, number=max((line.number for line in draft.lines), default=0))
    reading.headings = frozenset(section.key for one in found if (section := reading.section_of(one.heading)) is not None)
    for one in found:
        reading.take(one)
    return reading
