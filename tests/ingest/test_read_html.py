"""html and mht: what the page shows as text, in its order, and nothing around it."""

import contextlib

import pytest

from digest import ingest
from digest.errors import DigestError, NoText
from digest.model.document import BlockKind
from digest.model.source import Source


def read(page, name="通知.html"):
    """A page, through the door."""
    return ingest.read(Source(name=name, data=page if isinstance(page, bytes) else page.encode()))


def texts(document):
    """The texts of all blocks that are not furniture."""
    return [block.raw for block in document.blocks if block.kind is not BlockKind.FURNITURE]


def test_blocks():
    """Headings, paragraphs and list items are blocks; blanks of the source are not."""
    lists = "<ol start=3><li>三<li>四</ol><ul><li>点</ul>"
    page = "<html><head><title>通知</title><style>p{}</style></head><body><h1>关于 核对\n的通知</h1><p>甲&nbsp;乙<b>丙</b></p>" + lists

    document = read(page)

    assert [(block.label, block.raw) for block in document.blocks] == [("", "关于 核对 的通知"), ("", "甲 乙丙"), ("3.", "三"), ("4.", "四"), ("•", "点")]
    assert document.blocks[0].style.outline_level == 0
    assert document.properties == (("title", "通知"),)


def test_line_breaks():
    """Lines parted by br are lines; old pages set whole regulations that way."""
    document = read("<body><td>第一条 甲。<br>　　第二条 乙。<br><br>第三条 丙。</td></body>")

    assert texts(document) == ["第一条 甲。", "　　第二条 乙。", "第三条 丙。"]
    assert [block.gap_before for block in document.blocks] == [False, False, True]
    assert {block.kind for block in document.blocks} == {BlockKind.LINE}


def test_what_is_not_shown_is_not_read():
    """Scripts, styles, hidden elements and form controls say nothing."""
    silent = "<script>x</script><select><option>选</select><input value=填><noscript>无</noscript>"
    page = f"<body>{silent}<p style='display:none'>隐</p><p hidden>藏</p><p>正文</p></body>"

    assert texts(read(page)) == ["正文"]


def test_navigation_is_furniture():
    """Menus and footers are kept apart: they are links."""
    menu = "<div>" + "".join(f"<a href='/{at}'>栏目{at}</a> " for at in range(6)) + "</div>"
    document = read(f"<body>{menu}<p>正文一段。</p><footer>版权所有</footer></body>")

    assert texts(document) == ["正文一段。"]
    assert len(document.blocks) == 3


def test_data_tables_and_frames():
    """A table of data keeps its cells and spans; one that lays out the page flows."""
    data = "<table><tr><th rowspan=2>序号<th colspan=2>限额<tr><td>单笔<td>日累计<tr><td>1<td>5万元<br>（含）<td>20万元</table>"
    frame = f"<table><tr><td><p>第一条 甲。</p>{data}</td></tr></table>"

    document = read(f"<body>{frame}</body>")

    assert texts(document) == ["第一条 甲。", "序号", "限额", "单笔", "日累计", "1", "5万元\n（含）", "20万元"]
    assert (document.tables[0].rows, document.tables[0].columns, document.tables[0].header_rows) == (3, 3, 2)


def test_styles():
    """Alignment, size and indent of the page's own styles."""
    page = "<p align=center style='font-size:22pt'><b>标题</b></p><p style='text-indent:2em;font-size:16px'>正文</p><p style='text-align:right'>署名</p>"

    title, text, signer = read(f"<html><body>{page}</body></html>").blocks

    assert (title.style.centred, title.style.size, title.style.bold) == (True, 22, True)
    assert (text.style.indent, text.style.size) == (2, 12)
    assert signer.style.right


def test_linked_files_are_named_and_never_fetched():
    """Links to documents are attachments that were not read."""
    document = read("<body><p>正文</p><a href='http://x.example/f/%E8%A1%A8.docx'>附件1：登记表</a><a href='b.pdf'></a></body>")

    assert [(it.name, it.read) for it in document.attachments] == [("附件1：登记表", False), ("b.pdf", False)]


@pytest.mark.parametrize(("charset", "label"), [("gb18030", "gb2312"), ("utf-8", "gb2312"), ("big5", "big5"), ("utf-16", "")])
def test_charsets(charset, label):
    """The page's own label may lie."""
    text = "各單位應當於每日營業終了核對。" if charset == "big5" else "各网点应当于每日营业终了核对。"
    page = f"<html><meta charset={label}><body><p>{text}</p></body></html>" if label else f"<html><body><p>{text}</p></body></html>"

    assert texts(read(page.encode(charset))) == [text]


def test_web_archive():
    """An mht is read by its html part."""
    head = "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    body = "Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>第一条 甲。</p>\r\n--b--\r\n"

    document = read((head + body).encode("gb18030"), "通知.mht")

    assert texts(document) == ["第一条 甲。"]
    assert document.form == "mht"


def test_deep_nesting_and_emptiness():
    """A page nested beyond measure is read as far as it goes or refused; an empty one is refused."""
    with contextlib.suppress(DigestError):
        read("<html><body>" + "<div>" * 3000 + "文" + "</div>" * 3000)
    with pytest.raises(NoText):
        read("<html><body><p> </p></body></html>")


def test_a_bare_frame_says_where_its_content_is():
    """Excel saves several sheets as a frame beside a folder: without the folder nothing is there, and that is said."""
    with pytest.raises(NoText, match=r"\.files"):
        ingest.read(Source(name="报表.htm", data=b"<html><frameset><frame src='a.files/sheet001.htm'></frameset></html>"))
