"""Fonts, OCR, LibreOffice, browser: there, and doing their work."""

import io
import webbrowser
from collections.abc import Iterator
from pathlib import Path

from digest.doctor.finding import Finding, fault, fine, warning
from digest.errors import DigestError

REINSTALL = "重新安装本程序（运行 python start.py），不要手工删改程序文件夹"
HAN_ROWS, HAN_CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)  # GB/T 2312, both levels
SAID = "办理现金业务须双人复核"
SEEN = "现金业务"  # enough of it to call the engine sound
RTF = rb"{\rtf1\ansi\ansicpg936 \u30456?\u21010?}"
OFFICE_SECONDS = 60.0


def fonts(home: Path, out: Path) -> Iterator[Finding]:
    """The packaged fonts: every file there and readable, and every character of GB/T 2312 in them."""
    from digest.typeset import fonts as faces

    for name in (faces.PACKAGED.regular, faces.PACKAGED.bold, faces.RARE):
        if not (faces.FOLDER / f"{name}.ttf").is_file():
            yield fault("fonts", f"缺少字体文件 {name}.ttf", REINSTALL)
            return
        try:
            faces.register(name)
        except (ValueError, OSError) as error:
            yield fault("fonts", f"字体文件 {name}.ttf 读不出来（{error}）", REINSTALL)
            return
    characters = common_characters()
    if lacking := faces.missing(characters):
        yield fault("fonts", f"字体缺 {len(lacking)} 个常用字：{''.join(lacking[:10])}", REINSTALL)
    else:
        yield fine("fonts", f"3 个字体文件可用，国标 {len(characters)} 个汉字齐全")


def common_characters() -> str:
    """All 6763 Chinese characters of GB/T 2312."""
    cells = (bytes((row, cell)) for row in HAN_ROWS for cell in HAN_CELLS)
    return "".join(cell.decode("gb2312", "ignore") for cell in cells)


def ocr(home: Path, out: Path) -> Iterator[Finding]:
    """A small picture with one line of text, read as a scan would be."""
    from digest import ingest
    from digest.model.source import Source

    try:
        document = ingest.read(Source(name="试读.png", data=picture(SAID)))
    except DigestError as error:
        yield warning("ocr", f"不可用，扫描件和图片读不了：{error}", "需要读扫描件时，联网运行 python start.py 补装；其他格式不受影响")
        return
    text = "".join(block.raw for block in document.blocks)
    if SEEN in text:
        yield fine("ocr", f"可用，试读一行：{text}")
    else:
        yield warning("ocr", f"能运行但认不准：应为“{SAID}”，读成“{text}”", "运行 python start.py 重装文字识别组件；在此之前扫描件请逐字核对")


def picture(text: str) -> bytes:
    """A line of text as a PNG, set in the packaged font."""
    from PIL import Image, ImageDraw, ImageFont

    from digest.typeset import fonts as faces

    size = 48
    made = Image.new("RGB", (size * (len(text) + 4), size * 5), "white")
    face = ImageFont.truetype(str(faces.FOLDER / f"{faces.PACKAGED.regular}.ttf"), size)
    ImageDraw.Draw(made).text((2 * size, 2 * size), text, fill="black", font=face)
    data = io.BytesIO()
    made.save(data, "PNG")
    return data.getvalue()


def office(home: Path, out: Path) -> Iterator[Finding]:
    """LibreOffice, which helps with old Word and WPS files, converting two characters."""
    from digest.ingest import tools

    program = tools.find_office()
    if not program:
        yield warning("office", "没有装（可选）：旧版 .doc、.wps 用内置读法，少数读得不全", "读不全时，用 Word 或 WPS 另存为 .docx 再试，或安装 LibreOffice")
    elif tools.convert_to_docx(RTF, "rtf", seconds=OFFICE_SECONDS):
        yield fine("office", f"可用（{program}）")
    else:
        yield warning("office", f"装了但不能转换（{program}）", "关闭所有 LibreOffice 窗口后再试；仍不行请重装 LibreOffice")


def browser(home: Path, out: Path) -> Iterator[Finding]:
    """Something to open the review page in."""
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        yield warning("browser", "没有找到浏览器", "digest serve 会显示网址：复制到 Edge、Chrome 或 Firefox 的地址栏打开")
    else:
        yield fine("browser", f"审阅页用系统默认浏览器打开（{getattr(found, 'name', '') or '系统默认'}）")
