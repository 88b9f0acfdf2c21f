"""Days: Chinese dates in, ISO days out."""

import pytest

from digest.zh import days


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025年10月1日", "2025-10-01"),
        ("二〇二五年十月三十一日", "2025-10-31"),
        ("2025-10-01", "2025-10-01"),
        ("2025年9月19日（星期五）17:00", "2025-09-19T17:00"),
        ("2025 年 9 月 5 日", "2025-09-05"),
    ],
)
def test_reads_full_dates(text: str, iso: str) -> None:
    """Full dates in every usual spelling become ISO."""
    assert days.parse(text) == iso


def test_day_without_year_stays_without_year() -> None:
    """9月30日 names no year, so no ISO day is made up."""
    (day,) = days.find("应于9月30日前完成")

    assert (day.year, day.iso(), day.iso(2025)) == (None, "", "2025-09-30")


def test_no_such_day() -> None:
    """30 February is no day."""
    (day,) = days.find("2025年2月30日")

    assert day.iso() == ""


@pytest.mark.parametrize(("count", "unit", "iso"), [(30, "日", "2025-03-02"), (1, "月", "2025-02-28"), (2, "年", "2027-01-31"), (1, "周", "2025-02-07")])
def test_counts_on(count: int, unit: str, iso: str) -> None:
    """Counting starts the day after; month ends are kept inside the month."""
    assert days.after("2025-01-31", count, unit) == iso
