"""Folders that are written to, the room on their disks, and the archive in the user's own folder."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from digest import places
from digest.doctor.finding import Finding, fault, fine, warning

MEGABYTE = 1024 * 1024
TIGHT, FULL = 500, 50  # megabytes: a day's scans with all their forms; one sheet with its archive entry


def places_of(home: Path, out: Path) -> dict[str, Path]:
    """What each folder is for, and where it lies."""
    return {"学习单": out, "设置": home, "临时": Path(tempfile.gettempdir())}


def standing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there already."""
    return next((each for each in (folder.absolute(), *folder.absolute().parents) if each.exists()), Path.cwd())


def writable(home: Path, out: Path) -> Iterator[Finding]:
    """Each folder takes a file, or can be made."""
    refused = False
    for name, folder in places_of(home, out).items():
        try:
            with tempfile.NamedTemporaryFile(dir=standing(folder), prefix=".digest-"):
                pass
        except OSError as error:
            refused = True
            yield fault("writable", f"{name}文件夹写不进去：{folder}（{error.strerror}）", "换一个文件夹（-o 或 --home），或请管理员放开这个文件夹的写权限")
    if not refused:
        yield fine("writable", "、".join(f"{name} {folder}" for name, folder in places_of(home, out).items()))


def disk(home: Path, out: Path) -> Iterator[Finding]:
    """Enough room is left."""
    left = {name: shutil.disk_usage(standing(folder)).free // MEGABYTE for name, folder in places_of(home, out).items()}
    told = "、".join(f"{name}文件夹所在磁盘剩 {room} MB" for name, room in left.items())
    if min(left.values()) < FULL:
        yield fault("disk", told, "清理磁盘后再用：空间不足时学习单和历史库都存不下来")
    elif min(left.values()) < TIGHT:
        yield warning("disk", told, "请尽快清理磁盘")
    else:
        yield fine("disk", told)


def archive(home: Path, out: Path) -> Iterator[Finding]:
    """The archive opens, is sound and of this version; nothing in it is changed."""
    from digest.archive.checkup import examine, reach

    path = places.archive(home)
    if isinstance(path, str):
        yield fine("archive", f"{reach(path)} 连得上")
        return
    if not path.exists():
        yield fine("archive", f"还没有（第一次保存时自动建立：{path}）")
        return
    found = examine(path)
    if found.level < found.newest:
        yield warning("archive", f"{path} 是旧版本（{found.level}/{found.newest}）", "下次运行 digest serve 时自动升级；升级前会保留原有数据，建议先备份")
    else:
        yield fine("archive", f"{path} 完好，可写，版本 {found.level}")
