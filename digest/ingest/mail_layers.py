"""A mail's body to its layers: what each forwarder wrote, and the older messages below, each with its own headers.

The outer layer often holds the only local deadline and the inner one the circular itself, so both are kept and told apart.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache

from msgspec import Struct, field
from msgspec.structs import replace

from digest import shipped
from digest.model.document import Block, BlockKind

HEADERS_WITHIN = 8  # lines that a header block takes at most
QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+")
EMPHASIS = "*_ \t\u3000"
SIGNATURE_LINES = 8
SIGNATURE_WIDTH = 60
SENTENCE = re.compile(r"[。；！？;!?：:]\s*$")
NUMBERED = re.compile(r"^\s*(?:第.{1,5}条|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])")
PERSON = re.compile(r"^[\u4e00-\u9fff]{2,4}$")
DATED = re.compile(r"\d{4}|^\s*On\s")
DAY = re.compile(r"^\s*(?:19|20)\d{2}\s*[年./-]")


class Layer(Struct):
    """One message of a chain with its blocks, outermost first in the list."""

    headers: tuple[tuple[str, str], ...] = ()
    blocks: list[Block] = field(default_factory=list)


class Words(Struct, frozen=True, kw_only=True):
    """mail.toml, compiled."""

    header: re.Pattern[str]
    names: dict[str, str]  # any spelling, lower case, to the one shown
    separators: re.Pattern[str]
    quotes: tuple[re.Pattern[str], ...]
    disclaimers: re.Pattern[str]
    rulers: re.Pattern[str]
    contacts: re.Pattern[str]
    not_signature: re.Pattern[str]
    offices: re.Pattern[str]


@cache
def words() -> Words:
    """The packaged mail.toml, read once."""
    table = tomllib.loads(shipped.text("ingest", "mail.toml"))
    names = {spelling.lower().replace(" ", ""): shown for shown, spellings in table["headers"].items() for spelling in spellings}
    spellings = sorted({spelling for each in table["headers"].values() for spelling in each}, key=len, reverse=True)
    furniture, chain = table["furniture"], table["chain"]
    return Words(
        header=re.compile(rf"^[*_\s]*({'|'.join(map(re.escape, spellings))})[*_\s]*[：:][*_]*\s*(.*)$", re.I),
        names=names,
        separators=_any(chain["separators"], whole=True),
        quotes=tuple(re.compile(each, re.I) for each in chain["quotes"]),
        disclaimers=_any(furniture["disclaimers"]),
        rulers=_any(furniture["rulers"], whole=True),
        contacts=_any(furniture["contacts"]),
        not_signature=_any(furniture["not_signature"]),
        offices=_any(furniture["offices"]),
    )


def _any(patterns: Sequence[str], *, whole: bool = False) -> re.Pattern[str]:
    """One pattern of several alternatives; a leading (?i) moves to the front."""
    bodies = [each.removeprefix("(?i)") for each in patterns]
    joined = "|".join(f"(?:{each})" for each in bodies)
    return re.compile(rf"^\s*(?:{joined})\s*$" if whole else joined, re.I)


def split_layers(blocks: Sequence[Block]) -> list[Layer]:
    """A body's blocks to its layers, from the outermost; quote marks (>) are taken off, separators become furniture."""
    layers = [Layer()]
    plain = [_unquoted(block) for block in blocks]
    at = 0
    while at < len(plain):
        if words().separators.match(plain[at].raw):
            layers[-1].blocks.append(replace(plain[at], kind=BlockKind.FURNITURE))
            at += 1
            if not _headers_at(plain, at)[1] and at < len(plain):
                layers.append(Layer())
            continue
        headers, taken = _headers_at(plain, at)
        if taken:
            layers.append(Layer(headers=headers))
            at += taken
            continue
        layers[-1].blocks.append(plain[at])
        at += 1
    for layer in layers:
        layer.blocks = _without_signature(layer.blocks)
    return [layer for place, layer in enumerate(layers) if place == 0 or layer.blocks or layer.headers]


def _unquoted(block: Block) -> Block:
    """A line without its quote marks."""
    return replace(block, raw=QUOTE.sub("", block.raw)) if block.raw.lstrip().startswith(">") else block


