"""Where the archive and the user's own folder are: asked for alike by every command that opens them."""

import argparse


def add_place_arguments(parser: argparse.ArgumentParser) -> None:
    """The words for both."""
    parser.add_argument(
        "--archive",
        default="",
        metavar="地址",
        help="历史库：文件路径，或 postgresql://用户@主机/库名（密码放在 .pgpass）；默认用设置文件夹里 archive.toml 的 address，没有就用其中的 archive.sqlite",
    )
    parser.add_argument("--home", default="", metavar="文件夹", help="自己的设置文件夹（词表、模板、网点信息、历史库）")
