"""Values to JSON and back: what was packed is what comes out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from digest.archive.values import dump, load, pack, unpack
from digest.errors import ArchiveError
from digest.model.outline import Light, Span
from digest.model.sheet import Line, Sheet
from tests.archive.made import sheet_of

ranges = st.tuples(st.integers(0, 99), st.integers(0, 99))
spans = st.builds(Span, block=st.integers(0, 9), start=st.integers(0, 9), end=st.integers(0, 9))
lines = st.builds(
    Line,
    number=st.integers(0, 99),
    text=st.text(max_size=20),
    source=st.text(max_size=20),
    spans=st.lists(spans, max_size=3).map(tuple),
    page=st.none() | st.integers(1, 9),
    emphasis=st.lists(ranges, max_size=3).map(tuple),
    score=st.floats(allow_nan=False, allow_infinity=False),
)


@settings(derandomize=True, deadline=None)
@given(lines)
def test_a_line_comes_back_as_it_was(line):
    """Nested tuples, optional and floating values survive."""
    assert load(Line, dump(line)) == line
    assert unpack(Line, pack(line)) == line


def test_a_sheet_comes_back_as_it_was():
    """Enums and whole trees survive."""
    sheet = sheet_of("不得代客保管", "不得空白预盖印章")

    assert load(Sheet, dump(sheet)) == sheet
    assert load(Sheet, dump(sheet)).light is Light.GREEN


def test_unknown_keys_are_skipped_and_missing_ones_take_their_default():
    """An archive outlives a change of the model."""

    class Newer(Struct, frozen=True, kw_only=True):
        a: int
        b: str = "新"

    assert load(Newer, '{"a": 1, "gone": [1]}') == Newer(a=1)


@pytest.mark.parametrize("text", ["", "null", "[]", '{"number": "x", "text": "", "source": ""}', '{"text": 1}', "{" * 9999])
def test_what_is_no_such_value_is_an_archive_error(text):
    """A damaged record gives a sentence."""
    with pytest.raises(ArchiveError):
        load(Line, text)


def test_damaged_bytes_are_an_archive_error():
    """So do bytes that do not unpack."""
    with pytest.raises(ArchiveError):
        unpack(Line, b"\x00\x01")
