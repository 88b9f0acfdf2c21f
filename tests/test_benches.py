"""Benches are run by hand and seldom: what they import from the package is there."""

import ast
import importlib
from pathlib import Path

import pytest

pytestmark = pytest.mark.tree
BENCHES = sorted((Path(__file__).parent.parent / "bench").glob("*.py"))


@pytest.mark.parametrize("path", BENCHES, ids=lambda path: path.stem)
def test_what_a_bench_imports_is_there(path: Path) -> None:
    """A name that moved to another room is followed by the benches, too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "digest":
            module = importlib.import_module(str(node.module))
            for name in node.names:
                assert hasattr(module, name.name) or importlib.import_module(f"{node.module}.{name.name}"), name.name
