"""Guarded words in text: which entries stand where; longest word first, traps and quoted names passed over."""

import re
from collections.abc import Iterator

from msgspec import Struct

SHIELD = "\u3000"  # stands for a character of a quoted name: same length, matches no word

QUOTED = re.compile(
    r"《[^》]{1,80}》"  # names of other documents
    r"|[（(][^（）()]{0,20}[〔\[【﹝][0-9]{4}[〕\]】﹞][^（）()]{0,12}号[^（）()]{0,10}[)）]"  # their numbers
    r"|[^\s，。；：（）()]{0,12}[〔﹝][0-9]{4}[〕﹞]第?[0-9]{1,5}号"
    r"|以下(?:简称|统称)[“\"'‘][^”\"'’]{1,30}[”\"'’]"
)
QUOTES = re.compile(r"[《〔\[【﹝]|以下[简统]称")  # each of these holds one: most texts hold none, and are not looked through


class Entry(Struct, frozen=True, kw_only=True):
    """One word of a class with its guards: characters that must not stand before (``not_after``) or behind it."""

    kind: str
    word: str
    weight: float
    not_after: str = ""
    not_before: str = ""
    pattern: re.Pattern[str] | None = None
    own: bool = False  # from the user's own table

    def allowed(self, text: str, start: int, end: int) -> bool:
        """Whether the neighbours of text[start:end] are harmless."""
        after = self.not_after and start > 0 and text[start - 1] in self.not_after
        return not after and not (self.not_before and end < len(text) and text[end] in self.not_before)


class Hit(Struct, frozen=True, kw_only=True):
    """An entry found at text[start:end]; ``kind`` is its class, ``own`` says it is from the user's own table."""

    kind: str
    word: str
    start: int
    end: int
    weight: float
    own: bool = False


def shield(text: str) -> str:
    """The text with names of documents and their numbers blanked out, each character by one, so that places stay."""
    return QUOTED.sub(lambda found: SHIELD * len(found.group()), text) if QUOTES.search(text) else text


def compile_pattern(word: str) -> re.Pattern[str] | None:
    """``re:…`` to a pattern; None where it is broken or matches nothing at all."""
    try:
        pattern = re.compile(word.removeprefix("re:"))
    except re.error:
        return None
    return None if pattern.match("") else pattern


class Matcher:
    """Finds entries: plain words leftmost and longest over all classes, patterns each on their own."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        """Sort the words by their first two characters, longest first; a word of one character stands behind all those that begin with it."""
        words: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.pattern is None:
                words.setdefault(entry.word, []).append(entry)
        starts: dict[str, list[tuple[str, list[Entry]]]] = {}
        for word in sorted(words, key=lambda word: (-len(word), word)):
            starts.setdefault(word[:2], []).append((word, words[word]))
        self._firsts = frozenset(word[0] for word in words)
        self._starts = {start: [*found, *(starts.get(start[0], ()) if len(start) > 1 else ())] for start, found in starts.items()}
        self._patterns = tuple(entry for entry in entries if entry.pattern is not None)

    def find(self, text: str) -> tuple[Hit, ...]:
        """All hits in order of their place."""
        found = [*self._plain(text), *self._by_pattern(text)]
        return tuple(sorted(found, key=lambda hit: (hit.start, hit.end, hit.kind)))

    def _plain(self, text: str) -> Iterator[Hit]:
        """Hits of plain words; a word hides the shorter ones inside it, a zero weight hides without counting."""
        end = 0
        for place in [place for place, letter in enumerate(text) if letter in self._firsts]:
            entries = self._at(text, place) if place >= end else []
            if entries:
                end = place + len(entries[0].word)
                yield from [make_hit(entry, place, end) for entry in entries if entry.weight]

    def _at(self, text: str, place: int) -> list[Entry]:
        """The entries of the longest allowed word that begins at ``place``."""
        for word, entries in self._starts.get(text[place : place + 2]) or self._starts.get(text[place]) or ():
            if text.startswith(word, place):
                allowed = [entry for entry in entries if entry.allowed(text, place, place + len(word))]
                if allowed:
                    return allowed
        return []

    def _by_pattern(self, text: str) -> Iterator[Hit]:
        """Hits of the regular expressions."""
        for entry in self._patterns:
            if entry.pattern is not None and entry.weight and entry.pattern.search(text):
                for match in entry.pattern.finditer(text):
                    yield Hit(kind=entry.kind, word=match.group(), start=match.start(), end=match.end(), weight=entry.weight, own=entry.own)


def make_hit(entry: Entry, start: int, end: int) -> Hit:
    """The hit of an entry at a place."""
    return Hit(kind=entry.kind, word=entry.word, start=start, end=end, weight=entry.weight, own=entry.own)
