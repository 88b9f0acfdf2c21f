"""How far the ladders go, and what they keep of what readers marked.

usage: shorten.py [../shared/corpus/train]. For every mark: the unit that holds its core, the share of the core's character bigrams
that each rung keeps, and each rung's length beside the core's. Then the time that facts and ladders of the longest text take.
"""

import sys
import time
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from digest import compress, facts, ingest, structure
from digest.model.facts import Facts
from digest.model.outline import Outline
from digest.model.source import Source
from digest.zh.lexicon import load

RUNGS = ("全文", "精简", "最简")
FOUND = 0.9  # share of a core that a unit must hold to be the marked one
COVERED = 0.7  # share at which the benchmark counts a core as covered


def bare(text: str) -> str:
    """The text without marks and blanks, in one width."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


def bigrams(text: str) -> Counter[str]:
    """Character pairs of a text."""
    plain = bare(text)
    return Counter(plain[place : place + 2] for place in range(len(plain) - 1))


def outline_of(path: Path) -> Outline:
    """A text of the corpus, read and structured."""
    return structure.build(ingest.read(Source(name=path.name, data=path.read_bytes())), load())


def cores(folder: Path) -> dict[str, list[str]]:
    """The readers' cores by document."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((folder / "labels").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) == 5 and cells[0] != "doc_id":
                found[cells[0]].append(cells[4].replace("||", ""))
    return found


def measure(folder: Path) -> None:
    """Print what each rung keeps and how long it is."""
    total: Counter[str] = Counter()
    for name, marked in sorted(cores(folder).items()):
        outline = outline_of(folder / "texts" / f"{name}.txt")
        ladders = compress.shorten(outline, Facts(), range(len(outline.units)))
        whole = [bigrams(ladder.rungs[0].text) for ladder in ladders]
        for core in marked:
            wanted = bigrams(core)
            best = max(range(len(ladders)), key=lambda unit: ((whole[unit] & wanted).total(), -whole[unit].total()))
            if not wanted or (whole[best] & wanted).total() < FOUND * wanted.total():
                continue
            total["cores"] += 1
            total["core characters"] += len(bare(core))
            for place, rung in enumerate(RUNGS):
                text = ladders[best].rungs[min(place, len(ladders[best].rungs) - 1)].text
                share = (bigrams(text) & wanted).total() / wanted.total()
                total[f"{rung} characters"] += len(bare(text))
                total[f"{rung} kept"] += round(share * 1e6)
                total[f"{rung} covered"] += share >= COVERED
    report(total)


def report(total: Counter[str]) -> None:
    """Print the table."""
    count, length = total["cores"], total["全文 characters"]
    print(f"cores {count}, {total['core characters'] / length:.3f} of their units' length")
    for rung in RUNGS:
        kept, covered = total[f"{rung} kept"] / count / 1e6, total[f"{rung} covered"] / count
        print(f"{rung}: length {total[f'{rung} characters'] / length:.3f}  bigrams of cores kept {kept:.3f}  cores covered {covered:.3f}")


def clock(folder: Path) -> None:
    """Print the time of the longest text's facts and ladders, first run and best of five."""
    path = max((folder / "texts").glob("*.txt"), key=lambda each: each.stat().st_size)
    outline = outline_of(path)
    times: list[tuple[float, float]] = []
    for _ in range(5):
        start = time.perf_counter()
        found = facts.find(outline, load())
        middle = time.perf_counter()
        compress.shorten(outline, found, range(len(outline.units)))
        times.append((middle - start, time.perf_counter() - middle))
    size = sum(len(sentence.text) for sentence in outline.sentences)
    first, best = times[0], min(times, key=sum)
    print(f"{path.name}: {size} characters; facts {first[0] * 1e3:.0f} ms, ladders {first[1] * 1e3:.0f} ms; best {best[0] * 1e3:.0f} + {best[1] * 1e3:.0f} ms")


if __name__ == "__main__":
    place = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1] / "../shared/corpus/train")
    measure(place)
    clock(place)
