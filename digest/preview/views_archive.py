"""The archive's requests: list, search, days to come, versions, hand-outs, backup and restore."""

import os
import tempfile
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response

from digest.archive import backup, calendar, drafts, issues, search, sources
from digest.archive.accounts import Role
from digest.archive.issues import Signature
from digest.errors import UsageError
from digest.model.outline import Light
from digest.preview import state
from digest.preview.asking import Ask, Entry, answer
from digest.preview.views_print import allowed_issue, issue_view

PAGE = 40
AHEAD, BACK = 90, 7
MOST_SIGNATURES = 200
LONGEST_FIELD = 120


def is_reader(ask: Ask) -> bool:
    """Whether the account may only read."""
    return ask.session is not None and ask.session.role is Role.READER


def find(ask: Ask) -> Response:
    """Search, or the newest where no words are given; a reader finds issued sheets only."""
    what = ("issue",) if is_reader(ask) else tuple(word for word in ask.query("what").split(",") if word in ("source", "draft", "issue"))
    query = search.Query(
        words=ask.query("words"),
        what=what,
        kind=ask.query("kind"),
        role=ask.query("role"),
        since=ask.query("since"),
        until=ask.query("until"),
        most=PAGE,
        skip=max(0, int(ask.query("skip", "0")) if ask.query("skip", "0").isdigit() else 0),
    )
    return answer([view for hit in search.find(ask.office.store, query) if (view := hit_view(ask, hit))])


def hit_view(ask: Ask, hit: search.Hit) -> dict[str, Any] | None:
    """A hit with what its row shows; None for what the account may not see."""
    store = ask.office.store
    told: dict[str, Any] = state.plain(hit)
    if hit.what == "issue":
        it = issues.get(store, hit.ref)
        if is_reader(ask) and it.light is Light.ORANGE:
            return None
        told["issue"] = issue_view(it)
    if not is_reader(ask):
        entry = sources.get(store, hit.source)
        told |= {"doc_number": entry.doc_number, "issuer": entry.issuer, "light": entry.light.value, "file": entry.name}
        standing = drafts.of_source(store, hit.source)
        told["draft"] = hit.ref if hit.what == "draft" else standing[0].id if standing else 0
    return told


def one_source(ask: Ask) -> Response:
    """A source with its drafts, versions and links."""
    store, number = ask.office.store, ask.number("source")
    standing = drafts.of_source(store, number)
    return answer(
        {
            "source": state.plain(sources.get(store, number)),
            "drafts": [{**state.standing(each), "issues": [issue_view(it) for it in issues.of_draft(store, each.id)]} for each in standing],
            "links": [state.link_view(link) for link in sources.links(store, number)],
        }
    )


def download(ask: Ask) -> Response:
    """The original file, only ever saved."""
    from urllib.parse import quote

    given = sources.load_bytes(ask.office.store, ask.number("source"))
    ask.note("下载原文", given.name)
    headers = {"content-disposition": f"attachment; filename=\"source\"; filename*=UTF-8''{quote(given.name)}"}
    return Response(given.data, media_type="application/octet-stream", headers=headers)


def remove(ask: Ask) -> Response:
    """Take a source and all that belongs to it out of the archive."""
    number = ask.number("source")
    entry = sources.get(ask.office.store, number)
    sources.remove(ask.office.store, number)
    ask.office.forget(number)
    ask.note("删除来文", f"{entry.title}（{entry.sha256[:12]}）")
    return answer({})


def upcoming(ask: Ask) -> Response:
    """What takes effect or falls due soon."""
    return answer([state.plain(each) for each in calendar.upcoming(ask.office.store, date.today(), ahead=AHEAD, back=BACK)])


def calendar_file(ask: Ask) -> Response:
    """The same as a calendar file."""
    days = calendar.upcoming(ask.office.store, date.today(), ahead=366)
    stamp = ask.office.store.now().replace("-", "").replace(":", "")
    headers = {"content-disposition": "attachment; filename=\"digest.ics\"; filename*=UTF-8''%E7%BD%91%E7%82%B9%E6%9C%9F%E9%99%90.ics"}
    return Response(calendar.calendar(days, stamp).encode(), media_type="text/calendar; charset=utf-8", headers=headers)


