"""A folder, on this PC or a network share, looked through again and again: a file that is whole goes to the intake, once.

Plain looking works on every share; notices from the system do not. A file is whole when its size and time stay the same from look
to look and it can be opened; a file that changes later is a new one.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from msgspec import Struct

from digest.errors import ArchiveError
from digest.ingest.limits import MEGABYTE, limits
from digest.model.source import Source
from digest.watch.intake import Take
from digest.watch.seen import Seen
from digest.watch.telling import Outage, Told, What
from digest.watch.tuning import tuning

RARELY = 30  # looks between two readings of a file whose end does not come
BLANK = bytes(4096)  # what stands at the end of a file whose place was reserved and whose content is still coming


class Waiting(Struct):
    """A file that is not whole yet: its mark, how often it stayed the same, whether the user was told that it cannot be opened."""

    mark: str
    looks: int = 0
    due: int = 0  # the look at which it is read (again)
    told: bool = False


class FolderWatch:
    """One watched folder with its subfolders."""

    def __init__(self, folder: Path, take: Take, seen: Seen, stop: Event) -> None:
        self.folder, self.take, self.seen, self.stop = folder, take, seen, stop
        self._prefix = str(folder / "x")[:-1]
        self.waiting: dict[str, Waiting] = {}
        self._done: dict[str, str] = {}  # of the files lying there now: the mark under which each was dealt with
        self._share = Outage(f"文件夹 {folder}")
        self._archive = Outage("历史库")
        self._closed: dict[str, Outage] = {}  # subfolders that could not be read before
        self._faults: dict[str, str] = {}  # and at this look, with the reason
        self._took = 0.0

    def turn(self) -> Iterator[Told]:
        """Look once, and take in what is whole."""
        begun = time.monotonic()
        self._faults.clear()
        try:
            files = dict(self._files(self.folder, 0))
        except OSError as error:
            yield from self._share.began(f"暂时读不到（{error.strerror or error}）")
            return
        self._took = time.monotonic() - begun
        yield from self._share.over()
        yield from self._closed_ones()
        for table in (self.waiting, self._done):
            for name in table.keys() - files.keys():
                del table[name]
        try:
            yield from self._whole_ones(files)
            if not self.waiting:
                yield from self._archive.over()
        except ArchiveError as error:
            yield from self._archive.began(str(error).rstrip("。"))

    def rest(self) -> None:
        """Wait until it is time to look again."""
        self.stop.wait(max(tuning().seconds, tuning().rest_ratio * self._took))

    def close(self) -> None:
        """Nothing is held open."""

    @property
    def idle(self) -> bool:
        """Whether everything that lies there was dealt with, or told as not to be opened."""
        return all(each.told for each in self.waiting.values()) and not self._share.away and not self._archive.away

    def _files(self, folder: Path, depth: int) -> Iterator[tuple[str, str]]:
        """Every file worth a look, by its name below the folder, with size and time as its mark."""
        with os.scandir(folder) as entries:
            for entry in entries:
                if tuning().ignored.match(entry.name) or entry.is_symlink():
                    continue
                if entry.is_dir(follow_symlinks=False):
                    yield from self._below(Path(entry.path), depth + 1)
                elif mark := mark_of(entry):
                    yield entry.path.removeprefix(self._prefix), mark

    def _below(self, folder: Path, depth: int) -> Iterator[tuple[str, str]]:
        """A subfolder's files; one that cannot be read costs no other."""
        if depth > tuning().deepest:
            return
        try:
            yield from self._files(folder, depth)
        except OSError as error:
            self._faults[str(folder)] = error.strerror or str(error)

    def _closed_ones(self) -> Iterator[Told]:
        """Tell of each subfolder once that it cannot be read, and once that it can again."""
        for name in self._faults.keys() | self._closed.keys():
            outage = self._closed.setdefault(name, Outage(f"子文件夹 {name}"))
            if name in self._faults:
                yield from outage.began(f"暂时读不到（{self._faults[name]}）")
            else:
                yield from outage.over()
                del self._closed[name]

    def _whole_ones(self, files: dict[str, str]) -> Iterator[Told]:
        """Deal with each file that has settled."""
        for name, mark in files.items():
            if self.stop.is_set():
                return
            if self._done.get(name) == mark:
                continue
            if self.seen.mark_of(name) == mark:
                self._done[name] = mark
                self.waiting.pop(name, None)  # another watch of the same folder was faster
                continue
            waiting = self._settling(name, mark)
            if waiting.looks >= waiting.due:
                yield from self._attempt(name, waiting)

    def _settling(self, name: str, mark: str) -> Waiting:
        """The file's wait, begun anew when it has changed."""
        waiting = self.waiting.get(name)
        if waiting is None or waiting.mark != mark:
            waiting = self.waiting[name] = Waiting(mark, looks=-1, due=tuning().settled)
        waiting.looks += 1
        return waiting

    def _attempt(self, name: str, waiting: Waiting) -> Iterator[Told]:
        """Open a settled file and hand it over; what cannot be opened or is empty is waited for, and told once."""
        path = self.folder / name
        told = too_large(path, waiting.mark)
        if not told:
            try:
                data = path.read_bytes()
                unchanged = stat_mark(path.stat()) == waiting.mark
            except OSError as error:
                yield from self._impatient(name, waiting, f"一直打不开（{error.strerror}）")
                return
            if not unchanged or not data or data.endswith(BLANK):
                waiting.due = waiting.looks + min(waiting.looks, RARELY)
                yield from self._impatient(name, waiting, "一直是空的，或没有复制完")
                return
            told = self.take(Source(name=printable(path.name), data=data))
            if self.stop.is_set() and told.what is What.FAILED:
                return  # the reading may have been stopped with us: look again after the restart
        self.seen.note(name, waiting.mark)
        self._done[name] = waiting.mark
        self.waiting.pop(name, None)
        yield from self._archive.over()
        yield told

    def _impatient(self, name: str, waiting: Waiting, why: str) -> Iterator[Told]:
        """After long waiting the user is told, and the wait goes on."""
        if waiting.looks >= tuning().patience and not waiting.told:
            waiting.told = True
            yield Told(what=What.FAILED, text=f"《{Path(name).name}》{why}，先放着；它一变就会再读。请检查它是否正被别的程序打开。")


def mark_of(entry: "os.DirEntry[str]") -> str:
    """A file's size and time; empty when it has just gone or is no plain file."""
    try:
        return stat_mark(entry.stat(follow_symlinks=False)) if entry.is_file(follow_symlinks=False) else ""
    except OSError:
        return ""


def printable(name: str) -> str:
    """A name without the stand-ins for bytes that are no text."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def stat_mark(stat: os.stat_result) -> str:
    """Size and time of the last change."""
    return f"{stat.st_size}:{stat.st_mtime_ns}"


def too_large(path: Path, mark: str) -> Told | None:
    """What is said of a file that is never read, for its size alone."""
    most = limits().file_megabytes
    if int(mark.split(":")[0]) <= most * MEGABYTE:
        return None
    return Told(what=What.FAILED, text=f"《{path.name}》超过 {most} MB，没有读。请拆成几个文件，或另存为不含图片的 PDF。")
