"""What a visitor sees in samples/ is what the program makes, on one page, every figure in its source."""

import re
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from digest import ingest, pipeline, places
from digest.commands.reading import rules_of
from digest.model.source import Source

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
INPUTS = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in (".docx", ".pdf", ".eml", ".txt", ".md") and ".sheet" not in path.name]


@pytest.fixture(scope="module", params=INPUTS, ids=lambda path: path.stem)
def sample(request, tmp_path_factory):
    """One sample made the whole way with the packaged words and designs."""
    path, home = request.param, tmp_path_factory.mktemp("home")
    understood = pipeline.understand(Source(name=path.name, data=path.read_bytes()), rules_of(home), reader=ingest.read)
    look = pipeline.suit(understood, places.looks(home))
    made = pipeline.compose(understood, look)
    return path, made, pipeline.write(made, look, "pdf")


def text_of(pdf):
    """The text of a PDF's only page."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    assert len(document) == 1
    return document[0].get_textpage().get_text_range()


def test_there_are_eight_samples_of_several_forms():
    """A visitor finds eight circulars in at least four formats."""
    assert len(INPUTS) == 8
    assert len({path.suffix for path in INPUTS}) >= 4


def test_the_sheet_beside_the_sample_is_the_one_we_make(sample):
    """The committed sheet says exactly what the program says today, on one page."""
    path, _, pdf = sample

    assert text_of(pdf) == text_of((SAMPLES / f"{path.stem}.sheet.pdf").read_bytes())
    assert (SAMPLES / f"{path.stem}.sheet.png").exists()


def test_every_figure_and_negation_stands_in_its_source(sample):
    """Each number, date and negation of a line is found in the very characters the line points to."""
    _, made, _ = sample
    blocks = made.understood.outline.document.blocks
    for line in made.sheet.lines:
        source = "".join(blocks[span.block].label + blocks[span.block].raw[span.start : span.end] for span in line.spans)
        source = re.sub(r"\s", "", source)
        for found in re.findall(r"\d+(?:\.\d+)?|[不非无未禁勿]", line.text):
            assert found in source, line.text


def test_a_sheet_has_something_to_do(sample):
    """Every sample asks the branch for something, and most of the page says what."""
    _, made, _ = sample

    assert len(made.sheet.lines) >= 8
    assert made.page.fill >= 0.9
