"""docx: everything a reader of the printed paper sees is read once, everything else is not."""

import io

import docx
import pytest
from PIL import Image

from digest.errors import NoText, TooMuch, Unreadable
from digest.ingest import ocr as recogniser
from digest.ingest.recognised import Recognised
from digest.model.document import BlockKind, Box, PartKind
from tests.ingest.make_docx import NAMESPACES, cell, pack, para, read, read_body, rels, row, run, shown, table, zipped


def furniture(document):
    """Texts of the furniture blocks."""
    return [block.raw for block in document.blocks if block.kind is BlockKind.FURNITURE]


def cells(document, number=0):
    """(row, column, rows, columns): text of a table."""
    found = [block for block in document.blocks if block.cell and block.cell.table == number]
    return {(block.cell.row, block.cell.column, block.cell.rows, block.cell.columns): block.raw for block in found}


def test_document_made_by_python_docx():
    """An ordinary document: paragraphs, headings with their level, a table, properties."""
    paper = docx.Document()
    paper.core_properties.title = "限额管理"
    paper.add_heading("管理要求", level=2)
    paper.add_paragraph("各网点应于每日营业终了核对。")
    grid = paper.add_table(rows=2, cols=2)
    grid.cell(0, 0).text, grid.cell(0, 1).text, grid.cell(1, 0).text, grid.cell(1, 1).text = "事项", "标准", "现金", "5万元"
    stream = io.BytesIO()
    paper.save(stream)

    document = read(stream.getvalue())

    assert shown(document) == ["管理要求", "各网点应于每日营业终了核对。", "事项", "标准", "现金", "5万元"]
    assert document.blocks[0].style.outline_level == 1
    assert document.tables[0].header_rows == 1
    assert ("title", "限额管理") in document.properties
    assert document.form == "docx"


def test_tracked_changes_are_accepted_and_flagged():
    """Insertions and moves stay, deletions go; the block and a notice say so."""
    body = f"<w:p>{run('单笔限额')}<w:del><w:r><w:delText>3万元</w:delText></w:r></w:del><w:ins>{run('5万元')}</w:ins></w:p>"
    body += f"<w:p><w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('新处')}</w:moveTo></w:p>" + para("未改")

    document = read_body(body)

    assert shown(document) == ["单笔限额5万元", "新处", "未改"]
    assert [block.tracked for block in document.blocks] == [True, True, False]
    assert [notice.code for notice in document.notices] == ["tracked"]
    assert "新增 2 处、删除 2 处" in document.notices[0].text


def test_deleted_paragraph_mark_joins_two_paragraphs():
    """When only the mark between two paragraphs was deleted, they are one."""
    body = f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{run("各网点应当双人")}</w:p>' + para("复核。")

    assert shown(read_body(body)) == ["各网点应当双人复核。"]


def test_deleted_rows_and_cells_go():
    """A table row that was tracked away is no row."""
    grid = table(row("事项", "标准"), row("旧", "1", properties='<w:del w:id="1"/>'), row("新", "2"))

    document = read_body(grid)

    assert list(cells(document).values()) == ["事项", "标准", "新", "2"]
    assert document.tables[0].rows == 2


def test_hidden_text_is_not_read():
    """Vanished runs are not on paper, whether they say so themselves or by style; switched off they are."""
    styles = '<w:style w:type="character" w:styleId="ghost"><w:name w:val="ghost"/><w:rPr><w:vanish/></w:rPr></w:style>'
    ghost = run("乙", '<w:rStyle w:val="ghost"/>')
    visible = run("丙", '<w:vanish w:val="0"/>')
    body = f"<w:p>{run('甲')}{run('隐', '<w:vanish/>')}{ghost}{visible}</w:p>"

    assert shown(read_body(body, styles=styles)) == ["甲丙"]


def test_text_box_is_read_once():
    """A text box stands twice in the file (DrawingML and VML); it is read once, behind its paragraph."""
    box = f"<w:txbxContent>{para('切记双人')}</w:txbxContent>"
    modern = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    old = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    twin = f"<mc:AlternateContent>{modern}{old}</mc:AlternateContent>"
    body = f"<w:p>{run('正文')}<w:r>{twin}</w:r></w:p>"

    assert shown(read_body(body)) == ["正文", "切记双人"]


