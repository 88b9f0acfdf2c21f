"""The bytes of an edited DOCX in; its fields, added lines and notes in reading order, and the draft it carries, out.

Fields are found by their content control, or where a program dropped that, by their bookmark. Tracked changes count as accepted.
Only the standard library and lxml read the file, with limits, because it comes from outside.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from digest.errors import Encrypted, TooMuch, Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
DRAFT = "{urn:digest:sheet}sheet"
MOST_BYTES = 20_000_000  # of one part when unpacked
OLE = b"\xd0\xcf\x11\xe0"  # what Word writes where a password protects the file
PREFIX = "digest_"
DROPPED = (f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}sdtPr")
BADGE = re.compile(r"[\s①-⑳×√\d.、．]*")  # a number as it stands before a line's tab
LEAD = re.compile(r"^\s*(?:[①-⑳×√]|\d{1,2}[.、．](?!\d))\s*")


class Found(Struct, frozen=True):
    """One paragraph or field: its key (empty for what was typed anew), its words, its style, the heading above it."""

    key: str
    text: str
    style: str
    heading: str = ""


class Token(Struct, frozen=True):
    """A piece of a paragraph: ``kind`` is text, tab, start (of a field's bookmark) or mark (what stands at a line's end)."""

    kind: str
    text: str = ""
    key: str = ""


class Returned(Struct, frozen=True):
    """What an edited file holds; ``draft`` is empty where it carries none."""

    found: tuple[Found, ...]
    draft: bytes
    keys: frozenset[str] = frozenset()  # of every field it was made with


def read_file(data: bytes, name: str) -> Returned:
    """The file's fields and draft.

    Raises:
        Encrypted: a password protects the file.
        Unreadable: not a DOCX, or damaged.
        TooMuch: a part is far larger than a page can be.
    """
    if data.startswith(OLE):
        raise Encrypted(f"{name}：文件加了密码，或者是旧版 .doc。请在 Word/WPS 里去掉密码、另存为 .docx 后再读回。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            styles = style_names(parse(part(package, "word/styles.xml", name))) if "word/styles.xml" in names else {}
            found = tuple(walk(parse(part(package, "word/document.xml", name)), styles))
            draft, keys = draft_of(package, [each for each in names if each.startswith("customXml/item") and each.endswith(".xml")], name)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable(f"{name}：不是 Word 文件（.docx），或者已经损坏（{type(error).__name__}）。请在 Word/WPS 里重新另存为 .docx。") from error
    return Returned(found, draft, keys)


def part(package: zipfile.ZipFile, path: str, name: str) -> bytes:
    """One part, within the limit.

    Raises:
        TooMuch: it is larger.
    """
    if package.getinfo(path).file_size > MOST_BYTES:
        raise TooMuch(f"{name}：文件里的 {path} 过大，不像是一页学习单。请检查是否选错了文件。")
    return package.read(path)


def parse(data: bytes) -> Any:
    """XML with nothing fetched and nothing expanded.

    Raises:
        ValueError: it is not well formed.
    """
    from lxml import etree

    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def draft_of(package: zipfile.ZipFile, paths: list[str], name: str) -> tuple[bytes, frozenset[str]]:
    """The draft among the file's own data parts, and the keys it was printed with; empty where there is none."""
    for path in sorted(paths):
        try:
            root = parse(part(package, path, name))
        except ValueError:
            continue
        if root.tag == DRAFT:
            return (root.text or "").encode(), frozenset(root.get("keys", "").split())
    return b"", frozenset()


def style_names(root: Any) -> dict[str, str]:
    """Style ids to the names a user sees; other programs change the ids only."""
    found = {}
    for style in root.iter(f"{W}style"):
        label = style.find(f"{W}name")
        found[style.get(f"{W}styleId", "")] = label.get(f"{W}val", "") if label is not None else ""
    return found


