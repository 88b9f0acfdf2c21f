"""``digest make``: files in, sheets beside each other in one folder, and a Chinese account of what was done."""

import argparse
import gc
from collections.abc import Sequence
from pathlib import Path

from digest import ingest, opening
from digest.commands.settings import add_reading_arguments, options_from
from digest.errors import ExitCode, Unreadable
from digest.options import FOLDER, FORMS

MOST_SHEETS = 9
MOST_COPIES = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``digest make``."""
    parser.add_argument("files", nargs="+", metavar="文件", help="来文：docx、pdf、eml、txt 等；也可以是文件夹或 *.docx")
    parser.add_argument("-o", "--out", default=FOLDER, metavar="文件夹", help=f"学习单放在哪里（默认：当前文件夹下的 {FOLDER}）")
    parser.add_argument("--format", default=",".join(FORMS), metavar="格式", help=f"要哪些格式，默认 {','.join(FORMS)}")
    parser.add_argument("--template", default="", metavar="模板", help="版式模板名，默认按内容自动选")
    parser.add_argument(
        "--sheets", type=int, choices=range(1, MOST_SHEETS + 1), default=1, metavar="张数", help="长制度分几张单：之一、之二……按章切开，最多 9 张（默认 1）"
    )
    parser.add_argument("--answers", action="store_true", help="另出一份主管用的 PDF（…-主管用.pdf），印有考一考的答案")
    parser.add_argument(
        "--copies",
        type=int,
        choices=range(1, MOST_COPIES + 1),
        default=0,
        metavar="份数",
        help="限制传达的来文另出编号件（…-编号件.pdf）：每页一份，从 001 起",
    )
    add_reading_arguments(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Make every sheet. The child that reads is started first: it loads its own while this process loads the rest."""
    options = options_from(arguments)
    paths = expand(arguments.files)
    if options.guarded and paths[0].is_file():
        ingest.prepare(paths[0].name, opening.load, size=paths[0].stat().st_size)
    gc.disable()  # what is loaded for the first file stays: looking for garbage in it takes a twentieth of the time
    try:
        from digest.commands.making import make

        return make(paths, options, Path(arguments.out))
    finally:
        gc.enable()


def expand(words: Sequence[str]) -> list[Path]:
    """Files named, matched by a pattern (Windows shells do not expand *), or lying in a named folder.

    Raises:
        Unreadable: a pattern or folder holds no file.
    """
    found: list[Path] = []
    for word in words:
        path = Path(word)
        if path.is_dir():
            inside = [p for p in sorted(path.iterdir()) if p.is_file() and not p.name.startswith((".", "~$"))]
        elif any(mark in word for mark in "*?") and not path.exists():
            inside = sorted(p for p in path.parent.glob(path.name) if p.is_file())
        else:
            inside = [path]
        if not inside:
            raise Unreadable(f"{word}：这里没有文件。请检查路径。")
        found += inside
    return list(dict.fromkeys(found))
