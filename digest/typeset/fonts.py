"""Which font holds a character and how wide it is; missing characters are named, never drawn as empty boxes.

The fonts lie beside this file (built by bench/build_fonts.py). A character is looked for in the weight asked for, then in the
rare font, which is loaded only then; what no font has is drawn as 〓 and can be asked for with ``missing``.
"""

import io
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(__file__).parent / "fonts"
RARE = "SheetSansSC-Rare"
REPLACEMENT = "〓"
BFCHAR_BLOCK = 100  # PDF 32000-1, 9.10.3: at most 100 entries in one bfchar block
LAST_OF_PLANE_0 = 0xFFFF
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff\ufe0e\ufe0f")  # no ink and no width on paper


class Family(NamedTuple):  # part of the key of every glyph asked for: a tuple is hashed many times faster than a dataclass
    """The names of a regular and a bold font, as registered."""

    regular: str = "SheetSansSC-Regular"
    bold: str = "SheetSansSC-Bold"


PACKAGED = Family()


class Glyph(Struct, frozen=True):
    """What to draw for a character: the character itself or 〓, the font that has it, its width for 1 pt of size."""

    text: str
    font: str
    width: float
    missing: bool = False


def register(name: str, data: bytes | None = None) -> None:
    """Make a font known under a name; without ``data`` the packaged file of that name.

    Raises:
        ValueError: the data is not a TrueType font that may be embedded.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    write_unicode_above_plane_0()
    source: Any = io.BytesIO(data) if data is not None else str(FOLDER / f"{name}.ttf")
    try:
        pdfmetrics.registerFont(TTFont(name, source))
    except TTFError as error:
        raise ValueError(str(error)) from error
    _face.cache_clear()
    glyph.cache_clear()


def ensure(name: str) -> str:
    """The name, once a font is registered under it."""
    _face(name)
    return name


@cache
def _face(name: str) -> Any:
    from reportlab.pdfbase import pdfmetrics

    if name not in pdfmetrics.getRegisteredFontNames():
        register(name)
    font: Any = pdfmetrics.getFont(name)
    return font.face


@lru_cache(maxsize=40_000)
def glyph(char: str, bold: bool = False, family: Family = PACKAGED) -> Glyph:
    """The glyph for one character in one weight."""
    if is_invisible(char):
        return Glyph("", family.bold if bold else family.regular, 0.0)
    if char.isspace() and char != "\u3000":
        char = " "
    wanted = family.bold if bold else family.regular
    for name in dict.fromkeys((wanted, PACKAGED.bold if bold else PACKAGED.regular, RARE)):
        face = _face(name)
        if ord(char) in face.charToGlyph:
            return Glyph(char, name, face.charWidths.get(ord(char), face.defaultWidth) / 1000)
    return Glyph(REPLACEMENT, PACKAGED.bold if bold else PACKAGED.regular, 1.0, missing=True)


def is_invisible(char: str) -> bool:
    """Whether a character leaves no trace on paper: joiners, marks of direction, control characters."""
    return char in INVISIBLE or (not char.isspace() and (char < " " or "\x7f" <= char <= "\x9f"))


def missing(text: str, family: Family = PACKAGED) -> tuple[str, ...]:
    """The characters of a text that no font has, each once, in order of appearance."""
    return tuple(char for char in dict.fromkeys(text) if glyph(char, False, family).missing)


@cache
def write_unicode_above_plane_0() -> None:
    """Teach reportlab to write UTF-16 pairs in ToUnicode, once; reportlab 5.1 writes five digits, and 𬱖 copies as ⳅ."""
    from reportlab.pdfbase import ttfonts

    module: Any = ttfonts
    module.makeToUnicodeCMap = to_unicode_map


def to_unicode_map(name: str, subset: "Sequence[int]") -> str:
    """The ToUnicode CMap of one font subset: code in the font to UTF-16BE."""
    pairs = [f"<{code:02X}> <{utf16(char)}>" for code, char in enumerate(subset) if char]
    blocks = []
    for first in range(0, len(pairs), BFCHAR_BLOCK):
        part = pairs[first : first + BFCHAR_BLOCK]
        blocks += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    head = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    return "\n".join([*head, *blocks, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


def utf16(char: int) -> str:
    """A code point as UTF-16BE in hex digits."""
    return f"{char:04X}" if char <= LAST_OF_PLANE_0 else chr(char).encode("utf-16-be").hex().upper()
