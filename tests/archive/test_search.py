"""Search in Chinese: words of any length, all of them, with their places shown."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.archive import search
from digest.archive.search import Query, Text
from tests.archive.made import source_of, store_in
from tests.archive.test_sources import add


@pytest.fixture
def store(tmp_path):
    """Three texts of one source."""
    store = store_in(tmp_path)
    number = add(store, source_of("占位"))
    search.drop(store, "source", number)
    texts = (
        ("印章管理", "柜员不得代客户保管印章。空白凭证入库保管。", "制度办法", ("柜员",), "2025-10-01"),
        ("大额现金", "单笔５万元以上取现须预约，柜员核对身份证", "操作规程", ("柜员", "大堂经理"), "2025-11-01"),
        ("假期安防", "保安每日巡查，结束后上报 ABC 系统；“50%”以下不算", "安保", ("保安",), ""),
    )
    for ref, (title, body, kind, roles, effective) in enumerate(texts):
        search.put(store, Text(what="draft", ref=ref, source=number, title=title, body=body, kind=kind, roles=roles, effective=effective))
    return store


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("代客户保管", {0}),
        ("印章", {0}),
        ("柜员", {0, 1}),
        ("份证", {1}),  # the very last two characters of a text
        ("金", {1}),
        ("5万元", {1}),  # typed in half width, written in full width
        ("abc", {2}),
        ("柜员 身份证", {1}),
        ("柜员 保安", set()),
        ('"', set()),
        ("“50%”", {2}),
        ("OR NEAR(", set()),
        ("不存在的词", set()),
        ("*", set()),
    ],
)
def test_finds(store, words, found):
    """Short, long, mixed, wide and hostile words."""
    assert {hit.ref for hit in search.find(store, Query(words=words))} == found


def test_filters(store):
    """Kind, role and effective date, alone and with words."""
    assert {hit.ref for hit in search.find(store, Query(kind="安保"))} == {2}
    assert {hit.ref for hit in search.find(store, Query(role="大堂经理"))} == {1}
    assert {hit.ref for hit in search.find(store, Query(since="2025-10-15"))} == {1}
    assert {hit.ref for hit in search.find(store, Query(until="2025-10-15"))} == {0}
    assert {hit.ref for hit in search.find(store, Query(words="柜员", kind="制度办法"))} == {0}


def test_a_word_in_the_title_comes_first(store):
    """The title counts more than the text."""
    search.put(store, Text(what="draft", ref=9, source=1, title="保安手册", body="与此无关的内容"))

    assert search.find(store, Query(words="保安"))[0].ref == 9


def test_excerpts_show_the_words(store):
    """The hit is told apart and its surroundings are given."""
    (hit,) = search.find(store, Query(words="代客户"))

    assert [part.text for part in hit.excerpts[0] if part.hit] == ["代客户"]
    assert "".join(part.text for part in hit.excerpts[0]).startswith("柜员不得代客户保管")


def test_a_renewed_text_is_found_by_its_new_words_only(store):
    """The index follows an edit."""
    search.put(store, Text(what="draft", ref=0, source=1, title="印章管理", body="钥匙双人保管"))

    assert search.find(store, Query(words="代客户")) == []
    assert [hit.ref for hit in search.find(store, Query(words="双人保管"))] == [0]


def test_finds_exactly_what_holds_all_the_words(tmp_path):
    """Whatever the database and the index in it: the same texts as reading every one of them."""
    dice, store = random.Random(7), store_in(tmp_path)
    number = add(store, source_of("占位"))
    search.drop(store, "source", number)
    texts = ["".join(dice.choices("甲乙丙丁aB1%_'\"\\，", k=dice.randint(1, 30))) for _ in range(60)]
    for ref, text in enumerate(texts):
        search.put(store, Text(what="draft", ref=ref, source=number, title=text[:4], body=text[4:]))
    for _ in range(250):
        terms = ["".join(dice.choices("甲乙丙丁Ab1%_'\"\\，", k=dice.randint(1, 4))) for _ in range(dice.randint(1, 2))]
        expected = {ref for ref, text in enumerate(texts) if all(term.lower() in text[:4].lower() or term.lower() in text[4:].lower() for term in terms)}
        assert {hit.ref for hit in search.find(store, Query(words=" ".join(terms), most=100))} == expected, terms


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(st.sampled_from("甲乙丙丁a1 "), max_size=60), st.lists(st.text(st.sampled_from("甲乙丙a1"), min_size=1, max_size=4), max_size=3))
def test_excerpts_are_stretches_of_the_text(body, terms):
    """Nothing is invented, and every hit is one of the terms."""
    for excerpt in search.excerpts(body, tuple(terms)):
        assert "".join(part.text for part in excerpt).strip("…") in body
        assert all(part.text in terms for part in excerpt if part.hit)
