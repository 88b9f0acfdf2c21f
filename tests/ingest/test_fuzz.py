"""Whatever the bytes: a document in order or one of our refusals in Chinese, never another exception."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import ingest
from digest.errors import DigestError
from digest.model.document import Document
from digest.model.source import Source
from tests.ingest.make_docx import NAMESPACES, abstract, cell, level, num, pack, para, row, run, table, zipped
from tests.ingest.make_mail import message, plain
from tests.ingest.make_pdf import Pdf

CAREFUL = settings(derandomize=True, deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
DOCX = pack(
    para("甲", num=(1, 0)) + f"<w:p><w:del>{run('旧')}</w:del><w:ins>{run('新')}</w:ins></w:p>" + table(row("一", "二"), row(cell(para("三")), "四")),
    numbering=abstract(0, level(0, "chineseCounting", "%1、")) + num(1, 0),
)
MAIL = plain("请看。\n-----原始邮件-----\n发件人: 甲\n发送时间: 2025年9月1日\n收件人: 乙\n主题: 通知\n第一条 甲。")
MIXED = bytes(message(html="<p>甲</p><table><tr><td>一<td>二<tr><td>三<td>四</table>"))
PDF = Pdf().lines(["第一条 各网点应当核对现金。"]).grid((80, 200, 300), (300, 330, 360), [["一", "二"], ["三", "四"]]).page().data()
PAGE = "<html><body><p>甲</p><table><tr><td>一<td>二<tr><td>三<td>四</table><ol><li>五</ol></body></html>".encode()


def settle(data, name):
    """Read, and check what must hold of every answer."""
    try:
        document = ingest.read(Source(name=name, data=data), ocr=False)
    except DigestError as refusal:
        assert re.search("[\u4e00-\u9fff]", str(refusal))
        assert name in str(refusal) or "《" in str(refusal)
        return
    check(document)


def check(document: Document):
    """Numbers run, parts and tables exist, something was read."""
    assert all(block.number == at for at, block in enumerate(document.blocks))
    assert all(part.number == at for at, part in enumerate(document.parts))
    assert all(table.number == at for at, table in enumerate(document.tables))
    assert all(block.part < len(document.parts) for block in document.blocks)
    assert all(block.cell.table < len(document.tables) for block in document.blocks if block.cell)
    assert any(block.raw.strip() for block in document.blocks)


@pytest.mark.parametrize("name", ["甲.docx", "甲.eml", "多.eml", "甲.pdf", "甲.html"])
def test_the_seeds_are_read(name):
    """The files that the fuzzers start from are sound."""
    data = {"甲.docx": DOCX, "甲.eml": MAIL, "多.eml": MIXED, "甲.pdf": PDF, "甲.html": PAGE}[name]

    check(ingest.read(Source(name=name, data=data)))


def mutated(data):
    """A strategy of files with a few bytes changed, cut or repeated."""
    spots = st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), min_size=1, max_size=6)
    return st.tuples(spots, st.integers(0, len(data)), st.booleans()).map(lambda how: mutate(data, *how))


def mutate(data, spots, cut, keep):
    """One file with bytes changed, and perhaps its tail gone."""
    changed = bytearray(data)
    for place, byte in spots:
        changed[place] = byte
    return bytes(changed) if keep else bytes(changed[:cut])


@CAREFUL
@given(mutated(DOCX))
def test_damaged_docx(data):
    """A docx with damaged bytes."""
    settle(data, "甲.docx")


@CAREFUL
@given(mutated(MAIL))
def test_damaged_mail(data):
    """A mail with damaged bytes."""
    settle(data, "甲.eml")


@CAREFUL
@given(mutated(MIXED))
def test_damaged_multipart(data):
    """A multipart mail with damaged bytes."""
    settle(data, "甲.eml")


@CAREFUL
@given(mutated(PDF))
def test_damaged_pdf(data):
    """A PDF with damaged bytes."""
    settle(data, "甲.pdf")


@CAREFUL
@given(mutated(PAGE))
def test_damaged_page(data):
    """A page with damaged bytes."""
    settle(data, "甲.html")


TAGS = (
    "p",
    "r",
    "t",
    "pPr",
    "rPr",
    "numPr",
    "ilvl",
    "numId",
    "ins",
    "del",
    "tbl",
    "tr",
    "tc",
    "tcPr",
    "vMerge",
    "gridSpan",
    "sdt",
    "sdtContent",
    "br",
    "fldChar",
    "sym",
)
TREES = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=("C",), exclude_characters="<>&"), max_size=5),
    lambda inner: st.builds(
        lambda tag, value, children: f'<w:{tag} w:val="{value}" w:type="page" w:fldCharType="begin">{"".join(children)}</w:{tag}>',
        st.sampled_from(TAGS),
        st.sampled_from(("", "0", "1", "-1", "99999999999999999999", "x", "restart")),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@CAREFUL
@given(TREES)
def test_any_tree_of_word_elements(tree):
    """Elements in any order, with any values."""
    numbering = abstract(1, level(0, "decimal", "%1%9%")) + num(1, 1)
    body = f"<w:document {NAMESPACES}><w:body>{tree}{para('甲', num=(1, 0))}</w:body></w:document>"
    settle(zipped({"word/document.xml": body, "word/numbering.xml": f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>"}), "甲.docx")


LINES = st.sampled_from(
    (
        "发件人: 甲",
        "发送时间: 2025年",
        "收件人: 乙;",
        "主题: x",
        "-----原始邮件-----",
        "> 引",
        "----",
        "电话：1",
        "在 2025-09-01，甲 写道：",
        "张三",
        "",
        "正文一段。",
        "From: a",
    )
)


@CAREFUL
@given(st.lists(LINES, max_size=14))
def test_any_order_of_mail_lines(lines):
    """Marks of chains, quotes and signatures in any order: every line comes out once, as text, header or furniture."""
    settle(plain("\n".join(lines)), "甲.eml")
