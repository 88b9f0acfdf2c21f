"""The PDF is one to be kept: the clauses of ISO 19005-2 that touch what we write, and PDFBox Preflight where it is installed.

Preflight knows PDF/A-1b only, whose demands on what we use are the same or stricter; the number of the part is exchanged for it.
"""

import re
import runpy
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from threading import Thread

import pdfplumber
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from PIL import Image, ImageChops, ImageCms

from digest import sheet as layout
from digest.model.page import Page, Picture
from digest.render import write_pdf, write_pdf_archive
from digest.sheet import handouts
from tests.render import pages, sheets
from tests.render.pictures import logo, png

JAVA = Path("/usr/share/java")
JARS = [JAVA / f"{name}.jar" for name in ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io", "javax.activation", "jaxb-api")]
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
STREAM = re.compile(rb"<<(?P<head>(?:(?!stream\n).)*?)>>\nstream\n(?P<rest>.*?)endstream\n", re.S)
FORBIDDEN = {
    "Encrypt",
    "JavaScript",
    "JS",
    "AA",
    "OpenAction",
    "EmbeddedFiles",
    "AcroForm",
    "SMask",
    "CA",
    "ca",
    "BM",
    "TR",
    "LZWDecode",
    "Interpolate",
    "Annots",
}


def written(design="cards", sheet=None, **fields):
    """The PDF of a sheet in a design with a mark that has an alpha channel, and a code."""
    look = pages.look_of(design, logo=logo(), archive_url="https://archive.example/s/", **fields)
    said = sheet or sheets.sheet(urgency="特急", restriction="内部学习·编号______·用后收回")
    return write_pdf.write(said, layout.place(said, look), look)


def opened(data):
    """The file's objects, read by pdfminer."""
    return PDFDocument(PDFParser(BytesIO(data)))


def objects(data):
    """Every object of the file."""
    document = opened(data)
    return [document.getobj(number) for xref in document.xrefs for number in xref.get_objids()]


def dictionaries(data):
    """Every dictionary of the file, those inside others too."""
    left = objects(data)
    while left:
        thing = left.pop()
        if isinstance(thing, PDFStream):
            thing = thing.attrs
        if isinstance(thing, dict):
            yield thing
            left += thing.values()
        elif isinstance(thing, list):
            left += thing


def packet(data):
    """The XMP packet."""
    return etree.fromstring(resolve1(opened(data).catalog["Metadata"]).get_data())


def texts(root, path):
    """The texts that an XMP property holds."""
    return [node.text or "" for node in root.iterfind(f".//{path}", SPACES)]


def test_head_and_trailer():
    """6.1.2 and 6.1.3: version 1.7, a comment of four high bytes, an identifier, no encryption, nothing after the end."""
    data = written()
    first, second = data.split(b"\n")[:2]

    assert first == b"%PDF-1.7"
    assert second.startswith(b"%") and len(second) > 4 and all(byte > 127 for byte in second[1:5])
    assert data.rstrip().endswith(b"%%EOF")
    document = opened(data)
    assert document.encryption is None
    assert len(document.xrefs[0].get_trailer()["ID"]) == 2


def test_streams_end_on_a_line_of_their_own():
    """6.1.7.1: after ``stream`` a line end, before ``endstream`` another, and the length is what lies between."""
    data = written()
    found = list(STREAM.finditer(data))

    assert len(found) == data.count(b"endstream\n") >= 8
    for match in found:
        length = int(re.search(rb"/Length (\d+)", match["head"])[1])
        assert match["rest"][length:] == b"\n"


def test_nothing_that_an_archive_file_may_not_have():
    """6.1.6, 6.2.8, 6.2.10, 6.3, 6.5: no encryption, script, action, transparency, smoothing of pictures; nothing to click."""
    data = written()
    found = {name for each in dictionaries(data) for name in each}
    packed = {each.name for thing in dictionaries(data) if "Filter" in thing for each in resolve1(thing["Filter"])}

    assert {"FontFile2", "StructTreeRoot"} <= found
    assert found & FORBIDDEN == set()
    assert packed == {"FlateDecode", "ASCII85Decode"}


def fonts_of(data):
    """Every font of the file: its dictionary, and the program that is embedded."""
    for font in objects(data):
        if isinstance(font, dict) and getattr(font.get("Type"), "name", "") == "Font":
            descriptor = resolve1(font["FontDescriptor"])
            yield font, descriptor, TTFont(BytesIO(resolve1(descriptor["FontFile2"]).get_data()))


def meanings(font):
    """Code to character, as the font's ToUnicode has it."""
    pairs = re.findall(rb"^<([0-9A-F]{2})> <([0-9A-F]{4,8})>$", resolve1(font["ToUnicode"]).get_data(), re.M)
    return {int(code, 16): bytes.fromhex(value.decode()).decode("utf-16-be") for code, value in pairs}


def test_every_font_is_embedded_with_its_widths():
    """6.2.11.4 to 6.2.11.6: a subset inside, symbolic with one map from code to glyph, as wide as the PDF says; none is left to the reader's."""
    fonts = list(fonts_of(written()))

    assert len(fonts) >= 2
    for font, descriptor, program in fonts:
        assert re.match(r"[A-Z]{6}\+", font["BaseFont"].name)
        assert descriptor["Flags"] & 0b100 and "Encoding" not in font
        assert len(program["cmap"].tables) == 1
        scale, widths = 1000 / program["head"].unitsPerEm, resolve1(font["Widths"])
        glyphs = program["cmap"].tables[0].cmap
        codes = set(meanings(font)) & set(glyphs)
        assert len(codes) > 20
        for code in codes:
            assert abs(program["hmtx"][glyphs[code]][0] * scale - widths[code - font["FirstChar"]]) <= 1


def test_every_character_has_a_glyph_and_a_meaning():
    """6.2.11.7 and 6.2.11.8: what is drawn leads back to Unicode, and is never the glyph for a missing character."""
    data = written(sheet=sheets.sheet(title="喆堃镕𬱖与\U0001f3e6"))
    with pdfplumber.open(BytesIO(data)) as read:
        drawn = {(char["fontname"], char["text"]) for char in read.pages[0].chars}
    have = set()
    for font, _, program in fonts_of(data):
        glyphs = program["cmap"].tables[0].cmap
        have |= {(font["BaseFont"].name, text) for code, text in meanings(font).items() if program.getGlyphID(glyphs.get(code, ".notdef")) > 0}

    assert drawn and drawn <= have


def test_the_output_intent_is_srgb():
    """6.2.3: one profile for all colours, and it is sRGB: colours go through it unchanged."""
    intents = resolve1(opened(written()).catalog["OutputIntents"])
    assert len(intents) == 1
    intent = resolve1(intents[0])
    assert intent["S"].name == "GTS_PDFA1"
    stream = resolve1(intent["DestOutputProfile"])
    profile = ImageCms.ImageCmsProfile(BytesIO(stream.get_data()))
    ramp = Image.merge("RGB", [Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90), Image.radial_gradient("L")])
    through = ImageCms.profileToProfile(ramp, profile, ImageCms.createProfile("sRGB"))

    assert stream.attrs["N"] == 3
    assert profile.profile.version <= 4.2
    assert max(high for _, high in ImageChops.difference(ramp, through).getextrema()) <= 1


