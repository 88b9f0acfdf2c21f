"""A page's marks in, what they are out: headings, lists, tables and paragraphs in reading order (ISO 32000-1, 14.8), for the PDF's tags.

The page knows what stands where (its spots) and what is said (its markup), and its marks come in reading order. Text that no spot
holds is a paragraph of its own, so that none is lost; a mark that says nothing (rules, boxes, tints) stands outside the tree.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType

from msgspec import Struct, field

from digest.model.look import Look
from digest.model.page import Disc, Glyphs, Mark, Page, Picture, Rect, Spot
from digest.render.logo import words_for_logo
from digest.render.page_markup import Element, read
from digest.typeset.fonts import glyph

INSIDE = 0.2  # em right of a text's start and above its baseline: surely inside what holds it
CODE_WORDS = "二维码：原文存放处 {address}"
LABELS = {"point": "label", "questions": "title", "notes": "title"}  # blocks with a label, and the attribute that holds it
Attributes = Mapping[str, object]
NONE: Attributes = MappingProxyType({})
NUMBERED: Attributes = {"O": "List", "ListNumbering": "Decimal"}
COLUMN: Attributes = {"O": "Table", "Scope": "Column"}
Rows = Mapping[str, tuple[str, ...]]


class Node(Struct, eq=False):
    """One tag: its role, what stands in it (other tags, or marks of the page by number), and what describes it."""

    role: str
    kids: list["Node"] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    alt: str = ""
    attributes: Attributes = field(default_factory=dict)
    gathers: str = ""  # the kind of spot whose parts a list or a table collects

    def add(self, role: str, marks: Iterable[int] = (), *, alt: str = "", attributes: Attributes = NONE, gathers: str = "") -> "Node":
        """A new tag at the end of this one."""
        self.kids.append(Node(role, marks=list(marks), alt=alt, attributes=attributes, gathers=gathers))
        return self.kids[-1]

    def gather(self, role: str, kind: str, attributes: Attributes = NONE) -> "Node":
        """The list or table at the end, a new one where the last tag is another."""
        if self.kids and (self.kids[-1].role, self.kids[-1].gathers) == (role, kind):
            return self.kids[-1]
        return self.add(role, attributes=attributes, gathers=kind)

    def all(self) -> "Iterator[Node]":
        """This tag and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.all()


class Grid(Struct, frozen=True):
    """A table: the cells' texts by the key of their row, and which columns have any.

    A ledger has more: names of its columns, the section's at the left, and a box to tick at the right; ``sections`` counts their rows.
    """

    rows: Rows
    shown: tuple[bool, ...]
    names: tuple[str, ...] = ()
    sections: dict[str, int] = field(default_factory=dict)


class Stretch(Struct, frozen=True):
    """Marks in a row that one spot holds; ``key`` is empty where none does."""

    key: str
    marks: tuple[int, ...]

    @property
    def kind(self) -> str:
        """What the spot is: line, section, title."""
        return self.key.partition("-")[0]


def tree(page: Page, look: Look) -> Node:
    """The page's tags, in reading order."""
    root = Node("Part")
    reading = Reading(page, look, read(page.markup) if page.markup else Element("page"))
    for stretch in reading.stretches():
        reading.tag(root, stretch)
    return root


