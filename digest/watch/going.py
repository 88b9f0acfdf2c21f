"""The loop: turn after turn until told to stop, or until everything that is there was dealt with."""

from collections.abc import Iterator
from threading import Event
from typing import Protocol

from digest.watch.telling import Told


class Watch(Protocol):
    """A folder or a mailbox."""

    @property
    def idle(self) -> bool:
        """Whether everything that lies there was dealt with."""

    def turn(self) -> Iterator[Told]:
        """Look once."""

    def rest(self) -> None:
        """Wait until it is time to look again, or until something new is told."""

    def close(self) -> None:
        """Let go of what is watched."""


def go(watch: Watch, stop: Event, *, once: bool = False) -> Iterator[Told]:
    """Watch until ``stop`` is set; with ``once`` only until nothing is left to do."""
    while not stop.is_set():
        yield from watch.turn()
        if once and watch.idle:
            return
        if not stop.is_set():
            watch.rest()
