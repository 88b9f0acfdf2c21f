"""Small circulars of our own for batches, and engines and readers that misbehave on purpose."""

import os
import signal
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from digest import ingest
from digest.batch.one import ready_job
from digest.batch.task import Crew, Result, State, Task, failed
from digest.errors import Unreadable
from digest.model.source import Source
from digest.opening import open_here
from digest.options import Options

TEXT = """示例银行关于核对第{number}号登记簿的通知
各网点：
一、柜员应当于2026年{month}月{day}日前核对第{number}号登记簿，并报运营主管签字。
二、不得代客户签字，不得遗漏{number}号以后的页。
三、逾期未报的，每次扣减考核分{month}分。
"""
POISON, HANG = "毒", "停"


def paper(number: int) -> bytes:
    """A short circular, each number another content."""
    return TEXT.format(number=number, month=number % 12 + 1, day=number % 28 + 1).encode()


def folder_of(root: Path, count: int) -> Path:
    """A folder of so many circulars, in sub-folders by tens."""
    for number in range(count):
        below = root / f"第{number // 10}批"
        below.mkdir(parents=True, exist_ok=True)
        (below / f"通知{number:03}.txt").write_bytes(paper(number))
    return root


def task_of(number: int, path: Path) -> Task:
    """A task for a file."""
    return Task(number=number, path=path, name=path.stem, sha256=Source(name=path.name, data=path.read_bytes()).sha256)


def tasks_of(root: Path) -> list[Task]:
    """A task for every file of a folder."""
    return [task_of(number, path) for number, path in enumerate(sorted(root.rglob("*.txt")), start=1)]


def crew_of(out: Path | None, reader=ingest.read, **words: object) -> Crew:
    """A crew that writes JSON sheets, which are the quickest."""
    if out is None:
        job = ready_job(Options(forms=("json",), guarded=False))
    else:
        (out / ".staging").mkdir(parents=True, exist_ok=True)
        job = ready_job(Options(forms=("json",), guarded=False), out, out / ".staging")
    values = {name: getattr(job, name) for name in job.__slots__} | {"opener": partial(open_here, reader=reader)}
    return Crew(job=type(job)(**values), **words)


def deadly_reader(source: Source):
    """Reads a file, but one named 毒 takes the process down as the system's memory killer would."""
    if POISON in source.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return ingest.read(source)


def slow_reader(source: Source):
    """Reads a file with time enough for a test to interfere."""
    time.sleep(0.15)
    return ingest.read(source)


def stuck_reader(source: Source):
    """Reads a file, but one named 停 never ends."""
    if HANG in source.name:
        time.sleep(600)
    return ingest.read(source)


def quick_attend(tasks: Iterable[Task], crew: Crew) -> Iterator[Result]:
    """An engine for tests of what stands around it: writes the task's number, and fails for files named 坏."""
    for task in tasks:
        common = {"number": task.number, "path": str(task.path), "name": task.name, "sha256": task.sha256}
        if "坏" in task.path.name:
            yield failed(task, Unreadable(f"《{task.path.name}》坏了。"))
            continue
        target = (crew.job.folder or Path()) / f"{task.name}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(str(task.number))
        yield Result(**common, state=State.MADE, written=(f"{task.name}.json",), title=task.path.stem, lines=3, pages=2)
