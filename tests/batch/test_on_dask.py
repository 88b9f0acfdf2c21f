"""A real Dask cluster of processes on 127.0.0.1: the same words as the other ways, and deaths of every kind survived."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from msgspec import structs

from digest.batch import in_order, on_dask
from digest.batch.limits import limits
from digest.batch.run import JOURNAL, ROOM
from digest.batch.task import State
from digest.cli import main
from digest.errors import BrokenOff, ExitCode, UsageError
from tests.batch.cluster import Cluster
from tests.batch.papers import crew_of, deadly_reader, folder_of, paper, slow_reader, tasks_of

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX"),
    # the client's sockets to a scheduler that was killed are left to the garbage collector by Tornado
    pytest.mark.filterwarnings("ignore::ResourceWarning:tornado.*"),
]


@pytest.fixture
def cluster(tmp_path):
    """A cluster that is ended afterwards."""
    made = Cluster(tmp_path)
    yield made
    made.stop()


def test_the_cluster_says_the_same_as_one_process(tmp_path, cluster):
    """By shared folder and as bytes: the same Results as in order, and the same sheets, byte for byte."""
    root = folder_of(tmp_path / "in", 5)
    tasks = tasks_of(root)
    expected = [structs.replace(each, seconds=0.0) for each in in_order.attend(tasks, crew_of(tmp_path / "a"))]

    shared = sorted(on_dask.attend(tasks, crew_of(tmp_path / "b", scheduler=cluster.address)), key=lambda each: each.number)
    sent = [structs.replace(task, data=task.path.read_bytes()) for task in tasks]
    returned = sorted(on_dask.attend(sent, crew_of(None, scheduler=cluster.address)), key=lambda each: each.number)

    assert [structs.replace(each, seconds=0.0) for each in shared] == expected
    for result, back in zip(expected, returned, strict=True):
        (name,) = result.written
        sheet = (tmp_path / "a" / name).read_bytes()
        assert (tmp_path / "b" / name).read_bytes() == sheet
        assert back.drawn == ((result.name, {"json": sheet}),)


def test_a_killed_worker_loses_no_file(tmp_path, cluster):
    """Kill -9 of a Dask worker in the middle: its nanny starts another, and every file has exactly one Result."""
    tasks = tasks_of(folder_of(tmp_path / "in", 24))
    found = []
    for result in on_dask.attend(tasks, crew_of(tmp_path / "out", slow_reader, scheduler=cluster.address)):
        found.append(result)
        if len(found) == 5:
            os.kill(cluster.worker_pids()[0], signal.SIGKILL)

    assert Counter(each.number for each in found) == {task.number: 1 for task in tasks}
    assert {each.state for each in found} == {State.MADE}


def test_poison_is_isolated_and_its_neighbours_are_made(tmp_path, cluster):
    """A file that kills its workers is given up; one that only stood on the same worker is made after all."""
    root = folder_of(tmp_path / "in", 8)
    (root / "毒.txt").write_bytes(paper(99))

    found = list(on_dask.attend(tasks_of(root), crew_of(tmp_path / "out", deadly_reader, scheduler=cluster.address)))

    assert Counter(each.state for each in found) == {State.MADE: 8, State.POISON: 1}
    assert len({each.number for each in found}) == 9


def test_the_command_survives_the_schedulers_death(tmp_path, cluster, capsys):
    """Kill -9 of the scheduler: one sentence and a code of its own; --resume on another cluster, as bytes, makes the rest."""
    folder_of(tmp_path / "in", 40)
    words = ["batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--format", "json", "--home", str(tmp_path / "home")]
    command = [sys.executable, "-X", "utf8", "-m", "digest", *words, "--scheduler", cluster.address]
    batch = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    wait_for_results(tmp_path / "out", 5)
    os.kill(cluster.scheduler.pid, signal.SIGKILL)
    told = batch.communicate(timeout=60)[1].decode()

    assert batch.returncode == ExitCode.BROKEN_OFF, told
    assert "连接断了" in told
    assert "--resume" in told
    assert "Traceback" not in told

    cluster.stop()
    other = Cluster(tmp_path)
    try:
        assert main([*words, "--resume", "--scheduler", other.address, "--send-bytes"]) == ExitCode.OK
    finally:
        other.stop()
    assert "以前已做好" in capsys.readouterr().out
    records = [json.loads(line[9:]) for line in (tmp_path / "out" / ROOM / JOURNAL).read_text("utf-8").splitlines()]
    made = Counter(record["path"] for record in records if record["kind"] == "file")
    assert len(made) == 40
    assert set(made.values()) == {1}
    assert len(list((tmp_path / "out").rglob("*.json"))) == 40


def wait_for_results(out, count):
    """Wait until the journal holds so many results."""
    journal = out / ROOM / JOURNAL
    deadline = time.monotonic() + 60
    while not (journal.exists() and journal.read_bytes().count(b'"kind":"file"') >= count):
        assert time.monotonic() < deadline, "the batch did not get on"
        time.sleep(0.02)


def test_a_cluster_that_is_not_there_is_told(tmp_path, monkeypatch):
    """A wrong address ends in one sentence, not in a traceback of the network."""
    monkeypatch.setattr(on_dask, "limits", lambda: structs.replace(limits(), connect_seconds=1))

    with pytest.raises(BrokenOff, match="连不上调度器"):
        list(on_dask.attend([], crew_of(tmp_path / "out", scheduler="tcp://127.0.0.1:9")))


def test_workers_that_may_have_no_children_are_refused(tmp_path):
    """Hostile files are read in a limited child; a worker that cannot have one is told how to start it otherwise."""
    cluster = Cluster(tmp_path, daemon="True")
    crew = crew_of(tmp_path / "out", scheduler=cluster.address)
    guarded = structs.replace(crew.job, options=structs.replace(crew.job.options, guarded=True))
    try:
        with pytest.raises(UsageError, match="DAEMON=False"):
            list(on_dask.attend(tasks_of(folder_of(tmp_path / "in", 1)), structs.replace(crew, job=guarded)))
    finally:
        cluster.stop()


def test_without_dask_the_remedy_is_told(tmp_path, monkeypatch, capsys):
    """A computer without Dask says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "digest.batch.on_dask")
    monkeypatch.delattr("digest.batch.on_dask")
    (tmp_path / "in").mkdir()

    code = main(["batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9"])

    assert code == ExitCode.MISSING_TOOL
    assert "digest[dask]" in capsys.readouterr().err


def test_a_scheduler_that_dies_while_we_leave_is_no_fault_of_ours():
    """Between the last answer and the farewell the scheduler may go: the farewell then fails in silence."""
    from digest.batch import on_dask

    class Gone:
        """A client that has not noticed yet."""

        status = "running"

        def unregister_worker_plugin(self, name):
            """Nobody answers."""
            raise OSError("Timed out trying to connect")

    on_dask.dismiss(Gone(), "digest-1")
