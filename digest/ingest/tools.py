"""Every outside program: find it, run it in a folder and a profile of its own, with a time limit; never with the user's settings."""

import logging
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

logger = logging.getLogger(__name__)

OFFICE_NAMES = ("soffice", "libreoffice")
OFFICE_FOLDERS = (  # where the installers put it without adding it to PATH
    "C:/Program Files/LibreOffice/program",
    "C:/Program Files (x86)/LibreOffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "/opt/libreoffice/program",
)
OFFICE_SECONDS = 120  # a 213-page document took 1.3 s, a cold start on a slow PC 20 s
# No macro, no link and no picture of the document is followed (LibreOffice's own settings file).
OFFICE_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@contextmanager
def workspace() -> Iterator[Path]:
    """A temporary folder for a converter that knows only files; it is gone afterwards, with all that lay in it."""
    with tempfile.TemporaryDirectory(prefix="digest-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@cache
def find_office() -> str:
    """The path of LibreOffice on this computer, or an empty string."""
    for name in OFFICE_NAMES:
        found = shutil.which(name)
        if found:
            return found
    for folder in OFFICE_FOLDERS:
        for name in ("soffice.exe", "soffice"):
            if (Path(folder) / name).is_file():
                return str(Path(folder) / name)
    return ""


def convert_to_docx(data: bytes, suffix: str, *, seconds: float = OFFICE_SECONDS) -> bytes | None:
    """A word-processor file to docx by LibreOffice; None where it is absent, fails or is too slow."""
    program = find_office()
    if not program:
        return None
    with workspace() as folder:
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(OFFICE_SETTINGS, "utf-8")
        given, made = folder / f"in.{suffix}", folder / "out" / "in.docx"
        given.write_bytes(data)
        words = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        _run([*words, "--convert-to", "docx", "--outdir", str(made.parent), str(given)], folder, seconds)
        return made.read_bytes() if made.is_file() else None


def _run(words: list[str], folder: Path, seconds: float) -> None:
    """Run a program to its end or its time limit, and then with all its children; its output goes nowhere."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(words, cwd=folder, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=os.name != "nt")
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        logger.warning("%s took longer than %.0f s and was stopped", words[0], seconds)
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a program and its children: soffice is only a starter of the real program."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        import signal

        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
