"""One batch at a time in an output folder: a lock that the system itself lets go of when its holder dies."""

import os
from pathlib import Path
from typing import IO

from digest.errors import UsageError


def hold(path: Path) -> IO[bytes]:
    """Take the lock; it is held until the returned file is closed.

    Raises:
        UsageError: another batch is writing there.
    """
    file = path.open("ab")
    try:
        lock(file.fileno())
    except (BlockingIOError, PermissionError) as error:
        file.close()
        raise UsageError(f"{path.parent.parent}：另一个批处理正往这里写。请等它做完，或用 -o 换一个文件夹。") from error
    except OSError:
        pass  # a network share without locks: the user must see to it
    return file


def lock(descriptor: int) -> None:
    """Lock an open file, without waiting."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
