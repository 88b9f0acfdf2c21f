"""Write samples/: plain texts of our own (sample_texts/) as docx with automatic numbers, PDF, forwarded mail, txt and md.

usage: python bench/write_samples.py          writes samples/<name>.<form>, the same bytes each time

A line of a text is ``role⇥words``. Roles: 文头 文号 紧急 标题 主送 文 落款 日期 附注 版记 附件 附件说明 分页 页眉; 一 二 三 and 章 条 项 are
numbered by the word processor; 表 is a table row, its cells parted by ｜. A text without roles is written as it is.
"""

import io
import zipfile
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from write_sample_pdf import write_pdf

ROOT = Path(__file__).resolve().parent.parent
TEXTS, SAMPLES = ROOT / "bench" / "sample_texts", ROOT / "samples"
LEVELS = {
    "一": ("chineseCounting", "%1、"),
    "二": ("chineseCounting", "（%2）"),
    "三": ("decimal", "%3."),
    "章": ("chineseCountingThousand", "第%1章　"),
    "条": ("chineseCountingThousand", "第%1条　"),
    "项": ("chineseCounting", "（%2）"),
}
LISTS = {1: "一二三", 2: "章", 3: "条项"}
CENTRED, RIGHT, INDENTED = ("文头", "文号", "标题"), ("落款", "日期"), ("文", "附件说明", "附注", "条", "项", "一", "二", "三")
HEADINGS = ("一", "章")
BODY, TITLE, HEAD = 16, 22, 26  # pt: 3 号, 2 号, 小初 as GB/T 9704 sets them
FIXED = (2026, 1, 1, 0, 0, 0)
Line = tuple[str, str]


def lines_of(name: str) -> list[Line]:
    """A text as (role, words) per line."""
    found = []
    for line in (TEXTS / f"{name}.txt").read_text("utf-8").splitlines():
        role, _, words = line.partition("\t")
        found.append((role, words))
    return found


def write_docx(lines: list[Line]) -> bytes:
    """A Word file with automatic numbers and real tables."""
    made: Any = Document()
    made.sections[0].page_width, made.sections[0].page_height = Mm(210), Mm(297)
    normal = made.styles["Normal"]
    normal.font.size = Pt(BODY)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    number_levels(made)
    table: Any = None
    for role, words in lines:
        if role == "表":
            cells = words.split("|")
            table = table or made.add_table(rows=0, cols=len(cells), style="Table Grid")
            for cell, value in zip(table.add_row().cells, cells, strict=True):
                cell.text = value
            continue
        table = None
        if role == "分页":
            made.add_page_break()
        else:
            add_paragraph(made, role, words)
    return repacked(made)


def number_levels(made: Any) -> None:
    """Lists of several levels, so that the numbers are Word's own and not in the text; articles count through all chapters."""
    root = made.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for number, roles in LISTS.items():
        levels = "".join(level(depth, role) for depth, role in enumerate(roles))
        root.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'))
    for number in LISTS:
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def level(depth: int, role: str) -> str:
    """One level of a list."""
    form, text = LEVELS[role]
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'


def add_paragraph(made: Any, role: str, words: str) -> None:
    """One paragraph as its role is set."""
    paragraph = made.add_paragraph()
    run = paragraph.add_run(words)
    if role in CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if role in RIGHT:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if role in INDENTED:
        paragraph.paragraph_format.first_line_indent = Pt(2 * BODY)
    if role == "文头":
        run.font.size, run.font.color.rgb, run.font.bold = Pt(HEAD), RGBColor(0xC0, 0, 0), True
    if role == "标题":
        run.font.size, run.font.bold = Pt(TITLE), True
    if role in HEADINGS:
        run.font.bold = True
    for number, roles in LISTS.items():
        if role in roles:
            link = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{roles.index(role)}"/><w:numId w:val="{number}"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(link))


def repacked(made: Any) -> bytes:
    """The file with fixed dates."""
    first, last = io.BytesIO(), io.BytesIO()
    made.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return last.getvalue()


def write_mail(name: str) -> bytes:
    """A forwarded mail: what the branch added stands outside, head office's notice inside."""
    lines = lines_of(name)
    words = {role: text for role, text in lines}
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = words["外层主题"], words["外层发件人"], words["外层收件人"]
    mail["Date"] = parsedate_to_datetime(words["外层日期"])
    outer = "\n".join(text for role, text in lines if role == "外层")
    inner = "\n".join(text for role, text in lines if role == "内层")
    labels = {"发件人": "内层发件人", "发送时间": "内层日期", "收件人": "内层收件人", "主题": "内层主题"}
    head = "\n".join(f"{label}: {words[role]}" for label, role in labels.items())
    mail.set_content(f"{outer}\n\n-----原始邮件-----\n{head}\n\n{inner}\n", charset="gb18030", cte="base64")
    return mail.as_bytes()


def write_text(name: str) -> bytes:
    """The text as it is."""
    return (TEXTS / f"{name}.txt").read_bytes()


WRITERS = {
    "大额现金管理办法.docx": lambda name: write_docx(lines_of(name)),
    "汛期营业通知.pdf": lambda name: write_pdf(lines_of(name)),
    "转发-账户限额核实.eml": write_mail,
    "风险提示-冒充客服屏幕共享诈骗.txt": write_text,
    "柜面系统升级上线通知.docx": lambda name: write_docx(lines_of(name)),
    "重要空白凭证操作规程.pdf": lambda name: write_pdf(lines_of(name)),
    "消费投诉处理通知.md": write_text,
    "适老化服务方案.docx": lambda name: write_docx(lines_of(name)),
}


def main() -> None:
    """Write every sample."""
    SAMPLES.mkdir(exist_ok=True)
    for file, write in WRITERS.items():
        (SAMPLES / file).write_bytes(write(file.rsplit(".", 1)[0]))
        print(file)


if __name__ == "__main__":
    main()
