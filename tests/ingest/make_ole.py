"""Compound files, Outlook messages and old workbooks written byte by byte, so that a test shows what is in them."""

import struct

from digest import ingest
from digest.model.document import Document
from digest.model.source import Source

SECTOR, SMALL, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5
EPOCH_TICKS = 116444736000000000  # 1970 in FILETIME


def compound(tree):
    """The bytes of a compound file; ``tree`` maps names to bytes (streams) or to dicts (storages)."""
    entries = [["Root Entry", ROOT, FREE, b"", FREE]]
    _collect(tree, entries, 0)
    small, small_table, starts = b"", [], {}
    for index, (_, kind, _, data, _) in enumerate(entries):
        if kind == STREAM and 0 < len(data) < CUTOFF:
            starts[index] = len(small_table)
            small_table += _chain(len(small_table), -(-len(data) // SMALL))
            small += data.ljust(-(-len(data) // SMALL) * SMALL, b"\0")
    entries[0][3] = small
    small_fat = struct.pack(f"<{len(small_table)}I", *small_table)
    body, table = b"", []
    for index, (_, kind, _, data, _) in enumerate(entries):
        if data and (kind == ROOT or len(data) >= CUTOFF):
            starts[index] = len(table)
            body, table = _appended(body, table, data, b"\0")
    small_start = len(table) if small_fat else END
    body, table = _appended(body, table, small_fat, b"\xff")
    directory = b"".join(_entry(entries, index, starts) for index in range(len(entries)))
    first = len(table)
    body, table = _appended(body, table, directory, b"\0")
    return _assembled(body, table, first, (small_start, -(-len(small_fat) // SECTOR)))


def _chain(first, count):
    """The allocation of ``count`` sectors in a row."""
    return [first + at + 1 for at in range(count - 1)] + [END] if count else []


def _appended(body, table, data, filler):
    """Body and table with one more stream."""
    count = -(-len(data) // SECTOR)
    return body + data.ljust(count * SECTOR, filler), table + _chain(len(table), count)


def _collect(tree, entries, parent):
    """Append the entries of a storage; its children are linked as a chain to the right, in the order that the format wants."""
    previous = None
    for name in sorted(tree, key=lambda each: (len(each), each.upper())):
        index = len(entries)
        value = tree[name]
        entries.append([name, STORAGE if isinstance(value, dict) else STREAM, FREE, value if isinstance(value, bytes) else b"", FREE])
        if previous is None:
            entries[parent][2] = index
        else:
            entries[previous][4] = index
        previous = index
        if isinstance(value, dict):
            _collect(value, entries, index)


def _entry(entries, index, starts):
    """One directory entry of 128 bytes."""
    name, kind, child, data, right = entries[index]
    wide = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", FREE, right, child)
    return wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide), kind, 1) + links + bytes(36) + struct.pack("<IQ", starts.get(index, END), len(data))


def _assembled(body, table, directory, small):
    """Header, streams and the allocation table."""
    sectors = 1
    while (len(table) + sectors) * 4 > sectors * SECTOR:
        sectors += 1
    places = [len(table) + at for at in range(sectors)]
    table = table + [FAT] * sectors
    packed = struct.pack(f"<{len(table)}I", *table).ljust(sectors * SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, sectors, directory, 0, CUTOFF, *small, END, 0)
    return head + struct.pack("<109I", *places, *[FREE] * (109 - sectors)) + body + packed


def message(texts, *, binaries=None, fixed=None, files=(), inner=(), codepage=None, top=True):
    """An Outlook item as a tree: texts by property number (str wide, bytes narrow), attachments and messages inside."""
    tree = {}
    for number, value in texts.items():
        narrow = isinstance(value, bytes)
        tree[f"__substg1.0_{number:04X}{'001E' if narrow else '001F'}"] = value if narrow else value.encode("utf-16-le")
    for number, value in (binaries or {}).items():
        tree[f"__substg1.0_{number:04X}0102"] = value
    numbers = dict(fixed or {})
    if codepage:
        numbers[0x3FFD] = codepage
    tree["__properties_version1.0"] = bytes(32 if top else 24) + b"".join(_property(number, value) for number, value in numbers.items())
    for at, attached in enumerate([*files, *inner]):
        tree[f"__attach_version1.0_#{at:08X}"] = attached
    return tree


def _property(number, value):
    """A fixed property: a moment where the number is large, else a 32-bit value."""
    kind = 0x0040 if value > 0xFFFFFFFF else 0x0003
    return struct.pack("<IIQ", number << 16 | kind, 6, value)


def attached_file(name, data):
    """An attachment storage that holds a file."""
    return {
        "__substg1.0_3707001F": name.encode("utf-16-le"),
        "__substg1.0_37010102": data,
        "__properties_version1.0": bytes(8),
    }


def attached_message(tree):
    """An attachment storage that holds a message."""
    return {"__substg1.0_3701000D": tree, "__properties_version1.0": bytes(8)}


def filetime(seconds):
    """Seconds since 1970 as FILETIME."""
    return EPOCH_TICKS + seconds * 10_000_000


def workbook(*sheets):
    """An xls of sheets, each (name, visibility, rows, merged ranges); cells are str, float or None."""
    bodies = [_sheet(rows, merged) for _, _, rows, merged in sheets]
    head = _bof(5) + b"".join(_record(0xE0, bytes(20)) for _ in range(16))
    bounds_size = sum(4 + 8 + 2 * len(name) for name, *_ in sheets)
    at = len(head) + bounds_size + 4
    bounds = b""
    for (name, hidden, *_), body in zip(sheets, bodies, strict=True):
        bounds += _record(0x85, struct.pack("<IBBBB", at, hidden, 0, len(name), 1) + name.encode("utf-16-le"))
        at += len(body)
    stream = head + bounds + _record(0x0A, b"") + b"".join(bodies)
    return compound({"Workbook": stream})


def _sheet(rows, merged):
    """The records of one sheet."""
    body = _bof(0x10)
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if isinstance(value, str):
                body += _record(0x204, struct.pack("<HHHHB", y, x, 0, len(value), 1) + value.encode("utf-16-le"))
            elif value is not None:
                body += _record(0x203, struct.pack("<HHHd", y, x, 0, value))
    if merged:
        body += _record(0xE5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<HHHH", *each) for each in merged))
    return body + _record(0x0A, b"")


def _bof(kind):
    """Beginning of a workbook or a sheet."""
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


def _record(number, data):
    """One BIFF record."""
    return struct.pack("<HH", number, len(data)) + data


def read(data, name="邮件.msg") -> Document:
    """The document, through the door."""
    return ingest.read(Source(name=name, data=data))
