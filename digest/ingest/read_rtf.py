"""RTF to Document: paragraphs with the numbers that the word processor wrote out, and table rows."""

from itertools import groupby

from digest.errors import Unreadable
from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.rtf import rows_of
from digest.ingest.rtf_tables import placed_cells
from digest.ingest.tables import add_table
from digest.model.document import BlockKind, Document
from digest.model.source import Source

OBJECT = b"\\objdata"


def read_rtf(source: Source, context: Context) -> Document:
    """Read an RTF file.

    Raises:
        Unreadable: no text comes out of it.
    """
    builder = Builder(source, "rtf")
    for is_table, group in groupby(rows_of(source.data), key=lambda row: row.is_table):
        rows = list(group)
        if is_table:
            add_table(builder, placed_cells(rows))
            continue
        for label, text in (row.labelled() for row in rows):
            if text:
                builder.add(text, BlockKind.PARAGRAPH, label=label)
    if not builder.blocks:
        raise Unreadable(f"《{source.name}》里没有读到文字，RTF 可能已损坏：请用 Word 或 WPS 打开，另存为 docx 后再试。")
    if OBJECT in source.data:
        builder.name_only("嵌入对象", "RTF 里嵌入的文件没有读")
    return builder.finish()
