"""Readers' marks laid on our own units: texts read the whole way, cores found again by character.

Two sources: the benchmark (../shared/corpus, units numbered by its authors) and the texts of our own writing in
bench/marked (``<id>.txt`` with ``<id>.tsv``: grade, category, core; one reader each).
"""

import re
import runpy
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from digest import facts, ingest, structure
from digest.model.facts import Facts
from digest.model.outline import Outline
from digest.model.source import Source
from digest.zh.lexicon import Lexicon, load

OWN = Path(__file__).parent / "marked"
NEAR = 1500  # characters to either side of the expected place in which a core broken by furniture is looked for
FRAGMENT = 24  # longest fragment of such a core
HELD = 0.6  # share of a core that must be found


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One reader's mark: grade 1-3, category, and how many characters of its core stand in which sentence."""

    reader: int
    grade: int
    category: str
    core: str
    sentences: dict[int, int]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One text of the corpus: understood, with its marks and the scorer's own table."""

    name: str
    outline: Outline
    facts: Facts
    marks: tuple[Mark, ...]
    readers: int
    table: dict[int, tuple[float, list[str]]]
    marked: dict[int, dict[int, tuple[int, str, str]]] = field(default_factory=dict)

    def grade_of(self, sentences: tuple[int, ...]) -> float:
        """Mean grade mass of the cores that these sentences carry."""
        mass = sum(mark.grade * sum(mark.sentences.get(each, 0) for each in sentences) / max(1, sum(mark.sentences.values())) for mark in self.marks)
        return mass / self.readers

    def categories_of(self, sentences: tuple[int, ...]) -> dict[str, float]:
        """Grade mass by category."""
        found: dict[str, float] = {}
        for mark in self.marks:
            share = sum(mark.sentences.get(each, 0) for each in sentences) / max(1, sum(mark.sentences.values()))
            if share:
                found[mark.category] = found.get(mark.category, 0.0) + mark.grade * share
        return found


class Corpus:
    """The benchmark's folder (../shared/corpus) and its scorer."""

    def __init__(self, folder: Path) -> None:
        """Load the scorer that comes with the corpus."""
        self.folder = folder
        self.scorer: dict[str, Any] = runpy.run_path(str(folder / "score_digest.py"), run_name="scorer")
        self.norm: Callable[[str], str] = self.scorer["norm"]

    def names(self, split: str) -> list[str]:
        """Names of the texts of a split."""
        return sorted(path.stem for path in (self.folder / split / "texts").glob("*.txt"))

    def papers(self, split: str, lexicon: Lexicon | None = None) -> list[Paper]:
        """All texts of a split, read, structured and marked."""
        words = lexicon or load()
        marks, readers = self.scorer["load"](str(self.folder / split / "labels" / "*.tsv"))
        return [self.paper(split, name, marks[name], readers=readers, lexicon=words) for name in self.names(split)]

    def paper(self, split: str, name: str, marked: dict[int, Any], *, readers: int, lexicon: Lexicon) -> Paper:
        """One text."""
        path = self.folder / split / "texts" / f"{name}.txt"
        outline = structure.build(ingest.read(Source(name=path.name, data=path.read_bytes())), lexicon)
        rows = (self.folder / split / "units" / f"{name}.units.txt").read_text("utf-8").splitlines()
        units = [row.partition("\t")[2] for row in rows]
        return Paper(
            name=name,
            outline=outline,
            facts=facts.find(outline, lexicon),
            marks=tuple(self.lay(marked, units, [sentence.text for sentence in outline.sentences])),
            readers=readers,
            table=self.scorer["unit_table"](marked, readers),
            marked=marked,
        )

    def own(self, lexicon: Lexicon, folder: Path = OWN) -> list[Paper]:
        """The texts of our own writing with their marks, none where the folder is absent."""
        return [self.own_paper(path, lexicon) for path in sorted(folder.glob("*.txt"))]

    def own_paper(self, path: Path, lexicon: Lexicon) -> Paper:
        """One text of our own; its units, for the scorer, are the marked lines."""
        data = path.read_bytes()
        outline = structure.build(ingest.read(Source(name=path.name, data=data)), lexicon)
        rows = [row.split("\t") for row in path.with_suffix(".tsv").read_text("utf-8").splitlines() if row]
        marked = {number: {0: (int(grade), core.replace("||", ""), category)} for number, (grade, category, core) in enumerate(rows, start=1)}
        text = self.norm(data.decode("utf-8"))
        places = {number: text.find(self.norm(core.split("||")[0])) / max(1, len(text)) for number, (_, _, core) in enumerate(rows, start=1)}
        return Paper(
            name=path.stem,
            outline=outline,
            facts=facts.find(outline, lexicon),
            marks=tuple(lay_at(marked, places, [self.norm(sentence.text) for sentence in outline.sentences], self.norm)),
            readers=1,
            table=self.scorer["unit_table"](marked, 1),
            marked=marked,
        )

    def lay(self, marked: dict[int, Any], units: list[str], sentences: list[str]) -> list[Mark]:
        """Find each core in our sentences, near the place where its unit stands."""
        lengths = [len(self.norm(unit)) for unit in units]
        places = {unit: sum(lengths[: unit - 1]) / max(1, sum(lengths)) for unit in marked}
        return lay_at(marked, places, [self.norm(text) for text in sentences], self.norm)

    def score(self, paper: Paper, lines: list[str], budget: int) -> float:
        """The benchmark's own figure for these lines."""
        return float(self.scorer["score"](paper.table, lines, budget)[0])

    def vital(self, paper: Paper, lines: list[str], budget: int) -> tuple[int, int]:
        """Units of weight 2 and more that were found, and how many there are."""
        found = self.scorer["score"](paper.table, lines, budget)
        return found[2], found[3]


def lay_at(marked: dict[int, Any], places: dict[int, float], texts: list[str], norm: Callable[[str], str]) -> list[Mark]:
    """Each core's characters counted by sentence; ``places`` tells where in the text (0..1) each marked unit stands."""
    owners = [number for number, text in enumerate(texts) for _ in text]
    whole = "".join(texts)
    found = []
    for unit, by_reader in marked.items():
        for reader, (grade, core, category) in by_reader.items():
            held: dict[int, int] = {}
            for position in positions(norm(core), whole, int(places[unit] * len(whole))):
                held[owners[position]] = held.get(owners[position], 0) + 1
            found.append(Mark(reader=reader, grade=grade, category=category, core=core, sentences=held))
    return found


def positions(core: str, whole: str, place: int) -> list[int]:
    """Character positions of a core in the text: as one run, else by fragments near its place; empty if most is missing."""
    starts = [match.start() for match in re.finditer(re.escape(core), whole)] if core else []
    if starts:
        start = min(starts, key=lambda each: abs(each - place))
        return list(range(start, start + len(core)))
    found = by_fragments(core, whole, place)
    return found if len(found) >= HELD * len(core) else []


def by_fragments(core: str, whole: str, place: int) -> list[int]:
    """Positions of a core that furniture or cleaning has broken."""
    low = max(0, place - NEAR)
    near = whole[low : place + NEAR]
    found: list[int] = []
    at = 0
    while at < len(core):
        for size in range(min(FRAGMENT, len(core) - at), 2, -3):
            start = near.find(core[at : at + size])
            if start >= 0:
                found += range(low + start, low + start + size)
                at += size
                break
        else:
            at += 1
    return found
