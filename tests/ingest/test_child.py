"""The child: hangs, crashes and hunger for memory cost the child, not the program."""

import io
import operator
import os
import pickle
import time

import pytest

from digest import ingest
from digest.errors import NoText, TooMuch, Unreadable
from digest.ingest import child
from digest.ingest.child import ChildFailed, Plain, Worker
from digest.model.source import Source
from tests.ingest.make_docx import pack, para


@pytest.fixture
def worker():
    """A child that is ended afterwards."""
    made = Worker()
    yield made
    made.stop()


def test_reads_like_the_door():
    """The guarded door gives the same document; the child stays warm."""
    source = Source(name="通知.docx", data=pack(para("第一条 甲。")))

    assert ingest.read_guarded(source) == ingest.read(source)
    first = child._warm[0]
    ingest.read_guarded(source)
    assert child._warm[0] is first


def test_a_child_started_ahead_reads_the_first_file():
    """The child that was prepared is the one that reads, whatever the name promised."""
    child.stop()
    ingest.prepare("通知.pdf")
    first = child._warm[0]

    document = ingest.read_guarded(Source(name="通知.docx", data=pack(para("第一条 甲。"))))

    assert document.form == "docx"
    assert child._warm == [first]


def test_refusals_come_through():
    """What the child raises is raised here, with its sentence."""
    with pytest.raises(NoText, match="空文件"):
        ingest.read_guarded(Source(name="空.docx", data=b""))


def test_a_child_that_hangs_is_ended(worker):
    """No sign of life within the time: ended."""
    begun = time.monotonic()

    with pytest.raises(ChildFailed, match="hang"):
        worker.run(time.sleep, 60, seconds=0.5, total=60)

    assert time.monotonic() - begun < 10
    assert not worker.usable


def test_a_child_that_crashes_is_told(worker):
    """An abort in a library ends the child only."""
    with pytest.raises(ChildFailed, match="crash"):
        worker.run(os.abort, seconds=20, total=20)
    assert not worker.usable


@pytest.mark.skipif(os.name == "nt", reason="resource limits are POSIX; the job object is tested by hand")
def test_memory_has_a_limit(worker):
    """Asking for more memory than allowed fails, and the child is given up."""
    with pytest.raises(ChildFailed, match="memory"):
        worker.run(bytearray, 1 << 40, seconds=20, total=20)


def test_our_own_faults_are_told_apart(worker):
    """Any other exception becomes one sentence, and the child goes on."""
    with pytest.raises(Unreadable, match="TypeError"):
        worker.run(len, 5, seconds=20, total=20)
    assert worker.run(len, "四个汉字", seconds=20, total=20) == 4


def test_the_child_goes_on_with_what_it_read():
    """What is to be made of the document is made where it was read, and only that comes back."""
    source = Source(name="通知.docx", data=pack(para("第一条 甲。")))

    assert ingest.read_guarded_then(source, operator.attrgetter("form")) == "docx"


def test_what_fails_behind_the_reading_is_no_fault_of_the_file():
    """A fault of the program in the child is raised as such, with where it happened, and the child goes on."""
    source = Source(name="通知.docx", data=pack(para("第一条 甲。")))

    with pytest.raises(RuntimeError, match="no_such_thing"):
        ingest.read_guarded_then(source, operator.attrgetter("no_such_thing"))
    assert ingest.read_guarded(source).form == "docx"


def test_the_door_tells_a_hang(monkeypatch):
    """A file that takes too long is refused, and the next one is read by a fresh child."""
    source = Source(name="慢.docx", data=pack(para("甲")))

    with monkeypatch.context() as patched:
        patched.setattr(child, "_run", lambda worker, asked, idle, helper=None: worker.run(time.sleep, 60, seconds=0.3, total=60))
        with pytest.raises(TooMuch, match="读得太久"):
            ingest.read_guarded(source)

    assert ingest.read_guarded(source).blocks[0].raw == "甲"


def test_only_plain_values_come_back():
    """A pickle that names anything but the model's values is not opened."""
    with pytest.raises(pickle.UnpicklingError):
        Plain(io.BytesIO(pickle.dumps(os.system))).load()
    assert Plain(io.BytesIO(pickle.dumps(Source(name="a", data=b"x")))).load() == Source(name="a", data=b"x")
