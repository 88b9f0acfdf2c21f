"""Where things lie: the designs, the user's own folder, his words and his profile; the only file that knows.

A design is a folder with ``template.toml``, ``page.xml`` and ``sheet.html``. The user's own designs (``HOME/templates``) go before
the packaged ones of the same name. All faults in them are told in Chinese with file and line, and nothing is guessed.
"""

import hashlib
import os
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from msgspec import Struct

from digest.errors import BadTemplate, UsageError
from digest.model.look import FontFile, Look, Margins, SectionPlan, Words
from digest.model.profile import Profile
from digest.model.ranking import Category

DEFAULT = "cards"
SETTINGS = "template.toml"
FLOOR = 10.5  # pt: body type never goes below (domain.md 3.4)
PNG = b"\x89PNG\r\n\x1a\n"
FULL_WIDTH = re.compile(r"｛[｛%]|[%｝]｝")
MOST_LOGO = 200_000  # bytes: the sheet itself stays under 300 KB
CATEGORIES = tuple(category.value for category in Category)


def templates() -> Path:
    """The packaged designs: inside the installed package, else beside it in the source tree."""
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "templates"


def home(given: str = "") -> Path:
    """The user's own folder for words, designs, profile and archive, as given or else the usual one; it need not exist."""
    if given:
        return Path(given)
    if named := os.environ.get("DIGEST_HOME"):
        return Path(named)
    if sys.platform == "win32" and (roaming := os.environ.get("APPDATA")):
        return Path(roaming) / "digest"
    return Path.home() / "digest-home"


def archive(own: Path, given: str = "") -> str | Path:
    """The archive's address: as given, else ``address`` in the user's ``archive.toml``, else a file in his folder.

    Raises:
        BadTemplate: archive.toml is faulty.
    """
    settings = own / "archive.toml"
    address = given or (settings.is_file() and Settings.read(settings).text("address")) or str(own / "archive.sqlite")
    return address if "://" in address else Path(address)


def names(own: Path | None = None) -> dict[str, Path]:
    """Every design by name; the user's own replace packaged ones of the same name."""
    found: dict[str, Path] = {}
    for folder in (templates(), *([own / "templates"] if own else [])):
        if folder.is_dir():
            found |= {path.name: path for path in sorted(folder.iterdir()) if (path / SETTINGS).is_file()}
    return found


def look(name: str, own: Path | None = None) -> Look:
    """The design of that name, ready to use; an empty name is the default design.

    Raises:
        UsageError: there is no such design.
        BadTemplate: one of its files is faulty.
    """
    known = names(own)
    wanted = name or DEFAULT
    if wanted not in known:
        raise UsageError(f"没有“{wanted}”这个模板，可选：{'、'.join(known)}。用 digest template list 查看说明。")
    return read_look(known[wanted], profile(own).branch if own else "")


def looks(own: Path | None = None, named: str = "") -> tuple[Look, ...]:
    """The named design alone, or every design, the default one first, so that one can be chosen by what a paper is.

    Raises:
        UsageError: there is no design of that name.
        BadTemplate: one of them is faulty.
    """
    if named:
        return (look(named, own),)
    known = names(own)
    ordered = sorted(known, key=lambda name: name != DEFAULT)
    return tuple(look(name, own) for name in ordered)


def read_look(folder: Path, branch: str = "") -> Look:
    """A design's folder as a Look.

    Raises:
        BadTemplate: a file is missing or faulty.
    """
    sheet = Settings.read(folder / SETTINGS)
    page, head, foot = sheet.table("page"), sheet.table("head"), sheet.table("foot")
    chosen = sheet.table("choose")
    values: dict[str, Any] = {
        "kinds": chosen.texts("kinds"),
        "least_share": chosen.number("least_share"),
        "most_candidates": chosen.whole("most_candidates"),
        "sizes": page.numbers("sizes"),
        "leading": page.numbers("leading"),
        "columns": page.whole("columns"),
        "most_lines": page.whole("most_lines"),
        "most_characters": tuple(int(number) for number in page.numbers("most_characters") or ()) or None,
        "boxes": page.flag("boxes"),
        "smaller_earns": page.number("smaller_earns"),
        "details": head.texts("details"),
        "archive_url": head.text("archive_url"),
        "sign_off": foot.texts("sign_off"),
        "questions": foot.whole("questions"),
        "note_lines": foot.whole("note_lines"),
    }
    made = Look(
        name=folder.name,
        title=sheet.text("name") or folder.name,
        page_text=read_template(folder / "page.xml"),
        html_text=read_template(folder / "sheet.html"),
        folder=str(folder),
        margins=margins(page),
        sections=sections(sheet),
        words=words(sheet),
        branch=head.text("branch") or branch,
        logo=logo(folder, head),
        regular=font(folder, sheet, "regular"),
        bold=font(folder, sheet, "bold"),
        **{key: value for key, value in values.items() if value is not None},
    )
    check_sizes(made, sheet)
    return made


