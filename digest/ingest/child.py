"""Source to Document in a warm child process: a file that hangs, crashes or eats memory costs the child and one sentence.

POSIX: resource limits that the child sets on itself. Windows: a job object with a memory limit, made by the child for
itself. Everywhere: the parent ends a child that gives no sign of life, and starts a fresh one for the next file.
"""

import atexit
import gc
import io
import multiprocessing
import os
import pickle
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from digest import errors
from digest.ingest import child_aide
from digest.ingest.limits import MEGABYTE, limits
from digest.model.document import Document
from digest.model.source import Source

ALIVE, DONE, FAILED, HUGE, OURS = "alive", "done", "failed", "huge", "ours"
TASKS = 50  # then a fresh child: libraries leak, and the memory limit counts for all its life
YOUNG = 50_000  # objects made before the collector looks: a page's characters are a thousand values without cycles
GRACE = 2.0  # seconds in which an ended child must be gone
SPAWN = multiprocessing.get_context("spawn")  # the only way that is alike on all systems and safe with threads
REBUILD = ("msgspec._utils", "rebuild")  # makes a value out of its class, which must be one of these too, and its fields by name
SAFE_BUILTINS = frozenset(("tuple", "frozenset", "set", "list", "dict", "str", "int", "float", "bool", "bytes"))


class ChildFailed(Exception):
    """The child hung, or died; ``why`` is hang, time, memory or crash."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Worker:
    """One child process that runs functions one after the other. ``heard`` is called at each of its signs of life.

    It loads what files with the suffix ``awaits`` need, and what ``load`` loads, before its first task.
    """

    def __init__(self, heard: Callable[[], None] = lambda: None, awaits: str = "", load: Callable[[], None] | None = None) -> None:
        self.tasks = 0
        self.heard = heard
        self.pipe, theirs = SPAWN.Pipe()
        self.process = SPAWN.Process(target=serve, args=(theirs, limits().memory_megabytes, awaits, load), daemon=True)
        self.process.start()
        theirs.close()

    def run(self, function: Callable[..., Any], *arguments: Any, seconds: float, total: float, helper: "Worker | None" = None) -> Any:
        """What a function of the child returns; a ``helper`` looks at the last pages of the file, which is the first argument.

        Raises:
            DigestError: the function raised it.
            ChildFailed: the child hung or died; it is gone then.
            RuntimeError: what went on from a document that was read failed.
        """
        self.tasks += 1
        try:
            self.pipe.send((function, arguments))
            if helper:
                child_aide.begin(helper.pipe, arguments[0])
            kind, payload = self._answer(seconds, time.monotonic() + total, helper)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            why = self._death()
            self.stop()
            raise ChildFailed(why) from error
        if kind == FAILED:
            name, words = payload
            raise getattr(errors, name, errors.Unreadable)(words)
        if kind == OURS:
            raise RuntimeError(payload)
        if kind == HUGE:
            self.stop()
            raise ChildFailed("memory")
        return payload

    def _answer(self, seconds: float, deadline: float, helper: "Worker | None") -> tuple[str, Any]:
        """The child's answer; signs of life in between only give it more time, and so does asking for what the helper found."""
        while True:
            if not self.pipe.poll(max(0.0, min(seconds, deadline - time.monotonic()))):
                self.stop()
                raise ChildFailed("hang")
            answer = Plain(io.BytesIO(self.pipe.recv_bytes())).load()
            if answer[0] == child_aide.WANTED:
                self.pipe.send(child_aide.found(helper.pipe, seconds) if helper else None)
            elif answer[0] != ALIVE:
                return str(answer[0]), answer[1]
            self.heard()

    def _death(self) -> str:
        """Why the child died, as far as its exit tells."""
        self.process.join(GRACE)
        code = self.process.exitcode
        return "time" if os.name != "nt" and code == -24 else "crash"  # 24 is SIGXCPU

    @property
    def usable(self) -> bool:
        """Whether it can take another task."""
        return self.process.is_alive() and self.tasks < TASKS

    def stop(self) -> None:
        """End the child."""
        self.pipe.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join(GRACE)


class Plain(pickle.Unpickler):
    """Unpickles values of the model only: what comes back was made beside a hostile file."""

    def find_class(self, module: str, name: str) -> Any:
        """A class by name, if it is a plain value."""
        if module.startswith("digest.model.") or (module, name) == REBUILD or (module == "builtins" and name in SAFE_BUILTINS):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no value of the model")


def serve(pipe: Connection, memory: int, awaits: str = "", load: Callable[[], None] | None = None) -> None:
    """The child's life: take a task, answer it, until the parent goes away. ``awaits`` is the suffix of the file it is started for."""
    from digest.ingest.child_limits import confine, renew_time  # ctypes, which the parent never needs

    confine(memory)
    gc.disable()
    if awaits:
        load_reader(awaits)
    if load:
        load()
    gc.freeze()  # what is loaded here stays
    gc.set_threshold(YOUNG)
    gc.enable()
    while True:
        try:
            function, arguments = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        renew_time(limits().cpu_seconds)
        pipe.send_bytes(answer(function, arguments, pipe))