@pytest.mark.tree
def test_the_profile_is_what_its_program_makes():
    """The profile in the package is our own work, and can be made again byte for byte."""
    made = runpy.run_path(str(Path(__file__).parents[2] / "bench" / "build_srgb.py"))["profile"]()

    assert write_pdf_archive.PROFILE.read_bytes() == made


@pytest.mark.parametrize(
    "title", ["关于<现金> & “存取”的通知", "换\x0b行\u200b标题\ufffe", "plain ASCII (with) brackets\\", "喆堃镕𬱖", "题\ufeff两\t格\r\n两\r行\n"]
)
def test_properties_are_said_twice_alike(title):
    """6.6.2.3: title, author, subject, keywords, producer and dates are the same in the XMP packet and in the Info dictionary."""
    data = written(sheet=sheets.sheet(title=title))
    info, root = pypdfium2.PdfDocument(data).get_metadata_dict(), packet(data)

    assert texts(root, "dc:title//rdf:li") == [info["Title"]]
    assert texts(root, "dc:creator//rdf:li") == [info["Author"]]
    assert texts(root, "dc:description//rdf:li") == [info["Subject"]]
    assert texts(root, "pdf:Keywords") == [info["Keywords"]]
    assert texts(root, "pdf:Producer") == [info["Producer"]]
    assert texts(root, "xmp:CreatorTool") == [info["Creator"]]
    when = re.sub(r"D:(....)(..)(..)(..)(..)(..)\+(..)'(..)'", r"\1-\2-\3T\4:\5:\6+\7:\8", info["CreationDate"])
    assert texts(root, "xmp:CreateDate") == texts(root, "xmp:ModifyDate") == [when]
    assert info["ModDate"] == info["CreationDate"]
    assert info["Title"].startswith(title[:1])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("（来源）　规则版本 1", "（来源）　规则版本 1"),
        ("现金\u00a0业务", "现金\u00a0业务"),
        ("上行\r\n下行", "上行 下行"),
        ("换\x0b行\ufffe\ud800\ufeff", "换行"),
    ],
)
def test_a_property_loses_only_what_xml_forbids(text, said):
    """Spaces of other kinds stay, the wide one of Chinese type too; only what XML cannot hold goes."""
    assert write_pdf_archive.clean(text) == said


