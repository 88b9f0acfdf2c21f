"""Attacks: rebinding, foreign pages, guessed addresses, traversal, floods, scripts in names and titles, logins without end."""

import asyncio
import json
import re
from pathlib import Path

import pytest

from digest.archive.accounts import Role
from digest.preview import app, guards, serving
from digest.preview.asking import Entry
from digest.preview.views_files import bare_name
from tests.preview.client import ADDRESS
from tests.preview.made import CIRCULAR

STATIC = Path(app.__file__).parent / "static"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def address_of(entry: Entry) -> str:
    """An entry's path with a number or word in each place."""
    return re.sub(r"\{\w+:(int|str)\}", lambda hit: "1" if hit[1] == "int" else "word", entry.path)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:5000", "127.0.0.1", "127.0.0.1:80", "127.0.0.1.evil.example:5000", "", "[::1]:5000"])
def test_a_rebound_name_gets_nothing(desk, host):
    """Only the very addresses we listen on are answered, whatever the cookie says."""
    assert desk.client.get("/api/drafts", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9", "https://127.0.0.1:5000", "http://127.0.0.1:5000.evil.example"])
def test_a_foreign_page_can_neither_post_nor_read(desk, origin):
    """The Origin must be our own."""
    assert desk.client.post("/api/files", content=b"x", headers={"origin": origin}).status_code == 403
    assert desk.client.get("/api/drafts", headers={"origin": origin}).status_code == 403


def test_a_form_without_origin_or_token_changes_nothing(desk):
    """A change needs the Origin and the session's token; a wrong token is none."""
    draft = desk.take_in()
    body = {"version": 1, "op": "title", "values": {"text": "甲"}}
    path = f"/api/drafts/{draft}/edits"
    for headers in ({"x-csrf-token": ""}, {"x-csrf-token": "x" * 43}, {"x-csrf-token": "钥匙".encode()}):
        assert desk.client.post(path, json=body, headers=headers).status_code == 403
    del desk.client.headers["origin"]
    assert desk.client.post(path, json=body).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_embed_our_answers(desk, site):
    """Neither pictures nor scripts nor frames; a link that is followed is."""
    assert desk.client.get("/api/archive", headers={"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}).status_code == 403
    assert desk.client.get("/static/review.js", headers={"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}).status_code == 403
    assert desk.client.get("/archive", headers={"sec-fetch-site": site, "sec-fetch-mode": "navigate"}).status_code == 200


@pytest.mark.parametrize("entry", [entry for entry in app.entries() if entry.role is not None], ids=lambda entry: f"{entry.method} {entry.path}")
def test_nobody_gets_in_without_a_session(branch, entry):
    """Every address but the start page and the login asks who it is."""
    found = branch.client.request(entry.method, address_of(entry))

    assert found.status_code in (401, 303)
    if found.status_code == 303:
        assert found.headers["location"] == "/login"


@pytest.mark.parametrize("entry", [entry for entry in app.entries() if entry.role is Role.MANAGER], ids=lambda entry: f"{entry.method} {entry.path}")
def test_a_reader_does_nothing_of_the_managers(branch, quick_hash, entry):
    """Whatever the address, a reader is turned away."""
    found = branch.log_in("李读者", Role.READER).request(entry.method, address_of(entry))

    assert (found.status_code, found.headers.get("location")) in ((403, None), (303, "/archive"))


def test_a_reader_sees_issued_sheets_only(branch, quick_hash):
    """Not the source, not the draft, not a restricted one."""
    draft = branch.take_in()
    branch.client = branch.log_in("王主管", Role.MANAGER)
    keys = [each["key"] for each in branch.client.get(f"/api/drafts/{draft}/checks").json()["checks"]]
    number = branch.client.post(f"/api/drafts/{draft}/issues", json={"version": 1, "ticks": keys, "copies": 0}).json()["id"]
    reader = branch.log_in("李读者", Role.READER)

    assert {hit["what"] for hit in reader.get("/api/archive?words=印章").json()} == {"issue"}
    assert reader.get(f"/api/printing/{number}").status_code == 200
    branch.office.store.run("UPDATE issue SET light = 'orange'")
    assert reader.get("/api/archive?words=印章").json() == []
    assert reader.get(f"/api/printing/{number}").status_code == 400


def test_the_start_key_is_needed_once_and_must_be_right(desk):
    """A wrong key opens nothing; the right one leaves the address bar at once."""
    stranger = desk.fresh()
    wrong = stranger.get("/?key=guess")
    assert stranger.get("/").headers["location"] == "/login"
    right = stranger.get(f"/?key={desk.door.key}")

    assert (wrong.headers["location"], right.headers["location"]) == ("/", "/")
    assert stranger.get("/").status_code == 200


def test_the_cookie_is_strict_and_out_of_scripts_reach(desk):
    """HttpOnly, SameSite=Strict, and named after the port."""
    cookie = desk.fresh().get(f"/?key={desk.door.key}").headers["set-cookie"]

    assert cookie.startswith("digest_5000=")
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie


def test_the_start_key_is_no_way_around_accounts(branch):
    """With accounts the key means nothing."""
    assert branch.client.get(f"/?key={branch.door.key}").headers.get("set-cookie") is None


def test_ten_thousand_logins(branch, quick_hash):
    """After eight tries the name is closed for a quarter of an hour, even with the right password; and it is in the log."""
    branch.log_in("王主管", Role.MANAGER)
    tries = [branch.client.post("/api/login", json={"name": "王主管", "password": f"guess-{number}"}).json()["error"] for number in range(12)]
    right = branch.client.post("/api/login", json={"name": "王主管", "password": "晨会-2025-网点"})

    assert sum("太多" in told for told in tries) == 5  # the eighth was the login that made the name known
    assert right.status_code == 400


def test_unknown_names_are_told_nothing_else_than_wrong_passwords(branch, quick_hash):
    """The answer does not say which names there are."""
    branch.log_in("王主管", Role.MANAGER)
    told = [branch.client.post("/api/login", json={"name": name, "password": "guess-guess"}).text for name in ("王主管", "没有此人")]

    assert told[0] == told[1]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2ferrors.py",
        "/static//etc/passwd",
        "/fonts/../fonts.py",
        "/static/..\\app.py",
        "/api/pictures/..%2f..%2farchive.sqlite",
    ],
)
def test_no_path_leads_out(desk, path):
    """Static files are those of the folder; nothing else lies behind an address."""
    found = desk.client.get(path)

    assert found.status_code in (404, 405)
    assert b"import" not in found.content


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\来文.docx", "来文.docx"),
        ("a\x00b\n.txt", "ab.txt"),
        ("", "未命名文件"),
        ("..", "未命名文件"),
        ("/", "未命名文件"),
        ("长" * 500 + ".docx", "长" * 155 + ".docx"),
    ],
)
def test_a_files_name_is_never_a_path(given, shown):
    """Only its last part is shown, and that is all it is used for."""
    assert bare_name(given) == shown


def test_too_much_is_turned_away_before_it_is_read(desk, monkeypatch):
    """By what it announces, and by what comes."""
    assert desk.client.post("/api/drafts/1/edits", content=b"x" * (guards.SMALL_BODY + 1)).status_code == 413
    monkeypatch.setitem(guards.LARGE, "/api/files", 1000)
    assert desk.client.post("/api/files", content=b"x" * 1001).status_code == 413
    assert desk.client.post("/api/files", content=iter([b"x" * 600, b"x" * 600])).status_code == 413
    assert desk.client.get("/api/jobs").json() == []


def test_a_slow_sender_is_cut_off():
    """Silence between pieces, or a trickle, ends the request."""

    async def silent():
        await asyncio.sleep(60)

    async def wait():
        watched = guards.watched(silent, 100, guards.Headers({}))
        await watched()

    async def trickle():
        clock = [0.0]
        loop = asyncio.get_running_loop()
        loop.time, real = (lambda: clock[0]), loop.time

        async def drop():
            clock[0] += 10.0
            return {"type": "http.request", "body": b"x", "more_body": True}

        try:
            watched = guards.watched(drop, 10**9, guards.Headers({}))
            while True:
                await watched()
        finally:
            loop.time = real

    short = guards.CHUNK_SECONDS
    guards.CHUNK_SECONDS = 0.05
    try:
        with pytest.raises(guards.TooSlow):
            asyncio.run(wait())
    finally:
        guards.CHUNK_SECONDS = short
    with pytest.raises(guards.TooSlow):
        asyncio.run(trickle())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"[" * 100_000,
        b'{"version": "1"}',
        b'{"version": true, "op": "fit", "values": {}}',
        b'{"version": 1, "op": [], "values": {}}',
        b"\xff\xfe",
    ],
)
def test_odd_bodies_are_told_not_tripped_over(desk, body):
    """A sentence, never a traceback."""
    draft = desk.take_in()
    found = desk.client.post(f"/api/drafts/{draft}/edits", content=body, headers={"content-type": "application/json"})

    assert found.status_code == 400
    assert found.json()["error"]


