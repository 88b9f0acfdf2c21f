"""Bytes to text whatever the label says: byte order marks, UTF-8, the GB and Big5 families, UTF-16, escape-coded mail.

Chinese senders label GB 18030 bytes as gb2312, or not at all; so the bytes speak first and the label only breaks ties.
"""

import codecs
import re
from functools import cache

from msgspec import Struct

from digest import shipped

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "windows-936": "gb18030",
    "euc-cn": "gb18030",
    "chinese": "gb18030",
    "x-euc-cn": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "cp950",
    "unicode-1-1-utf-7": "utf-7",
    "utf8": "utf-8",
    "ks_c_5601-1987": "cp949",
    "ansi": "gb18030",
}
NO_CHARSETS = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"))
SEVEN_BIT = ("iso-2022", "iso2022", "hz", "utf-7")
SAMPLE = 20_000
SURE = 0.35  # share of common characters from which a Chinese reading is believed over a Western label
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
TWO_BYTES = 0x7FF  # the last character that takes two bytes in UTF-8; Chinese ones take three
FEW = 4  # characters
WIDE_SHARE = 0.2  # zero bytes on one side from which unmarked text is UTF-16


class Decoded(Struct, frozen=True, kw_only=True):
    """Text with the encoding it was in; ``lossy`` says that some bytes fitted nothing and stand as U+FFFD."""

    text: str
    encoding: str
    lossy: bool = False


def decode(data: bytes, label: str = "") -> Decoded:
    """Text of bytes in an unknown encoding; ``label`` is what the sender claims."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _replaced(data[len(mark) :], encoding)
    claimed = known(label)
    if claimed.startswith(SEVEN_BIT) and (text := _strict(data, claimed)) is not None:
        return Decoded(text=text, encoding=claimed)
    if b"\x1b$" in data and (text := _strict(data, "iso2022_jp_2")) is not None:
        return Decoded(text=text, encoding="iso2022_jp_2")
    if wide := _wide(data):
        return _replaced(data, wide)
    if (text := _strict(data, "utf-8")) is not None and not _is_gb_by_chance(data, text, claimed):
        return Decoded(text=text, encoding="utf-8")
    return _guessed(data, claimed)


def known(label: str) -> str:
    """A charset label as a codec of ours: gb2312 and its kin mean GB 18030; empty where Python knows none such."""
    name = label.strip().strip("\"'").lower().removeprefix("charset=")
    name = ALIASES.get(name, name)
    try:
        found = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    try:
        b"ab".decode(found or "ascii")  # base64 and its kin are codecs too, but not of text
    except UnicodeError:
        return found
    except LookupError:
        return ""
    return "" if found.replace("-", "_") in NO_CHARSETS else found


def common_share(text: str) -> float:
    """The share of common characters among the Chinese ones: 0.7 and more in sound text, near 0 in garbled text."""
    han = HAN.findall(text[:SAMPLE])
    return sum(letter in common() for letter in han) / len(han) if han else 0.0


@cache
def common() -> frozenset[str]:
    """The common characters of common_characters.txt."""
    text = shipped.text("ingest", "common_characters.txt")
    return frozenset(letter for line in text.splitlines() if not line.startswith("#") for letter in line)


def _strict(data: bytes, encoding: str) -> str | None:
    """The text, or None where a byte does not fit."""
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _replaced(data: bytes, encoding: str) -> Decoded:
    """The text with what does not fit replaced."""
    text = data.decode(encoding, "replace")
    return Decoded(text=text, encoding=encoding, lossy="\ufffd" in text)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark, told by zero bytes on one side; empty otherwise."""
    head = data[: SAMPLE // 2 * 2]
    if len(head) < 4:
        return ""
    low, high = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if high > WIDE_SHARE * half and high > 4 * low:
        return "utf-16-le"
    return "utf-16-be" if low > WIDE_SHARE * half and low > 4 * high else ""


def _is_gb_by_chance(data: bytes, text: str, claimed: str) -> bool:
    """Whether a few GB bytes happen to be sound UTF-8 (通知, 谁): Latin or Arabic letters that are common Chinese in GB 18030, or any where it is claimed."""
    if text.isascii() or max(map(ord, text)) > TWO_BYTES:
        return False
    chinese = _strict(data, "gb18030")
    return chinese is not None and (common_share(chinese) >= SURE or (claimed == "gb18030" and _few(chinese)))


def _few(text: str) -> bool:
    """Whether a text is nothing but a few Chinese characters: how common they are then says less than the label."""
    return 0 < len(text) <= FEW and all(map(HAN.fullmatch, text))


def _guessed(data: bytes, claimed: str) -> Decoded:
    """The best of the claimed, the GB and the Big5 reading, by common characters; else the one that loses least."""
    choices = list(dict.fromkeys(name for name in (claimed, "gb18030", "big5hkscs") if name and name != "utf-8"))
    sound = [Decoded(text=text, encoding=name) for name in choices if (text := _strict(data, name)) is not None]
    if short := next((it for it in sound if it.encoding == claimed and _few(it.text)), None):
        return short
    chinese = max(sound, key=lambda it: common_share(it.text), default=None)
    if chinese is not None and common_share(chinese.text) >= SURE:
        return chinese
    for reading in sound:
        if reading.encoding == claimed and claimed != "gb18030":
            return reading
    if sound:
        return sound[0]
    broken = [_replaced(data, name) for name in dict.fromkeys(("utf-8", *choices))]
    return min(broken, key=lambda it: it.text.count("\ufffd") - len(HAN.findall(it.text)) * common_share(it.text))
