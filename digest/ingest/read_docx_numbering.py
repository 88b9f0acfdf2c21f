"""numbering.xml to the numbers that Word displays and does not store (自动编号): 第一条, （一）, 1., ①.

Rules seen to matter (design notes on docx): numId and ilvl inherit independently along basedOn; the level comes from
lvl/pStyle where a style names none; counters belong to the abstract list, startOverride acts on the first use of a num;
numStyleLink; lvlRestart=0; isLgl shows every level in Arabic figures.
"""

import re

from msgspec import Struct

from digest.ingest.read_docx_package import MC, Element, W, switched, value, whole
from digest.ingest.read_docx_styles import Styles
from digest.zh.numerals import to_chinese

LEVELS = 9
BULLET = "•"
SPOKEN = frozenset(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand", "koreanCounting"))
DIGITWISE = frozenset(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"))
LEGAL = str.maketrans("一二三四五六七八九十百千零", "壹贰叁肆伍陆柒捌玖拾佰仟零")
CIRCLES = {"decimalEnclosedCircle": 0x2460, "decimalEnclosedCircleChinese": 0x2460, "decimalEnclosedParen": 0x2474, "decimalEnclosedFullstop": 0x2488}
ROWS = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥", "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"}
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
MOST = 9999  # larger numbers are shown in figures whatever the format


class Level(Struct, frozen=True, kw_only=True):
    """One level of an abstract list."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False


class Num(Struct, frozen=True, kw_only=True):
    """One w:num: its abstract list, first numbers and levels of its own."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]


class Numbering:
    """Counts through a document; ``label`` must be asked once per paragraph, in order, empty paragraphs too."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self.styles = styles
        self.abstracts: dict[str, dict[int, Level]] = {}
        self.links: dict[str, str] = {}  # abstract list to the list style that really defines it
        self.styled: dict[str, int] = {}  # paragraph style to the level that names it
        self.nums: dict[str, Num] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()
        for element in () if root is None else root.findall(W + "abstractNum"):
            self._add_abstract(element)
        for element in () if root is None else root.findall(W + "num"):
            self.nums[element.get(W + "numId", "")] = _num(element)

    def _add_abstract(self, element: Element) -> None:
        """Take in one abstract list."""
        number = element.get(W + "abstractNumId", "")
        levels = {whole(each.get(W + "ilvl")) or 0: each for each in element.findall(W + "lvl")}
        self.abstracts[number] = {depth: _level(each) for depth, each in levels.items()}
        for depth, each in levels.items():
            if style := value(each, W + "pStyle"):
                self.styled[style] = depth
        if link := value(element, W + "numStyleLink"):
            self.links[number] = link

    def label(self, paragraph: Element) -> tuple[str, int | None]:
        """The displayed number of a paragraph with its level from 0; empty where it has none."""
        number, depth = self._place(paragraph)
        num = self.nums.get(number)
        if num is None:
            return "", None
        abstract = self._real(num.abstract)
        levels = {**self.abstracts.get(abstract, {}), **num.levels}
        if depth not in levels:
            return "", None
        self._count(number, abstract, depth, levels)
        return self._show(abstract, depth, levels), depth

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The numId and level of a paragraph: its own, else its style's, each inherited on its own."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number, depth = value(own, W + "numId"), whole(value(own, W + "ilvl"))
        for style in self.styles.chain(self.styles.of(paragraph)):
            if number is not None and depth is not None:
                break
            if depth is None:
                depth = style.level if style.level is not None or number is not None else self.styled.get(style.key)
            if number is None:
                number = style.numbering
        return number or "", min(depth or 0, LEVELS - 1)

    def _real(self, abstract: str) -> str:
        """The abstract list behind a link to a list style."""
        style = self.styles.named(self.links.get(abstract, ""))
        num = self.nums.get((style.numbering if style else None) or "")
        return num.abstract if num else abstract

    def _count(self, number: str, abstract: str, depth: int, levels: dict[int, Level]) -> None:
        """Count one paragraph at a level: levels above begin, levels below restart."""
        counts = self.counts.setdefault(abstract, {})
        starts = self.nums[number].starts
        if (number, depth) not in self.begun and depth in starts:
            counts[depth] = starts[depth] - 1
        self.begun.add((number, depth))
        for above in range(depth):
            if above in levels:
                counts.setdefault(above, starts.get(above, levels[above].start))
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for below in [each for each in counts if each > depth]:
            restart = levels[below].restart if below in levels else None
            if restart is None or (restart > 0 and depth < restart):
                del counts[below]

    def _show(self, abstract: str, depth: int, levels: dict[int, Level]) -> str:
        """The level's text with its numbers filled in."""
        level = levels[depth]
        if level.form == "bullet":
            return BULLET
        counts = self.counts[abstract]

        def fill(found: re.Match[str]) -> str:
            at = int(found.group(1)) - 1
            form = "decimal" if level.legal else levels.get(at, level).form
            return show(form, counts.get(at, 1))

        return re.sub(r"%([1-9])", fill, level.text).strip()


def _num(element: Element) -> Num:
    """One w:num with its overrides."""
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in element.findall(W + "lvlOverride"):
        depth = whole(override.get(W + "ilvl")) or 0
        start = whole(value(override, W + "startOverride"))
        if start is not None:
            starts[depth] = start
        own = override.find(W + "lvl")
        if own is not None:
            levels[depth] = _level(own)
    return Num(abstract=value(element, W + "abstractNumId") or "", starts=starts, levels=levels)


def _level(element: Element) -> Level:
    """One w:lvl; custom formats have their stand-in inside mc:Fallback."""
    form = value(element, W + "numFmt") or value(element, f"{MC}AlternateContent/{MC}Fallback/{W}numFmt") or "decimal"
    start, restart = whole(value(element, W + "start")), whole(value(element, W + "lvlRestart"))
    legal = bool(switched(element, W + "isLgl"))
    return Level(form=form, text=value(element, W + "lvlText") or "", start=1 if start is None else start, restart=restart, legal=legal)


def show(form: str, number: int) -> str:
    """A number in one of Word's number formats (ECMA-376 17.18.59)."""
    if form == "none":
        return ""
    if number <= 0 or number > MOST:
        return str(number)
    for family in (_chinese, _sign, _latin):
        if found := family(form, number):
            return found
    return str(number)


def _chinese(form: str, number: int) -> str:
    """Chinese numerals; empty for other formats."""
    if form in SPOKEN:
        return to_chinese(number)
    if form == "chineseLegalSimplified":
        return to_chinese(number).translate(LEGAL)
    return (
        "".join("〇一二三四五六七八九"[int(sign)] for sign in str(number))
        if form in DIGITWISE and number > 9
        else to_chinese(number)
        if form in DIGITWISE
        else ""
    )


def _sign(form: str, number: int) -> str:
    """Circled and bracketed signs and the cyclic rows; empty for other formats."""
    if form in CIRCLES and number <= 20:
        return chr(CIRCLES[form] + number - 1)
    row = ROWS.get(form, "")
    return row[(number - 1) % len(row)] if row else ""


def _latin(form: str, number: int) -> str:
    """Letters, Roman numerals and dressed figures; empty for other formats."""
    if form in ("lowerLetter", "upperLetter"):
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text if form == "lowerLetter" else text.upper()
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    dressed = {"decimalZero": f"{number:02d}", "decimalFullWidth": str(number).translate(FULL_WIDTH), "numberInDash": f"- {number} -"}
    return dressed.get(form, "")


FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _roman(number: int) -> str:
    """Roman numeral in capitals."""
    text = ""
    for size, sign in ROMAN:
        count, number = divmod(number, size)
        text += sign * count
    return text
