"""An OFD page drawn with its own embedded fonts, for OCR: text whose codes mean nothing still shows the right shapes.

Converters write private codes where the original had no map to Unicode; only the embedded font knows what they look like.
"""

import io
from typing import Any

from digest.errors import TooMuch
from digest.ingest.limits import limits
from digest.ingest.ofd_page import POINTS, SCAN_DPI, named, page_roots, resources_of, run_chars

TALLEST = 600  # pixels of a character
ENOUGH = 0.9  # of the visible characters that must be drawn, or the picture is no page


def drawn_page(ofd: Any, page: Any) -> Any:
    """The page's text as a picture; None where too little of it has an embedded font."""
    from PIL import Image, ImageDraw

    x0, y0, width, height = page.box
    scale = min(SCAN_DPI / 72, limits().render_pixels / max(width * POINTS, height * POINTS, 1.0))
    canvas = Image.new("L", (max(1, round(width * POINTS * scale)), max(1, round(height * POINTS * scale))), 255)
    pen, faces = ImageDraw.Draw(canvas), _Faces(ofd, page)
    drawn = wanted = 0
    for run in page.runs:
        face = faces.of(run.object_id or "", run.size * POINTS * scale)
        visible = sum(not char.isspace() for char in run.text)
        wanted += visible
        if face is None:
            continue
        drawn += visible
        for char in run_chars(run, (x0, y0), 0.0):
            pen.text((char.x0 * scale, (run.y - y0) * POINTS * scale), char.text, font=face, fill=0, anchor="ls")
    return canvas.convert("RGB") if wanted and drawn >= ENOUGH * wanted else None


class _Faces:
    """The embedded fonts of a page's text objects at the sizes they are needed in."""

    def __init__(self, ofd: Any, page: Any) -> None:
        self.package = ofd._package
        self.files = resources_of(ofd, page, "Font", "FontFile")
        objects = (each for root in page_roots(ofd, page) for each in named(root, "TextObject"))
        self.used = {(each.get("ID") or "").strip(): (each.get("Font") or "").strip() for each in objects}
        self.loaded: dict[tuple[str, int], Any] = {}

    def of(self, key: str, size: float) -> Any:
        """The font of a text object; None where it is not embedded or damaged."""
        path = self.files.get(self.used.get(key, ""))
        pixels = max(1, min(round(size), TALLEST))
        if path is None:
            return None
        if (path, pixels) not in self.loaded:
            self.loaded[path, pixels] = self._load(path, pixels)
        return self.loaded[path, pixels]

    def _load(self, path: str, pixels: int) -> Any:
        """A font file at a size."""
        import ofdkit
        from PIL import ImageFont

        try:
            return ImageFont.truetype(io.BytesIO(self.package.read(path)), pixels)
        except ofdkit.OFDLimitError as error:
            raise TooMuch(f"OFD 里的字体 {path} 太大，为安全起见没有读：请在 OFD 阅读器里另存为 PDF 后再试。") from error
        except (ofdkit.OFDError, OSError, ValueError):
            return None
