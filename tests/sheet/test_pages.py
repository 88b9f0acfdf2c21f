"""Golden pages: two small sheets in every design, drawn in letters and in grey; rewritten on purpose only (REWRITE_PAGES=1)."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace

from digest import places, sheet
from digest.model.ranking import Category
from digest.render import write_pdf
from tests.sheet import letters
from tests.sheet.understood import HEAD, Said, understood

GOLDEN = Path(__file__).parent / "pages"
SCALE = 50 / 72  # pictures of 50 dots an inch: small files, and every line still shows
GREY_APART = 1.5  # mean difference of grey levels (0..255) that anti-aliasing alone may cause
PAPERS = {
    "rules": understood(
        [
            Said(text="重要空白凭证每日营业终了前由双人核对，账实不符的立即报告运营主管", value=9, roles=("柜员", "运营主管")),
            Said(text="网点应于2026年4月30日前完成自查，并报送《自查报告》", value=8, roles=("网点负责人",)),
            Said(text="凭证运抵网点后，应当双人在监控下当面拆封、逐箱清点起讫号码", value=7),
            Said(text="不得在空白凭证上预先加盖业务印章", category=Category.BAN, value=9),
            Said(text="严禁将凭证交由客户自行填写后代为保管", category=Category.BAN, value=6),
            Said(text="柜员尾箱日间存放的存单不得超过50份", category=Category.LIMIT, value=6),
            Said(text="自2026年4月1日起停用2015版现金支票", category=Category.CHANGE, value=9),
            Said(text="确因上门服务需要的，经运营主管批准可以携带出营业场所", category=Category.RIGHT, value=4),
            Said(text="证件过期的；", stem="有下列情形之一的，不得受理：", category=Category.BAN, value=5),
            Said(text="代理人无授权的；", stem="有下列情形之一的，不得受理：", category=Category.BAN, value=5),
            Said(text="预留印鉴不符的。", stem="有下列情形之一的，不得受理：", category=Category.BAN, value=5),
        ]
    ),
    "circulate": understood([Said(text="我行代表队在业务技能大赛中获得团体一等奖", category=Category.INFO)], head=type(HEAD)(), actionable=False),
}
CASES = [(paper, design) for paper in PAPERS for design in sorted(places.names(None))]


def made(paper, design):
    """Sheet, page and look of a case."""
    look = replace(places.look(design), edition="示例")
    return *sheet.fill(*PAPERS[paper], look), look


def rewriting():
    """Whether goldens are to be written; a run that writes them never passes."""
    return os.environ.get("REWRITE_PAGES") == "1"


@pytest.mark.parametrize(("paper", "design"), CASES)
def test_page_in_letters(paper, design):
    """Every part of the page stands where it stood."""
    _, page, _ = made(paper, design)
    golden = GOLDEN / f"{paper}-{design}.txt"
    drawn = f"{page.size} pt\n{letters.draw(page)}"
    if rewriting():
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(drawn, "utf-8", newline="\n")
        pytest.fail("rewritten: read the difference, then run again without REWRITE_PAGES")

    assert drawn == golden.read_text("utf-8")


@pytest.mark.parametrize("design", sorted(places.names(None)))
def test_page_in_grey(design):
    """The picture of the PDF is the golden picture but for anti-aliasing."""
    import pypdfium2
    from PIL import Image, ImageChops, ImageStat

    said, page, look = made("rules", design)
    picture = pypdfium2.PdfDocument(write_pdf.write(said, page, look))[0].render(scale=SCALE, grayscale=True).to_pil()
    golden = GOLDEN / f"rules-{design}.png"
    if rewriting():
        GOLDEN.mkdir(exist_ok=True)
        buffer = BytesIO()
        picture.save(buffer, "PNG", optimize=True)
        golden.write_bytes(buffer.getvalue())
        pytest.fail("rewritten: look at the pictures, then run again without REWRITE_PAGES")
    with Image.open(golden) as known:
        assert known.size == picture.size
        assert ImageStat.Stat(ImageChops.difference(known.convert("L"), picture.convert("L"))).mean[0] <= GREY_APART
