"""Bundles: true names, the circular first, each file a part, nothing outside, nothing swelling, nothing in silence."""

import io
import struct
import zipfile

import py7zr
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import ingest
from digest.errors import DigestError, Encrypted, NoText, TooMuch, Unreadable
from digest.model.document import PartKind
from digest.model.source import Source
from tests.ingest.make_docx import pack, para, zipped

NOTICE, ANNEX = pack(para("关于核对现金的通知")), pack(para("核对表"))


def read(data, name="材料.zip", password=""):
    """The document, through the door."""
    return ingest.read(Source(name=name, data=data, password=password))


def seven(files, password=None):
    """A 7z archive."""
    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w", password=password) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return stream.getvalue()


def parts(document):
    """Names of the papers in the bundle."""
    return [part.name for part in document.parts if part.kind is PartKind.ATTACHMENT]


@pytest.mark.parametrize("make", [zipped, seven])
def test_circular_first_annexes_by_number(make):
    """Order does not depend on how the bundle was packed; folders and litter are dropped."""
    names = ["材料/附件10.docx", "材料/附件2.docx", "材料/附件一.docx", "材料/通知.docx"]
    files = {name: pack(para(f"{name}的内容")) for name in names}
    files |= {"__MACOSX/._通知.docx": b"x", "材料/Thumbs.db": b"x", "材料/~$通知.docx": b"x"}

    document = read(make(files))

    assert parts(document) == ["通知.docx", "附件一.docx", "附件2.docx", "附件10.docx"]
    assert document.blocks[0].raw == "材料/通知.docx的内容"
    assert all(each.read for each in document.attachments)


def test_chinese_names_without_flag():
    """GBK names of Chinese Windows are told from their bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("aaaaaa.docx", NOTICE)
    data = stream.getvalue().replace(b"aaaaaa.docx", "通知一".encode("gbk") + b".docx")

    assert parts(read(data)) == ["通知一.docx"]


def test_name_in_the_extra_field():
    """The Unicode Path field holds the true name."""
    info = zipfile.ZipInfo("x.docx")
    name = "通知.docx".encode()
    info.extra = struct.pack("<HHBI", 0x7075, 5 + len(name), 1, 0) + name
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(info, NOTICE)

    assert parts(read(stream.getvalue())) == ["通知.docx"]


def test_doubles_are_read_once():
    """The same file twice, or the same paper as docx and pdf, is read once and said."""
    document = read(zipped({"通知.pdf": b"%PDF-1.4", "通知.docx": NOTICE, "副本.docx": NOTICE}))

    assert parts(document) == ["副本.docx"] or parts(document) == ["通知.docx"]
    assert sorted(each.read for each in document.attachments) == [False, False, True]


def test_paths_out_of_the_bundle():
    """Tricky paths are named, not read; the rest is."""
    document = read(zipped({"../../通知.docx": NOTICE, "/etc/x.docx": NOTICE, "C:/x.docx": NOTICE, "附件.docx": ANNEX}))

    assert parts(document) == ["附件.docx"]
    assert {notice.code for notice in document.notices} == {"tricky_path"}


@pytest.mark.parametrize("make", [zipped, seven])
def test_bombs(make):
    """What swells beyond measure is refused before it is unpacked."""
    with pytest.raises(TooMuch, match="压缩炸弹"):
        read(make({"a.txt": bytes(40 << 20)}))


def test_bundles_in_bundles():
    """A bundle inside a bundle is read; without end it is cut and said."""
    inner = zipped({"附件.docx": ANNEX})
    assert [block.raw for block in read(zipped({"通知.docx": NOTICE, "附件.zip": inner})).blocks] == ["关于核对现金的通知", "核对表"]

    deep = inner
    for _ in range(12):
        deep = zipped({"里面.zip": deep})
    with pytest.raises(DigestError, match="超过上限"):
        read(deep)


def test_passwords():
    """A locked bundle asks for its password and opens with it."""
    locked = seven({"通知.docx": NOTICE}, password="abc")

    with pytest.raises(Encrypted, match="--password"):
        read(locked)
    with pytest.raises(Encrypted, match="密码不对"):
        read(locked, password="错的")
    assert parts(read(locked, password="abc")) == ["通知.docx"]
    flagged = bytearray(zipped({"通知.docx": NOTICE}))
    flagged[6] |= 1
    flagged[flagged.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Encrypted, match="--password"):
        read(bytes(flagged))


def test_a_bad_member_does_not_stop_the_rest():
    """Damage inside is named with its reason."""
    document = read(zipped({"通知.docx": NOTICE, "附件1.docx": b"PK\x03\x04broken", "程序.exe": b"MZ" + bytes(90)}))

    assert [(each.name, each.read) for each in document.attachments] == [("程序.exe", False), ("通知.docx", True), ("附件1.docx", False)]
    assert all(each.why for each in document.attachments if not each.read)


def test_refusals():
    """Empty and damaged bundles have their sentences."""
    with pytest.raises(NoText, match="空的压缩包"):
        read(zipped({}))
    with pytest.raises(Unreadable, match="重新下载"):
        read(zipped({"通知.docx": NOTICE})[:300])
    with pytest.raises(Unreadable, match="7z 打不开"):
        read(seven({"通知.docx": NOTICE})[:-20])


BUNDLE = zipped({"通知.docx": NOTICE, "附件.txt": "请核对现金。".encode()})


@settings(derandomize=True, deadline=None, max_examples=80)
@given(at=st.integers(0, len(BUNDLE)), value=st.binary(min_size=1, max_size=8))
def test_any_damage_ends_in_a_sentence(at, value):
    """Whatever is broken, the result is a document or a refusal."""
    try:
        assert read(BUNDLE[:at] + value + BUNDLE[at + len(value) :]).blocks
    except DigestError as error:
        assert "《" in str(error)


def test_a_nameless_member_does_not_spoil_the_bundle():
    """Found by fuzzing: a member whose name begins with a zero byte has no name for the standard library."""
    data = zipped({"通知.txt": "各网点应当核对现金。", "bad": "x"}).replace(b"bad", b"\0ad")

    assert "各网点应当核对现金。" in [block.raw for block in read(data).blocks]
