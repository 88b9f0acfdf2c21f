"""Step 1: Source in, Document out: what stands in the file, block by block, with page and place, nothing interpreted."""

from collections.abc import Callable
from typing import TypeVar

from digest.model.document import Document
from digest.model.source import Source

T = TypeVar("T")


def read(source: Source, *, ocr: bool = True) -> Document:
    """Read one file, and the files in it, in this process; the format is told by content.

    Raises:
        DigestError: unknown format, damage, encryption, no text, or more than limits.toml allows.
    """
    from digest.ingest.dispatch import read_source

    return read_source(source, ocr=ocr)


def read_guarded(source: Source, *, ocr: bool = True, seconds: float | None = None) -> Document:
    """The same in a warm child process with limits on time, memory and output; ``seconds`` without a sign of life end it.

    Raises:
        DigestError: as ``read``; TooMuch where the child hung, crashed or ran out of memory.
    """
    from digest.ingest.child import read_in_child

    document: Document = read_in_child(source, ocr=ocr, seconds=seconds)
    return document


def read_guarded_then(source: Source, then: Callable[[Document], T], *, ocr: bool = True, seconds: float | None = None) -> T:
    """As ``read_guarded``, and what ``then`` makes of the document, in the same child and under the same limits.

    ``then`` is a function of a module, perhaps a partial of one; it gives plain values or values of the model.

    Raises:
        DigestError: as ``read_guarded``.
        RuntimeError: ``then`` failed; that is no fault of the file's.
    """
    from digest.ingest.child import read_in_child

    found: T = read_in_child(source, ocr=ocr, seconds=seconds, then=then)
    return found


def prepare(name: str, load: Callable[[], None] | None = None, *, size: int = 0) -> None:
    """Start the child process for ``read_guarded`` and let it load what a file of that name will need, and what else ``load`` loads; returns at once.

    A PDF whose ``size`` in bytes promises many pages gets a second process, which looks at the last ones.
    """
    from digest.ingest.child import start

    start(name, load, size)
