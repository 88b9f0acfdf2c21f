"""The plain function for other pipelines: bytes in, a picklable Result out, no fault raised."""

import pickle

from digest.batch import make_one
from digest.batch.task import State
from digest.options import Options
from tests.batch.papers import paper


def test_bytes_in_sheets_out():
    """The Result holds the sheet's bytes and goes through pickle unchanged."""
    result = make_one(paper(1), "通知.txt", Options(forms=("json", "pdf"), guarded=False))

    ((name, sheets),) = result.drawn
    assert (result.state, name, set(sheets)) == (State.MADE, "通知", {"json", "pdf"})
    assert sheets["pdf"].startswith(b"%PDF")
    assert pickle.loads(pickle.dumps(result)) == result


def test_a_bad_file_is_a_value():
    """A damaged file gives a Result with its sentence and code; the caller's loop goes on."""
    result = make_one(b"kaputt", "通知.docx", Options(guarded=False))

    assert result.state is State.FAILED
    assert result.fault.code == 4
    assert result.drawn == ()
