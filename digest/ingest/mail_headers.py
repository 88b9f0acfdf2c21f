"""Mail headers to readable text, whatever charset they claim: encoded words, raw GBK bytes, words cut inside a character."""

import binascii
import re
from collections.abc import Iterator
from email.message import Message

from digest.ingest.encoding import decode

WORD = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=")
FOLD = re.compile(r"\r?\n[ \t]*|[\r\n]+")
SHOWN = {
    "from": "发件人",
    "to": "收件人",
    "cc": "抄送",
    "subject": "主题",
    "date": "发送时间",
    "importance": "重要性",
    "sensitivity": "敏感度",
    "keywords": "关键词",
}
LONGEST = 20_000


def decode_header(raw: str) -> str:
    """A raw header value as read from the bytes (surrogates stand for bytes that are not ASCII)."""
    text = FOLD.sub(" ", str(raw))[:LONGEST]
    pieces: list[str] = []
    held: tuple[str, bytes] | None = None  # bytes of encoded words in one charset, not yet decoded
    end = 0
    for found in WORD.finditer(text):
        between = text[end : found.start()]
        charset, data = found.group(1).partition("*")[0], _word_bytes(found)
        if held is not None and not between.strip() and held[0].lower() == charset.lower():
            held = (held[0], held[1] + data)
        else:
            pieces += _released(held)
            pieces.append(plain(between) if held is None or between.strip() else "")
            held = (charset, data)
        end = found.end()
    pieces += _released(held)
    pieces.append(plain(text[end:]))
    return re.sub(r"\s+", " ", "".join(pieces)).strip()


def _released(held: tuple[str, bytes] | None) -> list[str]:
    """Held bytes decoded."""
    return [decode(held[1], held[0]).text] if held else []


def plain(text: str) -> str:
    """Text that holds raw bytes as surrogates, decoded."""
    if text.isascii():
        return text
    try:
        return decode(text.encode("ascii", "surrogateescape")).text
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")


def _word_bytes(found: re.Match[str]) -> bytes:
    """The bytes of one encoded word; damaged base64 gives what can be read."""
    body = found.group(3).encode("ascii", "surrogateescape")
    if found.group(2) in "qQ":
        return binascii.a2b_qp(body.replace(b"_", b" "), header=False)
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
    clean = clean[:-1] if len(clean) % 4 == 1 else clean
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def shown_headers(message: Message) -> tuple[tuple[str, str], ...]:
    """The headers a reader of the mail sees, decoded, under their Chinese names."""
    found: list[tuple[str, str]] = []
    for name, value in raw_items(message):
        if name.lower() in SHOWN and value:
            found.append((SHOWN[name.lower()], decode_header(value)))
    return tuple(found)


def raw_items(message: Message) -> Iterator[tuple[str, str]]:
    """Header names and raw values, as they stand in the file."""
    for name, value in message.raw_items():
        yield str(name), str(value)


def file_name(message: Message) -> str:
    """The decoded file name of a part; empty where it has none. Folders in it are dropped."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            value = message.get_param(parameter, header=header)
        except (ValueError, TypeError, AttributeError):  # damaged parameters trip the standard library
            continue
        if isinstance(value, tuple):
            text = decode(str(value[2]).encode("latin-1", "replace"), str(value[0] or "")).text
        else:
            text = decode_header(value) if value else ""
        if text.strip():
            return text.replace("\\", "/").rpartition("/")[2].strip().strip('"')
    return ""
