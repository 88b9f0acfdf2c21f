"""Written days and spans of days: 2025年10月1日, 10月18日18:00至10月19日12:00."""

import re
from collections.abc import Iterator

from digest.facts.reading import Reading
from digest.model.facts import Fact, FactKind
from digest.zh.days import Day
from digest.zh.numerals import to_int

TO = re.compile(r"\s*(?:至|到|—|－|-|~|～)\s*(?:次日)?")
LAST = re.compile(r"(?P<day>[12]\d|3[01]|[1-9])\s?日|(?P<clock>(?:2[0-4]|1\d|0?\d)[:：][0-5]\d)")


def find(reading: Reading) -> Iterator[Fact]:
    """Days of a sentence; two days joined by 至 are one fact whose value is ``first/last``."""
    taken = 0
    for place, day in enumerate(reading.written):
        if day.start < taken:
            continue
        follower = reading.written[place + 1] if place + 1 < len(reading.written) else None
        end, last = close_span(reading, day, follower)
        first, basis = reading.dated(day)
        value = f"{first}/{last}" if first and last else first
        taken = end
        yield reading.fact(FactKind.DATE, day.start, end, value=value, computed=bool(basis and value), basis=basis)


def close_span(reading: Reading, day: Day, follower: Day | None) -> tuple[int, str]:
    """Where the fact ends, and the ISO day (or time) of its far end; empty where it is a single day."""
    link = TO.match(reading.plain, day.end)
    if link is None:
        return day.end, ""
    if follower is not None and follower.start == link.end():
        return follower.end, reading.dated(follower)[0]
    tail = LAST.match(reading.plain, link.end())
    if tail is None:
        return day.end, ""
    first = reading.dated(day)[0]
    return tail.end(), shifted(first, tail) if first else ""


def shifted(first: str, tail: re.Match[str]) -> str:
    """The far end written short: 10月1日至8日 (same month) or 9:00至15:00 (same day)."""
    if tail["clock"]:
        return f"{first[:10]}T{tail['clock'].replace('：', ':').zfill(5)}"
    day = to_int(tail["day"])
    return f"{first[:8]}{day:02}"
