"""The review page's own word lists, read once from the packaged words.toml."""

import re
import tomllib
from functools import cache

from msgspec import Struct

from digest import shipped


class Vocabulary(Struct, frozen=True):
    """What words.toml says, its patterns compiled."""

    relations: tuple[tuple[str, tuple[str, ...]], ...]
    doc_number: re.Pattern[str]
    doc_title: re.Pattern[str]
    personal: tuple[tuple[str, re.Pattern[str]], ...]
    roles: tuple[str, ...]
    meetings: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """The packaged words."""
    told = tomllib.loads(shipped.text("preview", "words.toml"))
    return Vocabulary(
        relations=tuple((name, tuple(words)) for name, words in told["relations"].items()),
        doc_number=re.compile(told["documents"]["number"]),
        doc_title=re.compile(told["documents"]["title"]),
        personal=tuple((name, re.compile(pattern)) for name, pattern in told["personal"].items()),
        roles=tuple(told["roles"]["names"]),
        meetings=tuple(told["meetings"]["names"]),
    )
