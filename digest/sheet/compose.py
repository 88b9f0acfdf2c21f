"""A choice of units to a Sheet: lines by section, numbers in a table, facts, questions; and what was left out, with the reason."""

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from digest.model.facts import FactKind
from digest.model.look import SectionPlan
from digest.model.outline import Light
from digest.model.ranking import Category
from digest.model.sheet import Balance, LeftOut, Line, NumberRow, Section, Sheet
from digest.sheet import apart, asking, facing, point
from digest.sheet.contact import foot_line, in_foot
from digest.sheet.lines import row_sentence, table_of
from digest.sheet.milestones import milestones
from digest.sheet.numbers import row_of
from digest.sheet.pool import Pool
from digest.sheet.table_rows import heads_of, number_row
from digest.zh import clauses, emphasis

Choice = Mapping[int, int]  # unit to rung
Home = int | tuple[int, str]
Key = tuple[tuple[int, ...], int]  # what a line is known by: its units, and which part of their wording it is
FULL = "版面已满"
REPEATED = "与上单内容重复"
SECTION_FULL = "本栏条数已满"
DANGLING = "离开上一句意思不明"
TOO_LONG = "一句太长，请看原文"
THE_POINT = "写在“一句话”里"
NOTHING_TO_DO = "没有要照办的事"
IN_STRIP = "已印在要素的施行日"
IN_FOOT = "已印在页脚的联系栏"


def sheet_of(pool: Pool, choice: Choice, order: Mapping[Key, int] | None = None) -> Sheet:
    """The sheet that says what was chosen; ``order`` numbers the lines as they stand on the page."""
    sections = numbered(body_of(pool, choice), order) if order else body_of(pool, choice)
    lines = lines_of(sections)
    said, said_line = point.point_of(pool, sections)
    outline = pool.outline
    contact, contact_spans = foot_line(pool)
    others = pool.ranking.others
    days = milestones(pool, lines)
    circulate = not pool.ranking.actionable or others is not None or nothing_told(pool)
    return Sheet(
        template=pool.look.name,
        title=point.title_of(outline) + pool.part,
        kind=pool.facts.kind.kind.value,
        point=circulated(pool, lines) if circulate else said,
        point_line=said_line,
        details=facing.details(pool, lines),
        milestones=days,
        sections=sections,
        questions=() if circulate else asking.ask(pool, lines, days),
        balance=Balance(characters=0, sentences=0, candidates=0, placed=0, share=0.0),
        light=outline.masthead.secrecy.light,
        restriction=facing.restriction_of(outline, pool.look),
        urgency=outline.masthead.urgency.value,
        footer=facing.footer_of(outline, pool.look, lines),
        contact=contact,
        contact_spans=contact_spans,
        missing=() if circulate else tuple(slot.name for slot in pool.facts.slots if slot.required and not slot.sentences),
        notices=notices_of(pool),
        circulate_only=circulate,
        source_name=outline.document.name,
        source_hash=outline.document.sha256,
    )


def body_of(pool: Pool, choice: Choice) -> tuple[Section, ...]:
    """The sections of a choice, numbered as they stand: the part of a sheet that tells how much it says, a quarter of the work of a whole one."""
    return pool.once(("body", tuple(sorted(choice.items()))), lambda: numbered(sections_of(pool, choice), {}))


def lines_of(sections: Sequence[Section]) -> list[Line]:
    """Every line of some sections, rows' lines included."""
    return [line for section in sections for line in (*section.lines, *(row.line for row in section.rows))]


def circulated(pool: Pool, lines: Sequence[Line]) -> str:
    """What a sheet to be passed round says first: whom the paper binds, and how much of it concerns the bank."""
    words, others = pool.look.words, pool.ranking.others
    if others is None:
        return words.circulate
    ours = sum(not others.ours.isdisjoint(line.units) for line in lines)
    said = (words.ours if ours else words.others).replace("{谁}", "、".join(others.names)).replace("{几}", str(ours))
    return said + (words.rest if ours < len(lines) else "")


def nothing_told(pool: Pool) -> bool:
    """Whether the paper says nothing but whom to ask: what was only left out for want of room is no reason to circulate it."""
    return all(in_foot(pool, candidate.rungs[0].text) for candidate in pool.candidates.values())


