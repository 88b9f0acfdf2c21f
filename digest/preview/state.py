"""What the page in the browser is told: values in, plain data for JSON out."""

from enum import Enum
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from digest.archive import sources
from digest.archive.drafts import Opened, Standing
from digest.archive.sources import Kept
from digest.model.facts import Kind
from digest.model.look import Look
from digest.model.page import Page
from digest.model.sheet import LeftOut, Line, Milestone, NumberRow, Section
from digest.preview import guarding
from digest.preview.draft import LINE_WORDS, Draft, lines_of
from digest.preview.edits import Desk
from digest.preview.jobs import OVER, Job
from digest.preview.layout import Laid
from digest.preview.office import Office
from digest.preview.vocabulary import vocabulary
from digest.preview.wordings import wordings

MOST_LEFT_OUT = 300


def plain(value: Any) -> Any:
    """Any of our values as lists, dicts and scalars."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Struct):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def review(office: Office, opened: Opened, draft: Draft, laid: Laid) -> dict[str, Any]:
    """The whole state of the review page but the source, which never changes."""
    desk = office.desk(opened.standing.source, draft.sheet.template)
    sheet = draft.sheet
    return {
        "draft": standing(opened.standing),
        "undo": opened.undo,
        "redo": opened.redo,
        "title": sheet.title,
        "kind": sheet.kind,
        "kinds": [kind.value for kind in Kind],
        "sure": kind_confidence(desk.kept),
        "template": sheet.template,
        "templates": [{"name": name, "title": title} for name, title in office.designs()],
        "point": field_view(draft, "point", sheet.point),
        "details": plain(sheet.details),
        "milestones": [day_view(day, laid) for day in sheet.milestones],
        "questions": [{**plain(each), "stale": stale(draft, each.line, each.answer)} for each in sheet.questions],
        "notes": draft.notes,
        "sections": [section_view(draft, section, desk) for section in whole_plan(draft, desk.look)],
        "left_out": [left_view(draft, each) for each in sheet.left_out[:MOST_LEFT_OUT]],
        "left_more": max(0, len(sheet.left_out) - MOST_LEFT_OUT),
        "shelf": [{"number": line.number, "text": line.text, "mark": line.mark, "units": list(line.units)} for line in draft.shelf],
        "light": sheet.light.value,
        "restriction": sheet.restriction,
        "notices": list(sheet.notices),
        "missing": list(sheet.missing),
        "balance": plain(sheet.balance),
        "circulate": sheet.circulate_only,
        "roles": role_names(desk.kept),
        "meetings": list(vocabulary().meetings),
        "page": page_view(laid),
        "links": [link_view(link) for link in sources.links(office.store, opened.standing.source)],
    }


def standing(it: Standing) -> dict[str, Any]:
    """Where a draft stands."""
    told: dict[str, Any] = plain(it)
    return told


def kind_confidence(kept: Kept) -> dict[str, Any]:
    """How sure the kind is, and on what words it rests."""
    guess = kept.facts.kind
    return {"confidence": round(guess.confidence, 2), "evidence": list(guess.evidence), "second": guess.second.value if guess.second else ""}


def whole_plan(draft: Draft, look: Look) -> list[Section]:
    """The sheet's sections with the design's empty ones between them, as places to move lines to."""
    here = {section.key: section for section in draft.sheet.sections}
    planned = [here.pop(plan.key, Section(key=plan.key, title=plan.title)) for plan in look.sections]
    return [*planned, *here.values()]


def section_view(draft: Draft, section: Section, desk: Desk) -> dict[str, Any]:
    """One section with its lines or rows."""
    plan = desk.look.plan(section.key)
    rows = {row.line.number: row for row in section.rows}
    return {
        "key": section.key,
        "title": section.title,
        "table": bool(plan and plan.rows),
        "lines": [line_view(draft, line, rows.get(line.number), desk) for line in lines_of(section)],
    }


def line_view(draft: Draft, line: Line, row: NumberRow | None, desk: Desk) -> dict[str, Any]:
    """One line with all that can be done with it."""
    deviation = draft.deviation(f"line-{line.number}")
    made = next((each for each in draft.first if each.number == line.number), None)
    return {
        "number": line.number,
        "text": line.text,
        "source": line.source,
        "mark": line.mark,
        "page": line.page,
        "roles": list(line.roles),
        "due": line.due,
        "emphasis": [list(each) for each in line.emphasis],
        "category": line.category.value,
        "units": list(line.units),
        "sentences": list(line.sentences),
        "doubtful": line.doubtful,
        "pinned": line.number in draft.pinned,
        "own": line.number in draft.own,
        "edited": made is not None and made.text != line.text,
        "deviation": plain(deviation) if deviation else None,
        "wordings": list(wordings(desk, line)) if row is None else [],
        "rung": line.rung,
        "row": {"item": row.item, "standard": row.standard, "due": row.due} if row else None,
    }


def left_view(draft: Draft, each: LeftOut) -> dict[str, Any]:
    """Something left out."""
    told: dict[str, Any] = plain(each)
    return {**told, "score": round(each.score, 1)}


def field_view(draft: Draft, key: str, text: str) -> dict[str, Any]:
    """A guarded field."""
    deviation = draft.deviation(key)
    return {"text": text, "source": draft.point_source, "deviation": plain(deviation) if deviation else None}


def day_view(day: Milestone, laid: Laid) -> dict[str, Any]:
    """A day of the time line, its line named by the number that stands on paper."""
    told: dict[str, Any] = plain(day)
    if day.line in laid.numbers:
        told["label"] = LINE_WORDS.sub(f"本单{laid.numbers.index(day.line) + 1}", day.label)
    return told


def stale(draft: Draft, number: int, answer: str) -> bool:
    """Whether a question's line is gone or no longer says its answer."""
    if number < 0:
        return False
    line = draft.line(number)
    told = answer.split("：", 1)[-1]
    return line is None or told not in line.text


