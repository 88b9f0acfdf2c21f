"""How much was understood, and what the user must be told: little text from a big file, garbled text, unread parts."""

import re
from collections.abc import Sequence

from digest.model.document import BlockKind, Document, Notice
from digest.model.outline import Coverage, Passage, Sentence
from digest.structure.lines import fold

SPARSE_BYTES = 200_000  # a file this large …
SPARSE_CHARACTERS = 200  # … with fewer characters than this has not been read as a whole
SPARSE_PER_PAGE = 50  # characters a page; below it pages are pictures (ingest.md 1)
GARBLED_SHARE = 0.15  # of the characters that no Chinese text has
LOST_SHARE = 0.4  # of the text read that found no place in a sentence
LEAST = 400  # characters below which shares tell nothing
STRANGE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\(cid:\d+\)|[\u0400-\u04ff\u0e00-\u0e7f\u0600-\u06ff]")


def measure(document: Document, sentences: Sequence[Sentence], cut: Sequence[Passage]) -> Coverage:
    """Characters read, kept, and left out on purpose, and the share that is strange."""
    text = "".join(fold(block.raw) for block in document.blocks)
    kept = sum(len(fold(sentence.text)) for sentence in sentences)
    strange = sum(len(found.group()) for found in STRANGE.finditer(text))
    skipped = sum(len(fold(passage.text)) for passage in cut)
    furniture = max(0, len(text) - kept - skipped)
    return Coverage(read=len(text), kept=kept, furniture=furniture, skipped=skipped, garbled=round(strange / len(text), 4) if text else 0.0)


def notices(document: Document, coverage: Coverage) -> list[Notice]:
    """Everything worth an alarm."""
    found: list[Notice] = []
    if coverage.read < SPARSE_CHARACTERS and document.size > SPARSE_BYTES:
        found.append(
            Notice(code="sparse", text=f"文件有 {document.size // 1000} 千字节，只读到 {coverage.read} 个字，可能有图片或内嵌对象没有读进来，请核对原文。")
        )
    elif document.pages and document.pages > 1 and coverage.read < SPARSE_PER_PAGE * document.pages:
        found.append(Notice(code="sparse_pages", text=f"共 {document.pages} 页，平均每页不到 {SPARSE_PER_PAGE} 字，可能有扫描页没有识别，请核对原文。"))
    if coverage.garbled > GARBLED_SHARE:
        found.append(Notice(code="garbled", text=f"约 {coverage.garbled:.0%} 的字是乱码，请用原来的软件打开核对，或另存后再试。"))
    if coverage.read >= LEAST and coverage.kept < LOST_SHARE * coverage.read and prose_share(document) > LOST_SHARE:
        found.append(Notice(code="lost", text=f"读到 {coverage.read} 字，只有 {coverage.kept} 字归入正文，请核对是否漏读。"))
    for attachment in document.attachments:
        if not attachment.read:
            found.append(Notice(code="attachment_unread", text=f"附件《{attachment.name}》没有读进来：{attachment.why or '原因不明'}。", place=attachment.name))
    return found


def prose_share(document: Document) -> float:
    """The share of the text that is neither table cells nor page furniture."""
    sizes = [(block.kind, len(fold(block.raw))) for block in document.blocks]
    total = sum(size for _, size in sizes)
    return sum(size for kind, size in sizes if kind not in (BlockKind.CELL, BlockKind.FURNITURE)) / total if total else 0.0
