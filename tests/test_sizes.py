"""The size rules of the house hold for every file of the package."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.tree
def test_sizes(capsys):
    """No function, file, nesting or argument list outgrows its limit."""
    rules = runpy.run_path(str(ROOT / ".ci" / "sizes.py"))

    assert rules["main"]() == 0, capsys.readouterr().out
