"""Values of model/ to JSON and back: structs, tuples, enums and plain values, told by their type hints.

Not pickle: a restored backup must not be able to run anything. Unknown keys are skipped and missing ones take their default, so
that an archive outlives changes of the model.
"""

import json
import types
import typing
import zlib
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from msgspec import Struct

from digest.errors import ArchiveError

T = TypeVar("T")


def dump(value: object) -> str:
    """A value as compact JSON text; the same value gives the same text."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def load(kind: type[T], text: str) -> T:
    """The value that ``dump`` wrote.

    Raises:
        ArchiveError: the text is no such value.
    """
    try:
        return typing.cast(T, revive(kind, json.loads(text)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ArchiveError(f"历史库中的一条记录读不懂（{kind.__name__}：{error}）。请用最近的备份恢复，或重新放入原文件。") from error


def pack(value: object) -> bytes:
    """A value as compressed JSON, for large ones."""
    return zlib.compress(dump(value).encode("utf-8"), 6)


def unpack(kind: type[T], data: bytes) -> T:
    """The value that ``pack`` wrote.

    Raises:
        ArchiveError: the bytes are no such value.
    """
    try:
        text = zlib.decompress(data).decode("utf-8")
    except (zlib.error, UnicodeDecodeError) as error:
        raise ArchiveError("历史库中的一条记录已损坏。请用最近的备份恢复，或重新放入原文件。") from error
    return load(kind, text)


def plain(value: object) -> Any:
    """A value as lists, dicts and scalars."""
    if isinstance(value, Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return value


@cache
def hints_of(kind: type[Struct]) -> dict[str, Any]:
    """The resolved type of each field of a struct."""
    found = typing.get_type_hints(kind)
    return {name: found[name] for name in kind.__struct_fields__}


def revive(kind: Any, data: Any) -> Any:
    """Plain data as a value of ``kind``."""
    origin = get_origin(kind)
    if origin is tuple:
        return revive_tuple(get_args(kind), data)
    if origin in (typing.Union, types.UnionType):
        return revive_union(get_args(kind), data)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return kind(**{name: revive(hint, data[name]) for name, hint in hints_of(kind).items() if name in data})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if kind is float and isinstance(data, int):
        return float(data)
    if isinstance(kind, type) and not isinstance(data, kind):
        raise TypeError(f"{kind.__name__} expected, {type(data).__name__} found")
    return data


def revive_tuple(kinds: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    """A list as a tuple of one kind (``tuple[X, ...]``) or of several in order."""
    if not isinstance(data, list):
        raise TypeError(f"list expected, {type(data).__name__} found")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(revive(kinds[0], item) for item in data)
    return tuple(revive(kind, item) for kind, item in zip(kinds, data, strict=True))


def revive_union(kinds: tuple[Any, ...], data: Any) -> Any:
    """Plain data as ``X | None``."""
    if data is None and type(None) in kinds:
        return None
    (kind,) = (kind for kind in kinds if kind is not type(None))
    return revive(kind, data)
