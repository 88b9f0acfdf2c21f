"""Tasks one after another in this process: the plainest of the three ways to attend to a batch."""

from collections.abc import Iterable

from digest.batch.one import make
from digest.batch.task import Crew, Results, Task


def attend(tasks: Iterable[Task], crew: Crew) -> Results:
    """Yield the Result of each task, in the same order."""
    for task in tasks:
        yield make(task, crew.job)
