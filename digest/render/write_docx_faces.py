"""Scale and Look in, the page's paragraph styles out: one style a role, so that a user changes a role in one place."""

from msgspec import Struct

from digest.model.look import Look
from digest.model.page import Page
from digest.render.write_docx_boxes import Face

BLACK, TINT = "111111", "ECECEC"
SMALL = 0.8  # of body size: article marks, posts
SMALLEST = 9.0
QUESTION_FLOOR = 10.5
HEADING = 12.0
HANG = 1.7  # em: room for a line's number
NOTE_LEADING = 19.0


class Scale(Struct, frozen=True):
    """Body size in points, leading as a multiple of it, air 0..1 between lines and blocks, ruled lines for notes."""

    size: float
    leading: float
    air: float
    notes: int


def faces_of(scale: Scale, title: float) -> dict[str, Face]:
    """Every style of the page; ``title`` is the size its title takes."""
    size, body = scale.size, round(scale.size * scale.leading, 1)
    small = max(SMALLEST, round(size * SMALL, 1))
    asked = max(QUESTION_FLOOR, size - 1)
    air = 1.0 + 5.0 * scale.air
    return {
        "strip": Face("学习单眉行", 10.0, 13.5, align="right"),
        "title": Face("学习单标题", title, round(title * 1.22, 1), bold=True),
        "middle": Face("学习单标题（居中）", title, round(title * 1.22, 1), bold=True, align="center"),
        "label": Face("学习单反白标签", 12.0, 15.0, bold=True, align="center", white=True),
        "value": Face("学习单要素", 10.5, 14.0, rule_below=0.75),
        "point": Face("学习单一句话", 13.0, 16.5, bold=True, before=1.0, after=1.0),
        "day": Face("学习单时限", 10.5, 15.0),
        "heading": Face("学习单栏目", HEADING, 16.0, bold=True, fill=TINT, stripe=True, after=round(air / 2 + 1, 1), keep_next=True),
        "ban": Face("学习单栏目（不得做）", HEADING, 16.0, bold=True, white=True, fill=BLACK, stripe=True, after=round(air / 2 + 1, 1), keep_next=True),
        "grouprow": Face("学习单台账分组", 10.5, 12.5, bold=True, align="center"),
        "banrow": Face("学习单台账分组（不得做）", 10.5, 12.5, bold=True, align="center", white=True),
        "line": Face("学习单条目", size, body, after=round(air, 1), hang=round(HANG * size, 1), align="both"),
        "said": Face("学习单表内条目", size, body),
        "number": Face("学习单序号", size, body, bold=True, align="center"),
        "mark": Face("学习单旁注", small, body, align="center"),
        "remark": Face("学习单说明", size, body),
        "asked": Face("学习单考一考", asked, round(asked * 1.28, 1)),
        "note": Face("学习单补充", 10.5, NOTE_LEADING),
        "sign": Face("学习单签字", 10.5, 14.0, align="center"),
        "limit": Face("学习单传达限制", 10.5, 16.0, bold=True),
        "foot": Face("学习单页脚", SMALLEST, 11.0),
        "gap": Face("学习单间隔", 1.0, 4.0),
    }


class Setting(Struct, frozen=True):
    """Everything a block of the page is made from."""

    page: Page
    look: Look
    scale: Scale
    faces: dict[str, Face]
    width: float
