"""Files whose name says another thing than their content, as bank systems write them."""

import pytest

from digest.errors import UnknownFormat
from digest.ingest import read
from digest.model.source import Source

TEXT = "各支行应于2026年12月5日前上报自查报告，单笔5万元以上须双人复核。"
PAGE = f'<html><head><meta charset="gb2312"></head><body><p>{TEXT}</p></body></html>'.encode("gb18030")
RTF = ("{\\rtf1\\ansi\\ansicpg936 " + "".join(f"\\u{ord(each)}?" for each in TEXT) + "\\par}").encode()


@pytest.mark.parametrize(
    ("name", "data"), [("报表.xls", PAGE), ("通知.doc", PAGE), ("通知.docx", PAGE), ("通知.doc", RTF), ("通知.wps", RTF), ("通知.txt", TEXT.encode("utf-32"))]
)
def test_content_decides_how_a_file_is_read(name, data):
    """The whole text comes out, whatever the file is called."""
    document = read(Source(name=name, data=data))
    assert TEXT in "".join(block.raw for block in document.blocks)


@pytest.mark.parametrize("data", [b"MZ" + bytes(500), b"Rar!\x1a\x07\x01\x00" + bytes(99), bytes(5000)])
def test_what_is_no_document_is_refused(data):
    """A program, a rar and plain zeros called docx are no documents."""
    with pytest.raises(UnknownFormat, match="通知"):
        read(Source(name="通知.docx", data=data))