def test_content_controls_links_and_tags():
    """Text inside controls, links, smart tags and simple fields is text; a placeholder is not."""
    hint = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    inline = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('一')}</w:sdtContent></w:sdt>"
    waiting = f"<w:sdt>{hint}<w:sdtContent>{run('单击此处输入')}</w:sdtContent></w:sdt>"
    simple = f"<w:fldSimple w:instr='PAGE'>{run('四')}</w:fldSimple>"
    body = f"<w:p>{inline}{waiting}<w:hyperlink>{run('二')}</w:hyperlink><w:smartTag>{run('三')}</w:smartTag>{simple}</w:p>"
    block = f"<w:sdt><w:sdtContent>{para('五')}</w:sdtContent></w:sdt><w:sdt>{hint}<w:sdtContent>{para('请填写')}</w:sdtContent></w:sdt>"

    assert shown(read_body(body + block)) == ["一二三四", "五"]


def field(kind):
    """A complex field's mark."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text):
    """A field's instruction."""
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def test_fields_show_their_result():
    """A field's result is text, its code is not; a field inside code is code; an EQ circle is its own result."""
    plain = field("begin") + code("REF a") + field("separate") + run("第三条") + field("end")
    nested = (
        field("begin")
        + code("IF ")
        + field("begin")
        + code("PAGE")
        + field("separate")
        + run("9")
        + field("end")
        + field("separate")
        + run("是")
        + field("end")
    )
    circle = field("begin") + code(r" eq \o\ac(○,3) ") + field("end")

    assert shown(read_body(f"<w:p>{plain}{nested}{circle}{run('登记')}</w:p>")) == ["第三条是③登记"]


def test_check_boxes():
    """Check boxes keep their state."""
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
    body = f"<w:p>{box.format('<w:checked/>')}{field('end')}{run('是')}{box.format('')}{field('end')}{run('否')}</w:p>"

    assert shown(read_body(body)) == ["☑是☐否"]


def test_raised_figures_do_not_become_other_numbers():
    """10² is not 102, and a half is not 12."""
    raised = run("2", '<w:vertAlign w:val="superscript"/>')
    power = f"<w:p>{run('10')}{raised}{run('平方米')}</w:p>"
    half = "<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>"

    assert shown(read_body(power + half)) == ["10²平方米", "1/2"]


def test_merged_cells():
    """Spans over columns and rows are kept; nothing is repeated."""
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    grid = table(
        row(cell("序号", down), cell("限额", '<w:gridSpan w:val="2"/>')),
        row(cell("", on), "单笔", "日累计"),
        row("1", "5万元", "20万元"),
    )

    document = read_body(grid)

    assert cells(document) == {
        (0, 0, 2, 1): "序号",
        (0, 1, 1, 2): "限额",
        (1, 1, 1, 1): "单笔",
        (1, 2, 1, 1): "日累计",
        (2, 0, 1, 1): "1",
        (2, 1, 1, 1): "5万元",
        (2, 2, 1, 1): "20万元",
    }
    assert (document.tables[0].rows, document.tables[0].columns, document.tables[0].header_rows) == (3, 3, 2)


def test_repeated_header_rows_are_the_header():
    """Rows that the file repeats on each page name the columns."""
    grid = table(row("甲", "乙", properties="<w:tblHeader/>"), row("丙", "丁", properties="<w:tblHeader/>"), row("1", "2"), row("3", "4"))

    assert read_body(grid).tables[0].header_rows == 2


def test_nested_table_stands_behind_its_cell():
    """A table in a cell is a table of its own."""
    inner = table(row("子1", "子2"), row("子3", "子4"))
    document = read_body(table(row("外1", "外2"), row(cell(para("外3") + inner), "外4")))

    assert list(cells(document, 0).values()) == ["外1", "外2", "外3", "外4"]
    assert list(cells(document, 1).values()) == ["子1", "子2", "子3", "子4"]


def test_one_column_is_a_frame():
    """A table of one column only frames text: it flows on as paragraphs."""
    document = read_body(table(row(cell(para("一、总则") + para("第一段")))))

    assert document.tables == ()
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH] * 2


def test_soft_breaks():
    """A soft break ends the line before a new item and after a sentence, and closes inside running text."""
    br = "<w:r><w:br/></w:r>"
    item = f"<w:p>{run('附件：1.自查清单')}{br}{run('2.整改台账')}</w:p>"
    prose = f"<w:p>{run('各网点应当于每日营业终了前核对现金和重要空白凭证，')}{br}{run('确保账实相符。')}</w:p>"

    assert shown(read_body(item + prose)) == ["附件：1.自查清单", "2.整改台账", "各网点应当于每日营业终了前核对现金和重要空白凭证，确保账实相符。"]