class Reading:
    """One page being read."""

    def __init__(self, page: Page, look: Look, said: Element) -> None:
        """Note what the markup says of tables, labels and addresses."""
        self.page = page
        self.look = look
        self.said = {child.tag: child for child in said.children}
        self.ledger = next((ledger_of(child, look) for child in said.children if child.tag == "ledger"), None)
        tables = [numbers_of(child) for child in said.children if child.tag == "numbers"]
        self.grids = {key: grid for grid in (*tables, self.ledger) if grid for key in grid.rows}
        self.spots = {spot.key: spot for spot in page.spots}

    def stretches(self) -> list[Stretch]:
        """The marks that say something, in the order in which they are drawn, cut where the spot changes."""
        spots = sorted(self.page.spots, key=lambda spot: spot.width * spot.height)
        keys = [self.key_of(mark, spots) for mark in self.page.marks]
        telling = [(key, number) for number, key in enumerate(keys) if key is not None]
        return [Stretch(key, tuple(number for _, number in group)) for key, group in groupby(telling, key=lambda each: each[0])]

    def key_of(self, mark: Mark, spots: list[Spot]) -> str | None:
        """The key of the smallest spot that holds a mark, empty if none does; None for a mark that says nothing."""
        match mark:
            case Glyphs():
                x, y = mark.x + INSIDE * mark.size, mark.y + INSIDE * mark.size
                return next((spot.key for spot in spots if holds(spot, x, y)), "")
            case Picture() | Rect():
                key = "logo" if isinstance(mark, Picture) else "code"
                return key if key in self.spots and holds(self.spots[key], mark.x + mark.width / 2, mark.y + mark.height / 2) else None
            case _:
                return None

    def tag(self, root: Node, stretch: Stretch) -> None:
        """Add the tags of one stretch."""
        WAYS.get(stretch.kind, Reading.paragraphs)(self, root, stretch)

    def paragraphs(self, root: Node, stretch: Stretch) -> None:
        """Plain text."""
        for marks in self.pieces(stretch.marks):
            root.add("P", marks)

    def title(self, root: Node, stretch: Stretch) -> None:
        """The title of the page."""
        root.add("H1", stretch.marks)

    def section(self, root: Node, stretch: Stretch) -> None:
        """The heading of a section; in the ledger the name of its rows."""
        if self.ledger and stretch.key in self.ledger.sections:
            name_rows(root.gather("Table", "ledger"), stretch.marks, self.ledger.sections[stretch.key])
        else:
            root.add("H2", stretch.marks)

    def line(self, root: Node, stretch: Stretch) -> None:
        """A line: an item of its section's list, or a row of its table."""
        if grid := self.grids.get(stretch.key):
            self.row(root.gather("Table", "ledger" if grid is self.ledger else stretch.kind).add("TR"), stretch, grid)
            return
        item = root.gather("L", stretch.kind, NUMBERED).add("LI")
        label = self.badge(stretch)
        item.add("Lbl", label)
        item.add("LBody", [mark for mark in stretch.marks if mark not in label])

    def badge(self, stretch: Stretch) -> list[int]:
        """The line's number: the text furthest left, if it is the number."""
        first = min(stretch.marks, key=lambda mark: self.glyphs(mark).x)
        return [first] if self.glyphs(first).text == stretch.key.removeprefix("line-") else []

    def row(self, row: Node, stretch: Stretch, grid: Grid) -> None:
        """The cells of a row, empty ones too, so that all rows are as long; the last one of a ledger is a box to tick."""
        for cell, is_shown in zip(self.shared(stretch.marks, grid.rows[stretch.key]), grid.shown, strict=True):
            if is_shown or cell:
                row.add("TD", cell)
        if grid is self.ledger:
            row.add("TD")

    def fact(self, root: Node, stretch: Stretch) -> None:
        """A cell of the facts strip: its name, its value."""
        name = next((each.get("name") for each in self.parts("details") if f"detail-{each.get('place')}" == stretch.key), "")
        label, value = self.shared(stretch.marks, (name, ""), rest=1)
        item = root.gather("L", stretch.kind).add("LI")
        item.add("Lbl", label)
        item.add("LBody", value)

    def days(self, root: Node, stretch: Stretch) -> None:
        """Days and time limits, each with what it is: a dot or a chip stands before each."""
        for marks in self.pieces(stretch.marks):
            root.gather("L", stretch.kind).add("LI").add("LBody", marks)

    def labelled(self, root: Node, stretch: Stretch) -> None:
        """A box with its label: a heading, and what stands beside it."""
        words = self.said[stretch.kind].get(LABELS[stretch.kind]) if stretch.kind in self.said else ""
        label, text = self.shared(stretch.marks, (words, ""), rest=1)
        for role, marks in (("H2", label), ("P", text)):
            if marks:
                root.add(role, marks)

    def figure(self, root: Node, stretch: Stretch) -> None:
        """A picture with the words that stand for it."""
        address = self.said["footer"].get("code") if "footer" in self.said else ""
        alt = words_for_logo(self.look) if stretch.kind == "logo" else CODE_WORDS.format(address=address)
        spot = self.spots[stretch.key]
        box = [spot.x, spot.y, round(spot.x + spot.width, 2), round(spot.y + spot.height, 2)]
        root.add("Figure", stretch.marks, alt=alt, attributes={"O": "Layout", "BBox": box})

    def loose(self, root: Node, stretch: Stretch) -> None:
        """What no spot holds: the head of the ledger, what stands beside the title, or plain text."""
        if self.ledger and all(self.glyphs(mark).text in self.ledger.names for mark in stretch.marks):
            self.names(root.gather("Table", "ledger").add("TR"), stretch, self.ledger)
            return
        header = self.said.get("header", Element("header"))
        for marks in self.shared(stretch.marks, (header.get("tag"), f"▲{header.get('urgency')}", header.get("number"), ""), rest=3):
            if marks:
                root.add("P", marks)

    def names(self, row: Node, stretch: Stretch, grid: Grid) -> None:
        """The names of the ledger's columns; one that found no room is an empty cell."""
        for name, is_shown in zip(grid.names, (True, *grid.shown, True), strict=False):
            if is_shown:
                row.add("TH", [mark for mark in stretch.marks if self.glyphs(mark).text == name], attributes=COLUMN)

    def glyphs(self, number: int) -> Glyphs:
        """A mark that is known to be text."""
        mark = self.page.marks[number]
        assert isinstance(mark, Glyphs)
        return mark

    def parts(self, tag: str) -> tuple[Element, ...]:
        """What stands in a block of the page."""
        return self.said[tag].children if tag in self.said else ()

    def pieces(self, marks: Sequence[int]) -> list[list[int]]:
        """Text cut where a dot or a box was drawn between."""
        found: list[list[int]] = []
        for mark in marks:
            between = self.page.marks[found[-1][-1] + 1 : mark] if found else ()
            if not found or any(isinstance(each, Disc | Rect) for each in between):
                found.append([])
            found[-1].append(mark)
        return found

    def shared(self, marks: Sequence[int], texts: tuple[str, ...], rest: int | None = None) -> list[list[int]]:
        """Marks shared out among the texts that they set; what sets none of them goes to the text ``rest``, else with the mark before."""
        left = [bare(text) for text in texts]
        found: list[list[int]] = [[] for _ in texts]
        place = rest or 0
        for mark in marks:
            text = bare(self.glyphs(mark).text)
            if not left[place].startswith(text):
                stay = place if left[place] or rest is None else rest
                place = next((number for number, each in enumerate(left) if each.startswith(text)), stay)
            left[place] = left[place].removeprefix(text)
            found[place].append(mark)
        return found


