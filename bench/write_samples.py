"""Write samples/*: plain texts of our own (sample_texts/) into docx with automatic numbers, PDF, mail, txt and md.

usage: python bench/write_samples.py          writes samples/<name>.<form>
A text's first sign tells what a line is: 号 number, 题 title, 送 addressees, 甲 一、 乙 （一） 章 第X章 条 第X条 项 （一）, 表 table, 行 row,
署 issuer, 日 date, 附 annex on a new page, 外 what the forwarder wrote, a wide blank a plain paragraph.
"""

import copy
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from reportlab.pdfgen import canvas

from digest.typeset import fonts

ROOT = Path(__file__).resolve().parent.parent
TEXTS, SAMPLES = ROOT / "bench" / "sample_texts", ROOT / "samples"
LEVELS = {
    "甲": ("chineseCounting", "%1、"),
    "乙": ("chineseCounting", "（%2）"),
    "章": ("chineseCountingThousand", "第%1章　"),
    "条": ("chineseCountingThousand", "第%2条　"),
    "项": ("chineseCounting", "（%3）"),
}
LISTS = {1: "甲乙", 2: "章条项"}
FIXED = (2026, 1, 1, 0, 0, 0)
DIGITS = "一二三四五六七八九十"
Lines = list[tuple[str, str]]
Runs = list[tuple[float, float, str]]


def read(name: str) -> Lines:
    """A text as (sign, rest) per line."""
    return [(line[0], line[2:] if line[1:2] == " " else line[1:]) for line in (TEXTS / f"{name}.txt").read_text("utf-8").splitlines() if line]


def numbering(document: object) -> None:
    """Two multi-level lists, so that the numbers are the word processor's and not in the text."""
    root = document.part.numbering_part.element  # type: ignore[attr-defined]
    for child in list(root):
        root.remove(child)
    for number, signs in LISTS.items():
        levels = "".join(level(depth, sign) for depth, sign in enumerate(signs))
        root.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'))
    for number in LISTS:
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def level(depth: int, sign: str) -> str:
    """One level; articles count through all chapters."""
    form, text = LEVELS[sign]
    restart = '<w:lvlRestart w:val="0"/>' if sign == "条" else ""
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{restart}<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'


def write_docx(name: str) -> bytes:
    """A Word file with automatic numbers and tables."""
    document = Document()
    document.styles["Normal"].font.size = Pt(14)
    document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    numbering(document)
    table = None
    for sign, text in read(name):
        if sign == "行":
            cells = text.split("｜")
            table = table or document.add_table(rows=0, cols=len(cells), style="Table Grid")
            for cell, value in zip(table.add_row().cells, cells, strict=True):
                cell.text = value
            continue
        table = None
        add(document, sign, text)
    return repack(document)


def add(document: object, sign: str, text: str) -> None:
    """One paragraph in its style."""
    paragraph = document.add_paragraph(text)  # type: ignore[attr-defined]
    if sign in "号题":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if sign == "题":
        paragraph.runs[0].font.size, paragraph.runs[0].font.bold = Pt(22), True
    if sign in "署日":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if sign == "附":
        paragraph.paragraph_format.page_break_before = True
    if sign == "　":
        paragraph.paragraph_format.first_line_indent = Pt(28)
    for number, signs in LISTS.items():
        if sign in signs:
            numbered = parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{signs.index(sign)}"/><w:numId w:val="{number}"/></w:numPr>')
            paragraph._p.get_or_add_pPr().append(numbered)


def repack(document: object) -> bytes:
    """The file with fixed dates, so that it is the same each time."""
    first, last = BytesIO(), BytesIO()
    document.save(first)  # type: ignore[attr-defined]
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            same = copy.copy(info)
            same.date_time = FIXED
            new.writestr(same, old.read(info.filename))
    return last.getvalue()


