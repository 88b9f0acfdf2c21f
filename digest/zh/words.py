"""Text to words, the segmenter spoken to here only: rjieba where it is installed, else jieba, with the same cuts.

jieba is the reference; rjieba has its dictionary built in and saves the 0.6 s that jieba takes to load it. Both are
deterministic, quiet, and leave no cache file in shared folders.
"""

import logging
import re
import warnings
from collections.abc import Callable
from functools import cache
from typing import Any

from digest.zh import lexicon
from digest.zh.tables import REMOVE

OFFICE_FREQUENCY = 20000  # beats any split of the dictionary for words of 2 to 8 characters, measured on office.tsv

HALF = re.compile("[\ud800-\udfff]")  # surrogates alone: the fast segmenter takes no such text
Cut = Callable[[str], list[str]]
Words = tuple[str, ...]


def cut(text: str, office: Words | None = None) -> list[str]:
    """Text to words; ``office`` words (the packaged ones if none are named) stay whole.

    Half characters, which a damaged file may hold, are cut as marks. A second list of words costs a second dictionary: 0.1 s.
    """
    return segmenter(lexicon.load().office if office is None else office)(HALF.sub("?", text))


@cache
def segmenter(office: Words) -> Cut:
    """What cuts a text, knowing the office words; kept per word list."""
    try:
        return rjieba_cut(office)
    except ImportError:  # no wheel for this computer
        return jieba_cut(office)


def taught(office: Words) -> list[str]:
    """The office's words in a fixed order, each once, as both segmenters are taught them."""
    return [word for word in sorted(set(office)) if word and word != REMOVE]


def rjieba_cut(office: Words) -> Cut:
    """The fast segmenter. Its import loads one dictionary (0.1 s): the first word list is taught to that, others load their own.

    Raises:
        ImportError: it is not installed.
    """
    import rjieba

    made: Any = rjieba if _untaught else rjieba.Jieba()
    _untaught.clear()
    for word in taught(office):
        made.add_word(word, OFFICE_FREQUENCY, None)
    return lambda text: list(made.cut(text, False))


_untaught = [True]


def jieba_cut(office: Words) -> Cut:
    """The reference segmenter."""
    jieba = import_jieba()
    made = jieba.Tokenizer()
    made.cache_file = None
    load_dictionary(made)
    for word in taught(office):
        made.add_word(word, OFFICE_FREQUENCY)
    return lambda text: [str(word) for word in made.lcut(text, HMM=False)]


def import_jieba() -> Any:
    """The library, without its warnings and its talk on stderr."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.ERROR)
    return jieba


def load_dictionary(made: Any) -> None:
    """Fill the tokenizer from jieba's own word list, straight from the package: jieba would write a cache into the shared tmp."""
    made.FREQ, made.total = made.gen_pfdict(made.get_dict_file())
    made.initialized = True
