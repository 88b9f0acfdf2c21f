"""Lets ``python -m digest`` do what the ``digest`` command does."""

import atexit
import gc
import os
import sys
from contextlib import suppress

YOUNG = 50_000  # objects made before the collector looks: ours are values without cycles, and loading makes a million of them


def start() -> int:
    """Run the command as a process of its own."""
    status = [1]
    atexit.register(leave, status)  # the first registered is the last to run: children are ended, files closed and logs written by then
    from digest.cli import main  # not at the top: every child process that reads loads this file once more, and needs none of it

    gc.set_threshold(YOUNG)
    try:
        status[0] = main()
    except SystemExit as told:  # --version and words that cannot be parsed
        status[0] = told.code if isinstance(told.code, int) else int(told.code is not None)
        raise
    return status[0]


def leave(status: list[int]) -> None:
    """End the process: to free a million objects one by one, for nothing, would take a thirtieth of a short run."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # the reader (head, less) has gone, or there is no console
            stream.flush()
    os._exit(status[0])


if __name__ == "__main__":
    raise SystemExit(start())
