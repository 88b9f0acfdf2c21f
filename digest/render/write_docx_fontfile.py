"""A TrueType file in; its family name, and whether it may be put inside a document, out (OpenType 1.9: name, OS/2)."""

import struct

FAMILY, UNICODE_PLATFORMS = 1, (0, 3)
RESTRICTED = 0x0002  # OS/2 fsType: must not be embedded
FSTYPE_AT = 8
ENGLISH = 0x0409


def tables_of(data: bytes) -> dict[str, bytes]:
    """The font's tables by tag; none where it is not a font."""
    try:
        (count,) = struct.unpack_from(">H", data, 4)
        found = {}
        for number in range(count):
            tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * number)
            found[tag.decode("latin-1")] = data[offset : offset + length]
    except struct.error:
        return {}
    return found


def family_of(data: bytes) -> str:
    """The family's English name, else the first one given; empty where there is none."""
    table = tables_of(data).get("name", b"")
    names: dict[int, str] = {}
    try:
        _, count, strings = struct.unpack_from(">HHH", table)
        for number in range(count):
            platform, _, language, name, length, offset = struct.unpack_from(">6H", table, 6 + 12 * number)
            if name == FAMILY and platform in UNICODE_PLATFORMS:
                names.setdefault(language, table[strings + offset : strings + offset + length].decode("utf-16-be", "replace"))
    except struct.error:
        return ""
    return names.get(ENGLISH) or next(iter(names.values()), "")


def may_embed(data: bytes) -> bool:
    """Whether the font's licence bits allow it."""
    table = tables_of(data).get("OS/2", b"")
    return len(table) >= FSTYPE_AT + 2 and struct.unpack_from(">H", table, FSTYPE_AT)[0] != RESTRICTED
