"""Make the sheet of every sample anew and put it beside its source as PDF and PNG.

usage: python bench/draw_samples.py        writes samples/<name>.sheet.pdf and samples/<name>.sheet.png, and docs/pictures/ledger.png
"""

from io import BytesIO
from pathlib import Path

import pypdfium2

from digest import ingest, pipeline, places
from digest.commands.reading import rules_of
from digest.model.source import Source

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
LEDGER, LEDGER_OF = SAMPLES.parent / "docs" / "pictures" / "ledger.png", "柜面系统升级上线通知.docx"  # the second design of the README
FORMS = (".docx", ".pdf", ".eml", ".txt", ".md")
SCALE = 110 / 72  # 110 dots an inch: readable, and small enough for a repository
NO_HOME = Path("/nonexistent")  # the packaged words and designs only


def inputs() -> list[Path]:
    """The sample circulars, without the sheets beside them."""
    return [path for path in sorted(SAMPLES.iterdir()) if path.suffix in FORMS and ".sheet" not in path.name]


def sheet_of(path: Path, design: str = "") -> bytes:
    """The PDF of a sample's sheet, in the design it takes by itself or in a named one."""
    understood = pipeline.understand(Source(name=path.name, data=path.read_bytes()), rules_of(NO_HOME), reader=ingest.read)
    look = pipeline.suit(understood, places.looks(NO_HOME, design))
    return pipeline.write(pipeline.compose(understood, look), look, "pdf")


def picture_of(pdf: bytes) -> bytes:
    """The first page as a grey PNG."""
    out = BytesIO()
    pypdfium2.PdfDocument(pdf)[0].render(scale=SCALE, grayscale=True).to_pil().quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Draw them all."""
    for path in inputs():
        pdf = sheet_of(path)
        (SAMPLES / f"{path.stem}.sheet.pdf").write_bytes(pdf)
        (SAMPLES / f"{path.stem}.sheet.png").write_bytes(picture_of(pdf))
        print(path.name, len(pdf), "bytes")
    LEDGER.write_bytes(picture_of(sheet_of(SAMPLES / LEDGER_OF, "ledger")))


if __name__ == "__main__":
    assert places.names(), "no designs found"
    main()
