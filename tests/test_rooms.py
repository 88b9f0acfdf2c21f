"""The flow runs one way: each room imports only what its row in docs/flow.md allows."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "digest"
pytestmark = pytest.mark.tree
MODULES = sorted(path for path in ROOT.rglob("*.py") if "templates" not in path.parts)

VALUES = {"model", "errors", "shipped"}  # and the files that the package brings
STEPS = {"ingest", "structure", "facts", "rank", "compress", "sheet", "render"}
MAY_IMPORT = {
    "__init__": set(),
    "errors": set(),
    "model": set(),
    "journal": {"errors"},
    "options": set(),
    "shipped": set(),
    "zh": {"errors", "shipped"},
    "typeset": {"errors"},
    "choose": {"errors"},
    "ingest": VALUES | {"zh"},
    "structure": VALUES | {"zh"},
    "facts": VALUES | {"zh"},
    "rank": VALUES | {"zh", "choose"},
    "compress": VALUES | {"zh"},
    "sheet": VALUES | {"zh", "typeset", "choose"},
    "render": VALUES | {"zh", "typeset"},
    "places": VALUES,
    "opening": {"ingest", "structure", "facts"} | VALUES | {"zh", "journal"},
    "pipeline": STEPS | VALUES | {"opening", "zh", "choose", "options", "journal"},
    "archive": VALUES,
    "batch": VALUES | {"opening", "pipeline", "archive", "options", "journal", "places", "ingest", "zh"},
    "preview": VALUES | {"journal", "pipeline", "archive", "options", "places", "render", "sheet", "zh", "ingest"},
    "watch": VALUES | {"opening", "pipeline", "archive", "preview", "places", "ingest", "zh"},
    "doctor": VALUES | {"ingest", "sheet", "pipeline", "archive", "options", "places", "typeset", "zh", "__init__"},
    "commands": STEPS | VALUES | {"journal", "opening", "pipeline", "archive", "batch", "watch", "preview", "doctor", "options", "places", "zh"},
    "cli": {"commands", "errors", "options", "journal", "__init__"},
    "__main__": {"cli"},
}
ONLY_IN = {
    "subprocess": ("ingest/tools.py",),
    "multiprocessing": ("ingest/child", "batch/in_pool.py", "batch/on_dask.py"),
    "distributed": ("batch/on_dask.py",),
    "dask": ("batch/on_dask.py",),
    "sqlite3": ("archive/", "batch/ledger.py"),
    "imaplib": ("watch/imap.py",),
    "psycopg": ("archive/engine_postgres.py",),
    "reportlab": ("typeset/", "render/write_pdf"),
    "pdfplumber": ("ingest/read_pdf",),
    "pypdfium2": ("ingest/read_pdf", "ingest/read_image.py", "ingest/ocr", "preview/pictures.py", "batch/thumbnail.py"),
    "docx": ("ingest/read_docx", "render/write_docx", "render/import_docx.py", "render/docx"),
    "jinja2": ("render/write_html.py", "sheet/", "places.py", "preview/", "batch/report.py"),
    "jieba": ("zh/words.py",),
    "rjieba": ("zh/words.py",),
    "starlette": ("preview/",),
    "argon2": ("archive/", "preview/"),
}


def name_of(path):
    """The module's path below the package."""
    return path.relative_to(ROOT).as_posix()


def imported_names(path):
    """Every name a module imports, in full."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "name the room in full: from digest.model import ..."
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_rooms(path):
    """A module names no room outside its own row of the table."""
    mine = name_of(path).split("/")[0].removesuffix(".py")
    named = {n.split(".")[1] for n in imported_names(path) if n.startswith("digest.")}

    assert named - {mine, "__version__"} <= MAY_IMPORT[mine]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_outside_libraries(path):
    """Each outside library is spoken to in one place."""
    for library in {n.split(".")[0] for n in imported_names(path)} & ONLY_IN.keys():
        assert name_of(path).startswith(ONLY_IN[library]), library
