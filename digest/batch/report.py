"""What became of each file, as a table for Excel and WPS and as a page with thumbnails; both are written line by line."""

import base64
import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from digest import shipped
from digest.batch.ledger import Ledger
from digest.batch.limits import limits
from digest.batch.task import Result
from digest.errors import Unreadable

TABLE, PAGE = "结果.csv", "报告.html"
HEAD = ("来文", "结果", "学习单", "标题", "条数", "字数", "页数", "提示", "原因", "退出码", "与此相同", "试了几次", "用时（秒）", "内容指纹")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by a spreadsheet


class Counts(Struct, frozen=True, kw_only=True):
    """How the whole folder stands."""

    good: int
    bad: int


def write(ledger: Ledger, staging: Path) -> tuple[Path, Path]:
    """Write the table and the page beside the sheets, from all that the journal knows.

    Raises:
        Unreadable: one of them is open in another program, or the disk is full.
    """
    table, page = ledger.folder / TABLE, ledger.folder / PAGE
    try:
        with (staging / TABLE).open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            csv.writer(file).writerows(rows(ledger.results()))
        (staging / TABLE).replace(table)
        with (staging / PAGE).open("w", encoding="utf-8", errors="replace") as file:
            file.writelines(page_of(ledger))
        (staging / PAGE).replace(page)
    except OSError as error:
        raise Unreadable(f"{table} 或 {page.name}：写不进去（{error.strerror}）。若正打开着，请先关闭，再加 --resume 运行一次。") from error
    return table, page


def rows(results: Iterable[Result]) -> Iterator[tuple[str, ...]]:
    """The head and one row per file."""
    yield HEAD
    for result in results:
        yield tuple(safe(str(cell)) for cell in cells(result))


def cells(result: Result) -> tuple[object, ...]:
    """A file's row."""
    made = result.fault is None
    figures = (result.lines, result.characters, result.pages) if made else ("", "", "")
    why, code = (result.fault.words, result.fault.code) if result.fault else ("", "")
    return (
        *(result.path, result.state.value, "；".join(result.written), result.title, *figures, "；".join(result.notes)),
        *(why, code, result.same_as, result.attempts, result.seconds, result.sha256),
    )


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: names and titles come from outside."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def page_of(ledger: Ledger) -> Iterator[str]:
    """The page in pieces, failures first; how much it shows is bounded, the table has all."""
    import jinja2

    template = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined).from_string(
        shipped.text("batch", "report.html")
    )
    counts = Counts(good=ledger.count(good=True), bad=ledger.count(good=False))
    return template.generate(
        counts=counts,
        limits=limits(),
        table=TABLE,
        bad=ledger.results(good=False, most=limits().failures),
        good=(shown(result) for result in ledger.results(good=True, most=limits().pictures)),
    )


def shown(result: Result) -> dict[str, Any]:
    """A sheet as the page shows it."""
    picture = f"data:image/png;base64,{base64.b64encode(result.picture).decode()}" if result.picture else ""
    links = [(Path(name).suffix.lstrip("."), quote(name)) for name in result.written]
    return {"result": result, "picture": picture, "links": links, "file": Path(result.path).name}
