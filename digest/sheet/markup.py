"""The page's own markup: text to a checked tree of elements; faults are told with the template's line and a suggestion."""

import difflib
import re
from collections.abc import Iterable
from itertools import accumulate
from xml.parsers import expat

from msgspec import Struct, field

from digest.model.look import Look
from digest.sheet.page_text import LINE_MARK, fault

Ranges = tuple[tuple[int, int], ...]


class Tag(Struct, frozen=True):
    """What a tag may stand in and what it may carry; ``parents`` empty is the root, None is anywhere."""

    parents: tuple[str, ...] | None
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


BODY = ("page", "columns")
TAGS = {
    "page": Tag(()),
    "header": Tag(("page",), ("title",), ("tag", "number", "right", "urgency", "restriction", "style")),
    "point": Tag(("page",), (), ("label", "size")),
    "details": Tag(("page",)),
    "detail": Tag(("details",), ("name",), ("place", "missing", "computed")),
    "timeline": Tag(("page",), (), ("year",)),
    "day": Tag(("timeline",), ("on",), ("computed", "line", "words", "end")),
    "clock": Tag(("timeline",), ("when",), ("what", "lines")),
    "columns": Tag(("page",), (), ("count",)),
    "section": Tag(BODY, ("title",), ("key", "reverse", "symbol", "also")),
    "line": Tag(("section",), ("number",), ("mark", "due", "roles", "box", "doubtful", "mixed", "short")),
    "ledger": Tag(("page",)),
    "group": Tag(("ledger",), ("title",), ("key", "reverse")),
    "entry": Tag(("group",), ("number",), ("mark", "due", "roles", "box", "doubtful", "mixed", "short")),
    "numbers": Tag(("page",), ("title",), ("key",)),
    "row": Tag(("numbers",), ("number",), ("mark", "due", "doubtful")),
    "item": Tag(("row",)),
    "standard": Tag(("row",)),
    "remark": Tag(("page",), (), ("label",)),
    "questions": Tag(("page",), ("title",)),
    "question": Tag(("questions",), (), ("answer",)),
    "notes": Tag(("page",), ("title",), ("lines",)),
    "signoff": Tag(("page",)),
    "cell": Tag(("signoff",)),
    "footer": Tag(("page",), (), ("code",)),
    "b": Tag(None),
}


class Element(Struct):
    """One tag with its attributes, its elements, and its text with the ranges that stand in <b>."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    text: str = ""
    bold: list[tuple[int, int]] = field(default_factory=list)
    rows: dict[tuple[float, float], float] = field(default_factory=dict)  # measured, by width and size
    end: tuple[str, str] | None = None  # what a line shows at its end at least, and its box, once it is known

    def get(self, name: str) -> str:
        """An attribute, empty if absent."""
        return self.attributes.get(name, "")

    def whole(self, name: str, default: int) -> int:
        """An attribute as a whole number."""
        value = self.get(name)
        return int(value) if value.isdecimal() else default

    @property
    def emphasis(self) -> Ranges:
        """The bold ranges of the text."""
        return tuple(self.bold)


def parse(text: str, look: Look) -> Element:
    """Markup to the checked tree.

    Raises:
        BadTemplate: a tag is unknown, misplaced, not closed, or carries something it does not know.
    """
    reader = Reader(look)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = reader.start, reader.end, reader.characters
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        parser.Parse(text.strip().encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise reader.broken(error) from None
    if reader.root is None:
        raise fault(look, None, "没有 <page> 标签")
    return reader.root


class Reader:
    """Builds the tree while expat reads."""

    def __init__(self, look: Look) -> None:
        """Begin with nothing."""
        self.look = look
        self.root: Element | None = None
        self.open: list[Element] = []
        self.bold_from = -1
        self.last = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        self.last = int(attributes.pop(LINE_MARK, 0))
        self.check(tag, attributes)
        if tag == "b":
            self.bold_from = len(self.open[-1].text)
            return
        element = Element(tag, self.last, attributes)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def check(self, tag: str, attributes: dict[str, str]) -> None:
        """Refuse what the table of tags does not know."""
        if tag not in TAGS:
            raise fault(self.look, self.last, f"没有 <{tag}> 这个标签{suggestion(tag, TAGS, '<{}>')}")
        known = TAGS[tag]
        if known.parents is not None and (self.open[-1].tag if self.open else "") not in (known.parents or ("",)):
            raise fault(self.look, self.last, self.misplaced(tag, known.parents))
        for name in known.required:
            if name not in attributes:
                raise fault(self.look, self.last, f'<{tag}> 缺少 {name}="…"')
        allowed = known.required + known.optional
        for name in attributes:
            if name not in allowed:
                raise fault(self.look, self.last, f"<{tag}> 没有属性 {name}{suggestion(name, allowed, '{}')}")

    def misplaced(self, tag: str, parents: tuple[str, ...]) -> str:
        """What is wrong with a tag's place; perhaps the one before it was not closed."""
        inner = self.open[-1] if self.open else None
        told = f"<{tag}> 应放在 <{parents[0]}> 里面" if parents else f"<{tag}> 只能有一个，放在最外面"
        if inner is not None and any(outer.tag in parents for outer in self.open[:-1]):
            told += f"；是不是第{inner.line}行的 <{inner.tag}> 没有用 </{inner.tag}> 关闭？"
        return told

    def end(self, tag: str) -> None:
        """A tag closes."""
        if tag == "b":
            self.open[-1].bold.append((self.bold_from, len(self.open[-1].text)))
            return
        tidy(self.open.pop())

    def characters(self, text: str) -> None:
        """Text between tags."""
        if self.open:
            self.open[-1].text += text

    def doctype(self, *_: object) -> None:
        """Declarations are refused: nothing outside is ever read."""
        raise fault(self.look, 1, "不能写 <!DOCTYPE>")

    def broken(self, error: expat.ExpatError) -> Exception:
        """The error for markup that is not well formed."""
        if self.open and error.code in (expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH], expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]):
            inner = self.open[-1]
            return fault(self.look, inner.line, f"标签没有配对：<{inner.tag}> 没有用 </{inner.tag}> 关闭")
        return fault(self.look, self.last or None, f"写法有误：{error}")


def suggestion(word: str, known: Iterable[str], shape: str) -> str:
    """What the writer probably meant."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"，是不是想写 {shape.format(close[0])}？" if close else ""


def tidy(element: Element) -> None:
    """Take the template's own line breaks and indents off a text, and move the bold ranges along."""
    text = element.text
    if "\n" not in text and not text[:1].isspace():  # as nearly all are
        element.text = text.rstrip()
        element.bold = [(start, min(end, len(element.text))) for start, end in element.bold]
        return
    lead = len(text) - len(text.lstrip())
    drop = {index for match in re.finditer(r"\s*\n\s*", text) for index in range(*match.span())} if "\n" in text else set()
    drop.update(range(lead))
    element.text = "".join([char for index, char in enumerate(text) if index not in drop]).rstrip()
    if element.bold:
        moved = [0, *accumulate(index not in drop for index in range(len(text)))]
        element.bold = [(moved[start], min(moved[end], len(element.text))) for start, end in element.bold]
