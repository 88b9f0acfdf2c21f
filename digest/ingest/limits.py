"""limits.toml to Limits: how much a file may ask of this computer before it is refused."""

import tomllib
from functools import cache

from msgspec import Struct

from digest import shipped

MEGABYTE = 1024 * 1024


class Limits(Struct, frozen=True, kw_only=True):
    """The figures of limits.toml, under the same names."""

    file_megabytes: int
    inflated_megabytes: int
    member_megabytes: int
    inflate_ratio: int
    ratio_from_megabytes: int
    members: int
    nesting: int
    attachments: int
    pages: int
    blocks: int
    block_characters: int
    image_megapixels: int
    picture_side: int
    picture_pixels: int
    render_pixels: int
    seconds: int
    total_seconds: int
    cpu_seconds: int
    memory_megabytes: int
    result_megabytes: int
    aide_kilobytes: int
    aide_percent: int


@cache
def limits() -> Limits:
    """The packaged limits, read once."""
    text = shipped.text("ingest", "limits.toml")
    return Limits(**tomllib.loads(text))