WAYS: dict[str, Callable[[Reading, Node, Stretch], None]] = {
    "": Reading.loose,
    "title": Reading.title,
    "section": Reading.section,
    "line": Reading.line,
    "detail": Reading.fact,
    "timeline": Reading.days,
    "logo": Reading.figure,
    "code": Reading.figure,
    **dict.fromkeys(LABELS, Reading.labelled),
}


def holds(spot: Spot, x: float, y: float) -> bool:
    """Whether a point lies in a spot."""
    return spot.x <= x <= spot.x + spot.width and spot.y <= y <= spot.y + spot.height


def numbers_of(element: Element) -> Grid:
    """The table of numbers."""
    rows = {
        f"line-{row.get('number')}": (row.get("number"), row.child("item").text, row.child("standard").text, row.get("due"), row.get("mark"))
        for row in element.children
    }
    return Grid(rows, columns_of(rows))


def ledger_of(element: Element, look: Look) -> Grid:
    """The ledger."""
    rows = {f"line-{entry.get('number')}": entry_cells(entry) for group in element.children for entry in group.children}
    sections = {f"section-{group.get('key')}": len(group.children) for group in element.children}
    return Grid(rows, columns_of(rows), look.words.columns, sections)


def entry_cells(entry: Element) -> tuple[str, ...]:
    """The cells of an entry."""
    posts = "、".join(post for post in entry.get("roles").split("、") if post)
    return entry.get("number"), entry.text, entry.get("due"), posts, entry.get("mark")


def columns_of(rows: Rows) -> tuple[bool, ...]:
    """Which columns have anything in them: the others fold away."""
    return tuple(any(column) for column in zip(*rows.values(), strict=True))


def name_rows(table: Node, marks: Sequence[int], count: int) -> None:
    """Give the last rows of the ledger the name that is drawn beside them; a name without rows stands in a row of its own."""
    last = table.kids[-count:] if count else []
    rows = [row for row in last if all(cell.attributes != COLUMN for cell in row.kids)] or [table.add("TR")]
    attributes = {"O": "Table", "Scope": "Row", "RowSpan": len(rows)}
    rows[0].kids.insert(0, Node("TH", marks=list(marks), attributes=attributes))


@lru_cache(maxsize=4_000)
def bare(text: str) -> str:
    """A text as it is drawn, without what leaves no ink."""
    return "".join(glyph(char).text for char in text if not char.isspace())
