"""OCR: what is done with the engine's answers (recorded), the picture made fit for reading, and the real engine on drawn pages."""

import io
from importlib import resources, util

import cv2
import numpy as np
import pytest
from PIL import Image

from digest import ingest
from digest.errors import MissingTool, NoText, TooMuch, Unreadable
from digest.ingest import ocr, ocr_engine, ocr_layout, ocr_lines, ocr_picture
from digest.ingest.ocr_engine import Reading
from digest.ingest.ocr_text import doubtful_ranges, folio, widened, without_specks
from digest.model.source import Source
from tests.ingest import make_ofd, recorded_engine
from tests.ingest.make_pdf import Pdf
from tests.ingest.make_scan import HEIGHT, WIDTH, Scan, px
from tests.ingest.recorded_engine import CELLS, PROSE, TITLE

INSTALLED = all(util.find_spec(name) for name in ocr_engine.NEEDED)
needs_engine = pytest.mark.skipif(not INSTALLED, reason="the recogniser is not installed")
DPI = 200


def bare(text):
    """Text without blanks."""
    return "".join(text.split())


@pytest.fixture
def recorded(monkeypatch):
    """The recorded engine instead of the real one."""
    monkeypatch.setattr(ocr, "engine", recorded_engine.load)


def read_notice():
    """The drawn notice."""
    return ocr.read_page(recorded_engine.notice(), page=3, width=WIDTH, height=HEIGHT)


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("60周岁(含)以上", "60周岁（含）以上"),
        ("通知如下:", "通知如下："),
        ("共1,000元,其中", "共1,000元，其中"),
        ("17:30前", "17:30前"),
        ("T+1(含)", "T+1（含）"),
        ("ABC (v2.0)", "ABC (v2.0)"),
        ("（2025)", "（2025）"),
    ],
)
def test_marks_get_their_width(text, wide):
    """Marks beside Chinese characters are full width, in numbers and Latin words they stay."""
    assert widened(text) == wide


def test_specks_between_characters_go():
    """A lone dot between Chinese characters is dirt, but not in a number or behind a label."""
    for text, clean in (("（含）.以上", "（含）以上"), ("费率0.5%", "费率0.5%"), ("一.总则", "一.总则"), ("No.3号", "No.3号")):
        assert without_specks(text, [1.0] * len(text))[0] == clean


def test_page_numbers():
    """The dashes of a page number are not the numeral one."""
    assert folio("一.5一") == "— 5 —"
    assert folio("- 12 -") == "— 12 —"
    assert folio("一、总则") == folio("第5条") == folio("12") == ""


def test_doubtful_digits():
    """Digits are doubted sooner than words, marks never."""
    text = "累计5万元，"
    assert doubtful_ranges(text, [0.7, 0.7, 0.85, 0.7, 0.95, 0.1]) == ((2, 4),)
    assert doubtful_ranges("0.5", [1.0, 0.5, 1.0]) == ((1, 2),)
    assert doubtful_ranges("不得", [0.4, 1.0]) == ((0, 1),)


def test_slots_of_a_grid():
    """Cells get rows, columns and spans from their edges."""
    cells = [(0, 0, 300, 50), (0, 50, 100, 100), (102, 51, 300, 75), (101, 75, 300, 100)]

    slots = ocr_layout.slots_of(cells, near=5)

    assert [(slot.row, slot.column, slot.rows, slot.columns) for slot in slots] == [(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1)]


def test_boxes_are_cut_at_borders():
    """A box that clearly reaches across a border is cut there, one that only touches it is not."""
    borders = [(100.0, 0.0, 50.0)]

    assert ocr_layout.cuts_of((20, 10, 180, 30), borders) == [100.0]
    assert ocr_layout.cuts_of((90, 10, 180, 30), borders) == []
    assert ocr_layout.cuts_of((20, 60, 180, 80), borders) == []


