"""Every finder over every sentence: the facts of a document in order."""

from collections.abc import Iterator, Sequence

from digest.facts import amounts, changes, dates, deadlines, effective, measures, papers, reports, roles, sanctions
from digest.facts.overlaps import settle
from digest.facts.reading import Calendar, Finder, read
from digest.model.facts import Fact, FactKind
from digest.model.outline import Outline, Sentence
from digest.zh.lexicon import Lexicon

FINDERS: tuple[Finder, ...] = (
    dates.find,
    effective.find,
    deadlines.find,
    amounts.find,
    measures.find_ratios,
    measures.find_counts,
    measures.find_retention,
    reports.find,
    papers.find_forms,
    papers.find_transactions,
    papers.find_contacts,
    sanctions.find_penalties,
    sanctions.find_repeals,
    changes.find,
)


def collect(outline: Outline, lexicon: Lexicon) -> tuple[Fact, ...]:
    """Facts of all sentences; counts from 施行之日 are worked out once the day of coming into force is known."""
    finders = (*FINDERS, roles.finder(lexicon))
    issued = outline.masthead.date.value
    calendar = Calendar(issued=issued, effective=outline.masthead.effective.value or own_start(outline, Calendar(issued=issued)))
    return tuple(fact for sentence in outline.sentences for fact in of_sentence(sentence, calendar, finders))


def of_sentence(sentence: Sentence, calendar: Calendar, finders: Sequence[Finder]) -> tuple[Fact, ...]:
    """The settled facts of one sentence."""
    reading = read(sentence.text, sentence.number, sentence.cells, calendar)
    return settle(fact for finder in finders for fact in finder(reading))


def own_start(outline: Outline, calendar: Calendar) -> str:
    """The day of coming into force that the text itself gives, from its last such sentence; empty if it gives none."""
    return next((fact.value for fact in starts(outline, calendar) if fact.value), "")


def starts(outline: Outline, calendar: Calendar) -> Iterator[Fact]:
    """Facts of coming into force, last sentence first: the rule's own day stands in the closing articles."""
    for sentence in reversed(outline.sentences):
        if "起" in sentence.text and ("施行" in sentence.text or "执行" in sentence.text):
            reading = read(sentence.text, sentence.number, sentence.cells, calendar)
            yield from (fact for fact in effective.find(reading) if fact.kind is FactKind.EFFECTIVE)
