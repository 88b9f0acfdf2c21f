"""Mails: charsets as they are, every layer a part of its own, attachments read or named."""

import base64
import io
import struct

import pytest
from PIL import Image

from digest import ingest
from digest.errors import Encrypted, NoText
from digest.ingest.recognised import Recognised
from digest.model.document import Box, PartKind
from digest.model.source import Source
from tests.ingest.make_docx import pack, para
from tests.ingest.make_mail import furniture, layers, message, plain, read


def headers(document, part=0):
    """A part's headers as a dict."""
    return dict(document.parts[part].headers)


@pytest.mark.parametrize(
    ("charset", "label"),
    [("gb18030", "gb2312"), ("gb18030", "X-GBK"), ("gb18030", "utf-8"), ("utf-8", "gb2312"), ("utf-8", "unknown-8bit"), ("gb18030", ""), ("big5", "big5")],
)
def test_body_in_any_charset(charset, label):
    """The bytes decide, not the label."""
    text = "各網點應於每日營業終了核對現金。" if charset == "big5" else "各网点应于每日营业终了核对现金，朱镕基批示。"

    document = read(plain(text, charset=charset, label=label))

    assert layers(document) == [[text]]
    assert document.parts[0].kind is PartKind.MAIL
    assert headers(document)["主题"] == "关于核对现金的通知"
    assert headers(document)["发送时间"].startswith("Wed, 3 Sep 2025")


def test_raw_bytes_in_headers():
    """Headers with bare GBK bytes are read."""
    data = "Subject: 关于核对现金的通知\r\nFrom: 运营管理部 <a@bank.example>\r\n\r\n请核对。".encode("gb18030")

    document = read(data)

    assert headers(document) == {"主题": "关于核对现金的通知", "发件人": "运营管理部 <a@bank.example>"}
    assert layers(document) == [["请核对。"]]


@pytest.mark.parametrize("junk", [b"\xef\xbb\xbf", b"\r\n\r\n", b"--- exported by archive ---\r\n", b"From nobody Mon Sep  1 00:00:00 2025\r\n"])
def test_junk_before_the_headers(junk):
    """A byte order mark, blank lines or a line of an archive before the headers lose nothing."""
    assert headers(read(junk + plain("请核对。")))["主题"] == "关于核对现金的通知"


def test_forward_chain_in_the_text():
    """Branch over head office: both layers are parts, from the outermost, with their own headers."""
    text = (
        "各网点：\n　　请于9月12日前报名单。\n\n发件人: 示例银行××分行 <x@bank.example>\n发送时间: 2025年9月4日 16:42\n"
        "收件人: 各支行; \n 各部门\n主题: 转发: 关于首接处理的通知\n\n　　各支行：请抓好落实。\n-----原始邮件-----\n"
        "发件人：示例银行总行\n发送时间：2025年9月3日\n收件人：各分行\n主题：关于首接处理的通知\n　　一、压实首接责任"
    )

    document = read(plain(text, subject="转发: 转发: 关于首接处理的通知"))

    assert layers(document) == [["各网点：", "请于9月12日前报名单。"], ["各支行：请抓好落实。"], ["一、压实首接责任"]]
    assert [part.depth for part in document.parts] == [0, 1, 2]
    assert headers(document, 1)["收件人"] == "各支行; 各部门"
    assert headers(document, 2) == {"发件人": "示例银行总行", "发送时间": "2025年9月3日", "收件人": "各分行", "主题": "关于首接处理的通知"}
    assert document.parts[2].name == "关于首接处理的通知"


