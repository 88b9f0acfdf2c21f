"""A paragraph with soft line breaks (Shift+Enter, br) to the lines that stand for themselves.

Office writers use them both to wrap a long title and to begin the next item; so a break stays a break unless the text
clearly runs on over it.
"""

import re

BEGINS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,6}[编章节条]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[①-⑳●■◆•▪—-]|[一二三四五六七八九十]是|附|抄送|联系|电话|(?:19|20)\d{2}\s*年)"
)
ENDS = re.compile(r"[。；：！？;:!?…][”’）)》]?\s*$")
RUNS_ON = 20  # a line shorter than this without a closing mark is a line of its own (signature, date, cell)


def split_lines(text: str, *, centred: bool = False) -> list[str]:
    """The lines of a paragraph, blank ones dropped; a break in the middle of running text or of a title is closed."""
    lines: list[str] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        if lines and not centred and _runs_on(lines[-1], line):
            lines[-1] = _closed(lines[-1], line)
        else:
            lines.append(line.rstrip())
    return lines


def _runs_on(line: str, following: str) -> bool:
    """Whether running text goes on over a break."""
    return len(line) >= RUNS_ON and not ENDS.search(line) and not BEGINS.match(following) and not following.startswith(("\u3000", "  ", "\t"))


def _closed(line: str, following: str) -> str:
    """Two lines as one; a blank stays between Latin words."""
    following = following.strip()
    blank = " " if line[-1:].isascii() and line[-1:].isalnum() and following[:1].isascii() and following[:1].isalnum() else ""
    return line + blank + following
