"""Sources: kept once by hash, found by what repeals them, never when red."""

import pytest

from digest.archive import drafts, search, sources
from digest.archive.sources import Mention, Relation
from digest.errors import ArchiveError, SecretDocument
from digest.model.outline import Light
from tests.archive.made import content_of, kept_of, source_of, store_in


def add(store, source, mentions=(), **fields):
    """Put a source in; its number."""
    return sources.add(store, source, kept_of(source, **fields), mentions=mentions, who="主管")[0]


def test_the_same_bytes_are_recognised(tmp_path):
    """A second hand-in under another name is the same source."""
    store, one = store_in(tmp_path), source_of(name="甲.txt")
    first = sources.add(store, one, kept_of(one), mentions=(), who="主管")
    two = source_of(name="乙.txt")
    second = sources.add(store, two, kept_of(two), mentions=(), who="主管")

    assert first == (1, True)
    assert second == (1, False)
    assert sources.find(store, two.sha256).name == "甲.txt"


def test_a_red_source_never_enters(tmp_path):
    """No row of it is made."""
    store, secret = store_in(tmp_path), source_of("机密内容甲乙丙", "机密.txt")
    with pytest.raises(SecretDocument):
        add(store, secret, light=Light.RED)

    assert sources.recent(store) == []
    assert search.find(store, search.Query()) == []


@pytest.mark.database("sqlite")
def test_a_red_source_leaves_no_trace_in_the_file(tmp_path):
    """Nothing of it is in the file, not even its name."""
    store, secret = store_in(tmp_path), source_of("机密内容甲乙丙", "机密.txt")
    with pytest.raises(SecretDocument):
        add(store, secret, light=Light.RED)
    store.close()

    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "机密内容".encode() not in stored


def test_bytes_and_understanding_come_back(tmp_path):
    """The very file and what was understood of it."""
    store, source = store_in(tmp_path), source_of()
    number = add(store, source, title="印章管理办法", number="示银发〔2025〕1号")

    assert sources.load_bytes(store, number).data == source.data
    assert sources.load_kept(store, number) == kept_of(source, title="印章管理办法", number="示银发〔2025〕1号")


def test_damaged_bytes_are_noticed(tmp_path):
    """A flipped byte is told, not handed out."""
    store = store_in(tmp_path)
    number = add(store, source_of())
    store.run("UPDATE source SET data = ? WHERE id = ?", (b"\0", number))
    with pytest.raises(ArchiveError, match="校验不符"):
        sources.load_bytes(store, number)


def test_a_repeal_links_both_ways_whichever_came_first(tmp_path):
    """The new one shows what it repeals, the old one who repeals it."""
    store = store_in(tmp_path)
    old = add(store, source_of("旧"), title="印章管理办法", number="示银发〔2019〕7号")
    new = add(
        store,
        source_of("新"),
        mentions=(Mention(relation=Relation.REPEALS, doc_number="示银发[2019]第7号", evidence="示银发〔2019〕7号同时废止"),),
        number="示银发〔2025〕1号",
    )

    (out,) = sources.links(store, new)
    (back,) = sources.links(store, old)
    assert (out.relation, out.outgoing, out.other.id) == (Relation.REPEALS, True, old)
    assert (back.relation, back.outgoing, back.other.id) == (Relation.REPEALS, False, new)
    assert "同时废止" in back.evidence


def test_a_title_meets_the_notice_that_issued_it(tmp_path):
    """《印章管理办法》 is found under 关于印发印章管理办法的通知."""
    store = store_in(tmp_path)
    old = add(store, source_of("旧"), title="关于印发《印章管理办法》的通知")
    new = add(store, source_of("新"), mentions=(Mention(relation=Relation.AMENDS, title="《印章管理办法》"),), title="补充通知甲")

    assert [link.other.id for link in sources.links(store, new)] == [old]


def test_removing_a_source_takes_everything_along(tmp_path):
    """Drafts and search entries go with it."""
    store = store_in(tmp_path)
    number = add(store, source_of("独一无二的词语"))
    drafts.create(store, number, content_of(), drafts.Change(who="主管", label="生成"))
    sources.remove(store, number)

    assert search.find(store, search.Query(words="独一无二")) == []
    assert drafts.recent(store) == []
    assert store.sound()
