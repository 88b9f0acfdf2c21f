"""A batch from its folder to its table: what to make is decided here, how it is made is the engine's affair.

Memory does not grow with the number of files: names are walked, tasks are made when an engine asks for one, results go to the
journal at once, and the index over it lies on disk.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from msgspec import Struct
from msgspec.structs import replace

from digest.batch import lock, one
from digest.batch.job import Job, load
from digest.batch.journal import Journal
from digest.batch.ledger import Ledger, Standing, same
from digest.batch.limits import limits
from digest.batch.task import Attend, Crew, Result, Task, failed
from digest.batch.walk import Entry
from digest.errors import DigestError, Unreadable, UsageError

ROOM, JOURNAL, LOCK, STAGING = ".batch", "journal.jsonl", "lock", "staging"
RESERVED = ("结果", "报告")  # our own files at the top of the output folder
Heard = Callable[[Result | None], None]


class Order(Struct, frozen=True, kw_only=True):
    """What is to be done with every file of a batch. ``send`` hands the bytes to the workers, which then hand the sheets back."""

    out: Path
    crew: Crew
    attend: Attend
    send: bool = False


class Place:
    """The output folder while a batch works in it: locked, with its ledger open."""

    def __init__(self, out: Path, rules: str, *, resume: bool) -> None:
        """Open the folder.

        Raises:
            UsageError: another batch works there, or one was broken off and nobody said what to do with it.
            Unreadable: it cannot be written.
        """
        try:
            (out / ROOM).mkdir(parents=True, exist_ok=True)
            self.lock: IO[bytes] = lock.hold(out / ROOM / LOCK)
        except OSError as error:
            raise unwritable(out, error) from error
        try:
            shutil.rmtree(staging(out), ignore_errors=True)
            staging(out).mkdir(exist_ok=True)
            self.ledger = open_ledger(out, rules, resume=resume)
        except OSError as error:
            self.lock.close()
            raise unwritable(out, error) from error
        except DigestError:
            self.lock.close()
            raise

    def close(self) -> None:
        """Let the next batch in."""
        self.ledger.close()
        shutil.rmtree(staging(self.ledger.folder), ignore_errors=True)
        self.lock.close()


def unwritable(out: Path, error: OSError) -> Unreadable:
    """What is said of an output folder that cannot be written."""
    return Unreadable(f"{out}：写不进去（{error.strerror}）。请检查权限和磁盘，或用 -o 换一个文件夹。")


def staging(out: Path) -> Path:
    """Where sheets are written before they are moved to their place: on the same disk, away from the user's eyes."""
    return out / ROOM / STAGING


def open_ledger(out: Path, rules: str, *, resume: bool) -> Ledger:
    """The ledger of earlier runs, or a new one.

    Raises:
        UsageError: an earlier run was broken off, and it was not said whether to go on.
    """
    path = out / ROOM / JOURNAL
    ledger = Ledger(out, Journal(path), rules)
    if not resume and ledger.unfinished:
        done = ledger.count(good=True)
        ledger.close()
        raise UsageError(f"{out}：上次的批处理没有做完（已成 {done} 个）。接着做请加 --resume；要从头做，请用 -o 换一个文件夹，或先删除其中的 {ROOM} 文件夹。")
    if not resume and path.stat().st_size:
        ledger.close()
        path.replace(path.with_suffix(".old.jsonl"))
        ledger = Ledger(out, Journal(path), rules)
    ledger.begin()
    return ledger


def work(found: Iterable[Entry], place: Place, order: Order, heard: Heard) -> None:
    """Attend to every file once; ``heard`` gets each Result when it is on the disk, and None for a file that was done before.

    Raises:
        BrokenOff: the workers or the disk are gone; what is done is kept.
    """
    planned = plan(found, place.ledger, order, heard)
    with closing(order.attend(planned, order.crew)) as results:  # whatever breaks it off, no worker writes on afterwards
        for result in results:
            settle(brought_home(result, order), place.ledger, heard)
    place.ledger.end()


def settle(result: Result, ledger: Ledger, heard: Heard) -> None:
    """Journal a Result and all that hang on it."""
    for each in ledger.record(result):
        heard(each)


def brought_home(result: Result, order: Order) -> Result:
    """A Result whose sheets lie in the output folder; those that came as bytes are written here."""
    if not result.drawn:
        return result
    job = replace(order.crew.job, folder=order.out, staging=staging(order.out))
    try:
        return one.keep(result, job)
    except DigestError as error:
        task = Task(number=result.number, path=Path(result.path), name=result.name, sha256=result.sha256)
        return failed(task, error)


def plan(found: Iterable[Entry], ledger: Ledger, order: Order, heard: Heard) -> Iterator[Task]:
    """The tasks that are left when what is done, double or unreadable has been settled."""
    for name in RESERVED:
        ledger.claim(name, "", "")
    for number, entry in enumerate(found, start=1):
        try:
            task = task_of(number, entry, ledger, order)
        except DigestError as error:
            task = Task(number=number, path=entry.path, name="", sha256="")
            settle(failed(task, error), ledger, heard)
            continue
        standing = ledger.standing(str(task.path), task.key)
        if standing is Standing.NEW:
            ledger.start(task.key)
            yield replace(task, name=name_of(entry, ledger))
        else:
            pass_over(task, standing, ledger, heard)


def task_of(number: int, entry: Entry, ledger: Ledger, order: Order) -> Task:
    """An entry with its content's hash.

    Raises:
        DigestError: it cannot be read.
    """
    if entry.error:
        raise entry.error
    source = load(entry.path)
    return Task(
        number=number,
        path=entry.path.absolute(),
        name="",
        sha256=source.sha256,
        data=source.data if order.send else None,
        picture=number <= limits().pictures,
    )


def name_of(entry: Entry, ledger: Ledger) -> str:
    """Where the sheets go: as the file lies below its folder."""
    wanted = f"{entry.folder}/{entry.path.stem}" if entry.folder else entry.path.stem
    return ledger.claim(wanted, entry.path.suffix.lstrip(".").lower(), str(entry.path.absolute()))


def pass_over(task: Task, standing: Standing, ledger: Ledger, heard: Heard) -> None:
    """What happens to a file that needs no making."""
    if standing is Standing.UNDER_WAY:
        ledger.wait(task.number, str(task.path), task.key)
    elif standing is Standing.SETTLED and (first := ledger.settled(task.key)) and first.path != str(task.path):
        settle(same(first, task.number, str(task.path)), ledger, heard)
    else:
        heard(None)


def job_for(job: Job, order_out: Path, *, send: bool) -> Job:
    """The job as the workers see it: with the folder they write to, or without one where the bytes come back."""
    return replace(job, folder=None) if send else replace(job, folder=order_out, staging=staging(order_out))