def test_streams_are_taught_once():
    """However often and from however many threads it is asked for, a stream gets one line end more: a second one would spoil its length."""
    from reportlab.pdfbase import pdfdoc

    write_pdf_archive.end_streams_on_a_line()
    taught = pdfdoc.PDFStream.format
    again = runpy.run_path(write_pdf_archive.__file__)["end_streams_on_a_line"]
    again()

    assert pdfdoc.PDFStream.format is taught
    with write_pdf_archive.PATCHING:
        other = Thread(target=write_pdf_archive.end_streams_on_a_line)
        other.start()
        other.join(0.05)
        assert other.is_alive()
    other.join()
    assert pdfdoc.PDFStream.format is taught


def test_the_profile_is_read_once(monkeypatch, tmp_path):
    """Sheets after the first take the colour profile from memory."""
    first = written()
    monkeypatch.setattr(write_pdf_archive, "PROFILE", tmp_path / "gone.icc")

    assert written() == first


def test_it_says_what_it_is():
    """6.6.4: part 2, conformance B, in a packet that is not packed."""
    data = written()
    root = packet(data)
    catalog = opened(data).catalog

    assert (texts(root, "pdfaid:part"), texts(root, "pdfaid:conformance")) == (["2"], ["B"])
    assert "Filter" not in resolve1(catalog["Metadata"]).attrs
    assert texts(root, "dc:language//rdf:li") == ["zh-CN"]
    assert resolve1(catalog["ViewerPreferences"])["DisplayDocTitle"] is True


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "RGB"])
def test_pictures_have_no_alpha_and_look_as_on_paper(mode):
    """6.2.10: a picture that lets the paper through is drawn as it looks on white; others are drawn as they are."""
    look, said = pages.look_of("cards"), sheets.sheet()
    data = logo(mode) if mode in ("RGBA", "L", "1", "RGB") else png(Image.open(BytesIO(logo())).convert(mode))
    marks = (Picture(x=0, y=0, width=200, height=80, data=data),)
    page = Page(width=200, height=80, marks=marks, spots=(), size=12, fill=1.0)
    drawn = pypdfium2.PdfDocument(write_pdf.write(said, page, look))[0].render().to_pil().convert("RGB")
    seen = Image.open(BytesIO(data)).convert("RGBA")
    white = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")

    assert drawn.getpixel((40, 40)) == pytest.approx(white.getpixel((40, 40)), abs=2)
    assert drawn.getpixel((140, 40)) == pytest.approx(white.getpixel((140, 40)), abs=2)
    assert drawn.getpixel((1, 1)) == pytest.approx(white.getpixel((1, 1)), abs=2)


def test_a_mark_with_alpha_keeps_the_bytes_the_same():
    """Two runs give the same file, pictures and numbered copies included."""
    look, said = pages.look_of("cards", logo=logo()), sheets.sheet(restriction="内部学习·编号______·用后收回")

    assert written() == written()
    first, second = (write_pdf.write_pages(said, handouts.copies(said, look, 2), look) for _ in range(2))
    assert first == second


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None or not all(jar.exists() for jar in JARS), reason="PDFBox Preflight is not here; CI installs it")
def test_preflight_finds_nothing(tmp_path):
    """A program that others trust finds every design valid, numbered copies and the manager's too, and finds fault with a file that we spoil."""
    files = {design: written(design) for design in pages.DESIGNS}
    look, said = pages.look_of("cards", logo=logo()), sheets.sheet(restriction="内部学习·编号______·用后收回")
    files["copies"] = write_pdf.write_pages(said, handouts.copies(said, look, 3), look)
    page, with_answers = handouts.with_answers(said, look)
    files["answers"] = write_pdf.write(said, page, with_answers)
    files["spoilt"] = files["cards"].replace(b"\nendstream", b" endstream")

    assert preflight(tmp_path, files) == {name: name != "spoilt" for name in files}


def preflight(folder, files):
    """Which of the files Preflight finds valid, as the part that it knows."""
    part = b"<pdfaid:part>%d</pdfaid:part>"
    for name, data in files.items():
        assert part % 2 in data
        (folder / f"{name}.pdf").write_bytes(data.replace(part % 2, part % 1))
    listed = folder / "list.txt"
    listed.write_text("".join(f"{folder / name}.pdf\n" for name in files), "utf-8")
    command = ["java", "-cp", ":".join(map(str, JARS)), "org.apache.pdfbox.preflight.Validator_A1b", "xml", "group", str(listed)]
    subprocess.run(command, capture_output=True, timeout=300, check=False)  # what it finds is in its report, and in its exit code too
    report = etree.parse(folder / "list.txt.preflight.xml").getroot()
    return {each.get("name").removesuffix(".pdf"): each.findtext("isValid") == "true" for each in report}
