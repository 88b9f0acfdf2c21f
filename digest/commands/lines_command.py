"""``digest lines``: the chosen lines in document order, one a line, within a number of characters."""

import argparse
from pathlib import Path

from digest import pipeline, places
from digest.batch.job import load
from digest.commands.reading import reader_of, rules_of
from digest.commands.settings import add_reading_arguments, options_from
from digest.errors import ExitCode, UsageError

DEFAULT_CHARACTERS = 900  # one sheet's body: design figure of the benchmark


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``digest lines``."""
    parser.add_argument("file", metavar="文件")
    parser.add_argument("--chars", type=int, default=DEFAULT_CHARACTERS, metavar="N", help="最多多少字（不计标点和空白）")
    add_reading_arguments(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the lines.

    Raises:
        UsageError: fewer than one character was asked for.
    """
    if arguments.chars < 1:
        raise UsageError("--chars：字数要大于 0。")
    options = options_from(arguments)
    source = load(Path(arguments.file), options.password)
    understood = pipeline.understand(source, rules_of(places.home(options.home)), reader=reader_of(options))
    for line in pipeline.lines(understood, arguments.chars):
        print(line)
    return ExitCode.OK
