"""How long a sheet takes, beside what others need for less: ratios in one run, and how time and memory grow with length.

usage: python bench/speed.py [--pages 10,100,300] [--forms docx,pdf,eml] [--runs 3] [--peers PYTHON]

Papers of these lengths are written out of the samples' own texts (long_papers.py). Cold is a whole process, start to exit; warm is
the same work again in one process. Bytecode is kept as after anybody's first run, whatever PYTHONDONTWRITEBYTECODE says here: a run of each that
is not counted writes it (without, ours alone would be compiled at every start, for 0.4 s: the peers' lies in the environment). All times are
medians, of cold ones the least is told too; processor seconds (with all children's) are beside them, because they suffer least from what else the
computer does. The peers:

pypdfium2      the PDF's text alone: the floor
pdfplumber     extract_text of every page, each closed at once
markitdown     to Markdown, then sentences ranked in the manner of TextRank4ZH: jieba's words, likeness by shared words, power
               iteration (own lines below, numpy only). It makes no page, and it does not decode mail. ``--peers`` names a Python that has it:
               python3 -m venv /tmp/peers && /tmp/peers/bin/pip install "markitdown[docx,pdf]" jieba numpy "setuptools<80"
four           no peer: our own way in all four forms, as ``digest make`` goes it without --format
jieba          no reader: Python loads jieba's dictionary, then our reader reads the paper; what a cold make is measured against

A peer that is not installed is skipped, and said to be.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FITS = {"ours": ("docx", "pdf", "eml"), "four": ("docx",), "jieba": ("docx",), "pypdfium2": ("pdf",), "pdfplumber": ("pdf",), "markitdown": ("docx", "pdf")}
OURS: dict[str, tuple[str, ...]] = {"ours": ("pdf",), "four": ()}  # our own ways, by the forms they are asked for; none is all four


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What one way of working took: seconds cold (and the least of them) and warm, processor seconds cold, megabytes of its largest process."""

    cold: float
    least: float
    warm: float
    cpu: float
    megabytes: float


def main() -> int:
    """Write the papers, measure everything, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default="10,100,300")
    parser.add_argument("--forms", default="docx,pdf,eml")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", default=sys.executable, help="a Python with markitdown")
    parser.add_argument("--one", nargs=3, metavar=("NAME", "FILE", "RUNS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return run_one(options.one[0], Path(options.one[1]), int(options.one[2]))
    pages = [int(each) for each in options.pages.split(",")]
    pythons = {name: options.peers if name == "markitdown" else sys.executable for name in FITS}
    names = [name for name in FITS if installed(pythons[name], name)]
    print(f"load of this computer at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; medians of {options.runs}")
    found: dict[tuple[str, int, str], Taken] = {}
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        for form in options.forms.split(","):
            for count in pages:
                path = written(Path(folder), form, count)
                rows = measure({name: pythons[name] for name in names if form in FITS[name]}, path, options.runs)
                found |= {(form, count, name): taken for name, taken in rows.items()}
                tell(form, count, rows)
        tell_help(options.runs, Path(folder))
    tell_growth(found, pages)
    return 0


def installed(python: str, name: str) -> bool:
    """Whether a peer is there."""
    module = "digest" if name in OURS else name
    if subprocess.run([python, "-W", "ignore", "-c", f"import {module}"], capture_output=True, cwd=ROOT, check=False).returncode == 0:
        return True
    print(f"skipped: {name} is not installed in {Path(python).name}")
    return False


def written(folder: Path, form: str, count: int) -> Path:
    """A paper of that many pages as a file."""
    sys.path.insert(0, str(ROOT))
    import long_papers

    path = folder / f"{count}.{form}"
    path.write_bytes(long_papers.write(form, count))
    return path


def measure(pythons: dict[str, str], path: Path, runs: int) -> dict[str, Taken]:
    """Every way of working on one paper; they take turns, so that what else the computer does meets all of them alike."""
    here = ["-o", str(path.parent / "out"), "--home", str(path.parent / "home")]
    asked = {name: ["--format", ",".join(forms)] if forms else [] for name, forms in OURS.items()}
    whole = {name: [sys.executable, "-m", "digest", "make", str(path), *words, *here] for name, words in asked.items()}
    cold: dict[str, list[Process]] = {name: [] for name in pythons}
    warm: dict[str, list[float]] = {name: [] for name in pythons}
    for turn in range(runs + 1):
        for name, python in pythons.items():
            taken = process(whole.get(name) or one(python, name, path, 1), path.parent)
            if turn:  # the first wrote the bytecode
                cold[name].append(taken)
                warm[name] += json.loads(process(one(python, name, path, 3), path.parent).output)[1:]
    return {
        name: Taken(
            cold=statistics.median(each.seconds for each in cold[name]),
            least=min(each.seconds for each in cold[name]),
            warm=statistics.median(warm[name]),
            cpu=statistics.median(each.cpu for each in cold[name]),
            megabytes=max(each.megabytes for each in cold[name]),
        )
        for name in pythons
    }


def one(python: str, name: str, path: Path, runs: int) -> list[str]:
    """The command that works on a paper so many times in one process."""
    return [python, "-W", "ignore", __file__, "--one", name, str(path), str(runs)]


@dataclass(frozen=True, kw_only=True)
class Process:
    """A process that has ended: its output, seconds, processor seconds and megabytes, children included."""

    output: str
    seconds: float
    cpu: float
    megabytes: float


def process(words: Sequence[str], folder: Path) -> Process:
    """Run a process to its end; its bytecode is kept in the folder."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        started = subprocess.Popen(words, cwd=ROOT, stdout=out, stderr=subprocess.DEVNULL, env=environment | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")})
        _, status, usage = os.wait4(started.pid, 0)
        seconds = time.perf_counter() - begun
        started.returncode = os.waitstatus_to_exitcode(status)
        if started.returncode:
            raise SystemExit(f"{' '.join(words)} ended with {started.returncode}")
        out.seek(0)
        output = out.read().decode("utf-8", "replace")
    return Process(output=output, seconds=seconds, cpu=usage.ru_utime + usage.ru_stime, megabytes=usage.ru_maxrss / 1024)


