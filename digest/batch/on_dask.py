"""Tasks on a Dask cluster: the same words as in_order and in_pool, and the only file that knows Dask.

The scheduler retries a task whose worker died and gives it up after ``allowed-failures`` deaths (KilledWorker). It suspects every
task that stood on the dead worker, so one that was given up is tried once more, alone, before it is called poison.
"""

import logging
import multiprocessing
import threading
import time
import uuid
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from queue import Empty, Queue
from typing import Any

from distributed import Client, KilledWorker, get_worker
from distributed.comm.core import CommClosedError
from distributed.diagnostics.plugin import WorkerPlugin

from digest import places
from digest.batch.job import Job
from digest.batch.limits import limits
from digest.batch.one import make, warm
from digest.batch.task import Crew, Result, Results, Task, failed, poison
from digest.errors import BrokenOff, DigestError, Unreadable, UsageError

TICK = 2.0  # seconds between looks at the cluster while nothing comes back
LOST = (CommClosedError, OSError, TimeoutError, RuntimeError, CancelledError)


def attend(tasks: Iterable[Task], crew: Crew) -> Results:
    """Yield the Result of each task as soon as it is there; a bounded number is under way.

    Raises:
        BrokenOff: the scheduler or the last worker is gone, or never was there.
        UsageError: the workers are not fit for the work.
    """
    with connected(crew.scheduler) as client:
        name = f"digest-{uuid.uuid4().hex}"
        register(client, Warm(crew.job, places.fingerprint()), name)
        try:
            yield from Window(client, name, crew).results(iter(tasks))
        finally:
            dismiss(client, name)


def dismiss(client: Any, name: str) -> None:
    """Take the plugin from the workers again; where the scheduler has just died there is nothing to take, and its death is told already."""
    if client.status == "running":
        with suppress(*LOST):
            client.unregister_worker_plugin(name)


class Warm(WorkerPlugin):
    """What a worker keeps between tasks: the job with lexicon, weights and designs."""

    def __init__(self, job: Job, rules: str) -> None:
        self.job = job
        self.rules = rules

    def setup(self, worker: Any) -> None:
        """Check that this worker is fit, and load everything once; called on every worker, also on those that come later.

        Raises:
            UsageError: it must not have children, or its digest is another version.
        """
        if multiprocessing.current_process().daemon and self.job.options.guarded:
            raise UsageError(
                "Dask 工作进程不许开子进程，来文就不能在受限的子进程里读。请先设环境变量 DASK_DISTRIBUTED__WORKER__DAEMON=False，再启动 dask worker。"
            )
        if places.fingerprint() != self.rules:
            raise UsageError(f"工作机 {worker.address} 上的 digest 与本机的不是同一版。请在所有机器上装同一版再试。")
        self.one_at_a_time = threading.Lock()
        warm(self.job)

    def __getstate__(self) -> dict[str, Any]:
        """What travels to the workers."""
        return {"job": self.job, "rules": self.rules}


def make_there(task: Task, name: str) -> Result:
    """What a worker runs for one task.

    Raises:
        BrokenOff: the worker was not made ready.
    """
    plugin = get_worker().plugins.get(name)
    if not isinstance(plugin, Warm):
        raise BrokenOff("有工作机没有准备好（见它自己的日志），已停止；做好的都在。修好后加 --resume 接着做。")
    if task.data is None and not task.path.exists():
        return failed(task, Unreadable(f"{task.path}：工作机看不到这个文件。请把共享文件夹挂到每台机器的同一路径，或加 --send-bytes 把文件发过去。"))
    with plugin.one_at_a_time:  # the reading child and the drawing libraries serve one file at a time
        return make(task, plugin.job)


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the scheduler, closed afterwards.

    Raises:
        BrokenOff: there is no scheduler at that address.
    """
    hush()
    try:  # Dask's door has no types
        client: Any = Client(address, timeout=limits().connect_seconds, set_as_default=False)  # type: ignore[no-untyped-call,unused-ignore]
    except (*LOST, ValueError) as error:
        raise BrokenOff(f"连不上调度器 {address}。请检查地址、网络和 dask scheduler 是否在运行，再加 --resume 试一次。") from error
    try:
        yield client
    finally:
        client.close(timeout=limits().connect_seconds)


def hush() -> None:
    """Keep Dask's own loggers quiet in this process: their tracebacks say in English what we say in one sentence."""
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)


