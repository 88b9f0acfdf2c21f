"""What belongs to a batch: every file of the folder or list, and nothing of our own."""

import os
import tracemalloc

import pytest

from digest.batch.walk import entries, walk
from digest.errors import Unreadable, UsageError


def test_sub_folders_are_walked_and_the_output_is_not(tmp_path):
    """Files at every depth are found in a steady order; hidden files, Word's locks and the output folder are passed over."""
    for name in ("b.txt", "a.docx", "x/a.docx", "x/y/c.pdf", ".hidden", "~$a.docx", "x/Thumbs.db", "out/a.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"1")

    found = list(entries(tmp_path, tmp_path / "out"))

    assert [(entry.path.relative_to(tmp_path).as_posix(), entry.folder) for entry in found] == [
        ("a.docx", ""),
        ("b.txt", ""),
        ("x/a.docx", "x"),
        ("x/y/c.pdf", "x/y"),
    ]


@pytest.mark.parametrize("out", [".", ".."])
def test_sheets_never_go_among_the_sources(tmp_path, out):
    """An output folder that is or holds the input could write over a source: refused."""
    (tmp_path / "in").mkdir()

    with pytest.raises(UsageError, match="另换一个文件夹"):
        entries(tmp_path / "in", tmp_path / "in" / out)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_names_its_files(tmp_path, encoding):
    """One path per line in the encodings Notepad writes; sheets go to a folder named as the file's."""
    (tmp_path / "清单.txt").write_bytes(f'{tmp_path}/甲行/通知.txt\r\n\r\n"{tmp_path}/乙行/通知.txt"\r\n'.encode(encoding))

    found = list(entries(tmp_path / "清单.txt", tmp_path / "out"))

    assert [(entry.path.parent.name, entry.path.name, entry.folder) for entry in found] == [("甲行", "通知.txt", "甲行"), ("乙行", "通知.txt", "乙行")]


def test_a_listed_sheet_is_no_source(tmp_path):
    """A path inside the output folder is told as a failure, not made."""
    (tmp_path / "list").write_text(str(tmp_path / "out" / "a.pdf"))

    (entry,) = entries(tmp_path / "list", tmp_path / "out")

    assert isinstance(entry.error, UsageError)


def test_a_single_document_is_no_list(tmp_path):
    """Somebody who names a docx is sent to ``digest make``."""
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04\0\0\0")

    with pytest.raises(Unreadable, match="digest make"):
        entries(tmp_path / "a.docx", tmp_path / "out")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may open every folder")
def test_a_locked_folder_is_told(tmp_path):
    """A folder without permission gives an entry with an error, and the walk goes on."""
    (tmp_path / "a").mkdir(mode=0)
    (tmp_path / "b.txt").write_bytes(b"1")

    found = list(walk(tmp_path, tmp_path / "out"))

    assert [bool(entry.error) for entry in found] == [True, False]


def test_memory_does_not_grow_with_the_folder(tmp_path, monkeypatch):
    """Walking ten times as many names takes no more memory, when names are sorted in pieces."""
    from digest.batch import limits
    from digest.batch import walk as module

    small = type(limits.limits())(**{name: getattr(limits.limits(), name) for name in limits.limits().__slots__} | {"names_at_once": 50})
    monkeypatch.setattr(module, "limits", lambda: small)
    peaks = []
    for count in (300, 3000):
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            (folder / f"{number:05}.txt").touch()
        tracemalloc.start()
        assert sum(1 for _ in walk(folder, tmp_path / "out")) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < 2 * peaks[0]
