"""The bodies of one message to MAIL parts, layer by layer; shared by the eml and msg readers."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from digest.ingest.builder import Builder
from digest.ingest.mail_layers import Layer, split_layers
from digest.ingest.read_html import add_html
from digest.ingest.read_txt import add_text
from digest.model.document import Block, PartKind, Table

ENOUGH = 0.85  # of the plain text's word pairs that a page must hold to be preferred: it knows paragraphs and tables

Headers = tuple[tuple[str, str], ...]


def add_mail(builder: Builder, headers: Headers, bodies: Sequence[tuple[str, str]], depth: int) -> int:
    """Add a message as MAIL parts: itself at ``depth``, the older messages in its body below; returns the deepest depth.

    ``bodies`` are pairs of plain text and html page that say the same; either may be empty.
    """
    scratch = Builder(builder.source, builder.form)
    for plain, page in bodies:
        _add_better(scratch, plain, page)
    builder.properties += [each for each in scratch.properties if each not in builder.properties]
    layers = split_layers(scratch.blocks)
    for place, layer in enumerate(layers):
        own = headers if place == 0 else layer.headers
        subject = next((value for name, value in own if name == "主题"), "")
        if depth + place == 0 and not builder.blocks:
            builder.describe(kind=PartKind.MAIL, headers=own, name=subject or builder.source.name)
        else:
            builder.open_part(PartKind.MAIL, name=subject, depth=depth + place, form=builder.form, headers=own)
        _add_layer(builder, layer, scratch.tables)
    return depth + len(layers) - 1


def _add_better(scratch: Builder, plain: str, page: str) -> None:
    """The page where it holds as much as the plain text, else the plain text."""
    trial = Builder(scratch.source, scratch.form)
    if page:
        add_html(trial, page, links=False)
    said, shown = _pairs(plain), _pairs("\n".join(block.raw for block in trial.blocks))
    if trial.blocks and (not plain.strip() or len(said & shown) >= ENOUGH * len(said)):
        scratch.absorb(trial.finish())
    else:
        add_text(scratch, plain)


def _pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring Chinese characters and figures of a text."""
    return frozenset(word[at : at + 2] for word in re.findall(r"[^\W_]+", text) for at in range(len(word) - 1))


def _add_layer(builder: Builder, layer: Layer, tables: Sequence[Table]) -> None:
    """Add the blocks of one layer to the current part, its tables renumbered."""
    numbers: dict[int, int] = {}
    for block in layer.blocks:
        if block.cell and block.cell.table not in numbers:
            table = tables[block.cell.table]
            numbers[block.cell.table] = builder.add_table(table.rows, table.columns, header_rows=table.header_rows)
        builder.blocks.append(_placed(block, builder, numbers))


def _placed(block: Block, builder: Builder, numbers: dict[int, int]) -> Block:
    """A block under its new numbers."""
    cell = replace(block.cell, table=numbers[block.cell.table]) if block.cell else None
    return replace(block, number=len(builder.blocks), part=builder.current, cell=cell)
