"""The command line: what a person types, sees and gets as exit code."""

import subprocess
import sys

import pytest

from digest.cli import COMMANDS, main
from digest.errors import ExitCode

HEAVY = ("docx", "pdfplumber", "jieba", "reportlab", "lxml", "jinja2", "cv2", "starlette", "numpy", "rjieba", "PIL", "multiprocessing")


def test_help_starts_light():
    """Asking for help loads no heavy library, so the command answers at once."""
    code = f"import sys; from digest.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, encoding="utf-8", check=True).stdout

    assert out.strip().endswith("[]")
    assert all(name in out for name in COMMANDS)


def test_version(capsys):
    """--version names the program and its version."""
    with pytest.raises(SystemExit) as stop:
        main(["--version"])

    assert stop.value.code == 0
    assert capsys.readouterr().out.startswith("digest 0.")


def test_no_command_shows_help(capsys):
    """Without a command the user sees what there is, and a script sees a usage error."""
    assert main([]) == ExitCode.USAGE
    assert "make" in capsys.readouterr().out


def test_missing_file_is_told_in_chinese(capsys, tmp_path):
    """A wrong path gives one sentence with the path and what to do, and the documented code."""
    code = main(["make", str(tmp_path / "没有.docx"), "-o", str(tmp_path)])

    assert code == ExitCode.UNREADABLE
    assert "没有这个文件" in capsys.readouterr().err


def test_unknown_form_is_refused(capsys, tmp_path):
    """A form that does not exist is named, with those that do."""
    assert main(["make", "x.txt", "--format", "pdf,odt"]) == ExitCode.USAGE
    assert "odt" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "code"), [(["--version"], 0), (["--help"], 0), ([], 2), (["make"], 2), (["make", "no such.docx"], 4)])
def test_a_process_that_leaves_at_once_says_all_and_keeps_its_code(words: list[str], code: int) -> None:
    """Nothing is freed at the end of a run, but what was said is written out, and the exit code is the one that was meant."""
    done = subprocess.run([sys.executable, "-m", "digest", *words], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == code
    assert "digest" in done.stdout + done.stderr or "no such.docx" in done.stderr
