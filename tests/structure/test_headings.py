"""Headings are kept in the outline but are never candidates; a short sentence that says something is one."""

import pytest

from digest.model.outline import SentenceKind
from tests.build import outline_from


def kind_of(text: str, words: str) -> SentenceKind:
    """The kind of the sentence that holds the words."""
    return next(sentence.kind for sentence in outline_from(text).sentences if words in sentence.text)


@pytest.mark.parametrize("head", ["开展账实核对。", "应急处置。", "非柜面限额。", "严格信息边界。"])
def test_run_in_headings(head: str) -> None:
    """（一）小标题句。running into text is a heading."""
    assert kind_of(f"一、工作要求\n（一）{head}各网点应当在九月底前完成核对并登记。", head) is SentenceKind.HEADING


@pytest.mark.parametrize("head", ["不得拒收现金。", "严禁代客操作。", "每日核对3次。", "本通知自印发之日起施行。", "应当双人复核。"])
def test_short_rules_are_no_headings(head: str) -> None:
    """A short sentence with a ban, a duty or a number stays a candidate."""
    assert kind_of(f"一、工作要求\n（一）{head}各网点应当组织全体人员学习并登记。", head) is SentenceKind.PLAIN


def test_chapter_and_section_lines() -> None:
    """Lines without closing mark behind a number are headings and name their node."""
    found = outline_from("第一章 总则\n第一条 本办法适用于网点。\n一、组织领导\n各行应当重视本项工作。")
    assert [node.heading for node in found.nodes if node.heading] == ["总则", "组织领导"]


def test_bare_items_are_no_headings() -> None:
    """Short items of one list without closing marks stay items."""
    text = "二、各网点应当报送下列材料：\n1.自查报告\n2.问题台账\n3.整改承诺书\n三、其他要求\n各行应当按时报送上述材料。"
    assert kind_of(text, "整改承诺书") is SentenceKind.ITEM


def test_prose_of_an_annex_is_no_heading() -> None:
    """A note below an annex's table stays a candidate."""
    text = "关于调整限额的通知\n各分行：\n现将限额标准印发，请执行。\n附件1\n限额分级表\n注：二类账户日累计转出限额1万元，不适用本表。"
    assert kind_of(text, "二类账户") is SentenceKind.PLAIN


def test_a_label_stays_with_what_it_labels() -> None:
    """（一）机构范围。全部对外营业网点… is printed with its label; where the next sentence asks for something by itself, the label is a heading."""
    found = outline_from("二、自查安排\n（一）机构范围。全部对外营业网点，含今年撤并的网点，由承接网点负责自查。\n（二）业务范围。各网点应当自查业务印章。")
    units = ["".join(found.sentences[each].text for each in unit.sentences) for unit in found.units]
    assert "机构范围。全部对外营业网点，含今年撤并的网点，由承接网点负责自查。" in units
    assert "各网点应当自查业务印章。" in units


def test_a_short_sentence_above_its_numbers_is_a_heading():
    """（二）…业务。 alone on its line above 1. and 2. names them: with a box to tick it asked for nothing."""
    text = "一、终端管理\n（一）受理终端及相关业务。\n1.网点应当登记终端号。\n2.网点应当核对终端位置。\n（二）不得拒收现金。\n1.网点应当公示。\n二、其他"
    assert kind_of(text, "受理终端及相关业务") is SentenceKind.HEADING
    assert kind_of(text, "不得拒收现金") is not SentenceKind.HEADING
