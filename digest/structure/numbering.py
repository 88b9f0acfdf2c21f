"""Numbers at the head of a passage to labels: 第X编/章/节/条, 一、（一）1.（1）①, 1.1, a), bullets, 一是 (GB/T 9704-2012 clause 7.3.3)."""

import re

from msgspec import Struct

from digest.model.outline import NodeKind
from digest.zh.numerals import to_int

COUNT = "一二三四五六七八九十百千零〇两"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

# what follows a number that is only mentioned: 第十二条规定的…, 第五条和第六条, （一）项, （二）、（三）目
LISTED = rf"[和与及或至到、，]\s*(?:第\s*)?[（(]?[{COUNT}\d]{{1,4}}[）)条款项]"
MENTIONED = re.compile(rf"\s*(?:之[{COUNT}])?(?:所?规定|所列|所称|的|第[{COUNT}]+[款项]|[款项目](?!目)|{LISTED})")
PLAIN_START = r"(?!\s*[，。；：、）])"


class Style(Struct, frozen=True, kw_only=True):
    """One way of numbering: ``key`` names it, ``kind`` is its usual level."""

    key: str
    kind: NodeKind
    pattern: re.Pattern[str]


class Label(Struct, frozen=True, kw_only=True):
    """A number found at the head of a passage: ``text`` as displayed, ``end`` where the text behind it begins."""

    style: str
    kind: NodeKind
    text: str
    ordinal: int
    end: int


def style(key: str, kind: NodeKind, pattern: str) -> Style:
    """A row of the table below."""
    return Style(key=key, kind=kind, pattern=re.compile(pattern))


STYLES = (
    style("编", NodeKind.BOOK, rf"第\s*([{COUNT}\d]{{1,4}})\s*编(?:\s+|{PLAIN_START})"),
    style("章", NodeKind.CHAPTER, rf"第\s*([{COUNT}\d]{{1,4}})\s*章(?:\s+|{PLAIN_START})"),
    style("节", NodeKind.SECTION, rf"第\s*([{COUNT}\d]{{1,4}})\s*节(?:\s+|{PLAIN_START})"),
    style("条", NodeKind.ARTICLE, rf"第\s*([{COUNT}\d]{{1,6}})\s*条(?:之[{COUNT}])?(?:\s+|{PLAIN_START})"),
    style("附件", NodeKind.ANNEX, rf"附\s*(?:件|表|录|则(?=\d))?\s*(?:[:：]\s*)?([{COUNT}]{{1,3}}|\d{{1,2}})?\s*(?:[:：.、]|$)"),
    style("一是", NodeKind.INLINE, r"([一二三四五六七八九十]{1,2})(?:是|要)(?=[^否])"),
    style("首先", NodeKind.INLINE, r"(首先|其次|再次|最后)[，,]?"),
    style("第一，", NodeKind.INLINE, r"第([一二三四五六七八九十])[，,、]"),
    style("第一步", NodeKind.INLINE, r"第([一二三四五六七八九十])步[，,：:]"),
    style("一、", NodeKind.H1, rf"([{COUNT}]{{1,3}})\s*[、.．](?!\d)"),
    style("（一）", NodeKind.H2, rf"[（(]\s*([{COUNT}]{{1,3}})\s*[）)](?:[、.．](?![（(]))?"),
    style("1.1.1.1", NodeKind.H4, r"\d{1,2}(?:\.\d{1,2}){2}\.(\d{1,2})(?![\d.%％‰])"),
    style("1.1.1", NodeKind.H3, r"\d{1,2}\.\d{1,2}\.(\d{1,2})(?![\d.%％‰])"),
    style("1.1", NodeKind.H2, r"\d{1,2}\.(\d{1,2})(?![\d.%％‰万亿元倍个年月日米厘毫公斤克吨折级版时小代分])(?=\s|[\u4e00-\u9fff])"),
    style("1.", NodeKind.H3, r"(\d{1,3})\s*(?:[.．](?!\d)|、(?!\d)|。(?=\s?[\u4e00-\u9fff]))"),
    style("（1）", NodeKind.H4, r"[（(]\s*(\d{1,2})\s*[）)]"),
    style("①", NodeKind.H5, rf"([{CIRCLED}])"),
    style("❶", NodeKind.H5, r"([❶-❿])"),
    style("1)", NodeKind.H5, r"(\d{1,2})\s*[）)]"),
    style("a)", NodeKind.H5, r"([A-Za-z])\s*[)）.．](?![A-Za-z0-9])"),
    style("•", NodeKind.H5, r"[●■◆▪•·○◇□☐➢★▲√✓\uf06c\uf06e\uf075\uf0b7\uf0d8\uf0fc](?=[^年])\s?"),
    style("-", NodeKind.H5, r"[-－–—](?![-－–—\d])\s?(?=[\u4e00-\u9fff《“])"),
)
BY_KEY = {row.key: row for row in STYLES}
FIRSTS = re.compile(rf"[第附（(\dA-Za-z{COUNT}{CIRCLED}首其再最❶-❿●■◆▪•·○◇□☐➢★▲√✓\uf06c\uf06e\uf075\uf0b7\uf0d8\uf0fc\-－–—]")
BULLETS = {"•", "-"}  # not displayed
REFERABLE = {"编", "章", "节", "条", "（一）", "（1）"}
ORDER_WORDS = {"首先": 1, "其次": 2, "再次": 3, "最后": 4}


def read_label(text: str) -> Label | None:
    """The label at the head of a text, or None; a mere reference (第十二条规定…) is none."""
    if not FIRSTS.match(text):
        return None
    for row in STYLES:
        found = row.pattern.match(text)
        if found and not is_reference(row, text, found.end()):
            return make_label(row, found)
    return None


def is_reference(row: Style, text: str, end: int) -> bool:
    """Whether the number is only mentioned; a blank behind it shows that it is a heading."""
    return row.key in REFERABLE and not text[end - 1].isspace() and MENTIONED.match(text, end) is not None


def make_label(row: Style, found: re.Match[str]) -> Label:
    """A label from a match; an annex without number and a bullet count as 0."""
    mark = found.group(1) if found.re.groups else None
    shown = "" if row.key in BULLETS else display(found.group())
    return Label(style=row.key, kind=row.kind, text=shown, ordinal=ordinal(mark or ""), end=found.end())


def display(text: str) -> str:
    """A label as printed on the sheet: no blanks, full-width brackets around, no stray colon."""
    squeezed = re.sub(r"[\s\u3000]+", "", text).rstrip(":：")
    return squeezed.replace("(", "（").replace(")", "）") if squeezed.startswith(("(", "（")) else squeezed


def read_auto_label(text: str) -> Label:
    """The number a word processor shows (自动编号) to a label; an unknown sign counts as a bullet."""
    found = read_label(text + " ") or read_label(text)
    if found:
        return Label(style=found.style, kind=found.kind, text=found.text and display(text), ordinal=found.ordinal, end=0)
    return Label(style="•", kind=NodeKind.H5, text="", ordinal=0, end=0)


def ordinal(mark: str) -> int:
    """十二, 12, ③ or c to its number; 0 where there is none."""
    if not mark:
        return 0
    if mark.isdecimal():
        return int(mark)
    if mark in CIRCLED:
        return CIRCLED.index(mark) + 1
    if "❶" <= mark <= "❿":
        return ord(mark) - ord("❶") + 1
    if mark in ORDER_WORDS:
        return ORDER_WORDS[mark]
    return ord(mark.lower()) - ord("a") + 1 if mark.isascii() else to_int(mark) or 0
