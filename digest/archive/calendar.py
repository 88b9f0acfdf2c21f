"""Days: what takes effect or falls due soon, as a list and as an iCalendar file (RFC 5545)."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from digest.archive.store import Store

FOLD = 75  # octets of a line, RFC 5545 section 3.1
ALARM = "-P1D"  # the working day before is what a branch needs; a day is the least that is not too late


class Coming(Struct, frozen=True, kw_only=True):
    """A day of a draft: ``what`` is effective (施行) or deadline (到期)."""

    day: str
    label: str
    what: str
    computed: bool
    draft: int
    title: str
    kind: str


def upcoming(store: Store, today: date, *, ahead: int = 60, back: int = 0) -> list[Coming]:
    """What begins or falls due from ``back`` days ago to ``ahead`` days on, soonest first; of a source only its latest draft."""
    first, last = (today - timedelta(days=back)).isoformat(), (today + timedelta(days=ahead)).isoformat()
    rows = store.rows(
        "SELECT day.day, day.label, day.what, day.computed, draft.id AS draft, draft.title, draft.kind FROM day JOIN draft ON draft.id = day.draft"
        " WHERE day.day BETWEEN ? AND ? AND draft.id = (SELECT max(id) FROM draft AS newer WHERE newer.source = draft.source)"
        " ORDER BY day.day, draft.id, day.rowid",
        (first, last),
    )
    return [Coming(**{**dict(row), "computed": bool(row["computed"])}) for row in rows]


def calendar(days: Sequence[Coming], stamp: str) -> str:
    """The days as one .ics text, each an all-day event with a reminder a day before; ``stamp`` like 20250901T000000Z."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//digest//zh-CN", "CALSCALE:GREGORIAN", "X-WR-CALNAME:网点学习单期限"]
    for day in days:
        lines += event(day, stamp)
    lines.append("END:VCALENDAR")
    return "".join(fold(line) + "\r\n" for line in lines)


def event(coming: Coming, stamp: str) -> list[str]:
    """One all-day event."""
    day = date.fromisoformat(coming.day)
    word = "施行" if coming.what == "effective" else "到期"
    summary = f"【{word}】{coming.label}" + ("（推算）" if coming.computed else "")
    return [
        "BEGIN:VEVENT",
        f"UID:{identity(coming)}@digest",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escape(summary)}",
        f"DESCRIPTION:{escape(f'{coming.title}（{coming.kind}）。以原文为准。')}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escape(summary)}",
        f"TRIGGER:{ALARM}",
        "END:VALARM",
        "END:VEVENT",
    ]


def identity(coming: Coming) -> str:
    """A name that stays the same when the file is made again, so that a calendar renews the event and does not double it."""
    return hashlib.sha256(f"{coming.draft}|{coming.day}|{coming.what}|{coming.label}".encode()).hexdigest()[:32]


def escape(text: str) -> str:
    """Text as RFC 5545 section 3.3.11 wants it."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "").replace("\n", "\\n")


def fold(line: str) -> str:
    """A long line broken at 75 octets, never inside a character."""
    out, used = [], 0
    for character in line:
        size = len(character.encode("utf-8"))
        if used + size > FOLD:
            out.append("\r\n ")
            used = 1
        out.append(character)
        used += size
    return "".join(out)
