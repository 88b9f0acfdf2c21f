"""Page picture in, recognised lines and table cells out, in reading order; doubtful digits marked. Offline.

The page is turned upright and straightened before it is read, and the boxes lie on the page as it was read.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
from msgspec import Struct
from PIL.Image import Image as Picture

from digest.ingest import ocr_layout, ocr_picture
from digest.ingest.ocr_engine import Engine, Image, Quad, Reading, engine, require
from digest.ingest.ocr_layout import Rect
from digest.ingest.ocr_lines import Line, crop, read_lines, rect_of
from digest.ingest.ocr_text import doubtful_ranges, folio, joined, widened, without_specks
from digest.ingest.recognised import Recognised
from digest.model.document import Box, Cell

__all__ = ["read_page", "require"]

POINTS = 72.0
SIDE = 2000  # the detector shrinks larger pictures anyway; 4000 for all lowered the worst accuracy to 96.4 %
SIDE_SHARP = 4000
SIDE_COARSE = 960  # a lone word on an empty page is found in a small copy only
SMALL_TYPE = 18  # pixels of median box height in the detector's copy: below it a sharper picture pays
TALL = 1.5  # height over width of a box that stands on its side
ON_SIDE = 0.6  # share of the boxes' area
UPSIDE_DOWN = 0.6  # share of the voting boxes
VOTERS = 12


class _Page(Struct, frozen=True):
    """The level picture of a page with what was measured on it."""

    image: Image
    ink: ocr_picture.Mask
    dpi: float


def read_page(image: Picture, *, page: int, width: float, height: float, sharper: Callable[[], Picture] | None = None) -> tuple[Recognised, ...]:
    """Read one page picture whose paper is ``width`` x ``height`` points.

    ``sharper`` draws the page again at a higher resolution; it is asked only where the type turns out to be small.

    Raises:
        MissingTool: the recogniser is not installed.
    """
    reader = engine()
    level, quads = _found(_pixels(image), (width, height), SIDE, reader)
    if sharper and quads and _type_height(quads, level) < SMALL_TYPE:
        level, quads = _found(_pixels(sharper()), (width, height), SIDE_SHARP, reader)
    level, quads = _upright(level, quads, reader)
    return tuple(_recognised(level, quads, page, reader))


def _found(image: Image, paper: tuple[float, float], side: int, reader: Engine) -> tuple[_Page, list[Quad]]:
    """The level page and its text boxes; a page that stands on its side is turned first."""
    level = _level(image, *paper)
    quads = reader.find(level.image, side) or reader.find(level.image, SIDE_COARSE)
    if not _stands_on_side(quads):
        return level, quads
    level = _level(np.ascontiguousarray(np.rot90(image)), *paper)
    return level, reader.find(level.image, side)


def _pixels(image: Picture) -> Image:
    """A Pillow picture as the engine wants it; transparent parts are paper."""
    if image.mode in ("RGBA", "LA", "P", "PA"):
        from PIL import Image as pillow

        clear = image.convert("RGBA")
        paper = pillow.new("RGBA", clear.size, "white")
        image = pillow.alpha_composite(paper, clear)
    return np.ascontiguousarray(np.asarray(image.convert("RGB"), np.uint8)[:, :, ::-1])


def _level(image: Image, width: float, height: float) -> _Page:
    """The page without seals, with rows running level."""
    dpi = POINTS * max(image.shape[:2]) / max(width, height)
    image = ocr_picture.without_seals(image, dpi)
    ink = ocr_picture.ink_of(image, dpi)
    angle = ocr_picture.skew_of(ink)
    if angle:
        image = ocr_picture.straightened(image, angle)
        ink = ocr_picture.ink_of(image, dpi)
    return _Page(image, ink, dpi)


def _stands_on_side(quads: Sequence[Quad]) -> bool:
    """Whether most of the text, by area, is in boxes taller than wide; a few odd shapes in a photo do not count."""
    areas = [(float(np.ptp(quad[:, 0])), float(np.ptp(quad[:, 1]))) for quad in quads]
    tall = sum(width * height for width, height in areas if height > TALL * width)
    return tall > ON_SIDE * sum(width * height for width, height in areas)


def _type_height(quads: Sequence[Quad], level: _Page) -> float:
    """The median height of boxes in the detector's copy, in pixels."""
    shrunk = min(1.0, SIDE / max(level.image.shape[:2]))
    heights = [float(min(np.ptp(quad[:, 0]), np.ptp(quad[:, 1]))) for quad in quads]
    return shrunk * median(heights) if heights else float(SMALL_TYPE)


def _upright(level: _Page, quads: list[Quad], reader: Engine) -> tuple[_Page, list[Quad]]:
    """The page turned by 180 degrees where its widest lines stand on their heads."""
    widest = sorted(quads, key=lambda quad: -float(np.ptp(quad[:, 0])))[:VOTERS]
    if reader.upside_down([crop(level.image, quad) for quad in widest]) < UPSIDE_DOWN:
        return level, quads
    height, width = level.image.shape[:2]
    size = np.array([width, height], np.float32)
    turned = _Page(np.ascontiguousarray(level.image[::-1, ::-1]), np.ascontiguousarray(level.ink[::-1, ::-1]), level.dpi)
    return turned, [np.roll(size - quad, 2, axis=0) for quad in quads]


