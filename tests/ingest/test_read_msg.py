"""Outlook messages: headers, bodies in any form, attachments, messages inside, lying code pages, damage."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import DigestError, NoText, Unreadable
from digest.ingest.ole import opened
from digest.model.document import PartKind
from tests.ingest.make_docx import pack, para
from tests.ingest.make_mail import layers
from tests.ingest.make_ole import attached_file, attached_message, compound, filetime, message, read
from tests.ingest.test_read_rtf import packed

SUBJECT, BODY, PAGE, RTF, FROM, ADDRESS, TO, SENT = 0x37, 0x1000, 0x1013, 0x1009, 0x0C1A, 0x0C1F, 0x0E04, 0x39
SENT_AT = filetime(1756872300)  # 2025-09-03 04:05 universal time


def test_headers_and_body():
    """What Outlook shows at the top stands under Chinese names, the day in Beijing time."""
    texts = {SUBJECT: "关于核对现金的通知", BODY: "各网点应当核对现金。\r\n请于9月5日前反馈。", FROM: "运营管理部", ADDRESS: "a@bank.example", TO: "各网点"}

    document = read(compound(message(texts, fixed={SENT: SENT_AT})))

    assert document.parts[0].kind is PartKind.MAIL
    assert dict(document.parts[0].headers) == {
        "发件人": "运营管理部 <a@bank.example>",
        "发送时间": "2025-09-03 12:05",
        "收件人": "各网点",
        "主题": "关于核对现金的通知",
    }
    assert layers(document) == [["各网点应当核对现金。", "请于9月5日前反馈。"]]


@pytest.mark.parametrize(("charset", "codepage"), [("gb18030", 936), ("gb18030", 1252), ("big5", 950), ("utf-8", 65001), ("gb18030", None)])
def test_narrow_text_in_any_code_page(charset, codepage):
    """The bytes decide, not the code page that the message claims."""
    text = "各網點應於每日營業終了核對現金，做到賬實相符。" if charset == "big5" else "各网点应于每日营业终了核对现金，做到账实相符。"

    document = read(compound(message({SUBJECT: text.encode(charset), BODY: text.encode(charset)}, codepage=codepage)))

    assert layers(document) == [[text]]
    assert document.parts[0].name == text


@pytest.mark.parametrize(
    "binaries",
    [
        {PAGE: "<p>各网点应当核对现金。</p>".encode()},
        {RTF: packed(rb"{\rtf1\ansi\ansicpg936 \'b8\'f7\'cd\'f8\'b5\'e3\'d3\'a6\'b5\'b1\'ba\'cb\'b6\'d4\'cf\'d6\'bd\'f0\'a1\'a3\par}")},
    ],
)
def test_body_in_other_forms(binaries):
    """A page or a packed RTF stands in for a missing plain text."""
    assert layers(read(compound(message({SUBJECT: "通知"}, binaries=binaries)))) == [["各网点应当核对现金。"]]


def test_attachments_and_messages_inside():
    """A file becomes a part, a forwarded message a deeper layer; what cannot be read is named."""
    inner = message({SUBJECT: "原通知", BODY: "各支行应当报送。"}, files=[attached_file("附件2.docx", pack(para("核对表")))], top=False)
    files = [attached_file("附件1.docx", pack(para("管理办法"))), attached_file("程序.exe", b"MZ" + bytes(80)), attached_file("网盘.docx", b"")]

    document = read(compound(message({SUBJECT: "转发", BODY: "请组织学习。"}, files=files, inner=[attached_message(inner)])))

    assert [(part.kind.value, part.name, part.depth) for part in document.parts] == [
        ("mail", "转发", 0),
        ("attachment", "附件1.docx", 0),
        ("mail", "原通知", 1),
        ("attachment", "附件2.docx", 0),
    ]
    assert layers(document) == [["请组织学习。"], ["管理办法"], ["各支行应当报送。"], ["核对表"]]
    assert [(each.name, each.read) for each in document.attachments] == [
        ("附件1.docx", True),
        ("程序.exe", False),
        ("网盘.docx", False),
        ("附件2.docx", True),
    ]


def test_endless_nesting_is_cut():
    """Messages in messages end at the limit, and it is said."""
    tree = message({SUBJECT: "最里", BODY: "看不到"}, top=False)
    for depth in range(15):
        tree = message({SUBJECT: f"第{depth}层", BODY: "请阅。"}, inner=[attached_message(tree)], top=depth == 14)

    document = read(compound(tree))

    assert "看不到" not in "".join(block.raw for block in document.blocks)
    assert "转发套得太深" in document.attachments[0].why


def test_refusals():
    """Damage and emptiness have their sentences."""
    with pytest.raises(NoText):
        read(compound(message({SUBJECT: "只有主题"})))
    with pytest.raises(Unreadable, match="重发"):
        read(DATA[:512] + bytes(900) + "__properties_version1.0".encode("utf-16-le"))


DATA = compound(message({SUBJECT: "通知", BODY: "请核对现金。"}, files=[attached_file("附件.docx", pack(para("办法")))]))


@settings(derandomize=True, deadline=None, max_examples=80)
@given(at=st.integers(0, len(DATA)), value=st.binary(min_size=1, max_size=8))
def test_any_damage_ends_in_a_sentence(at, value):
    """Whatever is broken, the result is a document or a refusal."""
    try:
        assert read(DATA[:at] + value + DATA[at + len(value) :]).blocks
    except DigestError as error:
        assert "《" in str(error)


def test_a_stream_that_says_it_is_huge():
    """Found by fuzzing: a stream larger than the file, its sectors in a ring, cost 5 GB; no more is read than the file holds."""
    data = bytearray(compound(message({SUBJECT: "通知", BODY: "请各网点落实。"})))
    name = "__substg1.0_1000001F"
    entry = data.index(name.encode("utf-16-le"))
    data[entry + 120 : entry + 124] = (0x0C800000).to_bytes(4, "little")

    with opened(bytes(data)) as box:
        assert box.get_size(name) == len(data)
