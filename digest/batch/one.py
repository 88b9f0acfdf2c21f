"""One Task in a warm process to its Result, whatever happens in it short of the process's death."""

import logging
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from digest import ingest, places
from digest.batch.job import Drawn, Job, draw, load, warnings, write_drawn
from digest.batch.task import Fault, Result, State, Task, failed
from digest.batch.thumbnail import thumbnail
from digest.errors import DigestError, ExitCode, Unreadable
from digest.model.source import Source
from digest.opening import open_here
from digest.options import Options
from digest.pipeline import Made, Rules
from digest.zh import lexicon

logger = logging.getLogger(__name__)

WARM_TEXT = "关于核对身份证件的通知\n第一条　柜员应当核对客户身份证件。\n"


def ready_job(options: Options, folder: Path | None = None, staging: Path | None = None) -> Job:
    """Lexicon, weights, designs and reader, loaded once for all files of a batch.

    Raises:
        DigestError: one of the user's own files is faulty, or there is no such design.
    """
    own = places.home(options.home)
    return Job(
        rules=Rules(lexicon=lexicon.load(places.overrides(own)), profile=places.profile(own)),
        looks=places.looks(own, options.template),
        opener=partial(open_here, reader=partial(ingest.read_guarded if options.guarded else ingest.read, ocr=options.ocr)),
        options=options,
        folder=folder,
        staging=staging,
    )


def warm(job: Job) -> None:
    """Load everything a first file would load, by making a small sheet; the reading child is started too."""
    draw(Source(name="预热.txt", data=WARM_TEXT.encode()), "预热", job)


def make(task: Task, job: Job) -> Result:
    """Make one task's sheets: written where the job has a folder, brought back as bytes where it has none."""
    begun = time.monotonic()
    try:
        source = source_of(task, job.options.password)
        parts, drawn = draw(source, task.name, job)
        result = replace(told(task, parts), drawn=drawn, picture=picture_of(drawn) if task.picture else b"")
        result = keep(result, job) if job.folder else result
    except DigestError as error:
        result = failed(task, error)
    except Exception as error:
        logger.exception("%s", task.path)
        words = f"《{task.path.name}》没有做成：程序出错了（{type(error).__name__}），这是我们的问题，不是文件的问题。请把这句话连同文件类型一起反馈。"
        result = replace(failed(task, DigestError(words)), fault=Fault(kind="Bug", code=int(ExitCode.BUG), words=words))
    return replace(result, seconds=round(time.monotonic() - begun, 3))


def source_of(task: Task, password: str) -> Source:
    """The task's bytes, sent along or read here.

    Raises:
        DigestError: it cannot be read, or is no longer what it was when the batch came to it.
    """
    if task.data is not None:
        return Source(name=task.path.name, data=task.data, password=password)
    source = load(task.path, password)
    if source.sha256 != task.sha256:
        raise Unreadable(f"《{task.path.name}》在处理途中被改动了（可能还在复制）。请等它写完，加 --resume 再做一次。")
    return source


def keep(result: Result, job: Job) -> Result:
    """Write the sheets and tell where they lie, below the job's folder.

    Raises:
        Unreadable: the folder cannot be written.
    """
    folder = job.folder or Path()
    written, kept = write_drawn(result.drawn, job, avoid=Path(result.path))
    below = tuple(path.relative_to(folder).as_posix() for path in written)
    aside = tuple(f"上次的文件可能改过，已另存为 {path.name}" for path in kept)
    return replace(result, drawn=(), written=below, notes=result.notes + aside)


def told(task: Task, parts: Sequence[Made]) -> Result:
    """What is said of a paper that was made: the figures of its first sheet, the warnings of all."""
    first = parts[0]
    document = first.understood.outline.document
    return Result(
        number=task.number,
        path=str(task.path),
        name=task.name,
        sha256=task.sha256,
        state=State.MADE,
        title=first.sheet.title,
        lines=sum(len(made.sheet.lines) for made in parts),
        characters=first.sheet.balance.characters,
        pages=document.pages or max((block.page or 1 for block in document.blocks), default=1),
        notes=tuple(dict.fromkeys(note for made in parts for note in warnings(made.sheet))),
    )


def picture_of(drawn: Drawn) -> bytes:
    """The first sheet small, if a PDF of it was wanted."""
    pdf = drawn[0][1].get("pdf")
    return thumbnail(pdf) if pdf else b""


def make_one(data: bytes, name: str, job: Job) -> Result:
    """One file's bytes to its sheets' bytes; nothing is read from or written to disk by us, and no expected fault is raised."""
    source = Source(name=name, data=data)
    return make(Task(number=1, path=Path(name), name=Path(name).stem, sha256=source.sha256, data=data), replace(job, folder=None))
