"""Check a built wheel: every tracked file of templates/ and digest/ is in it, and nothing else from templates/."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def tracked(folder: str) -> set[str]:
    """Files git tracks below a folder, as they should be named in the wheel."""
    listing = subprocess.run(["git", "-c", "core.quotePath=off", "ls-files", folder], cwd=ROOT, check=True, capture_output=True, text=True)
    names = set(listing.stdout.split("\n")) - {""}
    return {f"digest/{name}" for name in names} if folder == "templates" else names


def main(wheel: str) -> int:
    """Compare and report."""
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("digest/") and not name.endswith("/")}
    wanted = tracked("digest") | tracked("templates")
    missing, stray = sorted(wanted - packed), sorted(packed - wanted)
    print(f"wheel: {len(packed)} files, missing {missing[:5]}, stray {stray[:5]}")
    return bool(missing or stray or not wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
