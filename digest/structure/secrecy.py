"""Secrecy gate (密级闸门): markings are looked for where markings stand, before anything else is taken from the text.

Red only in marking positions (head lines, page furniture, notes, file name, properties, mail subject): every second
regulation speaks of 国家秘密、商业秘密 in its body (domain.md 1.8). The words are in secrecy.tsv.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from digest.model.document import Block, BlockKind, Document
from digest.model.outline import Light, Secrecy
from digest.structure.lines import fold
from digest.structure.titles import PREFIX
from digest.zh.lexicon import Lexicon, Marking

FIRST_LINES = 2  # where 份号 stands; a slip of paper has none
HEAD_LINES = 15  # non-blank lines in which a head stands (domain.md 1.2)
FOOT_LINES = 25
LONGEST_MARK = 40  # characters; a marking stands on a line of its own
LONGEST_NOTE = 160
NOTE = re.compile(r"^\*?[（(](?![一二三四五六七八九十\d]{1,3}[）)])[^。；]{2,160}。?[）)]\*?$")  # a numbered item is no note
LAST_STOP = re.compile(r"。(?=[)）】\]]$)")  # inside brackets only: a sentence that ends with one is no marking
SCOPE = re.compile(r"(?:此件|本件|本通知|此文)?(?:发至|下发至|传达至|传达到|限(?!额|期|制|时|于))(.{2,120}?)(?:[，。；）)]|$)")
# 此件发至…: a scope that ends above the outlets forbids handing it out there (domain.md 1.7)
REACHES_OUTLETS = re.compile(
    r"网点|营业机构|(?:各级|基层|分支|经营|所有|各|辖属|全部)(?:分支)?机构|全行|全体|全员|(?<!县)(?<!县级)支行|各(?:商业)?银行|商业银行|金融机构|社会|公众|县团级"
)
ENDS_ABOVE = re.compile(r"(?:一级|二级|省|直属|市)?分行|县(?:级)?支行|总行|部门|处室")
PUBLIC = re.compile(r"(?:公开发布|主动公开)")


class Spot(Struct, frozen=True, kw_only=True):
    """A text in one kind of place."""

    position: str
    text: str


def judge(document: Document, lexicon: Lexicon) -> Secrecy:
    """The light with the words that triggered it; red before orange, marks before words in the body."""
    spots = [*spots_of(document)]
    for light in (Light.RED, Light.ORANGE):
        found = first_mark(spots, [marking for marking in lexicon.markings if marking.light == light.value])
        scope = next((each for spot in spots if spot.position == "附注" and (each := read_scope(spot.text)) and each.light is light), None)
        if found or scope:
            return found or scope or Secrecy()
    return Secrecy()


def first_mark(spots: Sequence[Spot], markings: Sequence[Marking]) -> Secrecy | None:
    """The first marking found."""
    for marking in markings:
        for spot in spots:
            if marking.position == spot.position and (hit := marking.pattern.search(spot.text)):
                words = show(spot.text if len(spot.text) <= LONGEST_MARK else hit.group())
                return Secrecy(light=Light(marking.light), marking=words, reason=marking.reason, scope=scope_words(spot.text))
    return None


def show(text: str) -> str:
    """A folded text with the brackets and marks that Chinese readers expect."""
    return text.translate(str.maketrans("(),:;", "（），：；"))


def read_scope(text: str) -> Secrecy | None:
    """此件发至…: orange where the outlets are in it, red where it ends above them."""
    scope = scope_words(text)
    if not scope or PUBLIC.search(text):
        return None
    if ENDS_ABOVE.search(scope) and not REACHES_OUTLETS.search(scope):
        return Secrecy(light=Light.RED, marking=show(text), reason="传达范围没有到网点", scope=scope)
    return Secrecy(light=Light.ORANGE, marking=show(text), reason="限定了传达范围", scope=scope)


def scope_words(text: str) -> str:
    """The words behind 此件发至; empty where there are none."""
    if not NOTE.match(text):
        return ""
    found = SCOPE.search(text)
    return found.group(1) if found else ""


def spots_of(document: Document) -> Iterator[Spot]:
    """Every text that can carry a marking, with the kind of place it stands in."""
    for name in names(document):
        yield Spot(position="名称", text=name)
    for line in mark_lines(document):
        yield Spot(position="标识", text=line)
    for block in document.blocks[:FIRST_LINES]:
        if len(document.blocks) > HEAD_LINES:
            yield Spot(position="首行", text=fold(block.raw))
    for block in document.blocks:
        text = fold(block.raw)
        if len(text) <= LONGEST_NOTE and NOTE.match(text):
            yield Spot(position="附注", text=text)
        yield Spot(position="正文", text=text)


def names(document: Document) -> Iterator[str]:
    """File names, properties and mail subjects."""
    yield from (fold(text) for text in (document.name, *(part.name for part in document.parts)))
    yield from (fold(value) for _, value in document.properties)
    for part in document.parts:
        for name, value in part.headers:
            if name.strip().lower() in ("主题", "subject"):
                yield fold(value)
                yield fold(PREFIX.sub("", value))


def mark_lines(document: Document) -> Iterator[str]:
    """Short lines at the head and foot of each part, and all page furniture."""
    for part in document.parts:
        own = [block for block in document.blocks if block.part == part.number and block.kind is not BlockKind.CELL and fold(block.raw)]
        text = [block for block in own if block.kind is not BlockKind.FURNITURE]
        furniture = [block for block in own if block.kind is BlockKind.FURNITURE]
        yield from short_lines([*text[:HEAD_LINES], *notes(text[HEAD_LINES:][-FOOT_LINES:]), *furniture])
    yield from (fold(value) for _, value in document.properties)


def notes(blocks: Sequence[Block]) -> list[Block]:
    """Lines in brackets: markings at the foot stand in them."""
    return [block for block in blocks if NOTE.match(fold(block.raw))]


def short_lines(blocks: Sequence[Block]) -> Iterator[str]:
    """The folded lines of blocks that are no longer than a marking; 密级 and 份号 may share a line with others."""
    for block in blocks:
        for piece in (block.raw, *re.split(r"[\t\u3000]{2,}| {3,}", block.raw)):
            text = LAST_STOP.sub("", fold(piece))
            if 0 < len(text) <= LONGEST_MARK:
                yield text
