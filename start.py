"""One file to start with: sets up everything in .venv on the first run, then runs digest.

用法（只需 Python 3.11 以上，不需要管理员权限）：
    python start.py                 打开审阅页（首次运行会自动安装）
    python start.py make 文件…      生成学习单
    python start.py test            安装测试所需并运行全部测试
Uses the standard library only, because nothing else is there yet.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "constraints.txt"
NEEDED = (3, 11)
BUG, USAGE, MISSING_TOOL = 1, 2, 7  # the codes of docs/errors.md that can arise before digest is installed


def main(words: list[str]) -> int:
    """Set up what the command needs, run it, and return its exit code."""
    if sys.version_info < NEEDED:
        print(f"需要 Python {NEEDED[0]}.{NEEDED[1]} 或更高版本，当前是 {sys.version.split()[0]}。请安装新版 Python 后重试。", file=sys.stderr)
        return USAGE
    testing = words[:1] == ["test"]
    if not ensure("ocr,test" if testing else "ocr"):
        return MISSING_TOOL
    if testing:
        return run("-m", "pytest", "-n", "auto", *words[1:])
    return run("-X", "utf8", "-m", "digest", *(words or ["serve", "--samples", str(ROOT / "samples")]))


def ensure(extras: str) -> bool:
    """Make .venv hold the package with these extras; a stamp of what was asked lets a second run start at once."""
    stamp = VENV / f"digest-{extras.replace(',', '-')}.stamp"
    wanted = fingerprint()
    if python().exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return True
    print("首次运行：正在准备环境（约需几分钟，只做一次）……", file=sys.stderr, flush=True)
    if not python().exists():
        shutil.rmtree(VENV, ignore_errors=True)  # a half-made folder from an interrupted run
        venv.create(VENV, with_pip=True)
    if not install(extras) and not fall_back(extras):
        return False
    stamp.write_text(wanted, "utf-8")
    print("环境已就绪。", file=sys.stderr, flush=True)
    return True


def install(extras: str) -> bool:
    """Install the package, its pinned libraries and the extras; true on success."""
    target = f"{ROOT}[{extras}]" if extras else str(ROOT)
    quiet = ["-qq", "--disable-pip-version-check", "--no-input"]
    return run("-m", "pip", "install", *quiet, "-c", str(CONSTRAINTS), "-e", target) == 0


def fall_back(extras: str) -> bool:
    """Without OCR everything but scans works: better that than nothing, and said aloud. Tests get no such grace."""
    if extras == "ocr" and install(""):
        print("提示：扫描件识别组件（OCR）未能安装，扫描件和图片暂不能读取；联网后运行 python start.py 会再试。", file=sys.stderr)
        return True
    print("安装没有完成：请检查网络（或本单位的软件源设置）后，再次运行 python start.py。", file=sys.stderr)
    return False


def fingerprint() -> str:
    """What the environment depends on: project file, pinned versions, and where the folder lies."""
    parts = ((ROOT / "pyproject.toml").read_bytes(), CONSTRAINTS.read_bytes(), str(ROOT).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def python() -> Path:
    """The interpreter inside .venv, on Windows and elsewhere."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(*words: str) -> int:
    """Run the inner interpreter and hand its exit code on; Ctrl+C ends it without a traceback."""
    try:
        return subprocess.run([str(python()), *words], check=False).returncode
    except KeyboardInterrupt:
        return 130  # the shells' code for an interrupted program


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