def numbered(lines: Lines) -> Iterator[tuple[str, str]]:
    """The same lines with their numbers written out, for forms without automatic ones."""
    first = second = 0
    for sign, text in lines:
        if sign == "甲":
            first, second = first + 1, 0
            text = f"{DIGITS[first - 1]}、{text}"
        if sign == "乙":
            second += 1
            text = f"（{DIGITS[second - 1]}）{text}"
        yield sign, text


def write_pdf(name: str) -> bytes:
    """A PDF as head offices print it: 28 characters a line, running head, page numbers."""
    regular = fonts.ensure(fonts.PACKAGED.regular)
    lines = list(numbered(read(name)))
    out = BytesIO()
    page = canvas.Canvas(out, pagesize=(595.28, 841.89), invariant=1)
    visual = [row for sign, text in lines for row in rows_of(sign, text)]
    for number, start in enumerate(range(0, len(visual), 24), start=1):
        page.setFont(regular, 9)
        page.drawString(72, 800, lines[0][1])
        page.drawCentredString(297, 40, f"— {number} —")
        for place, runs in enumerate(visual[start : start + 24]):
            draw(page, regular, runs, 760 - 28 * place)
        page.showPage()
    page.save()
    return out.getvalue()


def draw(page: canvas.Canvas, font: str, runs: Runs, y: float) -> None:
    """One visual line; several runs are a table row, with rules around its cells."""
    for size, x, text in runs:
        page.setFont(font, size)
        page.drawString(x, y, text)
        if len(runs) > 1:
            page.rect(x - 5, y - 9, 145, 28)


def rows_of(sign: str, text: str) -> Iterator[Runs]:
    """A paragraph as visual lines, each a list of (size, x, text)."""
    if sign in "号题":
        size = 20.0 if sign == "题" else 14.0
        for part in (text[i : i + 20] for i in range(0, len(text), 20)):
            yield [(size, (595 - size * len(part)) / 2, part)]
    elif sign in "署日":
        yield [(14.0, 520 - 14 * len(text), text)]
    elif sign == "行":
        yield [(12.0, 85 + 145 * column, value) for column, value in enumerate(text.split("｜"))]
    else:
        indent = 0 if sign == "送" else 2
        first, rest = text[: 30 - indent], text[30 - indent :]
        yield [(14.0, 85 + 14 * indent, first)]
        yield from ([(14.0, 85, rest[i : i + 30])] for i in range(0, len(rest), 30))


def write_mail(name: str) -> bytes:
    """A forwarded mail: what the branch added stands outside, head office's notice inside."""
    lines = read(name)
    body = "\n".join(text for sign, text in lines if sign not in "外题")
    title = next(text for sign, text in lines if sign == "题")
    local = "\n".join(text for sign, text in lines if sign == "外")
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = f"转发: {title}", "城东支行综合部 <zonghe@example.com>", "各网点 <wangdian@example.com>"
    mail["Date"] = "Fri, 21 Aug 2026 09:12:00 +0800"
    inner = f"发件人：分行个人金融部\n发送时间：2026年8月20日 16:40\n收件人：各支行\n主题：{title}\n\n{title}\n{body}"
    mail.set_content(f"各网点：\n{local}\n\n城东支行综合部\n\n-----原始邮件-----\n{inner}\n", charset="gb18030", cte="base64")
    return mail.as_bytes()


WRITERS = {
    "重要单证管理办法.docx": write_docx,
    "端午假期营业安排通知.pdf": write_pdf,
    "转发-养老金账户宣传月活动.eml": write_mail,
    "风险提示-冒充客服屏幕共享诈骗.txt": lambda name: (TEXTS / f"{name}.txt").read_bytes(),
    "柜面系统升级上线通知.docx": write_docx,
    "个人存款证明业务操作规程.docx": write_docx,
    "投诉首接处理通知.md": lambda name: (TEXTS / f"{name}.txt").read_bytes(),
    "老年客户服务通知.docx": write_docx,
}


def main() -> None:
    """Write every sample."""
    for file, write in WRITERS.items():
        (SAMPLES / file).write_bytes(write(file.rsplit(".", 1)[0]))
        print(file)


if __name__ == "__main__":
    main()
