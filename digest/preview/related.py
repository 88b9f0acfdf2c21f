"""Which other documents a source names, and what it does to them: Outline in, Mentions out."""

from collections.abc import Iterator

from digest.archive.sources import Mention, Relation, doc_key, title_key
from digest.model.outline import Outline
from digest.preview.vocabulary import vocabulary

NEAR = 6  # characters between a title and the number in brackets behind it
LONGEST_EVIDENCE = 120


def mentions(outline: Outline) -> tuple[Mention, ...]:
    """Every other document named in the text, each once with the strongest thing that is done to it."""
    own = (doc_key(outline.masthead.doc_number.value), title_key(outline.masthead.subject or outline.masthead.title.value))
    strength = list(Relation)
    found: dict[tuple[str, str], Mention] = {}
    for sentence in outline.sentences:
        for mention in named(sentence.text):
            key = (doc_key(mention.doc_number), title_key(mention.title))
            if (key[0] and key[0] == own[0]) or (not key[0] and key[1] == own[1]):
                continue
            known = found.get(key)
            if known is None or strength.index(mention.relation) < strength.index(known.relation):
                found[key] = mention
    return tuple(found.values())


def named(text: str) -> Iterator[Mention]:
    """The documents one sentence names: titles with the numbers behind them, then numbers that stand alone."""
    words = vocabulary()
    relation = relation_of(text)
    numbers = list(words.doc_number.finditer(text))
    taken = set()
    for title in words.doc_title.finditer(text):
        number = next((hit for hit in numbers if 0 <= hit.start() - title.end() <= NEAR), None)
        taken.add(number.start() if number else -1)
        yield Mention(relation=relation, doc_number=number.group() if number else "", title=title[1], evidence=text[:LONGEST_EVIDENCE])
    for number in numbers:
        if number.start() not in taken:
            yield Mention(relation=relation, doc_number=number.group(), evidence=text[:LONGEST_EVIDENCE])


def relation_of(text: str) -> Relation:
    """What a sentence does to the documents it names."""
    for name, words in vocabulary().relations:
        if any(word in text for word in words):
            return Relation(name)
    return Relation.CITES
