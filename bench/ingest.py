"""What is read out of every file of ../shared, and how it compares: ``python bench/ingest.py [--peers PYTHON] [--formats] [WORD ...]``.

Without options: one line per file of realdocs and circulars with kind, result, seconds, peak memory, characters and
notices, and the gold anchors and displayed numbers of the circulars that were read; then how many of the files that a
human can read were read. ingest_files.tsv says which files no human can read, and why, and which open with a password
(these must ask for it first). Words choose files by their path.

``--peers`` names a Python in which markitdown, docx2python and pdfplumber are installed (they are no dependencies of ours):
    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install "markitdown[docx,pdf,xlsx,outlook]" docx2python pdfplumber
``--formats`` makes doc, rtf, Word 2003 XML, html, odt, pdf and scanned pages of the docx circulars (LibreOffice needed) and
compares the outlines: every sentence with its label, furniture left out. Tracked changes are accepted beforehand, because
LibreOffice writes deleted text into its copies.
"""

import argparse
import csv
import difflib
import json
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
HAN = re.compile("[\u4e00-\u9fff]")
SECONDS = 300
FILES = Path(__file__).with_name("ingest_files.tsv")
SCAN_DPI = 200
SCAN_PAGES = 2
PEERS = {
    "markitdown": "from markitdown import MarkItDown\ntext = MarkItDown().convert(sys.argv[1]).text_content",
    "docx2python": "from docx2python import docx2python\nwith docx2python(sys.argv[1]) as d: text = d.text",
    "pdfplumber": "import pdfplumber\nwith pdfplumber.open(sys.argv[1]) as d: text = '\\n'.join(p.extract_text() or '' for p in d.pages)",
}
FORMS = {"doc": "doc", "rtf": "rtf", "xml": "xml:MS Word 2003 XML", "html": "html:HTML (StarWriter)", "odt": "odt", "pdf": "pdf"}
TOLD = ("files", "read", "Han", "anchors", "numbers", "seconds")
FITS = {"docx2python": (".docx",), "pdfplumber": (".pdf",), "markitdown": (".docx", ".pdf", ".xlsx", ".xls", ".msg", ".eml", ".doc", ".html", ".zip")}


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one program got out of one file; ``error`` is a refusal, ``bug`` anything that escaped."""

    text: str = ""
    outline: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0
    error: str = ""
    bug: bool = False
    notices: tuple[str, ...] = ()


def main() -> int:
    """Measure and print; the exit code tells whether something escaped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="only files whose path holds one of these")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--password", default="", help=argparse.SUPPRESS)
    parser.add_argument("--peers", help="a Python with the peers installed")
    parser.add_argument("--formats", action="store_true", help="compare the formats of one paper")
    options = parser.parse_args()
    if options.one:
        return read_one(options.one, options.password)
    if options.formats:
        return compare_formats(options.words)
    if options.peers:
        return compare_peers(options.peers, options.words)
    return read_all(options.words)


def read_one(path: Path, password: str) -> int:
    """Read one file in this process and print what came of it as JSON."""
    import resource

    sys.path.insert(0, str(ROOT))
    from digest.errors import DigestError
    from digest.ingest import read
    from digest.model.source import Source
    from digest.structure import build
    from digest.zh import lexicon

    start = time.perf_counter()
    found: dict[str, Any] = {}
    try:
        document = read(Source(name=path.name, data=path.read_bytes(), password=password))
        found["seconds"] = time.perf_counter() - start
        found["outline"] = outline_of(build(document, lexicon.load()))
        found["text"] = "\n".join(block.label + block.raw for block in document.blocks)
        found["notices"] = [notice.code for notice in document.notices]
    except DigestError as error:
        found["error"] = f"{type(error).__name__}: {error}"
    except BaseException as error:
        found |= {"error": f"{type(error).__name__}: {error}", "bug": True}
    found.setdefault("seconds", time.perf_counter() - start)
    found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found, ensure_ascii=False))
    return 0


def outline_of(outline: Any) -> str:
    """Every sentence in order, each number of the tree before the first of its sentences."""
    pieces, told = [], set()
    for sentence in outline.sentences:
        if sentence.node not in told:
            pieces.append(outline.nodes[sentence.node].label)
            told.add(sentence.node)
        pieces.append(sentence.text)
    return "".join(pieces)


