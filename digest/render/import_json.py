"""JSON bytes of ``write_json`` in, Sheet out: drafts come back from the archive, and from the copy inside a DOCX."""

import json
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from msgspec import Struct

from digest.errors import Unreadable
from digest.model.sheet import Sheet
from digest.render.write_json import SCHEMA


def read(data: bytes, name: str = "sheet.json") -> Sheet:
    """The sheet that was written.

    Raises:
        Unreadable: not JSON, not ours, or of another schema.
    """
    try:
        found = json.loads(data)
        schema = found.get("schema") if isinstance(found, dict) else None
        if schema == SCHEMA:
            sheet: Sheet = revive(Sheet, found["sheet"])
            return sheet
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(f"{name}：学习单数据读不出（{type(error).__name__}），文件可能被改动或截断。请用生成时的原件，或重新生成。") from error
    raise Unreadable(f"{name}：不是本程序的学习单数据（schema 为 {schema!r}，应为 {SCHEMA}）。请用同一版本生成的文件。")


def revive(kind: Any, value: Any) -> Any:
    """A plain value as the annotated ``kind``: struct, enum, tuple, optional or scalar."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        hints = get_type_hints(kind)
        given = {name: revive(hints[name], value[name]) for name in kind.__struct_fields__ if name in value}
        return kind(**given)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if get_origin(kind) is tuple:
        return revive_tuple(get_args(kind), value)
    if isinstance(kind, UnionType):
        return None if value is None else revive(next(arm for arm in get_args(kind) if arm is not type(None)), value)
    return revive_scalar(kind, value)


def revive_tuple(arms: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    """A list as a tuple: of one kind (``tuple[int, ...]``) or of a fixed shape (``tuple[int, int]``)."""
    if not isinstance(value, list):
        raise TypeError(type(value).__name__)
    if len(arms) == 2 and arms[1] is Ellipsis:
        return tuple(revive(arms[0], item) for item in value)
    return tuple(revive(arm, item) for arm, item in zip(arms, value, strict=True))


def revive_scalar(kind: type, value: Any) -> Any:
    """A string, number or flag, refused where the kind is another (a number read from JSON may lack its fraction)."""
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise TypeError(type(value).__name__)
    return value
