"""A PDF page to its characters with boxes, in points from the top left corner of the page as displayed."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw as raw
from msgspec import Struct
from msgspec.structs import replace

PROBE = 1 << 16  # device units for measuring the page's own rotation and crop exactly
QUARTER = math.pi / 2
SKEWED = 0.12  # radians off the axes from which text is a watermark across the page
SAME_PLACE = 0.3  # of the size: the same character twice within this is overprint (fake bold)
OWN_WIDTH, LEAST_SHIFT = 0.6, 0.15  # of its own width, of the size: II in II类户 stand close and are two
INVISIBLE_MODE = 3  # text render mode of OCR layers (PDF 32000 9.3.6)
SAMPLES = 24
HYPHEN = 0xFFFE  # pdfium's sign for a hyphen at a line's end
SURROGATES = range(0xD800, 0xE000)
LAST_MADE_UP = 0x20  # pdfium makes up blanks and line ends only: other codes need not be asked for
DASHES = (0xAD, 0x2010, 0x2011)  # some fonts give these for the dash of 2014-2020


class Char(NamedTuple):  # a thousand a page: three times as fast to make as a frozen dataclass
    """One character as drawn; ``angle`` in quarter turns clockwise (0 upright), -1 where it stands askew."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    angle: int
    bold: bool
    unmapped: bool

    @property
    def middle(self) -> tuple[float, float]:
        """Centre of the box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


class PageChars(Struct, frozen=True, kw_only=True):
    """The characters of one page, in the order in which the file draws them; overprint is gone."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    invisible: bool = False  # the text layer is not drawn: it was laid over a scan


def read_chars(page: Any, number: int) -> PageChars:
    """The characters of a pdfium page."""
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        place = _placer(page, width, height)
        chars = tuple(deduplicated(_chars(textpage, place)))
        hidden = _is_invisible(textpage)
    finally:
        textpage.close()
    return PageChars(number=number, width=width, height=height, chars=chars, invisible=hidden)


Grid = dict[int, dict[int, list[Char]]]  # row and column of a cell to the characters in it
Place = tuple[float, float, float, float, float, float, float]


def _placer(page: Any, width: float, height: float) -> Place:
    """The affine map from the file's coordinates to the displayed page, rotation and crop included; last, the angle it turns by."""

    def at(x: float, y: float) -> tuple[float, float]:
        left, top = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, PROBE, PROBE, 0, x, y, left, top)
        return left.value / PROBE * width, top.value / PROBE * height

    (x0, y0), (x1, y1), (x2, y2) = at(0, 0), at(1000, 0), at(0, 1000)
    return (x1 - x0) / 1000, (x2 - x0) / 1000, x0, (y1 - y0) / 1000, (y2 - y0) / 1000, y0, math.atan2((y1 - y0) / 1000, (x1 - x0) / 1000)


def _chars(textpage: Any, place: Place) -> Iterator[Char]:
    """Characters that the file holds; those that pdfium makes up (blanks, line ends) are left out."""
    pointer = textpage.raw
    box = raw.FS_RECTF()
    hands = Hands(pointer, place[-1])
    code_of, box_of, unmapped = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_HasUnicodeMapError
    high = ""
    for index in range(raw.FPDFText_CountChars(pointer)):
        code = code_of(pointer, index)
        if code <= LAST_MADE_UP and raw.FPDFText_IsGenerated(pointer, index) == 1:
            continue
        if code in SURROGATES:
            high = high + chr(code)
            if len(high) < 2:
                continue
            text, high = high.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), ""
        else:
            text, high = _shown(code), ""
        if not text or not box_of(pointer, index, box):
            continue
        yield _char(text, box, place, (hands.of(index), unmapped(pointer, index) == 1))


@lru_cache(maxsize=20_000)
def _shown(code: int) -> str:
    """A character code as text; controls are nothing, a hyphen of any kind is a hyphen."""
    if code in (HYPHEN, 2, *DASHES):
        return "-"
    return "" if code < 0x20 or code == 0xFFFF else chr(code)


def _char(text: str, box: Any, place: Place, look: tuple[tuple[bool, float, int], bool]) -> Char:
    """One character in displayed coordinates."""
    (bold, size, angle), unmapped = look
    a, b, c, d, e, f, _ = place
    left, above, right, below = box.left, box.top, box.right, box.bottom
    x0, x1 = a * left + b * above + c, a * right + b * below + c
    top, bottom = d * left + e * above + f, d * right + e * below + f
    if x1 < x0:
        x0, x1 = x1, x0
    if bottom < top:
        top, bottom = bottom, top
    return Char(text, x0, top, x1, bottom, size or max(bottom - top, 1.0), angle, bold, unmapped)


