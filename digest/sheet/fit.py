"""Blocks onto exactly one page: the largest body size that fits, then leading and air stretched until the page is full."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from digest.errors import BadTemplate, DoesNotFit
from digest.model.look import Look
from digest.model.page import Page
from digest.model.sheet import Sheet
from digest.sheet.block import Block
from digest.sheet.block_columns import Columns
from digest.sheet.block_facts import Details
from digest.sheet.block_foot import Footer, Notes, Questions, Remark, SignOff
from digest.sheet.block_head import Header, Point
from digest.sheet.block_ledger import Ledger
from digest.sheet.block_numbers import Numbers
from digest.sheet.block_section import Section
from digest.sheet.block_strip import Strip
from digest.sheet.block_time import Timeline
from digest.sheet.frame import A4, Frame, frame_of
from digest.sheet.markup import Element, parse
from digest.sheet.page_text import markup_of
from digest.sheet.pen import Pen
from digest.typeset import fonts
from digest.typeset.fonts import PACKAGED, Family

STEPS = 4  # chords drawn towards the page's end
SPARE = 0.05  # pt kept free against rounding
BLOCKS: dict[str, Callable[[Element], Block]] = {
    "header": Header,
    "point": Point,
    "details": Details,
    "timeline": Timeline,
    "section": Strip,
    "columns": lambda element: Columns(tuple(Section(child) for child in element.children), element.whole("count", 2)),
    "numbers": Numbers,
    "ledger": Ledger,
    "remark": Remark,
    "questions": Questions,
    "notes": Notes,
    "signoff": SignOff,
    "footer": Footer,
}


class Draft(Struct, frozen=True):
    """The blocks of one sheet and the room they share."""

    blocks: tuple[Block, ...]
    look: Look
    family: Family
    markup: str = ""

    @property
    def room(self) -> float:
        """Points between the upper and the lower margin."""
        return A4[1] - self.look.margins.top - self.look.margins.bottom

    def frame(self, size: float, comfort: float = 0.0) -> Frame:
        """The page's frame at a body size."""
        return frame_of(self.look, size, self.family).at(comfort)

    def shown(self, frame: Frame) -> list[tuple[Block, float]]:
        """Blocks that do not fold away, with their heights."""
        measured = [(block, block.height(frame)) for block in self.blocks]
        return [(block, height) for block, height in measured if height > 0]

    def height(self, frame: Frame) -> float:
        """All blocks and the air between them."""
        shown = self.shown(frame)
        return sum(height for _, height in shown) + frame.block_air * sum(gaps(shown))

    def overflow(self, size: float, *, quick: bool = False) -> float:
        """How many points too long the page is at its tightest; negative if there is room. ``quick`` may find more, never less."""
        return self.height(replace(self.frame(size), quick=quick)) - self.room


def draft(sheet: Sheet, look: Look) -> Draft:
    """The blocks of a sheet.

    Raises:
        BadTemplate: the design's page.xml is faulty.
    """
    markup = markup_of(sheet, look)
    root = parse(markup, look)
    return Draft(tuple(BLOCKS[child.tag](child) for child in root.children), look, family_of(look), markup)


@lru_cache(maxsize=4)
def family_of(look: Look) -> Family:
    """The fonts of a design, registered; the packaged ones where it names none.

    Raises:
        BadTemplate: a font file cannot be used.
    """
    names = {"regular": PACKAGED.regular, "bold": PACKAGED.bold}
    for role, font in (("regular", look.regular), ("bold", look.bold)):
        if font is None:
            continue
        try:
            fonts.register(font.name, font.data)
        except ValueError as error:
            raise BadTemplate(f"模板 {look.name} 的字体 {font.name} 用不了：{error}。请换一个 TrueType（.ttf）字体，或在 [fonts] 里留空。") from None
        names[role] = font.name
    return Family(**names)


def place(sheet: Sheet, look: Look) -> Page:
    """Lay a sheet out on one page.

    Raises:
        DoesNotFit: even the smallest size and the least air leave it too long; nothing is ever clipped.
        BadTemplate: the design's page.xml is faulty.
    """
    made = draft(sheet, look)
    for size in look.sizes:
        if made.overflow(size) <= 0:
            return compose(made, size)
    raise too_long(made, sheet)


def too_long(made: Draft, sheet: Sheet) -> DoesNotFit:
    """The error for a page that no size makes fit, naming what takes the most room."""
    over = made.overflow(made.look.sizes[-1])
    longest = max(sheet.sections, key=lambda section: sum(len(line.text) for line in section.lines), default=None)
    where = f"“{longest.title}”一栏字最多，" if longest else ""
    return DoesNotFit(f"一页放不下：{made.look.sizes[-1]} 磅字仍超出约 {over / 28.35:.1f} 厘米。{where}请删去几条或改短，也可以换一个模板。")


def compose(made: Draft, size: float) -> Page:
    """The page at a size: comfort as high as the room allows, the rest to the flexible blocks, else to the air."""
    comfort = best_comfort(made, size)
    frame = made.frame(size, comfort)
    shown = made.shown(frame)
    used = made.height(frame)
    heights, left = stretched(shown, max(0.0, made.room - used))
    open_ = gaps(shown)
    grows = any(block.most for block, _ in shown)
    air = frame.block_air + (0.0 if grows or not any(open_) else left / sum(open_))
    pen = Pen(family=made.family)
    top = A4[1] - made.look.margins.top
    for number, ((block, _), height) in enumerate(zip(shown, heights, strict=True), start=1):
        top -= left if grows and number == len(shown) else 0.0  # a short sheet ends above its footer
        block.draw(pen, top, frame, height)
        top -= height + (air * open_[number - 1] if number < len(shown) else 0.0)
    return Page(
        width=A4[0],
        height=A4[1],
        marks=tuple(pen.marks),
        spots=tuple(pen.spots),
        size=size,
        fill=round(min(1.0, used / made.room), 4),
        missing_glyphs=tuple(pen.missing),
        markup=made.markup,
    )


def stretched(shown: Sequence[tuple[Block, float]], spare: float) -> tuple[list[float], float]:
    """Heights with the room that is left given to those who may grow, first come first served; and what is left even so."""
    found = []
    for block, height in shown:
        more = min(spare, max(0.0, block.most - height))
        found.append(height + more)
        spare -= more
    return found, spare


def gaps(shown: Sequence[tuple[Block, float]]) -> list[int]:
    """Between which blocks there is air (1): the sign-off cells stand right below the manager's notes, in one frame."""
    return [int(not (isinstance(one, Notes) and isinstance(other, SignOff))) for (one, _), (other, _) in pairwise(shown)]


def best_comfort(made: Draft, size: float) -> float:
    """The highest comfort at which the page still fits.

    Height grows with comfort in straight pieces, ever steeper, so that a chord between two comforts never ends too long:
    a few chords reach the page's end.
    """
    low, used = 0.0, made.height(made.frame(size, 0.0))
    most = made.height(made.frame(size, 1.0))
    if most <= made.room:
        return 1.0
    for _ in range(STEPS):
        slope = (most - used) / (1.0 - low)
        low += max(0.0, made.room - used - SPARE) / slope
        used = made.height(made.frame(size, low))
        if made.room - used < 2 * SPARE:
            break
    return low if used <= made.room else 0.0
