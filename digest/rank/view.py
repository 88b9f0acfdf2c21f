"""What the ranker sees of a unit: its words, its stem, where it stands and whose duty it is."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from digest.model.facts import Fact, Facts
from digest.model.outline import Outline, Sentence, SentenceKind, Unit, Zone
from digest.model.profile import Profile
from digest.model.ranking import Audience
from digest.rank.audience import Whose, whose_duty
from digest.rank.learned import Runs, runs
from digest.rank.posts import posts_for
from digest.zh.lexicon import Lexicon
from digest.zh.matching import Hit, shield


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One unit with all that scoring needs; ``plain`` is ``text`` with quoted names blanked out."""

    unit: Unit
    text: str
    plain: str
    stem: str
    heading: str  # the headings above it, innermost first
    hits: tuple[Hit, ...]
    stem_hits: tuple[Hit, ...]
    runs: Runs
    stem_runs: Runs
    zone: Zone
    kind: SentenceKind
    whose: Whose
    facts: tuple[Fact, ...]
    place: float  # 0 first unit, 1 last
    familiar: float = 0.0  # share of the document's named actors that are this unit's actor
    shares: Mapping[str, float] = field(default_factory=dict)  # share of the document's units that hold each class
    article: int = 0  # the numbered place it stands in; an item's is its stem's
    named: bool = False  # somebody is named who acts, known to the lexicon or not
    posts: tuple[str, ...] = ()  # of the branch, that the paper makes act here

    @property
    def audience(self) -> Audience:
        """Whose duty it is."""
        return self.whose.audience

    def kinds(self) -> frozenset[str]:
        """Classes of the words in the unit itself."""
        return frozenset(hit.kind for hit in self.hits)

    def first_word(self, *classes: str) -> str:
        """The first word of these classes, for a reason's evidence."""
        return next((hit.word for hit in self.hits if hit.kind in classes), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """What is seen of a stem; empty where a unit has none."""

    plain: str = ""
    hits: tuple[Hit, ...] = ()
    runs: Runs = ()


def view_units(outline: Outline, facts: Facts, lexicon: Lexicon, profile: Profile) -> tuple[View, ...]:
    """All units of the outline, seen."""
    texts = [text_of(outline, unit) for unit in outline.units]
    by_sentence = group_facts(facts)
    stems = {number: see_stem(outline, lexicon, number) for number in sorted({unit.stem for unit in outline.units if unit.stem is not None})}
    views = [view(outline, lexicon, profile, unit=unit, texts=texts, stems=stems, facts=by_sentence) for unit in outline.units]
    counts = Counter(each.whose.actor for each in views if each.whose.actor)
    holders = Counter(key for each in views for key in each.kinds())
    shares = {key: count / len(views) for key, count in holders.items()}
    return tuple(replace(each, shares=shares, familiar=counts[each.whose.actor] / counts.total() if each.whose.actor else 0.0) for each in views)


def view(
    outline: Outline, lexicon: Lexicon, profile: Profile, *, unit: Unit, texts: list[str], stems: Mapping[int, Stem], facts: Mapping[int, tuple[Fact, ...]]
) -> View:
    """One unit, seen."""
    first = outline.sentences[unit.sentences[0]]
    stem = stems[unit.stem] if unit.stem is not None else Stem()
    text = texts[unit.number]
    plain = shield(text)
    hits = lexicon.hits(plain)
    penal = any(hit.kind == "penalty" for hit in (*hits, *stem.hits))
    on = outline.sentences[unit.stem] if unit.stem is not None else None
    return View(
        unit=unit,
        text=text,
        plain=plain,
        stem=stem.plain,
        heading=heading_of(outline, first),
        hits=hits,
        stem_hits=stem.hits,
        runs=runs(text),
        stem_runs=stem.runs,
        zone=first.zone,
        kind=first.kind,
        whose=whose_duty(first, on, plain, lexicon=lexicon, profile=profile, penal=penal),
        facts=tuple(fact for number in unit.sentences for fact in facts.get(number, ())),
        place=unit.number / max(1, len(outline.units) - 1),
        article=(on or first).node,
        named=bool(first.subject),
        posts=posts_for(outline, unit, (plain, stem.plain), lexicon),
    )


def see_stem(outline: Outline, lexicon: Lexicon, number: int) -> Stem:
    """A stem, seen once for all its items."""
    plain = shield(chain_text(outline, outline.sentences[number]))
    return Stem(plain=plain, hits=lexicon.hits(plain), runs=runs(plain))


def text_of(outline: Outline, unit: Unit) -> str:
    """The unit's own sentences, joined."""
    return "".join(outline.sentences[number].text for number in unit.sentences)


def chain_text(outline: Outline, stem: Sentence | None) -> str:
    """A stem's text with the stems it hangs on itself, outermost first."""
    parts: list[str] = []
    while stem is not None and len(parts) < 3:
        parts.insert(0, stem.text)
        stem = outline.sentences[stem.stem] if stem.stem is not None else None
    return "".join(parts)


def heading_of(outline: Outline, sentence: Sentence) -> str:
    """The headings above a sentence, innermost first."""
    return "　".join(heading for heading in headings(outline, sentence.node) if heading)


def headings(outline: Outline, node: int) -> Iterator[str]:
    """Headings from a node up to the root."""
    place: int | None = node
    while place is not None:
        yield outline.nodes[place].heading
        place = outline.nodes[place].parent


def group_facts(facts: Facts) -> dict[int, tuple[Fact, ...]]:
    """Facts by sentence."""
    found: dict[int, list[Fact]] = {}
    for fact in facts.items:
        found.setdefault(fact.sentence, []).append(fact)
    return {sentence: tuple(each) for sentence, each in found.items()}
