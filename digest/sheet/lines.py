"""Chosen units to Lines: a stem with its items is one line, every line knows its sentences, spans, article mark and time limit."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from digest.model.facts import Fact, FactKind
from digest.model.ladder import Piece, Rung
from digest.model.outline import Outline, Sentence, SentenceKind, Span, Unit, Zone
from digest.model.sheet import Limit, Line
from digest.sheet import pointers, table_rows
from digest.sheet.page_text import is_day
from digest.sheet.pool import Pool, per_unit
from digest.zh import clauses, days, deeds, limits
from digest.zh.lexicon import STRUCTURE, expression

END_MARKS = "，,；;。、：: 　"
MARK_SEPARATOR = "、"
SHORT_DUE = 9  # characters of a time limit that a chip can show


class Wording(Struct, frozen=True):
    """The text of a line with the pieces of sentences it is made of: (start in text, piece)."""

    text: str
    pieces: tuple[tuple[int, Piece], ...]

    def place(self, fact: Fact) -> tuple[int, int] | None:
        """Where a fact stands in the text, if all of it does."""
        for start, piece in self.pieces:
            if piece.sentence == fact.sentence and piece.start <= fact.start and fact.end <= piece.end:
                return start + fact.start - piece.start, start + fact.end - piece.start
        return None


def word(pool: Pool, rungs: Mapping[int, int]) -> Wording:
    """The wording of units that stand together (unit to rung): the stem once, then the items, closed with semicolons."""
    units = sorted(rungs, key=lambda unit: pool.candidates[unit].order)
    rows = rows_of(pool, units)
    if rows:
        heads = table_rows.heads_of(pool.outline, rows[0])
        name = pool.outline.nodes[rows[0].node].heading
        if pool.stopped(units):
            return Wording(table_rows.stops_of(rows, name), ())
        return Wording(table_rows.text_of(rows[0], heads) if len(rows) == 1 else table_rows.list_of(rows, name, heads), ())
    parts: list[Rung] = [rung_of(pool, unit, rungs[unit]) for unit in units]
    stem = stem_of(pool, units, rungs)
    text, pieces = "", []
    if stem is not None:
        pieces += laid(stem, 0)
        text = stem.text.rstrip(END_MARKS) + "："
    between = "；" if stem is not None else "。"
    for number, part in enumerate(parts):
        pieces += laid(part, len(text))
        text += part.text.rstrip(END_MARKS) + (between if number < len(parts) - 1 else "")
    return Wording(text, tuple(pieces))


def rows_of(pool: Pool, units: Sequence[int]) -> tuple[Sentence, ...]:
    """The table rows that a line is, if it is nothing else."""
    found = tuple(row_sentence(pool, unit) for unit in units)
    return tuple(row for row in found if row is not None) if None not in found else ()


@per_unit
def row_sentence(pool: Pool, unit: int) -> Sentence | None:
    """The table row that a unit is, if it is one."""
    sentences = pool.outline.units[unit].sentences
    if len(sentences) != 1 or pool.candidates[unit].group is not None:
        return None
    sentence = pool.outline.sentences[sentences[0]]
    return sentence if table_rows.is_row(sentence) else None


@per_unit
def table_of(pool: Pool, unit: int) -> int | None:
    """The table of which a unit is a row."""
    row = row_sentence(pool, unit)
    return table_rows.table_of(pool.outline, row) if row is not None else None


def rung_of(pool: Pool, unit: int, rung: int) -> Rung:
    """A unit's wording; the shortest where it has fewer."""
    rungs = pool.candidates[unit].rungs
    return rungs[min(rung, len(rungs) - 1)]


def stem_of(pool: Pool, units: list[int], rungs: Mapping[int, int]) -> Rung | None:
    """The stem's wording, as short as the shortest item asks for."""
    candidate = pool.candidates[units[0]]
    stems = candidate.ladder.stem_rungs
    if candidate.group is None or not stems:
        return None
    return stems[min(max(rungs.values()), len(stems) - 1)]


def laid(rung: Rung, at: int) -> list[tuple[int, Piece]]:
    """A rung's pieces with their place in the line's text; marks between pieces are found by looking ahead."""
    found = []
    position = 0
    for piece in rung.pieces:
        length = piece.end - piece.start
        found.append((at + position, piece))
        position += length
    if position == len(rung.text):
        return found
    return []


def line_of(pool: Pool, rungs: Mapping[int, int]) -> Line:
    """The line of units that stand together; its number is given later."""
    wording = word(pool, rungs)
    units = tuple(sorted(rungs, key=lambda unit: pool.candidates[unit].order))
    best = max((pool.candidates[unit].score for unit in units), key=lambda score: (score.value, -score.unit))
    sentences = sentences_of(pool, units)
    outline = pool.outline
    spans = tuple(span for sentence in sentences for span in outline.spans_of(sentence))
    source = "".join(outline.sentences[sentence].text for sentence in sentences)
    if rows := rows_of(pool, units):
        spans, source = table_rows.header_spans(outline, rows[0]) + spans, wording.text
    return Line(
        number=0,
        text=wording.text,
        source=source,
        category=best.category,
        units=units,
        sentences=sentences,
        spans=spans,
        mark=mark_of(pool, units),
        page=outline.page_of(sentences[0]) if sentences else None,
        roles=tuple(dict.fromkeys(role for unit in units for role in pool.candidates[unit].score.roles)),
        due=due_of(pool, sentences, wording),
        limits=limits_of(pool, sentences, wording),
        rung=max(rungs.values()),
        doubtful=doubtful(pool, spans),
        score=sum(pool.candidates[unit].score.value for unit in units),
    )


