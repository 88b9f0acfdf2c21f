"""Reading an edited DOCX back into its draft: first what it would change, then, confirmed, the change."""

from starlette.responses import Response

from digest.archive.accounts import Role
from digest.archive.drafts import Change, VersionConflict
from digest.errors import UsageError
from digest.preview import differences, edits, importing, state
from digest.preview.asking import Ask, Entry, answer
from digest.preview.draft import printable
from digest.preview.edits import Confirmed
from digest.preview.views_review import changed, keep, opened_draft

WORDS = {"added": "新增", "removed": "取下", "moved": "换栏", "reworded": "改字", "field": "改"}


def import_word(ask: Ask) -> Response:
    """What an edited DOCX changes of the draft; with ``confirmed`` the change is kept."""
    opened, draft = opened_draft(ask)
    if str(opened.standing.version) != ask.query("version"):
        raise VersionConflict(opened.standing)
    if not ask.body:
        raise UsageError("这个文件是空的。请检查后再选。")
    edited, notes = ask.office.read_edited(ask.body)
    step = importing.merged(draft, edited, notes)
    told = differences.versions(printable(draft), printable(step.draft))
    if ask.query("confirmed") != "1":
        changes = [{**state.plain(each), "word": f"{WORDS[each.what]}·{each.section}"} for each in told]
        return answer({"changes": changes, "findings": state.findings_view(step.findings)})
    new = edits.confirm(step, Confirmed(who=ask.who, why="在 Word 中修改"))
    messages = "；".join(finding.message for found in step.findings.values() for finding in found)
    keep(ask, opened, new, Change(who=ask.who, label="读回 Word", confirmed=messages))
    ask.note("读回 Word", f"第 {opened.standing.id} 号单：{len(told)} 处改动" + (f"；{messages}" if messages else ""))
    return changed(ask, new, {})


ENTRIES = (Entry("POST", "/api/imports/{draft:int}", Role.MANAGER, import_word, raw=True),)