@pytest.mark.parametrize(
    "mark",
    [
        '------------------ 原始邮件 ------------------\n发件人: "张三" <z@bank.example>;\n发送时间: 2025年9月1日 上午9:00\n收件人: "李四";\n主题: 通知',
        '在 2025-09-01 09:00:00，"张三" <z@bank.example> 写道：',
        "于 2025年9月1日 9:00 张三 <z@bank.example> 写道：",
        "张三 <z@bank.example> 于2025年9月1日周一 09:00写道：",
        "On Mon, Sep 1, 2025 at 9:00 AM 张三 <z@bank.example>\nwrote:",
        "-----Original Message-----\nFrom: 张三 [mailto:z@bank.example]\nSent: Monday, September 1, 2025 9:00 AM\nTo: 李四\nSubject: 通知",
        "---------- Forwarded message ---------\n发件人： 张三 <z@bank.example>\nDate: 2025年9月1日周一 09:00\nSubject: 通知\nTo: 李四",
        "开始转发的邮件：\n\n发件人: 张三 <z@bank.example>\n主题: 通知\n日期: 2025年9月1日 GMT+8 09:00:00\n收件人: 李四",
        "-------- 转发邮件信息 --------\n发件人：张三\n发送日期：2025-09-01 09:00:00\n收件人：李四\n主题：通知",
        "*发件人:* 张三\n*发送时间:* 2025年9月1日\n*收件人:* 李四\n*主题:* 通知",
    ],
)
def test_chain_marks_of_the_usual_programs(mark):
    """Outlook, QQ, NetEase, Gmail, Apple and Foxmail each mark the older message in their own way."""
    document = read(plain(f"请看下文。\n\n{mark}\n\n第一条 甲。"))

    assert layers(document) == [["请看下文。"], ["第一条 甲。"]]
    assert "张三" in headers(document, 1)["发件人"]


def test_meeting_lines_are_no_chain():
    """主题、时间、地点 of a meeting are text."""
    text = "会议通知如下：\n主题：运营例会\n时间：2025年9月1日\n地点：三楼会议室\n收件人：各主管"

    assert layers(read(plain(text))) == [text.split("\n")]


def test_quote_marks_are_taken_off():
    """Lines quoted with > are read without it."""
    text = "收到。\n\n在 2025-09-01，张三 写道：\n> 第一条 甲。\n>> 第二条 乙。"

    assert layers(read(plain(text))) == [["收到。"], ["第一条 甲。", "第二条 乙。"]]


def test_signature_and_disclaimer_are_furniture():
    """A signature block with a way to reach somebody, and a disclaimer, are no text."""
    text = "请于周五前报送。\n________________\n张三\n示例银行××分行　运营管理部\n电话：0000-8123\n本邮件及其附件可能含有保密信息，仅供收件人使用。"
    document = read(plain(text))

    assert layers(document) == [["请于周五前报送。"]]
    assert len(furniture(document)) == 5


@pytest.mark.parametrize(
    "tail",
    ["示例银行运营管理部\n2025年9月1日", "联系人：张三，电话：0000-8123", "3、投诉电话：0000-8123，夜间转值班室", "名单报综合部（电话：0000-8123）。"],
)
def test_what_is_no_signature(tail):
    """The issuer with the day, contacts for questions, numbered items and sentences stay."""
    assert layers(read(plain("请按时报送。\n" + tail))) == [["请按时报送。", *tail.split("\n")]]


def test_page_is_preferred_where_it_says_the_same():
    """An html body knows paragraphs and tables."""
    html = "<p>各网点：</p><table><tr><th>事项</th><th>标准</th></tr><tr><td>现金</td><td>5万元</td></tr></table>"

    document = read(message(text="各网点：\n事项 标准\n现金 5万元", html=html))

    assert [block.raw for block in document.blocks] == ["各网点：", "事项", "标准", "现金", "5万元"]
    assert len(document.tables) == 1


def test_plain_text_is_kept_where_the_page_lacks_it():
    """A page that holds less than the text part is not trusted."""
    assert layers(read(message(text="各网点应当核对现金。", html="<p>请用新版客户端查看</p><img src='cid:1'>"))) == [["各网点应当核对现金。"]]


def test_chain_inside_a_page():
    """The header block of a forwarded message in html, lines parted by br."""
    html = "<p>请落实。</p><div><b>发件人:</b> 总行<br><b>发送时间:</b> 2025年9月3日<br><b>收件人:</b> 各分行<br><b>主题:</b> 通知</div><p>第一条 甲。</p>"

    document = read(message(text="请落实。 第一条 甲。", html=html))

    assert layers(document) == [["请落实。"], ["第一条 甲。"]]
    assert headers(document, 1)["发件人"] == "总行"