def run(words: list[str]) -> Result:
    """A program that prints such JSON, in a process of its own."""
    try:
        done = subprocess.run(words, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Result(error=f"over {SECONDS} s", bug=True, seconds=SECONDS)
    lines = done.stdout.decode("utf-8", "replace").strip().splitlines()
    if not lines or not lines[-1].startswith("{"):
        return Result(error=f"died with {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-200:]}", bug=True)
    found = json.loads(lines[-1])
    return Result(**found | {"notices": tuple(found.get("notices", ()))})


def ours(path: Path, password: str = "") -> Result:
    """What we read."""
    return run([sys.executable, __file__, "--one", str(path), "--password", password])


def known_files() -> dict[str, tuple[str, str]]:
    """What is known of odd files: name to kind (password, unreadable) and value."""
    with FILES.open(encoding="utf-8", newline="") as table:
        return {row["file"]: (row["kind"], row["value"]) for row in csv.DictReader(table, delimiter="\t")}


def peer(python: str, name: str, path: Path) -> Result:
    """What a peer reads."""
    measure = "import json, resource, sys, time\nstart = time.perf_counter()\ntext, error = '', ''\ntry:\n"
    body = "\n".join(f"    {line}" for line in PEERS[name].splitlines())
    tail = (
        "\nexcept BaseException as e:\n    error = f'{type(e).__name__}: {e}'[:200]\n"
        "print(json.dumps({'text': text, 'error': error, 'seconds': time.perf_counter() - start,"
        " 'megabytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))"
    )
    return run([python, "-c", measure + body + tail, str(path)])


def files(words: list[str]) -> list[Path]:
    """The files to be read, by folder and name."""
    found = [path for folder in ("circulars", "realdocs") for path in sorted((SHARED / folder).rglob("*")) if path.is_file()]
    wanted = [path for path in found if path.suffix not in (".json", ".md", ".tsv", ".py") or path.parent.parent.name == "realdocs"]
    return [path for path in wanted if not words or any(word in str(path) for word in words)]


def read_all(words: list[str]) -> int:
    """The table per file, and what it comes to."""
    sums: Counter[str] = Counter()
    known = known_files()
    print(f"{'kind':10} {'file':46} {'result':12} {'s':>6} {'MB':>5} {'chars':>7} {'Han':>7}  notices")
    for path in files(words):
        result = ours(path)
        kind, value = known.get(path.name, ("", ""))
        if kind == "password" and result.error.startswith("Encrypted"):
            result = ours(path, value)
        told = show(path, result)
        group = "hostile" if path.parent.name == "hostile" else "unreadable" if kind == "unreadable" else "readable"
        sums[group] += 1
        sums[f"{group} {told}"] += 1
        sums["bug"] += told in ("BUG", "empty")
    print(f"readable {sums['readable']}, read {sums['readable read']} = {100 * sums['readable read'] / max(1, sums['readable']):.1f} %")
    print(f"readable by nobody {sums['unreadable']}, refused {sums['unreadable'] - sums['unreadable read']}")
    print(f"hostile {sums['hostile']}, read harmlessly or refused {sums['hostile'] - sums['hostile BUG'] - sums['hostile empty']}")
    print(f"escaped exceptions, hangs and empty successes {sums['bug']}")
    return 1 if sums["bug"] else 0


def show(path: Path, result: Result) -> str:
    """Print one file's line; returns its result in a word."""
    text = re.sub(r"\s+", "", result.text)
    state = "BUG" if result.bug else result.error.partition(":")[0] or ("read" if text else "empty")
    kind = path.parent.name if path.parent.name != "circulars" else "circular"
    told = " ".join(sorted(set(result.notices))) or result.error.partition(": ")[2][:60]
    sizes = f"{result.seconds:6.1f} {result.megabytes:5.0f} {len(text):7} {len(HAN.findall(text)):7}"
    print(f"{kind:10} {path.name[:46]:46} {state:12} {sizes}  {told}{gold_of(path, result.text)}", flush=True)
    return state


def gold_of(path: Path, text: str) -> str:
    """The share of a circular's anchors and of its displayed numbers that its text holds."""
    kept = kept_of(path, text)
    return f" anchors {kept[0]}/{kept[1]} numbers {kept[2]}/{kept[3]}" if kept else ""


def kept_of(path: Path, text: str) -> tuple[int, int, int, int] | None:
    """Anchors found and sought, numbers found and sought; None where a file has no gold answers."""
    gold_file = path.with_name(path.stem + ".gold.json")
    if not gold_file.is_file():
        return None
    gold, plain = json.loads(gold_file.read_text("utf-8")), re.sub(r"[\s　|]+", "", text)
    groups = [group for point in gold["must"] for group in point["anchors"]]
    anchors = sum(any(re.sub(r"\s+", "", each) in plain for each in group) for group in groups)
    places = [(re.split("、(?=（)|(?<=[）、章节条])", item["number"]), re.sub(r"\s+", "", item["starts"])) for item in gold["structure"]]
    numbers = sum(any(label and label.rstrip("、") + mark + start in plain for label in labels[-2:] for mark in ("", "、", ".")) for labels, start in places)
    return anchors, len(groups), numbers, len(places)


def compare_peers(python: str, words: list[str]) -> int:
    """Characters, anchors, numbers and seconds of each program, side by side."""
    names = list(PEERS)
    sums: dict[str, Counter[str]] = {name: Counter() for name in names}
    print(f"{'file':44} {'ours':>26} " + " ".join(f"{name:>26}" for name in names))
    for path in files(words or ["circulars", "realdocs/docx", "realdocs/pdf_text", "realdocs/xlsx", "realdocs/msg"]):
        results = [ours(path)] + [peer(python, name, path) if path.suffix.lower() in FITS[name] else None for name in names]
        print(f"{path.name[:44]:44} " + " ".join(f"{column(path, each):>26}" for each in results), flush=True)
        for name, mine in zip(names, results[1:], strict=True):
            if mine is not None:
                sums[name] += Counter(tally(path, results[0], "our ") | tally(path, mine))
    for name in names:
        print(f"{name}: " + ", ".join(f"{what} {sums[name][what]:.0f} (we {sums[name]['our ' + what]:.0f})" for what in TOLD))
    return 0


def tally(path: Path, result: Result, whose: str = "") -> dict[str, float]:
    """What one program's reading of one file adds to its sums."""
    kept = kept_of(path, result.text) or (0, 0, 0, 0)
    counts = (1, bool(result.text.strip()), len(HAN.findall(result.text)), kept[0], kept[2], result.seconds)
    return {whose + what: count for what, count in zip(TOLD, counts, strict=True)}


def column(path: Path, result: Result | None) -> str:
    """One program's column: Han characters, anchors, numbers, seconds."""
    if result is None:
        return "-"
    if result.error:
        return f"{result.error.partition(':')[0][:16]} {result.seconds:.1f}s"
    kept = kept_of(path, result.text)
    gold = f" a{kept[0]}/{kept[1]} n{kept[2]}/{kept[3]}" if kept else ""
    return f"{len(HAN.findall(result.text))}{gold} {result.seconds:.1f}s"


def compare_formats(words: list[str]) -> int:
    """The same paper in several formats: how much of the outline agrees."""
    print(f"{'file':44} " + " ".join(f"{name:>7}" for name in (*FORMS, "scan")) + "  (agreement with docx, %)")
    for path in [each for each in files(words or ["circulars"]) if each.suffix == ".docx"]:
        with tempfile.TemporaryDirectory() as folder:
            accepted = without_changes(path, Path(folder))
            base = plain(ours(accepted).outline)
            made = {name: convert(accepted, form, Path(folder)) for name, form in FORMS.items()}
            shares = [agreement(base, plain(ours(each).outline)) for each in made.values()]
            pictures, page_text = scans(made["pdf"], Path(folder))
            scanned = agreement(plain(page_text), plain("".join(ours(each).text for each in pictures)))
        print(f"{path.name[:44]:44} " + " ".join(f"{share:7.2f}" for share in (*shares, scanned)), flush=True)
    return 0


def without_changes(path: Path, folder: Path) -> Path:
    """A docx with its tracked changes accepted."""
    from lxml import etree

    made = folder / path.name
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as taken:
        for name in given.namelist():
            data = given.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(data)
                etree.strip_elements(root, f"{space}del", f"{space}moveFrom", with_tail=False)
                etree.strip_tags(root, f"{space}ins", f"{space}moveTo")
                data = etree.tostring(root)
            taken.writestr(name, data)
    return made


def plain(text: str) -> str:
    """Text without blanks and page numbers."""
    return re.sub(r"\s+|[—–-]\s*\d+\s*[—–-]", "", text)


def agreement(one: str, other: str) -> float:
    """Percent of characters that agree, in order."""
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return 100 * same / max(1, len(one), len(other))


def convert(path: Path, form: str, folder: Path) -> Path:
    """A file in another format, by LibreOffice."""
    kind = form.partition(":")[0]
    words = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(words, capture_output=True, timeout=SECONDS, check=True)
    return folder / f"{path.stem}.{kind}"


def scans(path: Path, folder: Path) -> tuple[list[Path], str]:
    """The first pages of a PDF as pictures, and the text that they show as the PDF reader has it."""
    import pypdfium2

    sys.path.insert(0, str(ROOT))
    from digest.ingest import read
    from digest.model.source import Source

    pictures = []
    with pypdfium2.PdfDocument(path) as pdf:
        for number in range(min(len(pdf), SCAN_PAGES)):
            pictures.append(folder / f"page{number + 1}.png")
            pdf[number].render(scale=SCAN_DPI / 72).to_pil().save(pictures[-1], dpi=(SCAN_DPI, SCAN_DPI))
    document = read(Source(name=path.name, data=path.read_bytes()))
    return pictures, "".join(block.raw for block in document.blocks if (block.page or 0) <= SCAN_PAGES)


if __name__ == "__main__":
    sys.exit(main())