def notices_of(pool: Pool) -> tuple[str, ...]:
    """What the manager must know, once each."""
    outline = pool.outline
    told = [f"{notice.place}：{notice.text}" if notice.place else notice.text for notice in (*outline.document.notices, *outline.notices)]
    if outline.masthead.secrecy.light is Light.ORANGE and outline.masthead.secrecy.reason:
        told.append(outline.masthead.secrecy.reason)
    return tuple(dict.fromkeys(told))


def homes(pool: Pool, choice: Choice) -> dict[Home, dict[int, int]]:
    """Chosen units that stand in one line: under one stem, a sentence with the one it leans on, rows of one table in one section."""
    found: dict[Home, dict[int, int]] = {}
    for unit in sorted(choice):
        found.setdefault(table_home(pool, unit) or home_of(pool, unit, choice), {})[unit] = choice[unit]
    return found


def table_home(pool: Pool, unit: int) -> Home | None:
    """The table and the section of a row that is told in words; the table of numbers keeps each row by itself."""
    table, plan = table_of(pool, unit), pool.plan_of((unit,))
    if table is None or plan is None or plan.rows:
        return None
    duty = pool.look.plan_for(Category.DO.value)
    return table, duty.key if plan.reverse and duty is not None and not bars_only(pool, unit) else plan.key


def bars_only(pool: Pool, unit: int) -> bool:
    """Whether a row forbids before it says anything else: one that asks first is a step among the others, and its table one list."""
    return clauses.forbids(re.split("[，。；：]", pool.text_of(unit), maxsplit=1)[0])


def home_of(pool: Pool, unit: int, choice: Choice) -> int:
    """What a unit's line is known by: its stem (negative), else the unit it leans on, else itself."""
    candidate = pool.candidates[unit]
    if candidate.group is not None:
        return -1 - candidate.group
    if candidate.ladder.dangling and unit - 1 in choice and leans(pool, unit):
        return home_of(pool, unit - 1, choice)
    return unit


def leans(pool: Pool, unit: int) -> bool:
    """Whether the unit before stands in the same paragraph and without a stem, so that both can be read together."""
    return unit - 1 in pool.candidates and pool.candidates[unit - 1].group is None and pool.same_paragraph(unit - 1, unit)


def sections_of(pool: Pool, choice: Choice) -> tuple[Section, ...]:
    """Lines in the design's sections, in document order; empty sections fold away."""
    lines: dict[str, list[Line]] = {}
    rows: dict[str, list[NumberRow]] = {}
    for line, plan in (each for rungs in homes(pool, choice).values() for each in apart.placed(pool, rungs)):
        row = row_for(pool, line) if plan is not None and plan.rows else None
        if plan is not None and row is not None:
            rows.setdefault(plan.key, []).append(row)
        else:
            lines.setdefault(key_for_line(pool, plan), []).append(line)
    made = [section_of(plan, lines.get(plan.key, []), rows.get(plan.key, [])) for plan in pool.look.sections]
    return emphasised(point.unsaid(pool, pointing(pool, choice, tuple(section for section in made if section.lines or section.rows))))


