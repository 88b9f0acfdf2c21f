"""Edits on a draft: a named operation with its values in, a Step out: the new draft and what must be confirmed first.

Operations are pure. A wording that says something else than its source is never kept without the manager's word for it.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from digest.archive import values
from digest.archive.sources import Kept
from digest.errors import ArchiveError, UsageError
from digest.model.look import Look
from digest.model.sheet import Sheet
from digest.preview.draft import Deviation, Draft
from digest.preview.guarding import Finding


class Desk(Struct, frozen=True, kw_only=True):
    """What operations may look at: the design, what was understood, other designs, and whether a sheet fits its page."""

    look: Look
    kept: Kept
    look_named: Callable[[str], Look]
    fits: Callable[[Sheet, Look], bool]


class Step(Struct, frozen=True, kw_only=True):
    """A draft after an operation. ``findings`` are deviations by line or field that wait for a confirmation."""

    draft: Draft
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    touched: int | None = None  # the line to select afterwards


class Operation(Struct, frozen=True, kw_only=True):
    """One kind of edit: its values' type, its function, its name in the undo menu."""

    values: type
    run: Callable[[Draft, Any, Desk], Step]
    label: str


class Confirmed(Struct, frozen=True, kw_only=True):
    """The manager's word for a deviation."""

    who: str
    why: str = ""


def operations() -> dict[str, Operation]:
    """Every operation by name."""
    from digest.preview import edits_choice, edits_fields, edits_join, edits_lines

    found: dict[str, Operation] = {}
    for table in (edits_lines.OPERATIONS, edits_join.OPERATIONS, edits_choice.OPERATIONS, edits_fields.OPERATIONS):
        assert not found.keys() & table.keys()
        found |= table
    return found


def apply(draft: Draft, name: str, given: dict[str, Any], desk: Desk) -> Step:
    """Run one operation on a draft.

    Raises:
        UsageError: there is no such operation, its values are not what it takes, or it makes no sense on this draft.
    """
    operation = operations().get(name)
    if operation is None:
        raise UsageError("没有这种修改。请刷新页面后再试。")
    try:
        edit = values.revive(operation.values, given)
    except (TypeError, ValueError, KeyError, AttributeError, ArchiveError) as error:
        raise UsageError("这次修改的内容不完整。请刷新页面后再试。") from error
    step = operation.run(draft, edit, desk)
    return replace(step, draft=forget(step.draft))


def label_of(name: str) -> str:
    """An operation's name in the undo menu."""
    return operations()[name].label


def confirm(step: Step, word: Confirmed) -> Draft:
    """The draft with the step's deviations noted under the manager's name."""
    found = [
        Deviation(key=key, messages=tuple(finding.message for finding in findings), who=word.who, why=word.why)
        for key, findings in step.findings.items()
        if findings
    ]
    kept = tuple(each for each in step.draft.deviations if each.key not in step.findings)
    return replace(step.draft, deviations=kept + tuple(found))


def forget(draft: Draft) -> Draft:
    """The draft without deviations and pins of lines that are gone."""
    here = set(draft.numbers)
    alive = {f"line-{number}" for number in here}
    return replace(
        draft,
        deviations=tuple(each for each in draft.deviations if each.key in alive or not each.key.startswith("line-")),
        pinned=tuple(number for number in draft.pinned if number in here),
    )


def without(draft: Draft, *keys: str) -> Draft:
    """The draft without the deviations noted for some lines or fields."""
    return replace(draft, deviations=tuple(each for each in draft.deviations if each.key not in keys))
