"""Drafts: nothing overwritten in silence, undo over everything, a log that only grows."""

import pytest

from digest.archive import drafts
from digest.archive.drafts import Change, VersionConflict
from digest.errors import ArchiveError
from tests.archive.made import content_of, source_of, store_in
from tests.archive.test_sources import add

ME = Change(who="主管", label="改字")


@pytest.fixture
def store(tmp_path):
    """An archive with one source and one draft at version 1."""
    store = store_in(tmp_path)
    drafts.create(store, add(store, source_of()), content_of(body="零"), Change(who="主管", label="生成"))
    return store


def go(store, expected, by):
    """Undo or redo as the owner of the content would."""
    body = drafts.travel(store, 1, expected, by=by, who="主管")
    return drafts.settle(store, 1, expected, by=by, told=(content_of(body=body), Change(who="主管", label="撤销")))


def test_a_change_raises_the_version(store):
    """Each change is a new version with its own content."""
    assert drafts.save(store, 1, 1, content=content_of(body="一"), change=ME) == 2
    opened = drafts.get(store, 1)
    assert (opened.body, opened.undo, opened.redo) == ("一", "改字", "")


def test_two_tabs_do_not_overwrite_each_other(store):
    """The second one is told who was first, and nothing is lost."""
    drafts.save(store, 1, 1, content=content_of(body="甲"), change=Change(who="甲", label="改字"))
    with pytest.raises(VersionConflict) as caught:
        drafts.save(store, 1, 1, content=content_of(body="乙"), change=Change(who="乙", label="改字"))

    assert (caught.value.current.who, caught.value.current.version) == ("甲", 2)
    assert drafts.get(store, 1).body == "甲"


def test_undo_and_redo_walk_over_every_change(store):
    """Back to the beginning and forth to the end, the version always rising."""
    version = 1
    for body in "一二三":
        version = drafts.save(store, 1, version, content=content_of(body=body), change=ME)
    seen = []
    for by in (-1, -1, -1, 1, 1, 1):
        version = go(store, version, by)
        seen.append(drafts.get(store, 1).body)

    assert seen == ["二", "一", "零", "一", "二", "三"]
    assert version == 10


def test_a_change_after_undo_forgets_the_redo(store):
    """A new branch replaces the old one, but the log keeps both."""
    version = drafts.save(store, 1, 1, content=content_of(body="一"), change=ME)
    version = go(store, version, -1)
    version = drafts.save(store, 1, version, content=content_of(body="二"), change=ME)
    with pytest.raises(ArchiveError, match="没有可以重做"):
        go(store, version, 1)

    assert [row.label for row in drafts.history(store, 1)] == ["改字", "撤销", "改字", "生成"]


def test_nothing_to_undo_is_said(store):
    """At the beginning undo says so and changes nothing."""
    with pytest.raises(ArchiveError, match="没有可以撤销"):
        go(store, 1, -1)
    assert drafts.standing(store, 1).version == 1


def test_undo_reaches_back_as_far_as_promised(store):
    """Old steps go, the last ones stay."""
    version = 1
    for number in range(drafts.MOST_STEPS + 5):
        version = drafts.save(store, 1, version, content=content_of(body=str(number)), change=ME)

    assert store.rows("SELECT count(*) FROM step")[0][0] == drafts.MOST_STEPS + 1


def test_a_missing_draft_is_said(store):
    """A deleted draft gives a sentence."""
    with pytest.raises(ArchiveError, match="没有这张单"):
        drafts.get(store, 99)
