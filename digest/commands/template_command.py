"""``digest template``: which designs there are, a copy to change, and a check that names file and line."""

import argparse
import shutil
from pathlib import Path

from digest import places, sheet
from digest.errors import BadTemplate, ExitCode, UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``digest template``."""
    parser.add_argument("act", choices=("list", "new", "check"), metavar="list|new|check", help="list 列出，new 复制一份来改，check 检查")
    parser.add_argument("name", nargs="?", default="", metavar="名称", help="new：新模板的名称；check：要检查的模板（不写则全部）")
    parser.add_argument("--base", default="cards", metavar="模板", help="new：从哪个模板复制，默认 cards")
    parser.add_argument("--home", default="", metavar="文件夹", help="自己的设置文件夹")


def run(arguments: argparse.Namespace) -> ExitCode:
    """List, copy or check."""
    home = places.home(arguments.home)
    if arguments.act == "list":
        show(home)
    elif arguments.act == "new":
        copy(arguments.name, arguments.base, home)
    else:
        check(arguments.name, home)
    return ExitCode.OK


def show(home: Path) -> None:
    """Every design with its title and where it lies."""
    print(f"自己的设置文件夹：{home.resolve()}（{'已有' if home.exists() else '还没有，需要时自动建立'}）")
    for name, folder in places.names(home).items():
        print(f"  {name:<10} {places.look(name, home).title}  {folder}")


def copy(name: str, base: str, home: Path) -> None:
    """A design of the user's own, to be changed without touching code.

    Raises:
        UsageError: no name, a name that is no folder name, or one that is taken.
        BadTemplate: there is no such base.
    """
    if not name or Path(name).name != name or name.startswith("."):
        raise UsageError("digest template new 后面要写新模板的名称，例如：digest template new 我行版式")
    known = places.names(home)
    if base not in known:
        raise BadTemplate(f"没有叫 {base} 的模板，可选：{'、'.join(known)}。")
    target = home / "templates" / name
    if target.exists():
        raise UsageError(f"{target} 已经有了，没有覆盖。换一个名称，或先把它改名。")
    shutil.copytree(known[base], target)
    print(f"已复制到 {target.resolve()}\n改好后运行：digest template check {name}\n使用：digest make 文件 --template {name}")


def check(name: str, home: Path) -> None:
    """Read one design or all and set a sample page in each; the first fault is told with file and line.

    Raises:
        BadTemplate: a design is faulty, or there is none of that name.
        DoesNotFit: its fixed parts leave no room for lines.
    """
    for each in [name] if name else list(places.names(home)):
        sheet.check(places.look(each, home))
        print(f"√ {each}")