def test_style_of_a_paragraph():
    """Size, weight, alignment and indent come from runs and styles."""
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="公文标题"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>'
    )
    body = para("标题", style="t") + para("正文", extra='<w:ind w:firstLineChars="200" w:firstLine="640"/>') + para("署名", extra='<w:jc w:val="right"/>')

    title, text, signer = read_body(body, styles=styles).blocks

    assert (title.style.size, title.style.bold, title.style.centred, title.style.name) == (22, True, True, "公文标题")
    assert (text.style.size, text.style.bold, text.style.indent) == (16, False, 2)
    assert signer.style.right


def test_gaps():
    """A blank paragraph or a page break makes a gap before the next block."""
    body = para("甲") + para("") + para("乙") + para("丙") + f'<w:p><w:r><w:br w:type="page"/></w:r>{run("附件1")}</w:p>'

    assert [block.gap_before for block in read_body(body).blocks] == [False, True, False, True]


def test_pages_only_where_word_left_them():
    """Pages are counted by Word's own marks; without them no page is claimed."""
    mark = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = para("甲") + f"<w:p>{mark}{run('乙')}</w:p>" + f"<w:p>{run('丙前')}{mark}{run('丙后')}</w:p>" + para("丁")

    assert [block.page for block in read_body(body).blocks] == [1, 2, 2, 3]
    assert [block.page for block in read_body(para("甲") + para("乙")).blocks] == [None, None]


def test_notes_headers_and_watermarks():
    """Notes stand behind the body, headers and watermarks are furniture for the secrecy gate."""
    note = f'<w:footnote w:id="2">{para("含本数")}</w:footnote><w:footnote w:id="0" w:type="separator">{para("线")}</w:footnote>'
    mark = '<w:pict><v:shape><v:textpath string="内部资料"/></v:shape></w:pict>'
    parts = {
        "word/footnotes.xml": f"<w:footnotes {NAMESPACES}>{note}</w:footnotes>",
        "word/header1.xml": f"<w:hdr {NAMESPACES}>{para('秘密★1年')}<w:p><w:r>{mark}</w:r></w:p></w:hdr>",
        "word/footer1.xml": f"<w:ftr {NAMESPACES}>{para('— 1 —')}</w:ftr>",
    }
    relations = (("f", "footnotes", "footnotes.xml"), ("h", "header", "header1.xml"), ("g", "footer", "footer1.xml"))
    body = f'<w:p>{run("五万元以上")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + para("尾")

    document = read_body(body, parts=parts, relations=relations)

    assert shown(document) == ["五万元以上", "尾", "含本数"]
    assert document.blocks[2].kind is BlockKind.NOTE
    assert furniture(document) == ["秘密★1年", "内部资料", "— 1 —"]


def test_properties_and_comments():
    """Title, keywords and custom properties go to the gate; comments are only counted."""
    core = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>标题</dc:title><cp:keywords>内部</cp:keywords><dc:creator>某人</dc:creator></cp:coreProperties>'
    )
    custom = '<Properties xmlns="p" xmlns:vt="v"><property name="密级"><vt:lpwstr>秘密</vt:lpwstr></property></Properties>'
    comments = f"<w:comments {NAMESPACES}><w:comment>{para('此处再议')}</w:comment></w:comments>"
    parts = {"docProps/core.xml": core, "docProps/custom.xml": custom, "word/comments.xml": comments}

    document = read_body(para("正文"), parts=parts, relations=(("c", "comments", "comments.xml"),))

    assert document.properties == (("title", "标题"), ("keywords", "内部"), ("密级", "秘密"))
    assert [notice.code for notice in document.notices] == ["comments"]
    assert shown(document) == ["正文"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chunk.html", "<html><body><p>第一条 甲</p><p>第二条 乙</p></body></html>".encode()),
        ("chunk.mht", "MIME-Version: 1.0\r\nContent-Type: text/html; charset=gb2312\r\n\r\n<p>第一条 甲</p><p>第二条 乙</p>".encode("gb18030")),
        ("chunk.docx", pack(para("第一条 甲") + para("第二条 乙"))),
    ],
)
def test_body_in_an_alternative_chunk(name, content):
    """A body that stands in an altChunk (law downloads) is read in its place."""
    body = para("前") + '<w:altChunk r:id="rId7"/>' + para("后")

    document = read_body(body, parts={f"word/{name}": content}, relations=(("rId7", "aFChunk", name),))

    assert shown(document) == ["前", "第一条 甲", "第二条 乙", "后"]
    assert len(document.parts) == 1


