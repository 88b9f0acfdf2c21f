"""The branch's profile as the settings page writes it: HOME/profile.toml, whole or not at all."""

import json
from pathlib import Path

from digest.errors import ArchiveError
from digest.model.profile import Profile

HEAD = "# 网点情况：设置页写入，也可以用记事本改。on 办理、off 不办理的业务；roles 空着表示各岗位都有。\n"


def save(home: Path, profile: Profile) -> None:
    """Write the profile beside the old one, then put it in its place.

    Raises:
        ArchiveError: the folder cannot be written.
    """
    lists = "".join(f"{name} = {json.dumps(list(getattr(profile, name)), ensure_ascii=False)}\n" for name in ("on", "off", "roles"))
    text = f"{HEAD}branch = {json.dumps(profile.branch, ensure_ascii=False)}\n{lists}"
    beside = home / ".profile.toml.tmp"
    try:
        home.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, "utf-8")
        beside.replace(home / "profile.toml")
    except OSError as error:
        raise ArchiveError(f"{home.name}：网点情况写不进去（{error.strerror}）。请检查磁盘和权限。") from error
