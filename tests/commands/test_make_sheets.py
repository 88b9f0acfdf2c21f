"""A long paper on several sheets from the command line."""

import json
from pathlib import Path

import pytest

from digest.cli import main
from digest.errors import ExitCode

SAMPLES = Path(__file__).parents[2] / "samples"


def test_two_sheets_say_nothing_twice(tmp_path, capsys):
    """Both sheets are written, titled 之一 and 之二, and no unit of the source stands on both."""
    paper = SAMPLES / "大额现金管理办法.docx"
    if not paper.is_file():
        pytest.skip("samples/ is only in the source tree")

    code = main(["make", str(paper), "-o", str(tmp_path), "--format", "json", "--sheets", "2", "--home", str(tmp_path / "home")])

    assert code == ExitCode.OK
    sheets = [json.loads((tmp_path / f"大额现金管理办法-{number}.json").read_text("utf-8")) for number in (1, 2)]
    told = capsys.readouterr().out
    assert "（之一）" in told
    assert "（之二）" in told
    units = [set(units_of(each)) for each in sheets]
    assert all(units)
    assert not units[0] & units[1]


def units_of(value: object) -> list[int]:
    """Every unit that a line of the sheet was made from."""
    if isinstance(value, dict):
        own = value["units"] if "number" in value and isinstance(value.get("units"), list) else []
        return [*own, *(unit for each in value.values() for unit in units_of(each))]
    return [unit for each in value for unit in units_of(each)] if isinstance(value, list) else []
