"""Sheet and Page in, JSON bytes out: everything that was said, left out, missing or doubtful, for programs and for the archive.

The fields are those of ``digest/model/sheet.py``, name for name, in their order; docs/json.md describes them. ``import_json.read``
reads them back.
"""

import json
from enum import Enum
from typing import Any

from msgspec import Struct

from digest import __version__
from digest.model.page import Page
from digest.model.sheet import Sheet

SCHEMA = "digest.sheet/1"  # raised when a field is renamed or removed; new fields do not raise it
DRAWN = ("marks", "markup")  # fields of Page that only drawing needs


def write(sheet: Sheet, page: Page) -> bytes:
    """The sheet as UTF-8 JSON, two blanks of indent, one final line break."""
    return (json.dumps(document(sheet, page), ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def document(sheet: Sheet, page: Page) -> dict[str, Any]:
    """The whole JSON document as plain values."""
    placed = {name: value for name, value in plain(page).items() if name not in DRAWN}
    return {"schema": SCHEMA, "program": f"digest {__version__}", "sheet": plain(sheet), "page": placed}


def plain(value: Any) -> Any:
    """A value of the model as dicts, lists, strings and numbers."""
    if isinstance(value, Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value
