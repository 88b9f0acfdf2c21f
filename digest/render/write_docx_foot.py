"""The foot of the DOCX page: remark, check questions, room for the manager's notes, sign-off cells, footer."""

from digest.render.page_markup import Element
from digest.render.write_docx_boxes import Block, Cell, Field, Para, Part, Row, Table, Text
from digest.render.write_docx_faces import TINT, Setting
from digest.render.write_docx_head import LABEL, label_cell
from digest.render.write_docx_lines import width_of

SIGN_HEIGHT = 22.0
SIGN_LABEL = 48.0
LAST_CELL = 2.4  # the last sign-off cell (签到) is so much wider than the others


def remark(element: Element, setting: Setting) -> list[Block]:
    """A paragraph over the whole width, its label bold."""
    if not element.text:
        return []
    label: tuple[Part, ...] = (Text(f"{element.get('label')}：", bold=True),) if element.get("label") else ()
    return [Para("remark", (*label, Text(element.text)))]


def questions(element: Element, setting: Setting) -> list[Block]:
    """Check questions beside their label; the answers below them on the manager's copy."""
    if not element.children:
        return []
    asked: list[Block] = []
    answers = []
    for number, question in enumerate(element.children, start=1):
        field = Field(f"question-{number}", f"第{number}问", (Text(question.text),))
        asked.append(Para("asked", (Text(f"{number}. ", bold=True), field)))
        if question.get("answer"):
            answers.append(f"{number}. {question.get('answer')}")
    if answers:
        asked.append(Para("asked", (Text(f"{setting.look.words.answers}：{'；'.join(answers)}"),)))
    row = Row((label_cell(element.get("title")), Cell(tuple(asked), sides=(7.0, 4.0))))
    return [Table((LABEL, setting.width - LABEL), (row,), border="frame", pad=1.0)]


def notes(element: Element, setting: Setting) -> list[Block]:
    """Ruled lines to write on, as many as the fit has found room for."""
    if not setting.scale.notes:
        return []
    label = Cell((Para("sign", (Text(element.get("title"), bold=True),)),), fill=TINT, sides=(2.0, 2.0))
    lines: tuple[Block, ...] = tuple(Para("note", (), ruled=True) for _ in range(setting.scale.notes))
    return [Table((LABEL, setting.width - LABEL), (Row((label, Cell(lines, sides=(8.0, 8.0)))),), border="frame")]


def sign_off(element: Element, setting: Setting) -> list[Block]:
    """Cells to sign in; the last one is wide."""
    names = [child.text for child in element.children]
    if not names:
        return []
    unit = setting.width / (len(names) - 1 + LAST_CELL)
    widths: list[float] = []
    cells: list[Cell] = []
    for place, name in enumerate(names, start=1):
        wide = unit * (LAST_CELL if place == len(names) else 1.0)
        label = min(max(SIGN_LABEL, width_of(name, 10.5) + 8), wide - 10)
        widths += [label, wide - label]
        cells += [Cell((Para("sign", (Text(name),)),), fill=TINT, sides=(1.0, 1.0)), Cell((Para("sign", ()),))]
    return [Table(tuple(widths), (Row(tuple(cells), least=SIGN_HEIGHT),), border="grid")]


def footer(element: Element, setting: Setting) -> list[Block]:
    """What the sheet is and where it comes from; a restriction stands in a box before it."""
    made: list[Block] = []
    if restriction := element.get("restriction"):
        made.append(Para("limit", (Text(f" {restriction} ", face="Boxed"),)))
    return [*made, Para("foot", (Text(element.text),))] if element.text else made
