"""How a batch gets on, on stderr: one line that is rewritten on a terminal, a line now and then elsewhere."""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TextIO

from digest.batch.limits import limits
from digest.batch.task import Result, State

BAR, EVERY = 24, 0.2  # characters; seconds between two drawings on a terminal


class Progress:
    """Counts files and pages and tells what is left. The total is counted beside the work and may come late."""

    def __init__(self, files: Callable[[], Iterable[object]], out: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.out = out or sys.stderr
        self.clock = clock
        self.begun = self.told_at = clock()
        self.counts: Counter[State] = Counter()
        self.before = 0  # files that an earlier run had done
        self.pages = 0
        self.total: int | None = None
        self.live = self.out.isatty()
        self.counting = threading.Thread(target=self._count, args=(files,), daemon=True)
        self.counting.start()

    def _count(self, files: Callable[[], Iterable[object]]) -> None:
        """Count the files without keeping their names."""
        self.total = sum(1 for _ in files())

    @property
    def done(self) -> int:
        """Files that have had their turn, in this run or before."""
        return self.before + sum(self.counts.values())

    @property
    def failed(self) -> int:
        """Files without a sheet."""
        return self.counts[State.FAILED] + self.counts[State.POISON]

    def hear(self, result: Result | None) -> None:
        """Take note of a file; None is one that was done before."""
        if result is None:
            self.before += 1
        else:
            self.counts[result.state] += 1
            self.pages += result.pages if result.state is State.MADE else 0
            self._tell_at_once(result)
        if self.clock() - self.told_at >= (EVERY if self.live else limits().progress_seconds):
            self.tell()

    def _tell_at_once(self, result: Result) -> None:
        """A failure is told when it happens, not at the end of ten hours."""
        if result.fault and not result.same_as:
            self._clear()
            print(f"× {result.fault.words}", file=self.out, flush=True)

    def tell(self) -> None:
        """Draw or write the line."""
        self.told_at = self.clock()
        line = self.line()
        if self.live:
            print(f"\r\033[K{line}", end="", file=self.out, flush=True)
        else:
            print(line, file=self.out, flush=True)

    def line(self) -> str:
        """Files, pages, speed and time left."""
        total, done = self.total, self.done
        share = done / total if total else 0.0
        bar = f"[{'█' * int(BAR * share):·<{BAR}}] " if self.live and total else ""
        files = f"{done}/{total} 个文件" if total else f"{done} 个文件（正在清点）"
        return f"{bar}{files}，读了 {self.pages} 页，未成 {self.failed} 个，{self.left()}"

    def left(self) -> str:
        """The time left at the speed of this run."""
        here, spent = sum(self.counts.values()), self.clock() - self.begun
        if not here or not self.total:
            return f"已用 {duration(spent)}"
        return f"已用 {duration(spent)}，约还要 {duration(max(0, self.total - self.done) * spent / here)}"

    def close(self) -> None:
        """The last line."""
        self._clear()
        self.live = False

    def _clear(self) -> None:
        """Wipe the line, so that something else can be said."""
        if self.live:
            print("\r\033[K", end="", file=self.out, flush=True)


def duration(seconds: float) -> str:
    """Seconds as a person says them."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole} 秒"
    if whole < 3600:
        return f"{whole // 60} 分 {whole % 60} 秒"
    return f"{whole // 3600} 小时 {whole % 3600 // 60} 分"
