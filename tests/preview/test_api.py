"""The review page's requests, as the browser makes them."""

import io
import json
import time

import pypdfium2
import pytest

from digest.archive import sources
from tests.preview.made import CIRCULAR


@pytest.fixture
def draft(desk):
    """A circular under review."""
    return desk.take_in()


def state(desk, draft):
    """The whole state of a draft."""
    return desk.client.get(f"/api/drafts/{draft}").json()


def line(told, words):
    """The line that holds some words."""
    return next(each for section in told["sections"] for each in section["lines"] if words in each["text"])


def ticks(desk, draft):
    """Every confirmation a draft asks for."""
    return [each["key"] for each in desk.client.get(f"/api/drafts/{draft}/checks").json()["checks"]]


def issue(desk, draft, version=1, copies=0):
    """The draft issued."""
    return desk.client.post(f"/api/drafts/{draft}/issues", json={"version": version, "ticks": ticks(desk, draft), "copies": copies})


def test_the_state_has_all_the_page_needs(desk, draft):
    """Lines with sources, the page with its clickable places, what was left out, twelve kinds."""
    told = state(desk, draft)
    keys = {spot["key"] for spot in told["page"]["spots"]}

    assert all(each["source"] for section in told["sections"] for each in section["lines"])
    assert {f"line-{each['number']}" for section in told["sections"] for each in section["lines"]} <= keys
    assert (len(told["kinds"]), told["page"]["fits"], told["draft"]["version"]) == (12, True, 1)
    assert all(0 <= value <= 100 for spot in told["page"]["spots"] for value in spot["box"])


def test_an_edit_gives_the_new_page(desk, draft):
    """The picture's name changes with the page, and the picture is there."""
    told = state(desk, draft)
    moved = desk.edit(draft, 1, "move", line=line(told, "严禁")["number"], section="do", place=0).json()
    picture = desk.client.get(f"/api/pictures/{moved['page']['key']}")

    assert moved["page"]["key"] != told["page"]["key"]
    assert (moved["draft"]["version"], moved["undo"]) == (2, "移动")
    assert picture.content[:4] == b"\x89PNG"


def test_a_deviation_is_asked_about_then_kept_marked_and_logged(desk, draft):
    """Not kept without the word; with it the paper, the log and the audit log say so."""
    number = line(state(desk, draft), "停用的印章")["number"]
    text = "停用的印章应当于9个工作日内上缴分行运营管理部"
    asked = desk.edit(draft, 1, "reword", line=number, text=text).json()
    assert "数字" in json.dumps(asked["confirm"], ensure_ascii=False)
    assert state(desk, draft)["draft"]["version"] == 1

    told = desk.edit(draft, 1, "reword", line=number, text=text, extra={"confirmed": True, "why": "分行电话"}).json()
    assert line(told, "9个工作日")["deviation"]["who"] == "本机主管"
    assert desk.client.get(f"/api/drafts/{draft}/history").json()[0]["confirmed"]
    assert any(row["act"] == "确认改写" for row in desk.client.get("/api/audit").json()["rows"])
    assert "deviations" in ticks(desk, draft)


def test_trying_keeps_nothing(desk, draft):
    """While typing the page and the findings come, the draft stays."""
    number = line(state(desk, draft), "严禁")["number"]
    body = {"version": 1, "op": "reword", "values": {"line": number, "text": "可以将印章带出营业场所"}}
    told = desk.client.post(f"/api/drafts/{draft}/try", json=body).json()

    assert told["findings"] and told["page"]["key"]
    assert {run["what"] for run in told["runs"]} >= {"same", "in", "out"}
    assert state(desk, draft)["draft"]["version"] == 1


def test_two_windows_do_not_overwrite_each_other(desk, draft):
    """The second is told who was first."""
    desk.edit(draft, 1, "title", text="甲")
    late = desk.edit(draft, 1, "title", text="乙")

    assert late.status_code == 409
    assert late.json()["current"]["version"] == 2
    assert state(desk, draft)["title"] == "甲"


