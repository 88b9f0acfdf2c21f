"""Make digest/render/srgb.icc, the colour profile that a PDF/A names as its output intent: sRGB as an ICC profile of version 2.

Run by hand, never by the product: ``python bench/build_srgb.py``. Written out here from IEC 61966-2-1 and ICC.1:2001-04, so that it
is our own (MIT like the rest), the same bytes each time, and read by every program: LittleCMS, which Pillow has, writes version 4 with a clock.
"""

import struct
from pathlib import Path

TARGET = Path(__file__).parents[1] / "digest" / "render" / "srgb.icc"
NAME = "sRGB IEC61966-2.1"
RIGHTS = "MIT licence; made for digest"
WHITE = (0.9642, 1.0, 0.8249)  # D50, to which a profile's colours are adapted
PRIMARIES = {  # sRGB's own, adapted from D65 to D50 (Bradford)
    "rXYZ": (0.4360747, 0.2225045, 0.0139322),
    "gXYZ": (0.3850649, 0.7168786, 0.0971045),
    "bXYZ": (0.1430804, 0.0606169, 0.7141733),
}
STEPS = 256  # points of the tone curve: less than a thousandth off between them
MADE = (2000, 1, 1, 0, 0, 0)
HEAD = 128


def curve() -> bytes:
    """SRGB's tone curve as a table."""
    values = (place / (STEPS - 1) for place in range(STEPS))
    linear = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values)
    return b"curv" + struct.pack(">II", 0, STEPS) + b"".join(struct.pack(">H", round(value * 65535)) for value in linear)


def fixed(values: tuple[float, ...]) -> bytes:
    """Numbers in 16.16."""
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def described(text: str) -> bytes:
    """A name as version 2 wants it: ASCII, and empty places for Unicode and the Macintosh."""
    plain = text.encode("ascii") + b"\0"
    return b"desc" + struct.pack(">II", 0, len(plain)) + plain + bytes(4 + 4 + 2 + 1 + 67)


def profile() -> bytes:
    """The whole file: header, table of tags, tags; the three curves are one."""
    tags = {
        "desc": described(NAME),
        "cprt": b"text" + bytes(4) + RIGHTS.encode("ascii") + b"\0",
        "wtpt": b"XYZ " + bytes(4) + fixed(WHITE),
        **{name: b"XYZ " + bytes(4) + fixed(values) for name, values in PRIMARIES.items()},
        "rTRC": curve(),
    }
    place = HEAD + 4 + 12 * (len(tags) + 2)
    table, body = [], b""
    for name, data in tags.items():
        names = ("rTRC", "gTRC", "bTRC") if name == "rTRC" else (name,)
        table += [each.encode("ascii") + struct.pack(">II", place + len(body), len(data)) for each in names]
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s6H4s4sI", place + len(body), bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ", *MADE, b"acsp", bytes(4), 0)
    head += bytes(4 + 4 + 8 + 4) + fixed(WHITE)
    return head + bytes(HEAD - len(head)) + struct.pack(">I", len(table)) + b"".join(table) + body


if __name__ == "__main__":
    TARGET.write_bytes(profile())
