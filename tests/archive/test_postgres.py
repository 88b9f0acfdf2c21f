"""PostgreSQL as an archive: reached again after a restart, refused when it is not ours, and no password anywhere."""

import signal
import subprocess
import sys

import pytest

from digest.archive import audit, drafts, search, sources, words_postgres
from digest.archive.drafts import Change
from digest.archive.engine import checked
from digest.archive.store import Store
from digest.errors import ArchiveError, MissingTool, UsageError
from tests import servers
from tests.archive.made import content_of, kept_of, source_of, store_in
from tests.archive.test_sources import add

pytestmark = pytest.mark.database("postgresql")


@pytest.fixture
def server(schemas):
    """A server that a test may stop and start."""
    with servers.postgres() as it:
        yield it


def test_goes_on_after_the_server_was_restarted(server):
    """The next read and the next write find it again."""
    store = Store(server.database("one"))
    add(store, source_of("甲"))
    server.stop()
    server.start()
    assert len(sources.recent(store)) == 1
    server.stop(signal.SIGKILL)
    server.start()
    add(store, source_of("乙"))

    assert len(sources.recent(store)) == 2


def test_a_server_that_goes_in_the_middle_leaves_nothing_half(server):
    """The transaction is told as not saved, and the next one works."""
    store = Store(server.database("one"))
    with pytest.raises(ArchiveError, match="没有保存"), store.writing():
        audit.note(store, "甲")
        server.stop(signal.SIGQUIT)
        audit.note(store, "乙")
    server.start()
    audit.note(store, "丙")

    assert [row.act for row in audit.latest(store)] == ["丙"]


def test_a_server_that_stays_away_is_said(server, monkeypatch):
    """After the patience is over the user gets one sentence with what to do."""
    store = Store(server.database("one"))
    monkeypatch.setattr("digest.archive.engine_postgres.RECONNECT_SECONDS", 0.2)
    server.stop()
    with pytest.raises(ArchiveError, match=r"读取历史库失败.*数据库管理员"):
        sources.recent(store)
    with pytest.raises(ArchiveError, match="连不上"):
        Store(server.address("one"))


def test_a_foreign_database_is_refused(schemas, opened):
    """Tables of another program are left alone."""
    address = schemas.server.database("foreign")
    opened(address).execute("CREATE TABLE theirs (x INTEGER)")
    with pytest.raises(ArchiveError, match="别的程序"):
        Store(address)


def test_a_database_that_cannot_hold_chinese_is_refused(schemas, opened):
    """An encoding other than UTF-8 is told at once, not at the first odd character."""
    opened(schemas.server.database("any")).execute("CREATE DATABASE latin TEMPLATE template0 ENCODING LATIN1")
    with pytest.raises(ArchiveError, match="LATIN1"):
        Store(schemas.server.address("latin"))


def test_a_missing_driver_is_said(monkeypatch):
    """The sentence names the command that installs it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "digest.archive.engine_postgres", raising=False)
    with pytest.raises(MissingTool, match=r"pip install .*postgres"):
        Store("postgresql://digest@127.0.0.1/x")


@pytest.mark.parametrize("address", ["postgresql://me:geheim@host/db", "postgres://host/db?password=geheim", "POSTGRESQL://me:geheim@host/db"])
def test_a_password_in_the_address_is_refused(address):
    """It would stand in the process list; the sentence does not repeat it."""
    with pytest.raises(UsageError) as caught:
        checked(address)

    assert "geheim" not in str(caught.value)
    assert ".pgpass" in str(caught.value)


def test_the_password_comes_from_the_environment_and_is_never_told(server, opened, monkeypatch):
    """A server that asks for one gets it, and no sentence shows it."""
    opened(server.database("one")).execute("ALTER ROLE digest PASSWORD 'geheim'")
    (server.data / "pg_hba.conf").write_text("local all all scram-sha-256\n")
    opened(server.address("one")).execute("SELECT pg_reload_conf()")
    monkeypatch.setenv("PGPASSWORD", "geheim")
    Store(server.address("one")).close()
    monkeypatch.setenv("PGPASSWORD", "falsch")
    with pytest.raises(ArchiveError) as caught:
        Store(server.address("one"))

    assert "falsch" not in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_no_text_is_refused_for_a_character(tmp_path):
    """A NUL that a broken file brings along costs neither the file nor the audit chain."""
    store = store_in(tmp_path)
    source = source_of("印章\0管理")
    number = sources.add(store, source, kept_of(source, title="印\0章"), mentions=(), who="主管")[0]
    audit.note(store, "收文", "印\0章")

    assert sources.get(store, number).title == "印章"
    assert sources.load_bytes(store, number).data == source.data
    assert audit.first_break(store) is None


def test_a_common_word_does_not_read_every_text(tmp_path):
    """The index is used, and the best ones are known before any text is read."""
    store = store_in(tmp_path)
    with store.writing():
        for number in range(300):
            text = search.Text(what="draft", ref=number, source=1, title="", body=f"第{number}号 柜员不得代客户保管印章")
            if not number:
                text = search.Text(what="draft", ref=0, source=add(store, source_of()), title="", body="")
            search.put(store, text)
    sql, values = words_postgres.indexed(["代客户保管"], [], [])
    store.run("SET enable_seqscan = off")
    plan = "\n".join(row[0] for row in store.rows(f"EXPLAIN {sql} LIMIT 5", values))

    assert "entry_grams" in plan
    assert plan.count("Sort Key") == 1


def test_a_word_that_stands_everywhere_is_answered_from_the_newest(tmp_path, monkeypatch):
    """No sorting of a whole archive: the newest first, whatever page is asked for, and filters hold."""
    monkeypatch.setattr(words_postgres, "PROBE", 20)
    store = store_in(tmp_path)
    source = add(store, source_of("占位"))
    with store.writing():
        for number in range(60):
            kind = "通报" if number % 2 else "制度"
            search.put(store, search.Text(what="draft", ref=number, source=source, title="", body="柜员 A" if number else "独有", kind=kind))
    sql, _ = words_postgres.find(store, ("柜员",), [], [])

    assert "digest_grams" not in sql
    assert [hit.ref for hit in search.find(store, search.Query(words="柜员 a", kind="通报", most=3, skip=2))] == [55, 53, 51]
    assert [hit.ref for hit in search.find(store, search.Query(words="独有"))] == [0]


def test_a_backup_is_left_to_the_database(tmp_path):
    """The page says whose task it is instead of writing an empty file."""
    store = store_in(tmp_path)
    drafts.create(store, add(store, source_of()), content_of(), Change(who="主管", label="生成"))
    with pytest.raises(ArchiveError, match="pg_dump"), store.raw():
        pass


def test_a_dump_restored_elsewhere_is_whole(server):
    """The way of docs/archive.md: pg_dump, pg_restore, and the archive opens, finds and goes on."""
    store = Store(server.database("one"))
    drafts.create(store, add(store, source_of()), content_of(), Change(who="主管", label="生成"))
    dump = str(server.folder / "archive.dump")
    subprocess.run([server.programs / "pg_dump", "-Fc", "-f", dump, server.address("one")], check=True, **servers.as_other_user())
    command = [server.programs / "pg_restore", "--no-owner", "--exit-on-error", "-d", server.database("two"), dump]
    subprocess.run(command, check=True, **servers.as_other_user())
    other = Store(server.address("two"))

    assert [hit.what for hit in search.find(other, search.Query(words="代客户"))] == ["draft", "source"]
    assert add(other, source_of("新的")) == 2
    assert other.sound()
