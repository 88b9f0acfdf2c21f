"""Tasks one after another in this process: the plainest of the three ways to attend to a batch."""

from collections.abc import Iterable, Iterator

from digest.batch.one import make
from digest.batch.task import Crew, Result, Task


def attend(tasks: Iterable[Task], crew: Crew) -> Iterator[Result]:
    """Yield the Result of each task, in the same order."""
    for task in tasks:
        yield make(task, crew.job)
