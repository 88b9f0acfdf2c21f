"""PDF: lines in reading order with their places, tables whole, furniture apart, and honest refusals."""

import io
import re

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from digest.errors import Encrypted, MissingTool, NoText, Unreadable
from digest.ingest import ocr as recogniser
from digest.ingest.recognised import Recognised
from digest.model.document import BlockKind, Box, Cell
from tests.ingest.make_docx import pack, para
from tests.ingest.make_pdf import HEIGHT, LEFT, SIZE, WIDTH, Pdf, cells, furniture, locked, read, texts

PROSE = [
    "　　为进一步规范个人大额现金存取业务操作，统一服务标",
    "准，总行在广泛征求意见的基础上制定本办法，请认真遵照",
    "执行。",
    "　　一、各网点应当于每日营业终了前核对现金。",
]


def test_lines_with_their_places():
    """Each line is a block with page, box, size and indent."""
    document = read(Pdf().lines(PROSE).page().data())

    assert texts(document) == [line.strip("　") for line in PROSE]
    assert [block.style.indent for block in document.blocks] == [2, 0, 0, 2]
    assert {block.style.size for block in document.blocks} == {SIZE}
    box = document.blocks[1].box
    assert (box.page, round(box.x0)) == (1, LEFT)
    assert 160 < box.top < 170 < box.bottom < 190
    assert document.pages == 1


def test_title_and_signature_places():
    """Centred and right-set lines are told, and a usual indent is not taken for centred."""
    pdf = Pdf().centred("关于核对现金的通知", 80, 22).lines([*PROSE, "　　（一）二十四个字的小标题正好显得左右都空两个字的"], 140)
    pdf.line("示例银行运营管理部", 360, 340).line("2025年9月5日", 388, 360)

    blocks = read(pdf.page().data()).blocks

    assert (blocks[0].style.centred, blocks[0].style.size) == (True, 22)
    assert not any(block.style.centred for block in blocks[1:])
    assert [block.style.right for block in blocks[-2:]] == [True, True]
    assert blocks[1].gap_before


def test_order_is_that_of_the_page():
    """A file that draws its lines in another order is read from top to bottom."""
    pdf = Pdf()
    for at in (2, 0, 1):
        pdf.line(f"第{'一二三'[at]}条 各网点应当核对。", 140 + 28 * at)

    assert [text[:3] for text in texts(read(pdf.page().data()))] == ["第一条", "第二条", "第三条"]


def test_two_columns():
    """Two columns of running text are read one after the other; the title above and the line below them stay in place."""
    left = [f"左栏第{at}行文字一直写到栏边为止" for at in range(8)]
    right = [f"右栏第{at}行文字一直写到栏边为止" for at in range(8)]
    pdf = Pdf().centred("两栏的文件标题居中排在最上面", 90, 20).lines(left, size=12, pitch=20).lines(right, x=330, size=12, pitch=20)
    pdf.line("末尾通栏的一行文字从左边距一直写到右边距为止", 330, size=16)

    found = texts(read(pdf.page().data()))

    assert found[1:-1] == left + right
    assert (found[0], found[-1][:2]) == ("两栏的文件标题居中排在最上面", "末尾")


def test_lists_side_by_side_are_no_columns():
    """Short entries beside each other stay together, row by row: a table without rules."""
    pdf = Pdf()
    for at, (name, number) in enumerate([("甲支行", "1家"), ("乙支行", "12家"), ("丙支行", "3家"), ("丁支行", "4家"), ("戊支行", "5家"), ("己支行", "6家")]):
        pdf.line(name, 140 + 28 * at).line(number, 140 + 28 * at, 400)

    document = read(pdf.page().data())
    assert [block.raw for block in document.blocks][:4] == ["甲支行", "1家", "乙支行", "12家"]
    assert document.tables[0].header_rows == 0


def unruled(rows, places=(80, 240, 400)):
    """A page with prose, rows without rules, and prose."""
    pdf = Pdf().lines(PROSE, 80)
    for at, row in enumerate(rows):
        for place, words in zip(places, row, strict=False):
            pdf.line(words, 260 + 26 * at, place)
    return read(pdf.lines(["三、超过限额的，应当立即上缴，不得隔夜存放。"], 460).page().data())


def test_a_table_without_rules():
    """White between columns makes a table where every row stands under the one before; the prose round it stays prose."""
    document = unruled([["网点类型", "库存限额", "上缴时限"], ["一类网点", "80万元", "16时前"], ["二类网点", "50万元", "15时30分前"]])

    assert cells(document)[0, 0] == "网点类型"
    assert cells(document)[2, 2] == "15时30分前"
    assert (document.tables[0].rows, document.tables[0].columns, document.tables[0].header_rows) == (3, 3, 1)
    assert texts(document)[-1] == "三、超过限额的，应当立即上缴，不得隔夜存放。"


