"""The intervals and lists of watch.toml, read once."""

import fnmatch
import re
import tomllib
from functools import cache

from msgspec import Struct

from digest import shipped


class MailTuning(Struct, frozen=True, kw_only=True):
    """How a mailbox is watched."""

    poll_seconds: float
    idle_seconds: float
    timeout_seconds: float
    first_pause: float
    longest_pause: float
    window: int


class Tuning(Struct, frozen=True, kw_only=True):
    """How a folder is watched; ``ignored`` matches the names that are left alone."""

    seconds: float
    settled: int
    patience: int
    rest_ratio: float
    deepest: int
    tries: int
    ignored: re.Pattern[str]
    mail: MailTuning


@cache
def tuning() -> Tuning:
    """What watch.toml says."""
    table = tomllib.loads(shipped.text("watch", "watch.toml"))
    names = "|".join(fnmatch.translate(name) for name in table.pop("ignored"))
    return Tuning(**table | {"mail": MailTuning(**table["mail"]), "ignored": re.compile(names, re.I)})