def sentences_of(pool: Pool, units: tuple[int, ...]) -> tuple[int, ...]:
    """Stem and sentences in order."""
    stem = pool.outline.units[units[0]].stem
    own = [sentence for unit in units for sentence in pool.outline.units[unit].sentences]
    return tuple(dict.fromkeys((*(pool.outline.opening_of(stem) if stem is not None else ()), *own)))


def mark_of(pool: Pool, units: tuple[int, ...]) -> str:
    """The article mark: the unit's own, or the stem's with how many of its items are here; and where its pointers lead."""
    outline = pool.outline
    unit = outline.units[units[0]]
    shared = unit.stem is not None and len(units) > 1
    mark = mark_at(pool, unit.stem if shared and unit.stem is not None else unit.sentences[0], unit) + heading_of(outline, unit.sentences[0])
    items = len({outline.units[each].position for each in units})  # an item of several paragraphs is one item
    if unit.stem is not None and items < unit.siblings:
        mark += f"〔{unit.siblings}项中{items}项〕"
    stopped = pool.stopped(units)
    if len(units) < len(stopped):
        mark += f"〔{len(stopped)}项中{len(units)}项〕"
    return mark + pointers.resolved(outline, units)


def mark_at(pool: Pool, sentence: int, unit: Unit | None = None) -> str:
    """The article mark of a sentence as it is written beside a line; that of a forwarder says so, for the paper he forwards has a 三、 of its own."""
    path = pool.outline.path_of(sentence)
    mark = short_mark(pointers.with_paragraph(pool.outline, unit, path) if unit is not None else path)
    return pool.look.words.forwarded + mark if pool.outline.sentences[sentence].zone is Zone.LOCAL and pool.forwards() else mark


def heading_of(outline: Outline, number: int) -> str:
    """The heading of a sentence that only lists or bounds what the heading names (三、活动对象: 年满16周岁的客户…), for its mark; else empty."""
    sentence = outline.sentences[number]
    heading = outline.nodes[sentence.node].heading
    first = not number or outline.sentences[number - 1].kind is SentenceKind.HEADING
    labelled = first and sentence.kind is SentenceKind.PLAIN and expression(STRUCTURE, "标题词").search(f"{heading}。") is not None
    return heading if labelled and not clauses.asks(sentence.text) else ""


def short_mark(path: str) -> str:
    """An article mark as it is written beside a line: 三、（二）2. to 三（二）2; a bare 三、 stays, 三 alone would be a riddle."""
    return re.sub(r"、(?=（)|(?<=）\d)\.$", "", path)


def due_of(pool: Pool, sentences: tuple[int, ...], wording: Wording) -> str:
    """The first hard time limit by which the staff must act that stands in the text, short enough for a chip; a soft one if it says 立即."""
    found = [fact for sentence in sentences for fact in pool.facts_of(sentence) if fact.kind is FactKind.DEADLINE]
    for fact in sorted(found, key=lambda each: not each.hard):
        place = wording.place(fact)
        if place is None or (fact.hard and not limits.binds(wording.text, *place)):
            continue
        shown = short_due(wording.text[place[0] : place[1]])
        if shown and (fact.hard or shown == "立即"):
            return shown
    return ""


def limits_of(pool: Pool, sentences: tuple[int, ...], wording: Wording) -> tuple[Limit, ...]:
    """The hard time limits within which staff must do something, in order, as chips say them."""
    dated = re.match(r"\d{4}(?!\d)", pool.outline.masthead.date.value)
    found, year = [], f"{dated.group()}年" if dated else ""
    for fact in (fact for sentence in sentences for fact in pool.facts_of(sentence) if fact.kind is FactKind.DEADLINE and fact.hard):
        place = wording.place(fact)
        said = limits.describe(wording.text, *place) if place else None
        if said is not None and place is not None:
            day = fact.value[:10] if is_day(fact.value[:10]) else day_of(said.when, year)
            what = deeds.told(wording.text, place[1], said.what, dated=bool(day))
            found.append((place, Limit(when=said.when.removeprefix(year), what=what, words=fact.text, day=day)))
    return tuple(limit for _, limit in sorted(found, key=lambda each: each[0]))


def day_of(when: str, year: str) -> str:
    """The day that a chip names (10月20日7:30前, which the sentence calls 当日); empty where it names none."""
    named = next(days.find(when), None) if year and limits.DAY.match(when) else None
    return named.iso(int(year[:4]))[:10] if named else ""


def short_due(text: str) -> str:
    """The end of a long time limit that can stand alone (自收到之日起15日内 to 15日内); empty if none is short enough."""
    cut = re.sub(r"^.*起\s?", "", text).strip("，。；：") if len(text) > SHORT_DUE else text
    cut = re.sub(r"^(?:于|在)", "", cut)
    return cut if len(cut) <= SHORT_DUE else ""


def doubtful(pool: Pool, spans: tuple[Span, ...]) -> bool:
    """Whether OCR was unsure of any character of the spans."""
    blocks = pool.outline.document.blocks
    return any(start < span.end and end > span.start for span in spans for start, end in blocks[span.block].doubtful)
