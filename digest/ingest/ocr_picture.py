"""A page picture made fit for reading: seals taken out, turned upright, straightened; its ink, its ruled grids, its gutter.

All lengths that depend on the scan are given in pixels per inch (``dpi``), so that a 150-dpi fax and a 300-dpi scan are
treated alike. The constants were tried on the drawn and real pages of the design's OCR study.
"""

import cv2
import numpy as np
import numpy.typing as npt
from msgspec import Struct

from digest.ingest.ocr_engine import Image

Mask = npt.NDArray[np.uint8]  # 255 where there is ink
Rect = tuple[float, float, float, float]  # x0, top, x1, bottom in pixels

SEAL_INCHES = (0.9, 2.6)  # round seals of offices are 38-45 mm, oval ones up to 60 mm
SEAL_ASPECT = 1.5
SEAL_FILL = (0.03, 0.7)  # ring, star and characters; a red headline fills less of a far longer box
RED_LEAD = 45  # how much redder than green and blue seal ink is
DARK = 110  # black type under the seal keeps a dark red channel
SKEW_LIMIT = 5.0
SKEW_MIN = 0.12  # less does not disturb rows
PROFILE_SIDE = 700  # pixels of the copy in which skew is measured
RULE_INCHES = 0.35  # a ruling line is at least this long, longer than a stroke of the largest type
PAPER = 255


class Grid(Struct, frozen=True):
    """A ruled table: the rectangles of its cells."""

    cells: tuple[Rect, ...]

    @property
    def frame(self) -> Rect:
        """The rectangle round all cells."""
        lows = np.array([cell[:2] for cell in self.cells]).min(axis=0)
        highs = np.array([cell[2:] for cell in self.cells]).max(axis=0)
        return float(lows[0]), float(lows[1]), float(highs[0]), float(highs[1])


def without_seals(image: Image, dpi: float) -> Image:
    """The picture with red seals bleached; black type under them stays, red headlines stay."""
    red = _red_ink(image)
    boxes = _seal_boxes(red, dpi)
    if not boxes:
        return image
    clean = image.copy()
    for x0, top, x1, bottom in boxes:
        area = clean[top:bottom, x0:x1]
        channel = area[:, :, 2].astype(np.float32)
        paper = float(np.percentile(channel, 90))
        tinted = _grown(red[top:bottom, x0:x1], 3) > 0
        lifted = np.where(tinted & (channel > DARK), paper, channel)
        area[:] = lifted.astype(np.uint8)[:, :, None]
    return clean


def _red_ink(image: Image) -> Mask:
    """Where the picture is clearly red."""
    blue, green, red = (image[:, :, channel].astype(np.int16) for channel in range(3))
    lead = red - np.maximum(blue, green)
    return np.where((lead > RED_LEAD) & (red > DARK), 255, 0).astype(np.uint8)


def _seal_boxes(red: Mask, dpi: float) -> list[tuple[int, int, int, int]]:
    """Rectangles of what looks like a seal: a lonely red blob, about as wide as high, of a seal's size."""
    reach = max(3, int(dpi * 0.03))
    joined = np.asarray(cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)), np.uint8)
    height, width = red.shape
    boxes = []
    for x, y, w, h in components(joined):
        fill = float(np.count_nonzero(red[y : y + h, x : x + w])) / (w * h)
        sized = all(SEAL_INCHES[0] * dpi <= side <= SEAL_INCHES[1] * dpi for side in (w, h))
        if sized and max(w, h) / min(w, h) <= SEAL_ASPECT and SEAL_FILL[0] <= fill <= SEAL_FILL[1]:
            pad = reach
            boxes.append((max(0, x - pad), max(0, y - pad), min(width, x + w + pad), min(height, y + h + pad)))
    return boxes


def components(mask: npt.NDArray[np.uint8]) -> list[tuple[int, int, int, int]]:
    """Bounding rectangles (x, y, width, height) of connected ink; OpenCV crashes on an empty mask."""
    if not mask.size:
        return []
    stats = cv2.connectedComponentsWithStats(mask, connectivity=8)[2]
    return [(int(row[0]), int(row[1]), int(row[2]), int(row[3])) for row in stats[1:]]


def _grown(mask: Mask, pixels: int) -> Mask:
    """The mask spread by some pixels on each side."""
    return np.asarray(cv2.dilate(mask, np.ones((pixels, pixels), np.uint8)), np.uint8)