def test_embedded_document_becomes_an_attachment():
    """A document embedded as an object is read as an attachment; a link to elsewhere is only named."""
    inner = pack(para("附件正文"))
    objects = '<w:object><o:OLEObject r:id="rId8" ProgID="Word.Document.12"/></w:object><w:object><o:OLEObject r:id="rId9" ProgID="Excel.Sheet.12"/></w:object>'
    relations = (("rId8", "package", "embeddings/inner.docx"), ("rId9", "oleObject", "file://elsewhere/x.xlsx"))

    document = read_body(para("正文") + f"<w:p><w:r>{objects}</w:r></w:p>", parts={"word/embeddings/inner.docx": inner}, relations=relations)

    assert [(it.name, it.read) for it in document.attachments] == [("inner.docx", True), ("Excel.Sheet.12", False)]
    assert document.parts[1].kind is PartKind.ATTACHMENT
    assert [block.raw for block in document.blocks if block.part == 1] == ["附件正文"]


def pictured(words=""):
    """A docx with a picture, and perhaps words."""
    drawing = '<w:r><w:drawing><a:blip r:embed="rIdP"/></w:drawing></w:r>'
    stream = io.BytesIO()
    Image.new("L", (600, 850), 255).save(stream, "PNG")
    return pack(f"<w:p>{drawing}{run(words)}</w:p>", parts={"word/media/image1.png": stream.getvalue()}, relations=(("rIdP", "image", "media/image1.png"),))


def test_scans_pasted_into_a_document(monkeypatch):
    """Where hardly any text stands beside pictures, the pictures are read; beside real text a large one is told."""
    line = Recognised(text="第一条 扫描的正文。", box=Box(page=1, x0=0, top=0, x1=90, bottom=12))
    monkeypatch.setattr(recogniser, "read_page", lambda image, **fields: (line,))

    assert shown(read(pictured())) == ["第一条 扫描的正文。"]
    words = "各网点应当于每日营业终了前核对现金、重要空白凭证和业务印章，核对结果由运营主管签字确认并登记在册，发现不符的应当立即查明原因。"
    assert shown(read(pictured(words))) == [words]
    assert [notice.code for notice in read(pictured(words)).notices] == ["pictures"]


def test_strict_namespaces():
    """A document saved as Strict Open XML reads the same."""
    data = pack(para("甲"))
    usual, strict = "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f"<w:document {NAMESPACES}><w:body>{para('甲')}</w:body></w:document>".replace(usual, strict)
    links = rels([("rId1", "officeDocument", "word/document.xml")]).replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
    )

    assert shown(read(data)) == shown(read(zipped({"word/document.xml": body, "_rels/.rels": links}))) == ["甲"]


def test_package_without_relationships():
    """A hand-made package without relationships is still read."""
    body = f"<w:document {NAMESPACES}><w:body>{para('甲')}</w:body></w:document>"

    assert shown(read(zipped({"word/document.xml": body}))) == ["甲"]


def test_external_entities_are_refused():
    """A document type with entities is no Word document: refused, and nothing is fetched."""
    declared = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    body = f"{declared}<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"

    with pytest.raises(Unreadable, match="DOCTYPE"):
        read(zipped({"word/document.xml": body}))


def test_bombs_are_refused():
    """A package that swells beyond measure is refused before it is inflated."""
    with pytest.raises(TooMuch, match="压缩炸弹"):
        read(zipped({"word/document.xml": f"<w:document {NAMESPACES}>" + " " * 30_000_000 + "</w:document>"}))


def test_damage_is_told():
    """Broken XML, a missing body and a cut file each end in one sentence."""
    with pytest.raises(Unreadable, match=r"word/document\.xml"):
        read(zipped({"word/document.xml": "<w:document"}))
    with pytest.raises(Unreadable, match="重新下载"):
        read(pack(para("甲"))[:200])
    with pytest.raises(Unreadable, match="文档正文"):
        read(zipped({"word/other.xml": "<a/>"}))


def test_empty_document_is_no_success():
    """Headers alone are no text."""
    parts = {"word/header1.xml": f"<w:hdr {NAMESPACES}>{para('页眉')}</w:hdr>"}

    with pytest.raises(NoText):
        read_body(para(""), parts=parts, relations=(("h", "header", "header1.xml"),))
