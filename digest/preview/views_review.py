"""The review page's requests: a draft's state, edits, undo, trying a wording, choosing anew, the page's picture, the source."""

import json
from typing import Any

from starlette.responses import Response

from digest.archive import drafts, sources
from digest.archive.accounts import Role
from digest.archive.drafts import Change, Opened, VersionConflict
from digest.archive.values import load
from digest.errors import DigestError, UsageError
from digest.preview import differences, edits, source_view, state
from digest.preview.asking import Ask, Entry, answer
from digest.preview.draft import Draft
from digest.preview.edits import Confirmed, Step
from digest.preview.edits_choice import refilled
from digest.preview.edits_fields import Text
from digest.preview.edits_fields import kind as with_kind
from digest.preview.layout import Laid
from digest.preview.taking import content_of

LONGEST_WHY = 200
FOR_EVER = "private, max-age=31536000, immutable"


def opened_draft(ask: Ask) -> tuple[Opened, Draft]:
    """The draft of the address."""
    opened = drafts.get(ask.office.store, ask.number("draft"))
    return opened, load(Draft, opened.body)


def at_version(ask: Ask) -> tuple[Opened, Draft]:
    """The draft, if it still stands at the version the browser shows.

    Raises:
        VersionConflict: it was changed elsewhere.
    """
    opened, draft = opened_draft(ask)
    if opened.standing.version != ask.value("version", int):
        raise VersionConflict(opened.standing)
    return opened, draft


def laid_out(ask: Ask, draft: Draft) -> Laid:
    """The draft's page."""
    return ask.office.shelf.lay(draft, ask.office.look(draft.sheet.template))


def show(ask: Ask) -> Response:
    """A draft's whole state."""
    opened, draft = opened_draft(ask)
    return answer(state.review(ask.office, opened, draft, laid_out(ask, draft)))


def changed(ask: Ask, draft: Draft, more: dict[str, Any]) -> Response:
    """A draft's state after a change."""
    opened = drafts.get(ask.office.store, ask.number("draft"))
    return answer({**state.review(ask.office, opened, draft, laid_out(ask, draft)), **more})


def step_of(ask: Ask, opened: Opened, draft: Draft) -> Step:
    """The operation that was asked for, run on the draft."""
    desk = ask.office.desk(opened.standing.source, draft.sheet.template)
    return edits.apply(draft, ask.value("op", str), ask.value("values", dict), desk)


def edit(ask: Ask) -> Response:
    """Run an edit and keep it; one that says something else than its source is asked about first."""
    opened, draft = at_version(ask)
    step = step_of(ask, opened, draft)
    if step.findings and ask.given.get("confirmed") is not True:
        return answer({"confirm": state.findings_view(step.findings)})
    why = ask.value("why", str, "")[:LONGEST_WHY]
    new = edits.confirm(step, Confirmed(who=ask.who, why=why))
    messages = "；".join(finding.message for found in step.findings.values() for finding in found)
    change = Change(
        who=ask.who,
        label=edits.label_of(ask.value("op", str)),
        detail=json.dumps({"op": ask.given["op"], "values": ask.given["values"], "why": why}, ensure_ascii=False),
        confirmed=messages,
    )
    keep(ask, opened, new, change)
    if messages:
        ask.note("确认改写", f"第 {opened.standing.id} 号单：{messages}" + (f"（{why}）" if why else ""))
    return changed(ask, new, {"touched": step.touched})


def keep(ask: Ask, opened: Opened, draft: Draft, change: Change) -> None:
    """Save a changed draft on top of the version it was opened at."""
    kept = ask.office.kept(opened.standing.source)
    drafts.save(ask.office.store, opened.standing.id, opened.standing.version, content=content_of(draft, kept), change=change)


def attempt(ask: Ask) -> Response:
    """What an edit would give, without keeping it: for the picture and the guard while typing."""
    opened, draft = at_version(ask)
    step = step_of(ask, opened, draft)
    laid = laid_out(ask, step.draft)
    return answer({"findings": state.findings_view(step.findings), "page": state.page_view(laid), "runs": runs_of(ask, step)})


def runs_of(ask: Ask, step: Step) -> list[dict[str, str]]:
    """The difference between the touched line, or the point, and its source."""
    line = step.draft.line(step.touched) if step.touched is not None else None
    if line is not None and line.source:
        return [{"what": run.what, "text": run.text} for run in differences.between(line.source, line.text)]
    if ask.given["op"] == "point":
        return [{"what": run.what, "text": run.text} for run in differences.between(step.draft.point_source, step.draft.sheet.point)]
    return []


