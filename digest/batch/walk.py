"""A folder or a list to its files, one after the other: never more names in memory than batch.toml allows."""

import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from digest.batch.limits import limits
from digest.errors import DigestError, Unreadable, UsageError

NOT_PAPERS = frozenset(("thumbs.db", "desktop.ini"))  # what Windows leaves in folders
HIDDEN = (".", "~$")  # hidden files, and the locks of open Word files
ENCODINGS = ("utf-8-sig", "gb18030")


class Entry(Struct, frozen=True, kw_only=True):
    """One file to attend to; ``folder`` is where its sheets go, below the output folder. ``error`` says why it cannot even be tried."""

    path: Path
    folder: str = ""
    error: DigestError | None = None


def entries(source: Path, out: Path) -> Iterator[Entry]:
    """Every file of a folder, its sub-folders included, or of a list with one path per line; never one in the output folder.

    Raises:
        UsageError: it is neither, or the output folder is the folder itself or above it.
        Unreadable: the list cannot be read.
    """
    if not source.is_dir():
        return listed(source, encoding_of(source), out)
    if source.resolve().is_relative_to(out.resolve()):
        raise UsageError(f"{out}：学习单不能写进来文所在的文件夹（会混在一起，甚至覆盖来文）。请用 -o 另换一个文件夹。")
    return walk(source, out.resolve())


def walk(root: Path, out: Path, below: str = "") -> Iterator[Entry]:
    """The files of a folder and its sub-folders in the order of their names; folders that cannot be opened are told, not passed over."""
    try:
        for name, is_folder in names(root / below):
            inner = f"{below}/{name}" if below else name
            if is_folder and (root / inner).resolve() != out:
                yield from walk(root, out, inner)
            elif (root / inner).is_file():
                yield Entry(path=root / inner, folder=below)
    except OSError as error:
        words = f"{root / below}：文件夹打不开（{error.strerror}），里面的文件没有处理。请检查权限。"
        yield Entry(path=root / below, folder=below, error=Unreadable(words))


def names(folder: Path) -> Iterator[tuple[str, bool]]:
    """What lies in a folder, sorted (a very large one in pieces), each with whether it is a folder itself; links to folders are not."""
    with os.scandir(folder) as found:
        while some := sorted((each.name, each.is_dir(follow_symlinks=False)) for each in itertools.islice(found, limits().names_at_once)):
            yield from (each for each in some if wanted(each[0]))


def wanted(name: str) -> bool:
    """Whether a name can be a paper's."""
    return not name.startswith(HIDDEN) and name.lower() not in NOT_PAPERS


def listed(source: Path, encoding: str, out: Path) -> Iterator[Entry]:
    """The files a list names; their sheets go to a folder named as the one they lie in."""
    below = out.resolve()
    for line in lines_of(source, encoding):
        path = Path(line)
        error = None
        if path.resolve().is_relative_to(below):
            error = UsageError(f"{line}：在结果文件夹里，不能当来文。请从清单中去掉。")
        yield Entry(path=path, folder=safe(path.absolute().parent.name), error=error)


def safe(name: str) -> str:
    """A folder's name that every system allows."""
    return re.sub(r'[\\/:*?"<>|]', "_", name).strip(" .")


def lines_of(source: Path, encoding: str) -> Iterator[str]:
    """The list's lines without blank ones and quotation marks, one by one."""
    with source.open(encoding=encoding) as lines:
        for line in lines:
            if path := line.strip().strip('"'):
                yield path


def encoding_of(source: Path) -> str:
    """How the list is written: UTF-8 or GB18030.

    Raises:
        Unreadable: it is missing or no text.
    """
    for encoding in ENCODINGS:
        try:
            with source.open(encoding=encoding) as lines:
                binary = any("\0" in line for line in lines)
        except UnicodeDecodeError:
            continue
        except OSError as error:
            raise Unreadable(f"{source}：打不开（{error.strerror}）。请写一个文件夹，或一个每行一个路径的文本清单。") from error
        if not binary:
            return encoding
        break
    raise Unreadable(f"{source}：不是文件夹，也不是文本清单。只做一个文件请用 digest make；清单请存成 UTF-8 文本，每行一个路径。")
