"""Make the vendored fonts of digest/typeset/fonts/ out of Noto Sans SC (OFL 1.1, TrueType outlines).

Run by hand when the source font changes, never by the product:
``python bench/build_fonts.py FOLDER`` where FOLDER holds ``400Regular/NotoSansSC_400Regular.ttf``, ``700Bold/…`` and ``LICENSE_FONT``
(the npm package @expo-google-fonts/noto-sans-sc). The family is renamed, as the licence's reserved name and the trademark ask.
"""

import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parents[1] / "digest" / "typeset" / "fonts"
SYMBOL_RANGES = (
    (0x20, 0x7F),
    (0xA0, 0x180),
    (0x2010, 0x2060),
    (0x20AC, 0x20AD),
    (0x2103, 0x2104),
    (0x2116, 0x2117),
    (0x2122, 0x2123),
    (0x2150, 0x2300),
    (0x2460, 0x2800),
    (0x3000, 0x3100),
    (0x3200, 0x3400),
    (0xFE30, 0xFE70),
    (0xFF00, 0xFFF0),
)
DROPPED_TABLES = ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "DSIG", "STAT", "HVAR", "MVAR", "gasp", "prep", "fpgm", "cvt "]
TICK = ((255, 360), (320, 425), (440, 290), (690, 620), (760, 560), (445, 150))
CROSS = ((280, 560), (335, 615), (500, 440), (665, 615), (720, 560), (555, 380), (720, 180), (665, 125), (500, 310), (335, 125), (280, 180), (445, 380))
BOX_STROKE = 60

Points = Iterable[tuple[int, int]]


def polygon(pen: Any, points: Points) -> None:
    """Draw one closed contour."""
    first, *rest = points
    pen.moveTo(first)
    for point in rest:
        pen.lineTo(point)
    pen.closePath()


def box(pen: Any) -> None:
    """Draw an empty square with a stroke, as an outer contour and an inner one the other way round."""
    polygon(pen, [(110, -40), (110, 740), (890, 740), (890, -40)])
    low, high = 110 + BOX_STROKE, 890 - BOX_STROKE
    polygon(pen, [(low, -40 + BOX_STROKE), (high, -40 + BOX_STROKE), (high, 740 - BOX_STROKE), (low, 740 - BOX_STROKE)])


def lowered(points: Points) -> list[tuple[int, int]]:
    """The same points a little lower, so that the mark sits in the box."""
    return [(x, y - 20) for x, y in points]


def outline(*parts: Callable[[Any], None]) -> Any:
    """One TrueType glyph out of drawing functions."""
    pen = TTGlyphPen(None)
    for part in parts:
        part(pen)
    return pen.glyph()


def drawn_glyphs() -> dict[int, Any]:
    """Check boxes and marks, which Noto Sans SC lacks."""
    return {
        0x2610: outline(box),
        0x2611: outline(box, lambda pen: polygon(pen, lowered(TICK))),
        0x2612: outline(box, lambda pen: polygon(pen, lowered(CROSS))),
        0x2714: outline(lambda pen: polygon(pen, TICK)),
        0x2717: outline(lambda pen: polygon(pen, CROSS)),
        0x2718: outline(lambda pen: polygon(pen, CROSS)),
    }


def gb2312() -> set[int]:
    """Every character of GB 2312, by decoding every byte pair."""
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            found |= {ord(char) for char in bytes([high, low]).decode("gb2312", "ignore")}
    return found


def common_characters() -> set[int]:
    """What the two main fonts hold: GB 2312 and the symbols that documents use."""
    return gb2312() | {code for first, stop in SYMBOL_RANGES for code in range(first, stop)}


def add_glyphs(font: TTFont, glyphs: dict[int, Any]) -> None:
    """Append drawn glyphs at their code points where the font has none."""
    order, table = list(font.getGlyphOrder()), font["glyf"]
    present = font.getBestCmap()
    for code, glyph in glyphs.items():
        if code in present:
            continue
        name = f"x{code:04X}"
        order.append(name)
        font.setGlyphOrder(order)
        table.glyphOrder = order
        table.glyphs[name] = glyph
        glyph.recalcBounds(table)
        font["hmtx"][name] = (1000, glyph.xMin)
        for cmap in (cmap for cmap in font["cmap"].tables if cmap.isUnicode()):
            cmap.cmap[code] = name


def rename(font: TTFont, family: str, style: str) -> None:
    """Give the subset its own name."""
    plain = family.replace(" ", "")
    names = {1: family, 16: family, 4: f"{family} {style}", 6: f"{plain}-{style}", 3: f"{plain}-{style}-1"}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]


def build(source: Path, target: Path, characters: set[int], names: tuple[str, str]) -> None:
    """Write one subset; same input, same bytes."""
    options = subset.Options()
    options.hinting, options.layout_features, options.notdef_outline, options.glyph_names, options.name_IDs = False, [], True, False, ["*"]
    options.drop_tables += DROPPED_TABLES
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    add_glyphs(font, drawn_glyphs())
    rename(font, *names)
    font.recalcTimestamp = False
    font.save(target)
    print(f"{target.name}  {target.stat().st_size:,} bytes  {font['maxp'].numGlyphs} glyphs")


def main() -> None:
    """Build the three fonts and copy the licence."""
    folder = Path(sys.argv[1])
    regular, bold = folder / "400Regular" / "NotoSansSC_400Regular.ttf", folder / "700Bold" / "NotoSansSC_700Bold.ttf"
    common = common_characters()
    TARGET.mkdir(parents=True, exist_ok=True)
    build(regular, TARGET / "SheetSansSC-Regular.ttf", common, ("Sheet Sans SC", "Regular"))
    build(bold, TARGET / "SheetSansSC-Bold.ttf", common, ("Sheet Sans SC", "Bold"))
    everything = set(TTFont(regular, lazy=True).getBestCmap())
    build(regular, TARGET / "SheetSansSC-Rare.ttf", everything - common | set(range(0x20, 0x7F)), ("Sheet Sans SC Rare", "Regular"))
    shutil.copyfile(folder / "LICENSE_FONT", TARGET / "OFL.txt")


if __name__ == "__main__":
    main()
