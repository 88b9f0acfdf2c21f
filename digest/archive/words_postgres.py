"""The word index in PostgreSQL: single characters and pairs of them as numbers in a GIN index, which needs no extension.

A word of one or two characters is one look-up. Of a longer one all pairs are looked up, and only as many texts are read through for
the word itself as are shown. Those with the words in their title come first, then the newest.
"""

import itertools
import string

from digest.archive.store import Store

SHIFT = 2_097_152  # 2 ** 21: above every code point; digest_grams of m004_search does the same sum
GRAMS = "digest_grams(entry.title || entry.body)"
LOWER = f"translate({{}}, '{string.ascii_uppercase}', '{string.ascii_lowercase}')"
FOLD = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)  # as the index does, whatever the server's locale


def put(store: Store, number: int, title: str, body: str) -> None:
    """Nothing to do: the index follows the table."""


def drop(store: Store, condition: str, values: tuple[object, ...]) -> None:
    """Nothing to do: the index follows the table."""


def find(store: Store, terms: tuple[str, ...], conditions: list[str], values: list[object]) -> tuple[str, list[object]] | None:
    """The query for entries that hold all terms, best first."""
    words = [term.translate(FOLD) for term in terms]
    wanted = sorted({gram for word in words for gram in grams(word)})
    in_title = " + ".join(["CASE WHEN strpos(" + LOWER.format("entry.title") + ", ?) > 0 THEN 1 ELSE 0 END"] * len(words))
    long = [word for word in words if len(word) > 2]
    whole = " AND ".join(["strpos(" + LOWER.format("found.title || found.body") + ", ?) > 0"] * len(long)) or "TRUE"
    # OFFSET 0 keeps PostgreSQL from reading every text before the best ones are known
    inner = f"SELECT entry.*, {in_title} AS best FROM entry WHERE {' AND '.join((f'{GRAMS} @> ?::bigint[]', *conditions))} ORDER BY best DESC, id DESC OFFSET 0"
    return f"SELECT * FROM ({inner}) AS found WHERE {whole} ORDER BY best DESC, id DESC", [*words, wanted, *values, *long]


def grams(word: str) -> list[int]:
    """The numbers a word is looked up by: its pairs of characters, or its only character."""
    codes = [ord(character) for character in word]
    return [first * SHIFT + second for first, second in itertools.pairwise(codes)] or codes
