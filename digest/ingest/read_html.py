"""html and mht to Document by own block rules: script, navigation and hidden text out, br and rows as line ends, tables kept.

Nothing is ever fetched. Links to files (doc, pdf, ofd…) are named as attachments that were not read.
"""

import email
import re
from email import policy
from email.message import Message
from urllib.parse import unquote

from lxml import etree, html

from digest.errors import NoText, Unreadable
from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.encoding import decode
from digest.ingest.read_html_blocks import Flow
from digest.model.document import Document
from digest.model.source import Source

META = re.compile(rb"(?is)<meta[^>]+charset\s*=\s*[\"']?\s*([a-z0-9_-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([a-z0-9_-]+)")
META_WINDOW = 4096
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
PAPERS = re.compile(r"(?i)\.(docx?|wps|pdf|ofd|xlsx?|et|zip|rar|7z|txt)(?:$|[?#])")
FRAMES = re.compile(r"(?i)<frameset[\s>]")
KEPT_LINKS = 40


def read_html(source: Source, context: Context) -> Document:
    """Read a saved web page.

    Raises:
        NoText: it only frames other files, as Excel saves a workbook of several sheets.
    """
    text = text_of(source.data)
    builder = Builder(source, "html")
    add_html(builder, text)
    if FRAMES.search(text) and not builder.blocks:
        raise NoText(f"《{source.name}》只是网页的框架，内容在同名的“.files”文件夹里：请用原来的软件打开，另存为 docx、xlsx 或 PDF 后再试。")
    return builder.finish()


def read_mht(source: Source, context: Context) -> Document:
    """Read a web archive: its first page, or all pages that this one frames (the sheets of a workbook)."""
    message = email.message_from_bytes(source.data, policy=policy.compat32)
    pages = [_page(part) for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise Unreadable(f"《{source.name}》是网页存档，但里面没有网页正文：请在浏览器里重新另存为“网页，仅 HTML”或打印成 PDF 后再试。")
    builder = Builder(source, "mht")
    for text in pages[1:] if FRAMES.search(pages[0]) and pages[1:] else pages[:1]:
        add_html(builder, text)
    return builder.finish()


def _page(part: Message) -> str:
    """The text of one page of an archive."""
    data = part.get_payload(decode=True)
    return text_of(data if isinstance(data, bytes) else b"", str(part.get_param("charset") or ""))


def text_of(data: bytes, label: str = "") -> str:
    """The page's text; the charset that the page states itself only breaks ties."""
    stated = META.search(data[:META_WINDOW])
    own = next((each.decode("ascii") for each in stated.groups() if each), "") if stated else ""
    return decode(data, label or own).text


def add_html(builder: Builder, text: str, *, links: bool = True) -> None:
    """Add the blocks of a page to the current part; ``links`` says whether linked files are named."""
    root = parse_html(text)
    if root is None:
        return
    title = (root.findtext(".//title") or "").strip()
    if title:
        builder.properties.append(("title", title))
    body = root.find(".//body")
    Flow(builder).read(root if body is None else body)
    if links:
        _name_links(builder, root)


def parse_html(text: str) -> etree._Element | None:
    """The page's tree; None where there is nothing in it."""
    text = DECLARATION.sub("", text.replace("\x00", ""))
    if not text.strip():
        return None
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _name_links(builder: Builder, root: etree._Element) -> None:
    """Name the files that the page links to."""
    seen: set[str] = set()
    for link in root.iter("a"):
        target = str(link.get("href") or "")
        if not PAPERS.search(target) or target in seen or len(seen) >= KEPT_LINKS:
            continue
        seen.add(target)
        shown = " ".join("".join(map(str, link.itertext())).split())
        name = shown or unquote(target).replace("\\", "/").rpartition("/")[2]
        builder.name_only(name, "网页里的链接，本工具不联网，没有下载")