class Hands:
    """How a text page's characters are drawn: bold or not, size in points with all scaling, direction; asked once per text object."""

    def __init__(self, pointer: Any, by_page: float) -> None:
        self.pointer = pointer
        self.by_page = by_page  # what the page itself is turned by
        self._known: dict[bytes, tuple[bool, float, int]] = {}
        self._bold: dict[bytes, bool] = {}
        self._name, self._flags, self._matrix = ctypes.create_string_buffer(128), ctypes.c_int(), raw.FS_MATRIX()

    def of(self, index: int) -> tuple[bool, float, int]:
        """Boldness, size and direction of a character."""
        owner = raw.FPDFText_GetTextObject(self.pointer, index)
        key = bytes(owner) if owner else b""  # its address
        known = self._known.get(key) if key else None
        if known is None:
            known = self._known[key] = (self._is_bold(index, owner), self._size(index), self._direction(index))
        return known

    def _direction(self, index: int) -> int:
        """Quarter turns clockwise, in the text and by the page; -1 where it stands askew."""
        angle = raw.FPDFText_GetCharAngle(self.pointer, index)
        turned = angle + self.by_page if angle >= 0 else 0.0
        quarters = round(turned / QUARTER)
        return -1 if abs(turned - quarters * QUARTER) > SKEWED else quarters % 4

    def _is_bold(self, index: int, owner: Any) -> bool:
        """By its font's weight or name; each font is asked once."""
        font = raw.FPDFTextObj_GetFont(owner) if owner else None
        key = bytes(font) if font else b""
        bold = self._bold.get(key) if key else None
        if bold is None:
            self._name.value = b""
            raw.FPDFText_GetFontInfo(self.pointer, index, self._name, 128, self._flags)
            bold = self._bold[key] = raw.FPDFText_GetFontWeight(self.pointer, index) >= 600 or names_bold(self._name.value)
        return bold

    def _size(self, index: int) -> float:
        """Font size in points after scaling."""
        size = float(raw.FPDFText_GetFontSize(self.pointer, index))
        if raw.FPDFText_GetMatrix(self.pointer, index, self._matrix):
            scaled = size * math.hypot(self._matrix.c, self._matrix.d)
            return round(scaled, 1) if scaled > 0 else round(size, 1)
        return round(size, 1)


@lru_cache(maxsize=1_000)
def names_bold(name: bytes) -> bool:
    """Whether a font's name says bold."""
    told = name.decode("utf-8", "replace").lower()
    return any(word in told for word in ("bold", "black", "heavy", "simhei", "heiti", "黑体"))


def deduplicated(chars: Iterator[Char]) -> Iterator[Char]:
    """Characters without those printed twice at the same place."""
    seen: dict[str, Grid] = {}
    for char in chars:
        text, x0, top, x1, bottom, size, _, _, _ = char
        reach = size if size > 1.0 else 1.0
        column, row = int((x0 + x1) / 2 // reach), int((top + bottom) / 2 // reach)
        grid = seen.get(text)
        if grid is None:
            seen[text] = {row: {column: [char]}}
            yield char
            continue
        if not text.isspace() and _is_printed(char, grid, column, row):
            continue
        cells = grid.get(row)
        if cells is None:
            grid[row] = {column: [char]}
        elif column in cells:
            cells[column].append(char)
        else:
            cells[column] = [char]
        yield char


def _is_printed(char: Char, grid: Grid, column: int, row: int) -> bool:
    """Whether the character stands there already, in its own cell or one beside it."""
    for beside in (row - 1, row, row + 1):
        cells = grid.get(beside)
        if cells is None:
            continue
        for at in (column - 1, column, column + 1):
            if at in cells and any(_same_place(char, other) for other in cells[at]):
                return True
    return False


def _same_place(char: Char, other: Char) -> bool:
    """Whether two equal characters are one, printed twice."""
    (x, y), (u, v) = char.middle, other.middle
    size = min(char.size, other.size)
    across = min(SAME_PLACE * size, max(OWN_WIDTH * (char.x1 - char.x0), LEAST_SHIFT * size))
    return abs(x - u) < across and abs(y - v) < SAME_PLACE * size


def _is_invisible(textpage: Any) -> bool:
    """Whether the text is there but not drawn."""
    pointer = textpage.raw
    count = raw.FPDFText_CountChars(pointer)
    modes: Counter[int] = Counter()
    for index in range(0, count, max(1, count // SAMPLES)):
        owner = raw.FPDFText_GetTextObject(pointer, index)
        if owner:
            modes[raw.FPDFTextObj_GetTextRenderMode(owner)] += 1
    return bool(modes) and modes[INVISIBLE_MODE] * 2 > sum(modes.values())


def upright(page: PageChars) -> tuple[PageChars, int]:
    """The page turned so that most of its text runs from left to right, with the clockwise quarter turns that took."""
    counts = Counter(char.angle for char in page.chars if char.angle >= 0 and char.text.strip())
    if not counts:
        return page, 0
    turns = -max(counts, key=lambda each: (counts[each], -each)) % 4
    return turn(page, turns), turns


def turn(page: PageChars, turns: int) -> PageChars:
    """The page turned clockwise by quarter turns."""
    for _ in range(turns % 4):
        chars = tuple(_turned(char, page.height) for char in page.chars)
        page = replace(page, chars=chars, width=page.height, height=page.width)
    return page


def _turned(char: Char, height: float) -> Char:
    """A character of a page of this height after a quarter turn clockwise."""
    angle = char.angle if char.angle < 0 else (char.angle + 1) % 4
    return char._replace(x0=height - char.bottom, x1=height - char.top, top=char.x0, bottom=char.x1, angle=angle)
