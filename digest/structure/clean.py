"""Lines to passages: joined, blanks inside Chinese squeezed, widths evened out, with the offset table kept.

Characters are deleted or mapped one to one; nothing is ever added, so every passage points back into the raw text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from digest.model.outline import Passage, Run
from digest.structure.lines import CJK, Line

INVISIBLE = (*range(0, 9), *range(0xE, 0x20), 0x7F, 0xAD, *range(0x200B, 0x2010), *range(0x2028, 0x202F), 0x2060, 0xFEFF, 0xFFFE, 0xFFFD)
JUNK = frozenset(map(chr, INVISIBLE))
WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05, 0xFF0E, 0xFF0F, 0xFF0B, 0xFF0D)}
RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}  # some PDF fonts give radicals for words
WIDTHS = {**WIDE, **RADICALS, **str.maketrans("«»﹝﹞\u3000\xa0\t\n\r", "《》〔〕     ")}

BEFORE = rf"(?<=[{CJK}”’》）)〉】%％])"
AFTER = rf"(?=\s*(?:[{CJK}“‘《（(〈【]|$))"
MARK = re.compile(rf"{BEFORE}\s*[,;:?!](?![0-9]{{2}}\b)|(?<![0-9A-Za-z,;:?!])[,;:?!]{AFTER}|(?<=[0-9A-Za-z])[,;?!]{AFTER}|(?<=[0-9A-Za-z]):(?=\s*[{CJK}])")
FULL_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
POINT = re.compile(rf"(?<=[{CJK}]\d)。(?=\s*\d{{1,2}}[万亿%元倍])|(?<=[{CJK}]\d\d)。(?=\s*\d{{1,2}}[万亿%元倍])")  # OCR: 1。6万
STOP = re.compile(rf"(?<=[{CJK}”’》）)〉】])\.(?=\s*(?:$|[{CJK}“‘《（(][^，。；：、,.;:]{{6}}))")
PAIR = re.compile(r"[(（]([^()（）]{0,120})[)）]")
LONE = re.compile(rf"(?<=[{CJK}])\((?=[^)]*$)|(?<=[{CJK}])\)")
HAN = re.compile(rf"[{CJK}]")
SPACED_DIGITS = re.compile(r"(?<!\d)\d(?: +\d){3,}(?!\d)")
BLANKS = re.compile(r"\s+")
# a blank that must stay: between two words of Latin letters or digits, and behind a number that it tells from running text
WORDS = re.compile(r"(?:(?<=[A-Za-z0-9%)\]])|(?<=[A-Za-z][.,]))\s+(?=[A-Za-z0-9(\[])")
LABELLED = re.compile(r"\s*(?:第\s*[一二三四五六七八九十百千零〇\d]{1,6}\s*[编章节条](?:\s*之[一二三四五六七八九十])?|\d{1,2}(?:\.\d{1,2})*[.、]?)(\s+)")


def make_passages(paragraphs: Sequence[Sequence[Line]]) -> tuple[Passage, ...]:
    """Paragraphs of lines to passages; a paragraph in which nothing is left gives none."""
    found: list[Passage] = []
    for lines in paragraphs:
        passage = make_passage(len(found), lines)
        if passage.text:
            found.append(passage)
    return tuple(found)


def make_passage(number: int, lines: Sequence[Line]) -> Passage:
    """One paragraph to its passage."""
    raw, places = join_raw(lines)
    even = even_out(raw)
    runs: list[Run] = []
    kept: list[str] = []
    length = 0
    for start, end in kept_ranges(even):
        for low, high in cut_at(places, start, end):
            line_start, line = place_of(places, low)
            runs.append(Run(start=length, length=high - low, block=line.block.number, offset=line.start + low - line_start))
            length += high - low
        kept.append(even[start:end])
    first = lines[0].block
    return Passage(number=number, text="".join(kept), runs=tuple(runs), part=first.part, page=first.page)


Places = list[tuple[int, Line]]


def join_raw(lines: Sequence[Line]) -> tuple[str, Places]:
    """The lines' raw characters one after the other, and where each begins."""
    pieces: list[str] = []
    places: Places = []
    length = 0
    for line in lines:
        places.append((length, line))
        pieces.append(line.block.raw[line.start : line.end])
        length += line.end - line.start
    return "".join(pieces), places


def place_of(places: Places, position: int) -> tuple[int, Line]:
    """The line that a joined position lies in, with where it begins."""
    return next((start, line) for start, line in reversed(places) if start <= position)


def cut_at(places: Places, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A range cut where lines begin."""
    low = start
    for border, _ in places:
        if low < border < end:
            yield low, border
            low = border
    yield low, end


def even_out(raw: str) -> str:
    """Full-width digits and letters to half-width, half-width marks in Chinese text to full-width; same length."""
    text = raw.translate(WIDTHS)
    text = MARK.sub(lambda found: found.group()[:-1] + FULL_MARKS[found.group()[-1]], text)
    text = POINT.sub(".", STOP.sub("。", text))
    text = PAIR.sub(lambda found: even_pair(text, found), text)
    return LONE.sub(lambda found: "（" if found.group() == "(" else "）", text)


def even_pair(text: str, found: re.Match[str]) -> str:
    """Brackets in Chinese surroundings are full-width ones."""
    around = text[found.start() - 1 : found.start()] + found.group(1) + text[found.end() : found.end() + 1]
    if found.group()[0] == "(" and found.group()[-1] == ")" and not HAN.search(around):
        return found.group()
    return f"（{found.group(1)}）"


# full stops that OCR or a converter put into a word: 秩。序, 60周岁（含）。以上
SLIP = re.compile(r"(?<=（含）)。(?=以[上下内])|(?<=[\u4e00-\u9fff])。(?=(?![但即如若故又而且再注])[\u4e00-\u9fff][，、])")


# the wide blank behind 第一条 that OCR took for a quotation mark
QUOTE = re.compile(r"\s*第\s*[一二三四五六七八九十百千零〇]{1,6}\s*[编章节条]\s*([”“’])")


def kept_ranges(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a joined text that stay: junk goes, and blanks unless they part two Latin words."""
    keep = {found.start() for found in WORDS.finditer(text)}
    for found in SPACED_DIGITS.finditer(text):
        keep -= set(range(found.start(), found.end()))
    if label := LABELLED.match(text):
        keep.add(label.start(1))
    slips = {found.start() for found in SLIP.finditer(text)}
    if (quote := QUOTE.match(text)) and (quote.group(1) in "”’" or text.count("“") > text.count("”")):
        slips.add(quote.start(1))
    start = None
    for position, letter in enumerate(text):
        stays = position in keep if letter.isspace() else letter not in JUNK and position not in slips
        if stays and start is None:
            start = position
        elif not stays and start is not None:
            yield start, position
            start = None
    if start is not None:
        yield start, len(text)
