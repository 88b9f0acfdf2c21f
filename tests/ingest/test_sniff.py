"""Formats are told by content; the name only decides what the content leaves open."""

import io
import struct

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from digest.ingest import formats
from digest.ingest.sniff import sniff
from tests.ingest.make_docx import pack, para, zipped


def picture(form):
    """A small picture."""
    stream = io.BytesIO()
    Image.new("L", (8, 8)).save(stream, form)
    return stream.getvalue()


def ole(*names):
    """A damaged compound file that still holds stream names."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(name.encode("utf-16-le") + bytes(20) for name in names)


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (b"junk", "a.docx", "mislabelled"),
        ("网点应当双人清点尾箱，当日核对。".encode() * 9, "a.docx", "txt"),
        (b"", "a.docx", "empty"),
        (pack(para("甲")), "a.doc", "docx"),
        (pack(para("甲")), "扫描件.pdf", "docx"),
        (zipped({"OFD.xml": "<x/>"}), "a.zip", "ofd"),
        (zipped({"xl/workbook.xml": "<x/>"}), "a.xlsx", "xlsx"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "a.pptx", "pptx"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "a.odt", "odt"),
        (zipped({"通知.docx": b"x"}), "a.zip", "zip"),
        (pack(para("甲" * 500))[:400], "a.docx", "docx"),
        (b"%PDF-1.7\n", "a.txt", "pdf"),
        (b"junk before\n%PDF-1.4\n", "a.pdf", "pdf"),
        (ole("WordDocument"), "a.doc", "doc"),
        (ole("WordDocument"), "a.wps", "wps"),
        (ole("EncryptedPackage"), "a.docx", "encrypted"),
        (ole("Workbook"), "a.xls", "xls"),
        (ole("__properties_version1.0"), "a.msg", "msg"),
        (ole("MatOST"), "a.wps", "msworks"),
        (ole("Nothing"), "a.doc", "ole"),
        (b"7z\xbc\xaf\x27\x1c\x00", "a.7z", "7z"),
        (b"Rar!\x1a\x07\x00", "a.rar", "rar"),
        (b"{\\rtf1", "a.doc", "rtf"),
        (picture("PNG"), "a", "png"),
        (picture("JPEG"), "a.png", "jpg"),
        (picture("TIFF"), "a", "tif"),
        (picture("BMP"), "a", "bmp"),
        (picture("GIF"), "a", "gif"),
        (b"MZ\x90\x00", "通知.docx", "program"),
        (b"\xdb\xa5\x2d\x00", "a.doc", "word6"),
        (b"\x00\x00\x00\x18ftypheic", "a.heic", "heic"),
        (b"\x00\x00\x00\x18ftypisom", "a.mp4", "film"),
        (b"From: a@b\r\nSubject: x\r\n\r\ntext", "a", "eml"),
        (b"Subject: x\r\n\r\ntext", "a.eml", "eml"),
        (
            b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n",
            "a",
            "mht",
        ),
        (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>", "a.mht", "mht"),
        (b"<!DOCTYPE html><p>x", "a.doc", "html"),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", "a.htm", "html"),
        ("<html><p>甲".encode("utf-16"), "a.html", "html"),
        (b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?><w/>", "a.xml", "xml"),
        (b"<?xml version='1.0'?>\n<!-- x --><w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'>", "a.doc", "wordml"),
        (b"<pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'>", "a.docx", "flatopc"),
        ("<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>".encode("utf-16"), "a.xls", "sheetml"),
        (b"<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>", "a.fodt", "odt"),
        (b"<?xml version='1.0'?><uof:UOF xmlns:uof='http://schemas.uof.org/cn/2003/uof'>", "a.uof", "uof"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b", "a.doc", "mht"),
        (b"MIME-Version: 1.0\r\nFrom: a@b\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b", "a", "eml"),
        (b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "smime.p7m", "p7m"),
        (b"\x4c\0\0\0\x01\x14\x02\0" + bytes(60), "a.docx.lnk", "shortcut"),
        (b"[InternetShortcut]\r\nURL=http://bank.example/", "a.url", "shortcut"),
        (b"\x05Owner" + bytes(150), "~$a.docx", "owner"),
        (zipped({"[Content_Types].xml": "<x/>", "FixedDocumentSequence.fdseq": "<x/>"}), "a.xps", "xps"),
        (b"\x01\x02\x03" * 99, "a.ceb", "ceb"),
        (b"<?xml version='1.0'?><data/>", "a.xml", "xml"),
        ("# 标题".encode(), "a.md", "md"),
        ("主题: 通知\n时间: 今天".encode("gb18030"), "a.txt", "txt"),
        ("各网点".encode("utf-16"), "a.txt", "txt"),
        (b"Notice: from: to: subject", "a.txt", "txt"),
        (struct.pack("<64I", *range(64)), "a.dat", "unknown"),
    ],
)
def test_formats(data, name, form):
    """Each format, by its content."""
    assert sniff(data, name) == form


def test_every_answer_is_known():
    """Whatever is sniffed is either read or refused in words."""
    forms = set(formats.READERS) | set(formats.refusals())

    assert {"docx", "pdf", "unknown", "empty", "encrypted", "word6", "msworks", "ole", "program", "tnef"} <= forms
    for form in formats.refusals():
        assert "《甲.x》" in str(formats.refusal(form, "甲.x"))


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.binary(max_size=300), st.sampled_from(["", "a.docx", "a.eml", "a.txt", "..\\b.PDF", "c."]))
@example(b"PK\x03\x04" + b"\xff" * 60, "")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.doc")
def test_never_fails(data, name):
    """Any bytes get an answer that is read or refused."""
    form = sniff(data, name)

    assert form in formats.READERS or form in formats.refusals()