def test_rows_and_columns():
    """Boxes side by side make a row; with a gutter the left column comes first, what stands above and below stays there."""
    rects = [(10, 0, 300, 10)]
    rects += [(10, 20 + 20 * at, 140, 30 + 20 * at) for at in range(3)] + [(160, 22 + 20 * at, 300, 32 + 20 * at) for at in range(3)]
    rects += [(10, 100, 300, 110)]

    assert ocr_layout.rows_of(rects)[1] == [1, 4]
    order = ocr_layout.in_order(rects, [ocr_layout.Gutter(150, 15, 95)])
    assert [index for row in order for index in row] == [0, 1, 2, 3, 4, 5, 6, 7]


def test_gutter_needs_prose():
    """Two columns of full lines have a gutter; a short list beside a list has none."""

    def page(lengths):
        rects = [(left, 30 * at, left + width, 30 * at + 20) for at in range(10) for left, width in zip((0, 420), lengths, strict=True)]

        def white(x0, top, x1, bottom):
            return not any(a < x1 and x0 < c and b < bottom and top < d for a, b, c, d in rects)

        return ocr_layout.gutters_of(rects, 800.0, white)

    assert [round(gutter.x / 10) for gutter in page((390, 380))] in ([40], [41])
    assert page((100, 380)) == []


def test_skew_is_found():
    """The lean of a page is measured to a tenth of a degree."""
    for angle in (-2.5, 0.0, 1.2):
        image = ocr._pixels(Scan().lines(PROSE).worn(skew=angle).image)
        assert ocr_picture.skew_of(ocr_picture.ink_of(image, DPI)) == pytest.approx(-angle, abs=0.15)


def test_page_on_its_side_is_told():
    """Tall boxes turn a page only where they hold most of the text."""
    tall, wide = ocr_lines.quad_of((0, 0, 20, 200)), ocr_lines.quad_of((0, 0, 600, 40))

    assert ocr._stands_on_side([tall] * 5)
    assert not ocr._stands_on_side([tall] * 3 + [wide])
    assert not ocr._stands_on_side([])


def test_seals_go_and_headlines_stay():
    """A red ring is bleached, black type under it and a red headline stay."""
    page = Scan().line("示例银行文件", 60, 120, 40, fill=(220, 20, 20)).line("2025年9月5日", 228, 200).seal(180, 180)

    clean = ocr_picture.without_seals(ocr._pixels(page.image), DPI)

    ring = clean[int(px(180)) : int(px(215)), int(px(180)) : int(px(300))]
    assert ring.min() > 200
    assert (clean[int(px(228)) : int(px(246)), int(px(200)) : int(px(300))] < 90).any()
    headline = clean[int(px(60)) : int(px(110)), int(px(120)) : int(px(300))]
    assert ((headline[:, :, 2].astype(int) - headline[:, :, 0]) > 100).any()


def test_grids():
    """Rules make cells, merged ones too; a frame alone is no table."""
    page = Scan().grid([80, 220, 360], [100, 150, 200]).grid([80, 360], [200, 240])

    ink = ocr_picture.ink_of(ocr._pixels(page.image), DPI)
    grids, rules = ocr_picture.grids_of(ink, DPI)

    assert [len(grid.cells) for grid in grids] == [5]
    assert cv2.countNonZero(rules) > 1000
    frame = Scan().grid([80, 500], [100, 700])
    assert ocr_picture.grids_of(ocr_picture.ink_of(ocr._pixels(frame.image), DPI), DPI)[0] == []


def test_hole_is_filled():
    """What a second look at a gap says is put in; where it contradicts, the neighbours become doubtful."""
    reading = Reading("年月", (1.0, 1.0), (0.2, 0.8))

    assert ocr_lines._with_hole(reading, 0, Reading("年9月", (1.0, 0.8, 1.0), (0.1, 0.5, 0.9))).text == "年9月"
    assert ocr_lines._with_hole(reading, 0, Reading("年月", (1.0, 1.0), (0.1, 0.9))) == reading
    assert ocr_lines._with_hole(reading, 0, Reading("丰月", (1.0, 1.0), (0.1, 0.9))).sure == (0.5, 0.5)


