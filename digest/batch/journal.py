"""The journal: an append-only file of checked lines; whatever moment a program dies, the whole lines before it are read again."""

import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from digest.errors import BrokenOff

CHECK = 8  # hex digits of the CRC-32 before each line
Record = dict[str, Any]


class Journal:
    """An open journal. ``add`` returns once the line is on the disk."""

    def __init__(self, path: Path) -> None:
        """Open or begin a journal; a torn last line is cut off."""
        self.path = path
        self._file = path.open("a+b", buffering=0)
        mend(path, self._file.fileno())
        self._size = path.stat().st_size

    def add(self, record: Record) -> int:
        """Write a record behind the others and return where it stands.

        Raises:
            BrokenOff: the disk is full or gone.
        """
        line = line_of(record)
        place = self._size
        try:
            written = self._file.write(line)
            if written != len(line):
                raise OSError("disk full")
            os.fsync(self._file.fileno())
        except OSError as error:
            words = f"{self.path}：批处理记录写不进去（{error.strerror or '磁盘已满'}），已停止；做好的都在。请腾出空间后加 --resume 接着做。"
            raise BrokenOff(words) from error
        self._size += len(line)
        return place

    def read(self, place: int) -> Record:
        """The record that stands at a place."""
        self._file.seek(place)
        with open(self._file.fileno(), "rb", closefd=False) as lines:
            record = record_of(lines.readline())
        if record is None:
            raise BrokenOff(f"{self.path}：批处理记录在第 {place} 字节处损坏，已停止。请检查磁盘，再加 --resume 接着做。")
        return record

    def records(self) -> Iterator[tuple[int, Record]]:
        """Every sound record with its place; a damaged line costs its own file a second making, no more."""
        place = 0
        with self.path.open("rb") as lines:
            for line in lines:
                record = record_of(line)
                if record is not None:
                    yield place, record
                place += len(line)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def mend(path: Path, descriptor: int) -> None:
    """Cut off a last line that was not written to its end."""
    size = path.stat().st_size
    step = 64 * 1024
    with path.open("rb") as file:
        end = size
        while end:
            start = max(0, end - step)
            file.seek(start)
            if (found := file.read(end - start).rfind(b"\n")) >= 0:
                end = start + found + 1
                break
            end = start
    if end != size:
        os.truncate(descriptor if os.truncate in os.supports_fd else path, end)


def line_of(record: Record) -> bytes:
    """A record as one line with its check in front."""
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return f"{zlib.crc32(body):0{CHECK}x} ".encode() + body + b"\n"


def record_of(line: bytes) -> Record | None:
    """The record of a line, or None where the line is torn or damaged."""
    check, body = line[: CHECK + 1], line[CHECK + 1 : -1]
    if not line.endswith(b"\n") or check != f"{zlib.crc32(body):0{CHECK}x} ".encode():
        return None
    record: Record = json.loads(body.decode("utf-8", "surrogatepass"))
    return record
