"""What is cut and what is weighed: directories, repeated pastes, mails, zones, subjects, coverage."""

import pytest

from digest.model.document import Attachment
from digest.model.outline import Outline, Sentence, Zone
from digest.structure import build
from digest.zh import lexicon as lexicons
from tests.build import outline_from, paragraphs_from, replace_fields
from tests.structure.test_masthead import mail

RULES = """第一章 总则
第一条 网点应当登记台账，逐日核对余额并签字确认。
第二章 领用
第二条 柜员应当双人领取凭证，当日入库并登记。
第三章 附则
第三条 本办法由总行解释。"""


def sentence_with(found: Outline, words: str) -> Sentence:
    """The sentence that holds the words."""
    return next(sentence for sentence in found.sentences if words in sentence.text)


def test_directory_is_skipped() -> None:
    """The headings of a 目录 do not come twice."""
    text = "示例管理办法\n目 录\n第一章 总则\n第二章 领用\n第三章 附则\n" + RULES
    assert [sentence.text for sentence in outline_from(text).sentences].count("总则") == 1


def test_directory_with_leaders() -> None:
    """Lines with dots and page numbers are a directory."""
    text = "示例管理办法\n一、总体要求……………1\n二、操作流程……………3\n一、总体要求\n网点应当登记台账。"
    assert not any("……" in sentence.text for sentence in outline_from(text).sentences)


def test_repeated_paste_is_read_once() -> None:
    """A paper pasted twice gives each rule once; a heading that comes twice is no paste."""
    body = RULES + "\n第四条 违反本办法的，由管辖行责令改正，并按照员工违规行为处理办法从严处理，情节严重的移送纪检部门，相关责任人一并问责。"
    assert [sentence.text for sentence in outline_from(f"{body}\n{body}").sentences].count("网点应当登记台账，逐日核对余额并签字确认。") == 1


LAYERS = (
    (
        0,
        (("主题", "转发: 关于规范投诉的通知"),),
        "各位同事，大家好！\n转发总行通知。\n1、请各网点于9月12日前报送名单。\n辛苦各位，谢谢！\n楚一\n示例银行××支行 综合管理部\n电话：0000-8123",
    ),
    (1, (("主题", "关于规范投诉的通知"),), "各分行：\n一、网点应当在5分钟内响应客户。\n总行消保部\n2025年9月3日"),
)


def test_mail_layers() -> None:
    """Outer layers are local and keep their instruction; greeting, wishes and signature are gone."""
    found = build(mail(*LAYERS), lexicons.load())
    assert sentence_with(found, "报送名单").zone is Zone.LOCAL
    assert sentence_with(found, "5分钟内响应").zone is Zone.BODY
    text = "".join(sentence.text for sentence in found.sentences)
    for word in ("大家好", "谢谢", "楚一", "8123"):
        assert word not in text


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("为进一步加强管理", Zone.OPENING),
        ("本办法所称凭证", Zone.DEFINITION),
        ("处500元以上罚款", Zone.PENALTY),
        ("由总行负责解释", Zone.CLOSING),
        ("网点应当双人入库", Zone.BODY),
    ],
)
def test_zones(words: str, zone: Zone) -> None:
    """Purpose, definitions, penalties and closing are told from the rules."""
    text = """示例凭证管理办法
第一条 为进一步加强管理，制定本办法。
第二条 本办法所称凭证，是指未经签章的空白单证。
第三条 网点应当双人入库并登记台账。
第四条 网点应当按日核对实物与系统余额。
第五条 柜员领用凭证应当登记起讫号码。
第六条 违反规定的，对责任人处500元以上罚款。
第七条 本办法由总行负责解释。"""
    assert sentence_with(outline_from(text), words).zone is zone


def test_contracts_are_samples() -> None:
    """A stretch in which 甲方 and 乙方 act is a sample contract."""
    text = "附件2\n领用合约（范本）\n" + "\n".join(f"第{number}条 甲方应当按期还款，乙方有权收取利息。" for number in "一二三四五六七八九十")
    assert sentence_with(outline_from(text), "甲方应当按期还款").zone is Zone.SAMPLE


def test_good_news_is_a_case() -> None:
    """A congratulation is told, not ordered."""
    found = outline_from(
        "关于我行代表队荣获佳绩的通报\n各分行：\n一、获奖情况\n我行代表队以总分586分获得团体第一名。\n二、备战历程\n选手们累计训练超过420小时，人人争先。"
    )
    assert sentence_with(found, "训练超过").zone is Zone.CASE


@pytest.mark.parametrize(
    ("text", "subject", "inherited"),
    [
        ("第三条 运营主管应当每旬查库。", "运营主管", False),
        ("第三条 大堂经理、客户经理不得代客户签名。", "大堂经理、客户经理", False),
        ("第三条 假期期间各网点可实行轮休。", "各网点", False),
        ("第三条 确需放宽的，由网点负责人审批。", "网点负责人", False),
        ("第三条 客户拒绝录像的，不得强行办理。", "", False),
        ("第三条 总行信息科技部负责系统改造。", "总行信息科技部", False),
        ("第三条 自查期间，各网点每周五更新整改进度。", "各网点", False),
    ],
)
def test_subjects(text: str, subject: str, inherited: bool) -> None:
    """Who must act is named by the text; a customer in a condition does not act."""
    found = outline_from(text).sentences[0]
    assert (found.subject, found.inherited) == (subject, inherited)


def test_subjects_are_inherited() -> None:
    """A sentence without subject takes that of the sentence before, an item that of its stem."""
    found = outline_from("第三条 网点应当每日核对余额。发现不符的，应当立即报告管辖行。\n第四条 柜员应当做到下列事项：\n（一）核对户名；\n（二）核对金额。")
    assert (sentence_with(found, "立即报告").subject, sentence_with(found, "立即报告").inherited) == ("网点", True)
    assert sentence_with(found, "核对金额").subject == "柜员"


def test_subjects_do_not_cross_articles() -> None:
    """The next article begins anew, and 由… names the actor of its clause only."""
    found = outline_from("第三条 超限的由运营主管审批。不得拆分交易。\n第四条 应当逐笔登记台账。")
    assert sentence_with(found, "不得拆分").subject == ""
    assert sentence_with(found, "逐笔登记").subject == ""


def test_little_text_from_a_big_file() -> None:
    """A big file with little text raises an alarm, unread attachments are named."""
    document = replace_fields(paragraphs_from("网点应当登记。"), size=900_000, attachments=(Attachment(name="清单.et", read=False, why="格式不支持"),))
    codes = [notice.code for notice in build(document, lexicons.load()).notices]
    assert codes == ["sparse", "attachment_unread"]


def test_garbled_text() -> None:
    """Text that no Chinese paper has is told."""
    found = outline_from("\ufffd\ue001\ue002" * 30 + "网点应当登记台账。")
    assert found.coverage.garbled > 0.5
    assert "garbled" in [notice.code for notice in found.notices]


def test_coverage_counts() -> None:
    """Every character read is kept, furniture or skipped."""
    found = outline_from("示例银行文件\n关于加强管理的通知\n各分行：\n一、网点应当登记台账。\n抄送：各部门。\n示例银行办公室 2025年9月1日印发")
    assert found.coverage.read == found.coverage.kept + found.coverage.furniture + found.coverage.skipped
    assert found.coverage.skipped > 0
