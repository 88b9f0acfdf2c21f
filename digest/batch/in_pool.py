"""Tasks in warm processes of this computer, each with its own limited reading child.

A worker that dies, or that is killed because it hangs, costs its file one of a few attempts; the file alone bears the guilt,
because a worker has only one. Own processes and not concurrent.futures, whose pool is lost as a whole with its first dead worker.
"""

import multiprocessing
import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait

from digest.batch.job import Job
from digest.batch.limits import limits
from digest.batch.one import make, warm
from digest.batch.task import Crew, Result, Results, Task, poison
from digest.errors import BrokenOff

READY = "ready"
GRACE = 5.0  # seconds in which an ended worker must be gone
SPAWN = multiprocessing.get_context("spawn")  # alike on all systems, and safe with threads


def attend(tasks: Iterable[Task], crew: Crew) -> Results:
    """Yield the Result of each task as soon as it is there; at most one task per worker is under way.

    Raises:
        BrokenOff: the workers do not even start.
    """
    pool = Pool(iter(tasks), crew)
    try:
        yield from pool.results()
    finally:
        pool.stop()


def serve(pipe: Connection, job: Job) -> None:
    """A worker's life: load everything, then make one task after the other until the parent goes away."""
    try:
        warm(job)
        pipe.send(READY)
        while True:
            pipe.send(make(pipe.recv(), job))
    except (EOFError, OSError):
        return  # the parent has gone, and with it the wish for more


class Worker:
    """One process with at most one task."""

    def __init__(self, job: Job) -> None:
        self.pipe, theirs = SPAWN.Pipe()
        self.process = SPAWN.Process(target=serve, args=(theirs, job))
        self.ready = False
        self.task: Task | None = None
        self.deadline = time.monotonic() + limits().task_seconds
        with interrupts_ignored():
            self.process.start()
        theirs.close()

    def give(self, task: Task) -> None:
        """Hand over a task; that the worker has died meanwhile is seen when it is next heard."""
        self.task = task
        self.deadline = time.monotonic() + limits().task_seconds
        try:
            self.pipe.send(task)
        except OSError:
            self.process.kill()

    def stop(self) -> None:
        """End the process."""
        self.pipe.close()
        self.process.kill()
        self.process.join(GRACE)


class Pool:
    """The workers and what they are at."""

    def __init__(self, tasks: Iterator[Task], crew: Crew) -> None:
        self.tasks = tasks
        self.crew = crew
        self.workers: list[Worker] = []
        self.queue: deque[Task] = deque()  # tasks for the next free workers, never more than there are workers
        self.died: Counter[int] = Counter()  # how often a task's worker died, by the task's number; only of tasks under way
        self.stillborn = 0

    def results(self) -> Iterator[Result]:
        """Give out tasks and collect, until there is neither."""
        self.give_out()
        while self.queue or any(worker.task for worker in self.workers):
            for worker in self.heard():
                result = self.hear(worker)
                self.give_out()
                if result:
                    yield result

    def give_out(self) -> None:
        """Give tasks to idle workers; start workers while there are tasks for them."""
        while len(self.queue) < self.crew.workers and (task := next(self.tasks, None)):
            self.queue.append(task)
        for worker in self.workers:
            if self.queue and worker.ready and not worker.task:
                worker.give(self.queue.popleft())
        starting = sum(not worker.ready for worker in self.workers)
        for _ in range(min(len(self.queue) - starting, self.crew.workers - len(self.workers))):
            self.workers.append(Worker(self.crew.job))

    def heard(self) -> list[Worker]:
        """The workers that say something, have died, or are out of time."""
        now = time.monotonic()
        busy = [worker for worker in self.workers if worker.task or not worker.ready]
        soonest = min((worker.deadline for worker in busy), default=now)
        speaking = wait([worker.pipe for worker in self.workers], max(0.0, soonest - now))
        return [worker for worker in self.workers if worker.pipe in speaking or (worker in busy and worker.deadline <= time.monotonic())]

    def hear(self, worker: Worker) -> Result | None:
        """What a worker says; of a dead one, what becomes of its task."""
        try:
            said = worker.pipe.recv() if worker.pipe.poll() else None
        except (EOFError, OSError):
            said = None
        if said == READY:
            worker.ready = True
            self.stillborn = 0
            return None
        if said is None:
            return self.bury(worker)
        worker.task = None
        self.died.pop(said.number, None)
        return said  # type: ignore[no-any-return]

    def bury(self, worker: Worker) -> Result | None:
        """Remove a dead or hanging worker; its task is tried again, or given up as poison.

        Raises:
            BrokenOff: worker after worker dies without having had a task.
        """
        worker.stop()
        self.workers.remove(worker)
        task = worker.task
        if task is None:
            self.stillborn += not worker.ready
            if self.stillborn >= limits().stillborn:
                raise BrokenOff("工作进程一启动就退出，已停止；做好的都在。请检查内存是否够用、减少 --workers，再加 --resume 接着做。")
            return None
        self.died[task.number] += 1
        if self.died[task.number] < limits().attempts:
            self.queue.appendleft(task)
            return None
        return poison(task, self.died.pop(task.number))

    def stop(self) -> None:
        """End every worker; half-written sheets lie in the staging folder only."""
        while self.workers:
            self.workers.pop().stop()


@contextmanager
def interrupts_ignored() -> Iterator[None]:
    """Children started inside never see Ctrl+C: the parent ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
