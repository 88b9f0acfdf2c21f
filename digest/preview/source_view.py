"""The source as the left side shows it: Outline in, plain data out: paragraphs cut into sentences, doubtful characters told."""

from collections.abc import Iterator
from typing import Any

from digest.archive.sources import Kept
from digest.model.document import PartKind
from digest.model.outline import Outline, Passage, Sentence, SentenceKind

PICTURED = ("pdf", "image")  # forms whose own pages can be shown as pictures
PLACED = ("ofd",)  # forms whose readers know where each line stands, though nothing here draws their pages
PART_NAMES = {PartKind.BODY: "正文", PartKind.MAIL: "邮件", PartKind.ATTACHMENT: "附件"}


def view(kept: Kept) -> dict[str, Any]:
    """Everything the left side needs, in one value."""
    outline = kept.outline
    by_passage: dict[int, list[Sentence]] = {}
    for sentence in outline.sentences:
        by_passage.setdefault(sentence.passage, []).append(sentence)
    return {
        "name": outline.document.name,
        "form": outline.document.form,
        "pages": outline.document.pages or 0,
        "pictured": pictured(outline),
        "parts": [{"number": part.number, "title": part_title(outline, part.number)} for part in outline.document.parts],
        "passages": [passage_view(outline, passage, by_passage.get(passage.number, [])) for passage in outline.passages],
        "units": [unit_view(kept, unit.number) for unit in outline.units],
        "boxes": boxes(outline),
        "facsimile": facsimile(outline),
    }


def pictured(outline: Outline) -> bool:
    """Whether the document's own pages can be shown."""
    return outline.document.form in PICTURED and bool(outline.document.pages)


def part_title(outline: Outline, number: int) -> str:
    """What a part is called: 邮件（外层）、附件：name."""
    part = outline.document.parts[number]
    name = PART_NAMES[part.kind]
    if part.kind is PartKind.MAIL and part.depth:
        name = f"被转发的邮件（第 {part.depth} 层）"
    headers = dict(part.headers)
    told = headers.get("Subject") or headers.get("主题") or part.name
    return f"{name}：{told}" if told else name


def passage_view(outline: Outline, passage: Passage, sentences: list[Sentence]) -> dict[str, Any]:
    """One paragraph: its stretches in order, each with its sentence (or none) and the doubtful ranges in it."""
    doubtful = doubtful_places(outline, passage)
    kinds = {sentence.kind for sentence in sentences}
    return {
        "number": passage.number,
        "part": passage.part,
        "page": passage.page,
        "heading": kinds == {SentenceKind.HEADING},
        "row": SentenceKind.ROW in kinds,
        "label": label_of(outline, sentences),
        "runs": [
            {"sentence": number, "text": passage.text[start:end], "doubtful": within(doubtful, start, end)}
            for number, start, end in stretches(passage, sentences)
        ],
    }


def label_of(outline: Outline, sentences: list[Sentence]) -> str:
    """The number a paragraph carries, where the word processor shows one that is not in its text."""
    if not sentences:
        return ""
    spans = outline.spans_of(sentences[0].number)
    return outline.document.blocks[spans[0].block].label if spans else ""


def stretches(passage: Passage, sentences: list[Sentence]) -> Iterator[tuple[int | None, int, int]]:
    """The paragraph cut at its sentences; what stands between them belongs to none."""
    place = 0
    for sentence in sorted(sentences, key=lambda each: each.start):
        if sentence.start > place:
            yield None, place, sentence.start
        if sentence.end > place:
            yield sentence.number, max(place, sentence.start), sentence.end
            place = sentence.end
    if place < len(passage.text):
        yield None, place, len(passage.text)


def doubtful_places(outline: Outline, passage: Passage) -> set[int]:
    """The characters of a paragraph that OCR was unsure of."""
    blocks = outline.document.blocks
    found: set[int] = set()
    for run in passage.runs:
        for low, high in blocks[run.block].doubtful:
            first, last = max(low, run.offset), min(high, run.offset + run.length)
            found.update(range(run.start + first - run.offset, run.start + last - run.offset))
    return found


def within(places: set[int], start: int, end: int) -> list[list[int]]:
    """Those places inside a stretch, as ranges counted from its start."""
    found: list[list[int]] = []
    for place in range(start, end):
        if place not in places:
            continue
        if found and found[-1][1] == place - start:
            found[-1][1] += 1
        else:
            found.append([place - start, place - start + 1])
    return found


def unit_view(kept: Kept, number: int) -> dict[str, Any]:
    """What the left side must know of a unit: its sentences, and why it was left out."""
    unit = kept.outline.units[number]
    score = next((score for score in kept.ranking.scores if score.unit == number), None)
    return {
        "number": number,
        "sentences": [*([unit.stem] if unit.stem is not None else []), *unit.sentences],
        "score": round(score.value, 1) if score else 0.0,
        "candidate": bool(score and score.candidate),
        "why": score.why if score else "",
        "reasons": [f"{reason.name} {reason.points:+.1f}" for reason in score.reasons if abs(reason.points) >= 0.05] if score else [],
    }


def boxes(outline: Outline) -> list[list[float]]:
    """Where sentences stand on the document's own pages: [sentence, page, x0, top, x1, bottom]."""
    blocks = outline.document.blocks
    found = []
    for sentence in outline.sentences:
        for span in outline.spans_of(sentence.number):
            box = blocks[span.block].box
            if box is not None:
                found.append([sentence.number, box.page, *(round(value, 1) for value in (box.x0, box.top, box.x1, box.bottom))])
    return found


def facsimile(outline: Outline) -> list[list[float | str]]:
    """The lines of a document whose pages cannot be drawn but whose places are known (OFD): [page, x0, top, x1, bottom, text]."""
    if pictured(outline) or outline.document.form not in PLACED:
        return []
    placed = ((block.box, block.raw) for block in outline.document.blocks if block.box is not None and block.raw.strip())
    return [[box.page, *(round(value, 1) for value in (box.x0, box.top, box.x1, box.bottom)), raw] for box, raw in placed]
