"""Sheet and Look in, one HTML file out: read on a phone, printable, every line's source unfolding; it asks nothing of the network.

The design's ``sheet.html`` is Jinja2 in a sandbox; whatever is wrong in it is reported with file and line.
"""

import base64
import traceback
from collections.abc import Sequence
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from digest.errors import BadTemplate
from digest.model.look import Look
from digest.model.page import Page
from digest.model.sheet import Detail, Line, Sheet
from digest.render.traced import traced

OUR_FAULTS = (MemoryError, RecursionError)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def write(sheet: Sheet, page: Page, look: Look) -> bytes:
    """The sheet as one UTF-8 file.

    Raises:
        BadTemplate: sheet.html cannot be read as a template, or asks for something that is not there.
    """
    try:
        text = template_of(look).render(sheet=sheet, page=page, look=look, words=look.words, policy=POLICY)
    except TemplateSyntaxError as error:
        raise BadTemplate(message(look, error.lineno, error.message or "语法不对")) from error
    except OUR_FAULTS:
        raise
    except Exception as error:
        raise BadTemplate(message(look, line_of(error), cause_of(error))) from error
    return (text.strip() + "\n").encode()


@lru_cache(maxsize=8)
def template_of(look: Look) -> Template:
    """A design's sheet.html, compiled once for all sheets."""
    return environment(look).from_string(look.html_text)


def environment(look: Look) -> SandboxedEnvironment:
    """Jinja2 with everything escaped, nothing undefined, and our filters."""
    made = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {
        "pieces": pieces,
        "traced": traced,
        "value": value,
        "embedded": embedded,
        "day": day,
        "reverse": lambda key: (plan := look.plan(key)) is not None and plan.reverse,
    }
    return made


def embedded(data: bytes) -> str:
    """A PNG as an address that needs no network."""
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def pieces(line: Line) -> list[tuple[str, bool]]:
    """A line's text cut at its emphasis: (text, bold)."""
    cuts = [(start, end) for start, end in sorted(line.emphasis) if start < end <= len(line.text)]
    found: list[tuple[str, bool]] = []
    place = 0
    for start, end in cuts:
        if start < place:
            continue
        found += [(line.text[place:start], False), (line.text[start:end], True)]
        place = end
    found.append((line.text[place:], False))
    return [piece for piece in found if piece[0]]


def value(details: Sequence[Detail], name: str) -> str:
    """The value of one cell of the facts strip; empty where the sheet lacks it."""
    return next((detail.value for detail in details if detail.name == name), "")


def day(iso: str) -> str:
    """2026-09-01 as 2026年9月1日; anything else as it is."""
    parts = iso.split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"
    return iso


def message(look: Look, line: int | None, cause: str) -> str:
    """The user's sentence: file, line, cause, what to do."""
    place = f"第{line}行" if line else ""
    name = f"{look.folder}/{look.html_file}" if look.folder else look.html_file
    return f"模板 {name} {place}：{cause}。请改正这一处，或从程序自带的模板里重新复制这个文件。"


def line_of(error: BaseException) -> int | None:
    """The template's own line that failed: the last traceback frame inside it."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return frames[-1].lineno if frames else None


def cause_of(error: BaseException) -> str:
    """What went wrong, as far as Jinja2 tells it."""
    kind = "写法不对" if isinstance(error, TemplateError) else type(error).__name__
    return f"{kind}（{error}）"