@pytest.mark.parametrize(
    "rows",
    [
        [["联系人：示例", "电话：0000-81230000"], ["邮箱：a@bank.example", "传真：无"]],
        [["第一章总则", "1"], ["第二章职责", "3"], ["第三章领用", "5"], ["第四章附则", "9"]],
        [["（一）", "核对现金。"], ["（二）", "核对凭证。"], ["（三）", "核对印章。"], ["（四）", "登记台账。"]],
        [["甲", "乙", "丙"], ["丁戊己庚辛壬癸子丑寅卯辰巳", "午", "未"], ["申", "酉", "戌"]],
    ],
)
def test_what_is_no_table_without_rules(rows):
    """Two lines of contacts, a directory, a list with its numbers apart, and rows that do not keep their columns."""
    assert unruled(rows).tables == ()


def test_running_furniture():
    """Headers that come again and page numbers are furniture; 附件1 and 附件2 on top of pages are not."""
    pdf = Pdf()
    for number in range(1, 7):
        pdf.line("示例银行规章", 40, size=9).lines([f"附件{number}" if number > 2 else "正文", f"　　第{number}段。", *PROSE], 70).line(
            f"— {number} —", 790, 280, 14
        ).page()

    document = read(pdf.data())

    assert furniture(document) == [text for number in range(1, 7) for text in ("示例银行规章", f"— {number} —")]
    assert [text for text in texts(document) if text.startswith("附件")] == ["附件3", "附件4", "附件5", "附件6"]


def test_header_with_the_page_number_in_it():
    """A header that carries its page number repeats but for the number; headings that count themselves are text."""
    pdf = Pdf()
    for number in range(1, 6):
        pdf.line("示例银行规程", 40, size=9).line(f"第 {number} 页 共 5 页", 40, 400, 9).lines([f"附件{number}", f"　　第{number}段。", *PROSE], 80).page()

    document = read(pdf.data())

    assert furniture(document) == [f"示例银行规程  第 {number} 页 共 5 页" for number in range(1, 6)]
    assert sum(text.startswith("附件") for text in texts(document)) == 5


def test_bare_numbers_count_pages_only_where_they_agree():
    """A bare number at the foot is a page number when it runs with the pages."""
    counted, other = Pdf(), Pdf()
    for number in (1, 2, 3):
        counted.lines(PROSE).line(str(number + 4), 790, 290).page()
        other.lines(PROSE).line(str((7, 3, 12)[number - 1]), 790, 290).page()

    assert furniture(read(counted.data())) == ["5", "6", "7"]
    assert furniture(read(other.data())) == []


def test_ruled_table():
    """A ruled table is cells under one number; the text around it stays in order."""
    pdf = Pdf().line("一、限额标准如下：", 100)
    pdf.grid((80, 250, 400), (130, 155, 180, 220), [["事项", "标准"], ["现金", "5万元"], ["转账", "20万元\n（含）"]]).line("二、执行要求。", 240)

    document = read(pdf.page().data())

    assert cells(document) == {(0, 0): "事项", (0, 1): "标准", (1, 0): "现金", (1, 1): "5万元", (2, 0): "转账", (2, 1): "20万元\n（含）"}
    assert [block.kind for block in document.blocks] == [BlockKind.LINE, *[BlockKind.CELL] * 6, BlockKind.LINE]
    assert document.blocks[4].box == Box(page=1, x0=250, top=document.blocks[4].box.top, x1=400, bottom=document.blocks[4].box.bottom)
    assert document.tables[0].header_rows == 1


def test_table_over_a_page_break():
    """A table goes on over the break: the repeated header goes, and the row that was cut is one again."""
    pdf = Pdf().line("操作流程如下：", 100)
    pdf.grid((80, 200, 500), (600, 630, 700, 760), [["环节", "要求"], ["受理", "1.核对证件。"], ["清点", "2.双人清点，"]]).line("— 1 —", 790, 280).page()
    pdf.grid((80, 200, 500), (80, 110, 150, 190), [["环节", "要求"], ["", "当面点清。"], ["归档", "3.保管15年。"]]).lines(["二、检查。"], 230).line(
        "— 2 —", 790, 280
    ).page()

    document = read(pdf.data())

    assert len(document.tables) == 1
    assert cells(document) == {
        (0, 0): "环节",
        (0, 1): "要求",
        (1, 0): "受理",
        (1, 1): "1.核对证件。",
        (2, 0): "清点",
        (2, 1): "2.双人清点，\n当面点清。",
        (3, 0): "归档",
        (3, 1): "3.保管15年。",
    }
    assert texts(document) == ["操作流程如下：", "二、检查。"]


