"""Pictures drawn for the tests."""

from io import BytesIO

from PIL import Image, ImageDraw


def png(picture: Image.Image) -> bytes:
    """A picture as a PNG."""
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def logo(mode: str = "RGBA") -> bytes:
    """A branch's mark of 200 by 80: a half transparent red disc and a blue bar on nothing (white where the mode has no alpha)."""
    picture = Image.new("RGBA", (200, 80), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((5, 5, 75, 75), fill=(200, 0, 0, 128))
    draw.rectangle((90, 20, 190, 60), fill=(0, 60, 160, 255))
    return png(picture if mode == "RGBA" else picture.convert(mode))
