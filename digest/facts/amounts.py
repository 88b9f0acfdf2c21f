"""Amounts of money with all that belongs to them: 单笔人民币5万元（含）以上; both in the text and in the value."""

import re
from collections.abc import Iterator

from digest.facts.reading import Reading
from digest.model.facts import Fact, FactKind
from digest.zh.numerals import ARABIC_NUMBER, show, to_amount

SCOPE = r"(?:单笔|单日|单户|单边|双边|单张|单台|每户|每人|每笔|每次|每份|日累计|年累计|月累计|当日累计|累计|合计|当日|余额|日均|总额)"
BOUND = (
    r"(?:不得?超过|不得?低于|不得?少于|不得?高于|不得?大于|不得?小于|不满|不足|未超过|未达到?|超过|达到|低于|高于|大于|小于|少于|至少"
    r"|最高|最低|最多|上限|下限|满|逾)"
)
MONEY_UNIT = r"(?:元|美元|港元|港币|欧元|日元|英镑|澳元|加元|瑞士法郎)(?:人民币)?"
NUMBER = rf"(?:{ARABIC_NUMBER}\s?[千百]?[万亿]?|[一二两三四五六七八九十百千][〇○零一二两三四五六七八九十百千万亿]*)"
INCLUSIVE = r"(?:[（(](?:均|不)?含[^）)]{0,12}[）)])"
AFTER = r"(?:以上|以下|以内|以外)"
# domain study 3.5: bounds, scope and currency travel with the figure; 以上 and 以内 include it, 不满 and 超过 do not
MONEY = re.compile(
    rf"(?P<scope>{SCOPE}(?:(?:、|或者?|和|及){SCOPE}|{SCOPE})*[^，。；：、（）()｜\d]{{0,6}}?)?(?P<bound>{BOUND})?(?P<currency>(?:人民币|外币|等值|折合|约合)*)\s?"
    rf"(?P<number>{NUMBER})\s?(?P<unit>{MONEY_UNIT})(?P<incl>{INCLUSIVE})?(?P<after>{AFTER})?(?P<incl2>{INCLUSIVE})?"
    rf"(?:(?P<to>至|到|-|—|～|~)?\s?(?P<number2>{NUMBER})\s?(?P<unit2>{MONEY_UNIT})(?P<incl3>{INCLUSIVE})?(?P<after2>{AFTER})?)?"
)


def find(reading: Reading) -> Iterator[Fact]:
    """Amounts of a sentence; a range (500元至2000元, 2万元以上5万元以下) is one fact."""
    if "元" not in reading.plain and "镑" not in reading.plain and "币" not in reading.plain and "郎" not in reading.plain:
        return
    for hit in MONEY.finditer(reading.plain):
        value = describe(hit)
        if value:
            yield reading.fact(FactKind.AMOUNT, hit.start(), hit.end(), value=value)


def describe(hit: re.Match[str]) -> str:
    """The amount in plain figures with scope and bound: ``单笔 50000元 以上（含）``; empty where it is no number."""
    first = plain_money(hit["number"], hit["unit"])
    if not first:
        return ""
    scope = re.match(rf"(?:{SCOPE}|、|或者?|和|及)+", hit["scope"] or "")
    limits = "".join(hit[name] or "" for name in ("incl", "after", "incl2"))
    words = [scope.group() if scope else "", hit["bound"] or "", hit["currency"] or "", first, limits]
    if hit["number2"]:
        words += [hit["to"] or "", plain_money(hit["number2"], hit["unit2"]), "".join(hit[name] or "" for name in ("incl3", "after2"))]
    return " ".join(word for word in words if word)


def plain_money(number: str, unit: str) -> str:
    """5万 and 元 to 50000元."""
    value = to_amount(number.replace(" ", ""))
    return f"{show(value)}{unit}" if value is not None else ""
