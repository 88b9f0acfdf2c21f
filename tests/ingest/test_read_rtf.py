"""RTF: paragraphs with their written-out numbers, tables, encodings, hidden parts; packed bodies of Outlook."""

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import ingest
from digest.errors import DigestError, Unreadable
from digest.ingest.rtf import page_in_rtf, text_of_rtf, unpacked
from digest.model.source import Source

NOTICE = (Path(__file__).parent / "files" / "notice.rtf").read_bytes()
HEAD = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset0 Arial;}}"


def read(data):
    """The document, through the door."""
    return ingest.read(Source(name="通知.rtf", data=data))


def test_same_as_the_other_formats():
    """Numbers, text and table are those of the same notice as doc."""
    doc = ingest.read(Source(name="通知.doc", data=(Path(__file__).parent / "files" / "notice.doc").read_bytes()))

    assert [(block.label, block.raw, block.cell) for block in read(NOTICE).blocks] == [(block.label, block.raw, block.cell) for block in doc.blocks]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"\'ba\'cb\'b6\'d4\par", "核对"),
        (rb"\u26680\'3f\u23545?\par", "核对"),
        (rb"\uc0\u26680\u23545\par", "核对"),
        (rb"\f1 5\'d6\f0\'ba\'cb\par", "5Ö核"),
        (rb"{\v hidden}\'ba\'cb{\*\bkmkstart a}{\field{\*\fldinst HYPERLINK x}{\fldrslt \'b6\'d4}}\par", "核对"),
        (rb"\ldblquote\'ba\'cb\rdblquote\emdash 5\~%\par", "“核”—5 %"),
        (rb"{\header \'c3\'dc}\'ba\'cb\'b6\'d4\par", "核对"),
    ],
)
def test_characters(body, text):
    """Code pages, Unicode with stand-ins, marks; destinations that are no text are left out."""
    assert text_of_rtf(HEAD + body + b"}").strip() == text


def test_merged_cells():
    """A cell as wide as two spans them, one merged with that above lengthens it; edges that rounding moved are the same."""
    rows = (
        rb"\trowd\clvmgf\cellx1000\cellx3000 \'cf\'ee\cell \'cf\'de\'b6\'ee\cell\row"
        rb"\trowd\clvmrg\cellx1000\cellx2000\cellx3010 \cell A\cell B\cell\row"
        rb"\trowd\cellx1000\cellx2000\cellx3000 C\cell D\cell E\cell\row"
    )
    document = read(HEAD + rows + rb"\pard\par}")

    places = [(block.raw, block.cell.row, block.cell.column, block.cell.rows, block.cell.columns) for block in document.blocks]
    assert places == [("项", 0, 0, 2, 1), ("限额", 0, 1, 1, 2), ("A", 1, 1, 1, 1), ("B", 1, 2, 1, 1), ("C", 2, 0, 1, 1), ("D", 2, 1, 1, 1), ("E", 2, 2, 1, 1)]
    assert document.tables[0].header_rows == 2


def test_empty_file_is_refused():
    """A file without text says what to do."""
    with pytest.raises(Unreadable, match="另存为 docx"):
        read(HEAD + b"}")


def packed(rtf):
    """A compressed body in which every token is a literal."""
    body = b"".join(b"\0" + rtf[at : at + 8] for at in range(0, len(rtf), 8))
    return struct.pack("<II4sI", len(body) + 12, len(rtf), b"LZFu", 0) + body


def test_packed_bodies():
    """Literals, references into the preset text, and stored bodies are unpacked; damage gives nothing."""
    rtf = rb"{\rtf1\ansi\ansicpg936 \'ba\'cb\'b6\'d4\par}"

    assert unpacked(packed(rtf)) == rtf
    reference = struct.pack("<II4sI", 15, 6, b"LZFu", 0) + b"\x01" + struct.pack(">H", 0 << 4 | 4)
    assert unpacked(reference) == rb"{\rtf1"
    assert unpacked(struct.pack("<II4sI", 18, 6, b"MELA", 0) + b"{\\rtf}") == b"{\\rtf}"
    assert unpacked(b"short") == b""


def test_page_inside():
    """The page that an RTF body wraps comes out as it was."""
    rtf = rb"{\rtf1\ansi\ansicpg936\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 \'ba\'cb\'b6\'d4\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}}"

    assert page_in_rtf(rtf).strip() == "<p>核对</p>"
    assert page_in_rtf(HEAD + b"}") == ""


@settings(derandomize=True, deadline=None, max_examples=80)
@given(at=st.integers(0, len(NOTICE)), value=st.binary(max_size=12))
def test_any_damage_ends_in_a_sentence(at, value):
    """Whatever is broken, the result is a document or a refusal."""
    try:
        assert read(NOTICE[:at] + value + NOTICE[at + 1 :]).blocks
    except DigestError as error:
        assert "《通知.rtf》" in str(error)
