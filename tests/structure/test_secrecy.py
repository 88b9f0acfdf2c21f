"""Secrecy gate: red and orange in marking positions only; bodies may speak of secrets as much as they like."""

import pytest

from digest.model.document import Block, BlockKind
from digest.model.outline import Light, Secrecy
from digest.structure.secrecy import judge
from digest.zh import lexicon as lexicons
from tests.build import outline_from, paragraphs_from, replace_fields

BODY = "示例银行文件\n示银发〔2025〕1号\n关于加强管理的通知\n各分行：\n" + "各网点应当登记台账并按月核对余额。\n" * 12


def secrecy(text: str, **fields: object) -> Secrecy:
    """The gate's answer to a text."""
    return outline_from(text, **fields).masthead.secrecy


@pytest.mark.parametrize("mark", ["秘密★1年", "机密", "绝 密 ★ 10 年", "密级：秘密", "秘密*1年", "商业秘密★3年", "密件", "（不得复制、转发）", "阅后收回"])
def test_red_marks_in_the_head(mark: str) -> None:
    """A red marking on a line of its own in the head refuses."""
    found = secrecy(f"{mark}\n{BODY}")
    assert found.light is Light.RED
    assert found.marking and found.reason


@pytest.mark.parametrize("mark", ["内部资料", "（内部资料，注意保存）", "仅供行内使用", "（内部资料，不得外传。）", "密级：内部", "严禁外传"])
def test_orange_marks(mark: str) -> None:
    """A restricted marking lets pass with a restriction."""
    assert secrecy(f"{mark}\n{BODY}").light is Light.ORANGE


@pytest.mark.parametrize(
    ("note", "light"),
    [
        ("（此件发至营业网点）", Light.ORANGE),
        ("（此件发至各支行）", Light.ORANGE),
        ("（此件发至二级分行）", Light.RED),
        ("（此件发至一级分行，不发网点）", Light.RED),
        ("（此件公开发布）", Light.GREEN),
        ("（此件依申请公开）", Light.ORANGE),
    ],
)
def test_scope_notes(note: str, light: Light) -> None:
    """此件发至…: where the outlets are not meant, nothing is made for them."""
    found = secrecy(f"{BODY}示例银行\n2025年9月1日\n{note}")
    assert found.light is light


@pytest.mark.parametrize(
    "sentence",
    [
        "第五条 网点应当保守国家秘密、商业秘密和客户个人信息。",
        "涉及国家秘密的，按照保密规定办理。",
        "机密信息和秘密信息不得通过微信传输。",
        "不得泄露反洗钱工作秘密，不得对外提供可疑交易报告。",
        "客户资料不得复制、转发给无关人员。",
        "内部控制制度和内部资料管理办法应当按年修订。",
        "（二）超出核定的库存现金限额留存现金的。（2011年1月8日删除）",
        "（三）限期整改的机构应当逐级传达到部门，并报二级分行。（略）",
    ],
)
def test_bodies_may_speak_of_secrets(sentence: str) -> None:
    """Mentions in running text are no markings."""
    assert secrecy(f"{BODY}{sentence}\n示例银行\n2025年9月1日").light is Light.GREEN


@pytest.mark.parametrize(
    ("name", "light"), [("秘密★关于加强押运的通知.docx", Light.RED), ("【内部资料】通知.docx", Light.ORANGE), ("商业秘密保护办法.docx", Light.GREEN)]
)
def test_file_names(name: str, light: Light) -> None:
    """Markings in the file's name count."""
    assert secrecy(BODY, name=name).light is light


def test_furniture_and_properties() -> None:
    """Headers, watermarks and document properties count."""
    plain = paragraphs_from(BODY)
    header = Block(number=len(plain.blocks), raw="机密★5年", kind=BlockKind.FURNITURE)
    assert judge(replace_fields(plain, blocks=(*plain.blocks, header)), lexicons.load()).light is Light.RED
    assert judge(replace_fields(plain, properties=(("category", "秘密"),)), lexicons.load()).light is Light.RED


def test_lists_of_people_and_numbers_of_papers() -> None:
    """An identity number or a list of suspects in the body restricts."""
    assert secrecy(f"{BODY}客户证件号码11010519491231002X。").light is Light.ORANGE
    assert secrecy(f"{BODY}涉案账户名单如下：").light is Light.ORANGE


def test_own_words() -> None:
    """The manager's own table adds a marking."""
    own = {"secrecy.tsv": "red\t标识\t^行长专阅$\t标明行长专阅\t自定\n"}
    assert outline_from(f"行长专阅\n{BODY}", overrides=own).masthead.secrecy.light is Light.RED
