"""Files on disk: nothing the user has is lost or half-written."""

from pathlib import Path

import pytest

from digest.batch.job import Outcome, exit_code, load, output_names, store
from digest.errors import Encrypted, ExitCode, Unreadable


def test_an_edited_docx_is_moved_aside(tmp_path):
    """Making a sheet again keeps the DOCX somebody may have edited."""
    (tmp_path / "a.docx").write_bytes(b"edited by hand")

    written, kept = store({"docx": b"new", "pdf": b"new"}, tmp_path, "a", avoid=tmp_path / "src")

    assert [path.name for path in kept] == ["a.旧1.docx"]
    assert kept[0].read_bytes() == b"edited by hand"
    assert [path.read_bytes() for path in written] == [b"new", b"new"]


def test_the_same_docx_is_not_moved_aside(tmp_path):
    """A second run over unchanged input leaves no copies behind."""
    for _ in range(2):
        _, kept = store({"docx": b"same"}, tmp_path, "a", avoid=tmp_path / "src")

    assert kept == ()
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


def test_the_source_is_never_written_over(tmp_path):
    """A PDF whose sheet would take its own name keeps its bytes."""
    source = tmp_path / "a.pdf"
    source.write_bytes(b"source")

    written, _ = store({"pdf": b"sheet"}, tmp_path, "a", avoid=source)

    assert source.read_bytes() == b"source"
    assert written[0].name == "a.学习单.pdf"


def test_names_never_collide():
    """Two files of the same stem give two sheets."""
    names = output_names([Path("x/a.docx"), Path("y/a.pdf"), Path("z/a.pdf"), Path("b.txt")])

    assert names == ["a-docx", "a-pdf", "a-pdf-2", "b"]


def test_exit_code_of_a_batch():
    """One file gives its own code, several give PARTLY, success gives OK."""
    good, bad = Outcome(path=Path("a")), Outcome(path=Path("b"), error=Encrypted("b"))

    assert [exit_code([good]), exit_code([bad]), exit_code([good, bad])] == [ExitCode.OK, ExitCode.ENCRYPTED, ExitCode.PARTLY]


def test_a_folder_is_no_file(tmp_path):
    """Loading a folder is told as such."""
    with pytest.raises(Unreadable, match=r"文件夹|打不开"):
        load(tmp_path)
