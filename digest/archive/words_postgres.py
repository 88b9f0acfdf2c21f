"""The word index in PostgreSQL: single characters and pairs of them as numbers in a GIN index, which needs no extension.

A word of one or two characters is one look-up. Of a longer one all pairs are looked up, and only as many texts are read through for
the word itself as are shown. Those with the words in their title come first, then the newest. Words that stand in one text of twenty
are not looked up at all: the newest texts are read until enough are found, so that no search grows with the archive.
"""

import itertools
import re
import string

from digest.archive.store import Store

SHIFT = 2_097_152  # 2 ** 21: above every code point; digest_grams of m004_search does the same sum
GRAMS = "digest_grams(entry.title || entry.body)"
LETTER = re.compile("[a-z]")
PROBE, COMMON = 1000, 0.05  # of so many newest entries, which share must hold the words for them to count as common
FOLD = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)  # as the index does, whatever the server's locale


def put(store: Store, number: int, title: str, body: str) -> None:
    """Nothing to do: the index follows the table."""


def drop(store: Store, condition: str, values: tuple[object, ...]) -> None:
    """Nothing to do: the index follows the table."""


def find(store: Store, terms: tuple[str, ...], conditions: list[str], values: list[object]) -> tuple[str, list[object]] | None:
    """The query for entries that hold all terms, best first; where they stand everywhere, newest first, which needs no sorting."""
    words = [term.translate(FOLD) for term in terms]
    where = " AND ".join((*conditions, *(holds(word, "entry.title || entry.body") for word in words)))
    newest = f"SELECT count(*) FROM (SELECT * FROM entry ORDER BY id DESC LIMIT {PROBE}) AS entry WHERE {where}"
    if store.rows(newest, [*values, *words])[0][0] >= PROBE * COMMON:
        return f"SELECT entry.* FROM entry WHERE {where} ORDER BY entry.id DESC", [*values, *words]
    return indexed(words, conditions, values)


def indexed(words: list[str], conditions: list[str], values: list[object]) -> tuple[str, list[object]]:
    """The query that asks the index."""
    wanted = sorted({gram for word in words for gram in grams(word)})
    in_title = " + ".join(f"CASE WHEN {holds(word, 'entry.title')} THEN 1 ELSE 0 END" for word in words)
    long = [word for word in words if len(word) > 2]
    whole = " AND ".join(holds(word, "found.title || found.body") for word in long) or "TRUE"
    # OFFSET 0 keeps PostgreSQL from reading every text before the best ones are known
    inner = f"SELECT entry.*, {in_title} AS best FROM entry WHERE {' AND '.join((f'{GRAMS} @> ?::bigint[]', *conditions))} ORDER BY best DESC, id DESC OFFSET 0"
    return f"SELECT * FROM ({inner}) AS found WHERE {whole} ORDER BY best DESC, id DESC", [*words, wanted, *values, *long]


def holds(word: str, text: str) -> str:
    """The condition that a text holds a word, without regard to case where the word has letters."""
    lower = f"translate({text}, '{string.ascii_uppercase}', '{string.ascii_lowercase}')"
    return f"strpos({lower if LETTER.search(word) else text}, ?) > 0"


def grams(word: str) -> list[int]:
    """The numbers a word is looked up by: its pairs of characters, or its only character."""
    codes = [ord(character) for character in word]
    return [first * SHIFT + second for first, second in itertools.pairwise(codes)] or codes
