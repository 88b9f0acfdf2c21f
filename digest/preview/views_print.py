"""Printing and export: the confirmations before, the issue that is kept, and its PDF, DOCX, HTML and JSON."""

from urllib.parse import quote

from starlette.responses import Response

from digest.archive import drafts, issues
from digest.archive.accounts import Role
from digest.archive.issues import Issue, Printed
from digest.archive.values import load
from digest.errors import UsageError
from digest.model.outline import Light
from digest.preview import layout, state
from digest.preview.asking import Ask, Entry, answer
from digest.preview.checks import checks
from digest.preview.draft import Draft, words_of
from digest.preview.views_review import at_version, laid_out, opened_draft

MOST_COPIES = 60
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}
# a browser's PDF viewer asks a second time, for itself: that is no second printing
ASKED_BY_PEOPLE = ("", "iframe", "document", "empty")
NOT_RESTRICTED = ("html",)  # a page for phones: restricted sheets stay on paper


def to_confirm(ask: Ask) -> Response:
    """The ticks to set before this draft is printed."""
    opened, draft = opened_draft(ask)
    laid = laid_out(ask, draft)
    if laid.page is None:
        raise UsageError(laid.problem)
    kept = ask.office.kept(opened.standing.source)
    return answer({"checks": [state.plain(each) for each in checks(draft, kept, laid.page)], "restricted": draft.sheet.light is Light.ORANGE})


def issue(ask: Ask) -> Response:
    """Keep a version for good, with every confirmation given; only then can it be printed.

    Raises:
        UsageError: a confirmation is missing, or a restricted sheet has no numbered copies.
    """
    opened, draft = at_version(ask)
    laid = laid_out(ask, draft)
    if laid.page is None:
        raise UsageError(laid.problem)
    asked = checks(draft, ask.office.kept(opened.standing.source), laid.page)
    ticked = set(ask.value("ticks", list))
    if missing := [each.text for each in asked if each.key not in ticked]:
        raise UsageError(f"还有 {len(missing)} 项没有确认：{missing[0]}。")
    count = ask.value("copies", int, 0)
    restricted = draft.sheet.light is Light.ORANGE
    if restricted and not 1 <= count <= MOST_COPIES:
        raise UsageError(f"受限文件须按份编号：请填 1 到 {MOST_COPIES} 份。")
    pdf = layout.copies(laid.sheet, laid.look, count) if restricted else ask.office.shelf.pdf(laid)
    ticks = tuple(each.text for each in asked)
    printed = Printed(sheet=laid.sheet, pdf=pdf, text=words_of(laid.sheet), ticks=ticks, copies=count if restricted else 0)
    number = issues.add(ask.office.store, opened.standing.id, printed, ask.who)
    ask.note("定稿", f"第 {opened.standing.id} 号单 {draft.sheet.title}：{len(ticks)} 项确认" + (f"，{count} 份" if restricted else ""))
    return answer(issue_view(issues.get(ask.office.store, number)))


def issue_view(it: Issue) -> dict[str, object]:
    """A version as listed."""
    told: dict[str, object] = state.plain(it)
    return told


def allowed_issue(ask: Ask) -> Issue:
    """The version of the address, if this account may see it.

    Raises:
        UsageError: a reader asks for a restricted one.
    """
    it = issues.get(ask.office.store, ask.number("issue"))
    if it.light is Light.ORANGE and ask.session is not None and ask.session.role is not Role.MANAGER:
        raise UsageError("这是受限文件，按份编号领用。请找主管。")
    return it


def printing(ask: Ask) -> Response:
    """The very PDF, for the print dialogue or to save."""
    it = allowed_issue(ask)
    if ask.request.headers.get("sec-fetch-dest", "") in ASKED_BY_PEOPLE:
        ask.note("打印", f"{it.title} 第 {it.number} 版")
    return file_answer(issues.load_pdf(ask.office.store, it.id), "pdf", it.title, inline=ask.query("save") != "1")


def export(ask: Ask) -> Response:
    """A version as DOCX, HTML or JSON, or the manager's copy with the answers.

    Raises:
        UsageError: there is no such form, or it is not for restricted sheets.
    """
    it, form = allowed_issue(ask), ask.request.path_params["form"]
    sheet, look = issues.load_sheet(ask.office.store, it.id), ask.office.look(it.template)
    if form not in (*TYPES, "answers"):
        raise UsageError("没有这种格式。")
    if it.light is Light.ORANGE and form in NOT_RESTRICTED:
        raise UsageError("受限文件只印在纸上，不导出手机版。")
    data = layout.with_answers(sheet, look) if form == "answers" else layout.form_of(sheet, look, form)
    ask.note("导出", f"{it.title} 第 {it.number} 版：{form}")
    name = f"{it.title}（主管用）" if form == "answers" else it.title
    return file_answer(data, "pdf" if form == "answers" else form, name, inline=False)


def file_answer(data: bytes, form: str, title: str, *, inline: bool) -> Response:
    """Bytes as a file with a Chinese name; HTML is only ever saved, never shown on our own origin."""
    way = "inline" if inline and form == "pdf" else "attachment"
    safe = "".join(character if character.isalnum() or character in "（）()-—·" else "_" for character in title)[:80] or "学习单"
    headers = {"content-disposition": f"{way}; filename=\"sheet.{form}\"; filename*=UTF-8''{quote(f'{safe}.{form}')}"}
    return Response(data, media_type=TYPES[form], headers=headers)


def versions(ask: Ask) -> Response:
    """The versions of a draft."""
    return answer([issue_view(each) for each in issues.of_draft(ask.office.store, ask.number("draft"))])


def compare(ask: Ask) -> Response:
    """What changed between two versions, or between a version and the draft as it stands (0)."""
    from digest.preview import differences
    from digest.preview.draft import printable

    store = ask.office.store
    old = issues.get(store, ask.number("issue"))
    other = ask.number("other")
    if other and issues.get(store, other).draft != old.draft:
        raise UsageError("只能比较同一张单的两个版本。")
    after = issues.load_sheet(store, other) if other else printable(load(Draft, drafts.get(store, old.draft).body))
    return answer([state.plain(each) for each in differences.versions(issues.load_sheet(store, old.id), after)])


ENTRIES = (
    Entry("GET", "/api/drafts/{draft:int}/checks", Role.MANAGER, to_confirm),
    Entry("POST", "/api/drafts/{draft:int}/issues", Role.MANAGER, issue),
    Entry("GET", "/api/drafts/{draft:int}/issues", Role.MANAGER, versions),
    Entry("GET", "/api/printing/{issue:int}", Role.READER, printing),
    Entry("GET", "/api/issues/{issue:int}/{form:str}", Role.READER, export),
    Entry("GET", "/api/issues/{issue:int}/compare/{other:int}", Role.MANAGER, compare),
)
