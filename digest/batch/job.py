"""One file from disk to sheets on disk: path in, Outcome out; nothing that exists is lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from digest import pipeline
from digest.errors import DigestError, ExitCode, TooMuch, Unreadable
from digest.model.look import Look
from digest.model.source import Source
from digest.options import Options
from digest.pipeline import Made, Reader, Rules

MANAGERS, NUMBERED = "-主管用", "-编号件"
SIZE_LIMIT = 200 * 1024 * 1024  # bytes; the largest honest circular seen is a 60 MB scan


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: the sheet and where it lies, or the error."""

    path: Path
    made: Made | None = None
    others: tuple[Made, ...] = ()  # the second sheet and on, where a paper was made on several
    written: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()  # earlier sheets that were moved aside, because someone may have edited them
    error: DigestError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What all files of a batch share; of several ``looks`` each file takes the one that suits it."""

    rules: Rules
    looks: tuple[Look, ...]
    reader: Reader
    options: Options
    folder: Path


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


def run(path: Path, name: str, job: Job) -> Outcome:
    """Make one file's sheet and write it as ``name`` in the wanted forms."""
    try:
        source = load(path, job.options.password)
        understood = pipeline.understand(source, job.rules, reader=job.reader)
        look = pipeline.suit(understood, job.looks)
        parts = pipeline.compose_parts(understood, look, job.options.sheets)
        written, kept = write_parts(parts, look, (path, name), job)
    except DigestError as error:
        return Outcome(path=path, error=error)
    return Outcome(path=path, made=parts[0], others=parts[1:], written=written, kept=kept)


def write_parts(parts: tuple[Made, ...], look: Look, place: tuple[Path, str], job: Job) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write every sheet of a paper once all of them are drawn; several are told apart by their number."""
    path, name = place
    drawn = [{form: pipeline.write(made, look, form) for form in job.options.forms} for made in parts]
    more = [extras(made, look, job.options) for made in parts]
    written: list[Path] = []
    kept: list[Path] = []
    for number, (contents, copies) in enumerate(zip(drawn, more, strict=True), start=1):
        stem = f"{name}-{number}" if len(parts) > 1 else name
        for end, forms in {"": contents, **copies}.items():
            new, old = store(forms, job.folder, stem + end, avoid=path)
            written += new
            kept += old
    return tuple(written), tuple(kept)


def extras(made: Made, look: Look, options: Options) -> dict[str, dict[str, bytes]]:
    """What was asked for beside the sheet, by the end of its name: the manager's copy with the answers, the numbered copies of a restricted one."""
    found = {}
    if options.answers and made.sheet.questions:
        found[MANAGERS] = {"pdf": pipeline.managers_copy(made, look)}
    if options.copies and made.sheet.restriction:
        found[NUMBERED] = {"pdf": pipeline.numbered_copies(made, look, options.copies)}
    return found


def store(contents: dict[str, bytes], folder: Path, name: str, *, avoid: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write each form; an existing DOCX that differs is moved aside first. The source itself is never written over."""
    written, kept = [], []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for form, data in contents.items():
            target = folder / f"{name}.{form}"
            if target.resolve() == avoid.resolve():
                target = folder / f"{name}.学习单.{form}"
            kept += set_aside(target, data)
            replace(target, data)
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


def replace(target: Path, data: bytes) -> None:
    """Write beside the target and move into place, so that a crash leaves the old or the new file, never half."""
    beside = target.with_name(f".{target.name}.tmp")
    beside.write_bytes(data)
    beside.replace(target)


def exit_code(outcomes: Iterable[Outcome]) -> ExitCode:
    """OK, the single file's own code, or PARTLY for a batch with failures."""
    all_of_them = tuple(outcomes)
    errors = [outcome.error for outcome in all_of_them if outcome.error]
    if not errors:
        return ExitCode.OK
    return errors[0].exit_code if len(all_of_them) == 1 else ExitCode.PARTLY
