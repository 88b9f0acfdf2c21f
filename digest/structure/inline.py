"""Lists inside one paragraph (一是…；二是…, （一）…；（二）…) to a range and a node for each item."""

import re
from collections.abc import Sequence

from msgspec import Struct

from digest.model.outline import Node, NodeKind
from digest.structure.numbering import BY_KEY, CIRCLED, COUNT, Label, display, ordinal

BEHIND = r"(?:(?<=[：；。，、:;])|(?<=[：；。，、:;] ))"
MARKERS = {
    "一是": re.compile(rf"{BEHIND}([一二三四五六七八九十]{{1,2}})(?:是|要)(?=[^否])"),
    "首先": re.compile(rf"{BEHIND}(首先|其次|再次|最后)[，,]?"),
    "第一，": re.compile(rf"{BEHIND}第([一二三四五六七八九十])[，,、]"),
    "第一步": re.compile(rf"{BEHIND}第([一二三四五六七八九十])步[，,：:]"),
    "（一）": re.compile(rf"{BEHIND}[（(]([{COUNT}]{{1,3}})[）)](?![项款目])"),
    "（1）": re.compile(rf"{BEHIND}[（(](\d{{1,2}})[）)](?![项款目])"),
    "1.": re.compile(r"(?<=[：；。:;])(\d{1,2})[.．、](?![\d])"),
    "1)": re.compile(r"(?<=[：；。:;])(\d{1,2})[）)]"),
    "①": re.compile(rf"([{CIRCLED}])"),
}
NEED = 2  # items
# one sentence: a short stem, a colon, and at least three clauses parted by semicolons; no quotes, they have their own order
COLON_LIST = re.compile(r"([^，。；：“”]{2,24}：)((?:[^。；：“”]{4,}；){2,}[^。；：“”]{4,}。?)")
NO_MARK = Label(style="", kind=NodeKind.INLINE, text="", ordinal=0, end=0)


class Range(Struct, frozen=True, kw_only=True):
    """A stretch of a passage and the node it belongs to; ``item`` marks list items."""

    start: int
    end: int
    node: int
    item: bool = False


def find_items(text: str, start: int, label: Label | None) -> list[tuple[Label, int]]:
    """The labels of a list inside text[start:], each with where it begins; numbers must follow one another."""
    for key, pattern in MARKERS.items():
        goes_on = label is not None and label.style == key
        wanted = label.ordinal + 1 if goes_on and label else 1
        found: list[tuple[Label, int]] = []
        for hit in pattern.finditer(text, start):
            number = ordinal(hit.group(1))
            if number == wanted or (key == "首先" and found and number > wanted - 1):
                mark = Label(style=key, kind=BY_KEY[key].kind, text=display(hit.group()), ordinal=number, end=hit.end())
                found.append((mark, hit.start()))
                wanted = number + 1
        if len(found) >= (NEED - 1 if goes_on else NEED):
            return found
    return []


def split_inline(nodes: list[Node], node: int, text: str, start: int, *, label: Label | None) -> list[Range]:
    """A passage's text to ranges; without a list inside it is one range. New nodes are added to ``nodes``."""
    items = find_items(text, start, label)
    if not items:
        return split_colon(nodes, node, text, start)
    sibling = label is not None and label.style == items[0][0].style
    parent = nodes[node].parent if sibling else node
    ranges = [Range(start=start, end=items[0][1], node=node, item=sibling)] if items[0][1] > start else []
    borders = [begin for _, begin in items[1:]] + [len(text)]
    for (mark, _), border in zip(items, borders, strict=True):
        number = add_node(nodes, node if parent is None else parent, mark)
        ranges.append(Range(start=mark.end, end=border, node=number, item=True))
    return close_last(text, ranges, items, node)


def split_colon(nodes: list[Node], node: int, text: str, start: int) -> list[Range]:
    """印章保管：印、证是否分管；离岗是否上锁；… is a stem with items that carry no numbers."""
    found = COLON_LIST.match(text, start)
    if not found:
        return [Range(start=start, end=len(text), node=node)]
    ranges = [Range(start=start, end=found.start(2), node=node)]
    for clause in re.finditer(r"[^；]+；?", found.group(2)):
        number = add_node(nodes, node, NO_MARK)
        ranges.append(Range(start=found.start(2) + clause.start(), end=found.start(2) + clause.end(), node=number, item=True))
    return [*ranges, Range(start=found.end(), end=len(text), node=node)] if found.end() < len(text.rstrip()) else ranges


def close_last(text: str, ranges: list[Range], items: Sequence[tuple[Label, int]], node: int) -> list[Range]:
    """What stands behind the last item's full stop belongs to the paragraph again, if the items are parted by semicolons."""
    last = ranges[-1]
    stop = text.find("。", last.start)
    parted = all(text[begin - 1] in "；;" for _, begin in items[1:])
    if not parted or stop < 0 or stop + 1 >= len(text.rstrip()):
        return ranges
    return [*ranges[:-1], Range(start=last.start, end=stop + 1, node=last.node, item=True), Range(start=stop + 1, end=last.end, node=node)]


def add_node(nodes: list[Node], parent: int, mark: Label) -> int:
    """A node for one item; 一是 adds nothing to the path."""
    path = nodes[parent].path
    shown = "" if mark.kind is NodeKind.INLINE else mark.text
    nodes.append(Node(number=len(nodes), parent=parent, kind=mark.kind, label=mark.text, path=path + shown, part=nodes[parent].part))
    return len(nodes) - 1