def test_attachments_are_read_with_the_mail():
    """A docx attached is a part of the same document; its Chinese name survives."""
    mail = message()
    mail.add_attachment(pack(para("第一条 甲。")), maintype="application", subtype="octet-stream", filename="示银发〔2025〕1号.docx")

    document = read(mail)

    assert [(it.name, it.read) for it in document.attachments] == [("示银发〔2025〕1号.docx", True)]
    assert (document.parts[1].kind, document.parts[1].name) == (PartKind.ATTACHMENT, "示银发〔2025〕1号.docx")
    assert layers(document) == [["请组织学习。"], ["第一条 甲。"]]


def test_what_was_not_read_is_named_with_the_reason():
    """A program, an encrypted file and winmail.dat are named, never run, and the user is told."""
    mail = message()
    mail.add_attachment(b"MZ" + bytes(200), maintype="application", subtype="octet-stream", filename="升级包.exe")
    mail.add_attachment(b"\x78\x9f\x3e\x22" + bytes(50), maintype="application", subtype="ms-tnef", filename="winmail.dat")

    document = read(mail)

    assert [(it.name, it.read) for it in document.attachments] == [("升级包.exe", False), ("winmail.dat", False)]
    assert "可执行程序" in document.attachments[0].why
    assert "winmail.dat" in document.attachments[1].why
    assert {notice.code for notice in document.notices} == {"attachment_not_read"}


def test_winmail_is_unpacked():
    """What Outlook packed into winmail.dat is read: the body and the files under their long names."""
    files = attribute(0x69002, b"\0" * 14, level=2) + attribute(0x18010, b"TONGZH~1.DOC\0", level=2)
    files += attribute(0x6800F, pack(para("第一条 甲。")), level=2) + attribute(0x69005, properties((0x3707, "通知.docx")), level=2)
    packed = struct.pack("<IH", 0x223E9F78, 1) + attribute(0x69003, properties((0x0E1D, "主题"), (0x1000, "请各网点落实。"))) + files
    mail = message(text=" ")
    mail.add_attachment(packed, maintype="application", subtype="ms-tnef", filename="winmail.dat")

    document = read(mail)

    assert layers(document) == [["请各网点落实。"], ["第一条 甲。"]]
    assert [(it.name, it.read) for it in document.attachments] == [("通知.docx", True)]


def attribute(kind, data, level=1):
    """One attribute of a winmail.dat."""
    return struct.pack("<BII", level, kind, len(data)) + data + struct.pack("<H", sum(data) % 65536)


def properties(*texts):
    """A list of Unicode text properties, behind a number, a named property and a list of numbers."""
    named = struct.pack("<HH16sIIHH", 0x3, 0x8001, b"", 1, 2, 0x41, 0) + struct.pack("<I", 7)
    listed = struct.pack("<HHI", 0x1003, 0x6001, 2) + struct.pack("<II", 1, 2)
    body = b"".join(
        struct.pack("<HHII", 0x1F, tag, 1, len(data)) + data + bytes(-len(data) % 4)
        for tag, data in ((tag, (text + "\0").encode("utf-16-le")) for tag, text in texts)
    )
    return struct.pack("<I", len(texts) + 3) + struct.pack("<HHI", 0x3, 0x3705, 1) + named + listed + body


@pytest.mark.parametrize("pieces", [False, True])
def test_signed_mail_is_opened(pieces):
    """A mail wrapped in its signature (smime.p7m) is read; an encrypted one is named."""
    inner = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "请核对现金。".encode()
    signed = signature(tagged(0x24, tagged(4, inner[:20]) + tagged(4, inner[20:])) if pieces else tagged(4, inner))
    head = b"Subject: x\r\nFrom: a@b\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n"

    assert layers(read(head + base64.encodebytes(signed))) == [["请核对现金。"]]
    with pytest.raises(NoText, match="加密"):
        read(head + base64.encodebytes(tagged(0x30, bytes.fromhex("06092a864886f70d010703"))))


def signature(octets):
    """A SignedData round some content; without content it is detached."""
    wrapped = tagged(0xA0, octets) if octets else b""
    content = tagged(0x30, bytes.fromhex("06092a864886f70d010701") + wrapped)
    return tagged(0x30, bytes.fromhex("06092a864886f70d010702") + tagged(0xA0, tagged(0x30, b"\x02\x01\x01" + tagged(0x31, b"") + content)))