def test_script_in_a_title_or_a_name_stays_text(desk):
    """It goes out as JSON and is put on the page as text; the HTML export escapes it."""
    draft = desk.take_in(CIRCULAR.replace("关于加强营业网点业务印章管理的通知", f"关于{SCRIPT}的通知"), f"{SCRIPT}.txt")
    desk.edit(draft, 1, "title", text=SCRIPT)
    keys = [each["key"] for each in desk.client.get(f"/api/drafts/{draft}/checks").json()["checks"]]
    it = desk.client.post(f"/api/drafts/{draft}/issues", json={"version": 2, "ticks": keys, "copies": 0}).json()
    exported = desk.client.get(f"/api/issues/{it['id']}/html")

    assert desk.client.get(f"/api/drafts/{draft}").headers["content-type"] == "application/json"
    assert "<script>alert" not in exported.text and "<img src=x" not in exported.text
    assert "<" not in exported.headers["content-disposition"]
    for page in ("/", "/archive", f"/review/{draft}"):
        assert "alert(1)" not in desk.client.get(page).text


def test_no_script_stands_in_a_page_and_none_makes_html_of_text():
    """The pages hold no inline script or style, and the scripts never use what parses HTML."""
    for page in (STATIC.parent / "pages").glob("*.html"):
        text = page.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|javascript:", text), page.name
    for script in STATIC.glob("*.js"):
        text = script.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), script.name


