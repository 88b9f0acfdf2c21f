"""The PDF: one page, embedded fonts, text that copies as it reads, the same bytes twice, and nothing decided while drawing."""

import re
from io import BytesIO

import pdfplumber
import pypdfium2
import pytest
from msgspec.structs import replace

from digest import places, sheet
from digest.model.page import Disc, Glyphs, Page, Picture, Polygon, Rect, Rule
from digest.model.ranking import Category
from digest.render import write_pdf
from tests.sheet.understood import Said, understood

DESIGNS = sorted(places.names(None))
TEXTS = (
    "重要空白凭证每日营业终了前由双人核对，账实不符的立即报告运营主管，喆堃镕𬱖四人除外",
    "办理单笔5万元以上（含）现金存取的，柜员应当核对客户身份证件原件，并在系统中登记资金来源或者用途",
    "网点应于2026年4月30日前报送《自查报告》（示银运管〔2026〕12号附件1）",
)


def made(design="cards", **settings):
    """A sheet with its page, its look and its PDF."""
    look = replace(places.look(design), **settings)
    said = [Said(text=text, value=9 - number) for number, text in enumerate(TEXTS)]
    said.append(Said(text="不得代客户保管存单、密码或者印章", category=Category.BAN, value=5))
    done, page = sheet.fill(*understood(said), look)
    return done, page, look, write_pdf.write(done, page, look)


@pytest.mark.parametrize("design", DESIGNS)
def test_one_page_of_a4(design):
    """Every design gives one page of A4."""
    with pdfplumber.open(BytesIO(made(design)[3])) as opened:
        assert [(round(page.width), round(page.height)) for page in opened.pages] == [(595, 842)]


@pytest.mark.parametrize("design", DESIGNS)
def test_every_line_copies_as_it_reads(design):
    """Each line's text is found in one piece in the copied text, rare characters and all."""
    done, _, _, pdf = made(design)
    copied = re.sub(r"\s", "", pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range())

    for text in (done.title, done.point, *(line.text for line in done.lines)):
        assert re.sub(r"\s", "", text) in copied


def test_lines_copy_in_reading_order():
    """The copied text runs as the page is read: head, lines by number, questions, foot."""
    done, _, look, pdf = made()
    copied = re.sub(r"\s", "", pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range())
    wanted = [done.title, *(line.text for line in sorted(done.lines, key=lambda line: line.number)), look.words.questions, look.words.disclaimer]
    found = [copied.rindex(re.sub(r"\s", "", text)) for text in wanted]

    assert found == sorted(found)


def test_all_fonts_are_embedded_subsets():
    """No font is left to the printer, and none is embedded whole."""
    pdf = made()[3]
    names = set(re.findall(rb"/BaseFont /(\S+)", pdf))

    assert names and all(b"+" in name for name in names)
    assert len(re.findall(rb"/FontFile2", pdf)) >= len(names)
    assert len(pdf) < 300_000


def test_the_same_page_gives_the_same_bytes():
    """Two runs give the same file."""
    assert made()[3] == made()[3]


def test_title_author_subject_and_language_are_set():
    """The document's properties say what the sheet is and whose."""
    pdf = made(branch="示例支行营业室")[3]
    properties = pypdfium2.PdfDocument(pdf).get_metadata_dict()

    assert properties["Title"] == "规范重要空白凭证管理"
    assert properties["Author"] == "示例支行营业室"
    assert "学习摘要，以原文为准" in properties["Subject"]
    assert b"/Lang (zh-CN)" in pdf


def test_every_kind_of_mark_is_drawn_where_it_stands():
    """Drawing decides nothing: each mark stands in the PDF at its own coordinates."""
    done, _, look, _ = made()
    logo = one_pixel()
    page = Page(
        width=200,
        height=100,
        marks=(
            Rect(x=10, y=10, width=30, height=20, fill=0.5, stroke=0.0),
            Rect(x=60, y=10, width=30, height=20, stroke=0.0, radius=3),
            Rule(x0=10, y0=50, x1=90, y1=50, width=1.0, dash=(2.0, 1.0)),
            Disc(x=150, y=50, radius=10, fill=None),
            Polygon(corners=((100, 80), (110, 80), (105, 90))),
            Picture(x=120, y=70, width=8, height=8, data=logo),
            Glyphs(x=20, y=70, text="不得", font="SheetSansSC-Bold", size=12, spacing=1.0),
        ),
        spots=(),
        size=12,
        fill=1.0,
    )
    with pdfplumber.open(BytesIO(write_pdf.write(done, page, look))) as opened:
        drawn = opened.pages[0]
        assert [(round(char["x0"]), char["text"]) for char in drawn.chars] == [(20, "不"), (33, "得")]
        assert any(round(rect["x0"]) == 10 and round(rect["height"]) == 20 for rect in drawn.rects)
        assert any(round(line["x1"]) == 90 for line in drawn.lines)
        assert [round(image["x0"]) for image in drawn.images] == [120]
        assert len(drawn.curves) >= 2


def one_pixel():
    """The smallest PNG."""
    from PIL import Image

    buffer = BytesIO()
    Image.new("L", (1, 1), 0).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_qr_code_leads_to_the_stored_source():
    """With an archive address the foot has a code that reads as that address; without one there is none."""
    plain = made()[1]
    _, page, _, _ = made(archive_url="https://archive.example/s/")

    assert not [spot for spot in plain.spots if spot.key == "code"]
    assert [spot for spot in page.spots if spot.key == "code"]
