"""Units to ladders: the whole wording, the trimmed one, the tightest; none of them ever says something else."""

import re
from collections.abc import Sequence

from digest.compress import trim
from digest.model.facts import Facts
from digest.model.ladder import Ladder, Piece, Rung
from digest.model.outline import Outline, SentenceKind, Unit
from digest.zh import guard, scope, trims

NAMES = ("全文", "精简", "最简")
LEAST = 4  # characters that a wording must keep to say anything
# a wording that begins so needs what stands before it
DANGLING = re.compile(r"(?:其(?!他|它|余|中|次)|该(?!当)|上述|前述|前款|前项|此类|这些|上列|并(?!列)|且|但|同时|因此|对此|此外|据此|否则)")
# 在公告屏滚动提示。: of what, the sentence before says
NOTHING_TOLD = re.compile(r"[^，。；]{4,36}(?:提示|告知|公示|公告|公布)[。；]?$")
OPEN_MARKS = ("，", "、", ",")  # a unit that ends so was torn from what follows
END_MARKS = "，；。、,;"


def build(outline: Outline, facts: Facts, units: Sequence[int]) -> tuple[Ladder, ...]:
    """The ladders of the units asked for."""
    reader = trim.usual_subject(sentence.text for sentence in outline.sentences)
    reader = "" if trim.several([sentence.subject for sentence in outline.sentences], reader) else reader
    stems: dict[int, tuple[Rung, ...]] = {}
    found: list[Ladder] = []
    for number in units:
        unit = outline.units[number]
        if unit.stem is not None and unit.stem not in stems:
            stems[unit.stem] = rungs(outline, outline.opening_of(unit.stem), reader, closed=False)
        found.append(ladder(outline, unit, reader, stems.get(unit.stem, ()) if unit.stem is not None else ()))
    return tuple(found)


def ladder(outline: Outline, unit: Unit, reader: str, stem_rungs: tuple[Rung, ...]) -> Ladder:
    """One unit's ladder."""
    first = outline.sentences[unit.sentences[0]].text if unit.sentences else ""
    last = outline.sentences[unit.sentences[-1]].text if unit.sentences else ""
    leaning = unit.stem is None and (scope.cites(first) or (DANGLING.match(first) or NOTHING_TOLD.match(first)) is not None)
    dangling = leaning or unit.rule is not None or scoped_afar(outline, unit) or last.rstrip().endswith(OPEN_MARKS)
    return Ladder(unit=unit.number, rungs=rungs(outline, unit.sentences, reader, closed=True), stem_rungs=stem_rungs, dangling=dangling)


def scoped_afar(outline: Outline, unit: Unit) -> bool:
    """Whether a unit holds only for what the paragraph's opening names at such length (对…的，) that no mark can say it."""
    if unit.stem is not None or not unit.sentences:
        return False
    found = scope.inherited([outline.sentences[each].text for each in outline.paragraph_to(unit.sentences[0])])
    return found is not None and len(found[1]) > scope.LONGEST_NAMED


def rungs(outline: Outline, sentences: Sequence[int], reader: str, *, closed: bool) -> tuple[Rung, ...]:
    """Wordings of some sentences, longest first; a wording no shorter than the one before it is left out."""
    texts = {number: outline.sentences[number].text for number in sentences}
    source = "".join(texts.values())
    found = [assemble(NAMES[0], texts, {number: said_at_all(outline, number, reader) for number in sentences})]
    for level, name in enumerate(NAMES[1:], start=1):
        ranges = {number: keep(outline, number, level, reader) for number in sentences}
        rung = assemble(name, texts, ranges if not closed else open_ended(texts, ranges))
        if len(rung.text) < len(found[-1].text) and sound(source, rung.text):
            found.append(rung)
    return tuple(found)


def said_at_all(outline: Outline, number: int, reader: str) -> tuple[tuple[int, int], ...]:
    """The ranges of one sentence that every wording has: all of it but the formula of passing a paper on."""
    text = outline.sentences[number].text
    return keep(outline, number, trims.ALWAYS, reader) if any(found.level == trims.ALWAYS for found in trims.find(text)) else ((0, len(text)),)


def keep(outline: Outline, number: int, level: int, reader: str) -> tuple[tuple[int, int], ...]:
    """The ranges of one sentence that stay at a level; table rows stay whole."""
    sentence = outline.sentences[number]
    if sentence.kind is SentenceKind.ROW:
        return ((0, len(sentence.text)),)
    return trim.keep(sentence.text, level, reader)


def open_ended(texts: dict[int, str], ranges: dict[int, tuple[tuple[int, int], ...]]) -> dict[int, tuple[tuple[int, int], ...]]:
    """The ranges without the very last mark: a line on the sheet ends where it ends."""
    last = next((number for number in reversed(list(texts)) if ranges[number]), None)
    if last is None:
        return ranges
    start, end = ranges[last][-1]
    while end > start and texts[last][end - 1] in END_MARKS:
        end -= 1
    return {**ranges, last: (*ranges[last][:-1], (start, end))}


def assemble(name: str, texts: dict[int, str], ranges: dict[int, tuple[tuple[int, int], ...]]) -> Rung:
    """The rung made of some ranges of some sentences."""
    pieces = tuple(Piece(sentence=number, start=start, end=end) for number in texts for start, end in ranges[number] if end > start)
    return Rung(name=name, text="".join(texts[piece.sentence][piece.start : piece.end] for piece in pieces), pieces=pieces)


def sound(source: str, wording: str) -> bool:
    """Whether a wording may stand: long enough, not hanging in the air, and past the guard."""
    if len(wording) < LEAST or (DANGLING.match(wording) and not DANGLING.match(source)):
        return False
    return not guard.violations(source, wording)
