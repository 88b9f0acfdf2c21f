"""Page to PDF bytes: every mark is drawn where layout put it; nothing is decided here."""

import io
from collections.abc import Sequence
from typing import Any, cast

from digest.model.look import Look
from digest.model.page import Disc, Glyphs, Mark, Page, Picture, Polygon, Rect, Rule
from digest.model.sheet import Sheet
from digest.render import write_pdf_archive as archive
from digest.render.write_pdf_roles import tree
from digest.render.write_pdf_tags import Tagger
from digest.typeset import fonts

PRODUCER = "digest"
LANGUAGE = "zh-CN"
PLAIN = ("1", "L", "RGB")  # colours that are drawn as they are


def write(sheet: Sheet, page: Page, look: Look) -> bytes:
    """The page as a PDF/A: fonts embedded as subsets, tagged, text copyable in reading order; same page, same bytes."""
    return write_pages(sheet, (page,), look)


def write_pages(sheet: Sheet, pages: Sequence[Page], look: Look) -> bytes:
    """Several pages of one sheet (its numbered copies) in one PDF, which shares its fonts."""
    from reportlab.pdfgen.canvas import Canvas

    for mark in (mark for page in pages for mark in page.marks):
        if isinstance(mark, Glyphs):
            fonts.ensure(mark.font)
    buffer = io.BytesIO()
    paper: Any = cast("Any", Canvas)(
        buffer,
        pagesize=(pages[0].width, pages[0].height),
        invariant=1,  # no clock, no random identifier: same page, same bytes
        pageCompression=1,
        initialFontName=fonts.ensure(fonts.PACKAGED.regular),
        lang=LANGUAGE,
        pdfVersion=archive.VERSION,
    )
    tagger = Tagger(paper)
    for page in pages:
        draw_page(paper, page, look, tagger)
    pack(paper)
    tagger.finish()
    archive.seal(paper, describe(sheet, look))
    paper.save()
    return buffer.getvalue()


def load() -> None:
    """Import what draws and seals a PDF."""
    import reportlab.pdfgen.canvas  # noqa: F401


def describe(sheet: Sheet, look: Look) -> archive.Properties:
    """Title, author and subject for the document's properties."""
    return archive.Properties(
        title=sheet.title,
        author=look.branch or look.words.tag,
        subject=sheet.footer or sheet.title,
        keywords=sheet.kind,
        producer=PRODUCER,
        language=LANGUAGE,
    )


def draw_page(paper: Any, page: Page, look: Look, tagger: Tagger) -> None:
    """Draw every mark of a page under its tag."""
    tags = tagger.begin_page(tree(page, look), page)
    for mark, tag in zip(page.marks, tags, strict=True):
        tagger.mark(tag)
        draw(paper, mark)
    tagger.close()
    paper.showPage()


def pack(paper: Any) -> None:
    """Have the pages deflated only: reportlab would spell them out in ASCII as well, larger by a quarter and slower."""
    from reportlab.pdfbase.pdfdoc import PDFStream, PDFZCompress

    for page in paper._doc.Pages.pages:
        page.Contents = PDFStream(content=page.stream, filters=[PDFZCompress])


def draw(paper: Any, mark: Mark) -> None:
    """Draw one mark."""
    match mark:
        case Glyphs():
            draw_glyphs(paper, mark)
        case Rect():
            draw_rect(paper, mark)
        case Rule():
            draw_rule(paper, mark)
        case Disc():
            draw_disc(paper, mark)
        case Polygon():
            draw_polygon(paper, mark)
        case Picture():
            draw_picture(paper, mark)


def draw_glyphs(paper: Any, mark: Glyphs) -> None:
    """Draw a run of text."""
    paper.setFillGray(mark.gray)
    paper.setFont(mark.font, mark.size)
    paper.drawString(mark.x, mark.y, mark.text, charSpace=mark.spacing)


def draw_rect(paper: Any, mark: Rect) -> None:
    """Draw a rectangle."""
    if mark.fill is not None:
        paper.setFillGray(mark.fill)
    if mark.stroke is not None:
        paper.setStrokeGray(mark.stroke)
        paper.setLineWidth(mark.line_width)
    fill, stroke = int(mark.fill is not None), int(mark.stroke is not None)
    if mark.radius:
        paper.roundRect(mark.x, mark.y, mark.width, mark.height, mark.radius, stroke=stroke, fill=fill)
    else:
        paper.rect(mark.x, mark.y, mark.width, mark.height, stroke=stroke, fill=fill)


def draw_rule(paper: Any, mark: Rule) -> None:
    """Draw a straight line."""
    paper.setStrokeGray(mark.gray)
    paper.setLineWidth(mark.width)
    paper.setDash(list(mark.dash), 0)
    paper.line(mark.x0, mark.y0, mark.x1, mark.y1)


def draw_disc(paper: Any, mark: Disc) -> None:
    """Draw a circle."""
    if mark.fill is not None:
        paper.setFillGray(mark.fill)
    if mark.stroke is not None:
        paper.setStrokeGray(mark.stroke)
        paper.setLineWidth(mark.line_width)
    paper.circle(mark.x, mark.y, mark.radius, stroke=int(mark.stroke is not None), fill=int(mark.fill is not None))


def draw_polygon(paper: Any, mark: Polygon) -> None:
    """Draw a filled shape."""
    paper.setFillGray(mark.fill)
    path = paper.beginPath()
    path.moveTo(*mark.corners[0])
    for corner in mark.corners[1:]:
        path.lineTo(*corner)
    path.close()
    paper.drawPath(path, stroke=0, fill=1)


def draw_picture(paper: Any, mark: Picture) -> None:
    """Draw a picture (the branch's mark) as it looks on white paper, in colours that the output intent covers."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture: Image.Image = Image.open(io.BytesIO(mark.data))
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
    shown = picture if picture.mode in PLAIN else picture.convert("RGB")
    paper.drawImage(ImageReader(shown), mark.x, mark.y, mark.width, mark.height)