def register(client: Any, plugin: Warm, name: str) -> None:
    """Make every worker ready, those that join later too.

    Raises:
        BrokenOff: there are no workers.
        UsageError: a worker is not fit.
    """
    try:
        client.wait_for_workers(1, timeout=limits().connect_seconds)
        client.register_plugin(plugin, name=name)
    except LOST as error:
        raise BrokenOff("集群里没有可用的工作机。请启动 dask worker 后，加 --resume 再试。") from error


class Window:
    """The tasks under way on the cluster, and those that are suspected of killing workers."""

    def __init__(self, client: Any, name: str, crew: Crew) -> None:
        self.client = client
        self.name = name
        self.crew = crew
        self.under_way: dict[str, tuple[Task, Any]] = {}
        self.done: Queue[str] = Queue()
        self.suspects: deque[Task] = deque()
        self.threads = 1
        self.look_again = self.last_seen = time.monotonic()

    def results(self, tasks: Iterator[Task]) -> Iterator[Result]:
        """All tasks side by side, then the suspects one by one."""
        self.fill(tasks, self.width())
        while self.under_way:
            task, answer = self.next_answer()
            self.fill(tasks, self.width())
            if isinstance(answer, KilledWorker):
                self.suspects.append(task)
            else:
                yield self.told(task, answer)
        while self.suspects:
            self.submit(self.suspects.popleft())
            task, answer = self.next_answer()
            yield poison(task, limits().attempts) if isinstance(answer, KilledWorker) else self.told(task, answer)

    def width(self) -> int:
        """How many tasks to have under way, by what the cluster is now; asked again every few seconds.

        Raises:
            BrokenOff: the scheduler is gone, or there have been no workers for a while.
        """
        if time.monotonic() >= self.look_again:
            try:
                self.threads = sum(self.client.nthreads().values())
            except LOST as error:
                raise self.lost() from error
            self.look_again = time.monotonic() + TICK
            self.last_seen = time.monotonic() if self.threads else self.last_seen
        if time.monotonic() - self.last_seen > limits().alone_seconds:
            raise BrokenOff("集群里的工作机都不见了，已停止；做好的都在。恢复后加 --resume 接着做。")
        return max(1, limits().window_per_thread * self.threads)

    def fill(self, tasks: Iterator[Task], width: int) -> None:
        """Submit tasks until the window is full or there are none."""
        while len(self.under_way) < width and (task := next(tasks, None)):
            self.submit(task)

    def submit(self, task: Task) -> None:
        """Send one task off; its key comes back through the queue."""
        key = f"{self.name}-{task.number}-{uuid.uuid4().hex[:8]}"
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Sending large graph")  # a file sent as bytes is meant to travel
            future = self.client.submit(make_there, task, self.name, key=key, pure=False)
        self.under_way[key] = (task, future)
        future.add_done_callback(lambda done: self.done.put(done.key))

    def next_answer(self) -> tuple[Task, Any]:
        """The next task that is finished, with its Result or its exception.

        Raises:
            BrokenOff: scheduler or workers are gone.
        """
        key = None
        while key is None:
            try:
                key = self.done.get(timeout=TICK)
            except Empty:
                self.check()
        task, future = self.under_way.pop(key)
        if future.status not in ("finished", "error"):
            raise self.lost()
        try:
            return task, future.result()
        except (KilledWorker, DigestError) as error:
            return task, error
        except Exception as error:
            raise self.lost() from error

    def check(self) -> None:
        """Whether there is still somebody at work.

        Raises:
            BrokenOff: there is not.
        """
        if self.client.status != "running":
            raise self.lost()
        self.width()

    def told(self, task: Task, answer: Any) -> Result:
        """An answer as a Result; trouble of the cluster itself ends the batch."""
        if isinstance(answer, BrokenOff):
            raise answer
        return failed(task, answer) if isinstance(answer, DigestError) else answer

    def lost(self) -> BrokenOff:
        """What is said when the cluster is gone."""
        return BrokenOff(f"与调度器 {self.crew.scheduler} 的连接断了，已停止；做好的都在。恢复后加 --resume 接着做。")