def tell(form: str, count: int, rows: dict[str, Taken]) -> None:
    """One paper's table; a ratio above 1 says that the peer takes longer than we do."""
    ours = rows["ours"]
    print(f"\n{form}, {count} pages {'cold s':>22} {'least':>8} {'warm s':>8} {'cpu s':>8} {'MB':>6}   peer : ours, cold · warm · cpu")
    for name, each in rows.items():
        ratios = "" if name in OURS else f"   {each.cold / ours.cold:5.2f} · {each.warm / ours.warm:5.2f} · {each.cpu / ours.cpu:5.2f}"
        print(f"  {name:28} {each.cold:8.2f} {each.least:8.2f} {each.warm:8.2f} {each.cpu:8.2f} {each.megabytes:6.0f}{ratios}", flush=True)
    if "jieba" in rows:
        peer = rows["jieba"]
        least, cpu = ours.least / peer.least, ours.cpu / peer.cpu
        print(f"  cold make : jieba's dictionary + reading = {ours.cold / peer.cold:.2f} (least of each {least:.2f}, processor seconds {cpu:.2f})")
        four = rows["four"]
        print(f"  the same in all four forms, as without --format = {four.cold / peer.cold:.2f} (least of each {four.least / peer.least:.2f})")


def tell_help(runs: int, folder: Path) -> None:
    """How long ``digest --help`` takes."""
    taken = [process([sys.executable, "-m", "digest", "--help"], folder).seconds for _ in range(2 * runs)]
    print(f"\ndigest --help: {1000 * statistics.median(taken):.0f} ms")


def tell_growth(found: dict[tuple[str, int, str], Taken], pages: list[int]) -> None:
    """How our time and memory grow with the pages: the slope of the line through the logarithms."""
    if len(pages) < 2:
        return
    print("\ngrowth with the number of pages (1: twice the pages, twice the time)")
    for form in dict.fromkeys(form for form, _, _ in found):
        ours = [found[form, count, "ours"] for count in pages]
        last = math.log(ours[-1].warm / ours[-2].warm) / math.log(pages[-1] / pages[-2])
        time_, memory = slope(pages, [each.warm for each in ours]), slope(pages, [each.megabytes for each in ours])
        print(f"  {form:5} time {time_:5.2f} (last step {last:.2f})   memory {memory:5.2f}")


