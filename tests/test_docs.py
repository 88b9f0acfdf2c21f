"""The documents say what the code does."""

import re
from pathlib import Path

from digest.cli import COMMANDS
from digest.errors import ExitCode

ROOT = Path(__file__).parent.parent


def test_every_exit_code_is_documented():
    """docs/errors.md lists exactly the codes of errors.py."""
    rows = re.findall(r"^\| (\d+) \| ([A-Z_]+) \|", (ROOT / "docs" / "errors.md").read_text("utf-8"), re.M)

    assert {name: int(code) for code, name in rows} == {code.name: int(code) for code in ExitCode}


def test_readme_names_every_command():
    """A visitor finds each command in README."""
    readme = (ROOT / "README.md").read_text("utf-8")

    assert [name for name in COMMANDS if f"digest {name}" not in readme] == []
