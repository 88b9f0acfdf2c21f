"""Embedded objects: the file inside, or a name in words."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.ingest.embedded import _native, unpack_object


def native(label, content):
    """An Ole10Native stream as Windows packs a file."""
    name = label.encode("gb18030") + b"\0"
    path = b"C:\\\\x\\\\" + name
    inside = b"\2\0" + name + path + b"\0\0\3\0" + struct.pack("<I", len(path)) + path + struct.pack("<I", len(content)) + content
    return struct.pack("<I", len(inside)) + inside


def test_packed_file():
    """The label is the name, folders dropped."""
    assert _native(native("C:\\桌面\\附件1.docx", b"content")) == ("附件1.docx", b"content")


def test_package_is_itself():
    """An Office package embedded as such is the file."""
    assert unpack_object(b"PK\3\4...", "表.xlsx") == ("表.xlsx", b"PK\3\4...")


@pytest.mark.parametrize(("program", "words"), [("Equation.3", "公式（a.bin）"), ("Visio.Drawing.11", "Visio 图（a.bin）"), ("Other", "嵌入对象（a.bin）")])
def test_unreadable_objects_are_named(program, words):
    """What holds no file is named by its program."""
    assert unpack_object(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.bin", program) == (words, None)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.binary(max_size=120))
def test_never_fails(data):
    """Any stream gives a file or nothing."""
    _native(data)
