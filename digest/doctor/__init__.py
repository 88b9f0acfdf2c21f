"""``digest doctor``: what on this computer works, what does not, and what to do about it; each fault is found, none ends the examination."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from digest.doctor.finding import Finding, fault
from digest.errors import DigestError

CHECKS = (  # module:function, in the order of the report; each is imported only when its turn comes, so that it may fail alone
    "program:python",
    "program:packages",
    "parts:fonts",
    "parts:ocr",
    "parts:office",
    "parts:browser",
    "folders:writable",
    "folders:disk",
    "folders:archive",
    "settings:templates",
    "settings:words",
    "settings:profile",
    "running:child",
    "running:trial",
)


def examine(home: Path, out: Path) -> Iterator[Finding]:
    """The findings of all checks for a user's folder and a folder for sheets, as soon as they are there."""
    for check in CHECKS:
        module, _, name = check.partition(":")
        try:
            yield from getattr(import_module(f"digest.doctor.{module}"), name)(home, out)
        except ImportError as error:
            yield fault(name, f"缺少组件 {error.name}", "运行 python start.py 补装；不能联网的电脑请用离线安装包重装")
        except DigestError as error:
            yield fault(name, str(error), "按上面的提示改好后再检查一次")
        except Exception as error:
            yield fault(name, f"检查没有做完（{type(error).__name__}：{error}）", "重新运行 python start.py；仍不行请把这一行反馈给我们")
