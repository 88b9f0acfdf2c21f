"""Step 7: Sheet, Page and Look in, bytes out; one writer per form, each loaded only when it is asked for."""

from collections.abc import Sequence

from digest.errors import UsageError
from digest.model.look import Look
from digest.model.page import Page
from digest.model.sheet import Sheet


def write(sheet: Sheet, page: Page, look: Look, form: str) -> bytes:
    """The sheet as ``pdf``, ``docx``, ``html`` or ``json``.

    Raises:
        UsageError: there is no such form.
        BadTemplate: the design's own text is faulty.
    """
    if form == "pdf":
        from digest.render.write_pdf import write as write_pdf

        return write_pdf(sheet, page, look)
    if form == "docx":
        from digest.render.write_docx import write as write_docx

        return write_docx(sheet, page, look)
    if form == "html":
        from digest.render.write_html import write as write_html

        return write_html(sheet, page, look)
    if form == "json":
        from digest.render.write_json import write as write_json

        return write_json(sheet, page)
    raise UsageError(f"没有 {form} 这种格式，可选 pdf、docx、html、json。")


def load(form: str, look: Look) -> None:
    """Load what writes a form in a design, ahead of the first sheet; an unknown one is told when it is written."""
    if form == "pdf":
        from digest.render.write_pdf import load as load_pdf

        load_pdf()
    if form == "docx":
        from digest.render.write_docx import load as load_docx

        load_docx(look)


def write_copies(sheet: Sheet, pages: Sequence[Page], look: Look) -> bytes:
    """Several copies of a sheet, each with its own page, in one PDF."""
    from digest.render.write_pdf import write_pages

    return write_pages(sheet, pages, look)
