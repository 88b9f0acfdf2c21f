"""A watched folder in figures: seconds from the last byte to the draft, and the memory of the watch as files come and go.

``python bench/watch.py [--files 200]``; runs ``digest watch`` as its user does, on this disk. Figures go to docs/archive.md.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.preview.made import CIRCULAR  # noqa: E402


def memory_of(number: int) -> float:
    """A process's resident megabytes."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{number}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    """Feed files one by one, take half of them away again, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=200)
    files = parser.parse_args().files
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        folder.mkdir()
        command = [sys.executable, "-m", "digest", "watch", str(folder), "--no-ocr", "--home", str(Path(name) / "home")]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ})
        assert process.stdout is not None
        process.stdout.readline()
        waits, memory = [], {}
        for number in range(files):
            path = folder / f"{number}.txt"
            path.write_text(CIRCULAR.replace("18号", f"{number}号"), "utf-8")
            begun = time.perf_counter()
            told = process.stdout.readline()
            waits.append(time.perf_counter() - begun)
            assert told.startswith("√"), told
            memory[number + 1] = memory_of(process.pid)
            if number % 2:
                path.unlink()
        process.terminate()
        process.communicate(timeout=60)
    print(f"从文件写完到草稿：中位 {statistics.median(waits):.1f} 秒，最长 {max(waits):.1f} 秒，{files} 份")
    shown = sorted({10, files // 4, files // 2, files} & memory.keys())
    print("监看进程内存：" + "，".join(f"第 {number} 份后 {memory[number]:.0f} MB" for number in shown))


if __name__ == "__main__":
    main()
