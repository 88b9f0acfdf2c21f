"""Lines to paragraphs: where a hard-wrapped line goes on and where a paragraph begins (domain.md 1.9).

The width of a full line tells: a full line without a closing mark goes on; blank lines and indents count only in
documents that use them with meaning (some converters set a blank line behind every line).
"""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from digest.model.document import BlockKind
from digest.structure.doc_number import read_line, read_title
from digest.structure.lines import Line
from digest.structure.numbering import Label, read_label
from digest.structure.titles import KINDS

SHORT = 8.0  # characters; below it a line tells nothing about the width
SLACK = 3.0  # characters a full line may fall short: marks may not begin a line (避头尾), Latin words are not cut
WIDEST = 90.0  # characters; longer lines are whole paragraphs
FULL_SHARE = 0.35  # of the lines without a closing mark that must agree on the width
WIDER_SHARE = 0.4  # of the full lines; more lines that are wider still show that lines are whole paragraphs
INFORMATIVE = 0.6  # of the gaps (indents) that must stand where a paragraph can begin

LARGE = 1.2  # times the body's type: a title's (domain.md 1.1: 22 pt over 16 pt)
SAME = 0.2  # OCR measures type roughly
AGAIN = 16  # characters
LONGEST_TITLE = 5  # lines
OPEN_ENDED = re.compile(r"[，、《（“〈,(\-]$|[和与及或的对为在将按向由]$")
CANNOT_BEGIN = re.compile(r"[，。；：、！？）》”〕]|的[，。；]")
STANDS_ALONE = re.compile(
    r"(?:发文机关|发布机关|发布部门|发布单位|颁布单位|制定机关|发布日期|颁布日期|公布日期|生效日期|施行日期|实施日期|时效性|效力级别|文\s*号|发文字号)\s*[:：]|"
    r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日$|[〇○零一二三四五六七八九]{4}年.{1,3}月.{1,3}日$"
    r"|附\s*[件表]?\s*[:：\d]|抄\s*[送报]\s*[:：]|[（(](?:此件|联系人)|https?://|(?:尊敬的|各位).{0,20}(?:领导|同志|来宾|同事|行长|代表)"
)
TITLE_ENDS = re.compile(rf"(?:{KINDS})(?:[（(][^）)]{{1,24}}[）)])?$")
NUMBER_ENDS = re.compile(r"[〔\[（(]\s*\d{4}\s*[〕\]）)]\s*第?\s*\d+\s*号$")  # 发文字号 on a line of its own
TITLE_OPENS = re.compile(r"^.{0,30}(?:关于|印发|转发|发布).{0,60}$")


class Layout(Struct, frozen=True, kw_only=True):
    """How the lines of one part are laid out: the width of a full line (0 = not wrapped) and what gaps and indents mean."""

    width: float
    gaps: bool
    indents: bool
    margin: float = 0.0
    size: float = 0.0  # of the body's type

    def full(self, line: Line) -> bool:
        """Whether a line reaches the right margin."""
        return self.width > 0 and line.reach + line.slack >= self.width - SLACK