def role_names(kept: Kept) -> list[str]:
    """The posts to choose from: those of the document first, then the usual ones."""
    found = [role for score in kept.ranking.scores for role in score.roles]
    return list(dict.fromkeys((*found, *vocabulary().roles)))


def link_view(link: sources.Link) -> dict[str, Any]:
    """A related document of the archive."""
    other = link.other
    return {
        "relation": link.relation.value,
        "outgoing": link.outgoing,
        "evidence": link.evidence,
        "source": other.id,
        "title": other.title,
        "doc_number": other.doc_number,
    }


def page_view(laid: Laid) -> dict[str, Any]:
    """The page: its picture's name, its size, its spots in percent with the draft's own line numbers."""
    page = laid.page
    if page is None:
        return {"key": "", "fits": False, "problem": laid.problem, "spots": [], "missing_glyphs": []}
    return {
        "key": laid.key,
        "fits": True,
        "problem": "",
        "size": page.size,
        "fill": page.fill,
        "spots": spots(page, laid.numbers),
        "missing_glyphs": list(page.missing_glyphs),
    }


def spots(page: Page, numbers: tuple[int, ...]) -> list[dict[str, Any]]:
    """The places on the page that can be clicked."""
    found = []
    for spot in page.spots:
        kind, _, tail = spot.key.partition("-")
        if kind == "line" and tail.isdigit() and 0 < int(tail) <= len(numbers):
            key = "notes" if numbers[int(tail) - 1] < 0 else f"line-{numbers[int(tail) - 1]}"
        elif kind in ("title", "point", "detail", "questions", "timeline"):
            key = spot.key
        else:
            continue
        top = page.height - spot.y - spot.height
        box = (spot.x / page.width, top / page.height, spot.width / page.width, spot.height / page.height)
        found.append({"key": key, "box": [round(100 * value, 3) for value in box]})
    return found


def findings_view(findings: dict[str, tuple[guarding.Finding, ...]]) -> dict[str, Any]:
    """Deviations that wait for a confirmation."""
    return {key: plain(found) for key, found in findings.items()}


def job_view(job: Job) -> dict[str, Any]:
    """A file on its way in."""
    names = ("id", "name", "stage", "pages", "reason", "code", "draft", "source", "known", "begun", "ended")
    return {**{name: getattr(job, name) for name in names}, "over": job.stage in OVER}
