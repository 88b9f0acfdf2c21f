"""The ledger (台账): one row a duty with number, text, time limit, post, article and a box; sections stand upright at the left."""

from msgspec import Struct, field

from digest.sheet.block_line import BULLET_ROOM, MOST_ROLES, Part, draw_bullet, posts_named, split_list
from digest.sheet.block_numbers import widest
from digest.sheet.frame import Frame
from digest.sheet.markup import Element
from digest.sheet.pen import HAIR, INK, PAPER, TINT, Pen, Type

STAGE = 22.0
NUMBER = 22.0
DONE = 26.0
HEAD = 18.0
CELL_PAD = 4.0
DUE_MOST = 0.105  # of the width
ROLE_MOST = 0.09
MARK_MOST = 0.11
SIDE_LEAST = 26.0
ROW_AIR = 0.9  # of the frame's air, above and below together
BOX_SIDE = 10.0
STAGE_SIZE = 12.0


class Columns(Struct, frozen=True):
    """Left edge and width of each column; the narrow ones fold away where nobody has anything in them."""

    text: tuple[float, float]
    due: tuple[float, float]
    roles: tuple[float, float]
    mark: tuple[float, float]
    done: tuple[float, float]


class Ledger(Struct, frozen=True):
    """The whole table."""

    element: Element
    most: float = 0.0
    layouts: dict[tuple[float, float], Columns] = field(default_factory=dict)

    def groups(self) -> list[Element]:
        """The sections that have entries."""
        return [group for group in self.element.children if group.children]

    def entries(self) -> list[Element]:
        """All entries in order."""
        return [entry for group in self.groups() for entry in group.children]

    def columns(self, frame: Frame) -> Columns:
        """Where the columns stand: as wide as their words need, within limits."""
        key = (frame.size, frame.width)
        if key not in self.layouts:
            self.layouts[key] = self.find_columns(frame)
        return self.layouts[key]

    def find_columns(self, frame: Frame) -> Columns:
        """Measure the narrow columns and leave the rest to the text."""
        entries, small = self.entries(), frame.small
        due = side_width([entry.get("due") for entry in entries], small._replace(heavy=True), frame.width * DUE_MOST)
        roles = side_width([role for entry in entries for role in posts_of(entry)], small, frame.width * ROLE_MOST)
        mark = side_width([entry.get("mark") for entry in entries], small, frame.width * MARK_MOST)
        text = frame.width - STAGE - NUMBER - due - roles - mark - DONE
        x = frame.left + STAGE + NUMBER
        edges = [x]
        for wide in (text, due, roles, mark):
            edges.append(edges[-1] + wide)
        return Columns((edges[0], text), (edges[1], due), (edges[2], roles), (edges[3], mark), (edges[4], DONE))

    def height(self, frame: Frame) -> float:
        """Head and rows; nothing without entries."""
        if not self.entries():
            return 0.0
        columns = self.columns(frame)
        return HEAD + sum(self.group_height(group, frame, columns) for group in self.groups()) + 1

    def group_height(self, group: Element, frame: Frame, columns: Columns) -> float:
        """Its rows, but never less than its upright words need."""
        rows = sum(row_height(entry, frame, columns) for entry in group.children)
        return max(rows, stage_height(group.get("title")))

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw head, rows, upright section names and all rules."""
        columns = self.columns(frame)
        self.draw_head(pen, top, frame, columns)
        spare = max(0.0, height - self.height(frame)) / len(self.entries())
        y, ends = top - HEAD, []
        for group in self.groups():
            high = self.group_height(group, frame, columns) + spare * len(group.children)
            self.draw_group(pen, y, frame, (group, columns, high))
            y -= high
            ends.append(y)
        for end in ends:
            pen.rule((frame.left, end), (frame.right, end), 0.9)
        for x in (columns.text[0], columns.due[0], columns.roles[0], columns.mark[0], columns.done[0]):
            pen.rule((x, top - HEAD), (x, y), 0.3, gray=HAIR)
        pen.rule((frame.left + STAGE, top - HEAD), (frame.left + STAGE, y), 0.6)
        pen.rect((frame.left, top, frame.width, top - y), stroke=INK, line=1.0)

    def draw_head(self, pen: Pen, top: float, frame: Frame, columns: Columns) -> None:
        """Draw the names of the columns in reverse."""
        pen.rect((frame.left, top, frame.width, HEAD), fill=INK)
        kind = Type(size=10.5, leading=12, heavy=True, align="centre", gray=PAPER, family=frame.family)
        names = frame.look.words.columns
        places = [(frame.left, STAGE), (frame.left + STAGE, NUMBER), columns.text, columns.due, columns.roles, columns.mark, columns.done]
        for name, (left, wide) in zip(names, places, strict=False):
            if wide and kind.width(name) <= wide + 2:
                pen.centred(name, (left, top, wide, HEAD), kind)

    def draw_group(self, pen: Pen, top: float, frame: Frame, what: tuple[Element, Columns, float]) -> None:
        """Draw one section: its name upright, in reverse for bans."""
        group, columns, height = what
        reverse = bool(group.get("reverse"))
        heights = [row_height(entry, frame, columns) for entry in group.children]
        spare = (height - sum(heights)) / len(heights)
        y = top
        for number, (entry, high) in enumerate(zip(group.children, heights, strict=True)):
            if number:
                pen.rule((frame.left + STAGE, y), (frame.right, y), 0.3, gray=HAIR)
            draw_row(pen, y, frame, (entry, columns, high + spare))
            y -= high + spare
        pen.rect((frame.left, top, STAGE, height), fill=INK if reverse else TINT)
        draw_stage(pen, (frame.left, top, STAGE, height), group.get("title"), frame, reverse=reverse)
        pen.spot(f"section-{group.get('key')}", (frame.left, top, frame.width, height))


def posts_of(entry: Element) -> list[str]:
    """The posts shown: two at most."""
    posts = posts_named(entry)
    return [*posts[:MOST_ROLES], *(["等"] if len(posts) > MOST_ROLES else [])]


def side_width(texts: list[str], kind: Type, most: float) -> float:
    """The width of a narrow column."""
    wide = widest(texts, kind, most)
    return max(SIDE_LEAST + 2 * CELL_PAD, wide + CELL_PAD) if wide else 0.0


def row_height(entry: Element, frame: Frame, columns: Columns) -> float:
    """The tallest cell and the air around it."""
    found = [sum(part_type(part, frame).height(part.text, part_room(part, frame, columns)) for part in parts_of(entry))]
    found += [kind.height(text, wide - CELL_PAD) for text, kind, (_, wide) in side_cells(entry, frame, columns)]
    return max(found) + 3 + frame.air * ROW_AIR


def parts_of(entry: Element) -> tuple[Part, ...]:
    """The text as paragraphs."""
    return split_list(entry.text, entry.emphasis)


def part_type(part: Part, frame: Frame) -> Type:
    """Body type with emphasis."""
    return frame.body._replace(bold=part.bold)


def part_room(part: Part, frame: Frame, columns: Columns) -> float:
    """The room of a paragraph in the text column."""
    return columns.text[1] - 2 * CELL_PAD - (BULLET_ROOM * frame.size if part.bullet else 0.0)


def side_cells(entry: Element, frame: Frame, columns: Columns) -> list[tuple[str, Type, tuple[float, float]]]:
    """The narrow cells that have something in them."""
    small = frame.small._replace(align="centre")
    doubt = f"【{frame.look.words.doubtful}】" if entry.get("doubtful") else ""
    doubt += f"【{frame.look.words.mixed}】" if entry.get("mixed") else ""
    cells = [
        (entry.get("due"), small._replace(heavy=True), columns.due),
        ("、".join(posts_of(entry)).replace("、等", "等"), small, columns.roles),
        (entry.get("mark") + doubt, small, columns.mark),
    ]
    return [(text, kind, place) for text, kind, place in cells if text and place[1]]


def draw_row(pen: Pen, top: float, frame: Frame, what: tuple[Element, Columns, float]) -> None:
    """Draw one row, every cell in its middle."""
    entry, columns, height = what
    used = sum(part_type(part, frame).height(part.text, part_room(part, frame, columns)) for part in parts_of(entry))
    y = top - (height - used) / 2
    for part in parts_of(entry):
        left = columns.text[0] + CELL_PAD
        if part.bullet:
            draw_bullet(pen, (left, y), frame)
            left += BULLET_ROOM * frame.size
        pen.paragraph(part.text, (left, y), part_room(part, frame, columns), part_type(part, frame))
        y -= part_type(part, frame).height(part.text, part_room(part, frame, columns))
    number = Type(size=frame.size, leading=frame.leading, heavy=True, align="centre", family=frame.family)
    pen.centred(entry.get("number"), (frame.left + STAGE, top, NUMBER, height), number)
    for text, kind, (left, wide) in side_cells(entry, frame, columns):
        pen.centred(text, (left + CELL_PAD / 2, top, wide - CELL_PAD, height), kind)
    if entry.get("box"):
        pen.check_box((columns.done[0] + (DONE - BOX_SIDE) / 2, top - height / 2 - BOX_SIDE * 0.4), BOX_SIDE)
    pen.spot(f"line-{entry.get('number')}", (frame.left + STAGE, top, frame.width - STAGE, height))


def stage_height(title: str) -> float:
    """The height of a name set upright."""
    return len(title) * (STAGE_SIZE + 1.5) + 6


def draw_stage(pen: Pen, box: tuple[float, float, float, float], title: str, frame: Frame, *, reverse: bool) -> None:
    """A name set upright, character below character."""
    left, top, wide, height = box
    step = STAGE_SIZE + 1.5
    y = top - (height - step * len(title)) / 2
    kind = Type(size=STAGE_SIZE, leading=step, heavy=True, align="centre", gray=PAPER if reverse else INK, family=frame.family)
    for char in title:
        pen.paragraph(char, (left + (wide - STAGE_SIZE) / 2, y), STAGE_SIZE * 1.2, kind._replace(align="left"))
        y -= step
