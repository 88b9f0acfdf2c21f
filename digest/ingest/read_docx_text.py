"""One w:p to what it tells: visible text as if all tracked changes were accepted, and what is anchored in it."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct, field

from digest.ingest.read_docx_package import DGM, MC, OFF, WP, A, Element, M, O, R, V, W, value, whole
from digest.ingest.read_docx_styles import Styles

LOST = frozenset((W + "del", W + "moveFrom"))  # tracked away
SILENT = frozenset(
    (W + "pPr", W + "rPr", W + "rt", W + "sdtPr", W + "delText", W + "delInstrText", W + "softHyphen", W + "commentReference", A + "ext")
)  # no text of their own
SIGNS = {
    "F0FE": "☒",
    "F0A8": "☐",
    "F06F": "☐",
    "F052": "☑",
    "F0FC": "✓",
    "F0FB": "✗",
    "F06C": "●",
    "F06E": "■",
    "F0D8": "➢",
    "F0B7": "·",
    "F0B4": "×",
    "F0B3": "≥",
    "F0A3": "≤",
    "F0B1": "±",
}
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
ENCLOSED = re.compile(r"\beq\s*\\o\s*(?:\\a[clr]\s*)?\(\s*[○◯〇]\s*[,，;；]\s*([^()\s]{1,3})\s*\)", re.IGNORECASE)
CIRCLED_ONE = 0x2460
BREAK = "\n"
TAB = "\t"


class Told(Struct):
    """What one paragraph tells. ``text`` keeps soft line breaks as newlines."""

    text: str = ""
    tracked: int = 0  # insertions
    lost: int = 0  # deletions
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # (footnote or endnote, id)
    objects: list[tuple[str, str]] = field(default_factory=list)  # (relation id, program)
    pictures: list[str] = field(default_factory=list)  # relation ids
    diagrams: list[str] = field(default_factory=list)
    watermarks: list[str] = field(default_factory=list)
    pages_before: int = 0  # rendered page breaks before the first character
    pages_after: int = 0
    new_page: bool = False  # an explicit page break stands before the text
    ends_page: bool = False  # and one behind it
    sizes: dict[float, int] = field(default_factory=dict)
    bold: int = 0
    letters: int = 0

    @property
    def size(self) -> float:
        """The size of most characters."""
        return max(self.sizes, key=lambda size: (self.sizes[size], size), default=0.0)


class Teller:
    """Reads paragraphs one after the other; fields may run over several of them."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.fields: list[list[str]] = []  # open complex fields: ["code" or "result", instruction]
        self.rules: dict[str, Callable[[Element, Told, str], None]] = {
            W + "t": lambda it, told, style: self._text(it.text or "", told),
            M + "t": lambda it, told, style: self._text(it.text or "", told),
            W + "tab": lambda it, told, style: self._text(TAB, told),
            W + "ptab": lambda it, told, style: self._text(TAB, told),
            W + "cr": lambda it, told, style: self._text(BREAK, told),
            W + "noBreakHyphen": lambda it, told, style: self._text("-", told),
            W + "sym": lambda it, told, style: self._text(SIGNS.get((it.get(W + "char") or "").upper(), "□"), told),
            W + "br": self._break,
            W + "lastRenderedPageBreak": self._rendered,
            W + "r": self._run,
            W + "fldChar": self._field,
            W + "instrText": self._code,
            W + "txbxContent": lambda it, told, style: told.boxes.append(it),
            W + "footnoteReference": lambda it, told, style: told.notes.append(("footnote", it.get(W + "id", ""))),
            W + "endnoteReference": lambda it, told, style: told.notes.append(("endnote", it.get(W + "id", ""))),
            O + "OLEObject": lambda it, told, style: told.objects.append((it.get(R + "id", ""), it.get("ProgID", ""))),
            A + "blip": lambda it, told, style: told.pictures.append(it.get(R + "embed", "")),
            V + "imagedata": lambda it, told, style: told.pictures.append(it.get(R + "id", "")),
            DGM + "relIds": lambda it, told, style: told.diagrams.append(it.get(R + "dm", "")),
            V + "textpath": lambda it, told, style: told.watermarks.append(it.get("string", "")),
            MC + "AlternateContent": self._alternate,
            W + "sdt": self._control,
            W + "ins": self._inserted,
            W + "moveTo": self._inserted,
            W + "object": self._object,
            WP + "docPr": lambda it, told, style: None,
            M + "f": self._fraction,
            M + "sSup": self._power,
        }

    def tell(self, paragraph: Element) -> Told:
        """Read one paragraph."""
        told = Told()
        self.inside(paragraph, told, self.styles.of(paragraph))
        return told

    def inside(self, element: Element, told: Told, style: str) -> None:
        """Read the children of an element."""
        for child in element:
            tag = child.tag
            if tag in LOST:
                told.lost += 1
            elif tag not in SILENT and isinstance(tag, str):
                rule = self.rules.get(tag)
                if rule is None:
                    self.inside(child, told, style)
                else:
                    rule(child, told, style)

    def _text(self, text: str, told: Told) -> None:
        """Add characters, unless they belong to a field inside another field's code."""
        if len(self.fields) > 1 and any(state == "code" for state, _ in self.fields[:-1]):
            return
        told.text += text

    def _run(self, run: Element, told: Told, style: str) -> None:
        """A run: hidden text is dropped, raised figures stay apart from the figures before them (10² is not 102)."""
        if self.styles.is_on(run, style, W + "vanish"):
            return
        before = len(told.text)
        self.inside(run, told, style)
        fresh = told.text[before:]
        if not fresh.strip():
            return
        if fresh.isascii() and fresh.isdecimal() and value(run, f"{W}rPr/{W}vertAlign") == "superscript":
            told.text = told.text[:before] + fresh.translate(RAISED)
        size = self.styles.size(run, style)
        told.sizes[size] = told.sizes.get(size, 0) + len(fresh)
        told.letters += len(fresh)
        told.bold += len(fresh) * self.styles.is_on(run, style, W + "b")

    def _break(self, element: Element, told: Told, style: str) -> None:
        """A line break is a newline; a page or column break ends the line as well."""
        if element.get(W + "type") == "page":
            if told.text.strip():
                told.ends_page = True
            else:
                told.new_page = True
        self._text(BREAK, told)

    def _rendered(self, element: Element, told: Told, style: str) -> None:
        """Where Word began a page when it last laid the document out."""
        if told.text.strip():
            told.pages_after += 1
        else:
            told.pages_before += 1

    def _field(self, element: Element, told: Told, style: str) -> None:
        """Begin, middle or end of a complex field; circled numbers made by an EQ field are their own result."""
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self.fields.append(["code", ""])
            self._form(element, told)
        elif kind == "separate" and self.fields:
            self.fields[-1][0] = "result"
        elif kind == "end" and self.fields:
            state, code = self.fields.pop()
            if state == "code" and (found := ENCLOSED.search(code)):
                self._text(_circled(found.group(1)), told)

    def _form(self, begin: Element, told: Told) -> None:
        """A legacy form field: the state of a check box, the chosen entry of a list."""
        box = begin.find(f"{W}ffData/{W}checkBox")
        if box is not None:
            state = value(box, W + "checked") if box.find(W + "checked") is not None else value(box, W + "default")
            self._text("☐" if state is None or state.lower() in OFF else "☑", told)
        choice = begin.find(f"{W}ffData/{W}ddList")
        entries = [] if choice is None else choice.findall(W + "listEntry")
        at = whole(value(choice, W + "result")) or 0
        if 0 <= at < len(entries):
            self._text(entries[at].get(W + "val", ""), told)

    def _code(self, element: Element, told: Told, style: str) -> None:
        """A piece of a field's instruction."""
        if self.fields:
            self.fields[-1][1] += element.text or ""

    def _alternate(self, element: Element, told: Told, style: str) -> None:
        """The first choice that is there; the fallback says the same again and is left out."""
        for child in element:
            if child.tag in (MC + "Choice", MC + "Fallback"):
                self.inside(child, told, style)
                return

    def _control(self, element: Element, told: Told, style: str) -> None:
        """An inline content control; its placeholder (单击此处输入文字) is not content."""
        if element.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
            self.inside(element, told, style)

    def _inserted(self, element: Element, told: Told, style: str) -> None:
        """Tracked in: accepted."""
        told.tracked += 1
        self.inside(element, told, style)

    def _object(self, element: Element, told: Told, style: str) -> None:
        """An embedded object: its picture shows what the object holds, so only the object counts."""
        pictures = len(told.pictures)
        self.inside(element, told, style)
        del told.pictures[pictures:]

    def _fraction(self, element: Element, told: Told, style: str) -> None:
        """A fraction as a/b."""
        for child, mark in ((element.find(M + "num"), "/"), (element.find(M + "den"), "")):
            if child is not None:
                self.inside(child, told, style)
                self._text(mark, told)

    def _power(self, element: Element, told: Told, style: str) -> None:
        """A power as a^b: flattened it would be another number."""
        for child, mark in ((element.find(M + "e"), "^"), (element.find(M + "sup"), "")):
            if child is not None:
                self.inside(child, told, style)
                self._text(mark, told)


def _circled(sign: str) -> str:
    """A figure in a circle, as one character where there is one."""
    return chr(CIRCLED_ONE + int(sign) - 1) if sign.isdecimal() and sign.isascii() and 1 <= int(sign) <= 20 else f"（{sign}）"


def children(element: Element, wanted: str) -> Iterator[Element]:
    """Children of one name, also those inside content controls and tracked insertions; tracked deletions are skipped."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml", W + "smartTag"):
            yield from children(child, wanted)