def check_sizes(made: Look, sheet: "Settings") -> None:
    """Refuse body type that cannot be read standing, and settings that contradict each other."""
    if not made.sizes or min(made.sizes) < FLOOR:
        raise sheet.fault("sizes", f"正文字号不得小于 {FLOOR} 磅，请改 sizes")
    if len(made.most_characters) != len(made.sizes):
        raise sheet.fault("most_characters", "most_characters 要与 sizes 一一对应")
    if len(made.leading) != 2 or not 1.1 <= made.leading[0] <= made.leading[1] <= 2.0:
        raise sheet.fault("leading", "leading 要写两个数：最紧、最松，例如 [1.30, 1.50]")
    if made.columns not in (1, 2):
        raise sheet.fault("columns", "columns 只能是 1 或 2")


def margins(page: "Settings") -> Margins:
    """The margins, packaged ones where not given."""
    table = page.table("margins")
    given = {side: table.number(side) for side in ("top", "right", "bottom", "left")}
    return Margins(**{side: value for side, value in given.items() if value is not None})


def sections(sheet: "Settings") -> tuple[SectionPlan, ...]:
    """The sections in their order."""
    found = []
    for table in sheet.tables("sections"):
        categories = table.texts("categories") or ()
        if wrong := [name for name in categories if name not in CATEGORIES]:
            raise table.fault(wrong[0], f"没有 {wrong[0]} 这一类，可选：{'、'.join(CATEGORIES)}")
        found.append(
            SectionPlan(
                key=table.text("key") or "",
                title=table.text("title") or "",
                categories=categories,
                reverse=bool(table.flag("reverse")),
                rows=bool(table.flag("rows")),
                most=table.whole("most") or 0,
            )
        )
    if not found or any(not plan.key or not plan.title for plan in found):
        raise sheet.fault("sections", "每个 [[sections]] 都要写 key 和 title")
    return tuple(found)


def words(sheet: "Settings") -> Words:
    """The fixed wording, packaged words where not given."""
    table = sheet.table("words")
    known = Words.__struct_fields__
    if wrong := [name for name in table.values if name not in known]:
        raise table.fault(wrong[0], f"[words] 里没有 {wrong[0]} 这一项，可选：{'、'.join(known)}")
    if "columns" in table.values and len(table.texts("columns") or ()) != len(Words().columns):
        raise table.fault("columns", f"columns 要写 {len(Words().columns)} 个表头")
    given: dict[str, Any] = {name: table.texts(name) if name == "columns" else table.text(name) or "" for name in table.values}
    return Words(**given)


def logo(folder: Path, head: "Settings") -> bytes:
    """The branch's mark, if the design names one."""
    name = head.text("logo")
    if not name:
        return b""
    data = read_bytes(folder / name, head, "logo")
    if not data.startswith(PNG):
        raise head.fault("logo", f"图标 {name} 不是 PNG 图片，请另存为 PNG")
    if len(data) > MOST_LOGO:
        raise head.fault("logo", f"图标 {name} 有 {len(data) // 1000} KB，太大了，请缩到 {MOST_LOGO // 1000} KB 以内")
    return data


def font(folder: Path, sheet: "Settings", role: str) -> FontFile | None:
    """A font of the user's own, if the design names one."""
    table = sheet.table("fonts")
    name = table.text(role)
    return FontFile(name=f"{folder.name}-{Path(name).stem}", data=read_bytes(folder / name, table, role)) if name else None


def read_bytes(path: Path, table: "Settings", key: str) -> bytes:
    """A file the settings name."""
    try:
        return path.read_bytes()
    except OSError:
        raise table.fault(key, f"找不到文件 {path.name}，请放进 {path.parent}") from None


def read_template(path: Path) -> str:
    """A Jinja2 text; full-width braces, which would be printed as they stand, are told with their line.

    Raises:
        BadTemplate: it is missing, in another encoding, or written with full-width braces.
    """
    text = read_text(path)
    if hit := FULL_WIDTH.search(text):
        line = text.count("\n", 0, hit.start()) + 1
        raise BadTemplate(f"{path} 第 {line} 行：“{hit[0]}”是全角花括号，程序认不出。请改成半角的 {{{{ }}}} 或 {{% %}}。")
    return text


