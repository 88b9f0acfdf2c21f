"""The lexicon: packaged tables are sound, the user's own are merged, faults are told by file and line."""

import pickle

import pytest

from digest.errors import BadTemplate
from digest.zh import lexicon
from digest.zh.lexicon import load
from digest.zh.matching import shield


def kinds(text, **overrides):
    """The classes found in a text."""
    return {hit.kind for hit in load({name.replace("_", "."): body for name, body in overrides.items()}).hits(shield(text))}


def test_packaged_tables_load_and_every_entry_has_a_source():
    """Each packaged line says where it comes from."""
    for table in lexicon.TABLES:
        if table.columns[-1] == "来源":
            for line in lexicon.packaged(table.file).splitlines():
                cells = line.split("\t")
                if line and not line.startswith("#") and cells[: table.keys] != list(table.columns[: table.keys]):
                    assert len(cells) == len(table.columns) and cells[-1], (table.file, line)


@pytest.mark.parametrize("text", ["相应材料", "对应账户", "应急预案", "无须提供", "客户须知", "许可证", "可疑交易", "可能发生", "工作需求", "不限于下列"])
def test_traps_are_no_duties_and_no_rights(text):
    """Words that only hold 应, 须, 可 or 需 are not counted."""
    assert not kinds(text) & {"duty", "permission", "strong"}


@pytest.mark.parametrize("text", ["账号与公示信息不一致的不得办理", "凭证作废后剪角保管", "证件失效的应当更新", "暂停营业的，应当在门口公告"])
def test_words_of_the_trade_repeal_and_ban_nothing(text):
    """作废 of a form, 失效 of a card and 暂停 as a case are neither a change of rules nor a ban of their own."""
    assert "repeal" not in kinds(text)
    assert not any(hit.word.startswith("re:暂停") for hit in load().hits(text))


@pytest.mark.parametrize("text", ["原有规定与本办法不一致的，以本办法为准", "《某某办法》（示银发〔2020〕3号）同时废止", "该通知自行失效"])
def test_rules_that_end_are_repealed(text):
    """A rule that gives way is told from a form that is voided."""
    assert "repeal" in kinds(text)


def test_bounds_are_limits_and_not_bans():
    """不得少于 asks for a number, 不得 forbids."""
    assert "ban" not in kinds("不得少于2人") and "limit" in kinds("不得少于2人")
    assert "ban" in kinds("不得代客户签名")


def test_names_of_documents_do_not_count():
    """Words inside 《》 and document numbers are blanked out, place for place."""
    text = "按照《关于严禁代客操作的通知》（示银发〔2025〕9号）办理"

    assert len(shield(text)) == len(text)
    assert "ban" not in kinds(text)


def test_longest_word_wins():
    """一律不得 is one ban, 变更登记 no change of rules."""
    hits = load().hits("客户申请变更登记")

    assert not any(hit.kind == "change" for hit in hits)


def test_own_words_are_added_changed_and_removed():
    """The user's file adds a word, changes a weight and removes an entry; the rest stays."""
    own = "ban\t莫要\t5\nban\t不得\t-\nduty\t应当\t3\n"
    found = load({"words.tsv": own})

    assert [(hit.word, hit.weight, hit.own) for hit in found.hits("莫要外传")] == [("莫要", 5.0, True)]
    assert not [hit for hit in found.hits("不得外传") if hit.kind == "ban"]
    assert [hit.weight for hit in found.hits("应当归档") if hit.kind == "duty"] == [3.0]
    assert "ban" in {hit.kind for hit in load().hits("不得外传")}


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("words.tsv", "ban\t莫要\t很多\n", "words.tsv 第1行"),
        ("words.tsv", "# 注\n没有\t莫要\t1\n", "words.tsv 第2行"),
        ("words.tsv", "ban\tre:(\t1\n", "words.tsv 第1行"),
        ("words.tsv", "ban\n", "words.tsv 第1行"),
        ("actors.tsv", "押运公司\t别人\n", "actors.tsv 第1行"),
        ("businesses.tsv", "租赁\t租赁\t也许\n", "businesses.tsv 第1行"),
        ("roles.tsv", "库管\n", "roles.tsv 第1行"),
        ("kinds.tsv", "通报\t点名\t封面\n", "kinds.tsv 第1行"),
        ("features.tsv", "item\t列举\t1\t本行\t多\n", "features.tsv 第1行"),
    ],
)
def test_a_broken_line_is_told(name, text, place):
    """File and line stand in the message, and what to do."""
    with pytest.raises(BadTemplate) as caught:
        load({name: text})

    assert place in str(caught.value) and "。" in str(caught.value)


def test_saved_by_a_spreadsheet():
    """A byte order mark, CRLF and the header line do no harm."""
    found = load({"words.tsv": "\ufeff类别\t词\t分\t前不接\t后不接\t来源\r\nban\t莫要\t5\t\t\t本行\r\n"})

    assert [hit.word for hit in found.hits("莫要外传")] == ["莫要"]


def test_every_packaged_pattern_can_be_used():
    """Patterns are compiled when they are first asked for, so that all of them are tried here: none is broken, none matches nothing at all."""
    words = lexicon.load()

    for use, written in words.cues.written.items():
        assert words.cues[use].pattern == written
        assert words.cues[use].fullmatch("") is None
    for marking in words.markings:
        assert marking.pattern.fullmatch("") is None


def test_patterns_travel_to_another_process_uncompiled():
    """A lexicon that is handed on holds the same patterns, whichever of them were asked for before."""
    words = lexicon.load()
    assert words.cues["下属"].pattern

    other = pickle.loads(pickle.dumps(words.cues))
    assert not other
    assert other["下属"] == words.cues["下属"]