def answer(function: Callable[..., Any], arguments: tuple[Any, ...], pipe: Connection) -> bytes:
    """What a function returns or raises, pickled; never more than limits.toml allows."""
    signs: dict[str, Any] = {}
    if function is read_quietly:
        signs = {"tick": lambda: pipe.send_bytes(pickle.dumps((ALIVE, None))), "ask": lambda: child_aide.ask(pipe)}
    try:
        data = pickle.dumps((DONE, function(*arguments, **signs)))
    except errors.DigestError as error:
        return pickle.dumps((FAILED, (type(error).__name__, str(error))))
    except (MemoryError, RecursionError):
        return pickle.dumps((HUGE, None))
    except Ours as error:
        return pickle.dumps((OURS, str(error)))
    except Exception as error:
        return pickle.dumps((FAILED, ("Unreadable", f"文件内容已损坏，读不出来（{type(error).__name__}）：请用原来的软件打开检查，另存后再试。")))
    return data if len(data) <= limits().result_megabytes * MEGABYTE else pickle.dumps((HUGE, None))


class Ours(Exception):
    """What went on from a document that was read failed: the program's fault, not the file's."""


def read_quietly(
    source: Source,
    ocr: bool,
    then: Callable[[Document], Any] | None = None,
    aided: bool = False,
    *,
    tick: Callable[[], None],
    ask: Callable[[], Any],
) -> Any:
    """What the child runs for a file; where it is ``aided``, it can ``ask`` for what a second process found on the last pages."""
    from digest.ingest.dispatch import read_source

    document = read_source(source, ocr=ocr, tick=tick, aided=ask if aided else None)
    if then is None:
        return document
    tick()
    try:
        return then(document)
    except (errors.DigestError, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise Ours(traceback.format_exc()) from error


def load_reader(suffix: str) -> None:
    """Import what a file of that suffix will likely need; what is missing is told when a file asks for it."""
    import digest.ingest.dispatch  # noqa: F401  what every file needs
    from digest.ingest.formats import READERS, reader_of

    if suffix in READERS:
        with suppress(errors.DigestError):
            reader_of(suffix, suffix)


_lock = threading.Lock()
_warm: list[Worker] = []  # the one warm child, if there is one
_helpers: list[Worker] = []  # the second one for a long PDF that is awaited, if there is one


def read_in_child(source: Source, *, ocr: bool = True, seconds: float | None = None, then: Callable[[Document], Any] | None = None) -> Any:
    """Read one file in the warm child: the document, or what ``then`` makes of it there.

    A child that died of an earlier file's leavings gets a second, fresh chance.

    Raises:
        DigestError: the file cannot be read, or only by hanging, crashing or eating memory.
    """
    with _lock:
        worker = _worker()
        fresh = not worker.tasks
        idle = limits().seconds if seconds is None else seconds
        helper = _helpers.pop() if _helpers else None
        try:
            return _run(worker, (source, ocr, then), idle, helper)
        except ChildFailed as error:
            if error.why == "hang" or fresh:
                raise _told(source, error.why) from error
        finally:
            if helper:
                helper.stop()
        try:
            return _run(_worker(), (source, ocr, then), idle)
        except ChildFailed as error:
            raise _told(source, error.why) from error


def _run(worker: Worker, asked: tuple[Source, bool, Callable[[Document], Any] | None], idle: float, helper: Worker | None = None) -> Any:
    """One file in one child, or in two."""
    found = worker.run(read_quietly, *asked, helper is not None, seconds=idle, total=limits().total_seconds, helper=helper)
    if asked[2] is None and not isinstance(found, Document):
        raise ChildFailed("crash")
    return found


def start(name: str, load: Callable[[], None] | None = None, size: int = 0) -> None:
    """Start the child before its first file, which will have that name and size in bytes, is there to be read; for a long PDF a second one, too."""
    with _lock:
        suffix = Path(name).suffix.removeprefix(".").lower()
        _worker(suffix, load)
        if child_aide.is_worth(suffix, size) and not _helpers:
            _helpers.append(Worker(awaits=suffix))


def _worker(awaits: str = "", load: Callable[[], None] | None = None) -> Worker:
    """The warm child, or a fresh one."""
    if not (_warm and _warm[0].usable):
        stop()
        _warm.append(Worker(awaits=awaits, load=load))
    return _warm[0]


@atexit.register
def stop() -> None:
    """End the warm child and its helper, where there are any."""
    for workers in (_warm, _helpers):
        while workers:
            workers.pop().stop()


def _told(source: Source, why: str) -> errors.DigestError:
    """What is said of a file that cost a child."""
    if why in ("hang", "time"):
        return errors.TooMuch(f"《{source.name}》读得太久，已停止：文件可能损坏或过大，请用原来的软件打开，另存后再试。")
    if why == "memory":
        return errors.TooMuch(f"《{source.name}》展开后太大，内存不够，已停止：请拆成几个文件，或另存为不含图片的 PDF 后再试。")
    return errors.TooMuch(f"《{source.name}》让读取程序崩溃了，已隔离，不影响其他文件：文件可能损坏，请用原来的软件打开，另存后再试。")
