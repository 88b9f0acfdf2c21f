"""A whole archive into another: nothing left out, nothing changed, and an imperfect copy leaves nothing."""

import pytest

from digest.archive import accounts, audit, copying, drafts, issues, search, sources
from digest.archive.accounts import Role
from digest.archive.drafts import Change, Day
from digest.archive.issues import Signature
from digest.archive.sources import Mention, Relation
from digest.archive.store import Store
from digest.errors import ArchiveError
from tests.archive.made import content_of, printed_of, source_of, store_in
from tests.archive.test_sources import add

DAYS = (Day(day="2025-09-30", label="报送", what="deadline"), Day(day="2025-09-05", label="施行", what="effective", computed=True))


@pytest.fixture
def full(tmp_path):
    """An archive with something in every table."""
    store = store_in(tmp_path / "full")
    mention = Mention(relation=Relation.REPEALS, doc_number="示银发〔2019〕7号", evidence="同时废止")
    number = add(store, source_of(), mentions=(mention,), title="印章管理办法")
    draft = drafts.create(store, number, content_of(days=DAYS), Change(who="主管", label="生成"))
    drafts.save(store, draft, 1, content=content_of("空白凭证入库保管", days=DAYS), change=Change(who="主管", label="改字"))
    issue = issues.add(store, draft, printed_of("空白凭证不得预盖印章", pdf=b"\0\xff one"), "主管")
    issues.hand_out(store, issue, {"day": "2025-09-02", "meeting": "晨会"}, names=(Signature(name="张三"),), who="主管")
    accounts.add(store, "王主管", "晨会-2025-网点", Role.MANAGER)
    accounts.begin(store, "王主管", Role.MANAGER)
    audit.note(store, "打印", "第 1 次")
    store.run("INSERT INTO watched VALUES ('p', 'i', 'm', '2025-09-01')")
    return store


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request, tmp_path):
    """An empty archive in either database."""
    if request.param == "sqlite":
        return Store(tmp_path / "target.sqlite")
    return Store(request.getfixturevalue("schemas").of(tmp_path / "target"))


def test_everything_is_there_and_goes_on(full, target):
    """Rows, search, undo, the audit chain, and new numbers behind the old ones; sessions stay behind."""
    copied = {each.table: each.rows for each in copying.copy(full, target)}

    assert all(rows > 0 for rows in copied.values()), copied
    assert target.rows("SELECT * FROM session") == []
    for words in ("空白凭证", "印章"):
        assert [hit.ref for hit in search.find(target, search.Query(words=words))] != []
    assert drafts.get(target, 1).undo == "改字"
    assert audit.first_break(target) is None
    assert issues.load_pdf(target, 1) == b"\0\xff one"
    assert add(target, source_of("新的")) == 2
    assert target.sound()


def test_a_target_that_is_not_empty_is_left_alone(full, target):
    """Two archives are not mixed."""
    audit.note(target, "已有")
    with pytest.raises(ArchiveError, match="不是空的"):
        copying.copy(full, target)

    assert [row.act for row in audit.latest(target)] == ["已有"]


def test_a_damaged_origin_is_told_and_nothing_is_left_behind(full, target):
    """Damage is not carried over."""
    full.run("UPDATE source SET data = ? WHERE id = 1", (b"x",))
    with pytest.raises(ArchiveError, match="已损坏"):
        copying.copy(full, target)

    assert sources.recent(target) == []


def test_a_copy_that_differs_is_undone(full, target, monkeypatch):
    """One changed character anywhere is found before anything counts."""
    usual = copying.FINISH[target.kind]

    def harm(store):
        usual(store)
        store.run("UPDATE day SET label = '别的' WHERE label = '报送'")

    monkeypatch.setitem(copying.FINISH, target.kind, harm)
    with pytest.raises(ArchiveError, match=r"核对不符（day）"):
        copying.copy(full, target)

    assert sources.recent(target) == []
