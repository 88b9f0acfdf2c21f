"""Files being read: a queue with progress and cancel; each is parsed only in a limited child process of its own."""

import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct, field

from digest.errors import DigestError, SecretDocument, TooMuch
from digest.ingest.child import ChildFailed, Worker, read_quietly
from digest.ingest.limits import limits
from digest.model.document import Document
from digest.model.source import Source
from digest.preview.taking import SECRET_TOLD, Result

logger = logging.getLogger(__name__)

MOST_WAITING = 60  # files: a folder of circulars, not a drive
MOST_KEPT = 200  # finished ones that are still listed
WAITING, READING, UNDERSTANDING, DONE, REFUSED, CANCELLED = "waiting", "reading", "understanding", "done", "refused", "cancelled"
OVER = (DONE, REFUSED, CANCELLED)


class Cancelled(Exception):
    """The user does not want this file any more."""


class Job(Struct, kw_only=True):
    """One file on its way in. ``reason`` is the sentence for a refusal, ``code`` its kind, ``draft`` what came out."""

    id: int
    name: str
    who: str
    stage: str = WAITING
    pages: int = 0
    reason: str = ""
    code: str = ""
    draft: int = 0
    source: int = 0
    known: bool = False  # the same file was here before
    begun: float = 0.0
    ended: float = 0.0
    given: Source | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)


Reader = Callable[[Source], Document]


class Work(Protocol):
    """What is done with a file: it gets a reader that can be stopped, and says when reading is over."""

    def __call__(self, source: Source, reader: Reader, who: str) -> Result:
        """Take a file in."""


class Jobs:
    """The queue and the one thread that works on it: OCR takes all processors anyway."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._numbers = itertools.count(1)
        self._queue: queue.Queue[Job | None] = queue.Queue()
        self._jobs: dict[int, Job] = {}
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._current: Job | None = None
        self._thread = threading.Thread(target=self._serve, name="reading", daemon=True)
        self._thread.start()

    def add(self, source: Source, who: str) -> Job:
        """Queue a file.

        Raises:
            TooMuch: too many are waiting.
        """
        with self._lock:
            if sum(1 for job in self._jobs.values() if job.stage not in OVER) >= MOST_WAITING:
                raise TooMuch(f"排队的文件已有 {MOST_WAITING} 个。请等读完一些再放。")
            job = Job(id=next(self._numbers), name=source.name, who=who, given=source, begun=time.time())
            self._jobs[job.id] = job
            for old in [each for each in self._jobs.values() if each.stage in OVER][:-MOST_KEPT]:
                del self._jobs[old.id]
        self._queue.put(job)
        return job

    def all(self) -> list[Job]:
        """Every file, the first first."""
        with self._lock:
            return list(self._jobs.values())

    def get(self, number: int) -> Job | None:
        """One file."""
        with self._lock:
            return self._jobs.get(number)

    def cancel(self, number: int) -> None:
        """Stop one; its child process ends at once."""
        job = self.get(number)
        if job is None or job.stage in OVER:
            return
        job.cancelled.set()
        if job.stage == WAITING:
            finish(job, CANCELLED)
        elif job is self._current and self._worker is not None:
            self._worker.process.kill()

    def close(self) -> None:
        """End the thread and its child."""
        for job in self.all():
            self.cancel(job.id)
        self._queue.put(None)
        self._thread.join(5)
        if self._worker is not None:
            self._worker.stop()

    def _serve(self) -> None:
        """Take one file after the other."""
        while (job := self._queue.get()) is not None:
            if job.stage == WAITING:
                self._current = job
                self._run(job)
                self._current = None

    def _run(self, job: Job) -> None:
        """Read a file and note what became of it."""
        source, job.stage = job.given, READING
        assert source is not None
        try:
            result = self.work(source, lambda given: self._read(job, given), job.who)
            job.source, job.draft, job.known = result.source, result.draft, result.known
            finish(job, DONE)
        except Cancelled:
            finish(job, CANCELLED)
        except DigestError as error:
            refuse(job, error)
        except Exception:
            logger.exception("a file could not be taken in: our own fault")
            refuse(job, TooMuch(f"《{job.name}》处理时程序出错了，这是程序的问题，不是文件的问题。请把文件类型反馈给维护者。"))
        finally:
            job.given = None  # the bytes are in the archive, or nobody's business

    def _read(self, job: Job, source: Source) -> Document:
        """Step 1 in a child that can be stopped."""
        worker = self._fresh(job)
        try:
            document = worker.run(read_quietly, source, True, seconds=limits().seconds, total=limits().total_seconds)
        except (ChildFailed, OSError, ValueError) as error:
            self._worker = None
            if job.cancelled.is_set():
                raise Cancelled from error
            raise TooMuch(f"《{source.name}》读得太久或让读取程序停止了，已隔离，不影响其他文件。请用原来的软件打开检查，另存后再试。") from error
        if not isinstance(document, Document):
            raise TooMuch(f"《{source.name}》读出的结果不对，已隔离。请另存后再试。")
        job.stage = UNDERSTANDING
        return document

    def _fresh(self, job: Job) -> Worker:
        """A usable child whose signs of life count this file's pages."""
        if self._worker is None or not self._worker.usable:
            if self._worker is not None:
                self._worker.stop()
            self._worker = Worker()

        def heard() -> None:
            """One more page."""
            job.pages += 1

        self._worker.heard = heard
        if job.cancelled.is_set():
            raise Cancelled
        return self._worker


def finish(job: Job, stage: str) -> None:
    """Note that a file is through."""
    job.stage, job.ended = stage, time.time()


def refuse(job: Job, error: DigestError) -> None:
    """Note why a file was refused; of a secret one not even the name is kept."""
    job.reason, job.code = str(error), type(error).__name__
    if isinstance(error, SecretDocument):
        job.name = "（涉密文件）"
        job.reason = SECRET_TOLD
    finish(job, REFUSED)
