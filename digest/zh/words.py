"""jieba, spoken to here only: quiet, deterministic, with no cache file in shared folders."""

import logging
import warnings
from collections.abc import Iterable
from functools import cache
from typing import Any

from digest.zh.tables import REMOVE

OFFICE_FREQUENCY = 20000  # beats any split of the dictionary for words of 2 to 8 characters, measured on office.tsv


def cut(text: str, office: tuple[str, ...] = ()) -> list[str]:
    """Text to words; ``office`` words stay whole."""
    return [str(word) for word in tokenizer(office).lcut(text, HMM=False)]


@cache
def tokenizer(office: tuple[str, ...]) -> Any:
    """Jieba's tokenizer with the office words; kept per word list."""
    jieba = import_jieba()
    made = jieba.Tokenizer()
    made.cache_file = None
    load_dictionary(jieba, made)
    add_words(made, office)
    return made


def import_jieba() -> Any:
    """The library, without its warnings and its talk on stderr."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.ERROR)
    return jieba


def load_dictionary(jieba: Any, made: Any) -> None:
    """Fill the tokenizer from jieba's own word list, straight from the package: jieba would write a cache into the shared tmp."""
    made.FREQ, made.total = made.gen_pfdict(made.get_dict_file())
    made.initialized = True


def add_words(made: Any, office: Iterable[str]) -> None:
    """Teach the tokenizer the office's words in a fixed order."""
    for word in sorted(set(office)):
        if word and word != REMOVE:
            made.add_word(word, OFFICE_FREQUENCY)
