"""An edited DOCX in; the sheet with its texts, order and removals, and every deviation from the source, out.

The draft travels inside the file, so the file alone is enough. Every changed wording is guarded anew against its source; what the
guard refuses comes back all the same, but marked, because the manager decides.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from digest.errors import Unreadable
from digest.model.sheet import LeftOut, Line, Question, Section, Sheet
from digest.render import import_json
from digest.render.import_docx_changes import Deviation, new_causes, same
from digest.render.import_docx_lines import Reading, read_lines
from digest.render.import_docx_text import Found, read_file

REMOVED = "主管删去"
NOTE_STYLE = "学习单补充"


class Imported(Struct, frozen=True, kw_only=True):
    """The sheet as edited; line numbers are the draft's own, new lines count on from the highest. ``notes`` is what was typed there."""

    sheet: Sheet
    deviations: tuple[Deviation, ...] = ()
    notes: tuple[str, ...] = ()


def read(data: bytes, name: str, original: Sheet | None = None) -> Imported:
    """The edited sheet; ``original`` serves where the file has lost its draft.

    Raises:
        Unreadable: not a DOCX, not one of ours, or damaged.
        Encrypted: a password protects it.
        TooMuch: far larger than a page can be.
    """
    returned = read_file(data, name)
    draft = import_json.read(returned.draft, name) if returned.draft else original
    if draft is None:
        raise Unreadable(f"{name}：里面没有本程序的稿件信息，无法与原文核对。请用本程序生成的 .docx 修改，或连同生成时的 .json 一起读回。")
    if not any(found.key for found in returned.found):
        raise Unreadable(f"{name}：找不到学习单的各条（书签和控件都没有了）。请在生成的 .docx 上直接改，不要复制到新文件。")
    return compared(draft, returned.found, returned.keys)


def compared(draft: Sheet, found: tuple[Found, ...], printed: frozenset[str]) -> Imported:
    """Draft and file side by side."""
    reading = read_lines(draft, found, printed)
    sections = reading.sections()
    gone = reading.gone()
    heads, changed = headed(draft, reading)
    deviations = (
        *reading.deviations,
        *(Deviation(kind="removed", key=f"line-{line.number}", before=line.text) for line in gone),
        *moved(draft.sections, sections),
        *changed,
        *dropped(draft, reading, gone),
    )
    sheet = replace(
        heads,
        sections=sections,
        left_out=(*draft.left_out, *(left_out(line) for line in gone)),
        questions=asked(draft, reading, gone),
        milestones=tuple(day for day in draft.milestones if day.line not in {line.number for line in gone}),
        notices=tuple(dict.fromkeys((*draft.notices, *(each.told() for each in deviations if each.serious)))),
    )
    notes = tuple(one.text for one in found if one.style == NOTE_STYLE and one.text)
    return Imported(sheet=sheet, deviations=deviations, notes=notes)


def is_serious(deviation: Deviation) -> bool:
    """Whether a deviation must be confirmed before the sheet is handed out."""
    return deviation.serious


def left_out(line: Line) -> LeftOut:
    """A line that was deleted, among those that are not on the page."""
    return LeftOut(unit=line.units[0] if line.units else -1, text=line.text, mark=line.mark, score=line.score, why=REMOVED, category=line.category)


def headed(draft: Sheet, reading: Reading) -> tuple[Sheet, tuple[Deviation, ...]]:
    """Title and one-line point in the words of the file; the point is guarded against its line's source."""
    title = reading.words.get("title", draft.title)
    point = reading.words.get("point", draft.point if reading.unprinted("point") else "")
    changes = []
    if not same(title, draft.title):
        changes.append(Deviation(kind="reworded", key="title", before=draft.title, after=title))
    if not same(point, draft.point):
        source = next((line.source for line in draft.lines if line.number == draft.point_line), draft.point)
        causes = new_causes(source, draft.point, point) if point else ()
        changes.append(Deviation(kind="reworded" if point else "removed", key="point", before=draft.point, after=point, causes=causes))
    kept = draft.title if same(title, draft.title) else title
    line = None if draft.point_line in {each.number for each in reading.gone()} else draft.point_line
    return replace(draft, title=kept, point=draft.point if same(point, draft.point) else point, point_line=line), tuple(changes)


def asked(draft: Sheet, reading: Reading, gone: tuple[Line, ...]) -> tuple[Question, ...]:
    """The questions that still stand and whose line still stands, in the words of the file."""
    numbers = {line.number for line in gone}
    found = []
    for place, question in enumerate(draft.questions, start=1):
        words = question.question if reading.unprinted(f"question-{place}") else reading.words.get(f"question-{place}")
        if words is not None and question.line not in numbers:
            found.append(question if same(words, question.question) else replace(question, question=words))
    return tuple(found)


def dropped(draft: Sheet, reading: Reading, gone: tuple[Line, ...]) -> Iterator[Deviation]:
    """Questions that went with their line."""
    numbers = {line.number for line in gone}
    for place, question in enumerate(draft.questions, start=1):
        if question.line in numbers and f"question-{place}" in reading.words:
            yield Deviation(kind="dropped", key=f"question-{place}", before=question.question)


def moved(before: tuple[Section, ...], after: tuple[Section, ...]) -> Iterator[Deviation]:
    """Lines that changed their section, or their place among those that stayed in it."""
    homes = {line.number: section.key for section in before for line in section.lines}
    for section in after:
        stayed = [line for line in section.lines if homes.get(line.number) == section.key]
        kept = longest_rise([line.number for line in stayed], [line.number for old in before if old.key == section.key for line in old.lines])
        for line in section.lines:
            if line.number in homes and (line not in stayed or line.number not in kept):
                yield Deviation(kind="moved", key=f"line-{line.number}", before=line.text)


def longest_rise(numbers: list[int], order: list[int]) -> set[int]:
    """The most numbers that stand in the same order as before."""
    places = [order.index(number) for number in numbers]
    best: list[list[int]] = []
    for index, place in enumerate(places):
        heads = [best[other] for other in range(index) if places[other] < place]
        best.append([*max(heads, key=len, default=[]), index])
    return {numbers[index] for index in max(best, key=len, default=[])}
