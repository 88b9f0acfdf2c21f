"""Encodings: the bytes speak before the label."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.ingest.encoding import common_share, decode, known

SIMPLE = "各网点应当于每日营业终了前核对现金。"
TRADITIONAL = "各單位應當於每日營業終了前核對現金，並報告總行。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "hz", "iso2022_jp_2"])
def test_simplified(encoding):
    """Simplified text in the encodings that come; utf-16 without mark is told by its Latin part."""
    text = "No.1 sheet: " * 4 + SIMPLE if encoding in ("utf-16-le", "utf-16-be") else SIMPLE
    text = "現金" if encoding == "iso2022_jp_2" else text
    label = "hz-gb-2312" if encoding == "hz" else ""

    assert decode(text.encode(encoding), label).text == text


@pytest.mark.parametrize("label", ["", "big5", "gb2312", "utf-8"])
def test_traditional(label):
    """Big5 is told from GB by common characters, whatever the label says."""
    assert decode(TRADITIONAL.encode("big5"), label).text == TRADITIONAL


@pytest.mark.parametrize("text", ["通知一", "通知.docx", "联通"])
def test_gb_that_happens_to_be_utf_8(text):
    """Short GB names whose bytes are sound UTF-8 by chance are still Chinese; Latin letters stay Latin."""
    assert decode(text.encode("gbk")).text == text
    assert decode("naïve café".encode()).text == "naïve café"


def test_western_label():
    """Bytes that make no Chinese follow their label."""
    assert decode("Größe".encode("latin-1"), "iso-8859-1").text == "Größe"


def test_damage_is_marked():
    """Bytes that fit nowhere leave a mark, and the rest is read."""
    decoded = decode(SIMPLE.encode() + b"\xff\xfe\xff", "utf-8")

    assert decoded.text.startswith(SIMPLE)
    assert decoded.lossy


def test_labels():
    """GB labels mean GB 18030; unknown ones mean nothing."""
    assert known("ge\udcffk") == known("b\x00") == ""
    assert (known("GB2312"), known("x-gbk"), known('"utf8"'), known("nonsense"), known("")) == ("gb18030", "gb18030", "utf-8", "", "")


def test_common_share():
    """Sound text is common, garbled text is not."""
    assert common_share(SIMPLE) > 0.8
    assert common_share("锟斤拷烫烫烫屯屯屯") < 0.2
    assert common_share("abc") == 0


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.binary(max_size=400), st.sampled_from(["", "gbk", "utf-7", "base64", "rot13", "unicode_escape", "idna", "zip"]))
def test_never_fails(data, label):
    """Any bytes under any label decode to something."""
    assert isinstance(decode(data, label).text, str)