def walk(root: Any, styles: dict[str, str]) -> Iterator[Found]:
    """Every paragraph in reading order, each with the heading above it."""
    heading = ""
    for paragraph in root.iter(f"{W}p"):
        if paragraph.getparent().tag in (f"{W}del", f"{W}moveFrom"):
            continue
        mark = paragraph.find(f"{W}pPr/{W}pStyle")
        style = styles.get(mark.get(f"{W}val", ""), "") if mark is not None else ""
        pieces = list(tokens(paragraph, "", styles))
        if style.startswith(("学习单栏目", "学习单台账分组")):
            heading = "".join(piece.text for piece in pieces).strip()
            continue
        yield from fields_of(pieces, style, heading)


def tokens(node: Any, key: str, styles: dict[str, str]) -> Iterator[Token]:
    """The pieces of a paragraph in order; what is deleted as a tracked change is passed over."""
    for child in node:
        if child.tag in DROPPED or not isinstance(child.tag, str):
            continue
        if child.tag == f"{W}r":
            yield from run_tokens(child, key, styles)
        elif child.tag == f"{W}bookmarkStart" and child.get(f"{W}name", "").startswith(PREFIX):
            yield Token("start", key=child.get(f"{W}name")[len(PREFIX) :].replace("_", "-"))
        elif child.tag == f"{W}sdt":
            yield from control_tokens(child, key, styles)
        else:
            yield from tokens(child, key, styles)


def control_tokens(control: Any, key: str, styles: dict[str, str]) -> Iterator[Token]:
    """A content control: a box to tick says nothing, an empty one nothing but its key."""
    about = control.find(f"{W}sdtPr")
    content = control.find(f"{W}sdtContent")
    if about is None or content is None or about.find(f"{W14}checkbox") is not None:
        return
    tag = about.find(f"{W}tag")
    name = tag.get(f"{W}val", "") if tag is not None else key
    yield Token("start", key=name)
    if about.find(f"{W}showingPlcHdr") is None:
        yield from tokens(content, name, styles)


def run_tokens(run: Any, key: str, styles: dict[str, str]) -> Iterator[Token]:
    """The pieces of one run."""
    face = run.find(f"{W}rPr/{W}rStyle")
    marked = face is not None and styles.get(face.get(f"{W}val", ""), "") == "学习单条末"
    for child in run:
        if child.tag == f"{W}t":
            yield Token("mark" if marked else "text", child.text or "", key)
        elif child.tag == f"{W}tab":
            yield Token("tab")
        elif child.tag == f"{W}noBreakHyphen":
            yield Token("text", "-", key)


def fields_of(pieces: list[Token], style: str, heading: str) -> Iterator[Found]:
    """The fields of one paragraph; a paragraph without any is one of the user's own."""
    starts = {piece.key: index for index, piece in reversed(list(enumerate(pieces))) if piece.key}
    if not starts:
        text = own_text(pieces)
        if text:
            yield Found("", text, style, heading)
        return
    places = sorted(starts.values())
    for key, first in sorted(starts.items(), key=lambda each: each[1]):
        later = [place for place in places if place > first]
        yield Found(key, words_of(pieces, opening(pieces, first), later[0] if later else len(pieces)), style, heading)


def opening(pieces: list[Token], first: int) -> int:
    """Where a field's words begin: at its start, or at what was typed between the number's tab and it."""
    before = first
    while before and pieces[before - 1].kind == "text" and not pieces[before - 1].key:
        before -= 1
    return before if before and pieces[before - 1].kind == "tab" else first


def words_of(pieces: list[Token], first: int, last: int) -> str:
    """The words from ``first`` up to the next tab, on one line."""
    found: list[str] = []
    for piece in pieces[first:last]:
        if piece.kind == "tab":
            break
        if piece.kind == "text":
            found.append(piece.text)
    return " ".join("".join(found).split())


def own_text(pieces: list[Token]) -> str:
    """What the user typed in a paragraph of his own, without a number in front."""
    kinds = [piece.kind for piece in pieces]
    text = words_of(pieces, 0, len(pieces))
    if "tab" in kinds and BADGE.fullmatch(text):
        text = words_of(pieces, kinds.index("tab") + 1, len(pieces))
    return LEAD.sub("", text).strip()
