"""Many files: each gives an Outcome, and a bad one never stops the rest."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.batch.job import Job
    from digest.batch.task import Result
    from digest.options import Options


def make_one(data: bytes, name: str, options: "Options | None" = None) -> "Result":
    """One file's bytes to a plain, picklable Result with its sheets' bytes: for Dask, Spark, Celery or a plain loop.

    The first call in a process loads lexicon, weights and designs; later ones are warm. No fault of the file is raised: see
    ``Result.state`` and ``Result.fault``. The file is read in a limited child process, so the caller's process must be allowed
    children (``Options(guarded=False)`` reads it in this one).
    """
    from digest.batch.one import make_one as make
    from digest.options import Options

    return make(data, name, _job(options or Options()))


@lru_cache(maxsize=4)
def _job(options: "Options") -> "Job":
    """The warm job of this process for these options."""
    from digest.batch.one import ready_job

    return ready_job(options)
