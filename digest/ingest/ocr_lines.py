"""Boxes of a level page to read lines: specks at the ends cut off, holes inside read again, overlooked lines looked for.

The recogniser drops a mark or a digit now and then without being less sure of the rest; the ink shows where.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from digest.ingest import ocr_picture
from digest.ingest.ocr_engine import Engine, Image, Quad, Reading
from digest.ingest.ocr_layout import Rect

SURE_ENOUGH = 0.5  # the engine's own threshold for keeping a line
LONE_SURE = 0.8  # a line that only the ink showed must be read this surely
LEAST_SIDE = 3  # pixels: nothing smaller can be cut out
LETTER = 0.3  # of the line's height: larger ink is a letter, smaller a mark or a speck
MARK_REACH = 0.8  # of the line's height between a letter and a mark that belongs to it
NARROW_BREADTH = 0.55  # of a Han character: digits and letters
HOLE = 1.6  # of the usual advance between two characters: something may stand between
HOLE_INK = 0.1  # of the line's height: smaller ink in a hole is a speck
UNSURE = 0.5  # what is given to characters beside a hole that stays unread


NARROW = str.maketrans("（），：；！？", "(),:;!?")
HAN = re.compile("[\u4e00-\u9fff]{5,}")
BOX_TO_TYPE = 0.83  # boxes of the detector are that much higher than the type


class Line(Struct, frozen=True):
    """A read box of the level page, in pixels."""

    rect: Rect
    reading: Reading

    @property
    def em(self) -> float:
        """The type's size: how far Han characters advance, or else told from the box's height."""
        longest = max(HAN.finditer(self.reading.text), key=lambda run: len(run[0]), default=None)
        if longest is None:
            return BOX_TO_TYPE * (self.rect[3] - self.rect[1])
        first, last = longest.start(), longest.end() - 1
        return (self.reading.at[last] - self.reading.at[first]) / (last - first) * (self.rect[2] - self.rect[0])

    @property
    def tight(self) -> Rect:
        """The rectangle as high as the type is."""
        x0, top, x1, bottom = self.rect
        middle, half = (top + bottom) / 2, min(self.em, bottom - top) / 2
        return x0, middle - half, x1, middle + half


def rect_of(quad: Quad) -> Rect:
    """The upright rectangle round a box."""
    low, high = quad.min(axis=0), quad.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def quad_of(rect: Rect) -> Quad:
    """A rectangle as a box."""
    x0, top, x1, bottom = rect
    return np.array([[x0, top], [x1, top], [x1, bottom], [x0, bottom]], np.float32)


def crop(image: Image, quad: Quad) -> Image:
    """The upright picture inside a box."""
    from rapidocr.utils.process_img import get_rotate_crop_image

    return np.ascontiguousarray(get_rotate_crop_image(image, quad.copy()))


def read_lines(image: Image, ink: ocr_picture.Mask, quads: Sequence[Quad], reader: Engine) -> list[Line]:
    """Read the boxes, and what the detector overlooked; boxes that say nothing are left out."""
    lines = _read(image, ink, [trimmed(quad, ink) for quad in quads], reader)
    return lines + _overlooked(image, ink, [rect_of(quad) for quad in quads], reader)


def _read(image: Image, ink: ocr_picture.Mask, quads: Sequence[Quad], reader: Engine) -> list[Line]:
    """The boxes that say something, their holes filled."""
    quads = [quad for quad in quads if min(np.ptp(quad[:, 0]), np.ptp(quad[:, 1])) >= LEAST_SIDE]
    crops = [crop(image, quad) for quad in quads]
    readings = _filled(crops, reader.read(crops), reader)
    lines = [Line(rect_of(quad), reading) for quad, reading in zip(quads, readings, strict=True)]
    return [line for line in lines if line.reading.text.strip() and line.reading.confidence >= SURE_ENOUGH]


def trimmed(quad: Quad, ink: ocr_picture.Mask) -> Quad:
    """A level box without the specks before its first and after its last letter; they would be read as marks."""
    x0, top, x1, bottom = rect_of(quad)
    height = bottom - top
    if x1 - x0 < 2 * height:
        return quad
    spots = ocr_picture.components(ink[max(0, int(top)) : int(bottom) + 1, max(0, int(x0)) : int(x1) + 1])
    letters = [(x, x + w) for x, _, w, h in spots if max(w, h) >= LETTER * height]
    if not letters:
        return quad
    first, last = min(start for start, _ in letters), max(end for _, end in letters)
    for start, end in sorted((x, x + w) for x, _, w, _ in spots):
        last = max(last, end) if start <= last + MARK_REACH * height else last
    for start, end in sorted(((x, x + w) for x, _, w, _ in spots), reverse=True):
        first = min(first, start) if end >= first - MARK_REACH * height / 2 else first
    pad = 0.2 * height
    left = max(0.0, first - pad) / (x1 - x0)
    right = min(x1 - x0, last + pad) / (x1 - x0)
    above, below = quad[1] - quad[0], quad[2] - quad[3]
    return np.array([quad[0] + left * above, quad[0] + right * above, quad[3] + right * below, quad[3] + left * below], np.float32)


def _filled(crops: list[Image], readings: list[Reading], reader: Engine) -> list[Reading]:
    """Readings with their holes read again, each hole as a small picture of its own."""
    holes = [(number, place) for number, reading in enumerate(readings) for place in _holes(crops[number], reading)]
    again = reader.read([_hole_crop(crops[number], readings[number], place) for number, place in holes])
    found = list(readings)
    for (number, place), small in reversed(list(zip(holes, again, strict=True))):
        found[number] = _with_hole(found[number], place, small)
    return found


def _holes(picture: Image, reading: Reading) -> list[int]:
    """Places after which a reading leaves an inked gap."""
    height, width = picture.shape[:2]
    steps = [after - before for before, after in pairwise(reading.at)]
    if len(steps) < 4:
        return []
    due = [(_breadth(before) + _breadth(after)) / 2 for before, after in pairwise(reading.text)]
    usual = median(step / each for step, each in zip(steps, due, strict=True))
    if usual <= 0:
        return []
    wide = [place for place, step in enumerate(steps) if step > HOLE * usual * due[place] and " " not in reading.text[place : place + 2]]
    dark = ocr_picture.ink_of(picture, height * 4.0)
    found = []
    for place in wide:
        x0, x1 = ((reading.at[place] + usual / 2) * width, (reading.at[place + 1] - usual / 2) * width)
        spots = ocr_picture.components(np.ascontiguousarray(dark[:, int(x0) : int(x1) + 1]))
        if any(max(w, h) >= HOLE_INK * height for _, _, w, h in spots):
            found.append(place)
    return found


def _breadth(char: str) -> float:
    """How wide a character is set, Han characters being 1."""
    return 1.0 if unicodedata.east_asian_width(char) in "WF" else NARROW_BREADTH


def _hole_crop(picture: Image, reading: Reading, place: int) -> Image:
    """The picture of a hole with the characters on both sides of it."""
    height, width = picture.shape[:2]
    pad = 0.55 * height
    x0, x1 = max(0.0, reading.at[place] * width - pad), min(float(width), reading.at[place + 1] * width + pad)
    return np.ascontiguousarray(picture[:, int(x0) : int(x1) + 1])


def _with_hole(reading: Reading, place: int, small: Reading) -> Reading:
    """The reading with what the hole says, where the characters on both sides are found again; else they become unsure."""
    before, after = _plain(reading.text[place]), _plain(reading.text[place + 1])
    text = _plain(small.text)
    first = text.find(before)
    last = text.find(after, first + 1)
    if first >= 0 and last > first:
        inside = slice(first + 1, last)
        return _inserted(reading, place + 1, small.text[inside], small.sure[inside])
    sure = tuple(min(value, UNSURE) if index in (place, place + 1) else value for index, value in enumerate(reading.sure))
    return replace(reading, sure=sure)


def _plain(text: str) -> str:
    """Text whose marks have one width: the recogniser mixes both at random."""
    return text.translate(NARROW)


def _inserted(reading: Reading, cut: int, text: str, sure: tuple[float, ...]) -> Reading:
    """The reading with characters put in; blanks are not worth it."""
    if not text.strip():
        return reading
    return Reading(
        reading.text[:cut] + text + reading.text[cut:],
        reading.sure[:cut] + sure + reading.sure[cut:],
        reading.at[:cut] + (reading.at[cut - 1],) * len(text) + reading.at[cut:],
    )


def _overlooked(image: Image, ink: ocr_picture.Mask, known: list[Rect], reader: Engine) -> list[Line]:
    """Lines that the detector missed: ink of the type's height outside every box, kept only where it reads surely.

    A lost line does not show in the confidence of the others, so it must be looked for.
    """
    if not known:
        return []
    size = median(rect[3] - rect[1] for rect in known)
    rest = ink.copy()
    for x0, top, x1, bottom in known:
        rest[max(0, int(top)) : int(bottom) + 1, max(0, int(x0)) : int(x1) + 1] = 0
    quads = [quad_of(rect) for rect in ocr_picture.lines_of_ink(rest, size)]
    return [line for line in _read(image, ink, quads, reader) if line.reading.confidence >= LONE_SURE]
