"""What head offices send beside plain papers: other names, other programs, wrappers; each read or refused in one sentence."""

import io

import pypdfium2
import pytest

from digest.errors import DigestError, Encrypted, NoText, UnknownFormat
from digest.ingest import read
from digest.model.document import BlockKind
from digest.model.source import Source
from tests.ingest.make_docx import NAMESPACES, pack, para, zipped
from tests.ingest.make_ole import compound
from tests.ingest.make_pdf import Pdf

TEXT = "各支行应于2026年12月5日前上报自查报告，单笔5万元以上须双人复核。"
PAGE = f'<html><head><meta charset="gb2312"></head><body><p>{TEXT}</p></body></html>'.encode("gb18030")
RTF = ("{\\rtf1\\ansi\\ansicpg936 " + "".join(f"\\u{ord(each)}?" for each in TEXT) + "\\par}").encode()
DOCX = pack(para(TEXT))
MACROS = pack(para(TEXT), parts={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"}, relations=(("rIdM", "vbaProject", "vbaProject.bin"),))
SHEET = f"<table><tr><td>事项</td><td>期限</td></tr><tr><td>{TEXT}</td><td>每日</td></tr></table>"


def archive(*pages, head=b"MIME-Version: 1.0\r\n"):
    """A web archive of pages, as Word and Excel save them."""
    parts = b"".join(b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode() + b"\r\n" for page in pages)
    return head + b'Content-Type: multipart/related; boundary="b"\r\n\r\n' + parts + b"--b--\r\n"


def text_of(data, name):
    """Everything that is read."""
    return "".join(block.raw for block in read(Source(name=name, data=data)).blocks)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("报表.xls", PAGE),
        ("通知.doc", PAGE),
        ("通知.docx", PAGE),
        ("通知.doc", RTF),
        ("通知.wps", RTF),
        ("通知.txt", TEXT.encode("utf-32")),
        ("通知.docm", MACROS),
        ("模板.dotx", DOCX),
        ("模板.wpt", DOCX),
        ("通知.pdf", DOCX),
        ("通知", DOCX),
        ("通知.doc", archive(f"<p>{TEXT}</p>")),
        ("报表.xls", archive("<html><frameset><frame src='sheet001.htm'></frameset></html>", SHEET)),
    ],
)
def test_content_decides_how_a_file_is_read(name, data):
    """The whole text comes out, whatever the file is called; macros are never looked at."""
    assert TEXT in text_of(data, name)


@pytest.mark.parametrize(
    ("name", "data", "remedy"),
    [
        ("通知.docx", b"MZ" + bytes(500), "可执行程序"),
        ("通知.docx", b"Rar!\x1a\x07\x01\x00" + bytes(99), "先解压"),
        ("通知.docx", bytes(5000), "另存为 docx"),
        ("通知.tar.gz", b"\x1f\x8b\x08" + bytes(60), "先解压"),
        ("照片.heic", b"\x00\x00\x00\x18ftypheic" + bytes(60), "另存为 JPG"),
        ("会议.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(60), "文字稿"),
        ("会议.mp3", b"ID3\x04" + bytes(60), "文字稿"),
        ("通知.ceb", b"\x01\x02\x03" * 99, "Apabi"),
        ("通知.gd", b"\x01\x02\x03" * 99, "书生"),
        ("通知.xps", zipped({"[Content_Types].xml": "<x/>", "FixedDocSeq.fdseq": "<x/>"}), "Microsoft Print to PDF"),
        ("通知.uof", b"<?xml version='1.0'?><uof:UOF xmlns:uof='x'/>", "WPS"),
        ("通知.docx.lnk", b"\x4c\0\0\0\x01\x14\x02\0" + bytes(60), "快捷方式"),
        ("~$通知.docx", b"\x05User" + bytes(157), "临时文件"),
        ("培训.dps", compound({"PowerPoint Document": b"x"}), "幻灯片"),
        ("培训.pptx", zipped({"ppt/presentation.xml": "<x/>"}), "幻灯片"),
        ("通知.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "LibreOffice"),
    ],
)
def test_what_is_no_paper_is_refused_with_the_remedy(monkeypatch, name, data, remedy):
    """Each sentence names the file and says what to do."""
    monkeypatch.setattr("digest.ingest.tools.find_office", lambda: "")
    with pytest.raises(UnknownFormat, match=remedy) as refusal:
        read(Source(name=name, data=data))
    assert f"《{name}》" in str(refusal.value)


WORD6 = b"\xdb\xa5\x2d\0" + bytes(99)
LOCKED_ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x", "META-INF/manifest.xml": "<manifest:encryption-data/>"}


def test_old_files_are_read_where_an_office_program_is(monkeypatch):
    """Word 6 comes by way of LibreOffice, with the advice to check its numbers; what it cannot open is refused as before."""
    made = []
    monkeypatch.setattr("digest.ingest.read_office.convert_to_docx", lambda data, suffix: made.append(suffix) or DOCX)
    document = read(Source(name="通知.doc", data=WORD6))
    assert ([block.raw for block in document.blocks], document.form, document.size, made) == ([TEXT], "word6", len(WORD6), ["doc"])
    assert [notice.code for notice in document.notices] == ["converted"]

    for result in (None, b"no docx", pack("")):
        monkeypatch.setattr("digest.ingest.read_office.convert_to_docx", lambda data, suffix, result=result: result)
        with pytest.raises(UnknownFormat, match=r"Word 6\.0"):
            read(Source(name="通知.doc", data=WORD6))
    with pytest.raises(Encrypted, match="密码"):
        read(Source(name="通知.odt", data=zipped(LOCKED_ODT)))


def test_text_in_headers_only_is_told():
    """A docx whose body is empty says where its text stands."""
    header = f"<w:hdr {NAMESPACES}>{para('内部资料')}</w:hdr>"
    with pytest.raises(NoText, match="只有页眉页脚"):
        read(Source(name="通知.docx", data=pack(para(""), parts={"word/header1.xml": header}, relations=(("rIdH", "header", "header1.xml"),))))


@pytest.mark.parametrize("cover", [[], ["请用支持文件包的阅读器打开。"]])
def test_pdf_portfolio(cover):
    """The files packed into a PDF are read, whether or not it has a page of its own text."""
    pdf = pypdfium2.PdfDocument(Pdf().lines(cover).page().data())
    for name, data in (("通知.docx", DOCX), ("附件.rtf", RTF)):
        pdf.new_attachment(name).set_data(data)
    stream = io.BytesIO()
    pdf.save(stream)

    document = read(Source(name="文件包.pdf", data=stream.getvalue()))

    assert [(it.name, it.read) for it in document.attachments] == [("通知.docx", True), ("附件.rtf", True)]
    assert [block.raw for block in document.blocks if block.kind is not BlockKind.FURNITURE][-2:] == [TEXT, TEXT]


@pytest.mark.parametrize("suffix", ["docx", "doc", "wps", "pdf", "ofd", "msg", "xls", "zip", "7z", "eml", "png", "p7m"])
def test_half_a_download_is_refused_or_read(suffix):
    """A few hundred bytes of anything under any name end in text or in one Chinese sentence."""
    for data in (DOCX[:300], RTF[:40], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200), b"%PDF-1.7\n%", b"\x30\x82\x05\x00"):
        try:
            assert text_of(data, f"通知.{suffix}")
        except DigestError as refusal:
            assert f"《通知.{suffix}》" in str(refusal)
