"""Pictures inside a paper: whether one is large enough to hold text, told from its header before anything is decoded."""

import io
import warnings

from digest.ingest.limits import limits


def may_hold_text(data: bytes) -> bool:
    """Whether a picture is more than a logo, a seal or a code; damaged ones are not."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a bomb: nothing is decoded here
            with Image.open(io.BytesIO(data)) as opened:
                width, height = opened.size
    except Exception:  # Pillow raises many kinds on damaged headers
        return False
    return min(width, height) >= limits().picture_side and width * height >= limits().picture_pixels
