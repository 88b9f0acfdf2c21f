"""The second process for a long PDF: it looks at the last pages while the first one looks at the others, each under the same limits.

The parent only passes on what it found, unopened; if it dies, hangs or refuses, the first process looks at those pages itself.
"""

import os
import pickle
from multiprocessing.connection import Connection
from typing import Any

from digest.errors import DigestError
from digest.ingest.limits import limits
from digest.model.source import Source

KILOBYTE = 1024
WANTED = "wanted"  # the first process asks the parent for what the second one found


def is_worth(suffix: str, size: int) -> bool:
    """Whether a file of that suffix and size in bytes is long enough for two, and there is a core for the second."""
    return suffix == "pdf" and size >= limits().aide_kilobytes * KILOBYTE and (os.cpu_count() or 1) > 1


def look_ahead(source: Source) -> Any:
    """What the second process runs: one look at the last pages; None where the file cannot be opened, which the first process tells."""
    from digest.ingest.read_pdf import look_ahead as look

    try:
        return look(source)
    except DigestError:
        return None


def begin(pipe: Connection, source: Source) -> None:
    """The parent gives the second process its work; one that died already is noticed when its answer is asked for."""
    try:
        pipe.send((look_ahead, (source,)))
    except OSError:
        return


def found(pipe: Connection, seconds: float) -> bytes | None:
    """What the second process answered, as it came; None where it died or is silent for so many seconds."""
    try:
        return pipe.recv_bytes() if pipe.poll(seconds) else None
    except (EOFError, OSError):
        return None


def ask(pipe: Connection) -> Any:
    """The first process asks its parent; None where there is no answer, or another than that the work is done."""
    pipe.send_bytes(pickle.dumps((WANTED, None)))
    answer = pipe.recv()
    if answer is None:
        return None
    kind, pages = pickle.loads(answer)  # of a process as confined as this one, that read the same file
    return pages if kind == "done" else None
