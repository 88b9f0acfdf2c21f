"""How often something may be tried: a sliding window per key, bounded in memory, pure but for its clock."""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from time import monotonic

MOST_KEYS = 5_000  # then the oldest key is forgotten: an attacker with many names must not fill the memory


class Limiter:
    """At most ``limit`` tries per key in ``seconds``; over all keys at most ``total``."""

    def __init__(self, limit: int, seconds: float, *, total: int, clock: Callable[[], float] = monotonic) -> None:
        self.limit, self.seconds, self.total, self.clock = limit, seconds, total, clock
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque()
        self._lock = threading.Lock()

    def allow(self, *keys: str) -> bool:
        """Whether one more try is allowed for all of the keys; an allowed one is counted, a refused one is not."""
        now = self.clock()
        with self._lock:
            self._expire(self._all, now)
            rows = [self._row(key, now) for key in keys]
            if len(self._all) >= self.total or any(len(row) >= self.limit for row in rows):
                return False
            for row in (*rows, self._all):
                row.append(now)
            return True

    def forgive(self, key: str) -> None:
        """Forget a key's tries: it got in."""
        with self._lock:
            self._tries.pop(key, None)

    def _row(self, key: str, now: float) -> deque[float]:
        """The tries of a key that still count."""
        row = self._tries.setdefault(key, deque())
        self._tries.move_to_end(key)
        while len(self._tries) > MOST_KEYS:
            self._tries.popitem(last=False)
        self._expire(row, now)
        return row

    def _expire(self, row: deque[float], now: float) -> None:
        """Drop what is too old."""
        while row and row[0] <= now - self.seconds:
            row.popleft()