def _headers_at(blocks: Sequence[Block], at: int) -> tuple[tuple[tuple[str, str], ...], int]:
    """The header block that begins here, with how many blocks it takes; 0 where none does."""
    quoted = _quote_at(blocks, at)
    if quoted[1]:
        return quoted
    found: list[tuple[str, str]] = []
    place = at
    while place < min(len(blocks), at + HEADERS_WITHIN) and not blocks[place].cell:
        header = words().header.match(blocks[place].raw.strip(EMPHASIS))
        if header:
            found.append((words().names[header.group(1).lower().replace(" ", "")], header.group(2).strip(EMPHASIS)))
        elif found and _goes_on(found[-1], blocks[place].raw):
            found[-1] = (found[-1][0], f"{found[-1][1]} {blocks[place].raw.strip()}")
        else:
            break
        place += 1
    names = {name for name, _ in found}
    enough = "发件人" in names and len(names) >= 2 and bool(names & {"发送时间", "主题", "收件人"})
    return (tuple(found), place - at) if enough else ((), 0)


def _goes_on(header: tuple[str, str], line: str) -> bool:
    """Whether a line continues a list of addressees."""
    return header[0] in ("收件人", "抄送", "密送") and ("@" in line or header[1].endswith((";", "；", ",", "，"))) and len(line) < 400


def _quote_at(blocks: Sequence[Block], at: int) -> tuple[tuple[tuple[str, str], ...], int]:
    """A one-sentence header (在 … 写道：) on this line, or on this and the next one."""
    for count in (1, 2):
        text = " ".join(block.raw.strip() for block in blocks[at : at + count])
        if len(text) > 200 or at + count > len(blocks) or (count == 2 and not DATED.search(blocks[at].raw)):
            break
        for pattern in words().quotes:
            found = pattern.fullmatch(text.strip())
            if found:
                groups = found.groupdict()
                pairs = (("发件人", groups.get("name")), ("发送时间", groups.get("date")))
                return tuple((name, value.strip(' "“”<>')) for name, value in pairs if value), count
    return (), 0


def _without_signature(blocks: list[Block]) -> list[Block]:
    """The blocks with signature and disclaimer at the end made furniture; what is inside the text stays."""
    start = len(blocks)
    while start > 0 and _says_nothing(blocks[start - 1]):
        start -= 1
    start = _signature_start(blocks, start)
    head = [_as_furniture(block) if words().disclaimers.search(block.raw) and len(blocks) > 1 else block for block in blocks[:start]]
    return head + [_as_furniture(block) for block in blocks[start:]]


def _says_nothing(block: Block) -> bool:
    """Whether a block at the end is a separator, a ruler or a disclaimer."""
    return block.kind is BlockKind.FURNITURE or bool(words().disclaimers.search(block.raw) or words().rulers.match(block.raw))


def _signature_start(blocks: Sequence[Block], end: int) -> int:
    """Where the signature block that reaches to ``end`` begins; ``end`` where there is none."""
    start = end
    while start > max(0, end - SIGNATURE_LINES) and _can_sign(blocks[start - 1]):
        start -= 1
    lines = blocks[start:end]
    ruled = [place for place, block in enumerate(lines) if words().rulers.match(block.raw)]
    if ruled:
        return start + ruled[0]
    if not any(words().contacts.search(block.raw) for block in lines):
        return end
    while start < end and not _is_signing(blocks[start]):
        start += 1
    return start


def _can_sign(block: Block) -> bool:
    """Whether a line can belong to a signature: short, no sentence, no number, no day."""
    text = block.raw.strip()
    if block.cell or len(text) > SIGNATURE_WIDTH or NUMBERED.match(text) or DAY.match(text) or words().not_signature.search(text):
        return False
    return bool(words().rulers.match(text)) or SENTENCE.search(text) is None


def _is_signing(block: Block) -> bool:
    """Whether a line looks like a signature itself: a name, an office, a way to reach somebody."""
    text = block.raw.strip()
    return bool(PERSON.match(text) or words().contacts.search(text) or words().offices.search(text.replace("\u3000", " ")))


def _as_furniture(block: Block) -> Block:
    """The same block, as furniture."""
    return replace(block, kind=BlockKind.FURNITURE, cell=None)
