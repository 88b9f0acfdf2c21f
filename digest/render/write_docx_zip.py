"""Named parts in, a ZIP file without a clock out (PKWARE APPNOTE 6.3); large parts that never change are deflated once."""

import struct
import threading
import zlib
from functools import lru_cache

from msgspec import Struct

LEVEL = 6
DAY = (1980 - 1980) << 9 | 1 << 5 | 1  # 1 January 1980, the first day a ZIP file knows
VERSION, DEFLATED, UTF8 = 20, 8, 0x0800
LARGE = 1_000_000  # bytes: parts from here on are fonts
_packing = threading.Lock()


class Packed(Struct, frozen=True):
    """A part as it is stored."""

    body: bytes
    check: int
    size: int


def pack(data: bytes) -> Packed:
    """A part deflated; a font is remembered, and waited for where another thread is at it."""
    if len(data) < LARGE:
        return deflate(data)
    with _packing:
        return pack_large(data)


@lru_cache(maxsize=4)
def pack_large(data: bytes) -> Packed:
    """The same, once."""
    return deflate(data)


def deflate(data: bytes) -> Packed:
    """Raw deflate with the checksum."""
    press = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Packed(press.compress(data) + press.flush(), zlib.crc32(data), len(data))


def zip_file(parts: dict[str, bytes]) -> bytes:
    """The parts in their order."""
    found, directory = bytearray(), bytearray()
    for name, data in parts.items():
        packed, label = pack(data), name.encode()
        about = struct.pack("<4H3L2H", UTF8, DEFLATED, 0, DAY, packed.check, len(packed.body), packed.size, len(label), 0)
        directory += b"PK\x01\x02" + struct.pack("<2H", VERSION, VERSION) + about + struct.pack("<3H2L", 0, 0, 0, 0, len(found)) + label
        found += b"PK\x03\x04" + struct.pack("<H", VERSION) + about + label + packed.body
    end = struct.pack("<4H2LH", 0, 0, len(parts), len(parts), len(directory), len(found), 0)
    return bytes(found + directory + b"PK\x05\x06" + end)