def pointing(pool: Pool, choice: Choice, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections with the table of what else stops named on a line that says that business stops, best a ban, where no row of it is printed."""
    tables = [min(rows) for rows in pool.stopped_rows().values() if rows.isdisjoint(choice)]
    places = dict.fromkeys(path for unit in sorted(tables) if (path := pool.outline.path_of(pool.outline.units[unit].sentences[0])))
    stopping = [(section, line) for section in sections for line in section.lines if places and clauses.stops(line.text)]
    if not stopping:
        return sections
    here, first = min(stopping, key=lambda each: (not dated(pool, each[1]), each[0].key != Category.BAN.value, each[1].sentences))
    told = replace(first, mark=f"{first.mark}〔另见{'、'.join(places)}〕")
    return tuple(replace(each, lines=tuple(told if line is first else line for line in each.lines)) if each is here else each for each in sections)


def dated(pool: Pool, line: Line) -> bool:
    """Whether a line says on which days: what stands still then, and no case that is refused."""
    return any(fact.kind is FactKind.DATE for sentence in line.sentences for fact in pool.facts_of(sentence))


def row_for(pool: Pool, line: Line) -> NumberRow | None:
    """The line as a row of the table of numbers, if it can be one."""
    if len(line.units) != 1 or pool.candidates[line.units[0]].group is not None:
        return None
    sentence = row_sentence(pool, line.units[0])
    return number_row(line, sentence, heads_of(pool.outline, sentence)) if sentence is not None else row_of(line)


def key_for_line(pool: Pool, plan: SectionPlan | None) -> str:
    """The section of a plain line: its own, or the first that is no table."""
    if plan is not None and not plan.rows:
        return plan.key
    duty = pool.look.plan_for("do")
    plain = [each for each in pool.look.sections if not each.rows]
    return duty.key if duty is not None and not duty.rows else plain[0].key if plain else pool.look.sections[0].key


def section_of(plan: SectionPlan, lines: list[Line], rows: list[NumberRow]) -> Section:
    """One section in document order."""
    return Section(
        key=plan.key,
        title=plan.title,
        lines=tuple(sorted(lines, key=lambda line: line.sentences)),
        rows=tuple(sorted(rows, key=lambda row: row.line.sentences)),
    )


def emphasised(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections with bold ranges, shared out over the whole page, rows included."""
    lines = lines_of(sections)
    ranges = dict(zip(map(key_of, lines), emphasis.choose([line.text for line in lines]), strict=True))
    found = []
    for section in sections:
        bold = tuple(replace(line, emphasis=ranges[key_of(line)]) for line in section.lines)
        rows = tuple(replace(row, line=replace(row.line, emphasis=ranges[key_of(row.line)])) for row in section.rows)
        found.append(replace(section, lines=bold, rows=rows))
    return tuple(found)


def key_of(line: Line) -> Key:
    """What a line is known by."""
    return line.units, line.part


def numbered(sections: tuple[Section, ...], order: Mapping[Key, int]) -> tuple[Section, ...]:
    """Every line with its number: as the page shows them, or as the sections stand where no page is known yet."""
    count = 0
    found = []
    for section in sections:
        lines, rows = [], []
        for line in section.lines:
            count += 1
            lines.append(replace(line, number=order.get(key_of(line), count)))
        for row in section.rows:
            count += 1
            rows.append(replace(row, line=replace(row.line, number=order.get(key_of(row.line), count))))
        found.append(replace(section, lines=tuple(lines), rows=tuple(rows)))
    return tuple(found)


def accounted(pool: Pool, sheet: Sheet, choice: Choice, reasons: Mapping[int, str]) -> Sheet:
    """The sheet with its balance and everything left out."""
    outline, ranking = pool.outline, pool.ranking
    total = sum(max(0.0, ranking.scores[unit].value) for unit in ranking.order)
    placed = sum(max(0.0, ranking.scores[unit].value) for unit in choice)
    balance = Balance(
        characters=outline.coverage.read,
        sentences=len(outline.sentences),
        candidates=len(ranking.order),
        placed=len(choice),
        share=round(placed / total, 4) if total > 0 else 0.0,
        alarms=facing.alarms_of(outline),
    )
    return replace(sheet, balance=balance, left_out=left_out(pool, choice, reasons, said=sheet.point))


def left_out(pool: Pool, choice: Choice, reasons: Mapping[int, str], *, said: str) -> tuple[LeftOut, ...]:
    """Every scored unit that is not on the page, best first, candidates before the rest; ``said`` is the one line as printed."""
    ranked = {unit: number for number, unit in enumerate(pool.ranking.order)}
    scores = [score for score in pool.ranking.scores if score.unit not in choice and (score.unit in ranked or score.why)]
    scores.sort(key=lambda score: (ranked.get(score.unit, len(ranked)), -score.value, score.unit))
    best = point.best_of(pool)
    found = []
    for score in scores:
        unit = pool.outline.units[score.unit]
        text = "".join(pool.outline.sentences[sentence].text for sentence in unit.sentences)
        above = best is not None and (best.unit == score.unit or best.front != "") and text.rstrip("，。；：") in said
        known = FULL if reasons.get(score.unit) == THE_POINT else reasons.get(score.unit, FULL)
        why = score.why or (REPEATED if score.repeats is not None else THE_POINT if above else known)
        mark = pool.outline.path_of(unit.sentences[0]) if unit.sentences else ""
        found.append(LeftOut(unit=score.unit, text=text, mark=mark, score=round(score.value, 3), why=why, category=score.category))
    return tuple(found)
