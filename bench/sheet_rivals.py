"""The same page by WeasyPrint and by Typst: milliseconds, pages, bytes, and the pictures side by side.

Both get the sheet's own words and packaged fonts, in a two-column page of their own kind: what each is good at, not a copy of our code.
Neither knows about one page: the size is ours, and what they make of it is told. Needs ``pip install weasyprint typst``.
"""

import html
import importlib.util
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PIL import Image

from digest import ingest, pipeline, places, sheet
from digest.commands.reading import rules_of
from digest.model.look import Look
from digest.model.page import Page
from digest.model.sheet import Line, Sheet
from digest.model.source import Source
from digest.render import write_pdf
from digest.typeset import fonts

ROOT = Path(__file__).resolve().parent.parent
PAPER = ROOT / "samples" / "消费投诉处理通知.md"
FAMILY = "Sheet Sans SC"
RUNS = 5
DOTS = 60 / 72
STYLE = """
@font-face {{ font-family: Sheet; src: url({regular}) }}
@font-face {{ font-family: Sheet; font-weight: bold; src: url({bold}) }}
@page {{ size: A4; margin: 30pt 30pt 29pt }}
body {{ font: {size}pt/1.3 Sheet; margin: 0 }}
h1 {{ font-size: 19pt; margin: 0; border-bottom: 1.8pt solid }}
.point {{ border: 1.2pt solid; padding: 3.5pt; font-weight: bold; font-size: 13pt; margin: 4pt 0 }}
.facts {{ border-bottom: .6pt solid; margin-bottom: 4pt }}
.two {{ columns: 2; column-gap: 16pt; column-rule: .4pt solid #888; text-align: justify }}
h2 {{ font-size: 12pt; margin: 4pt 0 2pt; background: #e8e8e8; border-left: 4pt solid; padding-left: 5pt; break-after: avoid }}
h2.ban {{ background: #000; color: #fff }}
p {{ margin: 0 0 1.8pt; padding-left: 1.5em; text-indent: -1.5em }}
small {{ font-size: 9pt; float: right }}
.foot {{ border: .8pt solid; margin-top: 4pt; padding: 3pt }}
"""


def compare(folder: Path) -> None:
    """Measure all three on one paper, print the table, and draw the pictures of those that are here."""
    look = places.look("cards")
    known = pipeline.understand(Source(name=PAPER.name, data=PAPER.read_bytes()), rules_of(Path("/nonexistent")), reader=ingest.read)
    made = pipeline.compose(known, look)
    makers: dict[str, Callable[[], bytes]] = {"digest": lambda: by_us(made.sheet, look)}
    if importlib.util.find_spec("weasyprint"):
        makers["weasyprint"] = lambda: by_weasyprint(made.sheet, made.page)
    if importlib.util.find_spec("typst"):
        makers["typst"] = lambda: by_typst(made.sheet, made.page)
    for name in {"weasyprint", "typst"} - set(makers):
        print(f"{name}: not here, left out (pip install {name})")
    table(makers, folder)


def table(makers: dict[str, Callable[[], bytes]], folder: Path) -> None:
    """Print what each took and gave, and put their first pages beside each other."""
    drawn, ours = [], 0.0
    print(f"{'':12}{'first ms':>10}{'again ms':>10}{'ratio':>8}{'pages':>7}{'filled':>8}{'KB':>6}")
    for name, make in makers.items():
        first, pdf = timed(make)
        again = statistics.median(timed(make)[0] for _ in range(RUNS))
        ours = ours or again
        document = pypdfium2.PdfDocument(pdf)
        print(f"{name:12}{first:10.0f}{again:10.0f}{again / ours:8.1f}{len(document):7}{filled(document):8.0%}{len(pdf) // 1000:6}")
        drawn.append(document[0].render(scale=DOTS, grayscale=True).to_pil())
    side = Image.new("L", (sum(each.width + 8 for each in drawn) - 8, drawn[0].height), 200)
    for number, each in enumerate(drawn):
        side.paste(each, (number * (each.width + 8), 0))
    folder.mkdir(parents=True, exist_ok=True)
    side.quantize(16).save(folder / "sheet-rivals.png", optimize=True)
    print(f"pictures, left to right {', '.join(makers)}: {folder / 'sheet-rivals.png'}")


