"""Chinese and Arabic numerals in, numbers out, and back: 第一百零五条 is 105, 五十万 is 500000."""

import re
from decimal import Decimal

DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
CHINESE_NUMBER = "[〇○零一二两三四五六七八九十百千万亿]+"
ARABIC_NUMBER = r"\d+(?:[,，]\d{3})*(?:\.\d+)?"
AMOUNT = rf"{ARABIC_NUMBER}[千百]?[万亿]?|{CHINESE_NUMBER}"

_WORDS = "零一二三四五六七八九"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")


def to_int(text: str) -> int | None:
    """The whole number that a numeral stands for, Chinese or Arabic; None where it is none."""
    cleaned = text.strip().translate(_FULL_WIDTH).replace(",", "")
    if cleaned.isdecimal() and cleaned.isascii():
        return int(cleaned)
    if not cleaned or re.fullmatch(CHINESE_NUMBER, cleaned) is None:
        return None
    if all(sign in DIGITS for sign in cleaned):  # 二〇二五: read digit by digit
        return int("".join(str(DIGITS[sign]) for sign in cleaned))
    return _read_spoken(cleaned)


def _read_spoken(text: str) -> int | None:
    """Value of a spoken numeral such as 一百零五 or 两千三百万; None for nonsense such as 万万三."""
    total = section = digit = 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in TENS:
            section += (digit or 1) * TENS[sign]
            digit = 0
        else:
            whole = section + digit
            if not whole and not total:
                return None
            total = (total + whole) * MYRIADS[sign] if sign == "亿" else total + whole * MYRIADS[sign]
            section = digit = 0
    return total + section + digit


def to_chinese(number: int) -> str:
    """A whole number from 0 to 99999 as spoken: 105 is 一百零五, 12 is 十二, 112 is 一百一十二."""
    if number < 10:
        return _WORDS[number]
    for size, name in ((10000, "万"), (1000, "千"), (100, "百"), (10, "十")):
        head, rest = divmod(number, size)
        if head:
            front = "" if head == 1 and name == "十" else to_chinese(head)
            gap = "零" if rest and rest * 10 < size else ""
            one = "一" if 10 <= rest < 20 else ""  # 一百一十, but 十 alone
            return front + name + gap + one + (to_chinese(rest) if rest else "")
    return ""


def to_amount(text: str) -> Decimal | None:
    """The quantity that a numeral with 千百万亿 stands for: 5万, 1.5亿, 5,000, 五十万; None where it is none."""
    cleaned = text.strip().translate(_FULL_WIDTH).replace(",", "")
    head = _PLAIN.match(cleaned)
    if head is None:
        whole = to_int(cleaned)
        return None if whole is None else Decimal(whole)
    value = Decimal(head.group())
    for sign in cleaned[head.end() :]:
        factor = TENS.get(sign) or MYRIADS.get(sign)
        if factor is None:
            return None
        value *= factor
    return value


def show(value: Decimal) -> str:
    """A number without exponent and without idle zeros: Decimal("5E+4") is 50000."""
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def percent(text: str) -> Decimal | None:
    """The per cent value of 20%, 5‰, 百分之二十 or 万分之五; None where it is none."""
    cleaned = text.strip().translate(_FULL_WIDTH)
    for sign, factor in (("%", Decimal(1)), ("‰", Decimal("0.1"))):
        if cleaned.endswith(sign):
            value = to_amount(cleaned[:-1])
            return None if value is None else value * factor
    for name, factor in (("百分之", Decimal(1)), ("千分之", Decimal("0.1")), ("万分之", Decimal("0.01"))):
        if cleaned.startswith(name):
            value = _with_point(cleaned[len(name) :])
            return None if value is None else value * factor
    return None


def _with_point(text: str) -> Decimal | None:
    """A spoken number with a decimal point: 零点五 is 0.5."""
    head, _, tail = text.partition("点")
    whole = to_amount(head)
    if whole is None or not tail:
        return whole
    if any(sign not in DIGITS for sign in tail):
        return None
    return whole + Decimal("0." + "".join(str(DIGITS[sign]) for sign in tail))
