"""Context: what a reader may know beyond the bytes: whether to use OCR, how deep it is, and how to read an inner file."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from digest.model.document import Document
from digest.model.source import Source

Aided = Callable[[], Any]


class Context(Struct, frozen=True, kw_only=True):
    """The circumstances of one reading.

    ``read_inner`` reads a file found inside this one (attachment, archive member) one level deeper; like every reader it
    raises a DigestError when it cannot. ``tick`` is called after each slow step (a page of OCR) as a sign of life.
    ``aided`` gives what a second process found on the last pages of this file; None where there is none to ask, or it failed.
    """

    ocr: bool = True
    depth: int = 0
    read_inner: Callable[[Source], Document]
    tick: Callable[[], None] = lambda: None
    aided: Aided | None = None
