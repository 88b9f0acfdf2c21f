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
