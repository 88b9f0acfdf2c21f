"""Fonts: every character used in documents has a glyph, what has none is named, and copying gives the character back."""

import io
import re

import pytest

from digest.typeset import fonts

RARE = "喆堃镕㛃䶮珺𬱖"
SIGNS = "㎡①⑳㈠〔〕￥☐☑☒✓✔✗→⚠℃№·—…“”《》％‰×√▲★"


@pytest.mark.parametrize("char", RARE + SIGNS)
def test_rare_characters_and_signs_have_a_glyph(char):
    """Rare hanzi and office signs are drawn, not replaced."""
    found = fonts.glyph(char)

    assert found.text == char
    assert not found.missing


def test_every_gb2312_character_has_a_glyph_in_both_weights():
    """No character of GB 2312 is missing in regular or bold."""
    every = "".join(bytes([high, low]).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))

    assert not [char for char in every if fonts.glyph(char, True).font == fonts.RARE or fonts.glyph(char, False).missing]


def test_every_gbk_character_but_one_has_a_glyph():
    """GBK, which Windows files use, is covered but for a single sign that the source font lacks."""
    every = {bytes([high, low]).decode("gbk", "ignore") for high in range(0x81, 0xFF) for low in range(0x40, 0xFF)}
    lacking = [char for char in sorted(every) if len(char) == 1 and "\u4e00" <= char <= "\u9fff" and fonts.glyph(char).missing]

    assert lacking == []


def test_a_missing_character_is_named_and_drawn_as_a_sign():
    """What no font has is drawn as 〓 and named, each once, at every call."""
    for _ in range(2):
        assert fonts.missing("𠮷野家😀𠮷") == ("𠮷", "😀")
    assert fonts.glyph("𠮷").text == fonts.REPLACEMENT


@pytest.mark.parametrize("char", ["\u200b", "\ufeff", "\u00ad", "\x07"])
def test_invisible_characters_take_no_room(char):
    """Joiners, marks of order and control characters leave no box behind."""
    found = fonts.glyph(char)

    assert (found.text, found.width, found.missing) == ("", 0.0, False)


def test_characters_above_plane_0_copy_as_themselves():
    """The PDF's character map writes UTF-16 pairs, in blocks of at most a hundred."""
    text = fonts.to_unicode_map("Font", [0, 0x4E00, 0x2C456, *range(0x5000, 0x5100)])

    assert "<02> <D871DC56>" in text
    assert [int(count) for count in re.findall(r"(\d+) beginbfchar", text)] == [100, 100, 58]


def test_a_rare_character_copies_out_of_a_pdf_as_itself():
    """A reader copies the character above U+FFFF and not its lower half."""
    import pypdfium2
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    paper = Canvas(buffer, initialFontName=fonts.ensure(fonts.RARE))
    paper.setFont(fonts.RARE, 12)
    paper.drawString(72, 72, "喆𬱖")
    paper.save()

    assert pypdfium2.PdfDocument(buffer.getvalue())[0].get_textpage().get_text_range().strip() == "喆𬱖"


def test_bytes_that_are_no_font_are_refused():
    """A file that is no TrueType font raises ValueError with the reason."""
    with pytest.raises(ValueError):
        fonts.register("Broken", b"no font at all")
