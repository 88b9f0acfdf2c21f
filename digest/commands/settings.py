"""What several commands' words share: how files are read. Nothing heavy is imported here (see make_command.py)."""

import argparse

from digest.errors import UsageError
from digest.options import FORMS, Options


def add_reading_arguments(parser: argparse.ArgumentParser) -> None:
    """Options that tell how a file is read."""
    parser.add_argument("--password", default="", metavar="密码", help="加密文件的打开密码")
    parser.add_argument("--no-ocr", action="store_true", help="不识别扫描件（更快）")
    parser.add_argument("--home", default="", metavar="文件夹", help="自己的设置文件夹（词表、模板、网点信息）")


def options_from(arguments: argparse.Namespace) -> Options:
    """The parsed words as Options.

    Raises:
        UsageError: an unknown form was asked for.
    """
    forms = tuple(form.strip().lower() for form in getattr(arguments, "format", ",".join(FORMS)).split(",") if form.strip())
    if unknown := [form for form in forms if form not in FORMS]:
        raise UsageError(f"--format：没有 {'、'.join(unknown)} 这种格式，可选 {'、'.join(FORMS)}，用英文逗号分开。")
    return Options(
        forms=forms or FORMS,
        template=getattr(arguments, "template", ""),
        ocr=not arguments.no_ocr,
        password=arguments.password,
        home=arguments.home,
        sheets=getattr(arguments, "sheets", 1),
        answers=getattr(arguments, "answers", False),
        copies=getattr(arguments, "copies", 0),
    )
