"""Hard-wrapped lines: the same text gives the same sentences, whatever the width of its lines."""

import pytest

from digest import structure
from digest.model.document import Block, Document, Style
from digest.structure.furniture import strip_furniture
from digest.structure.wraps import join_lines
from digest.zh import lexicon as lexicons
from tests.build import document_from, replace_fields

LEXICON = lexicons.load()

NOTICE = """示例银行文件
示银发〔2025〕8号
示例银行关于加强营业网点现金清分管理有关事项的通知
各一级分行、直属分行：
　　为进一步规范现金清分管理，保障客户合法权益，现就有关事项通知如下：
　　一、清分要求
　　（一）各网点应于2025年9月30日前完成清分设备升级，逾期未完成的，不得对外付出现金。设备升级情况由运营主管登记《设备台账》并签字确认，同时报送管辖行运营管理部备案，不得以任何理由拖延。
　　（二）对外付出的现金必须经过机器清分，单笔5万元（含）以上的应当双人复核；残损人民币按照下列要求处理：
　　1.能辨别面额的，当场兑换；
　　2.不能辨别面额的，应当出具收条，并在3个工作日内答复客户，最长不得超过5个工作日，客户有异议的可以申请鉴定；
　　3.发现假币的，由两名持证人员当面收缴。
　　二、工作要求
　　网点负责人每月至少检查一次。检查结果纳入考核，考核办法由总行另行制定，各一级分行可以结合本地实际制定实施细则并报总行备案。
　　本通知自2025年10月1日起施行。
示例银行
2025年9月1日"""


def rewrap(text: str, width: int) -> str:
    """The text with lines of ``width`` characters; a mark never begins a line."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        while len(paragraph) > width:
            cut = width
            while paragraph[cut] in "，。；：、）》”" and cut < len(paragraph) - 1:
                cut += 1
            lines.append(paragraph[:cut])
            paragraph = paragraph[cut:]
        lines.append(paragraph)
    return "\n".join(lines)


def sentences(text: str) -> list[tuple[str, str]]:
    """Path and text of each sentence."""
    found = structure.build(document_from(text), LEXICON)
    return [(found.path_of(sentence.number), sentence.text) for sentence in found.sentences]


@pytest.mark.parametrize("width", [24, 28, 35, 40])
def test_wrapping_changes_nothing(width: int) -> None:
    """Rewrapped at any width the notice has the same sentences in the same places."""
    assert sentences(rewrap(NOTICE, width)) == sentences(NOTICE)


@pytest.mark.parametrize("width", [28, 35])
def test_blank_line_behind_every_line(width: int) -> None:
    """A converter's blank lines everywhere mean nothing."""
    spaced = rewrap(NOTICE, width).replace("\n", "\n\n")
    assert [text for _, text in sentences(spaced)] == [text for _, text in sentences(NOTICE)]


def paragraphs(text: str) -> list[str]:
    """The joined paragraphs of a text, raw."""
    lines = strip_furniture(document_from(text).blocks)
    return ["".join(line.text for line in group) for group in join_lines(lines)]


def test_reference_at_the_head_of_a_line() -> None:
    """第十二条规定 at the head of a wrapped line is no article."""
    text = "各网点在办理上述业务过程中发现客户不符合本办法\n第十二条规定的，应当立即停止办理并且向管辖行报告，\n不得擅自处理。"
    assert len(paragraphs(text)) == 1


def test_number_inside_running_text() -> None:
    """三、四级 at the head of a wrapped line is no third section when none was open."""
    text = "各分行应当按照风险等级对客户实行差别化管理，对二、\n三、四级客户采取强化措施并且逐户登记造册，每季度\n复核一次。"
    assert len(paragraphs(text)) == 1


def test_large_lines_make_one_title() -> None:
    """Lines in a title's type are one title, centred or not."""
    document = document_from(
        "示例银行关于做好2025年假期营业网点\n业务运行和服务保障工作的通知\n各分行：\n节日期间客户现金需求集中，各网点应当备足现金。" + "请认真执行。" * 6
    )
    blocks = [restyle(block, Style(size=22.0 if block.number < 2 else 16.0, centred=block.number == 1)) for block in document.blocks]
    found = structure.build(replace_fields(document, blocks=tuple(blocks)), LEXICON)
    assert found.masthead.title.value == "示例银行关于做好2025年假期营业网点业务运行和服务保障工作的通知"


def restyle(block: Block, style: Style) -> Block:
    """The block in another style."""
    return Block(number=block.number, raw=block.raw, kind=block.kind, style=style, gap_before=block.gap_before)


def test_whole_paragraphs_stay_apart() -> None:
    """Lines that are whole paragraphs are not joined, though short headings between them end without a mark."""
    document: Document = document_from(
        "第一章 总则\n第一条 为了规范管理，制定本办法，适用于全部网点和全体员工。\n第二章 罚则\n第二条 违反本办法的，由管辖行责令改正，并对责任人给予处分。"
    )
    assert len(join_lines(strip_furniture(document.blocks))) == 4
