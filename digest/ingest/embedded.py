"""An embedded OLE object to the file in it: name and bytes, or only a name where nothing readable is inside."""

import struct

from digest.ingest import ole

PROGRAMS = {
    "Word": "Word 文档",
    "Excel": "Excel 工作表",
    "PowerPoint": "幻灯片",
    "Acro": "PDF 文档",
    "Visio": "Visio 图",
    "Package": "文件",
    "Equation": "公式",
    "KET": "WPS 表格",
    "WPS": "WPS 文字",
}
PLAIN_STREAMS = ("Package", "CONTENTS", "EmbeddedOdf")


def unpack_object(data: bytes, name: str, program: str = "") -> tuple[str, bytes | None]:
    """Name and bytes of the file that an embedded object holds; bytes are None where it holds none that can be read."""
    shown = next((words for key, words in PROGRAMS.items() if program.startswith(key)), "嵌入对象")
    if not data.startswith(ole.MAGIC):
        return name, data
    if ole.kind_of(data) in ("doc", "xls"):
        return name, data
    found = _inside(data)
    return found if found else (f"{shown}（{name}）", None)


def _inside(data: bytes) -> tuple[str, bytes] | None:
    """The file in a packaged object."""
    try:
        with ole.opened(data) as box:
            if box.exists("\x01Ole10Native"):
                return _native(box.openstream("\x01Ole10Native").read())
            stream = next((each for each in PLAIN_STREAMS if box.exists(each)), None)
            return ("嵌入文件", box.openstream(stream).read()) if stream else None
    except Exception:  # olefile raises many kinds on damaged files
        return None


def _native(data: bytes) -> tuple[str, bytes] | None:
    """An Ole10Native stream: size, flags, label, path, reserved, temporary path, size, bytes ([MS-OLEDS] 2.3.6)."""
    label_end = data.find(b"\0", 6)
    path_end = data.find(b"\0", label_end + 1)
    at = path_end + 1 + 4
    if label_end < 0 or path_end < 0 or len(data) < at + 4:
        return None
    (length,) = struct.unpack_from("<I", data, at)
    at += 4 + length
    if len(data) < at + 4:
        return None
    (size,) = struct.unpack_from("<I", data, at)
    name = data[6:label_end].decode("gb18030", "replace").replace("\\", "/").rpartition("/")[2]
    return name or "嵌入文件", data[at + 4 : at + 4 + size]
