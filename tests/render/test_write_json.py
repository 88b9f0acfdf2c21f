"""The JSON holds everything, in the same bytes each time, and comes back as the same sheet."""

import json
from pathlib import Path

import pytest
from msgspec import Struct

from digest.errors import Unreadable
from digest.model import sheet as sheet_model
from digest.model.outline import Light
from digest.render import import_json, write_json
from tests.render import sheets

DOCS = Path(__file__).parents[2] / "docs" / "json.md"


def test_every_line_carries_its_provenance():
    """A line names its sentences, its place, its page and its verbatim source."""
    sheet = sheets.sheet()
    found = json.loads(write_json.write(sheet, sheets.page(sheet)))

    first = found["sheet"]["sections"][1]["lines"][0]
    assert found["schema"] == "digest.sheet/1"
    assert first["sentences"] == [2]
    assert first["mark"] == "第2条"
    assert first["page"] == 1
    assert first["spans"] == [{"block": 2, "start": 0, "end": len(sheets.DO[0])}]
    assert sheets.DO[0] in first["source"]
    assert found["sheet"]["left_out"][0]["why"] == "版面已满"
    assert "marks" not in found["page"]


def test_the_same_sheet_gives_the_same_bytes():
    """Nothing of the hour or of memory order is in it."""
    one, two = sheets.sheet(), sheets.sheet()

    assert write_json.write(one, sheets.page(one)) == write_json.write(two, sheets.page(two))


def test_a_sheet_comes_back_whole():
    """Reading what was written gives an equal sheet, enums and tuples included."""
    sheet = sheets.sheet(light=Light.ORANGE, point_line=2)

    assert import_json.read(write_json.write(sheet, sheets.page(sheet))) == sheet


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{", b'{"schema": "other/1"}', b'{"schema": "digest.sheet/1"}', b'{"schema": "digest.sheet/1", "sheet": {"title": 3}}', b"\xff"],
)
def test_foreign_json_is_refused(data):
    """Anything else is one sentence to the user, never another exception."""
    with pytest.raises(Unreadable, match=r"draft\.json"):
        import_json.read(data, "draft.json")


def test_every_field_is_documented():
    """docs/json.md names each field of the sheet and of all it holds."""
    text = DOCS.read_text("utf-8")
    classes = [value for value in vars(sheet_model).values() if isinstance(value, type) and issubclass(value, Struct) and value is not Struct]

    missing = [name for one in classes for name in one.__struct_fields__ if f"`{name}`" not in text]
    assert not missing
