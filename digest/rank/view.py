"""What the ranker sees of a unit: its words, its stem, where it stands and whose duty it is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from msgspec import Struct

from digest.model.facts import Fact, Facts
from digest.model.outline import Outline, Sentence, SentenceKind, Unit, Zone
from digest.model.profile import Profile
from digest.model.ranking import Audience
from digest.rank.audience import Whose, whose_duty
from digest.rank.posts import posts_for, posts_of
from digest.zh.lexicon import Lexicon
from digest.zh.matching import Hit, shield


class View(Struct, frozen=True, kw_only=True):
    """One unit with all that scoring needs; ``plain`` is ``text`` with quoted names blanked out."""

    unit: Unit
    text: str
    plain: str
    stem: str
    hits: tuple[Hit, ...]
    stem_hits: tuple[Hit, ...]
    classes: frozenset[str]  # of the hits
    stem_classes: frozenset[str]
    zone: Zone
    kind: SentenceKind
    whose: Whose
    facts: tuple[Fact, ...]
    place: float  # 0 first unit, 1 last
    familiar: float  # share of the document's named actors that are this unit's actor
    shares: Mapping[str, float]  # share of the document's units that hold each class
    article: int  # the numbered place it stands in; an item's is its stem's
    named: bool  # somebody is named who acts, known to the lexicon or not
    posts: tuple[str, ...]  # of the branch, that the paper makes act here

    @property
    def audience(self) -> Audience:
        """Whose duty it is."""
        return self.whose.audience


class Reading(Struct, frozen=True, kw_only=True):
    """What is seen of a unit's text or a stem's; empty where a unit has no stem."""

    text: str = ""
    plain: str = ""
    hits: tuple[Hit, ...] = ()
    classes: frozenset[str] = frozenset()


class Stem(Struct, frozen=True, kw_only=True):
    """What is seen of a stem, once for all its items."""

    reading: Reading = Reading()
    posts: tuple[str, ...] = ()


class Whole(Struct, frozen=True, kw_only=True):
    """What a document tells of any of its units."""

    facts: Mapping[int, tuple[Fact, ...]]  # by sentence
    shares: Mapping[str, float]  # of its units, that hold each class
    familiar: Mapping[str, float]  # share of its named actors that are this one


def read(text: str, lexicon: Lexicon) -> Reading:
    """A text's words."""
    plain = shield(text)
    hits = lexicon.hits(plain)
    return Reading(text=text, plain=plain, hits=hits, classes=frozenset([hit.kind for hit in hits]))


def view_units(outline: Outline, facts: Facts, lexicon: Lexicon, profile: Profile) -> tuple[View, ...]:
    """All units of the outline, seen."""
    stems: dict[int | None, Stem] = {None: Stem()}
    stems |= {number: see_stem(outline, lexicon, number) for number in sorted({unit.stem for unit in outline.units if unit.stem is not None})}
    readings = [read(text_of(outline, unit), lexicon) for unit in outline.units]
    told = zip(outline.units, readings, strict=True)
    duties = [duty_of(outline, unit, (reading, stems[unit.stem].reading), lexicon=lexicon, profile=profile) for unit, reading in told]
    whole = see_whole(facts, readings, duties)
    seen = zip(outline.units, readings, duties, strict=True)
    return tuple(view(outline, lexicon, unit=unit, reading=reading, stem=stems[unit.stem], whose=whose, whole=whole) for unit, reading, whose in seen)


def see_whole(facts: Facts, readings: Sequence[Reading], duties: Sequence[Whose]) -> Whole:
    """What the units of a document tell together."""
    actors = Counter(whose.actor for whose in duties if whose.actor)
    holders = Counter(chain.from_iterable(reading.classes for reading in readings))
    return Whole(
        facts=group_facts(facts),
        shares={key: count / len(readings) for key, count in holders.items()},
        familiar={actor: count / actors.total() for actor, count in actors.items()},
    )


def duty_of(outline: Outline, unit: Unit, readings: tuple[Reading, Reading], *, lexicon: Lexicon, profile: Profile) -> Whose:
    """Whose duty a unit is, from the words of itself and of its stem."""
    first, on = outline.sentences[unit.sentences[0]], outline.sentences[unit.stem] if unit.stem is not None else None
    penal = any("penalty" in reading.classes for reading in readings)
    return whose_duty(first, on, readings[0].plain, lexicon=lexicon, profile=profile, penal=penal)


def view(outline: Outline, lexicon: Lexicon, *, unit: Unit, reading: Reading, stem: Stem, whose: Whose, whole: Whole) -> View:
    """One unit, seen."""
    first = outline.sentences[unit.sentences[0]]
    return View(
        unit=unit,
        text=reading.text,
        plain=reading.plain,
        stem=stem.reading.plain,
        hits=reading.hits,
        stem_hits=stem.reading.hits,
        classes=reading.classes,
        stem_classes=stem.reading.classes,
        zone=first.zone,
        kind=first.kind,
        whose=whose,
        facts=tuple([fact for number in unit.sentences for fact in whole.facts.get(number, ())]),
        place=unit.number / max(1, len(outline.units) - 1),
        familiar=whole.familiar.get(whose.actor, 0.0),
        shares=whole.shares,
        article=(first if unit.stem is None else outline.sentences[unit.stem]).node,
        named=bool(first.subject),
        posts=posts_for(outline, unit, reading.plain, lexicon, of_stem=stem.posts),
    )


def see_stem(outline: Outline, lexicon: Lexicon, number: int) -> Stem:
    """A stem, seen once for all its items."""
    reading = read(chain_text(outline, outline.sentences[number]), lexicon)
    return Stem(reading=reading, posts=posts_of(reading.plain, lexicon))


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


def group_facts(facts: Facts) -> dict[int, tuple[Fact, ...]]:
    """Facts by sentence."""
    found: dict[int, list[Fact]] = {}
    for fact in facts.items:
        found.setdefault(fact.sentence, []).append(fact)
    return {sentence: tuple(each) for sentence, each in found.items()}
