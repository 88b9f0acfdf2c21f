"""A wording before and after it went through Word; what that changed of its source, out."""

from msgspec import Struct

from digest.zh import guard

OWN = "网点补充"
SHOWN = 20  # characters of a wording in a message


class Deviation(Struct, frozen=True, kw_only=True):
    """One thing that was done to the sheet by hand.

    ``kind`` is reworded, removed, added, moved or dropped. ``causes`` say what a wording changed of its source, in the user's Chinese;
    empty means that the guard finds nothing binding touched. ``key`` names the place, such as ``line-3`` or ``point``.
    """

    kind: str
    key: str
    before: str = ""
    after: str = ""
    causes: tuple[str, ...] = ()

    @property
    def serious(self) -> bool:
        """Whether it must be confirmed before the sheet is handed out."""
        return bool(self.causes)

    def told(self) -> str:
        """One sentence for the sheet's notices."""
        shown = self.after if len(self.after) <= SHOWN else f"{self.after[:SHOWN]}…"
        return f"在 Word 里改过，请与原文核对：“{shown}”：{'；'.join(self.causes)}"


def same(one: str, two: str) -> bool:
    """Whether two texts differ in blanks at most."""
    return "".join(one.split()) == "".join(two.split())


def causes_of(source: str, text: str) -> tuple[str, ...]:
    """What a wording changed of its source; words without a source are the branch's own."""
    if not source:
        return (f"原文没有这一条，是{OWN}的",)
    found = [each.message for each in guard.violations(source, text)]
    found += [f"原文没有这些字：“{run}”" for run in guard.foreign(source, text) if not any(run in each for each in found)]
    return tuple(dict.fromkeys(found))


def new_causes(source: str, before: str, after: str) -> tuple[str, ...]:
    """What an edit changed that the wording before it had not."""
    known = causes_of(source, before)
    return tuple(cause for cause in causes_of(source, after) if cause not in known or not source)


def causes_of_cell(source: str, before: str, after: str) -> tuple[str, ...]:
    """What a cell of the numbers table changed: it must keep the figures it had, in words of the source."""
    found = tuple(dict.fromkeys(each.message for each in guard.violations(before, after)))
    if not found and source and not guard.is_subsequence(source, after):
        return (f"“{after}”不是原文的话",)
    return found
