"""The sheet measured: milliseconds to fill, place and write; characters of body, fill of the page, sizes, bytes; over every readable input.

``python bench/sheet.py [DESIGN...]`` reads ../shared (corpus, circulars, real files), or the files named by ``--files``. Without a
design each paper takes the one it would take by itself (``auto``), then every design is measured. ``--each`` prints a row for every paper.
``--rivals FOLDER`` sets one page with WeasyPrint and Typst too (``pip install weasyprint typst``), and draws the pictures into FOLDER.
"""

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from digest import ingest, pipeline, places, sheet
from digest.errors import DigestError
from digest.model.look import Look
from digest.model.source import Source
from digest.pipeline import Rules, Understood
from digest.render import write_pdf
from digest.zh import lexicon

sys.path.insert(0, str(Path(__file__).parent))
import sheet_rivals as rivals

SHARED = Path(__file__).resolve().parents[2] / "shared"
SUFFIXES = {".txt", ".docx", ".pdf", ".eml", ".doc"}
T = TypeVar("T")
AUTO = "auto"
MOST_BYTES = 3_000_000  # reading larger files is measured by bench/ingest.py


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one sheet took and gave."""

    name: str
    fill_ms: float
    place_ms: float
    write_ms: float
    fill: float
    size: float
    lines: int
    characters: int
    kilobytes: int
    more: bool
    bold: float  # share of the body's characters


def inputs() -> list[Path]:
    """Every file of ../shared that could be a paper."""
    folders = ("corpus/dev/texts", "corpus/train/texts", "circulars", "realdocs")
    found = [path for folder in folders for path in sorted((SHARED / folder).rglob("*")) if path.suffix.lower() in SUFFIXES]
    return [path for path in found if path.stat().st_size <= MOST_BYTES]


def understood(paths: list[Path]) -> Iterator[tuple[str, Understood]]:
    """Steps 1 to 5 of each file; refused ones are left out."""
    rules = Rules(lexicon=lexicon.load(), profile=places.profile(None))
    for path in paths:
        try:
            source = Source(name=path.name, data=path.read_bytes())
            yield path.name, pipeline.understand(source, rules, reader=lambda each: ingest.read(each, ocr=False))
        except DigestError:
            continue


def timed(act: Callable[[], T]) -> tuple[T, float]:
    """A result and its milliseconds."""
    start = time.perf_counter()
    result = act()
    return result, (time.perf_counter() - start) * 1000


def measure(name: str, known: Understood, look: Look) -> Figures:
    """Fill, place and write one sheet."""
    (made, page), fill_ms = timed(lambda: sheet.fill(known.outline, known.facts, known.ranking, known.ladders, look))
    _, place_ms = timed(lambda: sheet.place(made, look))
    data, write_ms = timed(lambda: write_pdf.write(made, page, look))
    return Figures(
        name=name,
        fill_ms=fill_ms,
        place_ms=place_ms,
        write_ms=write_ms,
        fill=page.fill,
        size=page.size,
        lines=len(made.lines),
        characters=sum(len(line.text) for line in made.lines),
        kilobytes=len(data) // 1000,
        bold=sum(end - start for line in made.lines for start, end in line.emphasis) / max(1, sum(len(line.text) for line in made.lines)),
        more=made.balance.candidates > sum(len(line.units) for line in made.lines) and not made.circulate_only,
    )


def report(design: str, rows: list[Figures]) -> None:
    """Print one design's table."""
    enough = [row.fill for row in rows if row.more]
    print(f"\n{design}: {len(rows)} sheets, {len(enough)} of papers with more to say than the page holds")
    print(f"  {'':12}{'median':>9}{'p90':>9}{'most':>9}")
    for title, values in (("fill ms", [r.fill_ms for r in rows]), ("place ms", [r.place_ms for r in rows]), ("write ms", [r.write_ms for r in rows])):
        print(f"  {title:12}{statistics.median(values):9.0f}{sorted(values)[int(len(values) * 0.9)]:9.0f}{max(values):9.0f}")
    if enough:
        print(f"  page filled  median {statistics.median(enough):.1%}, 10th percentile {sorted(enough)[len(enough) // 10]:.1%}, least {min(enough):.1%}")
    print(f"  sizes        {dict(sorted(Counter(row.size for row in rows).items(), reverse=True))}")
    said = sorted(row.characters for row in rows if row.more) or [0]
    print(f"  lines        median {statistics.median(row.lines for row in rows):.0f}")
    print(f"  characters   of body where there is more to say: median {statistics.median(said):.0f}, p10 {said[len(said) // 10]}, most {said[-1]}")
    bold = sorted(row.bold for row in rows)
    print(f"  bold         of the body's characters: median {statistics.median(bold):.1%}, most {bold[-1]:.1%}")
    print(f"  kilobytes    median {statistics.median(row.kilobytes for row in rows)}, most {max(row.kilobytes for row in rows)}")


def report_each(rows: list[Figures]) -> None:
    """Print a row for every paper."""
    print(f"\n  {'characters':>10}{'lines':>7}{'size':>7}{'fill':>8}{'KB':>5}  paper")
    for row in rows:
        print(f"  {row.characters:10}{row.lines:7}{row.size:7}{row.fill:8.1%}{row.kilobytes:5}  {row.name}")


def main() -> None:
    """Measure the designs asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("designs", nargs="*", default=[])
    parser.add_argument("--files", nargs="*", type=Path, default=None)
    parser.add_argument("--each", action="store_true", help="a row for every paper")
    parser.add_argument("--rivals", type=Path, default=None, metavar="FOLDER", help="beside WeasyPrint and Typst, with pictures")
    arguments = parser.parse_args()
    if arguments.rivals:
        rivals.compare(arguments.rivals)
        return
    everything = list(places.looks())
    looks = [places.look(name) for name in arguments.designs] or everything
    rows: dict[str, list[Figures]] = {} if arguments.designs else {AUTO: []}
    for name, known in understood(arguments.files or inputs()):
        chosen = [] if arguments.designs else [(AUTO, pipeline.suit(known, everything))]
        for design, look in (*chosen, *((look.name, look) for look in looks)):
            rows.setdefault(design, []).append(measure(name, known, look))
    for design, figures in rows.items():
        report(design, figures)
        if arguments.each:
            report_each(figures)


if __name__ == "__main__":
    main()
