"""Mails: greetings, good wishes, signatures and disclaimers are cut; what a forwarder added is kept as the local layer."""

import re
from collections.abc import Sequence

from digest.model.document import Document, PartKind
from digest.model.outline import Passage
from digest.structure.numbering import read_label
from digest.zh.lexicon import Lexicon

SHORT = 60  # characters; the lines of a signature are short
RULER = re.compile(r"^[-_=—*~]{3,}$")
CHAIN = re.compile(r"^-*(?:原始邮件|邮件原件|转发邮件|转发的邮件|original message|forwarded message)-*$", re.I)
NAMES = re.compile(r"^(?:[\u4e00-\u9fff]{2,4}|[^。；！？]{2,50}(?:银行|分行|支行|部|中心|科|处|室|公司)[^。；！？]{0,12})$")


def mail_passages(document: Document, passages: Sequence[Passage], lexicon: Lexicon, paper: int) -> set[int]:
    """Numbers of the passages of mails that say nothing: greeting, wishes, signature block, disclaimer."""
    mails = {part.number for part in document.parts if part.kind is PartKind.MAIL}
    found: set[int] = set()
    closing: int | None = None  # part whose signature block has begun
    for passage in passages:
        if passage.part not in mails:
            continue
        if is_small_talk(passage, lexicon) or (closing == passage.part and is_signature(passage, lexicon)):
            found.add(passage.number)
            closing = passage.part if ends_text(passage, lexicon) or closing == passage.part else closing
        else:
            closing = None
    return found | last_names(passages, mails - {paper})


def is_small_talk(passage: Passage, lexicon: Lexicon) -> bool:
    """Whether a passage only greets, thanks, signs or disclaims."""
    text = passage.text
    if RULER.match(text) or CHAIN.match(text) or lexicon.cues["问候"].search(text):
        return True
    return lexicon.cues["落款"].search(text) is not None and read_label(passage.text) is None


def ends_text(passage: Passage, lexicon: Lexicon) -> bool:
    """Whether only a signature can follow."""
    text = passage.text
    return RULER.match(text) is not None or lexicon.cues["落款"].search(text) is not None


def is_signature(passage: Passage, lexicon: Lexicon) -> bool:
    """Whether a line can belong to a signature block."""
    return len(passage.text) <= SHORT and not passage.text.endswith(("。", "；")) and read_label(passage.text) is None


def last_names(passages: Sequence[Passage], parts: set[int]) -> set[int]:
    """Names of people and offices at the end of each forwarded layer."""
    found: set[int] = set()
    for part in parts:
        for passage in reversed([passage for passage in passages if passage.part == part]):
            if not NAMES.match(passage.text) and not RULER.match(passage.text):
                break
            found.add(passage.number)
    return found
