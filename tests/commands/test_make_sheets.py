"""The command line: a long paper on several sheets, the manager's copy, numbered copies of a restricted paper."""

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


def test_copies_and_answers_lie_beside_the_sheet(tmp_path):
    """A restricted e-mail gives its numbered copies, and the answers go to a file of the manager's own; an open one gives no copies."""
    texts = {
        "限制": "内部资料，注意保存\n关于保管箱业务的通知\n保管箱资料至少保存10年。\n不得擅自开箱。\n",
        "普通": "关于保管箱业务的通知\n网点应当登记保管箱资料。保管箱资料至少保存10年。不得代客户开箱。\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")

    words = ["make", *(str(tmp_path / f"{name}.txt") for name in texts), "-o", str(tmp_path / "out"), "--format", "pdf", "--answers", "--copies", "2"]
    assert main([*words, "--home", str(tmp_path / "home")]) == ExitCode.OK

    made = {path.name: path for path in (tmp_path / "out").iterdir()}
    assert set(made) == {"限制.pdf", "限制-主管用.pdf", "限制-编号件.pdf", "普通.pdf", "普通-主管用.pdf"}
    assert ["编号001" in text for text in pages_of(made["限制-编号件.pdf"])] == [True, False]
    assert "答案" in pages_of(made["普通-主管用.pdf"])[0]
    assert "答案" not in pages_of(made["普通.pdf"])[0]


def pages_of(path: Path) -> list[str]:
    """The text of every page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return [document[number].get_textpage().get_text_range() for number in range(len(document))]