def test_boxes_that_are_no_tables():
    """White boxes behind lines, underlines and a frame around text are no table."""
    pdf = Pdf()
    pdf.canvas.setFillColorRGB(1, 1, 1)
    for at in range(6):
        for x in (80, 240, 400):
            pdf.canvas.rect(x, HEIGHT - 160 - 28 * at, 150, 20, stroke=0, fill=1)
    pdf.canvas.setFillColorRGB(0, 0, 0)
    pdf.canvas.rect(70, HEIGHT - 400, 450, 280)
    for at in range(4):
        pdf.canvas.line(100, HEIGHT - 162 - 28 * at, 300, HEIGHT - 162 - 28 * at)

    document = read(pdf.lines(PROSE, 140).page().data())

    assert document.tables == ()
    assert len(texts(document)) == 4


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_rotated_pages(quarters):
    """A page that is shown rotated, and text that is set sideways on an upright page, read alike."""
    shown = Pdf()
    shown.canvas.setPageRotation(90 * quarters)
    sideways = Pdf()
    sideways.canvas.translate(WIDTH / 2, HEIGHT / 2)
    sideways.canvas.rotate(90 * quarters)
    sideways.canvas.translate(-WIDTH / 2, -HEIGHT / 2)

    for pdf in (shown, sideways):
        document = read(pdf.lines(PROSE, 260).page().data())
        assert texts(document) == [line.strip("　") for line in PROSE]
        assert [block.style.indent for block in document.blocks] == [2, 0, 0, 2]


def test_overprint_and_watermark():
    """Fake bold is read once; words set askew across the page are furniture."""
    pdf = Pdf()
    for shift in (0, 0.3, 0.6):
        pdf.line("重要提示", 100, LEFT + shift)
    pdf.lines(PROSE)
    pdf.canvas.translate(200, 300)
    pdf.canvas.rotate(40)
    pdf.canvas.setFont("Sheet", 40)
    pdf.canvas.drawString(0, 0, "内部资料")

    document = read(pdf.page().data())

    assert texts(document)[0] == "重要提示"
    assert len(texts(document)) == 5
    assert "".join(furniture(document)) == "内部资料"


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
def test_narrow_letters_are_not_overprint(font):
    """II and III stand close in narrow type: a class of accounts must not become another; true overprint is still read once."""
    stream = io.BytesIO()
    pen = Canvas(stream)
    pen.setFont(font, 16)
    pen.drawString(80, 700, "II III bill 11.. Illinois!!")
    pen.drawString(80, 600, "III")
    pen.drawString(80.8, 600, "III")
    pen.save()

    assert texts(read(stream.getvalue())) == ["II III bill 11.. Illinois!!", "III"]


def test_verse_is_no_garble():
    """Rare characters that make sense are text: a page of verse scores lowest of all real pages."""
    verse = ["穿花蛱蝶深深见，点水蜻蜓款款飞。", "独怜幽草岸边生，上有黄鹂深树鸣。", "荡胸生层云，决眦入归鸟。", "驱鸡上树木，始闻叩柴荆。"]

    assert texts(read(Pdf().lines(verse).page().data())) == verse


def test_passwords():
    """Without password and with a wrong one the advice differs; with the right one the file is read."""
    data = Pdf(encrypt=locked("2025")).lines(PROSE).page().data()

    with pytest.raises(Encrypted, match="--password"):
        read(data)
    with pytest.raises(Encrypted, match="密码不对"):
        read(data, password="wrong")
    assert len(texts(read(data, password="2025"))) == 4


def test_damage():
    """A cut file is refused in one sentence."""
    with pytest.raises(Unreadable, match="PDF 打不开"):
        read(b"%PDF-1.7\nrubbish")


def test_one_damaged_page():
    """A page that cannot be opened is told; the others are read."""
    data = Pdf().lines(PROSE).page().lines(PROSE).page().data()
    kids = re.search(rb"/Kids \[ (\d+) 0 R (\d+) 0 R", data)
    broken = data.replace(b"\n%s 0 obj\n<<" % kids.group(1), b"\n%s 0 obj\n[[" % kids.group(1))

    document = read(broken)

    assert len(texts(document)) == 4
    assert [notice.code for notice in document.notices] == ["pages_lost"]


def test_protected_wrapper_is_no_text():
    """A page that only says the real document is protected is not digested."""
    pdf = Pdf().line("This document is protected by Microsoft Information Protection", 100, font="Helvetica", size=10).page()

    with pytest.raises(Encrypted, match="文档受保护"):
        read(pdf.data())


