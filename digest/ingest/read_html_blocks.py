"""An html tree to blocks: which elements begin a paragraph, which say nothing, which tables are tables."""

import re
import tomllib
from functools import cache

from lxml import etree
from msgspec import Struct, field

from digest import shipped
from digest.ingest.builder import Builder
from digest.ingest.tables import Placed, add_table
from digest.model.document import BlockKind, Style
from digest.zh.numerals import to_chinese

Element = etree._Element


@cache
def elements(name: str) -> frozenset[str]:
    """A list of html.toml, read once."""
    return frozenset(tomllib.loads(shipped.text("ingest", "html.toml"))[name])


HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:p[xt])?\s*(?:;|$)", re.I)
CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
RIGHT = re.compile(r"text-align\s*:\s*right", re.I)
SIZE = re.compile(r"font-size\s*:\s*([\d.]+)\s*(pt|px)", re.I)
INDENT = re.compile(r"text-indent\s*:\s*([\d.]+)\s*(em|pt|px)", re.I)
PX = 0.75  # points
USUAL = 10.5
LAYOUT_CELL = 600  # characters; a cell longer than this makes its table a frame
LINKS_SHARE = 0.5  # of a block's characters inside links, from which it is navigation (design notes on html)
LINKS_LEAST = 3
NAVIGATION_MOST = 600
DEEPEST = 200  # nested elements; browsers stop at 512
WIDEST = 200
SPACES = re.compile(r"[ \t\r\n\f]+")
LETTERED = {"a": ord("a"), "A": ord("A")}


class Pending(Struct):
    """Inline text collected since the last block began."""

    text: str = ""
    bold: int = 0
    letters: int = 0
    sizes: dict[float, int] = field(default_factory=dict)

    def add(self, text: str, *, bold: bool, size: float) -> None:
        """Add a run of characters."""
        self.text += text
        count = len(text.strip())
        self.letters += count
        self.bold += count * bold
        self.sizes[size] = self.sizes.get(size, 0) + count


class Inherited(Struct, frozen=True, kw_only=True):
    """What an element takes over from those around it."""

    bold: bool = False
    size: float = 0.0
    centred: bool = False
    right: bool = False
    indent: float = 0.0
    level: int | None = None
    verbatim: bool = False
    furniture: bool = False
    depth: int = 0


class Flow:
    """Reads a tree in order into a builder."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.pending = Pending()
        self.label = ""
        self.gap = False

    def read(self, root: Element) -> None:
        """Read a whole tree."""
        self._inside(root, Inherited())
        self._close(Inherited())

    def _element(self, element: Element, around: Inherited) -> None:
        """Read one element: inline, block, line break or table."""
        tag = str(element.tag).rpartition(":")[2].lower()
        if tag in elements("silent") or _is_hidden(element) or around.depth > DEEPEST:
            return
        if tag == "br":
            self.pending.add("\n", bold=False, size=around.size)
        elif tag == "table":
            self._table(element, around)
        elif tag in elements("blocks"):
            self._block(element, tag, around)
        else:
            self._inside(element, _inherit(element, tag, around))

    def _block(self, element: Element, tag: str, around: Inherited) -> None:
        """Read a block element: what stood before it is closed, and so is it."""
        self._close(around)
        mine = _inherit(element, tag, around)
        if tag == "li":
            self.label = _item_label(element)
        if tag == "hr":
            self.gap = True
        self._inside(element, mine)
        self._close(mine)
        self.label = "" if tag == "li" else self.label

    def _inside(self, element: Element, mine: Inherited) -> None:
        """Read an element's own text and its children."""
        self._text(element.text, mine)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, mine)
            self._text(child.tail, mine)

    def _text(self, text: str | None, mine: Inherited) -> None:
        """Add characters; blanks and line ends of the page's source are one blank, except in pre."""
        if text:
            shown = text if mine.verbatim else SPACES.sub(" ", text)
            self.pending.add(shown.replace("\xa0", " "), bold=mine.bold, size=mine.size)

    def _close(self, mine: Inherited) -> None:
        """Add what was collected as a paragraph, or as lines where br parted it."""
        pending, self.pending = self.pending, Pending()
        lines = [line.strip(" \t\r") for line in pending.text.split("\n")]
        if not any(line.strip() for line in lines):
            self.gap = self.gap or len(lines) > 1
            return
        style = _style(pending, mine)
        kind = BlockKind.FURNITURE if mine.furniture else BlockKind.PARAGRAPH if sum(map(bool, lines)) == 1 else BlockKind.LINE
        for line in lines:
            if line.strip():
                self.builder.add(line, kind, style=style, gap_before=self.gap, label=self.label)
                self.label = ""
            self.gap = not line.strip()
        self.gap = False

    def _table(self, element: Element, around: Inherited) -> None:
        """Read a table as a table, or a frame's cells one after the other."""
        self._close(around)
        mine = _inherit(element, "table", around)
        cells = place_cells(element)
        if is_data(element, cells):
            placed = [Placed(row=y, column=x, rows=rows, columns=columns, text=_cell_text(cell)) for cell, y, x, rows, columns in cells]
            add_table(self.builder, placed)
            return
        self._inside(element, mine)
        self._close(mine)