def _recognised(level: _Page, quads: list[Quad], page: int, reader: Engine) -> list[Recognised]:
    """Boxes to lines and cells in reading order."""
    grids, rules = ocr_picture.grids_of(level.ink, level.dpi)
    text_ink = np.asarray(cv2.bitwise_and(level.ink, cv2.bitwise_not(rules)), np.uint8)
    slots = [ocr_layout.slots_of(grid.cells, level.dpi * 0.05) for grid in grids]
    gutters = _gutters(quads, text_ink, grids)
    borders = [(slot.rect[0], slot.rect[1], slot.rect[3]) for table in slots for slot in table]
    borders += [(gutter.x, gutter.top, gutter.bottom) for gutter in gutters]
    pieces = [piece for quad in quads for piece in _cut(quad, borders)]
    lines = read_lines(level.image, text_ink, pieces, reader)
    return _arranged(lines, slots, gutters, _Scale(page, POINTS / level.dpi))


def _gutters(quads: list[Quad], ink: ocr_picture.Mask, grids: list[ocr_picture.Grid]) -> list[ocr_layout.Gutter]:
    """The gutter of the prose outside tables."""
    frames = [grid.frame for grid in grids]
    rects = [rect for rect in map(rect_of, quads) if not any(_inside(rect, frame) for frame in frames)]
    total = np.pad(np.cumsum(np.cumsum(ink > 0, axis=0, dtype=np.int64), axis=1), ((1, 0), (1, 0)))

    def white(x0: float, top: float, x1: float, bottom: float) -> bool:
        a, b = (min(max(int(value), 0), ink.shape[1]) for value in (x0, x1))
        c, d = (min(max(int(value), 0), ink.shape[0]) for value in (top, bottom))
        spots = int(total[d, b] - total[c, b] - total[d, a] + total[c, a])
        return bool(spots <= 0.005 * (b - a) * (d - c))

    return ocr_layout.gutters_of(rects, float(ink.shape[1]), white)


def _inside(rect: Rect, frame: Rect) -> bool:
    """Whether the middle of a rectangle lies in a frame."""
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    return frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]


def _cut(quad: Quad, borders: Sequence[tuple[float, float, float]]) -> list[Quad]:
    """A box cut where it reaches across a cell border or a gutter."""
    x0, _, x1, _ = rect_of(quad)
    edges = [x0, *ocr_layout.cuts_of(rect_of(quad), borders), x1]
    if len(edges) == 2:
        return [quad]
    shares = [(edge - x0) / (x1 - x0) for edge in edges]
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    return [np.array([quad[0] + a * top, quad[0] + b * top, quad[3] + b * bottom, quad[3] + a * bottom], np.float32) for a, b in pairwise(shares)]


class _Scale(Struct, frozen=True):
    """Pixels of a page to points."""

    page: int
    points: float

    def box(self, rects: Sequence[Rect]) -> Box:
        """The box round some rectangles."""
        x0, top, x1, bottom = (round(edge(rect[side] for rect in rects) * self.points, 2) for edge, side in ((min, 0), (min, 1), (max, 2), (max, 3)))
        return Box(page=self.page, x0=x0, top=top, x1=x1, bottom=bottom)


def _arranged(lines: list[Line], tables: list[list[ocr_layout.Slot]], gutters: list[ocr_layout.Gutter], scale: _Scale) -> list[Recognised]:
    """Lines by row, each table where its first row stands."""
    placed: dict[tuple[int, int], list[Line]] = {}
    free: list[Line] = []
    for line in lines:
        spot = next(((number, slot) for number, table in enumerate(tables) for slot in [ocr_layout.slot_at(table, line.rect)] if slot), None)
        if spot:
            placed.setdefault((spot[0], tables[spot[0]].index(spot[1])), []).append(line)
        else:
            free.append(line)
    rows = ocr_layout.in_order([line.rect for line in free], gutters)
    found = [(min(free[i].rect[1] for i in row), [_row(sorted((free[i] for i in row), key=lambda item: item.rect[0]), scale)]) for row in rows]
    for number, table in enumerate(tables):
        cells = [_cell(placed[number, place], slot, number, scale) for place, slot in enumerate(table) if (number, place) in placed]
        top = min((slot.rect[1] for slot in table), default=0.0)
        before = next((index for index, (start, _) in enumerate(found) if start > top), len(found))
        found.insert(before, (top, cells))
    return [item for _, group in found for item in group]


def _row(lines: list[Line], scale: _Scale) -> Recognised:
    """The boxes of one row as one line; a wide gap between them stays as spaces."""
    pieces = []
    for before, line in zip([None, *lines], lines, strict=False):
        gap = line.rect[0] - before.rect[2] if before else 0.0
        wide = gap > (line.rect[3] - line.rect[1])
        pieces.append(("  " if wide else "", line.reading))
    return _said(pieces, [line.tight for line in lines], scale)


def _cell(lines: list[Line], slot: ocr_layout.Slot, table: int, scale: _Scale) -> Recognised:
    """The boxes of one cell, row by row, as its text."""
    order = [lines[index] for row in ocr_layout.rows_of([line.rect for line in lines]) for index in row]
    cell = Cell(table=table, row=slot.row, column=slot.column, rows=slot.rows, columns=slot.columns)
    return _said([("", line.reading) for line in order], [slot.rect], scale, cell)


def _said(pieces: list[tuple[str, Reading]], rects: Sequence[Rect], scale: _Scale, cell: Cell | None = None) -> Recognised:
    """One recognised line out of read pieces with what stands between them."""
    plain, values = joined(pieces)
    text, sure = without_specks(widened(plain), values)
    number = folio(text)
    if number and cell is None:
        return Recognised(text=number, box=scale.box(rects), confidence=1.0)
    certain = [value for value, char in zip(sure, text, strict=True) if not re.match(r"\s", char)]
    confidence = round(sum(certain) / max(1, len(certain)), 4)
    return Recognised(text=text, box=scale.box(rects), confidence=confidence, doubtful=doubtful_ranges(text, sure), cell=cell)
