"""One statement of a section: badge with its number, text, and at its end the article mark, the post and the check box."""

import re
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from digest.sheet.frame import Frame, small_type
from digest.sheet.markup import Element
from digest.sheet.pen import BASELINE, INK, PAPER, Pen, Type
from digest.typeset.fonts import Family
from digest.typeset.measure import Ranges

BADGE = 1.5  # em of body size kept for the number left of the text
RADIUS = 0.52  # em of body size
BOX_ROOM = 12.5
BOX_SIDE = 9.6
END_AIR = 4.0  # pt between the text and what stands at its end
OWN_ROW = 0.8  # of a line: the height of an end that needs a row of its own
LEAST_PARTS = 3  # so many items, or fewer but long ones, stand one below the other
BULLET_ROOM = 0.9  # em
BULLET = 0.1  # em: radius
MOST_ROLES = 2
TOLD = 2  # last characters of a post by which a text tells it under another name (会计主管)
LIST = re.compile(r"(?:(?<![0-9])[：:]|[：:](?![0-9]))(?=.*[；;])")  # not the colon of 18:30
ITEM_END = re.compile(r"(?<=[；;])")


class Part(Struct, frozen=True):
    """A stretch of a line's text set as a paragraph of its own; ``bullet`` marks an item of a list."""

    text: str
    bold: Ranges
    bullet: bool


class Kept(Struct, frozen=True, kw_only=True):
    """How a line's last paragraph makes room for what stands at its end: points kept free on the last line, and set ``tight`` for it or not."""

    last: float
    tight: bool


class LineBlock(Struct, frozen=True):
    """A line of a section."""

    element: Element
    reverse: bool = False

    def parts(self) -> tuple[Part, ...]:
        """The text as paragraphs: a stem and its items below each other where there are several."""
        return split_list(self.element.text, self.element.emphasis)

    def end(self, frame: Frame) -> str:
        """Posts and article mark; the posts that the text names too give way where they alone would need a row of their own."""
        full, bare = (end_of(self.element, posts, frame) for posts in (posts_named(self.element), posts_unsaid(self.element)))
        return bare if self.setting_for(full, frame) is None and self.setting_for(bare, frame) is not None else full

    def end_width(self, end: str, frame: Frame) -> float:
        """The room an end takes, box included."""
        return end_room((end, self.element.get("box")), frame.small)

    def setting_for(self, end: str, frame: Frame) -> Kept | None:
        """How the text's last paragraph is set for an end to stand beside its last line: as it is, a little closer, or not at all."""
        room = self.text_width(frame), frame.size
        return kept_for(self.element.text, self.element.emphasis, (*room, self.end_width(end, frame)), frame.family)

    def text_width(self, frame: Frame) -> float:
        """The width of the text."""
        return text_room(frame.width, frame.size)

    def part_type(self, part: Part, frame: Frame) -> Type:
        """Body type with the part's emphasis."""
        return frame.body._replace(bold=part.bold)

    def part_width(self, part: Part, frame: Frame) -> float:
        """Items hang behind their bullet."""
        return part_width(part, self.text_width(frame), frame.size)

    def height(self, frame: Frame) -> float:
        """Its lines, and a row for the end where it needs one."""
        return rows_in(self.element, frame) * frame.leading

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw badge, text and end."""
        left, y, base, parts = frame.left + badge_room(frame), top, 0.0, self.parts()
        kept = self.setting_for(self.end(frame), frame)
        for number, part in enumerate(parts, start=1):
            kind, shift = self.part_type(part, frame), BULLET_ROOM * frame.size if part.bullet else 0.0
            if kept and number == len(parts):
                kind = kind._replace(last=kept.last, tight=kept.tight)
            if part.bullet:
                draw_bullet(pen, (left, y), frame)
            base = pen.paragraph(part.text, (left + shift, y), self.part_width(part, frame), kind)
            y -= kind.height(part.text, self.part_width(part, frame))
        self.draw_badge(pen, top, frame)
        if kept is None:
            base -= frame.leading * OWN_ROW
        self.draw_end(pen, base, frame)
        pen.spot(f"line-{self.element.get('number')}", (frame.left, top, frame.width, height))

    def draw_badge(self, pen: Pen, top: float, frame: Frame) -> None:
        """The number in a circle, in reverse for a ban and for a duty that holds one."""
        reverse = self.reverse or bool(self.element.get("mixed"))
        draw_badge(pen, (frame.left + frame.size * RADIUS + 0.6, top - frame.leading / 2), self.element.get("number"), frame, reverse=reverse)

    def draw_end(self, pen: Pen, base: float, frame: Frame) -> None:
        """Post, article mark and box, flush right."""
        right = frame.right - 1
        if self.element.get("box"):
            pen.check_box((right - BOX_SIDE, base), BOX_SIDE)
            right -= BOX_ROOM
        if text := self.end(frame):
            pen.text(text, (right - frame.small.width(text), base), frame.small)


def rows_in(element: Element, frame: Frame) -> float:
    """Rows that a line takes in a column, with one for its end where that needs one; measured once for a dozen ways to share the lines out."""
    room = (frame.width, frame.size)
    found = element.rows.get(room)
    if found is None:
        if element.end is None:  # if need be without the posts that the text names
            element.end = (end_of(element, posts_unsaid(element), frame), element.get("box"))
        found = element.rows[room] = rows_of((element.text, element.emphasis), element.end, room, frame.family)
    return found


def end_of(element: Element, roles: list[str], frame: Frame) -> str:
    """What stands at a line's end with some posts."""
    shown = "、".join(roles[:MOST_ROLES]) + ("等" if len(roles) > MOST_ROLES else "")
    doubt = f"【{frame.look.words.doubtful}】" if element.get("doubtful") else ""
    return "　".join(each for each in (doubt, shown, element.get("mark")) if each)


