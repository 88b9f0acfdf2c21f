"""Days written in Chinese text to ISO days, and days worked out from them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from digest.zh.numerals import to_int

YEAR = r"(?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_GAP = r"\s?"
_WEEKDAY = r"(?:[（(](?:星期|周)[一二三四五六日天][）)])?"
_CLOCK = r"(?:\s?(?P<clock>(?:2[0-4]|1\d|0?\d)[:：][0-5]\d))?"
# GB/T 9704-2012, 7.3.5.4: year in full, month and day without leading zeros; both habits are read
FULL = re.compile(
    rf"(?:(?P<year>{YEAR}){_GAP}年{_GAP})?(?P<month>{MONTH}){_GAP}月{_GAP}(?P<day>{DAY}){_GAP}[日号]{_WEEKDAY}{_CLOCK}"
    rf"|(?P<year2>(?:19|20)\d{{2}})(?P<mark>[-/.])(?P<month2>1[0-2]|0?[1-9])(?P=mark)(?P<day2>3[01]|[12]\d|0?[1-9])(?!\d)"
)


class Day(Struct, frozen=True, kw_only=True):
    """A day at characters [start, end) of a text; ``year`` is None where the text leaves it out."""

    start: int
    end: int
    year: int | None
    month: int
    day: int
    clock: str = ""

    def iso(self, year: int | None = None) -> str:
        """ISO day (with the clock time where given); empty where the year is unknown or there is no such day."""
        known = self.year if self.year is not None else year
        if known is None or not 1 <= self.day <= month_end(known, self.month):
            return ""
        day = date(known, self.month, self.day).isoformat()
        return f"{day}T{self.clock.replace('：', ':').zfill(5)}" if self.clock else day


def find(text: str) -> Iterator[Day]:
    """Every day that is written out in a text, in order; 9月30日 comes without a year."""
    for hit in FULL.finditer(text):
        got = hit.groupdict()
        year, month, day = got["year"] or got["year2"], got["month"] or got["month2"], got["day"] or got["day2"]
        yield Day(
            start=hit.start(),
            end=hit.end(),
            year=to_int(year) if year else None,
            month=to_int(month) or 0,
            day=to_int(day) or 0,
            clock=got["clock"] or "",
        )


def parse(text: str) -> str:
    """ISO day of a text that is one full date (2025年10月1日, 二〇二五年十月一日, 2025-10-01); else empty."""
    found = next(find(text.strip()), None)
    return found.iso() if found and found.end - found.start == len(text.strip()) else ""


def month_end(year: int, month: int) -> int:
    """The last day of a month (the calendar module tells it too, and loads the locale with it)."""
    return 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day


def after(day: str, count: int, unit: str) -> str:
    """The ISO day that lies ``count`` 日, 周, 月 or 年 after an ISO day; the first day is not counted (民法典第二百零一条)."""
    start = date.fromisoformat(day[:10])
    if unit in ("日", "天", "自然日"):
        return (start + timedelta(days=count)).isoformat()
    if unit == "周":
        return (start + timedelta(weeks=count)).isoformat()
    months = count * (12 if unit == "年" else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, month_end(year, month + 1))).isoformat()
