"""``digest doctor``: the examination's findings for people or as JSON, and whether all that is needed works."""

import argparse
import json
from pathlib import Path

from digest import doctor, places
from digest.doctor.finding import MARKS, Finding, Level
from digest.errors import ExitCode
from digest.options import FOLDER


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``digest doctor``."""
    parser.add_argument("--json", action="store_true", help="按 JSON 输出，给程序看")
    parser.add_argument("-o", "--out", default=FOLDER, metavar="文件夹", help=f"打算放学习单的文件夹（默认 {FOLDER}）")
    parser.add_argument("--home", default="", metavar="文件夹", help="自己的设置文件夹")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Examine, tell each finding at once, and end with the verdict."""
    home = places.home(arguments.home)
    findings = []
    for finding in doctor.examine(home, Path(arguments.out)):
        findings.append(finding)
        if not arguments.json:
            tell(finding)
    faults = [finding for finding in findings if finding.level is Level.FAULT]
    if arguments.json:
        rows = [{"key": each.key, "title": each.title, "level": each.level.value, "text": each.text, "remedy": each.remedy} for each in findings]
        print(json.dumps({"schema": "digest.doctor/1", "ok": not faults, "findings": rows}, ensure_ascii=False, indent=2))
    else:
        print(f"有 {len(faults)} 处必须先解决（×）。" if faults else "需要的都能用。")
    return ExitCode.UNFIT if faults else ExitCode.OK


def tell(finding: Finding) -> None:
    """One finding with its remedy below."""
    print(f"{MARKS[finding.level]} {finding.title}：{finding.text}", flush=True)
    if finding.remedy:
        print(f"    → {finding.remedy}", flush=True)
