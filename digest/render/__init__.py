"""Step 7: Sheet, Page and Look in, bytes out; one writer per form, each loaded only when it is asked for."""

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
        from digest.render import write_pdf

        return write_pdf.write(sheet, page, look)
    if form == "docx":
        from digest.render import write_docx

        return write_docx.write(sheet, page, look)
    if form == "html":
        from digest.render import write_html

        return write_html.write(sheet, page, look)
    if form == "json":
        from digest.render import write_json

        return write_json.write(sheet, page)
    raise UsageError(f"没有 {form} 这种格式，可选 pdf、docx、html、json。")
