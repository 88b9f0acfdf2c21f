"""The archive (历史库): sources, drafts, sheets and hand-outs in one SQLite file; red documents never enter.

``archive.open_store(path)`` is the door; the modules beside it hold the acts by subject, each taking the Store first.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.archive.store import Store


def open_store(path: Path) -> "Store":
    """Open the archive at ``path``, creating it or bringing it up to date.

    Raises:
        ArchiveError: the file is damaged, locked, or from a newer version of this program.
    """
    from digest.archive.store import Store

    return Store(path)
