"""The door: facts, kind and slots of whole documents."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import facts
from digest.facts import kind
from digest.model.facts import FactKind, Kind
from digest.zh import lexicon as lexicons
from tests.build import outline_from

LEXICON = lexicons.load()
NOTICE = """示例银行文件
示银运管〔2025〕12号
示例银行关于加强尾箱管理的通知
各支行：
为加强尾箱管理，现将有关事项通知如下。
一、柜员应于每日营业终了前将尾箱交回，双人入库。
二、各网点应于9月30日前完成自查，报分行运营管理部。
联系人：李小示，电话：0000-81230001
示例银行
2025年9月1日
"""
LETTERS = st.text(alphabet="一二三十百千万亿元年月日前内起自至（含）以上下不超过单笔累计报告部0123456789%，。:双人附件《》保存", max_size=60)


def test_facts_point_at_their_characters() -> None:
    """Each fact's text is exactly the characters that it points at."""
    outline = outline_from(NOTICE)
    found = facts.find(outline, LEXICON)

    assert found.items
    for fact in found.items:
        assert outline.sentences[fact.sentence].text[fact.start : fact.end] == fact.text


def test_slots_that_nothing_fills_are_left_empty() -> None:
    """A notice has no wording for customers; who and when are found."""
    found = facts.find(outline_from(NOTICE), LEXICON)
    filled = {slot.name: bool(slot.sentences) for slot in found.slots}

    assert found.kind.kind is Kind.NOTICE
    assert filled["期限"] and filled["报送"] and filled["谁"]
    assert not filled["何时起"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("示例银行关于印发《示例银行现金管理办法（2025年修订）》的通知", Kind.REGULATION),
        ("关于做好春节期间营业工作的通知", Kind.NOTICE),
        ("关于2025年第二季度柜面差错情况的通报", Kind.BULLETIN),
        ("关于防范冒充客服诈骗的风险提示", Kind.RISK),
        ("关于新一代柜面系统上线切换有关事项的通知", Kind.SYSTEM),
        ("关于印发《个人大额现金存取业务操作规程》的通知", Kind.PROCEDURE),
        ("关于开展个人养老金缴存有礼活动的通知", Kind.CAMPAIGN),
        ("关于开展业务印章管理专项自查整改工作的通知", Kind.INSPECTION),
        ("关于调整个人银行账户非柜面交易限额管理有关事项的通知", Kind.AML),
        ("关于规范网点投诉首接处理和限时办结工作的通知", Kind.COMPLAINT),
        ("关于加强岁末年初营业网点安全防范和款箱交接工作的通知", Kind.SECURITY),
        ("关于进一步做好老年客户和行动不便客户金融服务工作的通知", Kind.AGEING),
    ],
)
def test_kinds(title: str, expected: Kind) -> None:
    """The title tells each of the twelve kinds."""
    assert kind.decide(title, "", "", LEXICON.kinds).kind is expected


def test_unsure_kind_has_low_confidence() -> None:
    """Nothing in title or body: the kind is a guess that asks for confirmation."""
    assert kind.decide("材料", "", "甲乙丙", LEXICON.kinds).confidence < 0.6


@given(st.lists(LETTERS, max_size=4))
@settings(derandomize=True, deadline=None, max_examples=150)
def test_any_text_is_read(lines: list[str]) -> None:
    """Whatever the text, nothing escapes, and every fact is its own characters."""
    outline = outline_from("\n".join(["示例通知", *lines]))
    for fact in facts.find(outline, LEXICON).items:
        assert outline.sentences[fact.sentence].text[fact.start : fact.end] == fact.text != ""


@pytest.mark.corpus
def test_corpus_facts_point_at_their_characters() -> None:
    """On every official text each fact is its own characters, and most texts say from when they apply."""
    texts = sorted((Path(__file__).parents[2] / "../shared/corpus").resolve().glob("*/texts/*.txt"))
    if not texts:
        pytest.skip("no ../shared/corpus here")
    dated = 0
    for path in texts[:20]:
        outline = outline_from(path.read_text("utf-8"))
        found = facts.find(outline, LEXICON)
        dated += any(fact.kind is FactKind.EFFECTIVE for fact in found.items)
        for fact in found.items:
            assert outline.sentences[fact.sentence].text[fact.start : fact.end] == fact.text
    assert dated >= 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("将学习情况纳入下半年内控评价。", []),
        ("应当在半年内完成整改。", ["半年内"]),
        ("因次日大额预约确需超限的，应当于当日16:30前申请。", ["于当日16:30前"]),
        ("发现差错的，应当于次日报告。", ["于次日"]),
    ],
)
def test_a_word_that_only_looks_like_a_time_limit(text, expected) -> None:
    """下半年内控 holds no 半年内, and tomorrow's booking is no limit: a clock on the sheet must be one of the text."""
    found = facts.find(outline_from(NOTICE.replace("联系人：李小示", f"三、{text}\n联系人：李小示")), LEXICON)
    own = [
        number
        for number, sentence in enumerate(outline_from(NOTICE.replace("联系人：李小示", f"三、{text}\n联系人：李小示")).sentences)
        if text[:6] in sentence.text
    ]

    assert [fact.text for fact in found.items if fact.kind is FactKind.DEADLINE and fact.hard and fact.sentence in own] == expected
