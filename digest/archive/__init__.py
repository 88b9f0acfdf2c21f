"""The archive (历史库): sources, drafts, sheets and hand-outs in one SQLite file or a PostgreSQL database; red documents never enter.

``archive.open_store(address)`` is the door; the modules beside it hold the acts by subject, each taking the Store first.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.archive.store import Store


def open_store(address: str | Path) -> "Store":
    """Open the archive at ``address`` (a file's path, or ``postgresql://…``), creating it or bringing it up to date.

    Raises:
        ArchiveError: it is damaged, locked, not to be reached, or from a newer version of this program.
        MissingTool: PostgreSQL's driver is not installed.
        UsageError: the address carries a password.
    """
    from digest.archive.store import Store

    return Store(address)
