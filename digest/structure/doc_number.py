"""The paper's own number (发文字号): found in the head, told from cited numbers, written back as 代字〔年〕号 (domain.md 1.3)."""

import re

from digest.structure.lines import fold

OPEN, CLOSE = r"[〔\[【（(〈]", r"[〕\]】）)〉]"
YEAR = r"(?:19|20)\d{2}"
NUMBER = re.compile(rf"(?P<code>[\u4e00-\u9fffA-Za-z×*]{{1,30}}?){OPEN}?(?P<year>{YEAR}){CLOSE}第?(?P<number>\d{{1,5}})号")
ORDER = re.compile(rf"(?P<code>[\u4e00-\u9fff、]{{2,80}}?(?:令|公告))(?:{OPEN}(?P<year>{YEAR}){CLOSE}|(?P<year2>{YEAR})年)?第(?P<number>\d{{1,4}})号")
ISSUE = re.compile(rf"(?:{OPEN}(?P<year>{YEAR}){CLOSE}|(?P<year2>{YEAR})年)?第(?P<number>\d{{1,4}})期(?:{OPEN}总第(?P<total>\d{{1,5}})期{CLOSE})?")
ORDER_REST = re.compile(rf"(?:{OPEN}(?P<year>{YEAR}){CLOSE}|(?P<year2>{YEAR})年)?第(?P<number>\d{{1,4}}|[一二三四五六七八九十百〇零]{{1,7}})号")  # below 某某令
BRACKETED = re.compile(rf"{OPEN}(.{{6,90}}号){CLOSE}")
BEHIND_TITLE = re.compile(rf"{OPEN}([\u4e00-\u9fffA-Za-z×*]{{2,40}}{OPEN}{YEAR}{CLOSE}第?\d{{1,5}}号令?|[\u4e00-\u9fff]{{2,40}}令第\d{{1,4}}号){CLOSE}$")
KEYED = re.compile(r"^(?:文号|发文字号|发文文号|公文编号|编号)[:：](.+)$")
BEHIND = re.compile(r"签发人[:：].*$|(?<=[号期）)])(?:19|20)\d{2}年\d{1,2}月\d{1,2}日$")  # what may share the line
IN_NAME = re.compile(rf"_?([\u4e00-\u9fff]{{1,16}})_({YEAR})_(\d{{1,5}})号|([\u4e00-\u9fff]{{1,16}}{OPEN}{YEAR}{CLOSE}第?\d{{1,5}}号)")


def read_line(text: str) -> str:
    """The number if the line is one (银发〔2021〕259号), alone or with the signer behind it; else empty."""
    folded = BEHIND.sub("", fold(text))
    if (inner := BRACKETED.fullmatch(folded)) and (number := read_line(inner.group(1))):
        return number
    if keyed := KEYED.match(folded):
        return read_line(keyed.group(1)) or keyed.group(1)
    for pattern in (ORDER, NUMBER, ISSUE):
        if found := pattern.fullmatch(folded):
            return write(found)
    return ""


def read_order(office: str, text: str) -> str:
    """The number of an order whose head 某某令 stands in the line before; else empty."""
    found = ORDER_REST.fullmatch(fold(text))
    if not found:
        return ""
    year = f"〔{found.group('year')}〕" if found.group("year") else f"{found.group('year2')}年" if found.group("year2") else ""
    return f"{office}{year}第{found.group('number')}号"


def orders_in(text: str) -> list[str]:
    """The numbers of orders that a line of adoption names (2022年12月26日某某令2022年第9号公布)."""
    return list(dict.fromkeys(write(found) for part in re.split(r"(?<=\d日)", fold(text)) if (found := ORDER.match(part))))


def read_title(text: str) -> str:
    """The number in brackets behind a title (…的通知（银发〔2021〕259号）); else empty."""
    found = BEHIND_TITLE.search(fold(text))
    return read_line(found.group(1).removesuffix("令")) if found else ""


def read_name(name: str) -> str:
    """The number in a file's name (_银发_2021_259号, 银发〔2021〕259号); else empty."""
    found = IN_NAME.search(fold(name))
    if not found:
        return ""
    return f"{found.group(1)}〔{found.group(2)}〕{found.group(3)}号" if found.group(1) else read_line(found.group(4))


def write(found: re.Match[str]) -> str:
    """A match to the standard way of writing."""
    part = found.groupdict()
    if found.re is ISSUE:
        year = part.get("year") or part.get("year2")
        total = f"（总第{part['total']}期）" if part["total"] else ""
        return f"{year}年第{part['number']}期{total}" if year else f"第{part['number']}期{total}"
    year = part.get("year") or ""
    if found.re is ORDER:
        middle = f"〔{year}〕" if year else f"{part['year2']}年" if part["year2"] else ""
        return f"{part['code']}{middle}第{part['number']}号"
    return f"{part['code']}〔{year}〕{part['number']}号"
