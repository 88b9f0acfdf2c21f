"""winmail.dat (TNEF) to the body and files that Outlook packed into it ([MS-OXTNEF])."""

import struct
from collections.abc import Iterator

from msgspec import Struct, field

from digest.ingest.encoding import decode
from digest.ingest.rtf import page_in_rtf, text_of_rtf, unpacked

SIGNATURE = 0x223E9F78
RENDERING, TITLE, CONTENT, PROPERTIES, BODY, MESSAGE_PROPERTIES, CODE_PAGE = 0x69002, 0x18010, 0x6800F, 0x69005, 0x2800C, 0x69003, 0x69007
LONG_NAME, PAGE, PACKED, PLAIN = 0x3707, 0x1013, 0x1009, 0x1000
FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
COUNTED = frozenset((0x0D, 0x1E, 0x1F, 0x0102))
SEVERAL, NAMED, BY_NAME = 0x1000, 0x8000, 1
UNICODE = 0x1F
ATTRIBUTES_MOST, PROPERTIES_MOST = 5000, 2000


class Winmail(Struct):
    """What was packed: the body as plain text and page, and files as (name, bytes)."""

    plain: str = ""
    page: str = ""
    files: list[tuple[str, bytes]] = field(default_factory=list)


def unpack(data: bytes) -> Winmail | None:
    """The contents of a winmail.dat; None where it is none, or damaged from the start."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != SIGNATURE:
        return None
    found = Winmail()
    charset = ""
    for kind, value in _attributes(data):
        if kind == CODE_PAGE and len(value) >= 4:
            charset = f"cp{struct.unpack_from('<I', value)[0]}"
        elif kind == RENDERING:
            found.files.append(("", b""))
        elif kind == BODY:
            found.plain = decode(value.rstrip(b"\0"), charset).text
        elif kind == MESSAGE_PROPERTIES:
            _take_body(found, value, charset)
        elif found.files:
            found.files[-1] = _with(found.files[-1], kind, value, charset)
    found.files = [(name or "未命名附件", content) for name, content in found.files if content]
    return found


def _with(file: tuple[str, bytes], kind: int, value: bytes, charset: str) -> tuple[str, bytes]:
    """A file with one more of its attributes; the long name wins over the short one."""
    name, content = file
    if kind == TITLE and not name:
        name = decode(value.rstrip(b"\0"), charset).text
    elif kind == CONTENT:
        content = value
    elif kind == PROPERTIES:
        name = next((_words(form, text, charset) for tag, form, text in _properties(value) if tag == LONG_NAME), "") or name
    return name.replace("\\", "/").rpartition("/")[2], content


def _take_body(found: Winmail, value: bytes, charset: str) -> None:
    """The body among a message's properties: a page, packed RTF, or plain text."""
    for tag, form, data in _properties(value):
        if tag == PAGE:
            found.page = _words(form, data, charset)
        elif tag == PLAIN:
            found.plain = found.plain or _words(form, data, charset)
        elif tag == PACKED and not found.page:
            rich = unpacked(data)
            found.page = page_in_rtf(rich) or ""
            found.plain = found.plain or text_of_rtf(rich)


def _words(form: int, data: bytes, charset: str) -> str:
    """A text property."""
    return data.decode("utf-16-le", "replace").rstrip("\0") if form == UNICODE else decode(data.rstrip(b"\0"), charset).text


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The attributes of the stream, until it ends or breaks off."""
    at = 6
    for _ in range(ATTRIBUTES_MOST):
        if at + 9 > len(data):
            return
        kind, length = struct.unpack_from("<II", data, at + 1)
        if at + 9 + length > len(data):
            return
        yield kind, data[at + 9 : at + 9 + length]
        at += 9 + length + 2


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Property id, type and bytes (the first of several values), until the list ends or breaks off."""
    (count,) = struct.unpack_from("<I", data) if len(data) >= 4 else (0,)
    at = 4
    for _ in range(min(count, PROPERTIES_MOST)):
        if at + 4 > len(data):
            return
        form, tag = struct.unpack_from("<HH", data, at)
        at = _behind_name(data, at + 4) if tag >= NAMED else at + 4
        values, at = _values(data, at, form)
        if values is None:
            return
        if values:
            yield tag, form & ~SEVERAL, values[0]


def _behind_name(data: bytes, at: int) -> int:
    """The place behind a named property's name."""
    kind, size = struct.unpack_from("<II", data.ljust(at + 24, b"\0"), at + 16)
    return at + 24 + (size + -size % 4 if kind == BY_NAME else 0)


def _values(data: bytes, at: int, form: int) -> tuple[list[bytes] | None, int]:
    """The values of one property and the place behind them; None where the type is unknown or the data end."""
    plain = form & ~SEVERAL
    counted = plain in COUNTED
    count = 1
    if counted or form & SEVERAL:
        if at + 4 > len(data):
            return None, at
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    found: list[bytes] = []
    for _ in range(min(count, PROPERTIES_MOST)):
        size = FIXED.get(plain, 0)
        if counted:
            if at + 4 > len(data):
                return None, at
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
        if (not counted and not size) or at + size > len(data):
            return None, at
        found.append(data[at : at + size])
        at += size + -size % 4
    return found, at
