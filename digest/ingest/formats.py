"""READERS: format name to ``module:function``, imported only when a file of that format comes.

Each function has the signature ``(source: Source, context: Context) -> Document``. A format that is known but not read
has its sentence in refusals.toml.
"""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib import import_module

from digest import errors, shipped
from digest.ingest.context import Context
from digest.model.document import Document
from digest.model.source import Source

Reader = Callable[[Source, Context], Document]

READERS = {
    "docx": "digest.ingest.read_docx:read_docx",
    "pdf": "digest.ingest.read_pdf:read_pdf",
    "txt": "digest.ingest.read_txt:read_txt",
    "md": "digest.ingest.read_txt:read_txt",
    "eml": "digest.ingest.read_eml:read_eml",
    "html": "digest.ingest.read_html:read_html",
    "mht": "digest.ingest.read_html:read_mht",
    "doc": "digest.ingest.read_doc:read_doc",
    "wps": "digest.ingest.read_doc:read_doc",
    "rtf": "digest.ingest.read_rtf:read_rtf",
    "flatopc": "digest.ingest.read_flat:read_flat_opc",
    "wordml": "digest.ingest.read_flat:read_wordml",
    "sheetml": "digest.ingest.read_sheetml:read_sheetml",
    "msworks": "digest.ingest.read_office:read_office",
    "word6": "digest.ingest.read_office:read_office",
    "odt": "digest.ingest.read_office:read_office",
    "encrypted": "digest.ingest.read_locked:read_locked",
    "ofd": "digest.ingest.read_ofd:read_ofd",
    "p7m": "digest.ingest.read_p7m:read_p7m",
    "msg": "digest.ingest.read_msg:read_msg",
    "xlsx": "digest.ingest.read_xlsx:read_xlsx",
    "xls": "digest.ingest.read_xls:read_xls",
    "zip": "digest.ingest.read_zip:read_zip",
    "7z": "digest.ingest.read_zip:read_7z",
    "png": "digest.ingest.read_image:read_image",
    "jpg": "digest.ingest.read_image:read_image",
    "tif": "digest.ingest.read_image:read_image",
    "bmp": "digest.ingest.read_image:read_image",
    "gif": "digest.ingest.read_image:read_image",
    "webp": "digest.ingest.read_image:read_image",
}


def reader_of(form: str, name: str) -> Reader:
    """The reader of a format.

    Raises:
        DigestError: the format is not read (refusals.toml says what to do instead), or a component is missing.
    """
    if form not in READERS:
        raise refusal(form, name)
    module, _, function = READERS[form].partition(":")
    try:
        found: Reader = getattr(import_module(module), function)
    except ImportError as error:
        missing = error.name or "未知组件"
        raise errors.MissingTool(f"《{name}》是 {form} 文件，读取它的组件 {missing} 没有装好：请重新运行 python start.py 补装后再试。") from error
    return found


def refusal(form: str, name: str) -> errors.DigestError:
    """The refusal of refusals.toml for a format, with the file's name filled in."""
    table = refusals()
    entry = table.get(form, table["unknown"])
    kind: type[errors.DigestError] = getattr(errors, entry["error"])
    return kind(entry["text"].format(name=name, form=form))


@cache
def refusals() -> dict[str, dict[str, str]]:
    """refusals.toml, read once: format to error class and Chinese sentence."""
    return tomllib.loads(shipped.text("ingest", "refusals.toml"))
