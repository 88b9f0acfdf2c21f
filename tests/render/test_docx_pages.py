"""The DOCX is one page in LibreOffice: with its font embedded, with other Chinese fonts, and with no Chinese font at all.

Needs LibreOffice (``soffice``), which CI installs; without it these tests skip and say so.
"""

import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from digest.render import write_docx
from tests.render import pages, sheets
from tests.render.pictures import logo

pypdfium2 = pytest.importorskip("pypdfium2")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice (LibreOffice) is not here; CI installs it"),
]
LATIN = "DejaVuSans.ttf"
CHINESE = ("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "wqy-zenhei.ttc", "uming.ttc")
LIMIT = 841.89 - 24  # pt from the top: nothing printed may lie lower


def without_fonts(data: bytes) -> bytes:
    """The same document with nothing embedded, as a user's own copy may be."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/fontTable.xml":
                body = re.sub(rb"<w:embed[^>]*/>", b"", body)
            if not name.startswith("word/fonts/"):
                new.writestr(name, body)
    return out.getvalue()


def installed(names: tuple[str, ...]) -> list[Path]:
    """Those of the font files that lie on this machine."""
    root = Path("/usr/share/fonts")
    return [path for path in sorted(root.rglob("*")) if path.name in names]


def font_folder(folder: Path, files: list[Path]) -> Path:
    """A fontconfig file that shows LibreOffice these fonts only."""
    fonts = folder / "fonts"
    fonts.mkdir(parents=True)
    for path in files:
        (fonts / path.name).symlink_to(path)
    config = folder / "fonts.conf"
    config.write_text(f'<?xml version="1.0"?><fontconfig><dir>{fonts}</dir><cachedir>{folder / "cache"}</cachedir></fontconfig>', "utf-8")
    return config


def converted(folder: Path, config: Path) -> dict[str, bytes]:
    """Every DOCX of a folder as PDF, with the fonts of a fontconfig file, in one run of LibreOffice."""
    out = folder / f"pdf-{config.parent.name}"
    command = ["soffice", f"-env:UserInstallation={(config.parent / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", str(out)]
    subprocess.run(
        [*command, *map(str, sorted(folder.glob("*.docx")))], env=os.environ | {"FONTCONFIG_FILE": str(config)}, capture_output=True, check=True, timeout=300
    )
    return {path.stem: path.read_bytes() for path in sorted(out.glob("*.pdf"))}


def lowest(pdf: bytes) -> tuple[int, float]:
    """Pages, and how far down the first page's last character stands."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[0].get_textpage()
        bottoms = [text.get_charbox(index)[1] for index in range(text.count_chars()) if text.get_text_range(index, 1).strip()]
        return len(document), 841.89 - min(bottoms)
    finally:
        document.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short, a usual and the fullest sheet in every design, without and with a mark, each with and without embedded fonts."""
    made = tmp_path_factory.mktemp("docx")
    for design in pages.DESIGNS:
        for name, what in (
            ("short", pages.laid_out(design, sheets.sheet(do=sheets.DO[:1], ban=(), rows=0))),
            ("usual", pages.laid_out(design)),
            ("full", pages.fullest(design)),
            ("logo", pages.fullest(design, logo=logo())),
        ):
            data = write_docx.write(*what)
            (made / f"{design}-{name}-embedded.docx").write_bytes(data)
            (made / f"{design}-{name}-bare.docx").write_bytes(without_fonts(data))
    return made


@pytest.mark.parametrize("fonts", [(), CHINESE, CHINESE[1:2]], ids=["no Chinese font", "all Chinese fonts", "one Chinese font"])
def test_one_page_whatever_fonts_there_are(folder, tmp_path, fonts):
    """Every document is one page that ends above the lower margin."""
    files = installed((LATIN, *fonts))
    if fonts and len(files) < 2:
        pytest.skip("本机没有这些中文字体")
    found = {name: lowest(pdf) for name, pdf in converted(folder, font_folder(tmp_path / "env", files)).items()}

    assert len(found) == len(list(folder.glob("*.docx")))
    assert {name: pages for name, (pages, _) in found.items() if pages != 1} == {}
    assert {name: round(low) for name, (_, low) in found.items() if low > LIMIT} == {}


def test_libreoffice_keeps_what_the_import_needs(folder, tmp_path):
    """Saved again by LibreOffice, the bookmarks and the draft are still there."""
    source = folder / "cards-usual-embedded.docx"
    profile = (tmp_path / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path / "again"),
        str(source),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "again" / source.name) as package:
        names = package.namelist()
        root = etree.fromstring(package.read("word/document.xml"))

    marks = {mark.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}name") for mark in root.iter("{*}bookmarkStart")}
    assert {"digest_line_1", "digest_line_2", "digest_title", "digest_point"} <= marks
    assert any(name.startswith("customXml/item") for name in names)


def test_the_mark_is_drawn_whole(folder, tmp_path):
    """The branch's mark stands left of the title as high as in the PDF, and no exact line cuts it off."""
    pdf = converted(folder, font_folder(tmp_path / "env", installed((LATIN, *CHINESE))))["cards-logo-embedded"]
    (picture,) = [each for each in pypdfium2.PdfDocument(pdf)[0].get_objects() if isinstance(each, pypdfium2.PdfImage)]
    left, bottom, right, top = picture.get_bounds()

    assert (round(right - left), round(top - bottom)) == (70, 28)
    assert left < 40
    assert top > 790
