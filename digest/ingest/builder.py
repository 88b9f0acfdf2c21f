"""Builder: blocks, tables and parts in reading order to one Document, everything numbered; inner documents merged as parts."""

from typing import Any

from msgspec.structs import replace

from digest.errors import DigestError, NoText, TooMuch
from digest.ingest.context import Context
from digest.ingest.limits import limits
from digest.ingest.sniff import PICTURES, sniff
from digest.model.document import Attachment, Block, BlockKind, Cell, Document, Notice, Part, PartKind, Table
from digest.model.source import Source


class Builder:
    """Collects what a reader sees. The first part is the file itself (or the outermost mail)."""

    def __init__(self, source: Source, form: str, *, kind: PartKind = PartKind.BODY) -> None:
        self.source = source
        self.form = form
        self.parts: list[Part] = [Part(number=0, kind=kind, name=source.name, form=form)]
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.attachments: list[Attachment] = []
        self.notices: list[Notice] = []
        self.properties: list[tuple[str, str]] = []
        self.current = 0  # the part that the next block goes to

    def open_part(self, kind: PartKind, **fields: Any) -> int:
        """Begin a new part (a message of a chain, an attachment); later blocks belong to it. Returns its number."""
        self.parts.append(Part(number=len(self.parts), kind=kind, **fields))
        self.current = len(self.parts) - 1
        return self.current

    def describe(self, **fields: Any) -> None:
        """Fill in fields (headers, name, depth) of the current part."""
        self.parts[self.current] = replace(self.parts[self.current], **fields)

    def add(self, raw: str, kind: BlockKind = BlockKind.PARAGRAPH, **fields: Any) -> int:
        """Add one block to the current part; returns its number.

        Raises:
            TooMuch: more blocks, or a longer block, than limits.toml allows.
        """
        allowed = limits()
        if len(self.blocks) >= allowed.blocks or len(raw) > allowed.block_characters:
            raise TooMuch(f"《{self.source.name}》的段落太多或太长，超过了上限：请拆成几个文件，或只保留要学习的部分后再试。")
        self.blocks.append(Block(number=len(self.blocks), raw=raw, kind=kind, part=self.current, **fields))
        return len(self.blocks) - 1

    def add_table(self, rows: int, columns: int, *, header_rows: int = 1) -> int:
        """Announce a table of the current part; its cells follow as CELL blocks. Returns its number."""
        self.tables.append(Table(number=len(self.tables), rows=rows, columns=columns, header_rows=header_rows, part=self.current))
        return len(self.tables) - 1

    def add_grid(self, rows: list[list[str]], *, header_rows: int = 1, **fields: Any) -> int:
        """Add a plain table without spans, cell by cell; empty cells give no block. Returns its number."""
        width = max((len(row) for row in rows), default=0)
        number = self.add_table(len(rows), width, header_rows=header_rows)
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                if text.strip():
                    self.add(text, BlockKind.CELL, cell=Cell(table=number, row=y, column=x), **fields)
        return number

    def note(self, code: str, text: str, place: str = "") -> None:
        """Tell the user something about the file; the same notice is told once."""
        notice = Notice(code=code, text=text, place=place)
        if notice not in self.notices:
            self.notices.append(notice)

    def name_only(self, name: str, why: str) -> None:
        """Name an attachment that was not read, and say why."""
        self.attachments.append(Attachment(name=name, read=False, why=why))

    def attach(self, name: str, data: bytes, context: Context) -> bool:
        """Read an inner file as ATTACHMENT part(s), or name it with the reason why not; true if it was read."""
        if len(self.attachments) >= limits().attachments:
            self.name_only(name, "附件太多，超过上限，未读")
            return False
        try:
            inner = context.read_inner(Source(name=name, data=data, password=self.source.password))
        except DigestError as error:
            self.name_only(name, str(error))
            if isinstance(error, NoText) and context.ocr and sniff(data, name) in PICTURES:
                return False  # looked at, and there is nothing to read: a logo, a photograph
            self.note("attachment_not_read", f"附件《{name}》没有读进来：{error}", name)
            return False
        self.attachments.append(Attachment(name=name, read=True))
        self.merge(inner, name=name)
        return True

    def merge(self, inner: Document, *, name: str, kind: PartKind | None = PartKind.ATTACHMENT) -> None:
        """Append a document's parts, tables and blocks, renumbered; its BODY part becomes ``kind`` under ``name``."""
        first_part, first_table = len(self.parts), len(self.tables)
        for part in inner.parts:
            became = kind if kind and part.kind is PartKind.BODY else part.kind
            label = name if part.number == 0 else part.name
            self.parts.append(replace(part, number=first_part + part.number, kind=became, name=label))
        for table in inner.tables:
            self.tables.append(replace(table, number=first_table + table.number, part=first_part + table.part))
        for block in inner.blocks:
            self.blocks.append(_moved(block, len(self.blocks), first_part, first_table))
        self.attachments += inner.attachments
        self.notices += [notice for notice in inner.notices if notice not in self.notices]
        self.properties += inner.properties

    def absorb(self, inner: Document) -> None:
        """Take a document's blocks and tables into the current part, as if they had stood here themselves."""
        first_table = len(self.tables)
        for table in inner.tables:
            self.tables.append(replace(table, number=first_table + table.number, part=self.current))
        for block in inner.blocks:
            moved = _moved(block, len(self.blocks), 0, first_table)
            self.blocks.append(replace(moved, part=self.current))
        self.attachments += inner.attachments
        self.notices += [notice for notice in inner.notices if notice not in self.notices]
        self.properties += inner.properties

    def finish(self, *, pages: int | None = None) -> Document:
        """The Document, as collected."""
        return Document(
            name=self.source.name,
            sha256=self.source.sha256,
            form=self.form,
            size=len(self.source.data),
            parts=tuple(self.parts),
            blocks=tuple(self.blocks),
            tables=tuple(self.tables),
            pages=pages,
            attachments=tuple(self.attachments),
            notices=tuple(self.notices),
            properties=tuple(self.properties),
        )


def _moved(block: Block, number: int, part: int, table: int) -> Block:
    """A block of an inner document under its new numbers."""
    cell = replace(block.cell, table=block.cell.table + table) if block.cell else None
    return replace(block, number=number, part=block.part + part, cell=cell)