def timed(make: Callable[[], bytes]) -> tuple[float, bytes]:
    """Milliseconds and bytes."""
    start = time.perf_counter()
    pdf = make()
    return (time.perf_counter() - start) * 1000, pdf


def filled(document: pypdfium2.PdfDocument) -> float:
    """How far down the last page's text reaches, of the height between the margins."""
    page = document[len(document) - 1]
    text = page.get_textpage()
    lowest = min((text.get_charbox(index)[1] for index in range(text.count_chars())), default=page.get_height())
    return (page.get_height() - 30 - lowest) / (page.get_height() - 59)


def by_us(made: Sheet, look: Look) -> bytes:
    """Placed and written, the fit to one full page included."""
    return write_pdf.write(made, sheet.place(made, look), look)


def by_weasyprint(made: Sheet, page: Page) -> bytes:
    """The words as HTML with a print style."""
    import weasyprint

    files = {name: (fonts.FOLDER / f"SheetSansSC-{name.capitalize()}.ttf").as_uri() for name in ("regular", "bold")}
    style = STYLE.format(size=page.size, **files)
    sections = "".join(
        f"<h2{' class=ban' if section.key == 'ban' else ''}>{html.escape(section.title)}</h2>" + "".join(paragraph(line) for line in lines_of(section))
        for section in made.sections
        if lines_of(section)
    )
    asked = "　".join(f"{number}. {html.escape(each.question)}" for number, each in enumerate(made.questions, start=1))
    body = (
        f"<h1>{html.escape(made.title)}</h1><div class=point>{html.escape(made.point)}</div><div class=facts>{html.escape(facts(made))}</div>"
        f"<div class=two>{sections}</div><div class=foot>{asked}</div><div class=foot>主管补充</div>{html.escape(made.footer)}"
    )
    return bytes(weasyprint.HTML(string=f"<!doctype html><html lang=zh-CN><style>{style}</style><body>{body}</body></html>").write_pdf())


def lines_of(section: object) -> list[Line]:
    """Lines and rows of a section."""
    return [*section.lines, *(row.line for row in section.rows)]  # type: ignore[attr-defined]


def paragraph(line: Line) -> str:
    """One line as HTML."""
    return f"<p>{line.number}　{html.escape(line.text)}<small>{html.escape(line.mark)} □</small></p>"


def facts(made: Sheet) -> str:
    """The facts strip as one text."""
    return "　".join(f"{detail.name} {detail.value}" for detail in made.details if detail.value)


def by_typst(made: Sheet, page: Page) -> bytes:
    """The words as Typst markup."""
    import typst

    sections = "".join(
        f"#block(width: 100%, fill: {'black' if section.key == 'ban' else 'luma(232)'}, inset: 3pt, below: 4pt)"
        f'[#text(12pt, weight: "bold", fill: {"white" if section.key == "ban" else "black"})[{plain(section.title)}]]\n'
        + "".join(f"#par[{line.number}　{plain(line.text)} #h(1fr) #text(9pt)[{plain(line.mark)} □]]\n" for line in lines_of(section))
        for section in made.sections
        if lines_of(section)
    )
    asked = "　".join(f"{number}. {plain(each.question)}" for number, each in enumerate(made.questions, start=1))
    source = (
        f'#set page("a4", margin: (x: 30pt, top: 30pt, bottom: 29pt))\n#set text(font: "{FAMILY}", size: {page.size}pt, lang: "zh")\n'
        f"#set par(justify: true, leading: 0.42em, spacing: 0.6em, hanging-indent: 1.5em)\n"
        f'#text(19pt, weight: "bold")[{plain(made.title)}]\n#line(length: 100%, stroke: 1.8pt)\n'
        f'#rect(width: 100%, stroke: 1.2pt)[#text(13pt, weight: "bold")[{plain(made.point)}]]\n{plain(facts(made))}\n\n'
        f"#columns(2, gutter: 16pt)[{sections}]\n#rect(width: 100%)[{asked}]\n#rect(width: 100%)[主管补充]\n#text(9pt)[{plain(made.footer)}]\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.typ")
        path.write_text(source, "utf-8")
        return bytes(typst.compile(str(path), font_paths=[str(fonts.FOLDER)]))


def plain(text: str) -> str:
    """A text with Typst's own marks made harmless."""
    return "".join(f"\\{char}" if char in "\\#*_`$<>@[]~=-+/\"'" else char for char in text)
