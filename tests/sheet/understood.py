"""Outlines with their facts, ranking and ladders made by hand, so that a sheet can be tested without the steps before it."""

from collections.abc import Sequence

from msgspec import Struct

from digest.model.document import Block, Document, Part
from digest.model.facts import Fact, Facts, Kind, KindGuess
from digest.model.ladder import Ladder, Piece, Rung
from digest.model.outline import Coverage, Field, Masthead, Node, NodeKind, Outline, Passage, Run, Sentence, SentenceKind, Unit
from digest.model.ranking import Category, Ranking, Score

HEAD = Masthead(
    issuer=Field(value="示例银行运营管理部"),
    doc_number=Field(value="示银运管〔2026〕12号"),
    title=Field(value="关于规范重要空白凭证管理的通知"),
    subject="规范重要空白凭证管理",
    date=Field(value="2026-03-02"),
    effective=Field(value="2026-04-01"),
)


class Said(Struct, frozen=True, kw_only=True):
    """One statement: its text, what it is to the reader, how good, under which stem, and its shorter wording's length."""

    text: str
    category: Category = Category.DO
    value: float = 5.0
    stem: str = ""
    short: int = 0
    roles: tuple[str, ...] = ()
    why: str = ""
    cells: tuple[tuple[str, str], ...] = ()


class Understood(Struct, frozen=True):
    """What sheet.fill takes."""

    outline: Outline
    facts: Facts
    ranking: Ranking
    ladders: tuple[Ladder, ...]

    def __repr__(self):
        """Short enough for a report: how many statements there are."""
        return f"<{len(self.outline.units)} statements>"

    def __iter__(self):
        """In the order of the door's arguments."""
        return iter((self.outline, self.facts, self.ranking, self.ladders))


def understood(said: Sequence[Said], *, head: Masthead = HEAD, facts: Sequence[Fact] = (), actionable: bool = True, kind: Kind = Kind.NOTICE) -> Understood:
    """Statements in document order; those with the same stem in a row hang on one stem sentence."""
    made = Maker()
    for each in said:
        made.add(each)
    scores = tuple(
        Score(unit=number, value=each.value, category=each.category, roles=each.roles, candidate=not each.why, why=each.why) for number, each in enumerate(said)
    )
    order = tuple(sorted((score.unit for score in scores if score.candidate), key=lambda unit: (-scores[unit].value, unit)))
    return Understood(
        made.outline(head),
        Facts(items=tuple(facts), kind=KindGuess(kind=kind, confidence=0.9)),
        Ranking(scores=scores, order=order, actionable=actionable),
        tuple(made.ladder(unit, said[unit]) for unit in order),
    )


class Maker:
    """Builds blocks, passages, sentences and units one after the other."""

    def __init__(self) -> None:
        """Begin with an empty document."""
        self.blocks: list[Block] = []
        self.passages: list[Passage] = []
        self.nodes = [Node(number=0, parent=None, kind=NodeKind.ROOT)]
        self.sentences: list[Sentence] = []
        self.units: list[Unit] = []
        self.stem = ("", -1)

    def sentence(self, text: str, kind: SentenceKind, stem: int | None = None, cells: tuple[tuple[str, str], ...] = ()) -> int:
        """One block, passage, article and sentence of a text."""
        number = len(self.sentences)
        self.blocks.append(Block(number=number, raw=text, page=number // 20 + 1))
        self.passages.append(Passage(number=number, text=text, runs=(Run(start=0, length=len(text), block=number, offset=0),)))
        self.nodes.append(Node(number=number + 1, parent=0, kind=NodeKind.ARTICLE, label=f"第{number + 1}条", path=f"第{number + 1}条"))
        self.sentences.append(Sentence(number=number, kind=kind, text=text, passage=number, start=0, end=len(text), node=number + 1, stem=stem, cells=cells))
        return number

    def add(self, said: Said) -> None:
        """One unit, and its stem if it is new."""
        stem = None
        if said.stem:
            if self.stem[0] != said.stem:
                self.stem = (said.stem, self.sentence(said.stem, SentenceKind.STEM))
            stem = self.stem[1]
        else:
            self.stem = ("", -1)
        kind = SentenceKind.ROW if said.cells else SentenceKind.ITEM if said.stem else SentenceKind.PLAIN
        sentence = self.sentence(said.text, kind, stem, said.cells)
        self.units.append(Unit(number=len(self.units), sentences=(sentence,), stem=stem, position=0, siblings=1))

    def outline(self, head: Masthead) -> Outline:
        """The document."""
        size = sum(len(block.raw) for block in self.blocks)
        document = Document(name="样例.docx", sha256="ab" * 32, form="docx", size=size, parts=(Part(number=0),), blocks=tuple(self.blocks))
        siblings = {stem: sum(1 for unit in self.units if unit.stem == stem) for stem in {unit.stem for unit in self.units}}
        units = tuple(
            Unit(number=unit.number, sentences=unit.sentences, stem=unit.stem, position=place, siblings=siblings[unit.stem] if unit.stem is not None else 1)
            for place, unit in enumerate(self.units)
        )
        return Outline(
            document=document,
            masthead=head,
            nodes=tuple(self.nodes),
            passages=tuple(self.passages),
            sentences=tuple(self.sentences),
            units=units,
            coverage=Coverage(read=size, kept=size),
        )

    def ladder(self, unit: int, said: Said) -> Ladder:
        """The whole wording, and a shorter one if asked for."""
        stem = self.units[unit].stem
        sentence = self.units[unit].sentences[0]
        rungs = [rung("全文", sentence, said.text, len(said.text))]
        if 0 < said.short < len(said.text):
            rungs.append(rung("精简", sentence, said.text, said.short))
        stems = (rung("全文", stem, said.stem, len(said.stem)),) if stem is not None else ()
        return Ladder(unit=unit, rungs=tuple(rungs), stem_rungs=stems)


def rung(name: str, sentence: int, text: str, length: int) -> Rung:
    """The first characters of a sentence."""
    return Rung(name=name, text=text[:length], pieces=(Piece(sentence=sentence, start=0, end=length),))
