"""The builder numbers everything, and merges inner documents under new numbers."""

import pytest

from digest.errors import TooMuch, Unreadable
from digest.ingest import builder as builders
from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.limits import limits
from digest.model.document import BlockKind, Cell, PartKind
from digest.model.source import Source


def made(name="正文.docx", form="docx"):
    """A builder of a small file."""
    return Builder(Source(name=name, data=b"1234"), form)


def inner_document():
    """A document with a paragraph, a table and a notice."""
    inner = made("附件.xlsx", "xlsx")
    inner.add("附件首段")
    inner.add_grid([["事项", "标准"], ["现金", ""]])
    inner.note("hidden", "有隐藏表")
    inner.properties.append(("title", "附件标题"))
    return inner.finish()


def test_numbers_run():
    """Blocks, parts and tables are numbered in order; empty cells give no block."""
    builder = made()
    builder.add("一")
    builder.open_part(PartKind.MAIL, name="转发", depth=1)
    builder.add_grid([["甲", ""], ["乙", "丙"]])
    document = builder.finish(pages=3)

    assert [block.number for block in document.blocks] == [0, 1, 2, 3]
    assert [block.part for block in document.blocks] == [0, 1, 1, 1]
    assert [block.cell for block in document.blocks if block.cell] == [
        Cell(table=0, row=0, column=0),
        Cell(table=0, row=1, column=0),
        Cell(table=0, row=1, column=1),
    ]
    assert (document.tables[0].part, document.tables[0].rows, document.tables[0].columns) == (1, 2, 2)
    assert (document.parts[1].depth, document.pages, document.size) == (1, 3, 4)


def test_attaching_merges_under_new_numbers():
    """An attachment becomes a part of its own; its tables and notices come along."""
    builder = made()
    builder.add_grid([["a", "b"], ["c", "d"]])

    assert builder.attach("登记簿.xlsx", b"x", Context(read_inner=lambda source: inner_document()))
    document = builder.finish()

    assert (document.parts[1].kind, document.parts[1].name) == (PartKind.ATTACHMENT, "登记簿.xlsx")
    assert [block.cell.table for block in document.blocks if block.cell and block.part == 1] == [1, 1, 1]
    assert [table.number for table in document.tables] == [0, 1]
    assert document.attachments[0].read
    assert document.properties == (("title", "附件标题"),)
    assert builder.current == 0


def test_an_attachment_that_fails_is_named():
    """The reason stands with the attachment and in a notice; reading goes on."""

    def refuse(source):
        raise Unreadable("《坏.docx》已损坏。")

    builder = made()
    builder.add("正文")

    assert not builder.attach("坏.docx", b"x", Context(read_inner=refuse))
    document = builder.finish()
    assert (document.attachments[0].read, document.attachments[0].why) == (False, "《坏.docx》已损坏。")
    assert document.notices[0].place == "坏.docx"


def test_too_many_attachments_are_named(monkeypatch):
    """Beyond the limit attachments are named and not read."""
    builder = made()
    context = Context(read_inner=lambda source: inner_document())
    for at in range(limits().attachments + 1):
        builder.attach(f"{at}.docx", b"x", context)

    assert [it.read for it in builder.attachments].count(True) == limits().attachments
    assert "太多" in builder.attachments[-1].why


def test_absorbing_stays_in_the_part():
    """A body in another format stands as if it had been written here."""
    builder = made()
    builder.add("前")
    builder.absorb(inner_document())
    builder.add("后")

    assert [block.raw for block in builder.blocks] == ["前", "附件首段", "事项", "标准", "现金", "后"]
    assert {block.part for block in builder.blocks} == {0}


def test_notices_are_told_once():
    """The same notice twice is one."""
    builder = made()
    builder.note("x", "甲")
    builder.note("x", "甲")

    assert len(builder.finish().notices) == 1


def test_limits_of_blocks(monkeypatch):
    """Too many blocks, and one that is too long, are refused."""
    small = type("Small", (), {"blocks": 2, "block_characters": 5, "attachments": 1})()
    monkeypatch.setattr(builders, "limits", lambda: small)
    builder = made()
    builder.add("12345")
    with pytest.raises(TooMuch):
        builder.add("123456")
    builder.add("1", BlockKind.LINE)
    with pytest.raises(TooMuch, match=r"正文\.docx"):
        builder.add("1")
