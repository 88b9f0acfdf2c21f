"""``digest serve``: the review page in the browser, on this PC only unless told otherwise."""

import argparse
from pathlib import Path

from digest import places
from digest.commands.where import add_place_arguments
from digest.errors import ExitCode


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``digest serve``."""
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="默认只在本机；填局域网地址时必须先建账号")
    parser.add_argument("--port", type=int, default=0, metavar="端口", help="默认自动选一个空闲端口")
    parser.add_argument("--no-browser", action="store_true", help="不自动打开浏览器")
    parser.add_argument("--samples", default="", metavar="文件夹", help="附带展示的样例文件夹")
    add_place_arguments(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Serve until Ctrl+C."""
    from digest import preview

    preview.run(
        places.home(arguments.home),
        archive=arguments.archive,
        host=arguments.host,
        port=arguments.port,
        open_browser=not arguments.no_browser,
        samples=Path(arguments.samples) if arguments.samples else None,
    )
    return ExitCode.OK
