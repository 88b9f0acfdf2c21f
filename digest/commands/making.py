"""The work of ``digest make``: every file to its sheets, each outcome told at once."""

import gc
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from digest import places
from digest.batch.job import Job, Outcome, exit_code, run_all, warnings
from digest.commands.reading import ready_opener, rules_of
from digest.errors import ExitCode
from digest.journal import milliseconds, note
from digest.model.sheet import Sheet
from digest.options import Options


def make(paths: Sequence[Path], options: Options, folder: Path) -> ExitCode:
    """Make every sheet, tell each outcome at once, and end with a summary."""
    home = places.home(options.home)
    rules, looks = rules_of(home), places.looks(home, options.template)
    opener = ready_opener(paths, options, rules, looks)
    job = Job(rules=rules, looks=looks, opener=opener, options=options, folder=folder)
    outcomes: list[Outcome] = []
    begun = time.perf_counter()
    for outcome in run_all(paths, job):
        if not outcomes:  # all that was loaded for the first file, while the collector was off: to look through it now would take 20 ms
            gc.freeze()
            gc.enable()
        tell(outcome)
        note("file", file=outcome.path.name, ms=milliseconds(begun), exit=int(exit_code([outcome])), written=len(outcome.written))
        outcomes.append(outcome)
        begun = time.perf_counter()
    if len(outcomes) > 1:
        summarise(outcomes)
    return exit_code(outcomes)


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
    if sheet.circulate_only and sheet.lines:
        return f"主要是别家的职责，已生成“传阅即可”单，列出与本行有关的 {len(sheet.lines)} 条（读入 {balance.characters} 字、{balance.sentences} 句）"
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
