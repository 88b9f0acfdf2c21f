"""Sheet, Page and Look in, DOCX bytes out: the same content and nearly the same look as the PDF, editable, on one page.

The page is one A4 in Word, WPS and LibreOffice, with the embedded font, with another or with none: heights are exact, lines are
counted for the worst case, and a reserve stays free. ``import_docx`` reads it back after it was edited.
"""

from functools import cache
from threading import Thread

from digest.model.look import Look
from digest.model.page import Page
from digest.model.sheet import Sheet
from digest.render import write_json
from digest.render.logo import logo_of
from digest.render.write_docx_fit import fit
from digest.render.write_docx_fontfile import family_of, may_embed
from digest.render.write_docx_package import Fonts, Inside, pack_ahead, write_package
from digest.render.write_docx_xml import Writer
from digest.typeset import fonts as packaged


def write(sheet: Sheet, page: Page, look: Look) -> bytes:
    """The sheet as one editable page.

    Raises:
        DoesNotFit: the page's counted height is over one page at every size.
    """
    sketch = fit(sheet, page, look)
    fonts = fonts_of(look)
    document = Writer(sketch, fonts.name).document()
    mark = logo_of(page)
    return write_package(document, sketch.faces, sheet, Inside(fonts, write_json.write(sheet, page), mark.data if mark else b""))


def load(look: Look) -> None:
    """Import what packs a document, and deflate its fonts beside whatever else is done: that needs no interpreter."""
    Thread(target=pack_ahead, args=(fonts_of(look),), daemon=True).start()
    import docx.oxml  # noqa: F401


def fonts_of(look: Look) -> Fonts:
    """The design's own fonts where it has any, else the packaged ones; what may not be embedded is only named."""
    if look.regular is None:
        return packaged_fonts()
    bold = look.bold or look.regular
    inside = may_embed(look.regular.data) and may_embed(bold.data)
    name = family_of(look.regular.data) or look.regular.name
    return Fonts(name=name, regular=look.regular.data if inside else b"", bold=bold.data if inside else b"")


@cache
def packaged_fonts() -> Fonts:
    """The fonts that come with the program."""
    family = packaged.PACKAGED
    regular, bold = ((packaged.FOLDER / f"{name}.ttf").read_bytes() for name in (family.regular, family.bold))
    return Fonts(name=family_of(regular), regular=regular, bold=bold)
