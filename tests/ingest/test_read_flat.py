"""Office documents that are one XML file: Flat OPC, Word 2003 XML and Excel 2003 XML read like their zipped kin."""

import base64
import io
import zipfile

import pytest

from digest import ingest
from digest.errors import NoText, Unreadable
from digest.model.document import BlockKind
from digest.model.source import Source
from tests.ingest.make_docx import abstract, level, num, pack, para, read, row, shown, table

WORD = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:st1="urn:schemas-bank-example:smarttags"'
)
LISTS = (
    '<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:nfc w:val="37"/><w:lvlText w:val="（%2）"/></w:lvl></w:listDef>'
    '<w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>'
)


def flat(data):
    """A docx as one XML file, as Word saves it."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            parts.append(f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{archive.read(name).decode()}</pkg:xmlData></pkg:part>')
    parts.append(f'<pkg:part pkg:name="/word/media/a.png"><pkg:binaryData>{base64.b64encode(b"picture").decode()}</pkg:binaryData></pkg:part>')
    return f'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{"".join(parts)}</pkg:package>'.encode()


def old_para(*runs, listed=None, more=""):
    """A paragraph of Word 2003; ``listed`` is its level in the list."""
    number = "" if listed is None else f'<w:listPr><w:ilvl w:val="{listed}"/><w:ilfo w:val="1"/><wx:t wx:val="x"/></w:listPr>'
    return f"<w:p><w:pPr>{number}{more}</w:pPr>{''.join(runs)}</w:p>"


def old_run(text, tag="t"):
    """A run of Word 2003."""
    return f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"


def changed(kind, inside=""):
    """A tracked change or another annotation of Word 2003."""
    content = f"<aml:content>{inside}</aml:content>" if inside else ""
    return f'<aml:annotation aml:id="0" w:type="Word.{kind}" aml:author="甲">{content}</aml:annotation>'


def wordml(*body, head=""):
    """The bytes of a Word 2003 XML document."""
    inside = f"<w:body><wx:sect>{''.join(body)}</wx:sect></w:body>"
    return f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument {WORD}>{head}{LISTS}{inside}</w:wordDocument>'.encode()


def workbook(rows, *, styles="", more="", columns=""):
    """The bytes of an Excel 2003 XML workbook."""
    sheet = f'<Worksheet ss:Name="限额"><Table>{columns}{"".join(rows)}</Table></Worksheet>{more}'
    spaces = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    return f'<?xml version="1.0" encoding="UTF-8"?><Workbook {spaces}><Styles>{styles}</Styles>{sheet}</Workbook>'.encode()


def xml_row(*cells, place=""):
    """A row of an Excel 2003 sheet; a cell is (type, value, attributes)."""
    inside = "".join(f'<Cell {attributes}><Data ss:Type="{kind}">{value}</Data></Cell>' for kind, value, attributes in cells)
    return f"<Row {place}>{inside}</Row>"


def cells_of(document):
    """Row, column and text of each cell."""
    return [(block.cell.row, block.cell.column, block.raw) for block in document.blocks if block.cell]


@pytest.mark.parametrize("name", ["通知.doc", "通知.docx", "通知.xml"])
def test_flat_opc(name):
    """A docx saved as one XML file gives what the docx gives, and keeps its own name and hash."""
    docx = pack(para("核对现金。", num=(1, 0)) + table(row("事项", "期限"), row("核对", "每日")), numbering=abstract(0, level(0, "decimal", "%1.")) + num(1, 0))
    one, other = read(docx), read(flat(docx), name)

    assert other.blocks == one.blocks
    assert (other.name, other.form, other.sha256, other.size) == (name, "flatopc", Source(name=name, data=flat(docx)).sha256, len(flat(docx)))


def test_wordml_numbers():
    """Word 2003 displays the same automatic numbers."""
    document = read(wordml(old_para(old_run("总则"), listed=0), old_para(old_run("核对。"), listed=1), old_para(old_run("上缴。"), listed=1)), "通知.doc")

    assert shown(document) == ["一、总则", "（一）核对。", "（二）上缴。"]


def test_wordml_changes():
    """Tracked changes are read as accepted and told; comments and bookmarks are no text."""
    body = old_para(
        old_run("限额"),
        changed("Deletion", old_run("5万元", "delText")),
        changed("Insertion", old_run("3万元")),
        changed("Bookmark.Start"),
        changed("Comment", "<w:p>" + old_run("待定") + "</w:p>"),
        "<st1:date>" + old_run("，每日。") + "</st1:date>",
    )
    document = read(wordml(body), "通知.xml")

    assert shown(document) == ["限额3万元，每日。"]
    assert [notice.code for notice in document.notices] == ["tracked"]


def test_wordml_tables_notes_and_heads():
    """Merged cells, footnotes, text boxes, running heads and properties come with it."""
    merged = '<w:tc><w:tcPr><w:vmerge w:val="{0}"/></w:tcPr>' + old_para(old_run("{1}")) + "</w:tc>"
    plain = "<w:tc>" + old_para(old_run("{0}")) + "</w:tc>"
    rows = f"<w:tr>{merged.format('restart', '现金')}{plain.format('每日')}</w:tr><w:tr>{merged.format('', '')}{plain.format('每旬')}</w:tr>"
    note = f"<w:r><w:footnote>{old_para(old_run('含外币。'))}</w:footnote></w:r>"
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{old_para(old_run('框内。'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    sect = f'<w:sectPr><w:hdr w:type="odd">{old_para(old_run("内部资料"))}</w:hdr></w:sectPr>'
    title = "<o:DocumentProperties><o:Title>现金管理</o:Title><o:Pages>2</o:Pages></o:DocumentProperties>"
    document = read(wordml(old_para(old_run("正文"), note, box), f"<w:tbl>{rows}</w:tbl>", sect, head=title), "通知.doc")

    assert shown(document) == ["正文", "框内。", "现金", "每日", "每旬", "含外币。"]
    assert [(block.cell.rows, block.cell.columns) for block in document.blocks if block.raw == "现金"] == [(2, 1)]
    assert [block.raw for block in document.blocks if block.kind is BlockKind.FURNITURE] == ["内部资料"]
    assert ("title", "现金管理") in document.properties


def test_wordml_is_read_safely():
    """A document type is refused, as in a docx."""
    with pytest.raises(Unreadable, match="DOCTYPE"):
        read(wordml(old_para(old_run("甲"))).replace(b"<w:wordDocument", b'<!DOCTYPE x [<!ENTITY a "b">]><w:wordDocument', 1), "通知.doc")


def test_empty_package_is_refused():
    """A package without parts is no success."""
    with pytest.raises(Unreadable, match="没有文档内容"):
        read(b'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>', "通知.xml")


def test_sheetml():
    """Numbers in their formats, days, spans and skipped places of an Excel 2003 sheet that calls itself .xls."""
    styles = '<Style ss:ID="s1"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="s2"><NumberFormat ss:Format="Standard"/></Style>'
    rows = [
        xml_row(("String", "项目", 'ss:MergeDown="1"'), ("String", "标准", 'ss:MergeAcross="1"')),
        xml_row(("String", "限额", 'ss:Index="2"'), ("String", "起始日", "")),
        xml_row(("String", "取现", ""), ("Number", "50000", 'ss:StyleID="s2"'), ("DateTime", "2025-10-01T00:00:00.000", ""), place='ss:Index="4"'),
        xml_row(("String", "费率", ""), ("Number", "0.005", 'ss:StyleID="s1"'), ("Boolean", "1", "")),
    ]
    document = read(workbook(rows, styles=styles), "限额.xls")

    texts = [text for _, _, text in cells_of(document)]
    assert texts == ["项目", "标准", "限额", "起始日", "取现", "50,000.00", "2025年10月1日", "费率", "0.50%", "是"]
    assert cells_of(document)[2] == (1, 1, "限额")
    assert document.tables[0].header_rows == 2


def test_sheetml_hides_what_the_sheet_hides():
    """Hidden sheets, rows and columns are left out and said."""
    extra = (
        '<Worksheet ss:Name="底稿"><Table><Row><Cell><Data ss:Type="String">密</Data></Cell></Row></Table>'
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>'
    )
    rows = [
        xml_row(("String", "甲", ""), ("String", "乙", ""), ("String", "丙", "")),
        xml_row(("String", "藏", ""), ("String", "藏", ""), ("String", "藏", ""), place='ss:Hidden="1"'),
        xml_row(("String", "丁", ""), ("String", "藏", ""), ("String", "戊", "")),
    ]
    document = read(workbook(rows, more=extra, columns='<Column ss:Index="2" ss:Hidden="1"/>'), "表.xls")

    assert [text for _, _, text in cells_of(document)] == ["甲", "丙", "丁", "戊"]
    assert {notice.code for notice in document.notices} == {"hidden_sheets", "hidden_cells"}


def test_sheetml_odd_values():
    """A value that is not what its type says is shown as it stands; an empty workbook is no success."""
    rows = [xml_row(("Number", "约5", ""), ("DateTime", "10月", "")), xml_row(("Number", "NaN", ""), ("DateTime", "1899-12-31T07:30:00.000", ""))]

    assert [text for _, _, text in cells_of(read(workbook(rows), "表.xls"))] == ["约5", "10月", "NaN", "07:30"]
    with pytest.raises(NoText):
        ingest.read(Source(name="表.xls", data=workbook([])))
