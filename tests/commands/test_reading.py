"""What several commands share: opening a file in the child while the rest is loaded gives the same and hides no fault."""

import subprocess
import sys

import pytest
from msgspec.structs import replace

from digest import opening, places
from digest.commands.reading import ready_opener, rules_of
from digest.errors import NoText
from digest.model.source import Source
from digest.options import Options

NEVER = ("urllib.request", "http.client", "ssl", "pdfplumber", "docx", "numpy", "jieba")  # a tenth of a second, or far more, that no sheet needs
TEXT = "关于核对现金的通知\n各网点应当于每日营业前核对现金。\n"


@pytest.fixture
def path(tmp_path):
    """A short paper."""
    made = tmp_path / "通知.txt"
    made.write_text(TEXT, "utf-8")
    return made


def test_loading_ahead_changes_nothing(path, tmp_path):
    """What is opened while the rest is loaded is what opening gives."""
    source, rules = Source(name=path.name, data=path.read_bytes()), rules_of(tmp_path)

    opener = ready_opener([path], Options(), rules, (places.look(""),))

    assert opener(source, rules.lexicon) == opener(source, rules.lexicon) == opening.open_here(source, rules.lexicon)


def test_the_parent_loads_its_writer_ahead_and_no_more_than_it_needs():
    """What the parent of a reading child loads is waited for at every start: the writer of the PDF is there beside the reading, a web client never."""
    code = f"""
import sys
from pathlib import Path
from digest import places
from digest.commands.reading import rules_of, warm_quietly
warm_quietly(rules_of(Path("none")), places.look(""), ("pdf",))
print([name for name in {NEVER!r} if name in sys.modules], "reportlab.pdfgen.canvas" in sys.modules)
"""
    out = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, encoding="utf-8", check=True).stdout

    assert out.strip() == "[] True"


def test_a_faulty_design_does_not_stop_the_reading(path, tmp_path):
    """A fault met while loading ahead is left to the run that uses the design."""
    rules = rules_of(tmp_path)
    faulty = replace(places.look(""), page_text="<page")

    opener = ready_opener([path], Options(), rules, (faulty,))

    assert opener(Source(name=path.name, data=path.read_bytes()), rules.lexicon)[0].sentences


@pytest.mark.parametrize("guarded", [True, False])
def test_an_unreadable_file_is_refused_alike(guarded, tmp_path):
    """The refusal is the same sentence, in the child and without it."""
    path = tmp_path / "空.docx"
    path.write_bytes(b"")
    rules = rules_of(tmp_path)

    with pytest.raises(NoText, match="空文件"):
        ready_opener([path], Options(guarded=guarded), rules, (places.look(""),))(Source(name=path.name, data=b""), rules.lexicon)
