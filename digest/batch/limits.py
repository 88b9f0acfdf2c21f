"""batch.toml to BatchLimits: retries, windows and how much a report shows."""

import tomllib
from functools import cache

from msgspec import Struct

from digest import shipped


class BatchLimits(Struct, frozen=True, kw_only=True):
    """The figures of batch.toml, under the same names."""

    attempts: int
    stillborn: int
    task_seconds: int
    window_per_thread: int
    connect_seconds: int
    alone_seconds: int
    failures: int
    pictures: int
    picture_width: int
    names_at_once: int
    progress_seconds: int


@cache
def limits() -> BatchLimits:
    """The packaged limits, read once."""
    return BatchLimits(**tomllib.loads(shipped.text("batch", "batch.toml")))
