"""Edits that cut a line in two or join two to one; what belongs together is torn only with the manager's word."""

from difflib import SequenceMatcher

from msgspec import Struct
from msgspec.structs import replace

from digest.errors import UsageError
from digest.model.sheet import Line
from digest.preview import differences, guarding
from digest.preview.draft import Draft, place_of, row_of, set_line
from digest.preview.edits import Desk, Operation, Step, without
from digest.preview.edits_lines import LONGEST, Which, insert, line_of, taken
from digest.zh import emphasis


class Split(Struct, frozen=True, kw_only=True):
    """Where a line is cut, in characters of its text."""

    line: int
    at: int


def split(draft: Draft, edit: Split, desk: Desk) -> Step:
    """Cut a line in two, each half with its half of the source; a cut that tears what belongs together waits for confirmation."""
    line, home = line_of(draft, edit.line), place_of(draft, edit.line)
    before, behind = line.text[: edit.at].rstrip("，；、 "), line.text[edit.at :].lstrip("，；、 ")
    if home is None or not before or not behind or row_of(draft, edit.line):
        raise UsageError("这里拆不开。请把光标放在两句之间再拆。")
    cut = source_place(line, edit.at)
    first = replace(line, text=before, source=line.source[:cut], emphasis=differences.carry(line.emphasis, line.text, before))
    number = draft.next_number
    second = replace(line, number=number, text=behind, source=line.source[cut:], due=line.due if line.due in behind else "")
    second = replace(second, emphasis=emphasis.ranges(behind))
    findings = guarding.torn(before, line.text[edit.at :].lstrip()) if line.source else ()
    draft = insert(set_line(draft, first), second, (home[0], home[1] + 1), desk)
    own = (*draft.own, number) if line.number in draft.own else draft.own
    draft = replace(draft, next_number=number + 1, own=own)
    return Step(draft=draft, findings={f"line-{number}": findings} if findings else {}, touched=number)


def source_place(line: Line, at: int) -> int:
    """Where a place of a line's text stands in its source."""
    place = 0
    for block in SequenceMatcher(None, line.source, line.text, autojunk=False).get_matching_blocks():
        if block.b >= at:
            break
        place = block.a + min(block.size, at - block.b)
    return place


def merge(draft: Draft, edit: Which, desk: Desk) -> Step:
    """Join a line with the one below it in its section."""
    line, home = line_of(draft, edit.line), place_of(draft, edit.line)
    section = next(section for section in draft.sheet.sections if home and section.key == home[0])
    place = next((at for at, each in enumerate(section.lines) if each.number == edit.line), None)
    if place is None or place + 1 >= len(section.lines):
        raise UsageError("下面没有可以合并的一条。")
    other = section.lines[place + 1]
    mixed = (line.number in draft.own) != (other.number in draft.own)
    if mixed:
        raise UsageError("网点补充的话不能并进原文的话里，以免分不清出处。")
    text = f"{line.text.rstrip('。；，')}；{other.text}"
    if len(text) > LONGEST:
        raise UsageError(f"合并后超过 {LONGEST} 个字。请先改短。")
    shift = len(line.text.rstrip("。；，")) + 1
    changed = replace(
        line,
        text=text,
        source=joined_source(line, other),
        units=tuple(dict.fromkeys((*line.units, *other.units))),
        sentences=tuple(dict.fromkeys((*line.sentences, *other.sentences))),
        spans=tuple(dict.fromkeys((*line.spans, *other.spans))),
        mark="、".join(dict.fromkeys(mark for mark in (line.mark, other.mark) if mark)),
        roles=tuple(dict.fromkeys((*line.roles, *other.roles))),
        due=line.due or other.due,
        doubtful=line.doubtful or other.doubtful,
        emphasis=tuple(each for each in line.emphasis if each[1] < shift) + tuple((low + shift, high + shift) for low, high in other.emphasis),
        score=line.score + other.score,
    )
    draft = without(taken(set_line(draft, changed), other.number), f"line-{line.number}")
    findings = guarding.check(changed.source, text)
    return Step(draft=draft, findings={f"line-{line.number}": findings} if findings else {}, touched=line.number)


def joined_source(line: Line, other: Line) -> str:
    """The source of two lines; the same source counts once."""
    if other.source in line.source:
        return line.source
    return line.source + other.source


OPERATIONS = {
    "split": Operation(values=Split, run=split, label="拆成两条"),
    "merge": Operation(values=Which, run=merge, label="合并"),
}
