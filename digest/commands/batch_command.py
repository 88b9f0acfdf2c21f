"""``digest batch``: a whole folder or list to sheets, by the processes of this computer or of a Dask cluster."""

import argparse
import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from digest import places
from digest.batch import in_order, in_pool, report
from digest.batch.one import ready_job
from digest.batch.run import Order, Place, job_for, staging, work
from digest.batch.task import Attend, Crew, State
from digest.batch.walk import Entry, entries
from digest.commands.progress import Progress, duration
from digest.commands.settings import add_reading_arguments, options_from
from digest.errors import DigestError, ExitCode, MissingTool, UsageError
from digest.options import FORMS, Options

MOST_WORKERS = 256


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``digest batch``."""
    parser.add_argument("source", type=Path, metavar="文件夹或清单", help="来文所在的文件夹（含子文件夹），或每行一个路径的文本清单")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="文件夹", help="学习单、结果.csv 和 报告.html 放在哪里")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="个数", help="同时用几个进程（默认：处理器核数）；0 为在本进程里逐个做")
    parser.add_argument("--resume", action="store_true", help="接着上次做：做好的不重做，未成的再试；也用来只做新来的文件")
    parser.add_argument("--format", default="pdf,docx", metavar="格式", help=f"要哪些格式，默认 pdf,docx；可选 {','.join(FORMS)}")
    parser.add_argument("--template", default="", metavar="模板", help="版式模板名，默认按内容自动选")
    parser.add_argument("--scheduler", default="", metavar="地址", help="交给 Dask 集群做，例如 tcp://10.0.0.8:8786（见 docs/scale.md）")
    parser.add_argument("--send-bytes", action="store_true", help="集群看不到这个文件夹时，把文件内容发过去、把学习单取回来")
    add_reading_arguments(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Attend to every file, write table and report, and end with a summary."""
    check(arguments)
    options, out = options_from(arguments), arguments.out.absolute()
    find: Callable[[], Iterator[Entry]] = partial(entries, arguments.source, out)
    found = find()
    send = bool(arguments.send_bytes)
    job = job_for(ready_job(options), out, send=send)
    crew = Crew(job=job, workers=arguments.workers, scheduler=arguments.scheduler)
    order = Order(out=out, crew=crew, attend=engine(arguments), send=send)
    place = Place(out, rules_key(options), resume=arguments.resume)
    progress = Progress(find)
    try:
        work(found, place, order, progress.hear)
    except (KeyboardInterrupt, DigestError):
        place.ledger.catch_up()
        finish(place, progress)
        print(f"没有做完。接着做：原来的命令加上 --resume（{arguments.out}）。", file=sys.stderr)
        raise
    else:
        finish(place, progress)
    finally:
        place.close()
    return ExitCode.PARTLY if progress.failed else ExitCode.OK


def check(arguments: argparse.Namespace) -> None:
    """Refuse words that contradict each other.

    Raises:
        UsageError: they do.
    """
    if not 0 <= arguments.workers <= MOST_WORKERS:
        raise UsageError(f"--workers：要写 0 到 {MOST_WORKERS} 之间的整数。")
    if arguments.send_bytes and not arguments.scheduler:
        raise UsageError("--send-bytes：只和 --scheduler 一起用；在本机处理不需要它。")


def engine(arguments: argparse.Namespace) -> Attend:
    """Who attends to the tasks.

    Raises:
        MissingTool: Dask is wanted and not installed.
    """
    if not arguments.scheduler:
        return in_pool.attend if arguments.workers else in_order.attend
    try:
        from digest.batch import on_dask
    except ImportError as error:
        raise MissingTool(f'--scheduler 需要 Dask，本机没有装好（{error.name}）。请运行：pip install "digest[dask]"') from error
    return on_dask.attend


def rules_key(options: Options) -> str:
    """What, beside its content, decides a file's sheets: program, word lists, designs, profile and options. The password does not."""
    choices = f"{','.join(options.forms)}|{options.template}|{options.ocr}|{options.sheets}"
    return hashlib.sha256(f"{places.fingerprint(places.home(options.home))}|{choices}".encode()).hexdigest()


def finish(place: Place, progress: Progress) -> None:
    """Write table and report from the journal, and say how it went."""
    progress.close()
    table, page = report.write(place.ledger, staging(place.ledger.folder))
    counts = progress.counts
    told = f"这次做成 {counts[State.MADE]} 个，内容重复 {counts[State.SAME]} 个，未成 {progress.failed} 个"
    earlier = f"，以前已做好 {progress.before} 个" if progress.before else ""
    print(f"{told}{earlier}；读了 {progress.pages} 页，用时 {duration(progress.clock() - progress.begun)}。")
    print(f"  {table}\n  {page}", flush=True)
