"""``digest batch`` as a user runs it: a process of its own, killed and resumed."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from digest.batch.run import JOURNAL, ROOM, STAGING
from digest.cli import main
from digest.errors import ExitCode
from tests.batch.papers import folder_of, paper

FILES = 40
pytestmark = pytest.mark.slow


def words(root, *more):
    """The command's words for a folder."""
    return ["batch", str(root / "in"), "-o", str(root / "out"), "--format", "json,pdf", "--workers", "2", "--home", str(root / "home"), *more]


def start(root, *more):
    """The command as a process with its own process group, as a terminal gives it."""
    return subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "digest", *words(root, *more)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        cwd=Path(__file__).parents[2],
    )


def wait_for_results(root, count):
    """Wait until the journal holds so many results."""
    journal = root / "out" / ROOM / JOURNAL
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if journal.exists() and journal.read_bytes().count(b'"kind":"file"') >= count:
            return
        time.sleep(0.02)
    raise AssertionError("the batch did not get on")


def rows(root):
    """The table."""
    with (root / "out" / "结果.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def whole(root):
    """Assert that every file is in the table once, with a whole sheet in each form, and that nothing else lies about."""
    table = rows(root)
    assert Counter(Path(row["来文"]).name for row in table) == {f"通知{number:03}.txt": 1 for number in range(FILES)}
    assert {row["结果"] for row in table} == {"已成"}
    sheets = [root / "out" / name for row in table for name in row["学习单"].split("；")]
    assert len(set(sheets)) == 2 * FILES
    for sheet in sheets:
        if sheet.suffix == ".json":
            json.loads(sheet.read_text("utf-8"))
        else:
            assert sheet.read_bytes().rstrip().endswith(b"%%EOF")
    lying = {path for path in (root / "out").rglob("*") if path.is_file() and ROOM not in path.parts}
    assert lying == {*sheets, root / "out" / "结果.csv", root / "out" / "报告.html"}
    assert not (root / "out" / ROOM / STAGING).exists()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
def test_killed_at_several_points_and_resumed(tmp_path):
    """Kill -9 of the whole command, twice, then --resume: every file exactly once, none lost, none twice, none half."""
    folder_of(tmp_path / "in", FILES)
    for count, more in ((5, ()), (18, ("--resume",))):
        command = start(tmp_path, *more)
        wait_for_results(tmp_path, count)
        os.kill(command.pid, signal.SIGKILL)
        command.communicate()

    command = start(tmp_path, "--resume")
    told = command.communicate(timeout=120)[0].decode()

    assert command.returncode == ExitCode.OK, told
    assert "以前已做好" in told
    whole(tmp_path)
    made = Counter(
        record["path"] for line in (tmp_path / "out" / ROOM / JOURNAL).read_text("utf-8").splitlines() if (record := json.loads(line[9:]))["kind"] == "file"
    )
    assert set(made.values()) == {1}


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_interrupted_it_ends_cleanly_and_says_how_to_go_on(tmp_path):
    """Ctrl+C reaches the whole process group: no traceback, the table so far, the way to resume, code 130."""
    folder_of(tmp_path / "in", FILES)
    command = start(tmp_path)
    wait_for_results(tmp_path, 4)

    os.killpg(command.pid, signal.SIGINT)
    told = command.communicate(timeout=60)[0].decode()

    assert command.returncode == 130
    assert "Traceback" not in told
    assert "--resume" in told
    assert 4 <= len(rows(tmp_path)) < FILES
    assert main(words(tmp_path, "--resume")) == ExitCode.OK
    whole(tmp_path)


def test_one_bad_file_stops_nothing(tmp_path, capsys):
    """The bad file is told at once and in the table; the code says that some failed; a second call is refused no work."""
    folder_of(tmp_path / "in", 3)
    (tmp_path / "in" / "坏.docx").write_bytes(b"kaputt")
    (tmp_path / "in" / "副本.txt").write_bytes(paper(1))

    assert main(words(tmp_path)) == ExitCode.PARTLY

    told = capsys.readouterr()
    assert "坏.docx" in told.err
    assert "做成 3 个，内容重复 1 个，未成 1 个" in told.out
    assert Counter(row["结果"] for row in rows(tmp_path)) == {"已成": 3, "重复": 1, "未成": 1}
    assert "data:image/png" in (tmp_path / "out" / "报告.html").read_text("utf-8")
    (tmp_path / "in" / "坏.docx").unlink()
    assert main(words(tmp_path, "--resume")) == ExitCode.OK
    assert "以前已做好 4 个" in capsys.readouterr().out


@pytest.mark.parametrize(("more", "says"), [(("--workers", "-1"), "--workers"), (("--send-bytes",), "--scheduler")])
def test_words_that_contradict_are_refused(tmp_path, capsys, more, says):
    """A wrong number or half a choice is told before anything is begun."""
    folder_of(tmp_path / "in", 1)

    assert main(words(tmp_path, *more)) == ExitCode.USAGE

    assert says in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