def ink_of(image: Image, dpi: float) -> Mask:
    """Where ink is, whatever the paper's shade."""
    grey = cv2.medianBlur(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), 3)
    window = int(dpi * 0.2) | 1
    mask = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, max(window, 15), 18)
    return np.asarray(mask, np.uint8)


def skew_of(ink: Mask) -> float:
    """By how many degrees the rows of ink lean; turning the picture by it makes them level."""
    small = _shrunk(ink, PROFILE_SIDE)
    best = 0.0
    for step in (0.5, 0.1):
        span = SKEW_LIMIT if step == 0.5 else 0.5
        angles = [best + step * count for count in range(-round(span / step), round(span / step) + 1)]
        best = max(angles, key=lambda angle: (_sharpness(_turned(small, angle)), -abs(angle)))
    return best if abs(best) >= SKEW_MIN else 0.0


def _sharpness(ink: npt.NDArray[np.uint8]) -> float:
    """How much neighbouring rows differ in ink: greatest when rows of text are level."""
    rows = ink.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum()) / max(1.0, float(rows.size))


def _shrunk(ink: Mask, side: int) -> Mask:
    """The mask scaled down so that its longer side is ``side`` pixels."""
    factor = side / max(ink.shape)
    if factor >= 1:
        return ink
    return np.asarray(cv2.resize(ink, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)


def _turned(picture: npt.NDArray[np.uint8], angle: float, paper: int = 0) -> npt.NDArray[np.uint8]:
    """The picture turned counter-clockwise about its centre, same size."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    colour = (paper, paper, paper)
    return np.asarray(cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=colour), np.uint8)


def straightened(image: Image, angle: float) -> Image:
    """The page turned level; the corners that come in are paper."""
    return _turned(image, angle, PAPER) if angle else image


def grids_of(ink: Mask, dpi: float) -> tuple[list[Grid], Mask]:
    """The ruled tables of a level page, and where their rules are."""
    length = int(RULE_INCHES * dpi)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    bridge = max(3, int(dpi * 0.03))
    across = cv2.morphologyEx(across, cv2.MORPH_CLOSE, np.ones((1, bridge * 4), np.uint8))
    down = cv2.morphologyEx(down, cv2.MORPH_CLOSE, np.ones((bridge * 4, 1), np.uint8))
    rules = _grown(np.asarray(cv2.bitwise_or(across, down), np.uint8), bridge)
    found = [Grid(tuple(cells)) for cells in _holes(rules, dpi) if _is_table(cells)]
    return sorted(found, key=lambda grid: (grid.frame[1], grid.frame[0])), rules


def _holes(rules: Mask, dpi: float) -> list[list[Rect]]:
    """The holes of each connected net of rules, as rectangles."""
    contours, tree = cv2.findContours(rules, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    nets: dict[int, list[Rect]] = {}
    smallest = 0.07 * dpi
    for index, contour in enumerate(contours):
        parent = int(tree[0][index][3])
        x, y, w, h = cv2.boundingRect(contour)
        if parent >= 0 and min(w, h) >= smallest and cv2.contourArea(contour) > 0.6 * w * h:
            nets.setdefault(parent, []).append((float(x), float(y), float(x + w), float(y + h)))
    return [nets[key] for key in sorted(nets)]


def _is_table(cells: list[Rect]) -> bool:
    """Whether holes make at least two rows and two columns; a frame or a form line does not."""
    rows = {round(top / 12) for _, top, _, _ in cells}
    columns = {round(x0 / 12) for x0, _, _, _ in cells}
    return len(cells) >= 4 and len(rows) >= 2 and len(columns) >= 2


def lines_of_ink(ink: Mask, size: float) -> list[Rect]:
    """Rectangles of what may be lines of type about ``size`` pixels high."""
    reach = max(3, int(size * 1.2))
    letters = np.zeros_like(ink)
    for x, y, w, h in components(ink):
        if 0.25 * size <= max(w, h) <= 2.0 * size:
            letters[y : y + h, x : x + w] = ink[y : y + h, x : x + w]
    rows = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((3, reach), np.uint8))
    pad = size * 0.15
    fit = [(x, y, w, h) for x, y, w, h in components(np.asarray(rows, np.uint8)) if 0.35 * size <= h <= 1.4 * size and w >= 1.5 * size]
    return [(max(0.0, x - pad), max(0.0, y - pad), x + w + pad, y + h + pad) for x, y, w, h in fit]