def posts_named(element: Element) -> list[str]:
    """The posts that a line is for."""
    return [post for post in element.get("roles").split("、") if post]


def posts_unsaid(element: Element) -> list[str]:
    """Those of them that nothing in the text tells, not by another name either (柜面人员, 任何员工), so that the reader finds them nowhere else."""
    text = element.text
    return [post for post in posts_named(element) if not (element.get("short") or post[-TOLD:] in text or (post.endswith("员") and "员" in text))]


def badge_room(frame: Frame) -> float:
    """The room of a line's number."""
    return BADGE * frame.size


def text_room(wide: float, size: float) -> float:
    """The room that a line's number leaves to its text."""
    return wide - BADGE * size - 1


def end_room(end: tuple[str, str], small: Type) -> float:
    """The room that words in small type and a box (empty for none) take at a line's end."""
    words, box = end
    return (small.width(words) if words else 0.0) + (BOX_ROOM if box else 0.0)


def draw_badge(pen: Pen, centre: tuple[float, float], number: str, frame: Frame, *, reverse: bool) -> None:
    """A number in a circle."""
    x, y = centre
    radius = frame.size * RADIUS
    pen.disc((x, y), radius, INK if reverse else PAPER)
    size = frame.size * (0.72 if len(number) < 2 else 0.66)
    kind = Type(size=size, heavy=True, align="centre", gray=PAPER if reverse else INK, family=frame.family)
    pen.text(number, (x - radius, y - size * BASELINE), kind, radius * 2)


def draw_bullet(pen: Pen, corner: tuple[float, float], frame: Frame) -> None:
    """A dot before an item: drawn, for the character is a whole square that would touch a bracket behind it."""
    left, top = corner
    pen.disc((left + frame.size * BULLET_ROOM / 2, top - frame.leading / 2), frame.size * BULLET, INK)


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


def part_width(part: Part, wide: float, size: float) -> float:
    """The room of a paragraph in a text ``wide`` points wide."""
    return wide - (BULLET_ROOM * size if part.bullet else 0.0)


@lru_cache(maxsize=20_000)
def rows_of(said: tuple[str, Ranges], end: tuple[str, str], room: tuple[float, float], family: Family) -> float:
    """Rows that a text with its bold ranges takes in a column of (width, size), its end included; asked for again in every trial of a page."""
    wide, size = text_room(*room), room[1]
    lines = measure(*said, (wide, size), family)[0]
    shares_row = kept_for(*said, (wide, size, end_room(end, small_type(size, family))), family) is not None
    return lines + (0.0 if shares_row else OWN_ROW)


@lru_cache(maxsize=20_000)
def measure(text: str, bold: Ranges, room: tuple[float, float], family: Family) -> tuple[int, float]:
    """Lines of a text in (width, size), and the points free on its last line; the same at every leading."""
    wide, size = room
    lines, free = 0, 0.0
    for part in split_list(text, bold):
        kind = Type(size=size, leading=size, bold=part.bold, family=family)
        lines += kind.lines(part.text, part_width(part, wide, size))
        free = part_width(part, wide, size) - kind.end(part.text, part_width(part, wide, size))
    return lines, free


@lru_cache(maxsize=20_000)
def kept_for(text: str, bold: Ranges, room: tuple[float, float, float], family: Family) -> Kept | None:
    """How the last paragraph of a text in (width, size, what its end takes) is set for the end to stand beside its last line; the same at every leading."""
    wide, size, end = room
    if not end or end + END_AIR <= measure(text, bold, (wide, size), family)[1]:
        return Kept(last=0.0, tight=False)
    part = split_list(text, bold)[-1]
    usual = Type(size=size, leading=size, bold=part.bold, family=family)
    close, own = usual._replace(last=end + END_AIR, tight=True), part_width(part, wide, size)
    rows = usual.lines(part.text, own)
    return Kept(last=end + END_AIR, tight=True) if rows > 1 and close.lines(part.text, own) <= rows else None
