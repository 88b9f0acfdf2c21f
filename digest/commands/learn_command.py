"""``digest learn``: what the manager kept, dropped and added in edited sheets moves the weights, on this PC only, with a way back."""

import argparse
from pathlib import Path

from digest import places
from digest.batch.job import load, replace
from digest.errors import ExitCode, UsageError
from digest.rank import learn
from digest.zh import lexicon

WORDS = "words.tsv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``digest learn``."""
    parser.add_argument("files", nargs="*", metavar="改过的.docx", help="改过的学习单，一次可以多张（新学的替换上次学的）")
    parser.add_argument("--forget", action="store_true", help="退回：删去全部学来的词，自己写的不动")
    parser.add_argument("--home", default="", metavar="文件夹", help="自己的设置文件夹")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Learn from sheets, or forget.

    Raises:
        UsageError: neither sheets nor --forget.
    """
    if not arguments.files and not arguments.forget:
        raise UsageError("digest learn 后面要写改过的学习单，例如：digest learn 学习单/*.docx；退回用 digest learn --forget")
    home = places.home(arguments.home)
    target = home / "lexicons" / WORDS
    old = target.read_text("utf-8-sig") if target.exists() else ""
    words = lexicon.load(places.overrides(home))
    new = learn.forget(old) if arguments.forget else learn.learn(old, [edits_of(Path(file)) for file in arguments.files], words.office)
    target.parent.mkdir(parents=True, exist_ok=True)
    replace(target, new.encode("utf-8"))
    taught = sum(learn.is_taught(line) for line in new.splitlines())
    print("已退回，学来的词都删去了。" if arguments.forget else f"学到 {taught} 个词，写在 {target.resolve()}；退回：digest learn --forget")
    return ExitCode.OK


def edits_of(path: Path) -> learn.Edits:
    """What was done to one sheet."""
    from digest.render import import_docx

    imported = import_docx.read(load(path).data, path.name)
    removed = tuple(each.before for each in imported.deviations if each.kind == "removed")
    added = tuple(each.after for each in imported.deviations if each.kind == "added")
    return learn.Edits(kept=tuple(line.text for line in imported.sheet.lines if line.text not in added), dropped=removed, added=added)
