"""A sheet edited in Word comes back from the command line, and teaches."""

from pathlib import Path

import docx
import pytest

from digest.cli import main
from digest.errors import ExitCode

TEXT = """关于做好零钞备付工作的通知
各营业网点：
一、零钞备付
（一）各网点应当备付10元及以下零钞不少于2万元，不得以零钞不足为由拒绝兑换。
（二）柜员应当于每日营业终了前盘点零钞，登记《零钞登记簿》。
（三）严禁代客户保管现金。
二、报送要求
各网点应于2026年6月16日前将《零钞备付表》报支行运营部。
示例银行
2026年6月1日
"""


@pytest.fixture
def edited(tmp_path):
    """A made sheet from which one line was deleted in Word."""
    source = tmp_path / "零钞.txt"
    source.write_text(TEXT, "utf-8")
    assert main(["make", str(source), "-o", str(tmp_path / "out"), "--home", str(tmp_path / "home")]) == ExitCode.OK
    path = tmp_path / "out" / "零钞.docx"
    file = docx.Document(str(path))
    for paragraph in [
        p for p in file.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p") if "代客户保管现金" in "".join(p.itertext())
    ]:
        paragraph.getparent().remove(paragraph)
    file.save(str(path))
    return path


def test_the_edited_sheet_is_laid_out_again(edited, tmp_path, capsys):
    """A line deleted in Word is told, and the new PDF lacks it."""
    assert main(["import", str(edited), "-o", str(tmp_path / "again"), "--home", str(tmp_path / "home")]) == ExitCode.OK

    assert "删了" in capsys.readouterr().out
    assert (tmp_path / "again" / "零钞.pdf").read_bytes().startswith(b"%PDF")


def test_learning_has_a_way_back(edited, tmp_path):
    """What was learned lies in the user's own file and goes away again."""
    home = tmp_path / "home"
    assert main(["learn", str(edited), "--home", str(home)]) == ExitCode.OK
    assert main(["learn", "--forget", "--home", str(home)]) == ExitCode.OK

    assert (home / "lexicons" / "words.tsv").read_text("utf-8").strip() == ""


def test_a_foreign_docx_is_refused(tmp_path, capsys):
    """A DOCX that is no sheet of ours is told in one sentence."""
    path = Path(tmp_path / "别的.docx")
    docx.Document().save(str(path))

    assert main(["import", str(path), "--home", str(tmp_path)]) == ExitCode.UNREADABLE
    assert "别的.docx" in capsys.readouterr().err
