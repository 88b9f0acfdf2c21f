"""Sheet and Look to the page's own markup: the design's page.xml run through Jinja2 in its sandbox."""

import re
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace

from digest.errors import BadTemplate
from digest.model.look import Look, Words
from digest.model.sheet import Detail, Line, Milestone, NumberRow, Question, Section, Sheet
from digest.zh import clauses, guard, point

UNSEEN = "—"  # what a fact strip shows for a fact that the source does not state and need not
Ranges = tuple[tuple[int, int], ...]
MANY = 12  # lines: a shorter sheet has room to say twice what the one line says
CHANGE = "change"  # a line of this section has no box that would keep its stub useful: it is printed whole
LINE_MARK = "at"  # attribute that carries the template's own line number through to the markup
TAG = re.compile(r"<([a-z]+)(?=[\s/>])")
ANNEX = re.compile(r"附件[0-9一二三四五六七八九十]*")
# XML 1.0, 2.2: what no document may hold; said as what it is, not as what it is not: that takes ten times as long to compile
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Clock(Struct, frozen=True):
    """A time limit that begins with an event (2日内): its words, the lines it stands in, and for what it is."""

    when: str
    lines: str
    what: str = ""


FROZEN = frozenset({Clock, Detail, Line, Look, Milestone, NumberRow, Question, Section, Sheet, Words})


def markup_of(sheet: Sheet, look: Look) -> str:
    """The page as markup, every tag carrying the line of the template it came from.

    Raises:
        BadTemplate: the template's Jinja2 is faulty, asks for something unknown or steps out of the sandbox.
    """
    try:
        return template_of(look).render(sheet=sheet, look=look, words=look.words)
    except TemplateSyntaxError as error:
        raise fault(look, error.lineno, f"Jinja2 语法有误：{error.message}") from None
    except UndefinedError as error:
        raise fault(look, line_of(error), f"没有这个变量：{error.message}") from None
    except SecurityError as error:
        raise fault(look, line_of(error), f"模板里不能这样写：{error.message}") from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise fault(look, line_of(error), f"算不出来：{error}") from None


def fault(look: Look, line: int | None, cause: str) -> BadTemplate:
    """The error for one line of a design's page.xml."""
    place = f"第{line}行" if line else ""
    return BadTemplate(f"模板{place}：{cause}（{look.folder}/{look.page_file}）。可用 digest template check {look.name} 检查。")


def line_of(error: BaseException) -> int | None:
    """The template line an error came from: the last frame Jinja2 gave the template's name."""
    found, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, with a short answer for the frozen values of the model, of which a page reads thousands."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may see an attribute: of a frozen value all that is not private, of anything else what Jinja2 allows."""
        return not attr.startswith("_") if type(obj) in FROZEN else bool(super().is_safe_attribute(obj, attr, value))


@lru_cache(maxsize=8)
def template_of(look: Look) -> Template:
    """A design's page.xml, compiled once."""
    return environment(look).from_string(numbered(look.page_text))


def environment(look: Look) -> ImmutableSandboxedEnvironment:
    """The sandbox a design's templates run in, with the filters of the page."""
    made = Sandbox(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=printable)
    made.filters |= {"rich": rich, "item": rich_item, "standard": rich_standard, "flag": flag, "value": value_of}
    made.filters |= {"headed": headed, "mark": mark_in, "short": said_above, "posts": posts, "asks": asks, "ticks": to_tick}
    made.filters["told"] = lambda line, sheet: escape(point.repeated(line.text, look.words.see_point)) if said_above(line, sheet) else rich(line)
    made.filters["led"] = lambda label, day, sheet: led(label, day, sheet, look)
    made.filters["clocks"] = lambda sheet: [led_to(clock, sheet, look) for clock in clocks(sheet)]
    made.filters["also"] = lambda section, sheet: also(section, sheet, look)
    made.filters["reverse"] = lambda key: flag(any(plan.key == key and plan.reverse for plan in look.sections))
    return made


def numbered(text: str) -> str:
    """The template with its own line number in every tag."""
    lines = text.split("\n")
    return "\n".join(TAG.sub(rf'<\1 {LINE_MARK}="{number}"', line) for number, line in enumerate(lines, start=1))


def printable(value: Any) -> Any:
    """A value without the characters that markup cannot hold."""
    return NOT_XML.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def rich(line: Line) -> Markup:
    """A line's text with its emphasis as <b>."""
    return bolded(line.text, line.emphasis)


def said_above(line: Line, sheet: Sheet) -> bool:
    """Whether the one line says all that a line says, on a sheet of many: the section then prints its first words only, with number, article, posts and box."""
    return (
        line.number == sheet.point_line
        and len(sheet.lines) >= MANY
        and not any(line.number == each.number for section in sheet.sections if section.key == CHANGE for each in section.lines)
        and guard.is_subsequence(sheet.point, line.text)
        and point.repeated(line.text, "") != line.text
    )


def posts(line: Line) -> list[str]:
    """The posts that a line is for, as printed behind it: those that the paper names as acting, or that the manager set."""
    return list(line.roles)