def test_nothing_is_asked_of_any_other_computer():
    """No address of another host stands in what we ship to the browser, but the names of XML vocabularies."""
    for path in [*STATIC.glob("*"), *(STATIC.parent / "pages").glob("*")]:
        found = set(re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", path.read_text("utf-8"))) - {"http://www.w3.org"}
        assert not found, path.name


def test_every_answer_carries_its_armour(desk):
    """A strict policy without inline script, no sniffing, no framing, nothing kept by the browser."""
    for path in ("/", "/api/drafts", "/static/review.js", "/nowhere"):
        headers = desk.client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    assert desk.client.get("/api/drafts").headers["cache-control"] == "no-store"


def test_a_lan_address_needs_a_manager(tmp_path):
    """Without an account it does not listen at all."""
    from digest import preview
    from digest.errors import UsageError

    with pytest.raises(UsageError, match="主管账号"):
        preview.run(tmp_path, host="0.0.0.0", open_browser=False)


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("127.8.8.8", True),
        ("0.0.0.0", False),
        ("192.168.1.9", False),
        ("branch-pc", False),
        ("", False),
    ],
)
def test_what_counts_as_this_pc(host, local):
    """Anything that others can reach needs accounts."""
    assert serving.is_loopback(host) is local


def test_what_was_done_is_in_the_audit_log(desk):
    """Opening, issuing, printing, deleting."""
    draft = desk.take_in()
    keys = [each["key"] for each in desk.client.get(f"/api/drafts/{draft}/checks").json()["checks"]]
    it = desk.client.post(f"/api/drafts/{draft}/issues", json={"version": 1, "ticks": keys, "copies": 0}).json()
    desk.client.get(f"/api/printing/{it['id']}")
    desk.client.delete("/api/sources/1")
    told = desk.client.get("/api/audit").json()

    assert [row["act"] for row in told["rows"]] == ["删除来文", "打印", "定稿", "打开"]
    assert told["broken"] is None
    assert json.dumps(told, ensure_ascii=False).count("key-of-this-run") == 0
    assert ADDRESS.startswith("http://127.0.0.1")
