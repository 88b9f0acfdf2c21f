"""The journal: every step with its time and counts, nothing of what a document says, and the same sheets with it or without."""

import json
import logging
import re
from pathlib import Path

import pytest

from digest.cli import main
from digest.errors import ExitCode
from digest.journal import JsonLine, step

DOCS = Path(__file__).parent.parent / "docs" / "logs.md"
SECRET = "打开密码甲乙丙"
TEXT = "关于核对现金的通知\n各网点应当于每日营业前核对现金，客户张三丰的回执一并留存。\n"


@pytest.fixture
def paper(tmp_path):
    """A small circular in a folder with a telling name."""
    folder = tmp_path / "某某客户专卷"
    folder.mkdir()
    (folder / "通知.txt").write_text(TEXT, "utf-8")
    return folder / "通知.txt"


def events_of(path):
    """The events of a log."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def make(paper, out, *more):
    """Run make on the paper."""
    return main(["make", str(paper), "-o", str(out), "--format", "json,pdf", "--home", str(out / "home"), *more])


def test_every_step_is_timed_once(paper, tmp_path):
    """Seven steps in their order, the last once per form, with the run and the file around them."""
    log = tmp_path / "log.jsonl"

    assert make(paper, tmp_path / "out", "--log-json", str(log)) == ExitCode.OK

    events = events_of(log)
    assert [each["step"] for each in events if each["event"] == "step"] == [1, 2, 3, 4, 5, 6, 7, 7]
    assert [each["event"] for each in events if each["event"] != "step"] == ["start", "file", "end"]
    assert all(each["ms"] >= 0 for each in events if each["event"] != "start")
    assert events[-1]["exit"] == ExitCode.OK


def test_nothing_of_the_document_is_in_the_log(paper, tmp_path):
    """Neither a sentence, nor a customer, nor the folder, nor the password."""
    log = tmp_path / "log.jsonl"

    make(paper, tmp_path / "out", "--log-json", str(log), "--password", SECRET)

    written = log.read_text("utf-8")
    assert "通知.txt" in written
    assert [word for word in ("核对现金", "张三丰", "某某客户专卷", SECRET) if word in written] == []


def test_a_log_changes_no_sheet(paper, tmp_path):
    """The same bytes with a log and without."""
    make(paper, tmp_path / "one")
    make(paper, tmp_path / "two", "--log-json", str(tmp_path / "log.jsonl"), "-v")

    for form in ("json", "pdf"):
        assert (tmp_path / "one" / f"通知.{form}").read_bytes() == (tmp_path / "two" / f"通知.{form}").read_bytes()


def test_a_failed_step_names_its_error(tmp_path):
    """The class of the error is there, its sentence is not; the run ends with the file's code."""
    paper, log = tmp_path / "空.txt", tmp_path / "log.jsonl"
    paper.write_bytes(b"")

    code = make(paper, tmp_path / "out", "--log-json", str(log))

    failed = [each for each in events_of(log) if "error" in each]
    assert [(each["step"], each["error"]) for each in failed] == [(1, "NoText")]
    assert events_of(log)[-1]["exit"] == code == ExitCode.NO_TEXT


def test_a_log_that_cannot_be_written_is_told(paper, tmp_path, capsys):
    """A wrong place for the log stops the run with a sentence, before anything is made."""
    assert make(paper, tmp_path / "out", "--log-json", str(tmp_path)) == ExitCode.USAGE
    assert "--log-json" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_messages_lose_what_was_filled_in():
    """A warning's fixed wording is kept, its arguments are not; other libraries' words are left out."""
    ours = logging.LogRecord("digest.ingest", logging.WARNING, "", 1, "failed on %s", ("张三丰",), None)
    theirs = logging.LogRecord("library", logging.WARNING, "", 1, "张三丰", (), None)

    assert json.loads(JsonLine().format(ours))["text"] == "failed on %s"
    assert json.loads(JsonLine().format(theirs))["text"] == ""


def test_loading_ahead_is_not_noted(caplog):
    """A step of no file leaves no event."""
    caplog.set_level(logging.INFO)

    with step(4, "rank", ""):
        pass

    assert not caplog.records


@pytest.mark.tree
def test_every_field_is_documented(paper, tmp_path):
    """docs/logs.md names each field that a run writes."""
    log = tmp_path / "log.jsonl"
    make(paper, tmp_path / "out", "--log-json", str(log))
    documented = set(re.findall(r"`([a-z_]+)`", DOCS.read_text("utf-8")))

    assert {key for each in events_of(log) for key in each} <= documented
