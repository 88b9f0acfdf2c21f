"""Scanned pages drawn with the packaged font: lines, rules, a seal, skew, noise; the same picture on every run."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from digest.typeset import fonts

FONT = fonts.FOLDER / "SheetSansSC-Regular.ttf"
DPI = 200
WIDTH, HEIGHT = 595.28, 841.89
PIXELS = (1654, 2339)
SIZE = 16.0
SEED = 7


def px(points):
    """Points to pixels."""
    return points * DPI / 72


class Scan:
    """A page under the pen, in points from the upper left corner."""

    def __init__(self, size=PIXELS):
        """A white page."""
        self.image = Image.new("RGB", size, "white")
        self.pen = ImageDraw.Draw(self.image)

    def line(self, text, top, x=80.0, size=SIZE, fill="black"):
        """Draw one line."""
        self.pen.text((px(x), px(top)), text, font=ImageFont.truetype(str(FONT), round(px(size))), fill=fill)
        return self

    def lines(self, texts, top=80.0, pitch=28.0, **fields):
        """Draw lines one below the other; ideographic blanks at the start indent."""
        for at, text in enumerate(texts):
            self.line(text, top + at * pitch, **fields)
        return self

    def grid(self, xs, ys):
        """Draw the rules of a table."""
        for y in ys:
            self.pen.line([px(xs[0]), px(y), px(xs[-1]), px(y)], fill="black", width=3)
        for x in xs:
            self.pen.line([px(x), px(ys[0]), px(x), px(ys[-1])], fill="black", width=3)
        return self

    def seal(self, x, top, side=120.0):
        """Stamp a red ring with a star over what is there; ink shines through as it does on paper."""
        layer = Image.new("RGB", self.image.size, "white")
        pen = ImageDraw.Draw(layer)
        pen.ellipse([px(x), px(top), px(x + side), px(top + side)], outline=(214, 40, 40), width=10)
        centre = (px(x + side / 2), px(top + side / 2))
        pen.regular_polygon((*centre, px(side / 6)), 3, fill=(214, 40, 40))
        pen.regular_polygon((*centre, px(side / 6)), 3, rotation=180, fill=(214, 40, 40))
        self.image = Image.fromarray(np.minimum(np.asarray(self.image), np.asarray(layer)))
        self.pen = ImageDraw.Draw(self.image)
        return self

    def worn(self, *, skew=0.0, noise=0.0, blur=0.0):
        """Skewed, blurred and noisy, as a scanner would leave it."""
        image = self.image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor="white")
        if blur:
            image = image.filter(ImageFilter.GaussianBlur(blur))
        if noise:
            grain = np.random.default_rng(SEED).normal(0, noise, (image.height, image.width, 1))
            image = Image.fromarray(np.clip(np.asarray(image, np.float32) + grain, 0, 255).astype(np.uint8))
        self.image = image
        self.pen = ImageDraw.Draw(image)
        return self