def fingerprint(own: Path | None = None) -> str:
    """Hex digest of every file that decides what a sheet says: the package, its designs, and the user's words, designs and profile."""
    ours = [Path(__file__).parent, templates()]
    theirs = [own / "lexicons", own / "templates", own / "profile.toml"] if own else []
    made = hashlib.sha256()
    for root in (*ours, *theirs):
        files = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts) if root.is_dir() else (root,)
        for path in sorted(path for path in files if path.is_file()):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            made.update(f"{path.relative_to(root.parent).as_posix()} {content}\n".encode())
    return made.hexdigest()


def read_text(path: Path) -> str:
    """A text file of the user's, in UTF-8 with or without a mark.

    Raises:
        BadTemplate: it is missing or in another encoding.
    """
    try:
        return path.read_text("utf-8-sig")
    except OSError:
        raise BadTemplate(f"找不到 {path}，请从原模板里复制一份。") from None
    except UnicodeDecodeError as error:
        raise BadTemplate(f"{path}：第 {error.start} 个字节起不是 UTF-8，请用记事本另存为 UTF-8 编码。") from None


def overrides(own: Path | None) -> dict[str, str]:
    """The user's own word lists (HOME/lexicons/*.tsv and *.toml): file name to text."""
    folder = own / "lexicons" if own else None
    if folder is None or not folder.is_dir():
        return {}
    return {path.name: read_text(path) for path in sorted(folder.iterdir()) if path.suffix in (".tsv", ".toml")}


def profile(own: Path | None) -> Profile:
    """What the branch is and does (HOME/profile.toml); the usual branch where there is none.

    Raises:
        BadTemplate: the file is faulty.
    """
    path = own / "profile.toml" if own else None
    if path is None or not path.is_file():
        return Profile()
    table = Settings.read(path)
    lists = {key: table.texts(key) or () for key in ("on", "off", "roles")}
    return Profile(branch=table.text("branch") or "", **lists)


class Settings(Struct, frozen=True):
    """One table of a TOML file, asked for typed values; a wrong type is told with file and line."""

    path: Path
    source: str
    values: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> "Settings":
        """Read a file.

        Raises:
            BadTemplate: it is missing or not TOML.
        """
        source = read_text(path)
        try:
            return cls(path, source, tomllib.loads(source))
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            place = f"第 {line.group(1)} 行" if line else "末尾"
            raise BadTemplate(f"{path} {place}写法有误：{error}。文字要加英文双引号，列表用方括号。") from None

    def fault(self, key: str, cause: str) -> BadTemplate:
        """The error for a key, with its line."""
        for number, line in enumerate(self.source.splitlines(), start=1):
            if key in line.split("#")[0]:
                return BadTemplate(f"{self.path} 第 {number} 行：{cause}。")
        return BadTemplate(f"{self.path}：{cause}。")

    def table(self, key: str) -> "Settings":
        """A table inside; empty if absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.fault(key, f"{key} 应是一节 [{key}]")
        return Settings(self.path, self.source, value)

    def tables(self, key: str) -> tuple["Settings", ...]:
        """An array of tables inside."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.fault(key, f"{key} 应写成 [[{key}]]")
        return tuple(Settings(self.path, self.source, each) for each in value)

    def _typed(self, key: str, kind: type | tuple[type, ...], meant: str) -> Any:
        value = self.values.get(key)
        if value is not None and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            raise self.fault(key, f"{key} 应是{meant}")
        return value

    def text(self, key: str) -> str | None:
        """A text."""
        value: str | None = self._typed(key, str, '文字，加英文双引号，例如 "必须做"')
        return value

    def flag(self, key: str) -> bool | None:
        """True or false."""
        value: bool | None = self._typed(key, bool, " true（是）或 false（否）")
        return value

    def number(self, key: str) -> float | None:
        """A number."""
        value: float | None = self._typed(key, (int, float), "数字，不加引号")
        return value

    def whole(self, key: str) -> int | None:
        """A whole number, not negative."""
        value: int | None = self._typed(key, int, "整数，不加引号")
        if value is not None and value < 0:
            raise self.fault(key, f"{key} 不能是负数")
        return value

    def _list(self, key: str, kind: type | tuple[type, ...], meant: str) -> tuple[Any, ...] | None:
        value = self._typed(key, list, meant)
        if value is not None and not all(isinstance(each, kind) for each in value):
            raise self.fault(key, f"{key} 应是{meant}")
        return None if value is None else tuple(value)

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of texts."""
        return self._list(key, str, '一列文字，例如 ["宣讲人", "日期"]')

    def numbers(self, key: str) -> tuple[float, ...] | None:
        """A list of numbers."""
        return self._list(key, (int, float), "一列数字，例如 [12, 11, 10.5]")
