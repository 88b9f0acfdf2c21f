"""A title on several lines: cut between words, into lines of even length."""

from functools import lru_cache
from itertools import accumulate

from digest.sheet.pen import Type
from digest.zh import words

NO_START = frozenset("，。；：、？！）》”’〕】的和与及")  # 和, 的 and their like do not begin a line either


@lru_cache(maxsize=500)
def title_lines(title: str, room: float, kind: Type) -> tuple[str, ...]:
    """The lines of a title; as it comes where two even ones cut between words do not hold it."""
    if kind.lines(title, room) != 2:
        return (title,)
    ends = list(accumulate(len(word) for word in words.cut(title)))[:-1]
    cuts = [(title[:end], title[end:]) for end in ends if title[end] not in NO_START and title[end - 1] not in "（《“〔【"]
    fitting = [cut for cut in cuts if all(kind.lines(part, room) == 1 for part in cut) and whole(cut)]
    return min(fitting, key=lambda cut: abs(kind.width(cut[0]) - kind.width(cut[1])), default=(title,))


def whole(cut: tuple[str, str]) -> bool:
    """Whether no bracket stays open at the cut, and no figure is parted from its unit."""
    first, _ = cut
    return not first[-1].isdigit() and all(first.count(opener) == first.count(closer) for opener, closer in ("（）", "《》", "“”", "〔〕"))
