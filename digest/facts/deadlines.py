"""By when: hard deadlines (2日内, 9月30日前, 每月5日前) and soft ones (及时, 定期), which never pass for hard."""

import re
from collections.abc import Iterator

from digest.facts.reading import Reading
from digest.model.facts import Fact, FactKind
from digest.zh import days
from digest.zh.numerals import to_int

NUMBER = r"(?:\d{1,4}|[一二两三四五六七八九十百]+|半)"
UNIT = r"(?:个?(?:工作日|自然日|交易日|小时|月|季度|星期|周)|日|天|分钟|年)"
CLOCK = r"(?:(?:2[0-4]|1\d|0?\d)[:：][0-5]\d|(?:上午|下午|中午)?\d{1,2}(?:时|点))"
END_OF_DAY = r"(?:营业终了|营业结束|营业开始|日终|下班|班后|班前|收盘|开业|开门)"
BEFORE = r"(?:之?前|以前)"
# domain study 1.3, deadline, with the beginning that the count hangs on (自收到投诉之日起15日内)
WITHIN = re.compile(
    rf"(?P<from>[自从](?:(?![自从])[^，。；：、（）()｜]){{1,24}}?起\s?)?"
    rf"(?P<most>最迟|最晚|最长)?(?<!近)(?<!过去)(?<![上下](?=半))(?P<number>{NUMBER})\s?(?P<unit>{UNIT})(?:之内|以内|内)"
)
AHEAD = re.compile(rf"(?:至少)?提前\s?{NUMBER}\s?{UNIT}|(?<![\d月年.]){NUMBER}\s?(?:个?(?:工作日|自然日|小时)|天|分钟){BEFORE}")
REGULAR = re.compile(
    rf"每(?:个?(?:工作日|交易日|营业日)|日|天|周[一二三四五六日天]?|旬|月|季度?|半年|年)(?:度)?(?:结束|终了)?后?\s?"
    rf"(?:\d{{1,2}}\s?(?:个工作日|日|月)?)?(?:{CLOCK})?(?:{END_OF_DAY}|[初末底])?(?:{BEFORE}|内)"
    rf"|(?:季|月|年|季度|月度|年度|旬|周)(?:终了|结束|末)?后\s?\d{{1,2}}\s?(?:个工作日|个自然日|日|天)内"
)
SAME_DAY = re.compile(
    rf"(?<![因对])(?:(?:于|在)?(?:当日|当天|次日|隔日|前一日|次一工作日|下一工作日)(?:{CLOCK}|{END_OF_DAY})?{BEFORE}?|{CLOCK}{BEFORE}|{END_OF_DAY}{BEFORE})"
)
SAME_DAY_TRAP = re.compile(r"(?:累计|单笔|错账|传票|发生额|交易|余额|限额|业务量|大额|预约|存取|取款|存款)")
UNTIL = re.compile(rf"\s?(?:{CLOCK})?\s?(?:{END_OF_DAY})?(?:{BEFORE}|以内|截止)")
MONTH_END = re.compile(rf"(?:(?P<year>(?:19|20)\d{{2}})年)?(?:(?P<month>1[0-2]|0?[1-9])月|年)(?:上旬|中旬|下旬|底|末|初){BEFORE}")
TO_LATEST = re.compile(r"(?:截至|截止(?:到|至|(?:日期?|时间)(?:为|是|：)?)?|不得?晚于|不迟于|最迟(?:于|至)?|延长至|有效期至|使用至|期限至)$")
EXTENDED = re.compile(rf"(?:延长|顺延|展期)(?:至|到)?\s?{NUMBER}\s?{UNIT}")
SOFT = re.compile(r"及时|立即|即时|即刻|马上|尽快|不定期|定期|适时|按时|按期|如期|限期|第一时间|实时|随时")  # domain study 3.5: soft, never a hard deadline
SOFT_TRAP = re.compile(r"定期(?:存款|存单|存折|一本通|储蓄|账户|整存|保险|寿险|限)|单位定期|活期")

# what a count may begin with, and the day of the calendar it means
ISSUE_WORDS = ("印发", "发布", "公布", "发文")
FORCE_WORDS = ("施行", "实施", "执行", "生效")
COUNTED_UNITS = {"日": "日", "天": "日", "自然日": "日", "个自然日": "日", "个月": "月", "月": "月", "年": "年", "周": "周", "个星期": "周"}


def find(reading: Reading) -> Iterator[Fact]:
    """All deadlines of a sentence, hard ones first."""
    yield from within(reading)
    for pattern in (AHEAD, REGULAR, MONTH_END, EXTENDED):
        for hit in pattern.finditer(reading.plain):
            yield reading.fact(FactKind.DEADLINE, hit.start(), hit.end(), value=hit.group())
    yield from by_day(reading)
    for hit in SAME_DAY.finditer(reading.plain):
        if SAME_DAY_TRAP.match(reading.plain, hit.end()) is None:
            yield reading.fact(FactKind.DEADLINE, hit.start(), hit.end(), value=hit.group().removeprefix("于").removeprefix("在"))
    for hit in SOFT.finditer(reading.plain):
        if SOFT_TRAP.match(reading.plain, hit.start()) is None and SOFT_TRAP.match(reading.plain, max(0, hit.start() - 2)) is None:
            yield reading.fact(FactKind.DEADLINE, hit.start(), hit.end(), value=hit.group(), hard=False)


def within(reading: Reading) -> Iterator[Fact]:
    """Counts such as 自印发之日起30日内; the day is worked out where the beginning is the issue or the coming into force."""
    for hit in WITHIN.finditer(reading.plain):
        number = hit["number"]
        value = f"{to_int(number) or number}{hit['unit']}内"
        origin, name = beginning(reading, hit["from"] or "")
        unit = COUNTED_UNITS.get(hit["unit"])
        day = last_day(origin, number, unit) if origin and unit else ""
        basis = f"{name}{origin}起{value}" if day else ""
        yield reading.fact(FactKind.DEADLINE, hit.start(), hit.end(), value=day or value, computed=bool(day), basis=basis)


def beginning(reading: Reading, words: str) -> tuple[str, str]:
    """The ISO day that a count begins with, and its name; empty where it hangs on an event of each case."""
    if any(word in words for word in ISSUE_WORDS) and reading.calendar.issued:
        return reading.calendar.issued[:10], "发文日期"
    if any(word in words for word in FORCE_WORDS) and reading.calendar.effective:
        return reading.calendar.effective[:10], "施行日期"
    return "", ""


def last_day(origin: str, number: str, unit: str) -> str:
    """The last day of a count; 半年 is six months."""
    if number == "半":
        return days.after(origin, 6, "月") if unit == "年" else ""
    count = to_int(number)
    return days.after(origin, count, unit) if count else ""


def by_day(reading: Reading) -> Iterator[Fact]:
    """Written days with 前 behind them or 截至, 不迟于 before them."""
    for day in reading.written:
        behind = UNTIL.match(reading.plain, day.end)
        front = TO_LATEST.search(reading.plain, 0, day.start)
        if behind is None and front is None:
            continue
        value, basis = reading.dated(day)
        start = front.start() if front else day.start
        end = behind.end() if behind else day.end
        yield reading.fact(FactKind.DEADLINE, start, end, value=value, computed=bool(basis and value), basis=basis)
