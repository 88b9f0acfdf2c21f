"""``digest archive copy``: the whole archive into another place, such as from a file into PostgreSQL."""

import argparse

from digest import places
from digest.commands.where import add_place_arguments
from digest.errors import ExitCode

NAMES = {"source": "来文", "draft": "草稿", "edit": "修改记录", "issue": "定稿", "hand_out": "发放记录", "account": "账号", "audit": "审计日志"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``digest archive``."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="copy")
    copy = acts.add_parser("copy", help="把整个历史库复制到另一处（空的），逐行核对；复制时请先停止其他程序")
    copy.add_argument("target", metavar="目标", help="新文件的路径，或 postgresql://用户@主机/库名")
    add_place_arguments(copy)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Copy and tell what was copied."""
    from digest.archive import copying, open_store

    home = places.home(arguments.home)
    origin = open_store(places.archive(home, arguments.archive))
    try:
        target = open_store(places.archive(home, arguments.target))
        try:
            copied = copying.copy(origin, target, progress)
        finally:
            target.close()
    finally:
        origin.close()
    print(f"√ 复制完成，{sum(each.rows for each in copied)} 行逐行核对一致。登录状态没有复制，请重新登录。")
    print('  以后使用新的历史库：在设置文件夹的 archive.toml 里写 address = "目标地址"，或每次加 --archive。')
    return ExitCode.OK


def progress(table: str, rows: int) -> None:
    """One line for each table that people know."""
    if table in NAMES:
        print(f"  {NAMES[table]}：{rows}", flush=True)
