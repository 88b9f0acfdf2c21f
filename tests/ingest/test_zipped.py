"""Zip members: within the limits whatever the archive states of itself."""

import io
import zipfile

import pytest

from digest.errors import TooMuch, Unreadable
from digest.ingest import zipped as zips
from digest.ingest.limits import limits
from digest.ingest.zipped import Zipped
from tests.ingest.make_docx import zipped


def test_names_do_not_depend_on_case_or_slashes():
    """Members are found as Office and WPS write them."""
    archive = Zipped(zipped({"Word/Document.xml": "甲"}), "a.docx")

    assert archive.has("/word/document.XML")
    assert archive.read("word/document.xml").decode() == "甲"
    with pytest.raises(Unreadable, match="缺少内部文件"):
        archive.read("word/other.xml")


def test_stated_bombs():
    """A high ratio and too many members are refused unopened."""
    with pytest.raises(TooMuch):
        Zipped(zipped({"a": b"\0" * 20_000_000}), "a.zip")
    with pytest.raises(TooMuch):
        Zipped(zipped({str(at): b"" for at in range(limits().members + 1)}), "a.zip")


def test_lying_sizes(monkeypatch):
    """An archive that states small sizes still cannot swell beyond the limit."""
    data = bytearray(zipped({"a": b"\0" * 3_000_000}))
    true = (3_000_000).to_bytes(4, "little")
    while (at := data.find(true)) >= 0:
        data[at : at + 4] = (10).to_bytes(4, "little")
    monkeypatch.setattr(zips, "MEGABYTE", 1000)

    with pytest.raises((TooMuch, Unreadable)):
        Zipped(bytes(data), "a.zip").read("a")


def test_all_that_is_taken_counts(monkeypatch):
    """Members are counted together."""
    monkeypatch.setattr(zips, "MEGABYTE", 1000)
    archive = zips.Zipped(zipped({str(at): bytes(range(256)) * 300 for at in range(3)}), "a.zip")
    room = limits().inflated_megabytes * 1000

    with pytest.raises(TooMuch):
        for _ in range(room // 76_800 + 2):
            archive.read("0")


def test_damaged_member():
    """A wrong checksum is told with the member's name."""
    data = bytearray(zipped({"word/document.xml": "甲乙丙丁" * 100}))
    data[60] ^= 0xFF

    with pytest.raises(Unreadable, match=r"word/document\.xml"):
        Zipped(bytes(data), "a.docx").read("word/document.xml")


def test_absolute_and_climbing_names_stay_inside():
    """Names that climb are only names: nothing is written anywhere."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
        archive.writestr("/abs.txt", "y")
    opened = Zipped(stream.getvalue(), "a.zip")

    assert opened.read("/abs.txt") == b"y"
    assert opened.read("../../etc/passwd") == b"x"
