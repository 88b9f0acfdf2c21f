"""What happens otherwise, and what no longer holds: penalties and repealed documents."""

import re
from collections.abc import Iterator

from digest.facts.reading import Reading
from digest.model.facts import Fact, FactKind

FINE = re.compile(
    r"(?:并处|处以|处)[^，。；：｜]{0,40}?(?:罚款|经济处罚|罚金|处罚)|[一二三四五六七八九十百千万\d.]+\s?(?:万元|元|倍)(?:以上|以下|至)?[^，。；：｜]{0,16}罚款|(?:经济处罚|罚款)\s?\d[\d,.]*\s?万?元|罚款|没收违法所得"
)
DEDUCTION = re.compile(
    r"(?:每次|每人次?|每项|每笔|每起|每发现一[次项起])?[^，。；：、｜]{0,10}?(?:扣减|扣罚|扣发|扣除|核减|扣)[^，。；：｜]{0,18}?\d+(?:\.\d+)?\s?(?:分|元|%)"
)
DISCIPLINE = re.compile(
    r"警告|严重警告|记大?过|降级|撤职|开除|留用察看|通报批评|诫勉谈?话?|问责|追责|追究[^，。；：｜]{0,12}责任|(?:纪律|行政|政务)处分|吊销[^，。；：｜]{0,8}证|停业整顿|从[严重轻][^，。；：｜]{0,6}处理"
)
DISCIPLINE_TRAP = re.compile(r"预警告|风险警告")

# domain study 1.3, repeal
NAMES = r"(?:《[^《》]{2,80}(?:《[^《》]*》[^《》]*)*》\s?(?:[（(][^（）()]{0,60}[）)])?\s?(?:第[一二三四五六七八九十百]+条)?\s?[、和及以]*)+"
REPEAL = re.compile(rf"(?P<names>{NAMES})[^。；《》]{{0,16}}?(?:废止|停止执行|失效|作废|不再执行)")
REPEAL_BARE = re.compile(r"(?:同时|予以|一律)(?:废止|停止执行)|不再执行|(?:与本[^，。；]{2,6}|此前[^，。；]{0,16})不一致的[^。；]{0,20}(?:为准|执行)")


def find_penalties(reading: Reading) -> Iterator[Fact]:
    """Fines, deductions and disciplinary measures."""
    plain = reading.plain
    patterns = [*([FINE] if "罚" in plain or "没收" in plain else []), *([DEDUCTION] if "扣" in plain or "核减" in plain else []), DISCIPLINE]
    for pattern in patterns:
        for hit in pattern.finditer(reading.plain):
            yield reading.fact(FactKind.PENALTY, hit.start(), hit.end(), value=hit.group())


def find_repeals(reading: Reading) -> Iterator[Fact]:
    """Documents that cease to hold; value is their names and numbers."""
    found = False
    for hit in REPEAL.finditer(reading.text):
        found = True
        yield reading.fact(FactKind.REPEAL, hit.start(), hit.end(), value=hit["names"].strip("、和及以 "))
    for hit in REPEAL_BARE.finditer(reading.plain):
        if not found:
            yield reading.fact(FactKind.REPEAL, hit.start(), hit.end(), value=hit.group())
