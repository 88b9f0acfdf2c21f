"""Batches of many files: one worker against two, this computer's pool against Dask, and deaths in the middle.

usage: python bench/batch.py [--files 2000] [--folder DIR] [--rounds 2] [--only speed|deaths]

Files are made from bench/sample_texts with small variations (docx, pdf, eml, txt, md), so no two have the same content. Every run is
``digest batch`` in a process of its own; speed is taken from the journal between the first and the last result, so that start-up does
not count. After each run every file must be in the table exactly once.
"""

import argparse
import csv
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import write_samples

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.batch.cluster import Cluster  # noqa: E402  the tests' own cluster of processes

MEGABYTE = 1024 * 1024
Disturb = Callable[[subprocess.Popen[bytes]], None]


@dataclass
class Measured:
    """One run: files a second, processor seconds a file (workers, parent), and the most memory of one worker with its reading child."""

    speed: float
    processor: float
    parent: float
    memory: float
    code: int


def make_files(folder: Path, count: int) -> None:
    """So many different files, in folders of a hundred."""
    texts = Path(tempfile.mkdtemp())
    originals = {name: (write_samples.TEXTS / f"{name.rsplit('.', 1)[0]}.txt").read_text("utf-8") for name in write_samples.WRITERS}
    write_samples.TEXTS = texts
    for number in range(count):
        name = list(originals)[number % len(originals)]
        stem, form = name.rsplit(".", 1)
        (texts / f"{stem}.txt").write_text(varied(originals[name], number), "utf-8")
        target = folder / f"第{number // 100}批" / f"{stem}{number}.{form}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(write_samples.WRITERS[name](stem))
    shutil.rmtree(texts)


def varied(text: str, number: int) -> str:
    """The text of another paper of the same kind: the year's number of it, and other days."""
    return text.replace("〕", f"〕{number + 1}之").replace("30日", f"{number % 28 + 1}日").replace("网点", f"第{number + 1}类网点", 1)


def run(files: Path, out: Path, *words: str, disturb: Disturb | None = None, at: int = 0) -> Measured:
    """One batch; after ``at`` results it is disturbed."""
    command = [sys.executable, "-X", "utf8", "-m", "digest", "batch", str(files), "-o", str(out), "--format", "pdf,docx", *words]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    journal = out / ".batch" / "journal.jsonl"
    begun, seen, stamps, memory, processor, looked = 0, 0, [], 0.0, {}, 0.0
    while process.poll() is None:
        if journal.exists() and (size := journal.stat().st_size) != begun:
            begun = size
            seen = journal.read_bytes().count(b'"kind":"file"')
            stamps.append((time.monotonic(), seen))
            if disturb and seen >= at:
                disturb(process)
                disturb = None
        if time.monotonic() - looked > 0.5:
            looked = time.monotonic()
            memory = max(memory, look(process, processor))
        time.sleep(0.01)
    (first, before), (last, after) = (stamps[1], stamps[-1]) if len(stamps) > 2 else ((0.0, 0), (1.0, 0))
    parent = processor.pop(process.pid, 0.0)
    per_file = [seconds / max(seen, 1) for seconds in (sum(processor.values()), parent)]
    return Measured((after - before) / max(last - first, 0.001), *per_file, memory / MEGABYTE, process.returncode)


def look(process: subprocess.Popen[bytes], processor: dict[int, float]) -> float:
    """Note each process's processor time; the most memory (unique, shared pages once) of a worker and its child."""
    found = []
    try:
        processor[process.pid] = spent(psutil.Process(process.pid))
        for worker in psutil.Process(process.pid).children():
            group = [worker, *worker.children(recursive=True)]
            processor |= {each.pid: spent(each) for each in group}
            found.append(sum(each.memory_full_info().uss for each in group))
    except psutil.Error:
        pass  # a process ended while we looked
    return max(found, default=0.0)


def spent(process: psutil.Process) -> float:
    """A process's processor seconds."""
    times = process.cpu_times()
    return float(times.user + times.system)


