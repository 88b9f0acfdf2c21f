"""``digest make``: files in, sheets beside each other in one folder, and a Chinese account of what was done."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from digest import places
from digest.batch.job import Job, Outcome, exit_code, run_all, warnings
from digest.commands.settings import add_reading_arguments, options_from, ready_reader, rules_of
from digest.errors import ExitCode, Unreadable
from digest.journal import milliseconds, note
from digest.model.sheet import Sheet
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
    """Make every sheet, tell each outcome at once, and end with a summary."""
    options = options_from(arguments)
    home = places.home(options.home)
    paths, rules, looks = expand(arguments.files), rules_of(home), places.looks(home, options.template)
    job = Job(rules=rules, looks=looks, reader=ready_reader(paths, options, rules, looks), options=options, folder=Path(arguments.out))
    outcomes = []
    begun = time.perf_counter()
    for outcome in run_all(paths, job):
        tell(outcome)
        note("file", file=outcome.path.name, ms=milliseconds(begun), exit=int(exit_code([outcome])), written=len(outcome.written))
        outcomes.append(outcome)
        begun = time.perf_counter()
    if len(outcomes) > 1:
        summarise(outcomes)
    return exit_code(outcomes)


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


def tell(outcome: Outcome) -> None:
    """Say what became of one file."""
    if outcome.error or outcome.made is None:
        print(f"× {outcome.error}", file=sys.stderr, flush=True)
        return
    for made in (outcome.made, *outcome.others):
        print(f"√ {made.sheet.title if outcome.others else outcome.path.name}：{summary(made.sheet)}")
    for path in outcome.written:
        print(f"  {path.resolve()}")
    for path in outcome.kept:
        print(f"  上次的文件可能改过，已另存为 {path.name}")
    for text in dict.fromkeys(text for made in (outcome.made, *outcome.others) for text in warnings(made.sheet)):
        print(f"  ！{text}", file=sys.stderr)
    sys.stdout.flush()


def summary(sheet: Sheet) -> str:
    """One line of figures: lines on the page, left out, characters read."""
    balance = sheet.balance
    if sheet.circulate_only:
        return f"未发现网点可执行事项，已生成“传阅即可”单（读入 {balance.characters} 字、{balance.sentences} 句）"
    return (
        f"上单 {len(sheet.lines)} 条，未上单 {len(sheet.left_out)} 条；读入 {balance.characters} 字、{balance.sentences} 句，"
        f"候选 {balance.candidates} 条，上单分值占 {balance.share:.0%}"
    )


def summarise(outcomes: Sequence[Outcome]) -> None:
    """The batch's last words."""
    failed = [outcome for outcome in outcomes if outcome.error]
    print(f"共 {len(outcomes)} 个文件，成功 {len(outcomes) - len(failed)} 个，未成 {len(failed)} 个。")
    for outcome in failed:
        print(f"  × {outcome.path.name}（退出码 {int(outcome.error.exit_code) if outcome.error else 0}）")
