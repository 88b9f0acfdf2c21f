"""From when the document applies: 自2025年10月1日起施行, 自印发之日起执行."""

import re
from collections.abc import Iterator

from digest.facts.reading import Reading
from digest.model.facts import Fact, FactKind
from digest.zh.days import Day

START = r"施行|执行|实施|生效|启用|上线|投产|推广|试行|试运行|运行|适用"
# domain study 1.3, effect: 自…起施行 and its short forms
DOCUMENT = r"(?:本(?:通知|办法|规定|细则|指引|方案|制度|规程)?)?"
FROM_ISSUE = re.compile(rf"(?:自{DOCUMENT})?(?P<from>发布|印发|公布|下发|发文|文到|即)之?日起(?:正式|全面)?(?:{START})")
FROM_DAY = re.compile(rf"\s?起(?:[，,](?!{START})|[，,]?(?:正式|全面)?(?P<verb>{START}))?")
ON_DAY = re.compile(rf"(?:正式|全面)?(?:对外)?(?P<verb>{START})(?![前时])")
BEGIN = re.compile(r"\s?起(?:规范|实行|推行|开展|启动|统一|按|对|在全行)")
FROM = ("自", "从", "于")


def find(reading: Reading) -> Iterator[Fact]:
    """Days of coming into force; those counted from the issue are computed from the masthead's day."""
    for hit in FROM_ISSUE.finditer(reading.plain):
        issued = reading.calendar.issued[:10] if hit["from"] not in ("文到", "下发") else ""
        basis = f"发文日期{issued}" if issued else "发文日期"
        yield reading.fact(FactKind.EFFECTIVE, hit.start(), hit.end(), value=issued, computed=bool(issued), basis=basis)
    for day in reading.written:
        yield from from_day(reading, day)


def from_day(reading: Reading, day: Day) -> Iterator[Fact]:
    """A written day with 起施行 behind it; 自某日起 before a comma says the same, any other 起 is a plain day."""
    lead = reading.plain[day.start - 1 : day.start]
    start = day.start - 1 if lead in FROM else day.start
    hit = FROM_DAY.match(reading.plain, day.end) or ON_DAY.match(reading.plain, day.end)
    if hit is None:
        return
    value, basis = reading.dated(day)
    applies = hit["verb"] is not None or (lead == "自" and (hit.group().rstrip() != "起" or BEGIN.match(reading.plain, day.end) is not None))
    end = hit.end() if hit["verb"] else day.end + hit.group().index("起") + 1
    kind = FactKind.EFFECTIVE if applies else FactKind.DATE
    yield reading.fact(kind, start if applies else day.start, end, value=value, computed=bool(basis and value), basis=basis)
