"""OLE compound file to the names at its root: enough to tell Word, Excel, Outlook, Works and encrypted files apart."""

import io
import struct
from typing import Any

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD97 = 0xC1  # nFib of Word 97 and later ([MS-DOC] 2.5.1); smaller is Word 6/95
FIB_HEAD = 12


def kind_of(data: bytes) -> str:
    """doc, word6, xls, ppt, msg, encrypted, msworks or ole."""
    names, fib = _root(data)
    if "encryptedpackage" in names:
        return "encrypted"
    if "worddocument" in names:
        return "doc" if _is_word97(fib) else "word6"
    for mark, form in (("workbook", "xls"), ("book", "xls"), ("powerpoint document", "ppt"), ("matost", "msworks"), ("mm", "msworks")):
        if mark in names:
            return form
    if any(name.startswith("__properties_version1.0") or name.startswith("__substg1.0_") for name in names):
        return "msg"
    return "msworks" if "contents" in names and "quill" not in names else "ole"  # Publisher has Contents beside Quill


def _root(data: bytes) -> tuple[frozenset[str], bytes]:
    """Lower-case names of the root's entries, and the head of the WordDocument stream."""
    try:
        with opened(data) as ole:
            names = frozenset(path[0].lower() for path in ole.listdir(streams=True, storages=True))
            fib = ole.openstream("WordDocument").read(FIB_HEAD) if "worddocument" in names else b""
    except Exception:  # olefile raises many kinds on damaged files; the raw names still tell the format
        return _raw_names(data), b""
    return names, fib


def _raw_names(data: bytes) -> frozenset[str]:
    """The telling names that stand anywhere in a damaged compound file."""
    telling = ("EncryptedPackage", "WordDocument", "Workbook", "PowerPoint Document", "MatOST", "__properties_version1.0")
    return frozenset(name.lower() for name in telling if name.encode("utf-16-le") in data)


def _is_word97(fib: bytes) -> bool:
    """Whether a FIB's version is Word 97 or later; a damaged head counts as Word 97 and fails in its reader."""
    if len(fib) < FIB_HEAD:
        return True
    return bool(struct.unpack_from("<H", fib, 2)[0] >= WORD97)


def opened(data: bytes) -> Any:
    """The opened compound file; no stream is larger than the file, whatever its directory says (a chain may run in a ring).

    Raises:
        Exception: olefile raises many kinds on damaged files.
    """
    import olefile

    box = olefile.OleFileIO(io.BytesIO(data))
    for entry in box.direntries:
        if entry is not None:
            entry.size = min(entry.size, len(data))
    return box