def test_empty_masks_do_not_crash():
    """OpenCV ends the whole process on an empty mask; characters that overlap once made one."""
    assert ocr_picture.components(np.zeros((30, 0), np.uint8)) == []
    reading = Reading("各网点应当", (1.0,) * 5, (0.1, 0.3, 0.2, 0.9, 0.5))
    assert ocr_lines._holes(np.zeros((30, 300, 3), np.uint8), reading) == []
    assert ocr_lines.trimmed(ocr_lines.quad_of((-90, -50, -10, -20)), np.zeros((9, 9), np.uint8)).shape == (4, 2)


def test_specks_at_the_ends_are_cut_off():
    """Dirt before the first letter is not part of the line; a full stop behind the last one is."""
    ink = np.zeros((60, 600), np.uint8)
    ink[20:50, 200:230], ink[20:50, 240:270], ink[40:46, 280:286], ink[30:34, 60:64] = 255, 255, 255, 255

    rect = ocr_lines.rect_of(ocr_lines.trimmed(ocr_lines.quad_of((40, 10, 590, 58)), ink))

    assert 180 < rect[0] < 200
    assert 285 < rect[2] < 310


def test_notice_by_recorded_answers(recorded):
    """Lines in order, cells in their places, the date under the seal, the page number: all from one page."""
    found = read_notice()

    lines = [item.text for item in found if item.cell is None]
    assert [bare(line) for line in lines[: len(PROSE) + 1]] == [bare(line) for line in (TITLE, *PROSE)]
    assert lines[-3:] == ["示例银行运营管理部", "2025年9月5日", "— 1 —"]
    cells = [(item.cell.row, item.cell.column, item.text) for item in found if item.cell]
    assert cells == [(row, column, word) for row, words in enumerate(CELLS) for column, word in enumerate(words)]
    where = next(index for index, item in enumerate(found) if item.cell)
    assert bare(found[where - 1].text) == bare(PROSE[-1])
    assert {item.box.page for item in found} == {3}


def test_boxes_by_recorded_answers(recorded):
    """Boxes are in points of the level page, as high as the type."""
    found = read_notice()

    first, second = found[1], found[2]
    assert first.box.x0 - second.box.x0 == pytest.approx(32, abs=4)
    assert second.box.x0 == pytest.approx(80, abs=8)
    assert second.box.bottom - second.box.top == pytest.approx(16, abs=1)
    assert found[0].box.bottom - found[0].box.top == pytest.approx(22, abs=1.5)


def test_missing_engine_says_how_to_add_it(monkeypatch):
    """Without the recogniser the refusal names both ways to add it."""
    monkeypatch.setattr(ocr_engine, "find_spec", lambda name: None)
    ocr_engine.engine.cache_clear()

    with pytest.raises(MissingTool, match=r"python start.py.*digest\[ocr\]"):
        ocr.read_page(Image.new("RGB", (100, 100)), page=1, width=100, height=100)


@needs_engine
def test_missing_model_is_never_fetched(monkeypatch):
    """A wheel without its models is refused; nothing goes to the network."""
    monkeypatch.setitem(ocr_engine.MODELS, "Rec", "no-such-model.onnx")

    with pytest.raises(MissingTool, match="no-such-model"):
        ocr_engine._settings()


def read_image(data, name="扫描.png", **fields):
    """The document of a picture, through the door."""
    return ingest.read(Source(name=name, data=data), **fields)


def encoded(image, form="PNG", **fields):
    """The bytes of a picture file."""
    import io

    stream = io.BytesIO()
    image.save(stream, form, **fields)
    return stream.getvalue()


def test_picture_file(recorded):
    """A picture becomes a document with lines, a table and the advice to check its numbers."""
    document = read_image(encoded(recorded_engine.notice()))

    assert (document.form, document.pages, len(document.tables)) == ("png", 1, 1)
    assert document.blocks[0].raw == TITLE
    assert [notice.code for notice in document.notices] == ["ocr"]


def test_multipage_fax(monkeypatch):
    """Every page of a tif is read."""
    from digest.ingest.recognised import Recognised
    from digest.model.document import Box

    def fake(image, *, page, width, height, sharper=None):
        return (Recognised(text=f"第{page}页的正文。", box=Box(page=page, x0=80, top=300, x1=300, bottom=316)),)

    monkeypatch.setattr(ocr, "read_page", fake)
    pages = [Image.new("1", (1654, 2339), 1) for _ in range(3)]
    document = read_image(encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200)), "传真.tif")

    assert [block.raw for block in document.blocks] == ["第1页的正文。", "第2页的正文。", "第3页的正文。"]
    assert document.pages == 3