def slope(pages: Sequence[int], values: Sequence[float]) -> float:
    """Least squares through the logarithms."""
    return statistics.linear_regression([math.log(each) for each in pages], [math.log(each) for each in values]).slope


def run_one(name: str, path: Path, runs: int) -> int:
    """Do one kind of work so many times and print the seconds of each as JSON."""
    work = WAYS[name](path)
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    print(json.dumps(taken))
    return 0


def ours(path: Path, forms: tuple[str, ...] = OURS["ours"]) -> Callable[[], Any]:
    """The whole way from file to PDF, as ``digest make`` goes it."""
    from digest import places
    from digest.batch.job import Job, run_all
    from digest.commands.reading import ready_opener, rules_of
    from digest.options import Options

    home, options = path.parent / "home", Options(forms=forms) if forms else Options()
    rules, looks = rules_of(home), places.looks(home)
    opener = ready_opener([path], options, rules, looks)
    job = Job(rules=rules, looks=looks, opener=opener, options=options, folder=path.parent / "out")

    def work() -> None:
        (outcome,) = run_all([path], job)
        assert outcome.written, outcome.error

    return work


def with_jieba(path: Path) -> Callable[[], Any]:
    """Load jieba's dictionary as it would itself, without its cache file, and read the paper."""

    def work() -> None:
        import jieba

        made = jieba.Tokenizer()
        made.FREQ, made.total = made.gen_pfdict(made.get_dict_file())
        from digest import ingest
        from digest.model.source import Source

        ingest.read(Source(name=path.name, data=path.read_bytes()))

    return work


def with_pypdfium2(path: Path) -> Callable[[], Any]:
    """The text of every page."""

    def work() -> str:
        import pypdfium2

        with pypdfium2.PdfDocument(path) as pdf:
            return "\n".join(page.get_textpage().get_text_range() for page in pdf)

    return work


def with_pdfplumber(path: Path) -> Callable[[], Any]:
    """The text of every page."""

    def work() -> str:
        import pdfplumber

        texts = []
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                texts.append(page.extract_text() or "")
                page.close()
        return "\n".join(texts)

    return work


def with_markitdown(path: Path) -> Callable[[], Any]:
    """Markdown, then the twenty best sentences."""

    def work() -> list[str]:
        from markitdown import MarkItDown

        return textrank(MarkItDown().convert(str(path)).text_content, 20)

    return work


def textrank(text: str, count: int) -> list[str]:
    """The sentences that are most like the others: shared words over the logarithms of the lengths, ranked by power iteration."""
    import re

    import jieba
    import numpy as np

    sentences = [each for each in re.split(r"[。！？；\n]+", text) if len(each.strip()) > 4]
    bags = [frozenset(word for word in jieba.lcut(each) if len(word) > 1) for each in sentences]
    logs = [math.log(len(bag)) if bag else 0.0 for bag in bags]
    holders: dict[str, list[int]] = {}
    likeness = np.zeros((len(bags), len(bags)))
    for place, bag in enumerate(bags):
        for word in bag:
            others = holders.setdefault(word, [])
            likeness[place, others] += 1
            others.append(place)
    likeness += likeness.T
    lengths = np.add.outer(logs, logs)
    likeness = np.divide(likeness, lengths, out=np.zeros_like(likeness), where=lengths > 0)
    sums = likeness.sum(axis=1, keepdims=True)
    likeness = np.divide(likeness, sums, out=np.zeros_like(likeness), where=sums > 0)
    ranks = np.full(len(bags), 1 / max(1, len(bags)))
    for _ in range(100):
        ranks = 0.15 / len(bags) + 0.85 * likeness.T @ ranks
    return [sentences[place] for place in sorted(np.argsort(-ranks)[:count])]


WAYS: dict[str, Callable[[Path], Callable[[], Any]]] = {
    "ours": ours,
    "four": lambda path: ours(path, OURS["four"]),
    "jieba": with_jieba,
    "pypdfium2": with_pypdfium2,
    "pdfplumber": with_pdfplumber,
    "markitdown": with_markitdown,
}


if __name__ == "__main__":
    sys.exit(main())
