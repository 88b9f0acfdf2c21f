"""Several processes write at once (review page, watch, batch): nothing is lost, doubled or overwritten in silence."""

import subprocess
import sys

import pytest

from digest.archive import audit, drafts, sources
from digest.archive.drafts import Change
from tests.archive import made
from tests.archive.made import content_of, source_of, store_in
from tests.archive.test_sources import add

pytestmark = pytest.mark.slow
WRITERS, EDITS = 3, 15
HEAD = """
import sys
from digest.archive import audit, drafts, sources
from digest.archive.drafts import Change, VersionConflict
from digest.archive.store import Store
from tests.archive.made import content_of, kept_of, source_of
store, me, edits = Store(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sys.stdin.readline()
"""
EDITOR = """
for number in range(edits):
    while True:
        version = drafts.standing(store, 1).version
        try:
            drafts.save(store, 1, version, content=content_of(body=f"{me}-{number}"), change=Change(who=me, label=f"{me}-{number}"))
            break
        except VersionConflict:
            pass
"""
COLLECTOR = """
for number in range(edits):
    source = source_of(f"第 {number} 份来文")
    sources.add(store, source, kept_of(source), mentions=(), who=me)
    audit.note(store, "收文", source.name, who=me)
"""


def together(address, script):
    """Run a script in several processes that begin at the same moment."""
    command = [sys.executable, "-c", HEAD + script, str(address)]
    running = [subprocess.Popen([*command, f"第{number}人", str(EDITS)], stdin=subprocess.PIPE, text=True) for number in range(WRITERS)]
    for process in running:
        process.stdin.write("\n")
        process.stdin.flush()
    for process in running:
        process.communicate(timeout=120)
    assert [process.returncode for process in running] == [0] * WRITERS


def test_versions_are_given_once(tmp_path):
    """Each confirmed edit is one version of its own, whoever was faster."""
    store = store_in(tmp_path)
    drafts.create(store, add(store, source_of()), content_of(), Change(who="主管", label="生成"))
    together(made.place_in(tmp_path), EDITOR)

    logged = drafts.history(store, 1)
    assert [row.version for row in logged] == list(range(WRITERS * EDITS + 1, 0, -1))
    assert len({row.label for row in logged}) == WRITERS * EDITS + 1
    assert drafts.get(store, 1).body == logged[0].label


def test_the_same_file_is_kept_once_and_the_audit_chain_holds(tmp_path):
    """Two programs that hand in the same file meet in one row; the log has one end."""
    store = store_in(tmp_path)
    together(made.place_in(tmp_path), COLLECTOR)

    assert len(sources.recent(store)) == EDITS
    assert audit.first_break(store) is None
    assert len(audit.latest(store)) == WRITERS * EDITS


def test_an_empty_archive_is_set_up_once(tmp_path):
    """Programs that start at the same moment do not step on each other's schema."""
    together(made.place_in(tmp_path), "")

    assert store_in(tmp_path).sound()
