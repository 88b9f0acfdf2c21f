"""Guarded words in text: which entries stand where; longest word first, traps and quoted names passed over."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SHIELD = "\u3000"  # stands for a character of a quoted name: same length, matches no word

QUOTED = re.compile(
    r"《[^》]{1,80}》"  # names of other documents
    r"|[（(][^（）()]{0,20}[〔\[【﹝][0-9]{4}[〕\]】﹞][^（）()]{0,12}号[^（）()]{0,10}[)）]"  # their numbers
    r"|[^\s，。；：（）()]{0,12}[〔﹝][0-9]{4}[〕﹞]第?[0-9]{1,5}号"
    r"|以下(?:简称|统称)[“\"'‘][^”\"'’]{1,30}[”\"'’]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
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
        before = text[start - 1 : start]
        behind = text[end : end + 1]
        return not (before and before in self.not_after) and not (behind and behind in self.not_before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry found at text[start:end]; ``kind`` is its class, ``own`` says it is from the user's own table."""

    kind: str
    word: str
    start: int
    end: int
    weight: float
    own: bool = False


def shield(text: str) -> str:
    """The text with names of documents and their numbers blanked out, each character by one, so that places stay."""
    return QUOTED.sub(lambda found: SHIELD * len(found.group()), text)


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
        """Sort the words by their first character, longest first."""
        words: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.pattern is None:
                words.setdefault(entry.word, []).append(entry)
        firsts: dict[str, list[str]] = {}
        for word in sorted(words, key=lambda word: (-len(word), word)):
            firsts.setdefault(word[0], []).append(word)
        self._words = {word: tuple(found) for word, found in words.items()}
        self._firsts = {first: tuple(found) for first, found in firsts.items()}
        self._patterns = tuple(entry for entry in entries if entry.pattern is not None)

    def find(self, text: str) -> tuple[Hit, ...]:
        """All hits in order of their place."""
        found = [*self._plain(text), *self._by_pattern(text)]
        return tuple(sorted(found, key=lambda hit: (hit.start, hit.end, hit.kind)))

    def _plain(self, text: str) -> Iterator[Hit]:
        """Hits of plain words; a word hides the shorter ones inside it, a zero weight hides without counting."""
        place = 0
        while place < len(text):
            entries = self._at(text, place) if text[place] in self._firsts else ()
            if not entries:
                place += 1
                continue
            end = place + len(entries[0].word)
            yield from (make_hit(entry, place, end) for entry in entries if entry.weight)
            place = end

    def _at(self, text: str, place: int) -> tuple[Entry, ...]:
        """The entries of the longest allowed word that begins at ``place``, with a character that begins some word."""
        for word in self._firsts[text[place]]:
            if text.startswith(word, place):
                entries = tuple(entry for entry in self._words[word] if entry.allowed(text, place, place + len(word)))
                if entries:
                    return entries
        return ()

    def _by_pattern(self, text: str) -> Iterator[Hit]:
        """Hits of the regular expressions."""
        for entry in self._patterns:
            if entry.pattern is not None and entry.weight:
                for match in entry.pattern.finditer(text):
                    yield Hit(kind=entry.kind, word=match.group(), start=match.start(), end=match.end(), weight=entry.weight, own=entry.own)


def make_hit(entry: Entry, start: int, end: int) -> Hit:
    """The hit of an entry at a place."""
    return Hit(kind=entry.kind, word=entry.word, start=start, end=end, weight=entry.weight, own=entry.own)
