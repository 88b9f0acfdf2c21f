"""Papers of any length for the benches: a regulation out of the samples' own sentences, as docx, PDF and mail.

An article begins as one sentence and ends as another, with figures of its own, so that few articles repeat one another (a paper of
repeats would be cheap to rank). The same call gives the same bytes.
"""

import re
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from write_sample_pdf import write_pdf
from write_samples import TEXTS, Line, lines_of, write_docx

HEAD: tuple[Line, ...] = (("文头", "示例银行文件"), ("文号", "示银发〔2026〕88号"), ("标题", "示例银行网点运营管理办法"), ("主送", "各分行、总行营业部："))
FOOT: tuple[Line, ...] = (("落款", "示例银行"), ("日期", "2026年6月1日"))
BODY = ("文", "条", "项", "二", "三")
ROW, ROWS = 28, 25  # characters in a row and rows on a page, as write_sample_pdf sets them
ARTICLES = 12  # in a chapter
FORMS = ("docx", "pdf", "eml")


def sentences() -> list[str]:
    """The body sentences of all samples."""
    texts = sorted(path.stem for path in TEXTS.glob("*.txt"))
    return [words for name in texts for role, words in lines_of(name) if role in BODY and len(words) >= ROW]


def lines_for(pages: int) -> list[Line]:
    """The paper's lines: chapters of articles until that many pages are full."""
    pool = sentences()
    found: list[Line] = list(HEAD)
    rows, count = 8, 0
    while rows < pages * ROWS:
        if count % ARTICLES == 0:
            found.append(("章", pool[count % len(pool)][:8].rstrip("，。、；：")))
            rows += 1
        text = blend(pool[count % len(pool)], pool[(count * 7 + count // len(pool) + 1) % len(pool)], count // len(pool))
        found.append(("条", text))
        rows += -(-(len(text) + 6) // ROW)
        count += 1
    return [*found, *FOOT]


def blend(one: str, other: str, turn: int) -> str:
    """The first half of one sentence and the second of another, small figures raised by the turn."""
    begins, ends = one.split("，"), other.split("，")
    text = "，".join(begins[: (len(begins) + 1) // 2] + ends[len(ends) // 2 :])
    return re.sub(r"(?<!\d)\d{1,2}(?!\d)", lambda found: str(int(found.group()) + turn), text)


def write(form: str, pages: int) -> bytes:
    """The paper of that many pages in one format."""
    lines = lines_for(pages)
    if form == "eml":
        return write_mail(lines)
    return write_docx(lines) if form == "docx" else write_pdf(lines)


def write_mail(lines: list[Line]) -> bytes:
    """The paper as the text of a mail."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "网点运营管理办法", "总行运营管理部 <yunying@example.com>", "各分行 <fenhang@example.com>"
    mail["Date"] = parsedate_to_datetime("Mon, 01 Jun 2026 09:00:00 +0800")
    numbers = {"章": 0, "条": 0}
    texts = []
    for role, words in lines:
        if role in numbers:
            numbers[role] += 1
            words = f"第{numbers[role]}{role} {words}"
        texts.append(words)
    mail.set_content("\n".join(texts) + "\n", charset="gb18030", cte="base64")
    return mail.as_bytes()