def test_signed_file_of_its_own():
    """A mail saved as .p7m is opened; a bare signature and a sealed message are told apart."""
    inner = plain("请核对现金。")

    document = read(signature(tagged(4, inner)), "邮件.p7m")

    assert (layers(document), document.name, document.form) == ([["请核对现金。"]], "邮件.p7m", "p7m")
    with pytest.raises(NoText, match="只是一个数字签名"):
        read(signature(b""), "smime.p7s")
    with pytest.raises(Encrypted, match="证书加密"):
        read(tagged(0x30, bytes.fromhex("06092a864886f70d010703")) + bytes(50), "smime.p7m")


def tagged(tag, data):
    """A BER element; long ones without a stated length."""
    return bytes((tag, len(data))) + data if len(data) < 128 else bytes((tag, 0x82)) + len(data).to_bytes(2) + data


def test_pictures_of_the_body_are_passed_over():
    """A logo shown inside the page is no attachment."""
    mail = message(html="<p>请组织学习。</p><img src='cid:logo'>")
    mail.get_payload()[1].add_related(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", cid="<logo>")

    assert read(mail).attachments == ()


def picture(width, height):
    """A blank picture of a size."""
    stream = io.BytesIO()
    Image.new("1", (width, height), 1).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(("size", "read_it"), [((900, 700), True), ((200, 200), False), ((900, 120), False)])
def test_a_notice_pasted_as_a_picture_is_read(monkeypatch, size, read_it):
    """A screenshot in the body of a mail is the notice itself and goes to OCR; a code or a banner does not."""
    monkeypatch.setattr("digest.ingest.ocr.read_page", fake_page)
    mail = message(text=" ", html="<img src='cid:a'>")
    mail.get_payload()[1].add_related(picture(*size), maintype="image", subtype="png", cid="<a>")

    if not read_it:
        with pytest.raises(NoText, match="没有正文"):
            read(mail)
        return
    document = read(mail)
    assert layers(document)[1] == ["各网点双人清点。"]
    assert [notice.code for notice in document.notices] == ["ocr"]


def fake_page(image, *, page, width, height, sharper=None):
    """A recogniser that always sees the same line."""
    return (Recognised(text="各网点双人清点。", box=Box(page=page, x0=80, top=300, x1=300, bottom=316)),)


def test_an_attached_logo_is_no_loss(monkeypatch):
    """An attached picture on which OCR sees nothing is named without an alarm; with OCR off it is told."""
    monkeypatch.setattr("digest.ingest.ocr.read_page", lambda *_, **__: ())
    mail = message(text="请落实。")
    mail.add_attachment(picture(900, 700), maintype="image", subtype="png", filename="logo.png")

    assert (read(mail).notices, [it.read for it in read(mail).attachments]) == ((), [False])
    off = ingest.read(Source(name="邮件.eml", data=bytes(mail)), ocr=False)
    assert [notice.code for notice in off.notices] == ["attachment_not_read"]


def test_forward_as_attachment():
    """A mail attached to a mail is the next layer."""
    outer, inner = message("转发", "请看附件邮件。"), message("原件", "第一条 甲。")
    outer.add_attachment(inner)

    document = read(outer)

    assert layers(document) == [["请看附件邮件。"], ["第一条 甲。"]]
    assert [(part.kind, part.depth, part.name) for part in document.parts] == [(PartKind.MAIL, 0, "转发"), (PartKind.MAIL, 1, "原件")]


def test_forwards_too_deep_are_named():
    """A chain of attached mails ends somewhere, and says so."""
    mail = message("最里", "第一条 甲。")
    for depth in range(12):
        outer = message(f"第{depth}层", f"转发{depth}。")
        outer.add_attachment(mail)
        mail = outer

    document = read(mail)

    assert max(part.depth for part in document.parts) == 8
    assert any("太深" in it.why for it in document.attachments)


def test_empty_mail_is_no_success():
    """A mail without any text is refused."""
    with pytest.raises(NoText):
        read(plain("", subject="空"))


def test_broken_multipart_is_still_read():
    """A boundary that never comes leaves the text."""
    data = b"Subject: x\r\nFrom: a@b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=never\r\n\r\n" + "请核对现金。".encode()

    assert "请核对现金。" in str(layers(read(data)))
