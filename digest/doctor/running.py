"""The program at work: the limited child process, and a sheet made from end to end while no network can be reached."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from digest.doctor.finding import Finding, fault, fine, warning

HUGE = 1 << 42  # bytes: more than any memory limit
SECONDS = 30.0
LINE = "各网点应当于每日营业前核对现金。"


def child(home: Path, out: Path) -> Iterator[Finding]:
    """The child answers, and asking for too much memory ends it and not us."""
    from digest.ingest.child import ChildFailed, Worker

    worker = Worker()
    try:
        answered = worker.run(len, LINE, seconds=SECONDS, total=SECONDS) == len(LINE)
        worker.run(bytearray, HUGE, seconds=SECONDS, total=SECONDS)
        yield warning("child", "能运行，但这台电脑上内存上限不起作用", "来路不明的超大文件请不要打开；其他不受影响")
    except ChildFailed as error:
        if error.why == "memory" and answered:
            yield fine("child", "能运行，内存上限有效：坏文件不会拖垮程序")
        else:
            yield fault("child", f"子进程不能工作（{error.why}）", "请检查安全软件是否拦截了 python 启动子进程，把本程序加入信任后再试")
    finally:
        worker.stop()


def trial(home: Path, out: Path) -> Iterator[Finding]:
    """One line of text becomes a sheet in all its forms; any attempt to reach the network is a fault."""
    from digest import pipeline, places
    from digest.model.profile import Profile
    from digest.model.source import Source
    from digest.options import FORMS
    from digest.zh import lexicon

    with no_network():
        look = places.look("")
        understood = pipeline.understand(Source(name="试做.txt", data=LINE.encode()), pipeline.Rules(lexicon=lexicon.load(), profile=Profile()))
        made = pipeline.compose(understood, look)
        sizes = {form: len(pipeline.write(made, look, form)) for form in FORMS}
    if empty := [form for form, size in sizes.items() if not size]:
        yield fault("trial", f"写出的 {'、'.join(empty)} 是空的", "重新安装本程序（运行 python start.py）")
    else:
        yield fine("trial", f"不用网络做成一张单（{'、'.join(FORMS)}）")


@contextmanager
def no_network() -> Iterator[None]:
    """Inside, whoever asks for a socket gets an error."""
    real = socket.socket

    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise ConnectionRefusedError("试做时有组件要连网络")

    socket.socket = refuse  # type: ignore[assignment,misc]
    try:
        yield
    finally:
        socket.socket = real  # type: ignore[misc]
