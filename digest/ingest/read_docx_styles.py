"""styles.xml to Styles: what a paragraph or run takes over from its style, along basedOn."""

import re
from collections.abc import Iterator

from msgspec import Struct

from digest.ingest.read_docx_package import Element, W, switched, value, whole
from digest.model.document import Style

CHAIN = 20  # basedOn longer than this is a loop
TWIPS_PER_POINT = 20
USUAL_SIZE = 10.5  # Word's default in Chinese templates (五号)
HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.I)
BODY_OUTLINE = 9  # outlineLvl 9 means body text (ECMA-376 17.3.1.20)


class Named(Struct, frozen=True, kw_only=True):
    """One style as far as reading needs it; None = not said here."""

    key: str
    name: str = ""
    base: str = ""
    numbering: str | None = None
    level: int | None = None
    paragraph: Element | None = None  # its w:pPr
    run: Element | None = None  # its w:rPr


class Styles:
    """All styles of a package."""

    def __init__(self, root: Element | None) -> None:
        self.known: dict[str, Named] = {}
        self.default = ""
        self.defaults: Element | None = None
        if root is None:
            return
        self.defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        for element in root.findall(W + "style"):
            style = _named(element)
            self.known[style.key] = style
            if element.get(W + "type") == "paragraph" and element.get(W + "default", "0") in ("1", "true"):
                self.default = style.key

    def named(self, key: str) -> Named | None:
        """A style by its id."""
        return self.known.get(key)

    def of(self, paragraph: Element) -> str:
        """The style id of a paragraph."""
        return value(paragraph, f"{W}pPr/{W}pStyle") or self.default

    def chain(self, key: str | None) -> Iterator[Named]:
        """A style and those it is based on, nearest first."""
        for _ in range(CHAIN):
            style = self.known.get(key or "")
            if style is None:
                return
            yield style
            key = style.base

    def paragraph_value(self, paragraph: Element, path: str, attribute: str = "val") -> str | None:
        """An attribute of a paragraph property: the paragraph's own, else the nearest style's."""
        own = paragraph.find(W + "pPr")
        for properties in (own, *(style.paragraph for style in self.chain(self.of(paragraph)))):
            found = None if properties is None else properties.find(path)
            if found is not None and found.get(W + attribute) is not None:
                return found.get(W + attribute)
        return None

    def run_properties(self, run: Element, paragraph_style: str) -> Iterator[Element]:
        """The w:rPr elements that speak for a run, nearest first."""
        own = run.find(W + "rPr")
        if own is not None:
            yield own
        for key in (value(own, W + "rStyle"), paragraph_style):
            yield from (style.run for style in self.chain(key) if style.run is not None)
        if self.defaults is not None:
            yield self.defaults

    def is_on(self, run: Element, paragraph_style: str, path: str) -> bool:
        """Whether a toggle (w:b, w:vanish) is on for a run."""
        for properties in self.run_properties(run, paragraph_style):
            found = switched(properties, path)
            if found is not None:
                return found
        return False

    def size(self, run: Element, paragraph_style: str) -> float:
        """A run's size in points."""
        for properties in self.run_properties(run, paragraph_style):
            half = whole(value(properties, W + "sz"))
            if half:
                return half / 2
        return USUAL_SIZE

    def style(self, paragraph: Element, *, size: float, bold: bool) -> Style:
        """The Style of a paragraph whose runs are of ``size`` and ``bold``."""
        align = self.paragraph_value(paragraph, W + "jc") or ""
        named = self.known.get(self.of(paragraph))
        return Style(
            size=size,
            bold=bold,
            centred=align in ("center", "distribute"),
            right=align in ("right", "end"),
            indent=self._indent(paragraph, size),
            name=named.name if named else "",
            outline_level=self._outline(paragraph),
        )

    def _indent(self, paragraph: Element, size: float) -> float:
        """First-line indent in characters."""
        characters = whole(self.paragraph_value(paragraph, W + "ind", "firstLineChars"))
        if characters:
            return characters / 100
        twips = whole(self.paragraph_value(paragraph, W + "ind", "firstLine"))
        return round(twips / TWIPS_PER_POINT / (size or USUAL_SIZE), 1) if twips else 0.0

    def _outline(self, paragraph: Element) -> int | None:
        """Outline level from 0, None for body text."""
        level = whole(self.paragraph_value(paragraph, W + "outlineLvl"))
        if level is None:
            names = (style.name for style in self.chain(self.of(paragraph)))
            level = next((int(found.group(1)) - 1 for name in names if (found := HEADING_NAME.match(name))), None)
        return level if level is not None and level < BODY_OUTLINE else None


def _named(element: Element) -> Named:
    """One w:style."""
    numbering = element.find(f"{W}pPr/{W}numPr")
    return Named(
        key=element.get(W + "styleId", ""),
        name=value(element, W + "name") or "",
        base=value(element, W + "basedOn") or "",
        numbering=value(numbering, W + "numId"),
        level=whole(value(numbering, W + "ilvl")),
        paragraph=element.find(W + "pPr"),
        run=element.find(W + "rPr"),
    )