def scan(words="扫描件"):
    """A page picture with some ink."""
    image = Image.new("L", (600, 850), 255)
    ImageDraw.Draw(image).rectangle((60, 60, 540, 400), fill=0)
    return image


def test_scans_without_ocr():
    """All scans and no OCR: refused; some: read, and the missing pages are told. A blank page is nothing."""
    with pytest.raises(NoText, match="扫描图片"):
        read(Pdf().picture(scan()).page().data())

    mixed = read(Pdf().lines(PROSE).page().picture(scan()).page().picture(Image.new("L", (600, 850), 255)).page().data())

    assert len(texts(mixed)) == 4
    assert [(notice.code, notice.place) for notice in mixed.notices] == [("pages_unread", "第2页")]


def test_scans_go_to_the_recogniser(monkeypatch):
    """A scanned page is drawn and recognised; lines, cells and doubtful figures become blocks."""
    asked = []

    def recognise(image, *, page, width, height, sharper=None):
        asked.append((page, image.size[0] > 1000))
        box = Box(page=page, x0=80, top=100, x1=300, bottom=116)
        lower = Box(page=page, x0=80, top=200, x1=180, bottom=216)
        return (
            Recognised(text="限额5万元", box=box, confidence=0.7, doubtful=((2, 3),)),
            *(
                Recognised(text=text, box=lower, cell=Cell(table=0, row=row, column=column))
                for text, row, column in [("甲", 0, 0), ("乙", 0, 1), ("丙", 1, 0), ("丁", 1, 1)]
            ),
        )

    monkeypatch.setattr(recogniser, "read_page", recognise)

    document = read(Pdf().lines(PROSE).page().picture(scan()).page().data(), ocr=True)

    assert asked == [(2, True)]
    assert texts(document)[-1] == "限额5万元"
    assert next(block for block in document.blocks if block.raw == "限额5万元").doubtful == ((2, 3),)
    assert cells(document) == {(0, 0): "甲", (0, 1): "乙", (1, 0): "丙", (1, 1): "丁"}
    assert [notice.code for notice in document.notices] == ["ocr"]


def test_missing_recogniser(monkeypatch):
    """Without the recogniser a scan is refused with its advice, a mixed file is read in part."""

    def missing(*args, **fields):
        raise MissingTool("没有安装文字识别组件：请运行 python start.py。")

    monkeypatch.setattr(recogniser, "read_page", missing)

    with pytest.raises(MissingTool, match=r"start\.py"):
        read(Pdf().picture(scan()).page().data(), ocr=True)
    assert [notice.code for notice in read(Pdf().lines(PROSE).page().picture(scan()).page().data(), ocr=True).notices] == ["pages_unread"]


def test_small_pictures_need_no_recogniser():
    """A last page with a signature and a seal is text."""
    pdf = Pdf().lines(PROSE).page().line("示例银行", 140, 380).picture(scan(), 380, 130, 110, 110).page()

    document = read(pdf.data())

    assert texts(document)[-1] == "示例银行"
    assert document.notices == ()


@pytest.mark.parametrize(("height", "codes"), [(400, ["pictures"]), (842, []), (120, [])])
def test_large_pictures_beside_text_are_told(height, codes):
    """A table pasted as a picture is not read, and that is said; a seal and the paper behind the text are nothing."""
    pdf = Pdf().picture(scan(), 0, 842 - height, 595, height).lines(PROSE).page()

    assert [notice.code for notice in read(pdf.data()).notices] == codes


def test_a_picture_beside_hardly_any_text_is_read(monkeypatch):
    """Where the whole file has but a word, the picture holds the text."""
    box = Box(page=1, x0=90, top=160, x1=260, bottom=180)
    monkeypatch.setattr(recogniser, "read_page", lambda image, **fields: (Recognised(text="图中的文字", box=box),))

    document = read(Pdf().line("附图", 100).picture(scan(), 90, 150, 180, 130).page().data(), ocr=True)

    assert texts(document) == ["图中的文字"]


def test_attached_files():
    """A file attached to the PDF is read with it."""
    inner = Pdf().lines(PROSE).page().data()
    pdf = pypdfium2.PdfDocument(inner)
    pdf.new_attachment("附件.docx").set_data(pack(para("第一条 甲。")))
    stream = io.BytesIO()
    pdf.save(stream)
    pdf.close()

    document = read(stream.getvalue())

    assert [(it.name, it.read) for it in document.attachments] == [("附件.docx", True)]
    assert document.blocks[-1].raw == "第一条 甲。"
