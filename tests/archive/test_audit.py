"""The audit log: a changed or missing row shows."""

from digest.archive import audit
from tests.archive.made import store_in


def test_the_chain_holds_and_a_change_breaks_it(tmp_path):
    """Altering or deleting a row in the middle is found."""
    store = store_in(tmp_path)
    for number in range(5):
        audit.note(store, "打印", f"第 {number} 次", who="主管", address="127.0.0.1")
    assert audit.first_break(store) is None
    assert audit.latest(store)[0].what == "第 4 次"

    store.run("UPDATE audit SET what = '没有打印' WHERE id = 2")
    assert audit.first_break(store) == 2
    store.run("DELETE FROM audit WHERE id = 2")
    assert audit.first_break(store) == 3