def join_lines(lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """Lines in reading order to paragraphs."""
    layouts = {part: measure([line for line in lines if line.block.part == part]) for part in {line.block.part for line in lines}}
    paragraphs: list[list[Line]] = []
    label: Label | None = None
    for line in lines:
        found = read_label(line.text)
        if paragraphs and goes_on(paragraphs[-1], line, layouts[line.block.part], label=found, last=label):
            paragraphs[-1].append(line)
            continue
        paragraphs.append([line])
        label = found or label
    return tuple(map(tuple, paragraphs))


def measure(lines: Sequence[Line]) -> Layout:
    """The layout of some lines."""
    wrapped = [line for line in lines if line.block.kind is BlockKind.LINE]
    width = full_width(wrapped)
    margin = min((line.indent for line in wrapped), default=0.0)
    return Layout(
        width=width,
        gaps=told_apart(wrapped, [line.gap for line in wrapped]),
        indents=told_apart(wrapped, [line.indent >= margin + 1 for line in wrapped]),
        margin=margin,
        size=body_size(wrapped),
    )


def body_size(lines: Sequence[Line]) -> float:
    """The type size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.block.style.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def full_width(lines: Sequence[Line]) -> float:
    """The commonest width among lines that end without a closing mark; 0 where lines are whole paragraphs."""
    open_ones = [line.reach for line in lines if not line.ends and line.width >= SHORT]
    if len(open_ones) < 2:
        return 0.0
    counts = Counter(round(width) for width in open_ones)
    best = max(counts, key=lambda width: (sum(counts[width + step] for step in (-2, -1, 0, 1)), width))
    agreeing = sum(counts[best + step] for step in (-3, -2, -1, 0, 1, 2))
    wider = sum(line.reach > best + SLACK for line in lines)
    wrapped = best <= WIDEST and wider <= WIDER_SHARE * agreeing
    return float(best) if wrapped and agreeing >= max(2, FULL_SHARE * len(open_ones)) else 0.0


def told_apart(lines: Sequence[Line], signs: Sequence[bool]) -> bool:
    """Whether a sign (gap, indent) stands mostly where a paragraph can begin: behind a closing mark or at a number."""
    places = [index for index in range(1, len(lines)) if signs[index]]
    if not places or len(places) > 0.95 * len(lines):
        return bool(places) and all_whole(lines)
    begins = sum(lines[index - 1].ends or read_label(lines[index].text) is not None or lines[index - 1].width < SHORT for index in places)
    return begins >= INFORMATIVE * len(places)


def all_whole(lines: Sequence[Line]) -> bool:
    """Whether nearly every line ends like a paragraph."""
    return sum(line.ends for line in lines) >= INFORMATIVE * len(lines)


def goes_on(paragraph: Sequence[Line], line: Line, layout: Layout, *, label: Label | None, last: Label | None) -> bool:
    """Whether ``line`` continues the paragraph."""
    previous = paragraph[-1]
    if line.apart or line.block.part != previous.block.part:
        return False
    if line.block.kind is not BlockKind.LINE or previous.block.kind is not BlockKind.LINE:
        return continues_centred(paragraph, line)
    if label and begins_item(paragraph, layout, label, last):
        return False
    if STANDS_ALONE.match(line.text) or says_again(previous, line):
        return False
    if is_large(previous, layout) and is_large(line, layout):
        return same_size(previous, line) and not TITLE_ENDS.search(previous.text) and len(paragraph) < LONGEST_TITLE
    if has_open_bracket(paragraph) and len(paragraph) < LONGEST_TITLE:
        return True
    if previous.block.style.centred != line.block.style.centred or is_number_line(paragraph):
        return False
    if previous.ends:
        return runs_over(previous, line, layout)
    return CANNOT_BEGIN.match(line.text) is not None or unfinished(paragraph, line, layout)


def continues_centred(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether a title was broken by hand into centred paragraphs of a word processor."""
    one, other = paragraph[-1].block, line.block
    return one.kind is other.kind is BlockKind.PARAGRAPH and one.style.centred and other.style.centred and breaks_title(paragraph, line)


def says_again(previous: Line, line: Line) -> bool:
    """Whether a line repeats what has just been said, as titles printed twice do."""
    end = previous.text[-AGAIN:]
    return len(end) == AGAIN and end in line.text


def is_large(line: Line, layout: Layout) -> bool:
    """Whether a line is set in clearly larger type than the body."""
    return layout.size > 0 and line.block.style.size > LARGE * layout.size


def same_size(previous: Line, line: Line) -> bool:
    """Whether two lines are set alike."""
    return abs(previous.block.style.size - line.block.style.size) <= SAME * line.block.style.size


def is_number_line(paragraph: Sequence[Line]) -> bool:
    """Whether the paragraph is a document number on a line of its own, and so over."""
    if len(paragraph) == 1 and read_line(paragraph[0].text):
        return True
    if len(paragraph) <= LONGEST_TITLE and read_title("".join(line.text for line in paragraph)):
        return True
    return len(paragraph) <= 2 and NUMBER_ENDS.search(paragraph[-1].text) is not None and "》" not in paragraph[-1].text


def has_open_bracket(paragraph: Sequence[Line]) -> bool:
    """Whether a bracket or a name is still open at the end."""
    text = "".join(line.text for line in paragraph)
    return text.count("《") > text.count("》") or len(re.findall(r"[（(]", text)) > len(re.findall(r"[）)]", text))


def begins_item(paragraph: Sequence[Line], layout: Layout, label: Label, last: Label | None) -> bool:
    """Whether a number at a line's head is one; inside running text it must be the next of its kind."""
    previous = paragraph[-1]
    if previous.ends or not layout.full(previous):
        return True
    if label.style in ("编", "章", "节", "条"):
        return True
    return label.ordinal == 1 or (last is not None and last.style == label.style and label.ordinal == last.ordinal + 1)


def runs_over(previous: Line, line: Line, layout: Layout) -> bool:
    """Behind a closing mark at the right margin a line without indent or gap still belongs to the paragraph."""
    if not layout.full(previous) or (line.gap and layout.gaps):
        return False
    return layout.indents and line.indent < layout.margin + 1


def unfinished(paragraph: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Behind a line without a closing mark: full lines, open brackets, running prose and broken titles go on."""
    previous = paragraph[-1]
    if layout.indents and line.indent >= layout.margin + 1 and line.gap and layout.gaps:
        return False
    if is_whole_title("".join(each.text for each in paragraph)):
        return False
    if layout.full(previous) or OPEN_ENDED.search(previous.text):
        return True
    if line.gap and layout.gaps:
        return False
    if is_prose(paragraph, layout):
        return True
    return breaks_title(paragraph, line)


def is_whole_title(text: str) -> bool:
    """Whether a title has come to its kind of document (…的通知)."""
    return TITLE_ENDS.search(text) is not None and TITLE_OPENS.match(text) is not None


def is_prose(paragraph: Sequence[Line], layout: Layout) -> bool:
    """Whether the paragraph has run over a full line already, and so must still come to its closing mark."""
    return layout.width > 0 and any(layout.full(line) for line in paragraph)


def breaks_title(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether the paragraph is the first part of a title (关于…) that has not come to its kind of document yet."""
    text = "".join(each.text for each in paragraph)
    if len(paragraph) > 4 or TITLE_ENDS.search(text) or not TITLE_OPENS.match(text):
        return False
    return line.width <= 40 and not line.ends
