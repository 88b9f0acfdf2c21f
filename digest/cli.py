"""The ``digest`` command: parse, call, print, exit code. Each command lies in commands/ and is imported only when called."""

import argparse
import importlib
import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from digest import __version__
from digest.errors import DigestError, ExitCode
from digest.journal import milliseconds, note, open_json

COMMANDS = {
    "make": "把来文生成一页学习单（PDF、DOCX、HTML、JSON）",
    "batch": "处理整个文件夹或清单（多进程、可续做，也可交给集群）",
    "explain": "逐条说明每个候选句的得分、理由、出处和去向",
    "lines": "按原文顺序输出选中的句子（不排版）",
    "serve": "打开审阅页（浏览器，仅本机）",
    "watch": "监看文件夹或邮箱，新来文自动生成草稿存入历史库",
    "archive": "复制历史库（例如从一个文件搬进 PostgreSQL）",
    "import": "读回在 Word/WPS 里改过的学习单，并与原文核对",
    "learn": "从改过的学习单中学习取舍（只存在本机，可退回）",
    "template": "查看、复制、检查版式模板",
    "doctor": "检查这台电脑：字体、识别、历史库、权限等，逐项说明怎么办",
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; the only place where errors become messages."""
    given = list(sys.argv[1:] if words is None else words)
    try:
        return run(given)
    except DigestError as error:
        print(f"× {error}", file=sys.stderr)
        return int(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader (head, less) has gone: not our fault
        return int(ExitCode.OK)
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130  # the shells' code for an interrupted program
    except Exception:
        logging.getLogger(__name__).exception("程序出错了，这是我们的问题，不是文件的问题。请把上面的信息连同文件类型一起反馈。")
        return int(ExitCode.BUG)


def run(words: list[str]) -> int:
    """Parse the words and call the command."""
    name = words[0] if words and words[0] in COMMANDS else None
    if name is None:
        outer_parser().parse_args(words)
        outer_parser().print_help()
        return int(ExitCode.USAGE)
    command = importlib.import_module(f"digest.commands.{name}_command")
    parser = argparse.ArgumentParser(prog=f"digest {name}", description=COMMANDS[name])
    parser.add_argument("-v", "--verbose", action="store_true", help="显示每一步的进展和用时")
    parser.add_argument("--log-json", default="", metavar="文件", help="把每一步的用时和数量逐行写成 JSON（- 为屏幕），不含正文，见 docs/logs.md")
    command.add_arguments(parser)
    arguments = parser.parse_args(words[1:])
    with logged(arguments.verbose, arguments.log_json):
        begun = time.perf_counter()
        note("start", command=name, version=__version__)
        code = int(ExitCode.BUG)
        try:
            code = int(command.run(arguments))
        except DigestError as error:
            code = int(error.exit_code)
            raise
        finally:
            note("end", command=name, exit=code, ms=milliseconds(begun))
    return code


@contextmanager
def logged(verbose: bool, target: str) -> Iterator[None]:
    """Messages to the screen, from errors up or all of them; events to ``target`` as JSON lines where one is named."""
    root = logging.getLogger()
    screen = logging.StreamHandler(sys.stderr)
    screen.setLevel(logging.INFO if verbose else logging.ERROR)
    handlers = [screen, *([open_json(target)] if target else [])]
    before = root.level
    root.setLevel(logging.INFO if verbose or target else logging.ERROR)
    for handler in handlers:
        root.addHandler(handler)
    try:
        yield
    finally:
        root.setLevel(before)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()


def outer_parser() -> argparse.ArgumentParser:
    """The parser that only knows --version, --help and the names of the commands."""
    listing = "\n".join(f"  {name:<9} {text}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="digest",
        description="把上级行的长文件变成晨会用的一页 A4 学习单。",
        epilog=f"命令：\n{listing}\n\n每个命令的用法：digest 命令 --help。退出码见 docs/errors.md。",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"digest {__version__}")
    parser.add_argument("command", nargs="?", choices=list(COMMANDS), metavar="命令")
    return parser