def hand_outs(ask: Ask) -> Response:
    """Who got a version."""
    return answer([state.plain(each) for each in issues.hand_outs(ask.office.store, allowed_issue(ask).id)])


def hand_out(ask: Ask) -> Response:
    """Record a hand-out; a restricted sheet's copies are numbered in the order of the names.

    Raises:
        UsageError: no date, or more names than copies.
    """
    it = issues.get(ask.office.store, ask.number("issue"))
    fields = {name: ask.value(name, str, "")[:LONGEST_FIELD] for name in ("day", "meeting", "note")}
    try:
        date.fromisoformat(fields["day"])
    except ValueError:
        raise UsageError("请填写发放日期。") from None
    names = [str(name).strip()[:40] for name in ask.value("names", list) if str(name).strip()][:MOST_SIGNATURES]
    if it.copies and len(names) > it.copies:
        raise UsageError(f"这一版只印了 {it.copies} 份，领用人不能多于份数。")
    signed = tuple(Signature(name=name, copy=f"{place:03d}" if it.copies else "") for place, name in enumerate(names, start=1))
    issues.hand_out(ask.office.store, it.id, fields, names=signed, who=ask.who)
    ask.note("发放", f"{it.title} 第 {it.number} 版：{len(names)} 人")
    return hand_outs(ask)


def take_back(ask: Ask) -> Response:
    """A numbered copy came back."""
    issues.take_back(ask.office.store, ask.number("hand_out"), ask.number("place"), date.today().isoformat())
    return answer({})


def file_beside(ask: Ask, suffix: str) -> tuple[int, Path]:
    """An open file in the user's own folder, not in one that other accounts of the PC can read.

    Raises:
        ArchiveError: the archive lies in PostgreSQL, which has its own tools for this.
    """
    with ask.office.store.raw():
        handle, name = tempfile.mkstemp(suffix=suffix, dir=ask.office.home)
    return handle, Path(name)


def save_backup(ask: Ask) -> Response:
    """The whole archive as one file; the copy made for sending is removed afterwards."""
    handle, path = file_beside(ask, ".backup")
    os.close(handle)
    backup.save(ask.office.store, path)
    ask.note("备份")
    headers = {"content-disposition": f'attachment; filename="digest-{date.today().isoformat()}.backup"'}
    return FileResponse(path, media_type="application/octet-stream", headers=headers, background=BackgroundTask(path.unlink, missing_ok=True))


async def restore(ask: Ask, pieces: AsyncIterator[bytes]) -> Response:
    """Replace the archive by a backup; it is checked before anything is touched."""
    handle, path = file_beside(ask, ".restore")
    try:
        with os.fdopen(handle, "wb") as out:
            async for piece in pieces:
                out.write(piece)
        await run_in_threadpool(restore_from, ask, path)
    finally:
        path.unlink(missing_ok=True)
    return answer({})


def restore_from(ask: Ask, path: Path) -> None:
    """The checked replacement, noted in the restored archive."""
    backup.restore(ask.office.store, path)
    ask.office.forget_all()
    ask.note("恢复备份")


ENTRIES = (
    Entry("GET", "/api/archive", Role.READER, find),
    Entry("GET", "/api/sources/{source:int}", Role.MANAGER, one_source),
    Entry("GET", "/api/sources/{source:int}/file", Role.MANAGER, download),
    Entry("DELETE", "/api/sources/{source:int}", Role.MANAGER, remove),
    Entry("GET", "/api/upcoming", Role.READER, upcoming),
    Entry("GET", "/api/calendar", Role.READER, calendar_file),
    Entry("GET", "/api/issues/{issue:int}/hand-outs/list", Role.MANAGER, hand_outs),
    Entry("POST", "/api/issues/{issue:int}/hand-outs", Role.MANAGER, hand_out),
    Entry("POST", "/api/hand-outs/{hand_out:int}/{place:int}/return", Role.MANAGER, take_back),
    Entry("GET", "/api/backup", Role.MANAGER, save_backup),
    Entry("POST", "/api/restore", Role.MANAGER, streamed=restore),
)