def asks(line: Line) -> bool:
    """Whether a line asks for something beside what it allows (可由亲属代办；…的，应当核实): then it has a box, too."""
    return clauses.asks(line.text)


def to_tick(line: Line) -> bool:
    """Whether a line of the duties or the bans is something to tick off: what only says what counts as what (视为, 无效) is not."""
    return not clauses.declares(line.text)


def rich_item(row: NumberRow) -> Markup:
    """A row's matter with the emphasis of its line."""
    return bolded(row.item, row.line.emphasis if row.line.text.startswith(row.item) else ())


def rich_standard(row: NumberRow) -> Markup:
    """A row's standard with the emphasis of its line, whose end it is."""
    text, ranges = row.standard, row.line.emphasis
    shift = len(row.line.text) - len(text)
    return bolded(text, tuple((start - shift, end - shift) for start, end in ranges) if row.line.text.endswith(text) else ())


@lru_cache(maxsize=2_000)
def bolded(text: str, ranges: Ranges) -> Markup:
    """A text with ranges as <b>; what lies outside the text is cut off."""
    parts, position = [], 0
    for start, end in sorted(ranges):
        start, end = max(start, position), min(end, len(text))
        if start >= end:
            continue
        parts.append(Markup("{}<b>{}</b>").format(printable(text[position:start]), printable(text[start:end])))
        position = end
    return Markup("").join([*parts, escape(printable(text[position:]))])


def headed(section: Section) -> str:
    """A section's heading, with the annex that all its lines stand in."""
    annex = annex_of(section)
    return f"{section.title}（{annex}）" if annex else section.title


def also(section: Section, sheet: Sheet, look: Look) -> str:
    """What stands beside the heading of the bans: where else on the page something is forbidden (另见3、7); empty where nothing is."""
    numbers = sheet.forbidding_outside(section) if any(plan.key == section.key and plan.reverse for plan in look.sections) else ()
    return look.words.also + "、".join(map(str, numbers)) if numbers else ""


def mark_in(entry: Line | NumberRow, section: Section) -> str:
    """The article mark of a line or row without the annex that the section's heading names."""
    return entry.mark.removeprefix(annex_of(section)).strip() if annex_of(section) else entry.mark


def annex_of(section: Section) -> str:
    """The annex that every line of a section is taken from; empty for a single line, or where they come from several places."""
    marks = [*(line.mark for line in section.lines), *(row.mark for row in section.rows)]
    found = {(hit.group() if (hit := ANNEX.match(mark)) else "") for mark in marks}
    return found.pop() if len(found) == 1 and len(marks) > 1 else ""


def flag(value: object) -> str:
    """Truth as the markup writes it."""
    return "yes" if value else ""


def value_of(details: tuple[Detail, ...], name: str) -> str:
    """The value of a detail by its name; empty if it is missing."""
    return next((detail.value for detail in details if detail.name == name and not detail.missing and detail.value != UNSEEN), "")


def clocks(sheet: Sheet) -> list[Clock]:
    """Every time limit of the staff's own on the sheet, from what and for what, with the numbers of its lines; days on the time line are not repeated."""
    on_line = len(sheet.milestones) > 1 or any(each.end for each in sheet.milestones)
    shown = {(each.day, each.line) for each in sheet.milestones} | {(each.end, each.line) for each in sheet.milestones if each.end} if on_line else set()
    limits = [
        (limit, line.number)
        for line in sheet.lines
        for limit in line.limits
        if limit.words in line.text and (limit.day, line.number) not in shown and (limit.what or limit.day)  # 24小时内 of nothing helps nobody
    ]
    found: dict[tuple[str, str], set[int]] = {}
    for limit, number in sorted(limits, key=lambda each: (not each[0].day, each[1])):  # days first: they are the ones not to be missed
        found.setdefault((limit.when, limit.what), set()).add(number)
    return [Clock(when, "、".join(map(str, sorted(numbers))), what) for (when, what), numbers in found.items()]


def led(label: str, day: Milestone, sheet: Sheet, look: Look) -> str:
    """What stands beside a day: not 本单4 where line 4 only leads to the one line, but where the whole is said."""
    return re.sub(r"本单\d+$", look.words.see_point, label) if day.line in stubs(sheet) else label


def led_to(clock: Clock, sheet: Sheet, look: Look) -> Clock:
    """A chip that leads to a line: not to one that only leads to the one line itself."""
    kept = [number for number in clock.lines.split("、") if int(number) not in stubs(sheet)]
    what = clock.what if len(kept) == len(clock.lines.split("、")) else "·".join(text for text in (clock.what, look.words.see_point) if text)
    return replace(clock, lines="、".join(kept), what=what)


def stubs(sheet: Sheet) -> frozenset[int]:
    """The numbers of lines of which the page prints only the first words."""
    return frozenset(line.number for line in sheet.lines if said_above(line, sheet))


def chinese_day(iso: str) -> str:
    """An ISO day as it is written on paper: 2026年1月1日; anything else stays as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.year}年{day.month}月{day.day}日"


def is_day(value: str) -> bool:
    """Whether a value is a whole ISO day."""
    return chinese_day(value) != value
