"""Ratios, counts and times of keeping: 不低于20%, 不超过20张, 双人, 至少保存5年."""

import re
from collections.abc import Iterator

from digest.facts.reading import Reading
from digest.model.facts import Fact, FactKind
from digest.zh.numerals import percent, show, to_int

BOUND = r"(?:各?不得?超过|各?不得?低于|各?不得?少于|不得?高于|不得?多于|不足|不满|未满|已满|超过|达到|低于|高于|至少|最多|最高|最低|最少|仅限|限|满|上限为?)"
AFTER = r"(?:[（(](?:均|不)?含[^）)]{0,10}[）)]|以上|以下|以内)"
SPAN = r"(?:个?工作日|个?自然日|个?月|个?小时|分钟|天|日|年|秒)"
HINT = re.compile(r"[%％‰]|分之|BP|bp|基点|百分点")
RATIO = re.compile(rf"{BOUND}?\s?(?P<ratio>\d+(?:\.\d+)?\s?[%％‰]|(?:百|千|万)分之[〇零一二三四五六七八九十百点]+)(?:至\d+(?:\.\d+)?[%％‰])?{AFTER}{{0,2}}")
POINTS = re.compile(rf"{BOUND}?\s?\d+(?:\.\d+)?\s?个?(?:BP|bp|基点|百分点)")
COUNTER = (
    r"(?:周岁|人次|个账户|笔|次|人|名|户|张|份|枚|本|台|家|件|遍|岁|位|联|条|页|级|倍|米|公里|千克|公斤|把|袋|只|部|辆|捆|箱|卷|组|期"
    r"|个(?!工作日|自然日|交易日|月|小时|季度|星期|百分点|基点))"
)
COUNT = re.compile(
    rf"(?:{BOUND}\s?(?:\d+|[一二两三四五六七八九十百]+)|(?<![\d.:：年月第A-Za-z])\d+|(?<![第十百千万])[两二三四五六七八九十]+)\s?{COUNTER}(?:[（(][张枚份个名]+[）)])?{AFTER}{{0,2}}"
    r"(?![一-龥]?是)"
)
LASTING = re.compile(rf"{BOUND}\s?(?:\d+|[一二两三四五六七八九十]+|半)\s?{SPAN}|(?<![\d.:：年月第])\d+\s?{SPAN}(?:（不?含）)?以上")
COUNT_TRAP = re.compile(r"(?:[一二三四五六七八九十]+)(?:是|级分行|条线|位一体|部门|个方面)")
OFTEN = re.compile(
    r"每(?:个?工作日|日|天|周|旬|月|季度?|半年|年|班|次)[^，。；：｜（）()]{0,12}?(?:至少|不少于|不低于)?[^，。；：｜（）()]{0,8}?(?:[一二两三四五六七八九十]+|\d+)\s?(?:次|遍|笔|份)(?:以上)?"
)
PAIRED = re.compile(r"双人|双岗|双签|双锁|双录|换人|一式[两二三四五]份|一式[两二三四五]联|两人(?:以上)?|三方")
KEEP = re.compile(
    r"(?:保存|保管|留存|存档|归档)(?:期限|时间|年限|期)?[^，。；：｜]{0,12}?(?:为|至少|不得?少于|不得?低于|最低)*\s?(?P<years>\d{1,2}|[一二三五六七八十]+)\s?(?P<unit>年|个月|个工作日|日|天)(?:以上)?(?!\d|月)"
    r"|(?:至少|不得?少于)[^，。；：｜]{0,4}(?:保存|保管|留存)\s?(?P<years2>\d{1,2}|[一二三五十]+)\s?年|永久保[存管]|长期保[存管]|随传票保管\d+年"
)


def find_ratios(reading: Reading) -> Iterator[Fact]:
    """Ratios with their bounds, value in per cent."""
    if HINT.search(reading.plain) is None:
        return
    for hit in RATIO.finditer(reading.plain):
        value = percent(hit["ratio"].replace(" ", ""))
        shown = hit.group() if value is None else hit.group().replace(hit["ratio"], f"{show(value)}%")
        yield reading.fact(FactKind.RATIO, hit.start(), hit.end(), value=shown)
    for hit in POINTS.finditer(reading.plain):
        yield reading.fact(FactKind.RATIO, hit.start(), hit.end(), value=hit.group())


def find_counts(reading: Reading) -> Iterator[Fact]:
    """Numbers of things, people and times; 双人 is one too."""
    for pattern in (OFTEN, COUNT, LASTING, PAIRED):
        for hit in pattern.finditer(reading.plain):
            if COUNT_TRAP.match(reading.plain, hit.start()) is None:
                yield reading.fact(FactKind.COUNT, hit.start(), hit.end(), value=hit.group())


def find_retention(reading: Reading) -> Iterator[Fact]:
    """How long papers and recordings are kept."""
    for hit in KEEP.finditer(reading.plain):
        years = hit["years"] or hit["years2"]
        number = to_int(years) if years else None
        yield reading.fact(FactKind.RETENTION, hit.start(), hit.end(), value=f"{number}{hit['unit'] or '年'}" if number else hit.group())
