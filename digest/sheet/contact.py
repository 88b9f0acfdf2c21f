"""The foot line 联系: whom the source names for questions, in its own words, with where it says so."""

import re
from collections.abc import Iterator
from itertools import islice

from digest.model.outline import Outline, SentenceKind, Span, Zone
from digest.sheet.pool import Pool
from digest.zh import point

LABEL = re.compile(r"^(?:业务|活动)?联系(?:人|方式)[：:]")
LONGEST = 90  # characters: a foot line, not a directory
FIGURES = re.compile(r"\d[\d-]{3,}\d")
ASIDE = frozenset({Zone.SAMPLE, Zone.CASE, Zone.DEFINITION})
PIECES = re.compile(r"[^\s，。；：、:;,（）()]+")


def contact_of(outline: Outline) -> tuple[str, tuple[Span, ...]]:
    """The contact as printed, and its place in the source, with the numbers to be called in need; empty where the source names none or a whole list."""
    found = outline.masthead.contacts
    text = bare(found.value)
    kept = [(text, found.spans)] if text and len(text) <= LONGEST else []
    for said, spans in hotlines(outline):
        if FIGURES.findall(said)[0] not in found.value and sum(len(each) for each, _ in kept) + len(said) <= LONGEST:
            kept.append((said, spans))
    return "；".join(each for each, _ in kept), tuple(span for _, spans in kept for span in spans)


def bare(text: str) -> str:
    """A contact without the words that lead to it (执行中的问题请联系…): the foot line says 联系 itself."""
    said = LABEL.sub("", text)
    lead = re.match(rf"[^：:\d]{{0,24}}?(?:{point.words('引语').pattern})", said)
    rest = said[lead.end() :].lstrip("，：:") if lead else ""
    return rest if FIGURES.search(rest) else said


def hotlines(outline: Outline) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Numbers that the paper tells the branch to call in need (投诉升级电话, 技术支持热线), each in its own words."""
    pattern = re.compile(rf"[^，。；：:]{{0,10}}(?:{point.words('应急').pattern})[^，。；]{{0,8}}?{FIGURES.pattern}(?:（[^）]*）)?(?:，夜间[^，。；]*)?")
    for sentence in outline.sentences:
        if sentence.zone not in ASIDE and sentence.kind is not SentenceKind.ROW and FIGURES.search(sentence.text):  # most have no number
            for hit in islice(pattern.finditer(sentence.text), 1):
                yield hit.group(), outline.spans_of(sentence.number, hit.start(), hit.end())


def foot_line(pool: Pool) -> tuple[str, tuple[Span, ...]]:
    """The paper's contact, looked for once: every sentence is asked."""
    return pool.once("contact", lambda: contact_of(pool.outline))


def in_foot(pool: Pool, text: str) -> bool:
    """Whether a sentence is nothing but the contact that stands in the foot line: no duty, ban or case, and no word of its own."""
    numbers = FIGURES.findall(text)
    told = foot_line(pool)[0] if numbers else ""
    return bool(told) and all(number in told for number in numbers) and not own_words(text, f"{told}。{pool.outline.masthead.contacts.value}")


def own_words(text: str, told: str) -> str:
    """What a sentence says besides the contact itself and the words that lead to one (咨询请拨打)."""
    rest = text
    for piece in sorted(PIECES.findall(told), key=len, reverse=True):
        rest = rest.replace(piece, " ")
    return "".join(PIECES.findall(point.words("联系").sub(" ", rest)))
