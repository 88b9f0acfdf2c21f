"""Headers: encoded words of any charset, cut anywhere, and raw bytes."""

import base64
from email.message import Message

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.ingest.mail_headers import decode_header, file_name


def word(data, charset="gb2312", form="B"):
    """An encoded word of bytes."""
    body = base64.b64encode(data).decode() if form == "B" else "".join(f"={byte:02X}" for byte in data)
    return f"=?{charset}?{form}?{body}?="


def test_words_cut_inside_a_character():
    """Two words that share a character are joined before they are decoded."""
    data = "关于核对现金的通知".encode("gb18030")

    assert decode_header(word(data[:5]) + "\r\n " + word(data[5:])) == "关于核对现金的通知"


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "x-gbk", "gb18030*zh-cn", "nonsense"])
def test_labels_lie(charset):
    """A GB label means GB 18030, an unknown one means whatever the bytes say."""
    assert decode_header(word("朱镕基批示：㐀".encode("gb18030"), charset)) == "朱镕基批示：㐀"


def test_mixed_words_and_text():
    """Text between words stays; blanks between two words go."""
    head = word("转发".encode(), "utf-8", "Q")

    assert decode_header(f"Fw: {head} {head}: notice (2)") == "Fw: 转发转发: notice (2)"


def test_damaged_words():
    """Broken base64 gives what can be read, and never fails."""
    assert decode_header("=?gbk?B?suLK1A?=") == "测试"
    assert decode_header("=?gbk?B?*?=") == ""
    assert decode_header("=?") == "=?"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="=?gbk?B?suLK1C5kb2N4?="', "测试.docx"),
        ("attachment; filename*=GB2312''%B2%E2%CA%D4.docx", "测试.docx"),
        ("attachment; filename*=utf-8''%E6%B5%8B%E8%AF%95.docx", "测试.docx"),
        ("attachment; filename*0*=utf-8''%E6%B5%8B; filename*1*=%E8%AF%95.docx", "测试.docx"),
        ('attachment; filename="..\\\\..\\\\windows\\\\a.docx"', "a.docx"),
        ('attachment; filename="/etc/passwd"', "passwd"),
        ("attachment", ""),
    ],
)
def test_file_names(header, name):
    """Names in every encoding; folders in them are dropped."""
    part = Message()
    part["Content-Disposition"] = header

    assert file_name(part) == name


@pytest.mark.parametrize("text", ["谁", "丁", "临", "丝绸", "还谁"])
def test_a_word_or_two_is_in_the_charset_that_is_named(text):
    """Of few characters the label says more than the bytes: 谁 in GB 18030 is a sound letter of UTF-8, too."""
    assert decode_header(word(text.encode("gb18030"), "gb2312")) == text


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(st.characters(codec="gb18030", exclude_categories=("C", "Z")), min_size=1, max_size=40), st.integers(1, 20))
def test_any_subject_survives(text, step):
    """Whatever is encoded, wherever it is cut, comes back."""
    data = text.encode("gb18030")
    words = " ".join(word(data[at : at + step], "gb18030") for at in range(0, len(data), step))

    assert decode_header(words) == text


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.binary(max_size=200))
def test_never_fails(data):
    """No header bytes raise."""
    decode_header(data.decode("ascii", "surrogateescape"))
