"""Sheet, Page and Look in, the roomiest Sketch that surely stands on one A4 page out."""

from collections.abc import Callable

from msgspec.structs import replace

from digest.errors import DoesNotFit
from digest.model.look import Look
from digest.model.page import Page
from digest.model.sheet import Sheet
from digest.render.page_markup import Element, read
from digest.render.write_docx_body import columns, numbers, section
from digest.render.write_docx_boxes import Block, Gap, Sketch, Table
from digest.render.write_docx_faces import NOTE_LEADING, Scale, Setting, faces_of
from digest.render.write_docx_foot import footer, notes, questions, remark, sign_off
from digest.render.write_docx_head import details, header, point, timeline, title_size
from digest.render.write_docx_ledger import ledger

RESERVE = 28.0  # pt left free: cell borders, a strange font's surprises, a line or two of the user's own
FLOOR = 10.5  # pt: body type is never smaller
SIZES = (14.0, 13.0, 12.0, 11.5, 11.0, 10.5)
LEADINGS = (1.5, 1.42, 1.34, 1.28, 1.22, 1.18)
TIGHT = ((1.18, 0.0), (1.14, 0.0))  # leading and air when nothing else helps, at the smallest size
LEAST_MARGIN = 22.0
AIRS = (1.0, 0.8, 0.6, 0.4, 0.2)
MOST_NOTES = 12
BLOCK_AIR = (3.0, 5.0)  # pt between two blocks at no air, and what full air adds
JOINT = 1.0  # two tables need a paragraph between them
Edges = tuple[float, float, float, float]  # top, right, bottom, left
MAKERS: dict[str, Callable[[Element, Setting], list[Block]]] = {
    "header": header,
    "point": point,
    "details": details,
    "timeline": timeline,
    "columns": columns,
    "section": section,
    "ledger": ledger,
    "numbers": numbers,
    "remark": remark,
    "questions": questions,
    "notes": notes,
    "signoff": sign_off,
    "footer": footer,
}


def fit(sheet: Sheet, page: Page, look: Look) -> Sketch:
    """The first of the scales, from roomy to tight, whose height at most is within the page; what is left becomes note lines.

    Raises:
        DoesNotFit: not even the tightest one is.
    """
    root = read(page.markup)
    for scale, margins in scales(page, look):
        made = sketch(root, page, look, (scale, margins))
        room = page.height - margins[0] - margins[2] - RESERVE - made.height
        if room >= 0:
            scale, room = aired(root, page, look, (scale, margins, room))
            extra = min(MOST_NOTES, int(room / NOTE_LEADING)) if scale.notes else 0
            return sketch(root, page, look, (replace(scale, notes=scale.notes + extra), margins))
    raise DoesNotFit(f"{sheet.source_name or sheet.title}：Word 版排不进一页。请在预览里删去一两条，或换“大容量”的模板再试；PDF 版不受影响。")


def aired(root: Element, page: Page, look: Look, state: tuple[Scale, Edges, float]) -> tuple[Scale, float]:
    """The scale with the most air that the free room allows, and what room is left."""
    scale, margins, room = state
    for air in AIRS:
        if air > scale.air:
            more = replace(scale, air=air)
            left = page.height - margins[0] - margins[2] - RESERVE - sketch(root, page, look, (more, margins)).height
            if left >= 0:
                return more, left
    return scale, room


def scales(page: Page, look: Look) -> list[tuple[Scale, Edges]]:
    """From the PDF's own size downwards: first leading and air give way, then the notes, then size, at last the margins."""
    given = look.margins
    usual = (given.top, given.right, given.bottom, given.left)
    narrow = (min(given.top, LEAST_MARGIN), given.right, min(given.bottom, LEAST_MARGIN), given.left)
    sizes = [page.size, *(size for size in SIZES if FLOOR <= size < page.size)]
    found = []
    for size in sizes:
        for leading in LEADINGS:
            air = (leading - LEADINGS[-1]) / (LEADINGS[0] - LEADINGS[-1])
            notes_wanted = (look.note_lines, 0) if leading == LEADINGS[-1] else (look.note_lines,)
            found += [(Scale(size, leading, air, count), usual) for count in notes_wanted]
    found += [(Scale(sizes[-1], leading, air, 0), narrow) for leading, air in TIGHT]
    return found


def sketch(root: Element, page: Page, look: Look, how: tuple[Scale, Edges]) -> Sketch:
    """The page at one scale."""
    scale, margins = how
    width = page.width - margins[1] - margins[3]
    faces = faces_of(scale, title_size(root.child("header"), page, width, scale.size))
    setting = Setting(page=page, look=look, scale=scale, faces=faces, width=width)
    blocks: list[Block] = []
    for element in root.children:
        group = MAKERS[element.tag](element, setting)
        joined = element.tag == "signoff" and bool(blocks) and isinstance(blocks[-1], Table)  # in one frame with the notes above
        air = JOINT if joined else BLOCK_AIR[0] + BLOCK_AIR[1] * scale.air
        blocks += [*([Gap(air)] if blocks and group else []), *group]
    return Sketch(blocks=tuple(blocks), faces=faces, margins=margins, width=width)
