"""One file from disk to sheets on disk: path in, Outcome out; nothing that exists is lost."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from digest import pipeline
from digest.errors import DigestError, ExitCode, TooMuch, Unreadable
from digest.model.look import Look
from digest.model.outline import Light
from digest.model.sheet import Sheet
from digest.model.source import Source
from digest.opening import Opener
from digest.options import Options
from digest.pipeline import Made, Rules

MANAGERS, NUMBERED = "-主管用", "-编号件"
Drawn = tuple[tuple[str, dict[str, bytes]], ...]  # each sheet's name, and its content in each form
SIZE_LIMIT = 200 * 1024 * 1024  # bytes; the largest honest circular seen is a 60 MB scan


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one file: the sheet and where it lies, or the error."""

    path: Path
    made: Made | None = None
    others: tuple[Made, ...] = ()  # the second sheet and on, where a paper was made on several
    written: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()  # earlier sheets that were moved aside, because someone may have edited them
    error: DigestError | None = None


class Job(Struct, frozen=True, kw_only=True):
    """What all files of a batch share; of several ``looks`` each file takes the one that suits it.

    Sheets go to ``folder``; where there is none they are handed back. They are written in ``staging`` first, a folder on the same
    disk, or else beside their final name. The ``opener`` reads a file, structures it and finds its facts.
    """

    rules: Rules
    looks: tuple[Look, ...]
    opener: Opener
    options: Options
    folder: Path | None
    staging: Path | None = None


def load(path: Path, password: str = "") -> Source:
    """Read a file into a Source.

    Raises:
        DigestError: it is missing, a folder, locked by another program, or far too large.
    """
    try:
        size = path.stat().st_size
        if size > SIZE_LIMIT:
            raise TooMuch(f"{path.name}：文件有 {size // 2**20} MB，超过 {SIZE_LIMIT // 2**20} MB 的上限。请只取需要学习的那一份文件再试。")
        return Source(name=path.name, data=path.read_bytes(), password=password)
    except FileNotFoundError as error:
        raise Unreadable(f"{path}：没有这个文件。请检查路径和文件名；路径中有空格时请加英文引号。") from error
    except IsADirectoryError as error:
        raise Unreadable(f"{path}：这是文件夹，不是文件。请写出文件夹里的文件名。") from error
    except OSError as error:
        raise Unreadable(f"{path}：打不开（{error.strerror}）。若正在 Word 或 WPS 中打开，请先关闭再试。") from error


def run_all(paths: Sequence[Path], job: Job) -> Iterator[Outcome]:
    """Yield an Outcome per path as soon as it is there, in the same order."""
    for path, name in zip(paths, output_names(paths), strict=True):
        yield run(path, name, job)


def output_names(paths: Sequence[Path]) -> list[str]:
    """Names for the sheets: the file's own, with its suffix where two files share a stem, numbered where even that collides."""
    stems = Counter(path.stem for path in paths)
    names = [path.stem if stems[path.stem] == 1 else f"{path.stem}-{path.suffix.lstrip('.')}" for path in paths]
    seen: Counter[str] = Counter()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return unique


def run(path: Path, name: str, job: Job) -> Outcome:
    """Make one file's sheet and write it as ``name`` in the wanted forms."""
    try:
        parts, drawn = draw(load(path, job.options.password), name, job)
        written, kept = write_drawn(drawn, job, avoid=path)
    except DigestError as error:
        return Outcome(path=path, error=error)
    return Outcome(path=path, made=parts[0], others=parts[1:], written=written, kept=kept)


