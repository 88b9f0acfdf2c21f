"""Documents and outlines written as plain text, so that a test reads like a circular."""

from collections.abc import Mapping, Sequence

from digest import structure
from digest.model.document import Block, BlockKind, Cell, Document, Part, Table
from digest.model.outline import Outline
from digest.zh import lexicon as lexicons


def document_from(text: str, *, name: str = "样例.txt", kind: BlockKind = BlockKind.LINE, **fields: object) -> Document:
    """A document with one block per non-blank line; a blank line sets ``gap_before`` on the next block.

    A line ``标签⇥正文`` (a tab inside) becomes a block with an automatic number. Extra ``fields`` go to Document.
    """
    blocks: list[Block] = []
    gap = False
    for line in text.splitlines():
        if not line.strip():
            gap = True
            continue
        label, tab, raw = line.partition("\t")
        blocks.append(Block(number=len(blocks), raw=raw if tab else line, label=label.strip() if tab else "", kind=kind, gap_before=gap))
        gap = False
    return Document(name=name, sha256="0" * 64, form="txt", size=len(text.encode()), parts=(Part(number=0),), blocks=tuple(blocks), **fields)  # type: ignore[arg-type]


def paragraphs_from(text: str, **fields: object) -> Document:
    """The same, but every line is a whole paragraph, as the docx and HTML readers hand it over."""
    return document_from(text, kind=BlockKind.PARAGRAPH, **fields)


def with_table(document: Document, rows: Sequence[Sequence[str]], *, header_rows: int = 1) -> Document:
    """The document with a table of plain cells behind its last block."""
    number = len(document.tables)
    blocks = list(document.blocks)
    for row, cells in enumerate(rows):
        for column, raw in enumerate(cells):
            cell = Cell(table=number, row=row, column=column)
            blocks.append(Block(number=len(blocks), raw=raw, kind=BlockKind.CELL, cell=cell))
    table = Table(number=number, rows=len(rows), columns=max(len(row) for row in rows), header_rows=header_rows)
    return replace_fields(document, blocks=tuple(blocks), tables=(*document.tables, table))


def replace_fields(document: Document, **fields: object) -> Document:
    """A copy of the document with some fields changed."""
    kept = {name: getattr(document, name) for name in Document.__struct_fields__}
    return Document(**{**kept, **fields})


def outline_from(text: str, *, overrides: Mapping[str, str] | None = None, **fields: object) -> Outline:
    """The outline of such a text; lines with ``# `` in front read as headings of their own."""
    plain = "\n".join(line.removeprefix("# ") for line in text.splitlines())
    return structure.build(paragraphs_from(plain, **fields), lexicons.load(overrides))
