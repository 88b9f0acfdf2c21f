"""The index follows the journal, also where a break came between the two."""

from digest.batch.journal import Journal
from digest.batch.ledger import Ledger
from digest.batch.task import Result, State


def result_for(name):
    """A file that was made."""
    return Result(number=1, path=f"/来文/{name}.txt", name=name, sha256=name, state=State.MADE, written=(f"{name}.pdf",))


def test_what_only_the_journal_holds_is_caught_up_with(tmp_path, monkeypatch):
    """Ctrl+C between writing and indexing loses no row of the table, and an earlier run by other rules adds none."""
    path = tmp_path / "journal.jsonl"
    earlier = Ledger(tmp_path, Journal(path), "旧规则")
    earlier.begin()
    list(earlier.record(result_for("旧通知")))
    earlier.end()
    earlier.close()
    ledger = Ledger(tmp_path, Journal(path), "新规则")
    ledger.begin()
    list(ledger.record(result_for("甲")))
    with monkeypatch.context() as broken:
        broken.setattr(ledger, "_enter", lambda *_: None)
        list(ledger.record(result_for("乙")))

    assert ledger.count(good=True) == 1
    ledger.catch_up()
    assert ledger.count(good=True) == 2
    ledger.close()
