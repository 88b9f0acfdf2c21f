"""The door: one sentence for whatever goes wrong, and limits on nesting and size."""

import pytest

from digest import ingest
from digest.errors import MissingTool, NoText, TooMuch, UnknownFormat, Unreadable
from digest.ingest import dispatch, formats
from digest.ingest.builder import Builder
from digest.ingest.dispatch import read_source
from digest.ingest.limits import limits
from digest.model.document import BlockKind
from digest.model.source import Source

SOURCE = Source(name="甲.txt", data="第一条 甲。".encode())


def reader(monkeypatch, act):
    """Put a reader in the place of the text reader."""
    monkeypatch.setattr(dispatch, "reader_of", lambda form, name: act)


def test_form_is_what_was_sniffed():
    """The document says what it was read from."""
    assert ingest.read(Source(name="a.docx", data=b"\xef\xbb\xbf" + b"plain text " * 20)).form == "txt"


@pytest.mark.parametrize("error", [RecursionError, MemoryError])
def test_depth_and_memory(monkeypatch, error):
    """Running out of stack or memory is the file's doing."""

    def act(source, context):
        raise error

    reader(monkeypatch, act)
    with pytest.raises(TooMuch, match="嵌套太深或太大"):
        ingest.read(SOURCE)


def test_any_other_exception(monkeypatch):
    """A library's exception leaves as one sentence that names file and kind."""

    def act(source, context):
        raise KeyError("x")

    reader(monkeypatch, act)
    with pytest.raises(Unreadable, match=r"甲.*KeyError"):
        ingest.read(SOURCE)


def test_furniture_alone_is_no_text(monkeypatch):
    """A document of headers only is refused."""

    def act(source, context):
        builder = Builder(source, "txt")
        builder.add("页眉", BlockKind.FURNITURE)
        return builder.finish()

    reader(monkeypatch, act)
    with pytest.raises(NoText):
        ingest.read(SOURCE)


def test_nesting_and_size(monkeypatch):
    """Too deep and too large are refused before they are opened."""
    with pytest.raises(TooMuch, match="套了"):
        read_source(SOURCE, ocr=False, depth=limits().nesting + 1)
    monkeypatch.setattr(dispatch, "MEGABYTE", 0)
    with pytest.raises(TooMuch, match="兆"):
        ingest.read(SOURCE)


def test_missing_component(monkeypatch):
    """A reader whose library is absent says how to add it."""
    monkeypatch.setitem(formats.READERS, "txt", "digest.ingest.no_such_reader:read")
    with pytest.raises(MissingTool, match=r"start\.py"):
        ingest.read(SOURCE)


def test_unknown_formats_are_refused_with_advice():
    """A program, a slide show and rubbish each get their own words."""
    with pytest.raises(UnknownFormat, match="可执行程序"):
        ingest.read(Source(name="通知.docx", data=b"MZ\0\0"))
    with pytest.raises(UnknownFormat, match="不是本工具认得"):
        ingest.read(Source(name="a.bin", data=bytes(range(32)) * 8))
