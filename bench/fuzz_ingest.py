"""Coverage-guided fuzzing of the readers: ``python bench/fuzz_ingest.py [--seconds N] [--keep FOLDER] [READER ...]``.

atheris is no dependency of ours: ``pip install atheris hypothesis pytest`` beside the project (Linux and macOS only). Each reader
runs N seconds in a process of its own, from seeds of our own making. A finding is whatever is neither a document in order nor
one of our refusals: an escaped exception, a crash of a library, more than 20 s or 3 GB for one input; the input that led to it is
kept. Library exceptions that the door turned into a refusal are counted by kind: they are contained, but worth a look.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
HANG_SECONDS, MEGABYTES = 20, 3000
LONGEST = 20_000  # bytes of one input
CONTAINED = re.compile(r"读不出来（(\w+)）")
READERS = ("sniff", "eml", "docx", "ofd", "msg", "html", "pdf", "rtf", "xlsx", "zip", "wordml", "sheetml", "txt")


def main() -> int:
    """Fuzz each reader and print what came of it; the exit code tells whether anything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", help=" ".join(READERS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "digest-fuzz", help="where findings are kept")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return fuzz(options.one, options.seconds, options.keep)
    options.keep.mkdir(parents=True, exist_ok=True)
    found = [run(reader, options.seconds, options.keep) for reader in options.readers or READERS]
    return 1 if any(found) else 0


def run(reader: str, seconds: int, keep: Path) -> bool:
    """One reader in a process of its own; whether something was found."""
    words = [sys.executable, __file__, "--one", reader, "--seconds", str(seconds), "--keep", str(keep)]
    done = subprocess.run(words, capture_output=True, timeout=seconds + 120, check=False)
    told = done.stderr.decode("utf-8", "replace")
    runs = re.findall(r"^#(\d+)", told, re.M)
    contained = re.findall(r"contained: (.*)", done.stdout.decode("utf-8", "replace"))
    print(f"{reader:8} {runs[-1] if runs else 0:>9} inputs, exit {done.returncode}, contained {contained[-1] if contained else 'none'}", flush=True)
    if done.returncode:
        print(told[-3000:])
    return bool(done.returncode)


def fuzz(reader: str, seconds: int, keep: Path) -> int:
    """Run the fuzzer in this process; it ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["digest"]):
        from digest import ingest  # noqa: F401  (its modules are instrumented as they are imported)
        from digest.ingest import dispatch  # noqa: F401
    seeds, made = targets()[reader]
    kinds: Counter[str] = Counter()

    def one(data: bytes) -> None:
        """One input."""
        kind = answer(reader, made(data))
        if kind and kind not in kinds:
            keep.joinpath(f"{reader}-{kind}").write_bytes(data)
        kinds[kind] += bool(kind)
        if kind:
            print("contained: " + ", ".join(f"{name} {count}" for name, count in kinds.items() if count), flush=True)

    with tempfile.TemporaryDirectory() as corpus:
        for at, seed in enumerate(seeds):
            Path(corpus, str(at)).write_bytes(seed)
        limits = [f"-max_total_time={seconds}", f"-timeout={HANG_SECONDS}", f"-rss_limit_mb={MEGABYTES}", f"-max_len={LONGEST}"]
        atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={keep}/{reader}-", corpus], one)
        atheris.Fuzz()
    return 0


def answer(reader: str, data: bytes) -> str:
    """Read one file and check the answer; the kind of a library exception that was contained, or an empty string."""
    from digest import ingest
    from digest.errors import DigestError
    from digest.ingest.formats import READERS as known
    from digest.ingest.formats import refusals
    from digest.ingest.sniff import sniff
    from digest.model.source import Source
    from tests.ingest.test_fuzz import check

    if reader == "sniff":
        assert sniff(data, "甲.docx") in known or sniff(data, "甲.docx") in refusals()
        return ""
    try:
        check(ingest.read(Source(name=f"甲.{reader}", data=data), ocr=False))
    except DigestError as refusal:
        assert re.search("[\u4e00-\u9fff]", str(refusal))
        told = CONTAINED.search(str(refusal))
        return told[1] if told else ""
    return ""


def targets() -> dict[str, tuple[list[bytes], Callable[[bytes], bytes]]]:
    """Reader to its seeds and to what makes a file of an input: zipped formats are fuzzed inside the zip."""
    from tests.ingest import make_ofd, test_fuzz
    from tests.ingest.make_docx import NAMESPACES, abstract, level, num, pack, para, row, run, table, zipped
    from tests.ingest.test_odd_files import RTF

    seeds = test_fuzz.SEEDS
    body = para("甲", num=(1, 0)) + f"<w:p><w:del>{run('旧')}</w:del><w:ins>{run('新')}</w:ins></w:p>" + table(row("一", "二"))
    page = make_ofd.lines(["各网点应当核对现金。"]) + make_ofd.grid([30, 80, 130], [60, 72, 84]) + make_ofd.picture(0, 0, 9, 9)
    sheet = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1"><v>5</v></c></row></sheetData>'
    numbers = abstract(0, level(0, "chineseCounting", "%1、")) + num(1, 0)

    def docx(data: bytes) -> bytes:
        """A docx with this body."""
        return zipped({"word/document.xml": f"<w:document {NAMESPACES}><w:body>".encode() + data + b"</w:body></w:document>", "word/numbering.xml": numbers})

    def ofd(data: bytes) -> bytes:
        """An OFD with this page content."""
        return make_ofd.pack(data.decode("utf-8", "replace"))

    def xlsx(data: bytes) -> bytes:
        """A workbook with this sheet."""
        return zipped(workbook_parts() | {"xl/worksheets/sheet1.xml": data})

    main = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    plain: Callable[[bytes], bytes] = bytes
    return {
        "sniff": (list(seeds.values()), plain),
        "eml": ([seeds["甲.eml"], seeds["多.eml"]], plain),
        "docx": ([body.encode()], docx),
        "ofd": ([page.encode()], ofd),
        "msg": ([seeds["甲.msg"]], plain),
        "html": ([seeds["甲.html"]], plain),
        "pdf": ([seeds["甲.pdf"]], plain),
        "rtf": ([RTF], plain),
        "xlsx": ([f"{main}{sheet}</worksheet>".encode()], xlsx),
        "zip": ([zipped({"通知.txt": "第一条 甲。", "附件.docx": pack(para("乙"))})], plain),
        "wordml": ([seeds["甲.doc"]], plain),
        "sheetml": ([seeds["甲.xls"]], plain),
        "txt": (["一、甲。\n第一条 乙。".encode("gb18030"), b"|a|b|\n|-|-|\n|1|2|"], plain),
    }


def workbook_parts() -> dict[str, str]:
    """The parts of a workbook round its one sheet."""
    from tests.ingest.make_docx import REL, rels

    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    rows = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{kinds}.{kind}+xml"/>'
        for name, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"))
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{rows}</Types>',
        "_rels/.rels": rels([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{REL[:-1]}"><sheets><sheet name="甲" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels([("r1", "worksheet", "worksheets/sheet1.xml")]),
    }


if __name__ == "__main__":
    sys.exit(main())
