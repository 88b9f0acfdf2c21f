"""What several commands share: the reader that loads ahead reads the same and hides no fault."""

from dataclasses import replace

from digest import ingest, places
from digest.commands.reading import ready_reader, rules_of
from digest.model.source import Source
from digest.options import Options

TEXT = "关于核对现金的通知\n各网点应当于每日营业前核对现金。\n"


def test_loading_ahead_changes_nothing(tmp_path):
    """The document read while the rest is loaded is the document."""
    path = tmp_path / "通知.txt"
    path.write_text(TEXT, "utf-8")
    source = Source(name=path.name, data=path.read_bytes())

    read = ready_reader([path], Options(), rules_of(tmp_path), (places.look(""),))

    assert read(source) == read(source) == ingest.read(source)


def test_a_faulty_design_does_not_stop_the_reading(tmp_path):
    """A fault met while loading ahead is left to the run that uses the design."""
    path = tmp_path / "通知.txt"
    path.write_text(TEXT, "utf-8")
    faulty = replace(places.look(""), page_text="<page")

    read = ready_reader([path], Options(), rules_of(tmp_path), (faulty,))

    assert read(Source(name=path.name, data=path.read_bytes())).blocks
