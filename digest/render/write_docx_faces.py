"""Scale and Look in, the page's paragraph styles out: one style a role, so that a user changes a role in one place."""

from dataclasses import dataclass

from digest.model.look import Look
from digest.model.page import Page
from digest.render.write_docx_boxes import Face

BLACK, TINT = "111111", "ECECEC"
SMALL = 0.8  # of body size: article marks, posts
SMALLEST = 9.0
QUESTION_FLOOR = 10.5
HEADING = 12.5
HANG = 1.7  # em: room for a line's number
NOTE_LEADING = 20.0


@dataclass(frozen=True, slots=True)
class Scale:
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
        "strip": Face("学习单眉行", 10.5, 16.0, after=2.0),
        "title": Face("学习单标题", title, round(title * 1.22, 1), bold=True, after=3.0, rule_below=1.8),
        "middle": Face("学习单标题（居中）", title, round(title * 1.22, 1), bold=True, align="center", after=3.0, rule_below=1.8),
        "subtitle": Face("学习单副标题", 10.5, 14.0, after=2.0),
        "label": Face("学习单反白标签", 12.0, 15.0, bold=True, align="center", white=True),
        "name": Face("学习单项目名", 10.0, 13.5, align="center"),
        "value": Face("学习单项目值", 10.5, 13.5, bold=True),
        "point": Face("学习单一句话", 13.0, 18.0, bold=True, before=3.0, after=3.0),
        "day": Face("学习单日期", 10.5, 14.0, bold=True, align="center"),
        "event": Face("学习单事件", 10.0, 12.5, align="center"),
        "heading": Face("学习单栏目", HEADING, 18.0, bold=True, fill=TINT, stripe=True, after=round(air / 2 + 1, 1), keep_next=True),
        "ban": Face("学习单栏目（不得做）", HEADING, 18.0, bold=True, white=True, fill=BLACK, stripe=True, after=round(air / 2 + 1, 1), keep_next=True),
        "grouprow": Face("学习单台账分组", HEADING, 18.0, bold=True, keep_next=True),
        "banrow": Face("学习单台账分组（不得做）", HEADING, 18.0, bold=True, white=True, keep_next=True),
        "line": Face("学习单条目", size, body, after=round(air, 1), hang=round(HANG * size, 1), align="both"),
        "said": Face("学习单表内条目", size, body),
        "number": Face("学习单序号", size, body, bold=True, align="center"),
        "mark": Face("学习单旁注", small, body, align="center"),
        "remark": Face("学习单说明", size, body),
        "asked": Face("学习单考一考", asked, round(asked * 1.34, 1)),
        "note": Face("学习单补充", 10.5, NOTE_LEADING),
        "sign": Face("学习单签字", 10.5, 15.0, align="center"),
        "limit": Face("学习单传达限制", 10.5, 16.0, bold=True),
        "foot": Face("学习单页脚", SMALLEST, 11.5),
        "gap": Face("学习单间隔", 1.0, 4.0),
    }


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything a block of the page is made from."""

    page: Page
    look: Look
    scale: Scale
    faces: dict[str, Face]
    width: float
