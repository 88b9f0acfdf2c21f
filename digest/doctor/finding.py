"""One finding: what was looked at, how it is, and what to do."""

from enum import StrEnum

from msgspec import Struct


class Level(StrEnum):
    """How bad it is."""

    FINE = "fine"
    WARNING = "warning"  # all that is needed works; something optional does not
    FAULT = "fault"  # sheets cannot be made, or not safely


MARKS = {Level.FINE: "✓", Level.WARNING: "！", Level.FAULT: "×"}
TITLES = {
    "python": "Python",
    "packages": "组件",
    "fonts": "字体",
    "ocr": "文字识别",
    "office": "LibreOffice",
    "browser": "浏览器",
    "writable": "文件夹权限",
    "disk": "磁盘空间",
    "archive": "历史库",
    "templates": "版式模板",
    "words": "自己的词表",
    "profile": "网点信息",
    "child": "读取子进程",
    "trial": "断网试做",
}


class Finding(Struct, frozen=True, kw_only=True):
    """What a check found: ``key`` names the check, ``remedy`` tells what to do where something is wrong."""

    key: str
    level: Level
    text: str
    remedy: str = ""

    @property
    def title(self) -> str:
        """What was looked at, for people."""
        return TITLES[self.key]


def fine(key: str, text: str) -> Finding:
    """All is well."""
    return Finding(key=key, level=Level.FINE, text=text)


def warning(key: str, text: str, remedy: str) -> Finding:
    """Something optional is missing."""
    return Finding(key=key, level=Level.WARNING, text=text, remedy=remedy)


def fault(key: str, text: str, remedy: str) -> Finding:
    """Something needed does not work."""
    return Finding(key=key, level=Level.FAULT, text=text, remedy=remedy)
