"""Old Word and Kingsoft WPS: the same text and numbers as the docx, losses counted and said, damage and passwords told."""

from pathlib import Path

import pytest

from digest import ingest
from digest.errors import DigestError, Encrypted, Unreadable
from digest.ingest import read_doc as reader
from digest.ingest import tools
from digest.model.source import Source

NOTICE = (Path(__file__).parent / "files" / "notice.doc").read_bytes()


def read(data, name="通知.doc", password=""):
    """The document, through the door."""
    return ingest.read(Source(name=name, data=data, password=password))


@pytest.fixture
def no_office(monkeypatch):
    """A computer without LibreOffice."""
    monkeypatch.setattr(reader, "convert_to_docx", lambda *_: None)


def break_converter(monkeypatch, error):
    """Let the converter fail."""
    import doc2docx

    def fail(*_args, **_fields):
        raise error

    monkeypatch.setattr(doc2docx, "convert", fail)


def test_text_numbers_and_table():
    """Displayed numbers, text and cells come through; name, hash and size are the file's own."""
    document = read(NOTICE)

    shown = [block.label + block.raw for block in document.blocks if not block.cell]
    assert shown[:5] == [
        "示例银行关于核对重要空白凭证的通知",
        "示银运管〔2025〕12号",
        "各支行：",
        "一、总体要求",
        "（一）各网点应当于每日营业终了前核对重要空白凭证，做到账实相符。",
    ]
    assert [block.raw for block in document.blocks if block.cell][:4] == ["凭证种类", "库存上限", "期限", "存单"]
    assert (document.form, document.sha256, document.size) == ("doc", Source(name="", data=NOTICE).sha256, len(NOTICE))
    assert document.notices == ()


def test_kingsoft_header_is_mended():
    """WPS writes a class number into the header that the converter takes for damage."""
    data = NOTICE[:8] + bytes(range(16)) + NOTICE[24:]

    document = read(data, "通知.wps")

    assert document.form == "wps"
    assert [block.raw for block in document.blocks] == [block.raw for block in read(NOTICE).blocks]


def test_bare_text_where_the_converter_fails(monkeypatch, no_office):
    """The second reader's text is better than nothing, and it is said that numbers are lost."""
    break_converter(monkeypatch, ValueError("odd table"))

    document = read(NOTICE)

    assert any("账实相符" in block.raw for block in document.blocks)
    assert [notice.code for notice in document.notices] == ["text_only"]
    assert "自动编号" in document.notices[0].text


def test_office_is_the_second_chance(monkeypatch):
    """Where LibreOffice is installed, its conversion stands in."""
    from tests.ingest.make_docx import pack, para

    break_converter(monkeypatch, ValueError("odd table"))
    monkeypatch.setattr(reader, "convert_to_docx", lambda data, suffix: pack(para("各网点应当核对。" * 30)))

    assert [block.raw for block in read(NOTICE).blocks] == ["各网点应当核对。" * 30]


def test_lost_text_is_said(monkeypatch, no_office):
    """A result that holds clearly less than the second reader saw is not passed off as whole."""
    monkeypatch.setattr(reader, "_plain_text", lambda source: "各网点应当核对重要空白凭证。" * 100)

    document = read(NOTICE)

    assert [notice.code for notice in document.notices] == ["incomplete"]
    assert "%" in document.notices[0].text


def test_passwords(monkeypatch):
    """A locked file asks for its password; a wrong one is told apart."""
    from doc2docx.errors import EncryptedDocumentError

    break_converter(monkeypatch, EncryptedDocumentError("password"))

    with pytest.raises(Encrypted, match="--password"):
        read(NOTICE)
    with pytest.raises(Encrypted, match="密码不对"):
        read(NOTICE, password="错")


def test_damage(no_office):
    """A file without its text is refused with advice."""
    with pytest.raises(Unreadable, match="另存为 docx"):
        read(NOTICE[:512] + bytes(3000) + "WordDocument".encode("utf-16-le"))


@pytest.mark.parametrize("at", range(0, len(NOTICE), 701))
def test_any_damage_ends_in_a_sentence(no_office, at):
    """Whatever is overwritten, the result is a document or a refusal."""
    data = NOTICE[:at] + b"\xa5" * 24 + NOTICE[at + 24 :]
    try:
        assert read(data).blocks
    except DigestError as error:
        assert "《通知.doc》" in str(error)


def test_no_office_no_conversion(monkeypatch):
    """A computer without LibreOffice converts nothing and says nothing."""
    monkeypatch.setattr(tools, "find_office", lambda: "")

    assert tools.convert_to_docx(NOTICE, "doc") is None


def test_a_program_that_hangs_is_stopped(monkeypatch, tmp_path):
    """The time limit ends the program and what it started."""
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60 &\nwait\n")
    slow.chmod(0o755)
    monkeypatch.setattr(tools, "find_office", lambda: str(slow))

    assert tools.convert_to_docx(NOTICE, "doc", seconds=0.3) is None


@pytest.mark.slow
@pytest.mark.skipif(not tools.find_office(), reason="LibreOffice is not installed")
def test_office_converts():
    """The real program, in a profile of its own."""
    assert tools.convert_to_docx(NOTICE, "doc").startswith(b"PK")
