"""``digest import``: a sheet edited in Word or WPS comes back, is compared with its source, and is laid out again."""

import argparse
from pathlib import Path

from digest import places, render, sheet
from digest.batch.job import load, store
from digest.commands.settings import options_from
from digest.errors import ExitCode
from digest.options import FORMS

WORDS = {"reworded": "改了字", "removed": "删了", "added": "加了", "moved": "挪了", "dropped": "内容已不在"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``digest import``."""
    parser.add_argument("file", metavar="改过的.docx", help="由 digest make 生成、在 Word 或 WPS 里改过的学习单")
    parser.add_argument("-o", "--out", default="学习单", metavar="文件夹", help="重新排版后的学习单放在哪里")
    parser.add_argument("--format", default=",".join(FORMS), metavar="格式", help=f"要哪些格式，默认 {','.join(FORMS)}")
    parser.add_argument("--home", default="", metavar="文件夹", help="自己的设置文件夹")
    parser.set_defaults(no_ocr=False, password="")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Read back, tell every deviation, lay out and write."""
    from digest.render import import_docx

    options = options_from(arguments)
    path = Path(arguments.file)
    imported = import_docx.read(load(path).data, path.name)
    for deviation in imported.deviations:
        print(f"{'！' if deviation.serious else '·'} {WORDS.get(deviation.kind, deviation.kind)}：{deviation.before or deviation.after}")
        if deviation.after and deviation.before:
            print(f"    改为：{deviation.after}")
        for cause in deviation.causes:
            print(f"    与原文不符：{cause}")
    look = places.look(imported.sheet.template, places.home(options.home))
    page = sheet.place(imported.sheet, look)
    contents = {form: render.write(imported.sheet, page, look, form) for form in options.forms}
    written, _ = store(contents, Path(arguments.out), path.stem, avoid=path)
    print(f"共 {len(imported.deviations)} 处改动，其中 {sum(each.serious for each in imported.deviations)} 处与原文不符。已重新排成一页：")
    for each in written:
        print(f"  {each.resolve()}")
    return ExitCode.OK