def test_undo_and_redo(desk, draft):
    """Back and forth over the server's own steps."""
    desk.edit(draft, 1, "title", text="甲")
    back = desk.client.post(f"/api/drafts/{draft}/travel", json={"version": 2, "by": -1}).json()
    again = desk.client.post(f"/api/drafts/{draft}/travel", json={"version": 3, "by": 1}).json()
    none = desk.client.post(f"/api/drafts/{draft}/travel", json={"version": 4, "by": 1})

    assert (back["title"] != "甲", again["title"], none.status_code) == (True, "甲", 404)


def test_a_page_that_does_not_fit_says_so_and_can_be_made_to(desk, draft):
    """Nothing is clipped: there is no page, and one press brings it back."""
    version = 1
    for number in range(14):
        told = desk.edit(draft, version, "add", section="do", place=0, text=f"第{number}件" + "网点自己的事情要写得很长才能放不下" * 5).json()
        version = told["draft"]["version"]
    assert told["page"]["fits"] is False
    assert desk.client.get(f"/api/drafts/{draft}/checks").status_code == 400

    assert desk.edit(draft, version, "fit").json()["page"]["fits"] is True


def test_printing_needs_every_confirmation_and_gives_the_very_pdf(desk, draft):
    """One page, kept as it was printed; the same print again is the same version."""
    assert desk.client.post(f"/api/drafts/{draft}/issues", json={"version": 1, "ticks": []}).status_code == 400
    it = issue(desk, draft).json()
    pdf = desk.client.get(f"/api/printing/{it['id']}")

    assert len(pypdfium2.PdfDocument(pdf.content)) == 1
    assert pdf.headers["content-type"] == "application/pdf"
    assert "frame-ancestors 'self'" in pdf.headers["content-security-policy"]
    assert issue(desk, draft).json()["id"] == it["id"]


@pytest.mark.parametrize("form", ["docx", "html", "json", "answers"])
def test_exports(desk, draft, form):
    """Every form comes as a file to save, never as a page on our own address."""
    it = issue(desk, draft).json()
    found = desk.client.get(f"/api/issues/{it['id']}/{form}")

    assert found.status_code == 200, found.text
    assert found.headers["content-disposition"].startswith("attachment")
    assert "filename*=UTF-8''" in found.headers["content-disposition"]


def test_restricted_sheets_are_numbered_and_stay_on_paper(desk):
    """So many pages as copies, each with its number; no page for phones; the scope is confirmed."""
    draft = desk.take_in(CIRCULAR.replace("2025年9月1日\n", "2025年9月1日\n（内部资料，注意保存）\n"), "内部.txt")
    assert state(desk, draft)["light"] == "orange"
    assert {"scope", "copies"} <= set(ticks(desk, draft))
    assert issue(desk, draft, copies=0).status_code == 400

    it = issue(desk, draft, copies=3).json()
    document = pypdfium2.PdfDocument(desk.client.get(f"/api/printing/{it['id']}").content)
    texts = [page.get_textpage().get_text_range() for page in document]
    assert [f"{number:03d}" in text for number, text in enumerate(texts, start=1)] == [True, True, True]
    assert desk.client.get(f"/api/issues/{it['id']}/html").status_code == 400


def test_a_red_file_leaves_no_trace(desk, tmp_path):
    """Refused, and neither its name nor its words are in the archive or the list of files."""
    text = "机密★3年\n" + CIRCULAR.replace("印章", "龘龘")
    told = read_in(desk, text.encode(), "龘龘机要.txt")
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("archive.sqlite*"))

    assert (told["stage"], told["code"]) == ("refused", "SecretDocument")
    assert "龘" not in json.dumps(told, ensure_ascii=False)
    assert "龘".encode() not in stored