def draw(source: Source, name: str, job: Job) -> tuple[tuple[Made, ...], Drawn]:
    """Every sheet of a paper in every wanted form, with nothing written yet; several sheets are told apart by their number.

    Raises:
        DigestError: the paper cannot be read, is refused, or does not fit.
    """
    understood = pipeline.understand(source, job.rules, opener=job.opener)
    look = pipeline.suit(understood, job.looks)
    parts = pipeline.compose_parts(understood, look, job.options.sheets)
    names = [f"{name}-{number}" for number in range(1, len(parts) + 1)] if len(parts) > 1 else [name]
    drawn: list[tuple[str, dict[str, bytes]]] = []
    for stem, made in zip(names, parts, strict=True):
        drawn.append((stem, {form: pipeline.write(made, look, form) for form in job.options.forms}))
        drawn += [(stem + end, contents) for end, contents in extras(made, look, job.options).items()]
    return parts, tuple(drawn)


def extras(made: Made, look: Look, options: Options) -> dict[str, dict[str, bytes]]:
    """What was asked for beside the sheet, by the end of its name: the manager's copy with the answers, the numbered copies of a restricted one."""
    found = {}
    if options.answers and made.sheet.questions:
        found[MANAGERS] = {"pdf": pipeline.managers_copy(made, look)}
    if options.copies and made.sheet.restriction:
        found[NUMBERED] = {"pdf": pipeline.numbered_copies(made, look, options.copies)}
    return found


def write_drawn(drawn: Drawn, job: Job, *, avoid: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write every sheet of a paper: what was written, and what was moved aside for it."""
    written: list[Path] = []
    kept: list[Path] = []
    for name, contents in drawn:
        new, old = store(contents, job.folder or Path(), name, avoid=avoid, staging=job.staging)
        written += new
        kept += old
    return tuple(written), tuple(kept)


def warnings(sheet: Sheet) -> list[str]:
    """Everything the manager must look at before printing."""
    found = [*sheet.balance.alarms, *sheet.notices]
    if sheet.light is Light.ORANGE:
        found.append(f"限制传达：{sheet.restriction}。页脚已标注，散发前请核对范围、编号回收。")
    if sheet.missing:
        found.append(f"原文未找到：{'、'.join(sheet.missing)}，请人工补充。")
    return list(dict.fromkeys(found))


def store(contents: dict[str, bytes], folder: Path, name: str, *, avoid: Path, staging: Path | None = None) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write each form; an existing DOCX that differs is moved aside first. The source itself is never written over."""
    written, kept = [], []
    try:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        for form, data in contents.items():
            target = folder / f"{name}.{form}"
            if target.resolve() == avoid.resolve():
                target = folder / f"{name}.学习单.{form}"
            kept += set_aside(target, data)
            replace(target, data, staging)
            written.append(target)
    except OSError as error:
        raise Unreadable(f"{folder}：写不进去（{error.strerror}）。若上次的学习单正打开着，请先关闭；或用 -o 换一个文件夹。") from error
    return tuple(written), tuple(kept)


def set_aside(target: Path, data: bytes) -> list[Path]:
    """Rename an existing, different DOCX to the next free ``….旧N.docx``: it may hold the manager's edits."""
    if target.suffix != ".docx" or not target.exists() or target.read_bytes() == data:
        return []
    number = 1
    while (aside := target.with_name(f"{target.stem}.旧{number}{target.suffix}")).exists():
        number += 1
    target.rename(aside)
    return [aside]


def replace(target: Path, data: bytes, staging: Path | None = None) -> None:
    """Write under another name on the same disk and move into place, so that a crash leaves the old or the new file, never half.

    Several processes share a staging folder, so names in it are unique.
    """
    beside = staging / os.urandom(16).hex() if staging else target.with_name(f".{target.name}.tmp")
    beside.write_bytes(data)
    beside.replace(target)


def exit_code(outcomes: Iterable[Outcome]) -> ExitCode:
    """OK, the single file's own code, or PARTLY for a batch with failures."""
    all_of_them = tuple(outcomes)
    errors = [outcome.error for outcome in all_of_them if outcome.error]
    if not errors:
        return ExitCode.OK
    return errors[0].exit_code if len(all_of_them) == 1 else ExitCode.PARTLY
