"""The segmenter: quiet, deterministic, with the office's words whole and nothing left on the disk."""

from pathlib import Path

from digest.zh import words


def test_office_words_stay_whole():
    """重要空白凭证 is one word once it is on the list."""
    assert "重要空白凭证" in words.cut("领取重要空白凭证须登记", ("重要空白凭证",))


def test_same_text_same_words():
    """Cutting twice gives the same, and joins to the text."""
    text = "柜员应当当面核对客户的有效身份证件。"

    assert words.cut(text) == words.cut(text)
    assert "".join(words.cut(text)) == text


def test_nothing_is_printed_or_written(capfd, tmp_path, monkeypatch):
    """No talk on stderr, no cache file in the temporary folder."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    words.tokenizer.cache_clear()

    words.cut("网点负责人")

    assert capfd.readouterr() == ("", "")
    assert not list(Path(tmp_path).iterdir())