def read_in(desk, data, name, **headers):
    """A file through the queue and its child process; what became of it."""
    number = desk.client.post("/api/files", params={"name": name}, content=data, headers=headers).json()["id"]
    for _ in range(600):
        told = next(job for job in desk.client.get("/api/jobs").json() if job["id"] == number)
        if told["over"]:
            return told
        time.sleep(0.05)
    raise AssertionError("still reading")


def test_a_file_is_read_in_a_child_and_recognised_the_second_time(desk):
    """The draft is there; the same bytes under another name open it again."""
    first = read_in(desk, CIRCULAR.encode(), "印章.txt")
    second = read_in(desk, CIRCULAR.encode(), "又是印章.txt")

    assert (first["stage"], first["known"]) == ("done", False)
    assert (second["draft"], second["known"]) == (first["draft"], True)


def test_a_file_that_cannot_be_read_is_refused_with_its_reason(desk):
    """A sentence, and the queue goes on."""
    bad = read_in(desk, b"%PDF-1.4 broken", "坏.pdf")
    good = read_in(desk, CIRCULAR.encode(), "好.txt")

    assert (bad["stage"], good["stage"]) == ("refused", "done")
    assert "坏.pdf" in bad["reason"]


def test_reading_can_be_cancelled(desk, monkeypatch):
    """The child ends at once and the next file is read."""
    from digest.preview import jobs

    monkeypatch.setattr(jobs, "read_quietly", time_waster)
    number = desk.client.post("/api/files", params={"name": "慢.txt"}, content=b"x").json()["id"]
    while desk.office.jobs.get(number).stage != "reading" or desk.office.jobs._worker is None:
        time.sleep(0.02)
    begun = time.monotonic()
    desk.client.delete(f"/api/jobs/{number}")
    while desk.office.jobs.get(number).stage == "reading":
        time.sleep(0.02)

    assert desk.office.jobs.get(number).stage == "cancelled"
    assert time.monotonic() - begun < 5


def time_waster(*_):
    """A reader that never comes back."""
    time.sleep(600)


def test_the_source_is_told_in_full(desk, draft):
    """Every sentence of the outline stands in the left side, in order."""
    told = desk.client.get(f"/api/drafts/{draft}/source").json()
    kept = sources.load_kept(desk.office.store, 1)
    shown = ["".join(run["text"] for run in passage["runs"]) for passage in told["passages"]]

    assert shown == [passage.text for passage in kept.outline.passages]
    assert {run["sentence"] for passage in told["passages"] for run in passage["runs"]} - {None} == {s.number for s in kept.outline.sentences}


def test_search_finds_sources_and_sheets(desk, draft):
    """With the words told apart."""
    hits = desk.client.get("/api/archive", params={"words": "预先加盖"}).json()

    assert {hit["what"] for hit in hits} == {"source", "draft"}
    assert any(part["hit"] and part["text"] == "预先加盖" for part in hits[0]["excerpts"][0])
    assert desk.client.get("/api/archive", params={"words": "预先加盖", "kind": "安保"}).json() == []


def test_a_repealing_circular_says_so(desk, draft):
    """Old and new point to each other."""
    old = desk.take_in("示例银行文件\n示银发〔2019〕7号\n示例银行业务印章管理办法\n第一条 柜员应当登记印章。\n第二条 柜员不得外借印章。\n", "旧.txt")

    assert [link["relation"] for link in state(desk, draft)["links"]] == ["废止"]
    assert state(desk, old)["links"][0]["outgoing"] is False


def test_hand_outs_versions_and_differences(desk, draft):
    """Who got it, and what changed since."""
    it = issue(desk, draft).json()
    rows = desk.client.post(f"/api/issues/{it['id']}/hand-outs", json={"day": "2025-09-02", "meeting": "晨会", "names": ["张三", "李四"]}).json()
    desk.edit(draft, 1, "title", text="印章管理新规")
    changes = desk.client.get(f"/api/issues/{it['id']}/compare/0").json()

    assert [each["name"] for each in rows[0]["signatures"]] == ["张三", "李四"]
    assert [(each["what"], each["section"]) for each in changes] == [("field", "标题")]


