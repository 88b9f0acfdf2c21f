"""Drafts: sentences in the making, mutable while stems, zones and subjects are found; inside this room only."""

from msgspec import Struct, field

from digest.model.outline import Node, Passage, Sentence, SentenceKind, Zone
from digest.structure.numbering import Label
from digest.structure.tree import Place


class Draft(Struct, kw_only=True):
    """A sentence in the making; ``first`` says it opens its passage behind the label, ``last`` that it closes it.

    ``opens`` says it stands behind a number, at the passage's head or inside it.
    """

    passage: int
    start: int
    end: int
    text: str
    node: int
    first: bool = False
    opens: bool = False
    last: bool = False
    kind: SentenceKind = SentenceKind.PLAIN
    zone: Zone = Zone.BODY
    stem: int | None = None
    subject: str = ""
    inherited: bool = False
    cells: tuple[tuple[str, str], ...] = ()

    def finish(self, number: int) -> Sentence:
        """The sentence for good."""
        return Sentence(
            number=number,
            kind=self.kind,
            text=self.text,
            passage=self.passage,
            start=self.start,
            end=self.end,
            node=self.node,
            zone=self.zone,
            stem=self.stem,
            subject=self.subject,
            inherited=self.inherited,
            cells=self.cells,
        )


class Work(Struct, kw_only=True):
    """All that is known of the document while the outline is built."""

    passages: tuple[Passage, ...]
    labels: tuple[Label | None, ...]
    places: tuple[Place, ...]
    nodes: list[Node]
    drafts: list[Draft] = field(default_factory=list)
