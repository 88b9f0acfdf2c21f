"""Blocks to lines: what is kept of each block once furniture is cut away, with the little that joining needs to know."""

import re
import unicodedata
from functools import cached_property, lru_cache

from msgspec import Struct

from digest.model.document import Block

CJK = r"\u3400-\u4dbf\u4e00-\u9fff"
MARKS = "，。；：？！、（）《》〈〉“”‘’〔〕【】…—·"
CLOSERS = "”’）)》〉】」』\"'"
TERMINALS = "。；：！？;!?:…"
TERMINAL = re.compile(rf"[{TERMINALS}][{CLOSERS}]*$|[\u3400-\u9fff]\.$")
LEADING = re.compile(r"[\s\u3000\xa0]*")


class Line(Struct, frozen=True, kw_only=True, dict=True):
    """Characters [start, end) of one block's raw text; ``gap``: a blank line stands before it, ``apart``: a table."""

    block: Block
    start: int
    end: int
    gap: bool = False
    apart: bool = False

    @cached_property
    def text(self) -> str:
        """The kept characters without blanks around them."""
        return self.block.raw[self.start : self.end].strip("\u3000\xa0 \t\r\n\ufeff")

    @cached_property
    def width(self) -> float:
        """How wide it is, in Chinese characters; blanks inside do not count, readers set them as they like."""
        return sum(1.0 if ord(letter) > 0x2E7F else 0.5 for letter in self.text if not letter.isspace())

    @cached_property
    def slack(self) -> float:
        """How far the width may be off: a figure or letter is set between half and a whole character wide."""
        return 0.5 * sum(letter.isascii() and letter.isalnum() for letter in self.text)

    @cached_property
    def indent(self) -> float:
        """Blanks before the text, in Chinese characters, or what the style says."""
        lead = LEADING.match(self.block.raw, self.start, self.end)
        blanks = lead.group() if lead else ""
        return max(sum(1.0 if blank == "\u3000" else 0.5 for blank in blanks), self.block.style.indent)

    @property
    def reach(self) -> float:
        """How far to the right it reaches."""
        return self.width + self.indent

    @cached_property
    def ends(self) -> bool:
        """Whether a mark that can end a paragraph stands at its end."""
        return TERMINAL.search(self.text) is not None


def is_chinese(letter: str) -> bool:
    """Whether a character is a Chinese one (no mark, no letter)."""
    return "\u4e00" <= letter <= "\u9fff" or "\u3400" <= letter <= "\u4dbf"


@lru_cache(maxsize=20_000)  # a line is asked about some ten times
def fold(text: str) -> str:
    """Text for recognising only: NFKC, without any blanks; never kept, because it may change lengths."""
    return re.sub(r"[\s\u3000\xa0]+", "", unicodedata.normalize("NFKC", text))
