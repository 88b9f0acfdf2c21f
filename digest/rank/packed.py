"""The learned weights in a form that loads in a third of the time as the text they are made from, and never stands in for another text.

weights.bin is derived: bench/train_rank.py writes it beside weights.tsv, and it carries the checksum of the text it was made from. Where that
is not the text beside it, it is not used. Layout: the checksum, then pieces, each behind its length: the names of a table in one string, and
its weights as numbers into the list of different ones (or the rows of votes in one string).
"""

import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator

from digest.rank.learned import VOTES, Votes, Weights, parse

CHECK, LENGTH = struct.Struct("<I"), struct.Struct("<I")
TABS = "\t"


def pack(text: str) -> bytes:
    """The packed form of the weights file's text.

    Raises:
        ValueError: as ``learned.parse``; or a table has more than 65,536 different weights.
    """
    weights = parse(text)
    pieces = [repr(weights.base), repr(weights.prior), TABS.join(weights.categories)]
    packed = [piece.encode() for piece in pieces]
    for table in (weights.features, weights.text, weights.stem):
        packed += [*joined(table), *numbered(table.values())]
    for votes in (weights.votes[kind].written for kind in VOTES[1:]):
        packed += [*joined(votes), *joined(votes.values())]
    return CHECK.pack(zlib.crc32(text.encode())) + b"".join(LENGTH.pack(len(piece)) + piece for piece in packed)


def joined(texts: Iterable[str]) -> Iterator[bytes]:
    """How many texts, and the texts in one."""
    found = list(texts)
    yield str(len(found)).encode()
    yield TABS.join(found).encode()


def numbered(values: Iterable[float]) -> Iterator[bytes]:
    """The different values, and which of them stands at each place."""
    given = list(values)
    different = {value: number for number, value in enumerate(dict.fromkeys(given))}
    yield TABS.join(map(repr, different)).encode()
    yield little(array("H", [different[value] for value in given])).tobytes()


def little(numbers: "array[int]") -> "array[int]":
    """The same numbers with the low byte first, as the file has them, or back."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def made_from(packed: bytes, text: bytes) -> bool:
    """Whether a packed form was made from this text."""
    return packed[: CHECK.size] == CHECK.pack(zlib.crc32(text))


def unpack(packed: bytes) -> Weights:
    """The weights of a packed form."""
    pieces = cut(packed)
    base, prior, categories = (next(pieces).decode() for _ in range(3))
    features, of_text, of_stem = [dict(zip(texts(pieces), weights(pieces), strict=True)) for _ in range(3)]
    votes = {kind: Votes(dict(zip(texts(pieces), texts(pieces), strict=True))) for kind in VOTES[1:]}
    return Weights(
        base=float(base),
        prior=float(prior),
        features=features,
        text=of_text,
        stem=of_stem,
        categories=tuple(categories.split(TABS)) if categories else (),
        votes=votes,
    )


def cut(packed: bytes) -> Iterator[bytes]:
    """The pieces behind the checksum."""
    at = CHECK.size
    while at < len(packed):
        (length,) = LENGTH.unpack_from(packed, at)
        at += LENGTH.size + length
        yield packed[at - length : at]


def texts(pieces: Iterator[bytes]) -> list[str]:
    """The texts of a joined piece; one empty text and none at all are told apart by their number."""
    count = int(next(pieces))
    found = next(pieces).decode()
    return found.split(TABS) if count else []


def weights(pieces: Iterator[bytes]) -> Iterator[float]:
    """The weights of a table in order; equal ones are one object."""
    different = [float(value) for value in next(pieces).decode().split(TABS) if value]
    places = array("H")
    places.frombytes(next(pieces))
    return map(different.__getitem__, little(places))
