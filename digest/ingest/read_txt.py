"""Plain text and Markdown to Document: any Chinese encoding, one block per line, Markdown's signs taken off, tables kept."""

import re

from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.encoding import decode
from digest.ingest.text_tables import table_at
from digest.model.document import BlockKind, Document, Style
from digest.model.source import Source

LINE_ENDS = re.compile(r"\r\n|[\r\n\v\x85\u2028\u2029]")
PAGE_MARK = re.compile(r"^\s*[-—=]{2,}\s*第\s*(\d{1,4})\s*页\s*[-—=]{2,}\s*$")
HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
RULE = re.compile(r"^\s{0,3}(?:[-*_]\s*){3,}$|^\s{0,3}={3,}\s*$|^\s*```")
MARKUP = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r""),
    (re.compile(r"(?<!\\)\[([^\]]+)\]\((?:[^()]|\([^()]*\))*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![*\w])\*(?=\S)([^*]+?)(?<=\S)\*(?![*\w])"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"^\s*>+\s?"), r""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])"), r"\1"),
)
BULLET = re.compile(r"^(\s*)[*+-]\s+(?=\S)")


def read_txt(source: Source, context: Context) -> Document:
    """Read a text file; ``.md`` names are read as Markdown."""
    decoded = decode(source.data)
    form = "md" if source.name.lower().endswith((".md", ".markdown")) else "txt"
    builder = Builder(source, form)
    if decoded.lossy:
        builder.note("encoding", "文件里有个别字符的编码已损坏，读不出来，显示为“�”：请对照原文核对。")
    add_text(builder, decoded.text, markdown=form == "md")
    return builder.finish()


def add_text(builder: Builder, text: str, *, markdown: bool = False) -> None:
    """Add a text line by line to the current part."""
    lines = LINE_ENDS.split(text.replace("\x00", "").replace("\ufeff", ""))
    page: int | None = 1 if "\f" in text or any(PAGE_MARK.match(line) for line in lines) else None
    gap = False
    at = 0
    while at < len(lines):
        taken, grid = table_at(lines, at, markdown=markdown)
        if taken:
            builder.add_grid([[plain(cell) if markdown else cell for cell in row] for row in grid], page=page)
            at += taken
            continue
        line, gap, page = _turned(builder, lines[at], gap=gap, page=page)
        at += 1
        if line.strip() and not (markdown and RULE.match(line)):
            _add_line(builder, line, page=page, gap=gap, markdown=markdown)
            gap = False
        else:
            gap = True


def _turned(builder: Builder, line: str, *, gap: bool, page: int | None) -> tuple[str, bool, int | None]:
    """Page feeds and page marks (--- 第 3 页 ---) turn the page; a mark is furniture."""
    if "\f" in line:
        page = (page or 1) + line.count("\f")
        line, gap = line.replace("\f", ""), True
    mark = PAGE_MARK.match(line)
    if mark:
        page = int(mark.group(1))
        builder.add(line.strip(), BlockKind.FURNITURE, page=page)
        return "", gap, page
    return line, gap, page


def _add_line(builder: Builder, line: str, *, page: int | None, gap: bool, markdown: bool) -> None:
    """Add one line; a Markdown heading keeps its level in its style."""
    heading = HEADING.match(line) if markdown else None
    if heading:
        style = Style(bold=True, outline_level=len(heading.group(1)) - 1, name="heading")
        builder.add(plain(heading.group(2)), BlockKind.PARAGRAPH, page=page, gap_before=gap, style=style)
        return
    builder.add(plain(line) if markdown else line.rstrip(), BlockKind.LINE, page=page, gap_before=gap)


def plain(line: str) -> str:
    """A Markdown line without its signs; a list mark becomes a bullet."""
    line = BULLET.sub(r"\1• ", line)
    for sign, kept in MARKUP:
        line = sign.sub(kept, line)
    return line.rstrip()
