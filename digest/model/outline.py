"""Outline: the document understood (step 2 hands it over): masthead, numbering tree, sentences, units.

Provenance: Unit -> Sentence -> Passage range -> Span of a Block -> page and box. Sentences are keyed by number, never by
text, because circulars repeat themselves.
"""

from enum import StrEnum

from msgspec import Struct, field

from digest.model.document import Attachment, Document, Notice


class Span(Struct, frozen=True, kw_only=True):
    """Characters [start, end) of the raw text of one block."""

    block: int
    start: int
    end: int


class Run(Struct, frozen=True, kw_only=True):
    """``length`` characters of a passage, from ``start``, that stand one to one at ``offset`` of a block's raw text."""

    start: int
    length: int
    block: int
    offset: int


class Passage(Struct, frozen=True, kw_only=True):
    """One paragraph after cleaning (段): rejoined lines, furniture gone. ``runs`` is the offset table.

    Cleaning deletes characters or maps them one to one (full-width digits to half-width); it never adds any, but for the
    bars between the cells of a table row, which no run covers.
    """

    number: int
    text: str
    runs: tuple[Run, ...]
    part: int = 0
    page: int | None = None

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Raw spans of text[start:end]; neighbours of the same block are joined over deleted characters."""
        found: list[Span] = []
        for run in self.runs:
            low, high = max(start, run.start), min(end, run.start + run.length)
            if low >= high:
                continue
            first = run.offset + low - run.start
            last = run.offset + high - run.start
            if found and found[-1].block == run.block:
                found[-1] = Span(block=run.block, start=found[-1].start, end=last)
            else:
                found.append(Span(block=run.block, start=first, end=last))
        return tuple(found)


LONGEST_CASE = 12  # characters of a case that says nobody else's matter (涉嫌犯罪的)


class NodeKind(StrEnum):
    """Levels of the numbering tree (层次序数)."""

    ROOT = "root"
    BOOK = "book"  # 第一编
    CHAPTER = "chapter"  # 第一章
    SECTION = "section"  # 第一节
    ARTICLE = "article"  # 第一条
    H1 = "h1"  # 一、
    H2 = "h2"  # （一）
    H3 = "h3"  # 1.
    H4 = "h4"  # （1）
    H5 = "h5"  # ①, a), bullets
    INLINE = "inline"  # 一是…；二是…
    ANNEX = "annex"  # 附件1
    HEADING = "heading"  # a heading without a number


class Node(Struct, frozen=True, kw_only=True):
    """One numbered place of the tree. ``label`` as displayed (``第十二条``), ``path`` for the sheet (``第十二条（三）``)."""

    number: int
    parent: int | None
    kind: NodeKind
    label: str = ""
    heading: str = ""
    path: str = ""
    part: int = 0


class SentenceKind(StrEnum):
    """What a sentence is in its place."""

    HEADING = "heading"  # a title line, never a candidate by itself
    STEM = "stem"  # 引语：introduces items ("应当做到：")
    ITEM = "item"  # a list item that hangs on a stem
    PLAIN = "plain"
    ROW = "row"  # one table row, cells joined by ｜


class Zone(StrEnum):
    """Part of the document with its own weight."""

    OPENING = "opening"  # 缘由、目的、依据
    BODY = "body"
    DEFINITION = "definition"  # 本办法所称…是指
    PENALTY = "penalty"  # 罚则
    CLOSING = "closing"  # 附则、特此通知
    SAMPLE = "sample"  # 合同、协议、章程范本
    LOCAL = "local"  # what a forwarder added (本级要求)
    CASE = "case"  # 案情、喜报、经验介绍


class Sentence(Struct, frozen=True, kw_only=True):
    """One sentence, item or table row: ``passages[passage].text[start:end]`` is ``text`` (label left out).

    ``stem`` is the number of the sentence it hangs on. ``subject`` is who must act (主体), inherited where
    ``inherited`` is true; empty when the text names nobody. ``cells`` of a ROW are (header, value).
    """

    number: int
    kind: SentenceKind
    text: str
    passage: int
    start: int
    end: int
    node: int
    zone: Zone = Zone.BODY
    stem: int | None = None
    subject: str = ""
    inherited: bool = False
    cells: tuple[tuple[str, str], ...] = ()


class Unit(Struct, frozen=True, kw_only=True):
    """What is chosen or left as one (块): a rule with its exception and its limit, or an item with its stem.

    ``sentences`` in document order without the stem; ``stem`` (a sentence number) must be printed with them.
    Items of one list share ``stem``; ``position`` counts them from 0 and ``siblings`` says how many there are. ``rule`` is the unit
    right before it whose special case it is, where both together were too long for one unit: alone it would be read as the rule.
    """

    number: int
    sentences: tuple[int, ...]
    stem: int | None = None
    position: int = 0
    siblings: int = 1
    rule: int | None = None


class Field(Struct, frozen=True, kw_only=True):
    """A masthead element: its normalised value and where it stands; empty value = not found, never guessed."""

    value: str = ""
    spans: tuple[Span, ...] = ()


class Light(StrEnum):
    """Secrecy gate (密级闸门): red refuses, orange restricts, green passes."""

    RED = "red"
    ORANGE = "orange"
    GREEN = "green"


class Secrecy(Struct, frozen=True, kw_only=True):
    """The gate's answer with the words that triggered it, in the user's Chinese."""

    light: Light = Light.GREEN
    marking: str = ""  # the words found, e.g. 秘密★1年
    reason: str = ""
    scope: str = ""  # 此件发至…


class Masthead(Struct, frozen=True, kw_only=True):
    """The elements of GB/T 9704-2012 clause 7 as far as found. Dates are ISO (YYYY-MM-DD)."""

    issuer: Field = Field()  # 发文机关
    doc_number: Field = Field()  # 发文字号
    title: Field = Field()  # 标题
    subject: str = ""  # the title without 关于…的通知, for the sheet's head
    addressees: Field = Field()  # 主送机关
    date: Field = Field()  # 成文日期
    effective: Field = Field()  # 施行日期, printed in the text or computed from it
    effective_word: str = ""  # what begins on that day in the paper's own word (对外营业), where it is no 施行
    urgency: Field = Field()  # 紧急程度
    contacts: Field = Field()  # 联系人
    note: Field = Field()  # 附注
    attachment_names: tuple[str, ...] = ()  # 附件说明
    secrecy: Secrecy = Secrecy()


class Coverage(Struct, frozen=True, kw_only=True):
    """How much of the source was understood, in characters without blanks."""

    read: int = 0  # characters in all blocks
    kept: int = 0  # characters in sentences
    furniture: int = 0  # running heads, page numbers, 版记
    skipped: int = 0  # directories, repeated pastes, signatures, empty forms
    garbled: float = 0.0  # share of characters that no Chinese text has, 0..1


class Outline(Struct, frozen=True, kw_only=True):
    """The structured document. All tuples are indexed by their elements' ``number``."""

    document: Document
    masthead: Masthead
    passages: tuple[Passage, ...]
    nodes: tuple[Node, ...]
    sentences: tuple[Sentence, ...]
    units: tuple[Unit, ...]
    coverage: Coverage = Coverage()
    notices: tuple[Notice, ...] = ()
    attachments: tuple[Attachment, ...] = field(default=())

    def spans_of(self, sentence: int, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Raw spans of ``sentences[sentence].text[start:end]``."""
        it = self.sentences[sentence]
        stop = len(it.text) if end is None else end
        return self.passages[it.passage].spans(it.start + start, it.start + stop)

    def path_of(self, sentence: int) -> str:
        """The article mark (条款号) of a sentence, e.g. ``第十二条（三）``; empty where nothing is numbered."""
        return self.nodes[self.sentences[sentence].node].path

    def opening_of(self, stem: int) -> tuple[int, ...]:
        """What a list hangs on: its stem, and the case that closes the opening (涉嫌犯罪的，移送…：) where another half stands between."""
        first = next((sentence.number for sentence in self.sentences[stem + 1 :] if sentence.stem == stem), stem + 1)
        last = self.sentences[first - 1]
        case = last.text.partition("，")[0]
        closes = first - 1 > stem and last.passage == self.sentences[stem].passage and last.text.endswith("：")
        return (stem, first - 1) if closes and case.endswith("的") and len(case) <= LONGEST_CASE else (stem,)

    def paragraph_to(self, number: int) -> tuple[int, ...]:
        """A sentence with those before it in its paragraph, under the same stem, back to a heading."""
        here, first = self.sentences[number], number
        while first and (before := self.sentences[first - 1]).passage == here.passage and before.stem == here.stem:
            if before.kind in (SentenceKind.HEADING, SentenceKind.STEM):
                break
            first -= 1
        return tuple(range(first, number + 1))

    def page_of(self, sentence: int) -> int | None:
        """The page a sentence begins on, from 1; None where the format has no pages."""
        spans = self.spans_of(sentence)
        return self.document.blocks[spans[0].block].page if spans else None