def travel(ask: Ask) -> Response:
    """Undo (-1) or redo (+1)."""
    by = ask.value("by", int)
    if by not in (-1, 1):
        raise UsageError("只能一步一步撤销或重做。")
    store, number, version = ask.office.store, ask.number("draft"), ask.value("version", int)
    with store.writing():
        opened = drafts.get(store, number)
        draft = load(Draft, drafts.travel(store, number, version, by=by, who=ask.who))
        content = content_of(draft, ask.office.kept(opened.standing.source))
        label = f"撤销：{opened.undo}" if by < 0 else f"重做：{opened.redo}"
        drafts.settle(store, number, version, by=by, told=(content, Change(who=ask.who, label=label)))
    return changed(ask, draft, {})


def refill(ask: Ask) -> Response:
    """Choose the lines anew around what is pinned and own, for another kind or another profile."""
    opened, draft = at_version(ask)
    source = opened.standing.source
    kept = ask.office.understand_again(source) if ask.given.get("again") is True else ask.office.kept(source)
    desk = ask.office.desk(source, draft.sheet.template)
    new = refilled(draft, ask.office.compose(kept, draft.sheet.template), desk)
    new = with_kind(new, Text(text=draft.sheet.kind), desk).draft
    keep(ask, opened, new, Change(who=ask.who, label="重新选句"))
    return changed(ask, new, {})


def history(ask: Ask) -> Response:
    """The edit log."""
    return answer([state.plain(row) for row in drafts.history(ask.office.store, ask.number("draft"))])


def standing(ask: Ask) -> Response:
    """Only where the draft stands: asked when a window comes to the front."""
    return answer(state.standing(drafts.standing(ask.office.store, ask.number("draft"))))


def source(ask: Ask) -> Response:
    """The left side."""
    return answer(source_view.view(ask.office.kept(drafts.standing(ask.office.store, ask.number("draft")).source)))


def picture(ask: Ask) -> Response:
    """The page's picture by its name; the name changes with the page."""
    laid = ask.office.shelf.known(ask.request.path_params["key"])
    if laid is None or laid.page is None:
        return Response(status_code=404)
    try:
        scale = float(ask.query("scale", "2"))
    except ValueError:
        scale = 2.0
    return Response(ask.office.shelf.picture(laid, scale), media_type="image/png", headers={"cache-control": FOR_EVER})


def source_picture(ask: Ask) -> Response:
    """A page of the source, with its size in points."""
    entry = sources.get(ask.office.store, ask.number("source"))
    try:
        data, width, height = ask.office.paint(entry.id, ask.number("page"))
    except DigestError:
        return Response(status_code=404)
    headers = {"cache-control": FOR_EVER, "x-page-width": f"{width:.2f}", "x-page-height": f"{height:.2f}"}
    return Response(data, media_type="image/png", headers=headers)


def new_draft(ask: Ask) -> Response:
    """A fresh draft of an archived source."""
    source_number = ask.number("source")
    return answer({"draft": ask.office.new_draft(source_number, ask.who)})


ENTRIES = (
    Entry("GET", "/api/drafts/{draft:int}", Role.MANAGER, show),
    Entry("GET", "/api/drafts/{draft:int}/standing", Role.MANAGER, standing),
    Entry("GET", "/api/drafts/{draft:int}/source", Role.MANAGER, source),
    Entry("GET", "/api/drafts/{draft:int}/history", Role.MANAGER, history),
    Entry("POST", "/api/drafts/{draft:int}/edits", Role.MANAGER, edit),
    Entry("POST", "/api/drafts/{draft:int}/try", Role.MANAGER, attempt),
    Entry("POST", "/api/drafts/{draft:int}/travel", Role.MANAGER, travel),
    Entry("POST", "/api/drafts/{draft:int}/refill", Role.MANAGER, refill),
    Entry("GET", "/api/pictures/{key:str}", Role.MANAGER, picture),
    Entry("GET", "/api/sources/{source:int}/pages/{page:int}", Role.MANAGER, source_picture),
    Entry("POST", "/api/sources/{source:int}/drafts", Role.MANAGER, new_draft),
)
