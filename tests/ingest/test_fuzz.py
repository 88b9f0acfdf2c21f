"""Whatever the bytes: a document in order or one of our refusals in Chinese, never another exception."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import ingest
from digest.errors import DigestError
from digest.ingest.formats import READERS, refusals
from digest.ingest.sniff import sniff
from digest.model.document import Document
from digest.model.source import Source
from tests.ingest import make_ofd
from tests.ingest.make_docx import NAMESPACES, abstract, cell, level, num, pack, para, row, run, table, zipped
from tests.ingest.make_mail import message, plain
from tests.ingest.make_ole import compound
from tests.ingest.make_ole import message as message_of
from tests.ingest.make_pdf import Pdf
from tests.ingest.test_read_flat import changed, old_para, old_run, wordml, workbook, xml_row

CAREFUL = settings(derandomize=True, deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
DOCX = pack(
    para("甲", num=(1, 0)) + f"<w:p><w:del>{run('旧')}</w:del><w:ins>{run('新')}</w:ins></w:p>" + table(row("一", "二"), row(cell(para("三")), "四")),
    numbering=abstract(0, level(0, "chineseCounting", "%1、")) + num(1, 0),
)
MAIL = plain("请看。\n-----原始邮件-----\n发件人: 甲\n发送时间: 2025年9月1日\n收件人: 乙\n主题: 通知\n第一条 甲。")
MIXED = bytes(message(html="<p>甲</p><table><tr><td>一<td>二<tr><td>三<td>四</table>"))
PDF = Pdf().lines(["第一条 各网点应当核对现金。"]).grid((80, 200, 300), (300, 330, 360), [["一", "二"], ["三", "四"]]).page().data()
PAGE = "<html><body><p>甲</p><table><tr><td>一<td>二<tr><td>三<td>四</table><ol><li>五</ol></body></html>".encode()


OFD = make_ofd.pack(make_ofd.lines(["各网点应当核对现金。"]) + make_ofd.grid([30, 80, 130], [60, 72, 84]) + make_ofd.text("甲", 40, 70))
MSG = compound(message_of({0x37: "通知", 0x1000: "请各网点落实。"}))
WORD = wordml(old_para(old_run("总则"), listed=0), old_para(changed("Insertion", old_run("核对。"))))
SHEET = workbook([xml_row(("String", "项目", 'ss:MergeDown="1"'), ("Number", "5", "")), xml_row(("DateTime", "2025-10-01T00:00:00", 'ss:Index="2"'))])
SEEDS = {"甲.docx": DOCX, "甲.eml": MAIL, "多.eml": MIXED, "甲.pdf": PDF, "甲.html": PAGE, "甲.ofd": OFD, "甲.msg": MSG, "甲.doc": WORD, "甲.xls": SHEET}


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


@pytest.mark.parametrize("name", SEEDS)
def test_the_seeds_are_read(name):
    """The files that the fuzzers start from are sound."""
    check(ingest.read(Source(name=name, data=SEEDS[name])))


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


@CAREFUL
@given(mutated(OFD))
def test_damaged_ofd(data):
    """An OFD with damaged bytes."""
    settle(data, "甲.ofd")


@CAREFUL
@given(mutated(MSG))
def test_damaged_message(data):
    """An Outlook message with damaged bytes."""
    settle(data, "甲.msg")


@CAREFUL
@given(mutated(WORD))
def test_damaged_word_2003(data):
    """A Word 2003 XML file with damaged bytes."""
    settle(data, "甲.doc")


@CAREFUL
@given(mutated(SHEET))
def test_damaged_excel_2003(data):
    """An Excel 2003 XML file with damaged bytes."""
    settle(data, "甲.xls")


@CAREFUL
@given(st.one_of(*(mutated(data) for data in SEEDS.values())), st.sampled_from(["", "甲", "甲.docx", "甲.wps", "~$甲.doc", "甲.ceb", "a\\b.eml"]))
def test_sniffing_of_damaged_files(data, name):
    """Whatever is left of a file, it is told as a format that is read or refused in words."""
    form = sniff(data, name)

    assert form in READERS or form in refusals()


PIECES = st.recursive(
    st.sampled_from(["甲乙丙", "g 3 5", "1 0 0 1 0 0", "-1", "nan", "1e999", ""]),
    lambda inner: st.builds(
        lambda tag, attribute, value, children: f'<ofd:{tag} ID="5" {attribute}="{value}" Font="1" Size="5">{"".join(children)}</ofd:{tag}>',
        st.sampled_from(["TextObject", "TextCode", "PathObject", "AbbreviatedData", "ImageObject", "CompositeObject", "Layer", "PageBlock", "CGTransform"]),
        st.sampled_from(["Boundary", "CTM", "DeltaX", "DeltaY", "X", "ResourceID", "HScale"]),
        st.sampled_from(["", "0 0 10 10", "g 999999999 1", "1 2", "nan inf 0 0", "1e308 1e308 1e308 1e308", "7", "x"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=16,
)


@CAREFUL
@given(PIECES)
def test_any_tree_of_ofd_elements(tree):
    """Elements of a page in any order, with any values."""
    settle(make_ofd.pack(make_ofd.lines(["各网点应当核对现金。"]) + tree), "甲.ofd")


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
