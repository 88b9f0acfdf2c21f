"""One OFD page to characters with boxes, to the cells of its ruled tables, and to its picture; millimetres to points.

The text runs come from ofdkit, which knows templates, composite objects and overprint; what it leaves out (the direction
of a run, drawn lines, pictures) is read here from the page's XML by local names, because producers use odd namespaces.
"""

import io
import math
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from digest.errors import TooMuch
from digest.ingest.limits import limits
from digest.ingest.read_pdf_chars import SKEWED, Char, PageChars, deduplicated
from digest.ingest.rule_cells import Edges, Rule, cells_from

POINTS = 72 / 25.4
ASCENT = 0.86  # of the size above the baseline, for Chinese type
QUARTER = math.pi / 2
LARGE = 0.05  # of the page that pictures must cover to be worth reading, where there is no text
SCAN_DPI = 200
THIN = 1.2  # millimetres: a filled shape thinner than this is a rule
RULES_MOST = 20_000
MEDIA_DEEP = 3
Matrix = tuple[float, float, float, float, float, float]


def chars_of(ofd: Any, page: Any, number: int) -> PageChars:
    """The characters of a page, in points; overprint (fake bold) is gone."""
    x0, y0, width, height = page.box
    turns = _turns(ofd, page)
    chars = (char for run in page.runs for char in run_chars(run, (x0, y0), turns.get(run.object_id or "", 0.0)))
    return PageChars(number=number, width=width * POINTS, height=height * POINTS, chars=tuple(deduplicated(chars)))


def run_chars(run: Any, origin: tuple[float, float], turn: float) -> Iterator[Char]:
    """The characters of a run, its width shared out by their natural widths."""
    size = max(run.size, 0.1) * POINTS
    x, y = (run.x - origin[0]) * POINTS, (run.y - origin[1]) * POINTS
    natural = [1.0 if unicodedata.east_asian_width(char) in "WF" else 0.5 for char in run.text]
    unit = run.width * POINTS / max(sum(natural), 0.5)
    angle = round(turn / QUARTER) % 4 if abs(turn - round(turn / QUARTER) * QUARTER) <= SKEWED else -1
    for char, share in zip(run.text, natural, strict=True):
        advance = unit * share
        yield Char(char, *_box((x, y), (turn, advance, size)), size, angle, False, False)
        x, y = x + advance * math.cos(turn), y + advance * math.sin(turn)


def _box(at: tuple[float, float], shape: tuple[float, float, float]) -> Edges:
    """The upright box of a character whose baseline begins ``at`` and runs in a direction."""
    (x, y), (turn, advance, size) = at, shape
    cos, sin = math.cos(turn), math.sin(turn)
    up, down = size * ASCENT, size * (1 - ASCENT)
    width = min(advance, size) if advance > 0 else size
    corners = [(x + along * cos - over * sin, y + along * sin + over * cos) for along in (0.0, width) for over in (-up, down)]
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(xs), min(ys), max(xs), max(ys)


def page_roots(ofd: Any, page: Any) -> list[Any]:
    """The XML of a page and of the templates it uses."""
    package = ofd._package
    if page.location is None:
        return []
    roots = [package.read_xml(page.location)]
    for reference in named(roots[0], "Template"):
        location = page._body.templates.get((reference.get("TemplateID") or "").strip())
        if location:
            roots.append(package.read_xml(location))
    return roots


def named(root: Any, name: str) -> Iterator[Any]:
    """Elements by local name, whatever their namespace."""
    return (element for element in root.iter() if _local(element) == name)


