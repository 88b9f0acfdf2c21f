"""The progress line: files, pages, time left; rewritten on a terminal, plain lines elsewhere."""

import io

from digest.batch.task import Fault, Result, State
from digest.commands.progress import Progress, duration


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """It is one."""
        return True


def progress_on(stream, files=4):
    """A progress whose clock goes on by ten seconds at each look."""
    now = iter(range(0, 10_000, 10))
    progress = Progress(lambda: range(files), stream, lambda: float(next(now)))
    progress.counting.join()
    return progress


def result(state=State.MADE, fault=None):
    """A Result of two pages."""
    return Result(number=1, path="/a", name="a", sha256="", state=state, pages=2, fault=fault)


def test_plain_lines_without_a_terminal():
    """In a log file each line stands whole, without a control character."""
    stream = io.StringIO()
    progress = progress_on(stream)

    progress.hear(result())
    progress.hear(None)

    assert "\r" not in stream.getvalue()
    assert "\033" not in stream.getvalue()
    assert stream.getvalue().splitlines()[-1].startswith("2/4 个文件，读了 2 页，未成 0 个，已用")
    assert "约还要" in stream.getvalue()


def test_a_bar_on_a_terminal():
    """On a terminal one line is rewritten, and a failure is told above it."""
    stream = Terminal()
    progress = progress_on(stream)

    progress.hear(result(State.FAILED, Fault(kind="Unreadable", code=4, words="《a》坏了。")))

    assert "× 《a》坏了。\n" in stream.getvalue()
    assert stream.getvalue().count("\n") == 1
    assert "██████··" in stream.getvalue()


def test_durations_as_a_person_says_them():
    """Seconds, minutes, hours."""
    assert [duration(each) for each in (5.9, 65, 7260)] == ["5 秒", "1 分 5 秒", "2 小时 1 分"]
