"""Python and the installed libraries, beside what was tested together."""

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import digest
from digest.doctor.finding import Finding, fault, fine, warning

OLDEST = (3, 11)
PINNED = Path(digest.__file__).parents[1] / "constraints.txt"  # there where start.py is; an installed wheel has only the lower bounds
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
AGAIN = "运行 python start.py 重新安装（会装回经过测试的版本）"


def python(home: Path, out: Path) -> Iterator[Finding]:
    """The interpreter's version."""
    told = f"{sys.version.split()[0]}（{sys.executable}）"
    if sys.version_info < OLDEST:
        yield fault("python", f"{told} 太旧", f"请安装 Python {'.'.join(map(str, OLDEST))} 或更高版本，再运行 python start.py")
    else:
        yield fine("python", told)


def packages(home: Path, out: Path) -> Iterator[Finding]:
    """The libraries the program needs: there, and of the versions tested together."""
    needed = [each for each in metadata.requires("digest") or () if "extra ==" not in each]
    pinned = pinned_versions(PINNED.read_text("utf-8") if PINNED.is_file() else "")
    installed = {name_of(each): version_of(name_of(each)) for each in needed}
    for requirement in needed:
        name = name_of(requirement)
        if installed[name]:
            continue
        if ";" in requirement:  # only for some computers, and something else does its work elsewhere
            yield warning("packages", f"没有装 {name}（可选，没有它慢一些）", AGAIN)
        else:
            yield fault("packages", f"没有装 {name}", AGAIN)
    other = [f"{name} {version}（应为 {pinned[name]}）" for name, version in installed.items() if version and pinned.get(name, version) != version]
    if other:
        yield warning("packages", f"版本与测试过的不同：{'、'.join(other)}", AGAIN)
    if all(installed.values()) and not other:
        yield fine("packages", f"{len(installed)} 个组件齐全" + ("，版本与测试过的一致" if pinned else ""))


def name_of(requirement: str) -> str:
    """The library's name in a requirement such as ``lxml>=6; python_version > "3"``."""
    found = NAME.match(requirement)
    return found.group().lower() if found else requirement


def version_of(name: str) -> str:
    """The installed version; empty if it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def pinned_versions(text: str) -> dict[str, str]:
    """Lines ``name==version`` as a table."""
    pairs = [line.split("#")[0].strip().partition("==") for line in text.splitlines()]
    return {name.lower(): version for name, mark, version in pairs if mark}
