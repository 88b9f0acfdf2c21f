"""Recognised characters to text fit for reading on: brackets and commas of the right width, unsure digits marked."""

import re
from collections.abc import Sequence

from digest.ingest.ocr_engine import Reading

UNSURE_NUMBER = 0.9  # right digits of 20 real and drawn pages were nearly all above it
UNSURE_WORD = 0.6
NUMBER = re.compile(r"[0-9０-９%％‰〇零一二三四五六七八九十百千万亿两]|(?<=\d)[.,](?=\d)")
WORD = re.compile(r"[^\W\d_]")
FOLIO = re.compile(r"[\s.·一—–\-－_~]*?([一—–\-－])[\s.·]*(\d{1,3})[\s.·]*[一—–\-－][\s.·一—–\-－_~]*")
SPECK = re.compile(r"(?<=[\u3400-\u9fff，、；：）》”])[.·](?=[\u3400-\u9fff（《“])")
LABEL = re.compile(r"\s*[（(]?[一二三四五六七八九十]{1,3}[）)]?[.·]")
HAN = re.compile("[\u3400-\u9fff\uff01-\uff5e\u3001-\u301f“”‘’]")
WIDE = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}


def joined(pieces: Sequence[tuple[str, Reading]]) -> tuple[str, list[float]]:
    """Pieces with what stands between them to one text and the confidence of each of its characters."""
    text, sure = "", []
    for between, reading in pieces:
        text += between + reading.text
        sure += [1.0] * len(between) + list(reading.sure)
    return text, sure


def without_specks(text: str, sure: Sequence[float]) -> tuple[str, list[float]]:
    """The text without lone dots between Han characters: dirt on the paper; the dot of a label at the start stays."""
    label = LABEL.match(text)
    specks = {found.start() for found in SPECK.finditer(text) if not label or found.start() >= label.end()}
    kept = [index for index in range(len(text)) if index not in specks]
    return "".join(text[index] for index in kept), [sure[index] for index in kept]


def folio(text: str) -> str:
    """A page number between dashes as it is printed, ``— 5 —``; the recogniser takes its dashes for 一."""
    found = FOLIO.fullmatch(text)
    return f"— {found[2]} —" if found else ""


def widened(text: str) -> str:
    """Marks beside Han characters made full width, one for one: the recogniser mixes both widths at random."""
    chars = list(text)
    for index, char in enumerate(chars):
        if char in WIDE and _beside_han(chars, index):
            chars[index] = WIDE[char]
    return "".join(_paired(chars))


def _beside_han(chars: list[str], index: int) -> bool:
    """Whether the nearest visible neighbour on either side is a Han character or a full-width mark."""
    before = next((char for char in reversed(chars[:index]) if char != " "), "")
    after = next((char for char in chars[index + 1 :] if char != " "), "")
    return bool(HAN.match(before) or HAN.match(after))


def _paired(chars: list[str]) -> list[str]:
    """Brackets of one pair made the same width: full where either is."""
    opened: list[int] = []
    for index, char in enumerate(chars):
        if char in "(（":
            opened.append(index)
        elif char in ")）" and opened:
            start = opened.pop()
            if "（" in chars[start] or "）" in char:
                chars[start], chars[index] = "（", "）"
    return chars


def doubtful_ranges(text: str, sure: Sequence[float]) -> tuple[tuple[int, int], ...]:
    """Ranges of characters that may be wrong: digits and numerals more strictly than words, marks never."""
    numbers = {place for found in NUMBER.finditer(text) for place in range(*found.span())}
    ranges: list[tuple[int, int]] = []
    for index, char in enumerate(text):
        bound = UNSURE_NUMBER if index in numbers else UNSURE_WORD if WORD.match(char) else 0.0
        if sure[index] >= bound:
            continue
        if ranges and ranges[-1][1] == index:
            ranges[-1] = (ranges[-1][0], index + 1)
        else:
            ranges.append((index, index + 1))
    return tuple(ranges)