def test_days_to_come_and_the_calendar(desk):
    """What is due soon is listed, the calendar file is one."""
    from datetime import date, timedelta

    soon = date.today() + timedelta(days=20)
    desk.take_in(CIRCULAR.replace("自2025年10月1日起", f"自{soon.year}年{soon.month}月{soon.day}日起"), "近.txt")
    days = desk.client.get("/api/upcoming").json()
    text = desk.client.get("/api/calendar").text

    assert [(day["day"], day["what"]) for day in days] == [(soon.isoformat(), "effective")]
    assert f"DTSTART;VALUE=DATE:{soon:%Y%m%d}" in text


def test_choosing_anew_after_the_profile_changed(desk, draft):
    """The profile is written, counts at once, and pinned lines stay."""
    number = line(state(desk, draft), "严禁")["number"]
    desk.edit(draft, 1, "pin", line=number, on=True)
    saved = desk.client.post("/api/profile", json={"branch": "示例支行", "on": ["外汇"], "off": ["对公"], "roles": []}).json()
    told = desk.client.post(f"/api/drafts/{draft}/refill", json={"version": 2, "again": True}).json()

    assert saved["profile"]["branch"] == "示例支行"
    assert line(told, "严禁")["pinned"]
    assert desk.office.look("").branch == "示例支行"


def test_backup_and_restore_over_the_page(desk, draft):
    """The file that comes out goes in again."""
    data = desk.client.get("/api/backup").content
    assert desk.client.delete("/api/sources/1").status_code == 200
    assert desk.client.get(f"/api/drafts/{draft}").status_code == 404
    assert desk.client.post("/api/restore", content=b"nonsense").status_code == 404
    assert desk.client.post("/api/restore", content=data).status_code == 200
    desk.enter()

    assert state(desk, draft)["draft"]["version"] == 1
    assert [path.name for path in desk.office.home.iterdir() if "restore" in path.name or "backup" in path.name] == []


def test_samples_come_by_place_not_by_path(tmp_path):
    """The list is what lies in the folder; the browser names a place in it."""
    from tests.preview.client import Desk

    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "甲.txt").write_text(CIRCULAR, "utf-8")
    (folder / "甲.sheet.pdf").write_bytes(b"")
    it = Desk(tmp_path, samples=folder)
    it.enter()
    try:
        assert it.client.get("/api/samples").json() == ["甲.txt"]
        assert it.client.post("/api/samples/0").json()["name"] == "甲.txt"
        assert it.client.post("/api/samples/7").status_code == 400
    finally:
        it.close()


def test_the_source_page_is_drawn_in_a_child(desk):
    """A PDF's own page comes as a picture with its size; what is no page is not there."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(300, 200))
    canvas.drawString(20, 100, "page")
    canvas.save()
    store = desk.office.store
    desk.take_in()
    store.run("UPDATE source SET data = ?, form = 'pdf', sha256 = ? WHERE id = 1", (buffer.getvalue(), sha(buffer.getvalue())))
    found = desk.client.get("/api/sources/1/pages/1")

    assert found.content[:4] == b"\x89PNG"
    assert (float(found.headers["x-page-width"]), float(found.headers["x-page-height"])) == (300, 200)
    assert desk.client.get("/api/sources/1/pages/9").status_code == 404


def sha(data):
    """The hash of some bytes."""
    import hashlib

    return hashlib.sha256(data).hexdigest()


def test_what_ranks_is_loaded_before_the_first_file_comes(desk):
    """The first dropped file waits for no weights."""
    from digest.preview.serving import warm
    from digest.rank import learned

    learned.packaged.cache_clear()
    warm(desk.office)

    assert learned.packaged.cache_info().currsize == 1
