"""Document: what a reader saw in a file, block by block, before anything is interpreted (step 1 hands it over).

A block's ``raw`` is never changed afterwards; every later value points back into it by block number and character span.
"""

from enum import StrEnum

from msgspec import Struct


class Box(Struct, frozen=True, kw_only=True):
    """A rectangle on a page: points, origin at the top left corner, page counted from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class BlockKind(StrEnum):
    """How much a reader knows about a block."""

    PARAGRAPH = "paragraph"  # a whole paragraph, nothing to rejoin (docx, html)
    LINE = "line"  # one visual line, to be rejoined by structure (pdf, txt, ocr, ofd)
    CELL = "cell"  # the text of one table cell, see Block.cell
    FURNITURE = "furniture"  # running header or footer, page number, watermark: kept for the secrecy gate only
    NOTE = "note"  # footnote or endnote


class PartKind(StrEnum):
    """Where in the consignment a block stands."""

    BODY = "body"  # the file itself
    MAIL = "mail"  # one message of a mail; depth 0 is the outermost (last forwarder), larger is older
    ATTACHMENT = "attachment"  # a file attached to or bundled with the body


class Part(Struct, frozen=True, kw_only=True):
    """One piece of a consignment (正文、外层转发、附件). ``headers`` are mail headers as (name, decoded value)."""

    number: int
    kind: PartKind = PartKind.BODY
    name: str = ""
    depth: int = 0
    form: str = ""
    headers: tuple[tuple[str, str], ...] = ()


class Style(Struct, frozen=True, kw_only=True):
    """What type tells about a block: size in pt (0 = unknown), bold, centred, first-line indent in characters."""

    size: float = 0.0
    bold: bool = False
    centred: bool = False
    right: bool = False
    indent: float = 0.0
    name: str = ""
    outline_level: int | None = None  # 0 = highest heading, from the word processor


class Cell(Struct, frozen=True, kw_only=True):
    """Where a CELL block stands: table number, row and column from 0, and how far it spans."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Block(Struct, frozen=True, kw_only=True):
    """One paragraph, line or cell as read.

    ``label`` is the number the word processor shows but does not store in the text (自动编号, e.g. ``（一）``);
    it is not part of ``raw``. ``doubtful`` are [start, end) ranges of ``raw`` that OCR was unsure of.
    ``tracked`` says the block holds accepted insertions or lost deletions (修订痕迹). ``page`` counts from 1.
    """

    number: int
    raw: str
    kind: BlockKind = BlockKind.PARAGRAPH
    part: int = 0
    page: int | None = None
    box: Box | None = None
    label: str = ""
    label_level: int | None = None
    style: Style = Style()
    cell: Cell | None = None
    doubtful: tuple[tuple[int, int], ...] = ()
    tracked: bool = False
    gap_before: bool = False  # a blank line or a clear vertical gap stands before it


class Table(Struct, frozen=True, kw_only=True):
    """The shape of a table; its text is in CELL blocks. ``header_rows`` rows at the top name the columns."""

    number: int
    rows: int
    columns: int
    header_rows: int = 1
    part: int = 0


class Attachment(Struct, frozen=True, kw_only=True):
    """A file named by the consignment: read as a part, or only named (and then ``why`` says why not)."""

    name: str
    read: bool
    why: str = ""


class Notice(Struct, frozen=True, kw_only=True):
    """Something the user must know: ``code`` for programs, ``text`` in the user's Chinese, ``place`` such as 第3页."""

    code: str
    text: str
    place: str = ""


class Document(Struct, frozen=True, kw_only=True):
    """Everything read from one source, in reading order. ``blocks[i].number == i`` and ``parts[i].number == i``."""

    name: str
    sha256: str
    form: str  # docx, pdf, txt, md, eml, ...
    size: int  # bytes
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    pages: int | None = None
    attachments: tuple[Attachment, ...] = ()
    notices: tuple[Notice, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()  # document properties (title, category, keywords), for the secrecy gate
