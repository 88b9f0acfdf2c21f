"""The journal: one event per step, file and run, with its time and counts; for people by ``-v``, for programs by ``--log-json``.

An event holds numbers, names of steps and the file's own name, never text of a document, a folder or a password: what an
ordinary log message says with its arguments filled in stays out of the JSON, only its fixed wording goes in. docs/logs.md
lists the fields.
"""

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from digest.errors import UsageError

logger = logging.getLogger(__name__)
Value = str | int | float | bool


@contextmanager
def step(number: int, name: str, file: str) -> Iterator[dict[str, Value]]:
    """Time one step of one file; the caller adds its counts to the dictionary, and ``ms`` where it ran in another process.

    A step of no file (loading ahead) is not noted.
    """
    counts: dict[str, Value] = {}
    begun = time.perf_counter()
    try:
        yield counts
    except Exception as error:
        counts["error"] = type(error).__name__
        raise
    finally:
        if file:
            note("step", step=number, name=name, file=file, **({"ms": milliseconds(begun)} | counts))


def milliseconds(begun: float) -> float:
    """The time since a moment of ``time.perf_counter``."""
    return round(1000 * (time.perf_counter() - begun), 1)


def note(event: str, **fields: Value) -> None:
    """Put one event on the journal."""
    told = " ".join(f"{key}={value}" for key, value in fields.items())
    logger.info("%s %s", event, told, extra={"event": {"event": event, **fields}})


def open_json(target: str) -> logging.Handler:
    """A handler that writes events as JSON lines to the end of a file, or to standard error for ``-``.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        handler: logging.Handler = logging.StreamHandler(sys.stderr) if target == "-" else logging.FileHandler(Path(target), "a", "utf-8")
    except OSError as error:
        raise UsageError(f"--log-json：{target} 写不进去（{error.strerror}）。请换一个文件夹，或写 - 输出到屏幕。") from error
    handler.setFormatter(JsonLine())
    return handler


class JsonLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The event's fields; of any other record its level, its module and its fixed wording."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields = getattr(record, "event", None) or message(record)
        if record.exc_info and record.exc_info[0]:
            fields = fields | {"error": record.exc_info[0].__name__}
        return json.dumps({"time": moment.replace("+00:00", "Z"), **fields}, ensure_ascii=False)


def message(record: logging.LogRecord) -> dict[str, Value]:
    """An ordinary log record as an event: its wording without what was filled in; of other libraries not even that."""
    ours = record.name.startswith("digest.")
    return {"event": "message", "level": record.levelname.lower(), "module": record.name, "text": str(record.msg) if ours else ""}
