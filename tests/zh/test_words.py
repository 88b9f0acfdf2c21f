"""The segmenter: quiet, deterministic, with the office's words whole and nothing left on the disk; fast one and reference agree."""

import sys
from pathlib import Path

import pytest

from digest.zh import words
from digest.zh.lexicon import load

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
OWN = ("重要空白凭证", "首问负责制", "双人临柜")
SEGMENTERS = ("rjieba", "jieba")


@pytest.fixture(params=SEGMENTERS)
def segmenter(request, monkeypatch):
    """Cutting with one of the two; without rjieba's wheel only the reference is tried."""
    if request.param == "rjieba":
        pytest.importorskip("rjieba", reason="rjieba is not installed on this computer")
    else:
        monkeypatch.setitem(sys.modules, "rjieba", None)  # as on a computer without its wheel
    words.segmenter.cache_clear()
    yield request.param
    words.segmenter.cache_clear()


def boundaries(cuts):
    """Where words end, counted in characters."""
    ends, place = set(), 0
    for word in cuts:
        place += len(word)
        ends.add(place)
    return ends


def agreement(texts, office):
    """Boundary F1 of the fast segmenter against the reference."""
    fast, reference = words.rjieba_cut(office), words.jieba_cut(office)
    pairs = [(boundaries(fast(text)), boundaries(reference(text))) for text in texts]
    shared = sum(len(one & other) for one, other in pairs)
    return 2 * shared / sum(len(one) + len(other) for one, other in pairs)


def test_office_words_stay_whole(segmenter):
    """重要空白凭证 is one word once it is on the list, whichever segmenter is there."""
    assert "重要空白凭证" in words.cut("领取重要空白凭证须登记", ("重要空白凭证",))


def test_word_lists_do_not_mix(segmenter):
    """What one list teaches is unknown to a run without it."""
    words.cut("领取重要空白凭证须登记", ("重要空白凭证",))

    assert "重要空白凭证" not in words.cut("领取重要空白凭证须登记", ("首问负责制",))
    assert "重要空白凭证" not in words.cut("领取重要空白凭证须登记", ())


def test_same_text_same_words(segmenter):
    """Cutting twice gives the same, and joins to the text."""
    text = "柜员应当当面核对客户的有效身份证件。"

    assert words.cut(text) == words.cut(text)
    assert "".join(words.cut(text)) == text


def test_nothing_is_printed_or_written(segmenter, capfd, tmp_path, monkeypatch):
    """No talk on stderr, no cache file in the temporary folder."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    words.cut("网点负责人")

    assert capfd.readouterr() == ("", "")
    assert not list(Path(tmp_path).iterdir())


@pytest.mark.tree
def test_segmenters_agree_on_the_samples():
    """The fast segmenter cuts our own texts as jieba does, with the office's and the user's words taught to both."""
    pytest.importorskip("rjieba", reason="rjieba is not installed on this computer")
    texts = [line for path in sorted((ROOT / "bench" / "sample_texts").glob("*.txt")) for line in path.read_text("utf-8").splitlines()]

    assert sum(map(len, texts)) > 10_000
    assert agreement(texts, (*load().office, *OWN)) >= 0.999


@pytest.mark.corpus
def test_segmenters_agree_on_official_texts():
    """The same on a hundred official texts, where they lie beside the project."""
    pytest.importorskip("rjieba", reason="rjieba is not installed on this computer")
    if not CORPUS.is_dir():
        pytest.skip("../shared/corpus is absent")
    texts = [line for path in sorted(CORPUS.rglob("*.txt")) for line in path.read_text("utf-8").splitlines()]

    assert agreement(texts, (*load().office, *OWN)) >= 0.999


def test_dictionaries_are_the_same():
    """Every word of jieba's dictionary is a word to rjieba: no difference hides behind the texts at hand."""
    rjieba = pytest.importorskip("rjieba", reason="rjieba is not installed on this computer")
    reference = words.import_jieba().Tokenizer()
    words.load_dictionary(reference)

    missing = [word for word, count in reference.FREQ.items() if count and not rjieba.has_word(word)]

    assert not missing


def test_half_characters_do_no_harm() -> None:
    """A damaged file may hold a surrogate alone; the words keep their places."""
    assert sum(len(word) for word in words.cut("登记\ud800台账")) == 5