def test_picture_refusals():
    """Switched-off OCR, too many pixels and damage have their sentences."""
    small = encoded(Image.new("1", (40, 40), 1))
    with pytest.raises(NoText, match="--no-ocr"):
        read_image(small, ocr=False)
    with pytest.raises(TooMuch, match="百万像素"):
        read_image(encoded(Image.new("1", (12000, 12000))))
    with pytest.raises(Unreadable, match="图片打不开"):
        read_image(small[:30] + b"x" * 20)


@needs_engine
@pytest.mark.slow
@pytest.mark.parametrize(("turn", "expand"), [(0, False), (180, False), (90, True)])
def test_real_engine_on_a_notice(turn, expand):
    """The engine itself, on the drawn notice as it is, on its head and on its side: every character and number."""
    ocr_engine.engine.cache_clear()
    image = recorded_engine.notice().rotate(turn, expand=expand)
    width, height = (HEIGHT, WIDTH) if expand else (WIDTH, HEIGHT)

    found = ocr.read_page(image, page=1, width=width, height=height)

    text = "".join(bare(item.text) for item in found)
    truth = [TITLE, *PROSE, *(word for words in CELLS for word in words), "示例银行运营管理部", "2025年9月5日", "—1—"]
    assert text == "".join(map(bare, truth))
    assert not any(item.doubtful for item in found)


@needs_engine
@pytest.mark.slow
def test_real_engine_on_a_lone_word():
    """A scan that holds but one word is no blank page."""
    scan = Scan().line("停业公告", 100, 90, 28)
    pdf = Pdf().picture(scan.image).page().data()

    document = ingest.read(Source(name="公告.pdf", data=pdf))

    assert [bare(block.raw) for block in document.blocks] == ["停业公告"]


@needs_engine
@pytest.mark.slow
def test_real_engine_on_an_ofd_of_senseless_codes():
    """The shapes of an embedded font are read, though its codes are private ones."""
    ttlib = pytest.importorskip("fontTools.ttLib")
    words = "各网点应当于每日营业终了前双人核对现金。"
    font = ttlib.TTFont(io.BytesIO(resources.files("digest.typeset").joinpath("fonts/SheetSansSC-Regular.ttf").read_bytes()))
    table = next(each for each in font["cmap"].tables if each.format == 4)
    table.cmap = {0xE100 + at: table.cmap[ord(char)] for at, char in enumerate(words)}
    font["cmap"].tables = [table]
    stream = io.BytesIO()
    font.save(stream)
    ofd = make_ofd.pack(make_ofd.text("".join(map(chr, table.cmap)), 28, 60), fonts={"1": stream.getvalue()})

    assert [bare(each) for each in make_ofd.texts(make_ofd.read(ofd))] == [words]


@needs_engine
@pytest.mark.slow
def test_real_engine_on_two_columns():
    """Two columns are read one after the other, though the detector joins lines across the narrow gutter."""
    left = [
        "各网点应当于每日营业终",
        "了前核对重要空白凭证，",
        "做到账实相符；发现不符",
        "的，应当立即报告运营主",
        "管，并在2小时内书面报",
        "送分行运营管理部备案，",
        "不得自行调整账务处理。",
    ]
    right = [
        "柜员临时离柜应当做到人",
        "离证锁、屏退箱锁，尾箱",
        "日间存放量不超过50份，",
        "借记卡不超过30张，超过",
        "部分应当及时上缴库房，",
        "由管库员双人清点入库，",
        "登记簿保存不少于5年。",
    ]
    page = Scan().line("关于凭证管理的提示", 60, 200, 20).lines(left, 120, 26, x=80, size=18).lines(right, 120, 26, x=300, size=18)

    found = ocr.read_page(page.worn(skew=-0.6, noise=6).image, page=1, width=WIDTH, height=HEIGHT)

    assert "".join(bare(item.text) for item in found) == "关于凭证管理的提示" + "".join(left + right)
