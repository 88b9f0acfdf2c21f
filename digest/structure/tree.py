"""Labels to the numbering tree: levels by order of appearance, so that skipped and odd levels are borne (domain.md 1.4)."""

import re
from collections.abc import Sequence

from msgspec import Struct

from digest.model.outline import Node, NodeKind, Passage
from digest.structure.numbering import Label

FRAME = {"附件": 0, "编": 1, "章": 2, "节": 3, "条": 4}  # levels with a fixed order; all others nest as they come
STEM_END = re.compile(r"[：:]$|(?:下列|以下|如下)[^。；]{0,30}[。；]?$")
SILENT = {NodeKind.INLINE, NodeKind.ROOT}
KEY = "key"
LONGEST_KEY = 10  # characters of a table row's name in a path
NOT_IN_PATH = {NodeKind.BOOK, NodeKind.CHAPTER, NodeKind.SECTION}


class Place(Struct, frozen=True, kw_only=True):
    """Where a passage stands: its node and where its text begins behind the label."""

    node: int
    start: int = 0


class Level(Struct):
    """One open level while the tree grows."""

    style: str
    node: int
    ordinal: int
    stem: bool = False  # its last passage introduces items


class Tree:
    """The numbering tree of one part while it grows; passages come in reading order."""

    def __init__(self, nodes: list[Node], part: int) -> None:
        """Open the part's root; ``nodes`` is shared by all parts."""
        self.nodes = nodes
        self.part = part
        self.root = self._add(None, NodeKind.ROOT)
        self.stack: list[Level] = []
        self.stem_at_root = False

    def place(self, passage: Passage, label: Label | None, ahead: Label | None) -> Place:
        """The place of the next passage; ``ahead`` is the next label that will come."""
        if label is None:
            self._return(ahead)
            node = self.stack[-1].node if self.stack else self.root
        else:
            self._pop(label)
            node = self._add(self._top(), label.kind, label.text)
            self.stack.append(Level(label.style, node, label.ordinal))
        self._note_stem(passage.text)
        return Place(node=node, start=label.end if label else 0)

    def place_key(self, passage: Passage) -> Place:
        """The place of a table row's short cells, which head its long ones."""
        self.leave_table()
        name = re.sub(r"^(?:第?[一二三四五六七八九十\d]{1,3}[、.．步环]|[（(][一二三四五六七八九十\d]{1,2}[)）])", "", passage.text)[:LONGEST_KEY]
        node = self._add(self._top(), NodeKind.HEADING, name)
        self.stack.append(Level(KEY, node, 0))
        return Place(node=node)

    def leave_table(self) -> None:
        """Close what was opened inside a table."""
        styles = [level.style for level in self.stack]
        if KEY in styles:
            del self.stack[styles.index(KEY) :]

    def leave(self) -> Place:
        """The place of a masthead element: outside all numbers, which end with it."""
        self.stack.clear()
        self.stem_at_root = False
        return Place(node=self.root)

    def _top(self) -> int:
        return self.stack[-1].node if self.stack else self.root

    def _note_stem(self, text: str) -> None:
        """Remember whether the passage ends like a stem."""
        stem = STEM_END.search(text) is not None
        if self.stack:
            self.stack[-1].stem = stem
        else:
            self.stem_at_root = stem

    def _pop(self, label: Label) -> None:
        """Close the levels that the label ends."""
        styles = [level.style for level in self.stack]
        if label.style in FRAME:
            self._pop_frame(label.style)
        elif label.style in styles:
            del self.stack[styles.index(label.style) :]
        elif label.style == "一、" and "条" in styles and label.ordinal > 1:
            del self.stack[styles.index("条") :]

    def _pop_frame(self, style: str) -> None:
        """A level with a fixed order closes its equals and all below; 一、 above 第一条 stays open (司法解释)."""
        keep = len(self.stack)
        while keep and not self._holds(self.stack[keep - 1], style):
            keep -= 1
        del self.stack[keep:]

    def _holds(self, level: Level, style: str) -> bool:
        """Whether an open level may hold one of this style."""
        if level.style in FRAME:
            return FRAME[level.style] < FRAME[style]
        return style == "条" and level.style == "一、" and not any(each.style == "条" for each in self.stack)

    def _return(self, ahead: Label | None) -> None:
        """A passage without number behind the last item of a list belongs to the list's holder (款)."""
        while self.stack and self._is_item(len(self.stack) - 1):
            level = self.stack[-1]
            if ahead and ahead.style == level.style and ahead.ordinal == level.ordinal + 1:
                return
            self.stack.pop()

    def _is_item(self, depth: int) -> bool:
        """Whether the level at this depth is an item: it hangs on a stem or is one of 一是, 二是."""
        level = self.stack[depth]
        if level.style in FRAME:
            return False
        above = self.stack[depth - 1].stem if depth else False
        return above or level.style == "一是" or (depth > 0 and self.stack[depth - 1].style == "条")

    def _add(self, parent: int | None, kind: NodeKind, label: str = "") -> int:
        """A new node with its path."""
        number = len(self.nodes)
        self.nodes.append(Node(number=number, parent=parent, kind=kind, label=label, path=self._path(parent, kind, label), part=self.part))
        return number

    def _path(self, parent: int | None, kind: NodeKind, label: str) -> str:
        """The label behind those of the nodes above that count for it."""
        if parent is None or kind in SILENT:
            return self.nodes[parent].path if parent is not None else ""
        above = self.nodes[parent]
        if kind is NodeKind.ARTICLE or kind in NOT_IN_PATH or re.match(r"\d+\.\d", label):
            annex = self._annex(parent)
            return f"{annex} {label}".strip()
        head = "" if above.kind in NOT_IN_PATH else above.path
        parted = above.kind is NodeKind.ANNEX or (head[-1:].isdigit() and label[:1].isdigit())
        return f"{head} {label}".strip() if parted else head + label

    def _annex(self, node: int | None) -> str:
        """The label of the annex a node stands in."""
        while node is not None:
            if self.nodes[node].kind is NodeKind.ANNEX:
                return self.nodes[node].path
            node = self.nodes[node].parent
        return ""


def grow(
    passages: Sequence[Passage], labels: Sequence[Label | None], outside: frozenset[int], cells: Sequence[str]
) -> tuple[tuple[Node, ...], tuple[Place, ...]]:
    """All passages with their labels to the nodes and the place of each passage.

    ``outside`` are the masthead's passages; ``cells`` says of each passage whether it heads (key) or fills (cell) a table.
    """
    nodes: list[Node] = []
    trees: dict[int, Tree] = {}
    places: list[Place] = []
    ahead = next_labels(passages, labels)
    for passage, label in zip(passages, labels, strict=True):
        tree = trees.get(passage.part) or trees.setdefault(passage.part, Tree(nodes, passage.part))
        if passage.number in outside:
            places.append(tree.leave())
        elif cells[passage.number] == KEY:
            places.append(tree.place_key(passage))
        else:
            if not cells[passage.number]:
                tree.leave_table()
            places.append(tree.place(passage, label, ahead[passage.number]))
    return tuple(nodes), tuple(places)


def next_labels(passages: Sequence[Passage], labels: Sequence[Label | None]) -> list[Label | None]:
    """For each passage the next label behind it in the same part."""
    found: list[Label | None] = []
    coming: dict[int, Label] = {}
    for passage, label in zip(reversed(passages), reversed(labels), strict=True):
        found.append(coming.get(passage.part))
        if label:
            coming[passage.part] = label
    return found[::-1]
