"""What goes to a worker and what comes back: plain values that cross any process or network border."""

from collections.abc import Callable, Generator, Iterable
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from digest.batch.job import Drawn, Job
from digest.errors import DigestError, ExitCode


class State(StrEnum):
    """What became of a file; the words are those of the table and the report."""

    MADE = "已成"
    SAME = "重复"  # its content was made under another name
    FAILED = "未成"
    POISON = "隔离"  # it killed its workers


class Task(Struct, frozen=True, kw_only=True):
    """One file to make. ``name`` is where its sheets go, below the output folder, without suffix."""

    number: int
    path: Path
    name: str
    sha256: str
    data: bytes | None = None  # sent along; else the worker opens ``path``
    picture: bool = False  # a thumbnail is wanted

    @property
    def key(self) -> str:
        """What other files of the same content go by."""
        return key_of(self.path, self.sha256)


def key_of(path: Path | str, sha256: str) -> str:
    """What tells that two files are the same paper: their content, and the suffix, which may decide how it is read."""
    suffix = Path(path).suffix.lower()
    return sha256 + suffix.encode("utf-8", "backslashreplace").decode()  # old file systems hold names that are no Unicode


class Fault(Struct, frozen=True, kw_only=True):
    """Why there is no sheet: the error's class, its exit code and its Chinese sentence."""

    kind: str
    code: int
    words: str

    @classmethod
    def of(cls, error: DigestError) -> "Fault":
        """An expected error as plain values."""
        return cls(kind=type(error).__name__, code=int(error.exit_code), words=str(error))


class Result(Struct, frozen=True, kw_only=True):
    """What became of one file. ``written`` lie below the output folder; ``drawn`` holds their bytes where nothing was written."""

    number: int
    path: str
    name: str
    sha256: str
    state: State
    fault: Fault | None = None
    same_as: str = ""
    written: tuple[str, ...] = ()
    drawn: Drawn = ()
    title: str = ""
    lines: int = 0
    characters: int = 0
    pages: int = 0
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    attempts: int = 1
    picture: bytes = b""

    @property
    def key(self) -> str:
        """What other files of the same content go by."""
        return key_of(self.path, self.sha256)


class Crew(Struct, frozen=True, kw_only=True):
    """Who does the work, for all ways alike: what every worker must know, how many there are, and where."""

    job: Job
    workers: int = 1
    scheduler: str = ""


Results = Generator[Result, None, None]  # to be closed, which ends the workers
Attend = Callable[[Iterable[Task], Crew], Results]


def failed(task: Task, error: DigestError) -> Result:
    """The Result of a task that ended with an expected error."""
    return Result(number=task.number, path=str(task.path), name=task.name, sha256=task.sha256, state=State.FAILED, fault=Fault.of(error))


def poison(task: Task, attempts: int) -> Result:
    """The Result of a task that took its worker down each time."""
    words = f"《{task.path.name}》让工作进程连续 {attempts} 次崩溃或卡死，已隔离，不影响其他文件。请用原来的软件打开检查、另存后，加 --resume 再试。"
    fault = Fault(kind="TooMuch", code=int(ExitCode.LIMITS), words=words)
    return Result(number=task.number, path=str(task.path), name=task.name, sha256=task.sha256, state=State.POISON, fault=fault, attempts=attempts)
