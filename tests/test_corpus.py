"""The whole way over real texts: no exception escapes, exactly one page, every number in its source, the same bytes twice."""

import re
from io import BytesIO
from pathlib import Path

import pytest

from digest import ingest, pipeline, places
from digest.errors import DigestError
from digest.model.source import Source
from digest.options import FORMS
from digest.pipeline import Rules
from digest.zh import lexicon

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
TEXTS = sorted(SHARED.glob("corpus/*/texts/*.txt")) + sorted(SHARED.glob("corpus/seed.txt"))
SUFFIXES = (".docx", ".pdf", ".eml")
FILES = [path for folder in ("circulars", "realdocs") for path in sorted((SHARED / folder).rglob("*")) if path.suffix.lower() in SUFFIXES]
MOST_BYTES = 3_000_000  # larger files are measured by bench/ingest.py

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not TEXTS, reason="../shared is not here: the corpus tests need it"),
]


@pytest.fixture(scope="module")
def rules():
    """The packaged words and an ordinary branch."""
    return Rules(lexicon=lexicon.load(), profile=places.profile(None))


def read_without_ocr(source):
    """Scans are another test's matter: OCR takes seconds a page."""
    return ingest.read(source, ocr=False)


def make(path, rules):
    """The sheet of a file."""
    source = Source(name=path.name, data=path.read_bytes())
    understood = pipeline.understand(source, rules, reader=read_without_ocr)
    look = places.look("", None)
    return pipeline.compose(understood, look), look


def pages_of(pdf):
    """How many pages a PDF has."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(BytesIO(pdf)))


def proven(made):
    """Every number, date and negation of every line stands in the line's own source spans."""
    blocks = made.understood.outline.document.blocks
    for line in made.sheet.lines:
        source = "".join(blocks[span.block].label + blocks[span.block].raw[span.start : span.end] for span in line.spans)
        source = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in source if not c.isspace())
        printed = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in line.text)
        for found in re.findall(r"\d+(?:\.\d+)?|[不非无未禁勿]", printed):
            assert found in source, (line.text, source)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_text_gives_one_proven_page(path, rules):
    """Each official text gives exactly one A4 page whose every number stands in its source."""
    made, look = make(path, rules)

    assert pages_of(pipeline.write(made, look, "pdf")) == 1
    proven(made)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:40])
def test_every_file_gives_one_page_or_one_sentence(path, rules):
    """Each file gives one proven page, or a refusal in one Chinese sentence."""
    if path.stat().st_size > MOST_BYTES:
        pytest.skip("too large for a test: see bench/ingest.py")
    try:
        made, look = make(path, rules)
    except DigestError as error:
        assert re.search("[\u4e00-\u9fff]", str(error)) and "\n" not in str(error)
        return

    assert pages_of(pipeline.write(made, look, "pdf")) == 1
    proven(made)


@pytest.mark.parametrize("path", TEXTS[::12], ids=lambda path: path.stem)
def test_the_same_input_gives_the_same_bytes(path, rules):
    """A sheet made twice is the same file in every form."""
    first, look = make(path, rules)
    second, _ = make(path, rules)

    for form in FORMS:
        assert pipeline.write(first, look, form) == pipeline.write(second, look, form), form


def test_the_report_gives_an_honest_short_sheet(rules):
    """The report that describes the practice is a talk and no circular: a sheet that says so, cleanly read."""
    made, _ = make(SHARED / "corpus" / "seed.txt", rules)

    assert made.sheet.circulate_only
    assert "手中" in "".join(passage.text for passage in made.understood.outline.passages).replace("屮", "中")