def _inherit(element: Element, tag: str, around: Inherited) -> Inherited:
    """What the children of an element take over."""
    css = str(element.get("style") or "")
    align = str(element.get("align") or "").lower()
    heading = int(tag[1]) - 1 if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else around.level
    right = bool(RIGHT.search(css)) or align == "right"
    centred = bool(CENTRED.search(css)) or align in ("center", "middle") or tag == "center"
    return Inherited(
        bold=around.bold or tag in elements("bold") or "font-weight:bold" in css.replace(" ", "").lower(),
        size=_points(SIZE.search(css)) or around.size,
        centred=centred or (around.centred and not right and align != "left"),
        right=right or (around.right and not centred and align != "left"),
        indent=_indent(css) if INDENT.search(css) else around.indent,
        level=heading,
        verbatim=around.verbatim or tag == "pre",
        furniture=around.furniture or tag in elements("around") or (tag in elements("blocks") and tag != "body" and _is_navigation(element)),
        depth=around.depth + 1,
    )


def _points(found: re.Match[str] | None) -> float:
    """A CSS size in points; 0 where there is none."""
    try:
        return float(found.group(1)) * (PX if found.group(2).lower() == "px" else 1) if found else 0.0
    except ValueError:
        return 0.0


def _indent(css: str) -> float:
    """The first-line indent in characters."""
    found = INDENT.search(css)
    if found is None:
        return 0.0
    if found.group(2).lower() == "em":
        return float(found.group(1).strip(".") or 0)
    return round(_points(found) / USUAL, 1)


def _is_hidden(element: Element) -> bool:
    """Whether a page shows an element at all."""
    return element.get("hidden") is not None or bool(HIDDEN.search(str(element.get("style") or "")))


def _is_navigation(element: Element) -> bool:
    """Whether a block is mostly links, and short: a menu, a list of related pages."""
    links = element.findall(".//a")
    if len(links) < LINKS_LEAST:
        return False
    text = sum(len(str(each).strip()) for each in element.itertext())
    linked = sum(len(str(each).strip()) for link in links for each in link.itertext() if link.get("href"))
    return 0 < text <= NAVIGATION_MOST and linked > LINKS_SHARE * text


def _item_label(item: Element) -> str:
    """The number or bullet a browser shows before a list item."""
    parent = item.getparent()
    if parent is None or "list-style-type:none" in str(parent.get("style") or "").replace(" ", ""):
        return ""
    if parent.tag != "ol":
        return "•"
    items = [child for child in parent if child.tag == "li"]
    number = _whole(parent.get("start"), 1) + items.index(item)
    number = _whole(item.get("value"), number)
    form = str(parent.get("type") or "1")
    if "cjk" in str(parent.get("style") or "") and 0 < number < 10000:
        return to_chinese(number) + "、"
    return f"{chr(LETTERED[form] + number - 1)}." if form in LETTERED and 1 <= number <= 26 else f"{number}."


def _whole(text: str | None, otherwise: int) -> int:
    """A small whole number of an attribute."""
    cleaned = str(text or "").strip()
    return int(cleaned) if re.fullmatch(r"[0-9]{1,5}", cleaned) else otherwise


def _style(pending: Pending, mine: Inherited) -> Style:
    """The Style of collected text."""
    size = max(pending.sizes, key=lambda each: pending.sizes[each], default=0.0)
    bold = pending.letters > 0 and pending.bold >= 0.8 * pending.letters
    return Style(size=size, bold=bold, centred=mine.centred, right=mine.right, indent=mine.indent, outline_level=mine.level)


def place_cells(table: Element) -> list[tuple[Element, int, int, int, int]]:
    """The cells of a table with row, column, rows and columns; cells of tables inside it are not its own."""
    taken: set[tuple[int, int]] = set()
    found: list[tuple[Element, int, int, int, int]] = []
    for y, row in enumerate(_rows(table)):
        x = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (y, x) in taken:
                x += 1
            rows, columns = min(_whole(cell.get("rowspan"), 1) or 1, 500), min(_whole(cell.get("colspan"), 1) or 1, WIDEST)
            taken |= {(y + down, x + across) for down in range(rows) for across in range(columns)}
            found.append((cell, y, x, rows, columns))
            x += columns
    return found


def _rows(table: Element) -> list[Element]:
    """The rows of a table itself."""
    rows: list[Element] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows += [each for each in child if each.tag == "tr"]
    return rows


def is_data(table: Element, cells: list[tuple[Element, int, int, int, int]]) -> bool:
    """Whether a table holds data: at least two rows and columns, no table inside, no cell as long as an article."""
    rows = max((y for _, y, _, _, _ in cells), default=0) + 1
    columns = max((x + across for _, _, x, _, across in cells), default=0)
    if rows < 2 or columns < 2 or table.find(".//table") is not None:
        return False
    texts = [_cell_text(cell) for cell, *_ in cells]
    return max(map(len, texts)) <= LAYOUT_CELL and sum(bool(text) for text in texts) >= 2


def _cell_text(cell: Element) -> str:
    """The text of a cell, its paragraphs and br as lines."""
    pieces: list[str] = []
    _collect(cell, pieces)
    lines = (SPACES.sub(" ", line).strip() for line in "".join(pieces).split("\v"))
    return "\n".join(line for line in lines if line)


def _collect(element: Element, pieces: list[str]) -> None:
    """Collect an element's text; a vertical tab stands for a line end."""
    pieces.append((element.text or "").replace("\xa0", " "))
    for child in element:
        if isinstance(child.tag, str) and child.tag not in elements("silent") and not _is_hidden(child):
            ends = child.tag == "br" or child.tag in elements("blocks")
            pieces.append("\v" if ends else "")
            _collect(child, pieces)
            pieces.append("\v" if ends and child.tag != "br" else "")
        pieces.append((child.tail or "").replace("\xa0", " "))
