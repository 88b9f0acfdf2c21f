"""The pool of this computer: dead workers, poison and hanging files cost nothing but themselves."""

import os
import signal
from collections import Counter

import pytest
from msgspec import structs

from digest.batch import in_order, in_pool
from digest.batch.limits import limits
from digest.batch.task import State
from digest.errors import BrokenOff
from tests.batch.papers import crew_of, deadly_reader, folder_of, paper, slow_reader, stuck_reader, tasks_of

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")]


def test_the_pool_says_the_same_as_one_process(tmp_path):
    """Serial and parallel give the same Results and the same bytes; only times differ."""
    tasks = tasks_of(folder_of(tmp_path / "in", 6))
    told = []
    for attend, crew in ((in_order.attend, crew_of(tmp_path / "a")), (in_pool.attend, crew_of(tmp_path / "b", workers=2))):
        results = sorted(attend(iter(tasks), crew), key=lambda each: each.number)
        told.append([structs.replace(each, seconds=0.0) for each in results])

    assert told[0] == told[1]
    for result in told[0]:
        (name,) = result.written
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_killed_worker_loses_no_file(tmp_path):
    """Workers killed from outside in the middle of their work: every file has exactly one Result, all made."""
    tasks = tasks_of(folder_of(tmp_path / "in", 24))
    pool = in_pool.Pool(iter(tasks), crew_of(tmp_path / "out", slow_reader, workers=2))
    found = []
    try:
        for result in pool.results():
            found.append(result)
            if len(found) in (3, 9):
                os.kill(pool.workers[0].process.pid, signal.SIGKILL)
    finally:
        pool.stop()

    assert Counter(each.number for each in found) == {task.number: 1 for task in tasks}
    assert {each.state for each in found} == {State.MADE}


def test_poison_is_isolated_and_its_neighbours_are_made(tmp_path):
    """A file that kills every worker it meets is tried so many times and no more, and is told in one sentence."""
    root = folder_of(tmp_path / "in", 8)
    (root / "毒.txt").write_bytes(paper(99))

    found = list(in_pool.attend(iter(tasks_of(root)), crew_of(tmp_path / "out", deadly_reader, workers=2)))

    bad = [each for each in found if each.state is not State.MADE]
    assert len(found) == 9
    assert [each.state for each in bad] == [State.POISON]
    assert bad[0].attempts == limits().attempts
    assert "已隔离" in bad[0].fault.words


def test_a_hanging_file_is_ended(tmp_path, monkeypatch):
    """A worker that is silent for too long is killed, and its file isolated as poison."""
    root = folder_of(tmp_path / "in", 2)
    (root / "停.txt").write_bytes(paper(99))
    monkeypatch.setattr(in_pool, "limits", lambda: structs.replace(limits(), task_seconds=8, attempts=1))

    found = list(in_pool.attend(iter(tasks_of(root)), crew_of(tmp_path / "out", stuck_reader, workers=2)))

    assert Counter(each.state for each in found) == {State.MADE: 2, State.POISON: 1}


def test_workers_that_cannot_start_end_the_batch(tmp_path):
    """Workers that die while they load are not started for ever."""
    crew = crew_of(tmp_path / "out", die_at_once, workers=2)

    with pytest.raises(BrokenOff, match="一启动就退出"):
        list(in_pool.attend(iter(tasks_of(folder_of(tmp_path / "in", 3))), crew))


def die_at_once(source):
    """A reader with which not even the warming up succeeds."""
    os.kill(os.getpid(), signal.SIGKILL)
