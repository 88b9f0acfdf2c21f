"""One statement of a section: badge with its number, text, and at its end the article mark, the post and the check box."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from digest.sheet.frame import Frame
from digest.sheet.markup import Element
from digest.sheet.pen import BASELINE, INK, PAPER, Pen, Type
from digest.typeset.measure import Ranges

BADGE = 18.0  # pt kept for the number left of the text
RADIUS = 0.52  # em of body size
BOX_ROOM = 14.0
BOX_SIDE = 9.6
END_AIR = 6.0  # pt between the text and what stands at its end
OWN_ROW = 0.86  # of a line: the height of an end that needs a row of its own
LEAST_PARTS = 3  # so many items, or fewer but long ones, stand one below the other
BULLET = "·"
BULLET_ROOM = 0.9  # em
MOST_ROLES = 2
LIST = re.compile(r"[：:](?=.*[；;])")
ITEM_END = re.compile(r"(?<=[；;])")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line's text set as a paragraph of its own; ``bullet`` marks an item of a list."""

    text: str
    bold: Ranges
    bullet: bool


@dataclass(frozen=True, slots=True)
class LineBlock:
    """A line of a section."""

    element: Element
    reverse: bool = False

    def parts(self) -> tuple[Part, ...]:
        """The text as paragraphs: a stem and its items below each other where there are several."""
        return split_list(self.element.text, self.element.emphasis)

    def end(self, frame: Frame) -> str:
        """Post and article mark."""
        roles = self.element.get("roles").split("、") if self.element.get("roles") else []
        shown = "、".join(roles[:MOST_ROLES]) + ("等" if len(roles) > MOST_ROLES else "")
        doubt = f"【{frame.look.words.doubtful}】" if self.element.get("doubtful") else ""
        return "　".join(each for each in (doubt, shown, self.element.get("mark")) if each)

    def end_width(self, frame: Frame) -> float:
        """The room the end takes, box included."""
        wide = frame.small.width(self.end(frame)) if self.end(frame) else 0.0
        return wide + (BOX_ROOM if self.element.get("box") else 0.0)

    def text_width(self, frame: Frame) -> float:
        """The width of the text."""
        return frame.width - BADGE - 1

    def shares_row(self, frame: Frame) -> bool:
        """Whether the end stands beside the last line of the text."""
        last = self.parts()[-1]
        return self.part_type(last, frame).end(last.text, self.part_width(last, frame)) + self.end_width(frame) + END_AIR <= self.part_width(last, frame)

    def part_type(self, part: Part, frame: Frame) -> Type:
        """Body type with the part's emphasis."""
        return replace(frame.body, bold=part.bold)

    def part_width(self, part: Part, frame: Frame) -> float:
        """Items hang behind their bullet."""
        return self.text_width(frame) - (BULLET_ROOM * frame.size if part.bullet else 0.0)

    def height(self, frame: Frame) -> float:
        """Its lines, and a row for the end where it needs one."""
        lines = sum(self.part_type(part, frame).height(part.text, self.part_width(part, frame)) for part in self.parts())
        if not self.end_width(frame) or self.shares_row(frame):
            return lines
        return lines + frame.leading * OWN_ROW

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw badge, text and end."""
        left, y, base = frame.left + BADGE, top, 0.0
        for part in self.parts():
            kind, shift = self.part_type(part, frame), BULLET_ROOM * frame.size if part.bullet else 0.0
            if part.bullet:
                pen.paragraph(BULLET, (left, y), frame.size * 2, replace(frame.body, align="left"))
            base = pen.paragraph(part.text, (left + shift, y), self.part_width(part, frame), kind)
            y -= kind.height(part.text, self.part_width(part, frame))
        self.draw_badge(pen, top, frame)
        if not self.shares_row(frame):
            base -= frame.leading * OWN_ROW
        self.draw_end(pen, base, frame)
        pen.spot(f"line-{self.element.get('number')}", (frame.left, top, frame.width, height))

    def draw_badge(self, pen: Pen, top: float, frame: Frame) -> None:
        """The number in a circle, in reverse for a ban."""
        draw_badge(pen, (frame.left + frame.size * RADIUS + 0.6, top - frame.leading / 2), self.element.get("number"), frame, reverse=self.reverse)

    def draw_end(self, pen: Pen, base: float, frame: Frame) -> None:
        """Post, article mark and box, flush right."""
        right = frame.right - 1
        if self.element.get("box"):
            pen.check_box((right - BOX_SIDE, base), BOX_SIDE)
            right -= BOX_ROOM
        if text := self.end(frame):
            pen.text(text, (right - frame.small.width(text), base), frame.small)


def draw_badge(pen: Pen, centre: tuple[float, float], number: str, frame: Frame, *, reverse: bool) -> None:
    """A number in a circle."""
    x, y = centre
    radius = frame.size * RADIUS
    pen.disc((x, y), radius, INK if reverse else PAPER)
    size = frame.size * (0.72 if len(number) < 2 else 0.66)
    kind = Type(size=size, heavy=True, align="centre", gray=PAPER if reverse else INK, family=frame.family)
    pen.text(number, (x - radius, y - size * BASELINE), kind, radius * 2)


@lru_cache(maxsize=4_000)
def split_list(text: str, bold: Ranges) -> tuple[Part, ...]:
    """A text as stem and items where a colon is followed by parts closed with semicolons; one paragraph otherwise."""
    colon = LIST.search(text)
    cuts = [] if colon is None else [colon.end(), *(match.end() for match in ITEM_END.finditer(text, colon.end()) if match.end() < len(text))]
    if len(cuts) < LEAST_PARTS - 1:
        return (Part(text, bold, False),)
    ends = [0, *cuts, len(text)]
    found = []
    for start, end in pairwise(ends):
        inside = tuple((max(low, start) - start, min(high, end) - start) for low, high in bold if low < end and high > start)
        found.append(Part(text[start:end], inside, bullet=start > 0))
    return tuple(found)