def check(files: Path, out: Path, name: str) -> None:
    """Every file once in the table, made, with whole sheets; anything else ends the bench."""
    with (out / "结果.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    wanted = Counter(str(path) for path in files.rglob("*") if path.is_file())
    assert Counter(row["来文"] for row in rows) == wanted, name
    assert {row["结果"] for row in rows} == {"已成"}, Counter(row["原因"] for row in rows).most_common(3)
    sheets = [out / sheet for row in rows for sheet in row["学习单"].split("；")]
    assert len(set(sheets)) == 2 * len(rows), name
    assert all(sheet.stat().st_size > 1000 for sheet in sheets), name
    print(f"{name:44s} {len(rows)} files, each exactly once", flush=True)


def speed(files: Path, work: Path, rounds: int) -> None:
    """One worker against two, turn about because the computer may be busy; pool and Dask."""
    found: dict[str, list[Measured]] = {}
    for turn in range(rounds):
        for count in (1, 2):
            out = work / f"pool{count}-{turn}"
            found.setdefault(f"pool {count}", []).append(run(files, out, "--workers", str(count)))
            check(files, out, f"pool, {count} worker(s)")
            shutil.rmtree(out)
            cluster = Cluster(work, workers=count)
            out = work / f"dask{count}-{turn}"
            found.setdefault(f"dask {count}", []).append(run(files, out, "--scheduler", cluster.address))
            cluster.stop()
            check(files, out, f"dask, {count} worker(s), shared folder")
            shutil.rmtree(out)
    print(f"\n{'':10s} {'files/s':>10s} {'CPU s/file':>11s} {'parent':>8s} {'MB/worker':>10s}")
    middle = {name: statistics.median(each.speed for each in runs) for name, runs in found.items()}
    for name, runs in found.items():
        rest = f"{runs[0].processor:11.3f} {runs[0].parent:8.4f} {max(each.memory for each in runs):10.0f}" if name.startswith("pool") else ""
        print(f"{name:10s} {middle[name]:10.2f} {rest}")
    for way in ("pool", "dask"):
        print(f"{way}: two workers / one = {middle[f'{way} 2'] / middle[f'{way} 1']:.2f}")
    one, two = found["pool 1"][0], found["pool 2"][0]
    free = 2 * (one.processor + one.parent) / (two.processor + two.parent)
    print(f"pool: two workers / one as processor time tells, were the cores free: {min(2.0, free):.2f}")
    print(f"dask / pool, two workers = {middle['dask 2'] / middle['pool 2']:.2f}")
    print(f"load average now {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def kill_worker(process: subprocess.Popen[bytes]) -> None:
    """Kill -9 of one worker of the pool."""
    workers = [child for child in psutil.Process(process.pid).children() if child.children()]
    workers[0].kill()


def deaths(files: Path, work: Path, count: int) -> None:
    """Kill -9 of everything that can die, in the middle."""
    middle = count // 3
    out = work / "pool-worker"
    run(files, out, "--workers", "2", disturb=kill_worker, at=middle)
    check(files, out, "pool: worker killed")
    shutil.rmtree(out)
    out = work / "pool-command"
    run(files, out, "--workers", "2", disturb=lambda process: process.kill(), at=middle)
    run(files, out, "--workers", "2", "--resume")
    check(files, out, "pool: command killed, resumed")
    shutil.rmtree(out)
    out = work / "dask-worker"
    cluster = Cluster(work, workers=2)
    run(files, out, "--scheduler", cluster.address, disturb=lambda _: os.kill(cluster.worker_pids()[0], signal.SIGKILL), at=middle)
    check(files, out, "dask: worker killed")
    shutil.rmtree(out)
    out = work / "dask-scheduler"
    ended = run(files, out, "--scheduler", cluster.address, disturb=lambda _: cluster.scheduler.kill(), at=middle)
    assert ended.code == 21, ended
    cluster.stop()
    cluster = Cluster(work, workers=2)
    run(files, out, "--resume", "--send-bytes", "--scheduler", cluster.address)
    cluster.stop()
    check(files, out, "dask: scheduler killed, resumed as bytes")
    shutil.rmtree(out)


def main() -> None:
    """Make the files, then measure, then kill."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "digest-bench-batch")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", choices=("speed", "deaths"))
    arguments = parser.parse_args()
    shutil.rmtree(arguments.folder, ignore_errors=True)
    files = arguments.folder / "in"
    make_files(files, arguments.files)
    print(f"{arguments.files} files, {sum(path.stat().st_size for path in files.rglob('*') if path.is_file()) // MEGABYTE} MB", flush=True)
    if arguments.only != "speed":
        deaths(files, arguments.folder, arguments.files)
    if arguments.only != "deaths":
        speed(files, arguments.folder, arguments.rounds)
    shutil.rmtree(arguments.folder)


if __name__ == "__main__":
    main()
