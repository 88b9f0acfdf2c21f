"""How many machines a province needs: a queueing simulation from measured service times.

usage: python bench/scale.py [--measure] [--branches 40000] [--circulars 20] [--archive 10000000]

Service times are processor seconds a file, measured on samples/ (--measure does it now, else the figures of docs/scale.md are taken).

A day of a network: every branch receives so many circulars, most of them the same papers (head office to all, a province, a city, the
branch's own). A content is made once for each profile of its readers (idempotence by content and rules), not once for each branch.
Arrivals follow an office day with a peak before opening time; sheets wait in one queue for any free core, first come first served,
each for a service time drawn from the measured ones. Printed are the waiting times by number of cores, so that the knee can be seen.
The archive of ten years is the same sum without a queue: work divided by cores.
"""

import argparse
import heapq
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
HOUR, DAY = 3600.0, 86400.0
MEASURED = (0.40, 0.68, 0.44, 0.36, 0.20, 0.43, 0.37, 0.26)  # processor seconds a sample for pdf+docx, by --measure on a busy PC
LEVELS = ((0.35, 1), (0.35, 31), (0.20, 340), (0.10, None))  # share of a branch's circulars, and how many offices issue them; None: own
PROFILES = 12  # kinds of branches (full service, community, private banking…) that get sheets of their own
IN_TIME, OPENING = 7 * HOUR + 1200, 7.5 * HOUR  # what came by 07:20 should lie there at 07:30
RUSH = ((0.0, 7.0, 0.5), (7.0, 7.5, 6.0), (7.5, 9.0, 2.0), (9.0, 18.0, 1.0), (18.0, 24.0, 0.3))  # from, to, weight of an hour
FAILURES = 0.002  # share of work done twice: workers lost, retries
SCAN_SHARE, SCAN_SECONDS = 0.05, 9.0  # scanned papers: three pages of OCR at 3 s a page on one core


@dataclass(frozen=True)
class Waits:
    """What the queue did to the sheets of one day, in seconds."""

    half: float
    most: float  # 99 of 100
    worst: float
    mean: float
    busy: float  # share of the cores' day
    late: int  # not there at 07:30 though they had come by 07:20


def sheets_a_day(branches: int, circulars: int) -> tuple[int, int]:
    """Sheets to make in a day: as asked by the branches, and as made once for each content and profile."""
    asked = branches * circulars
    made = 0.0
    for share, offices in LEVELS:
        papers = circulars * share
        made += branches * papers if offices is None else offices * papers * min(PROFILES, branches / offices)
    return asked, round(made)


def arrivals(count: int, dice: random.Random) -> list[float]:
    """The moments of a day at which so many papers come, sorted."""
    weights = [weight * (end - start) for start, end, weight in RUSH]
    spans = dice.choices(RUSH, weights, k=count)
    return sorted(HOUR * dice.uniform(start, end) for start, end, _ in spans)


def services(measured: Sequence[float], dice: random.Random) -> Iterator[float]:
    """Service times without end: a measured one, a scan now and then, some of them twice."""
    while True:
        seconds = SCAN_SECONDS if dice.random() < SCAN_SHARE else dice.choice(measured)
        yield seconds * (2 if dice.random() < FAILURES else 1)


def simulate(moments: Sequence[float], cores: int, seconds: Iterator[float]) -> Waits:
    """One queue, so many cores, first come first served."""
    free = [0.0] * cores
    waited, worked, late = [], 0.0, 0
    for moment, needed in zip(moments, seconds, strict=False):
        done = max(moment, heapq.heappop(free)) + needed
        heapq.heappush(free, done)
        waited.append(done - moment)
        worked += needed
        late += moment <= IN_TIME and done > OPENING
    waited.sort()
    count = len(waited)
    return Waits(waited[count // 2], waited[count * 99 // 100], waited[-1], sum(waited) / count, worked / (cores * DAY), late)


def check_against_theory(dice: random.Random) -> None:
    """The simulation must give what queueing theory gives where it has a formula: M/M/c at 70 % load, one core and two."""
    for cores, theory in ((1, 1 / (1 - 0.7)), (2, 1 / (1 - 0.7**2))):
        gaps = (dice.expovariate(0.7 * cores) for _ in range(400_000))
        found = simulate(list(accumulate(gaps)), cores, iter(lambda: dice.expovariate(1.0), None)).mean
        print(f"check: M/M/{cores} at 70 % load, mean time {found:.2f}, theory {theory:.2f}")
        assert abs(found - theory) < 0.1 * theory


def measure() -> list[float]:
    """Processor seconds of each sample, read and drawn in this process as pdf and docx; the middle of five."""
    from digest.batch.one import make, ready_job
    from digest.batch.task import Task
    from digest.model.source import Source
    from digest.options import Options

    job = ready_job(Options(forms=("pdf", "docx"), guarded=False))
    found = []
    for path in sorted(path for path in SAMPLES.iterdir() if ".sheet" not in path.name):
        data = path.read_bytes()
        task = Task(number=1, path=path, name=path.stem, sha256=Source(name=path.name, data=data).sha256, data=data, picture=True)
        times = []
        for _ in range(6):  # the first is warming up
            begun = time.process_time()
            make(task, job)
            times.append(time.process_time() - begun)
        found.append(round(statistics.median(times[1:]), 3))
    return found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--branches", type=int, default=40_000)
    parser.add_argument("--circulars", type=int, default=20)
    parser.add_argument("--archive", type=int, default=10_000_000)
    arguments = parser.parse_args()
    dice = random.Random(20260101)
    asked, made = sheets_a_day(arguments.branches, arguments.circulars)
    service = measure() if arguments.measure else MEASURED
    print("service times:", *service)
    check_against_theory(dice)
    mean = statistics.mean(service) * (1 - SCAN_SHARE) + SCAN_SECONDS * SCAN_SHARE
    print(f"{arguments.branches} branches x {arguments.circulars} circulars: {asked} sheets asked for, {made} made ({made / asked:.1%})")
    print(f"mean service {mean:.2f} core-seconds (with {SCAN_SHARE:.0%} scans)\n")
    for name, count in (("each content once per profile", made), ("without idempotence", asked)):
        print(f"{name}: {count} sheets a day, {count * mean / DAY:.1f} cores busy on average")
        print(f"{'cores':>6s} {'busy':>6s} {'median':>9s} {'99 %':>9s} {'worst':>9s}  late at 07:30")
        moments = arrivals(count, dice)
        for cores in (2, 4, 8, 16, 32, 64):
            waits = simulate(moments, cores, services(service, dice))
            print(f"{cores:6d} {waits.busy:6.0%} {waits.half:8.1f}s {waits.most:8.1f}s {waits.worst:8.1f}s  {waits.late}")
        print()
    print(f"archive of {arguments.archive} documents:")
    for cores in (16, 64, 128, 256):
        print(f"{cores:6d} cores {arguments.archive * mean * (1 + FAILURES) / cores / DAY:6.1f} days")


if __name__ == "__main__":
    main()
