"""The user's own designs, words and profile: every file is read, and each fault told with file and line."""

from collections.abc import Iterator
from pathlib import Path

from digest.doctor.finding import Finding, fault, fine, warning
from digest.errors import BadTemplate, DigestError

EDIT = "用记事本打开这个文件，改好这一处并存为 UTF-8"


def templates(home: Path, out: Path) -> Iterator[Finding]:
    """Every design sets its sample page."""
    from digest import places, sheet

    names, bad = places.names(home), 0
    for name in names:
        try:
            sheet.check(places.look(name, home))
        except DigestError as error:
            bad += 1
            yield fault("templates", f"{name}：{error}", f"{EDIT}，再运行 digest template check {name}")
    if not names:
        yield fault("templates", "一个模板也没有", "重新安装本程序（运行 python start.py）")
    elif not bad:
        yield fine("templates", f"{len(names)} 个模板可用：{'、'.join(names)}")


def words(home: Path, out: Path) -> Iterator[Finding]:
    """Every word list of the user's is read, each by itself."""
    from digest import places
    from digest.zh import lexicon

    lexicon.load()
    known = {table.file for table in lexicon.TABLES}
    folder = home / "lexicons"
    files = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    bad = False
    for path in files:
        if path.name not in known:
            yield warning("words", f"{path.name} 不会被读取", f"词表文件名只能是 {'、'.join(sorted(known))}；不用的文件请移走")
            continue
        try:
            lexicon.load({path.name: places.read_text(path)})
        except BadTemplate as error:
            bad = True
            yield fault("words", str(error), EDIT)
    if not bad:
        yield fine("words", f"{len(files)} 个文件" if files else "没有（用内置词表）")


def profile(home: Path, out: Path) -> Iterator[Finding]:
    """The branch's profile is read."""
    from digest import places

    try:
        found = places.profile(home)
    except BadTemplate as error:
        yield fault("profile", str(error), EDIT)
    else:
        yield fine("profile", found.branch or "没有填网点名称（不影响使用）")