def _local(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _turns(ofd: Any, page: Any) -> dict[str, float]:
    """The direction of text objects that do not run from left to right, by ID."""
    found = {}
    for root in page_roots(ofd, page):
        for element in named(root, "TextObject"):
            a, b, *_ = _matrix(element)
            direction = math.atan2(b, a)
            if abs(direction) > 0.02:
                found[(element.get("ID") or "").strip()] = direction
    return found


def _matrix(element: Any) -> Matrix:
    """An object's own transformation, its place on the page included."""
    a, b, c, d, e, f = _numbers(element.get("CTM"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    left, top, *_ = _numbers(element.get("Boundary"), 4) or (0.0, 0.0)
    return a, b, c, d, e + left, f + top


def _numbers(text: str | None, count: int) -> list[float]:
    """A list of exactly ``count`` numbers; empty where it is anything else."""
    try:
        numbers = [float(word) for word in (text or "").split()]
    except ValueError:
        return []
    return numbers if len(numbers) == count and all(map(math.isfinite, numbers)) else []


def cells_of(ofd: Any, page: Any) -> list[list[Edges]]:
    """The cells of each ruled table, from the lines that the page draws."""
    x0, y0, _, _ = page.box
    rules: list[Rule] = []
    for root in page_roots(ofd, page):
        for element in named(root, "PathObject"):
            rules += _rules(element, (x0, y0))
            if len(rules) > RULES_MOST:
                return []
    return cells_from(rules)


def _rules(element: Any, origin: tuple[float, float]) -> list[Rule]:
    """The level and upright strokes of a path, in points."""
    data = next((child.text for child in element if _local(child) == "AbbreviatedData"), None)
    a, b, c, d, e, f = _matrix(element)
    rules = []
    for (x, y), (u, v) in _strokes(data or ""):
        start = ((a * x + c * y + e - origin[0]) * POINTS, (b * x + d * y + f - origin[1]) * POINTS)
        end = ((a * u + c * v + e - origin[0]) * POINTS, (b * u + d * v + f - origin[1]) * POINTS)
        rules.append((min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])))
    return [rule for rule in rules if min(rule[2] - rule[0], rule[3] - rule[1]) <= THIN * POINTS]


def _strokes(data: str) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of abbreviated path data: ``M x y L x y … C``; curves only move the pen (GB/T 33190 9.1)."""
    takes = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
    words = data.split()
    pen = start = (0.0, 0.0)
    at = 0
    while at < len(words):
        letter = words[at]
        count = takes.get(letter)
        if count is None:
            at += 1
            continue
        values = _numbers(" ".join(words[at + 1 : at + 1 + count]), count)
        at += 1 + count
        if letter == "C" and pen != start:
            yield pen, start
            pen = start
        if not values:
            continue
        target = (values[-2], values[-1])
        if letter == "L":
            yield pen, target
        if letter in "SM":
            start = target
        pen = target


def picture_of(ofd: Any, page: Any) -> Any:
    """The pictures of a page put together at scanning resolution; None where they cover too little of it."""
    media = resources_of(ofd, page, "MultiMedia", "MediaFile")
    found = []
    for root in page_roots(ofd, page):
        for element in named(root, "ImageObject"):
            path = media.get((element.get("ResourceID") or "").strip())
            if path:
                found.append((_placed(element), path))
    _, _, width, height = page.box
    covered = sum(max(0.0, x1 - x0) * max(0.0, y1 - y0) for (x0, y0, x1, y1), _ in found)
    if covered < LARGE * width * height:
        return None
    return _composed(ofd, page.box, found)


def _placed(element: Any) -> Edges:
    """Where a picture stands: its unit square transformed, or its boundary where nothing is said."""
    if element.get("CTM"):
        a, b, c, d, e, f = _matrix(element)
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        return min(xs), min(ys), max(xs), max(ys)
    left, top, width, height = _numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    return left, top, left + width, top + height


def resources_of(ofd: Any, page: Any, kind: str, leaf: str) -> dict[str, str]:
    """Files of a kind of resource (pictures, fonts) by their ID."""
    import ofdkit

    package = ofd._package
    found: dict[str, str] = {}
    for path in page._body.resources:
        try:
            root = package.read_xml(path)
        except ofdkit.OFDError:
            continue
        base = (root.get("BaseLoc") or "").strip()
        for element in named(root, kind):
            name = next((child.text for child in element if _local(child) == leaf), None) or ""
            place = package.resolve(path, f"{base}/{name.strip()}") or package.resolve(path, name.strip())
            if place:
                found[(element.get("ID") or "").strip()] = place
    return found


def _composed(ofd: Any, box: Sequence[float], pictures: Sequence[tuple[Edges, str]]) -> Any:
    """A white page with its pictures; one that cannot be opened is left out."""
    from PIL import Image, UnidentifiedImageError

    x0, y0, width, height = box
    scale = min(SCAN_DPI / 25.4, limits().render_pixels / max(width, height, 1.0))
    canvas = Image.new("RGB", (max(1, round(width * scale)), max(1, round(height * scale))), "white")
    pasted = 0
    for edges, path in pictures:
        left, top, right, bottom = (round((edge - start) * scale) for edge, start in zip(edges, (x0, y0, x0, y0), strict=True))
        try:
            picture = Image.open(io.BytesIO(ofd._package.read(path)))
            if picture.width * picture.height > limits().image_megapixels * 1_000_000:
                raise TooMuch(f"OFD 里的图片 {path} 太大（{picture.width}×{picture.height}）：请在 OFD 阅读器里另存为 PDF 后再试。")
            fitted = picture.convert("RGB").resize((max(1, min(right - left, 8000)), max(1, min(bottom - top, 8000))))
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
            ofd.warnings.append(f"picture {path}: {error}")
            continue
        canvas.paste(fitted, (left, top))
        pasted += 1
    return canvas if pasted else None
