"""Files one after another: paths in, Outcomes out, in the same order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from digest.batch.job import Job, Outcome, run


def run_all(paths: Sequence[Path], job: Job) -> Iterator[Outcome]:
    """Yield an Outcome per path as soon as it is there."""
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
