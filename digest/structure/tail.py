"""版记: from 抄送 or the printing line to the end of a paper is cut (GB/T 9704-2012 clause 7.4)."""

import re
from collections.abc import Sequence

from digest.model.outline import Passage
from digest.structure.lines import fold

COPIES = re.compile(r"^[*＊]?(?:抄送|抄报|主送|分送|发送|内部发送|主题词|分送范围)[:：]|^(?:抄送|抄报|内部发送)")
PRINTED = re.compile(
    r"^.{0,40}?(?:19|20)\d{2}年\d{1,2}月\d{1,2}日(?:印发|印制|封发)[。.]?$|^共印\d+份|^打字[:：].{1,8}校对|^校对[:：].{1,20}$|^印发(?:单位|日期)[:：]"
)
PROVENANCE = re.compile(r"^\*?(?:资料来源|文章来源|信息来源|来源|原文阅读|原文链接|责任编辑|打印本页|手机扫一扫|扫一扫|分享到)|^\*资料来源")
LONGEST = 200


def tail_passages(passages: Sequence[Passage]) -> set[int]:
    """Numbers of the passages that belong to a 版记 or to a web page's foot."""
    found: set[int] = set()
    copies = False
    for passage in passages:
        text = fold(passage.text)
        if PRINTED.match(text) or (len(text) <= 60 and PROVENANCE.match(text)):
            found.add(passage.number)
            copies = False
        elif COPIES.match(text) and len(text) <= LONGEST:
            found.add(passage.number)
            copies = not text.endswith(("。", "."))
        elif copies and len(text) <= LONGEST and ":" not in text and is_names(text):
            found.add(passage.number)
        else:
            copies = False
    return found


def is_names(text: str) -> bool:
    """Whether a passage only goes on with names of offices."""
    return re.fullmatch(r"[^。；]{2,200}[。.]?", text) is not None and not re.search(r"应当|不得|必须|附件|^第|^[一二三四五六七八九十]+、", text)


def printed_on(passages: Sequence[Passage]) -> str:
    """The printing line's words (for the date where none was signed); empty where there is none."""
    return next((passage.text for passage in reversed(passages) if "印发" in passage.text and PRINTED.match(fold(passage.text))), "")
