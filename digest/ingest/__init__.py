"""Step 1: Source in, Document out: what stands in the file, block by block, with page and place, nothing interpreted."""

from digest.model.document import Document
from digest.model.source import Source


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

    return read_in_child(source, ocr=ocr, seconds=seconds)


def prepare(name: str) -> None:
    """Start the child process for ``read_guarded`` and let it load what a file of that name will need; returns at once."""
    from digest.ingest.child import start

    start(name)
