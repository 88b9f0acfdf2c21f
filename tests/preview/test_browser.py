"""The whole story in a real browser: from dropping a file to printing, by mouse and by keyboard alone."""

import base64
import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.preview.made import CIRCULAR
from tests.preview.running import server
from tests.preview.test_importing import changed_docx

BROWSER = Path("/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not BROWSER.exists(), reason=f"{BROWSER} is not installed: apt-get install chromium")]


@pytest.fixture(scope="module")
def browser():
    """Chromium without a window."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
    with sync_api.sync_playwright() as playwright:
        it = playwright.chromium.launch(executable_path=str(BROWSER), headless=True, args=SWITCHES)
        yield it
        it.close()


@pytest.fixture
def site(tmp_path):
    """A server whose words and fonts are loaded."""
    from digest.preview.serving import warm

    with server(tmp_path) as running:
        warm(running.office)
        yield running


@pytest.fixture
def page(browser, site):
    """A page that has come in; anything asked of another computer, and any script error, fails the test."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True, locale="zh-CN")
    context.add_init_script("window.print = () => {}")  # a browser without a window has no printer, and crashes over it
    it = context.new_page()
    errors: list[str] = []
    watch(it, site, errors)
    context.on("page", lambda other: watch(other, site, errors))
    it.goto(site.start)
    yield it
    context.close()
    assert errors == []


def watch(it, site, errors):
    """Note errors and foreign requests."""
    it.set_default_timeout(20_000)
    it.on("pageerror", lambda error: errors.append(str(error)))
    it.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" and "409" not in message.text and "400" not in message.text else None
    )
    it.on("request", lambda request: errors.append(request.url) if not request.url.startswith((site.address, "blob:", "data:", "chrome")) else None)


def word_file() -> bytes:
    """The circular as a DOCX."""
    import io

    import docx

    document = docx.Document()
    for line in CIRCULAR.splitlines():
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def mail_file() -> bytes:
    """The circular forwarded by mail."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.com", "b@example.com", "转发：关于加强营业网点业务印章管理的通知"
    mail.set_content("各网点：请于2025年9月20日前组织学习。\n\n" + CIRCULAR.replace("示银发〔2025〕18号", "示银发〔2025〕19号"))
    return bytes(mail)


def drop(page, *files):
    """Let files fall on the page as a mouse would."""
    told = [{"name": name, "data": base64.b64encode(data).decode()} for name, data in files]
    page.evaluate(
        """files => {
            const carried = new DataTransfer();
            for (const {name, data} of files) carried.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name));
            document.querySelector('#drop').dispatchEvent(new DragEvent('drop', {dataTransfer: carried, bubbles: true, cancelable: true}));
        }""",
        told,
    )


def ready(page):
    """Wait until the review page shows its picture."""
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector("#paper[data-drawn]")


def open_draft(page, site, text=CIRCULAR, name="印章管理.txt"):
    """A circular straight into the archive, opened in the browser."""
    from digest import ingest
    from tests.preview.made import source_from

    number = site.office.take_in(source_from(text, name), ingest.read, "本机主管").draft
    page.goto(f"{site.address}/review/{number}")
    ready(page)
    return number


def drawn(page, act):
    """Do something that changes the page, and wait for the new picture."""
    before = page.get_attribute("#paper", "data-drawn")
    act()
    page.wait_for_function("old => document.querySelector('#paper').dataset.drawn !== old", arg=before)


def tick_all(page):
    """Open nothing, but set every tick of the print dialogue."""
    page.wait_for_selector("dialog .ticks")
    for box in page.locator("dialog .ticks input").all():
        box.check()


def texts(page):
    """The lines as the middle shows them."""
    return page.eval_on_selector_all(".line .say", "found => found.map(each => each.textContent)")


def say(page, words):
    """The line that holds some words."""
    return page.locator(".line .say", has_text=words)


def test_from_dropped_files_to_paper(page, site):
    """A DOCX and a mail fall on the page, both become sheets; one is changed and printed as the PDF it showed."""
    drop(page, ("印章通知.docx", word_file()), ("转发.eml", mail_file()))
    page.wait_for_function("() => document.querySelectorAll('.job.done').length === 2", timeout=60_000)
    page.locator(".job", has_text="印章通知.docx").get_by_text("审阅").click()
    ready(page)
    say(page, "严禁将印章").click()
    drawn(page, lambda: page.get_by_role("button", name="取下").click())
    page.click("#print")
    page.locator("dialog footer .main").click()
    assert "逐项确认" in page.locator("dialog .error").inner_text()
    tick_all(page)
    with page.expect_download() as got:
        page.locator("#exports button", has_text="PDF").click()

    assert Path(got.value.path()).read_bytes()[:5] == b"%PDF-"
    assert got.value.suggested_filename.endswith(".pdf")
    assert len(site.office.store.rows("SELECT 1 FROM issue")) == 1


def test_the_print_button_loads_the_very_pdf(page, site):
    """The hidden frame asks for the PDF that is kept."""
    open_draft(page, site)
    page.keyboard.press("Control+p")
    tick_all(page)
    with page.expect_response("**/api/printing/*") as got:
        page.locator("dialog footer button", has_text="打印").click()

    assert got.value.headers["content-type"] == "application/pdf"


def test_a_review_by_keyboard_alone(page, site):
    """Walk, move, reword, confirm, take off, undo, pin, add, print: no mouse."""
    open_draft(page, site)
    keys = page.keyboard
    assert page.evaluate("document.activeElement.classList.contains('say')")
    first = texts(page)
    keys.press("ArrowDown")  # the first section has one line only
    drawn(page, lambda: keys.press("Alt+ArrowDown"))
    assert texts(page)[:3] == [first[0], first[2], first[1]]
    drawn(page, lambda: keys.press("Control+z"))
    assert texts(page) == first

    keys.press("Home")
    keys.press("Enter")
    page.wait_for_selector(".editor textarea")
    keys.press("Control+a")
    keys.type("停用的印章应当于9个工作日内上缴分行运营管理部")
    page.wait_for_selector(".editor.bad .findings li")
    keys.press("Enter")
    page.wait_for_selector("dialog[open]")
    keys.type("分行电话通知")
    keys.press("Tab")
    keys.press("Tab")
    drawn_now = page.get_attribute("#paper", "data-drawn")
    keys.press("Enter")
    page.wait_for_selector(".line.deviating")
    assert "9个工作日" in texts(page)[0]
    assert page.evaluate("document.activeElement.classList.contains('say')")

    keys.press("p")
    page.wait_for_selector(".line.sel .tag:has-text('已锁定')")
    keys.press("ArrowDown")
    keys.press("Delete")
    page.wait_for_function("count => document.querySelectorAll('.line').length === count - 1", arg=len(first))
    keys.press("n")
    keys.type("本网点钥匙由王五保管")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    page.wait_for_selector(".line.own")
    keys.press("Control+p")
    page.wait_for_selector("dialog .ticks")
    for _ in page.locator("dialog .ticks input").all():
        keys.press("Space")
        keys.press("Tab")
    keys.press("Tab")
    assert page.locator("dialog .ticks input:checked").count() == page.locator("dialog .ticks input").count()
    keys.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert drawn_now


def tab_to(page, selector):
    """Press Tab until the focus is on, or in, what a selector names."""
    for _ in range(60):
        if page.evaluate("selector => Boolean(document.activeElement?.closest(selector))", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {selector}")


def test_from_files_to_paper_by_keyboard_alone(page, site):
    """Choose a DOCX and a mail, open the sheet, reword a line back and forth, confirm, print: Tab, Space and Enter do it all."""
    keys = page.keyboard
    with page.expect_file_chooser() as chooser:  # set up before the walk: the browser takes a moment to hand its dialogue over
        tab_to(page, "#pick")
        keys.press("Enter")
    kinds = {"印章通知.docx": word_file(), "转发.eml": mail_file()}
    chooser.value.set_files([{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in kinds.items()])
    page.wait_for_function("() => document.querySelectorAll('.job.done').length === 2", timeout=60_000)
    tab_to(page, ".job a")
    keys.press("Enter")
    ready(page)
    first = texts(page)
    keys.press("Enter")
    page.wait_for_selector(".editor textarea")
    keys.press("End")
    keys.type("网点主任核对")
    keys.press("Enter")
    page.wait_for_selector("dialog .findings, .line.edited, .line.deviating")
    if page.locator("dialog[open]").count():
        tab_to(page, "dialog button.danger")
        keys.press("Enter")
    page.wait_for_selector(".line.edited .say, .line.deviating .say")
    assert "网点主任核对" in texts(page)[0]
    keys.press("Control+z")
    page.wait_for_function("old => document.querySelector('.line .say').textContent === old", arg=first[0])
    keys.press("Control+p")
    page.wait_for_selector("dialog .ticks")
    for box in page.locator("dialog .ticks input").all():
        tab_to(page, f"#{box.get_attribute('id')}")
        keys.press("Space")
    tab_to(page, "dialog footer .main")
    with page.expect_response("**/api/printing/*") as got:
        keys.press("Enter")

    assert got.value.headers["content-type"] == "application/pdf"
    assert len(site.office.store.rows("SELECT 1 FROM issue")) == 1


def test_a_double_click_means_the_line_it_began_on(page, site):
    """The first click moves the lines, as the buttons of the line before go away; the second one still opens the right line."""
    open_draft(page, site)
    say(page, "严禁将印章").dblclick()

    assert page.locator(".editor textarea").input_value().startswith("严禁将印章")
    page.keyboard.press("Escape")
    page.wait_for_selector(".editor", state="detached")
    page.keyboard.press("Home")
    second = page.locator(".line .say").nth(1)
    wanted = second.inner_text()
    second.dblclick()
    assert page.locator(".editor textarea").input_value() == wanted


def test_a_pdf_is_shown_as_its_own_pages(page, site):
    """With the chosen sentences marked on them, the selected one lit, and its text one click away."""
    from digest import ingest
    from digest.model.source import Source

    path = Path(__file__).parents[2] / "samples" / "汛期营业通知.pdf"
    number = site.office.take_in(Source(name=path.name, data=path.read_bytes()), ingest.read, "本机主管").draft
    page.goto(f"{site.address}/review/{number}")
    ready(page)
    page.wait_for_selector("#source .sheet-page .spot.lit")
    page.wait_for_selector("#source .sheet-page .spot.on:not(.lit)")
    page.keyboard.press("End")
    page.wait_for_selector("#source .sheet-page:not([data-page='1']) .spot.lit")
    page.keyboard.press("/")
    page.keyboard.type("网点")
    page.wait_for_selector("#source .text")
    page.wait_for_function("() => document.querySelector('#find-count').textContent.includes('/')")
    page.reload()
    ready(page)
    assert page.get_by_role("button", name="原页").get_attribute("aria-pressed") == "true"


def test_a_reload_in_the_middle_of_an_edit_loses_nothing(page, site):
    """What was typed and not yet saved is there again, on its line."""
    open_draft(page, site)
    say(page, "严禁将印章").dblclick()
    page.locator(".editor textarea").fill("严禁将印章带出营业")
    page.reload()
    ready(page)

    assert page.locator(".editor textarea").input_value() == "严禁将印章带出营业"
    page.keyboard.press("Escape")
    page.wait_for_selector(".editor", state="detached")
    page.reload()
    ready(page)
    assert page.locator(".editor").count() == 0


def test_two_tabs_do_not_overwrite_each_other(page, site):
    """The idle tab follows; the busy one is told and can do its change again on top."""
    number = open_draft(page, site)
    other = page.context.new_page()
    other.goto(f"{site.address}/review/{number}")
    ready(other)
    say(other, "严禁将印章").click()
    drawn(other, lambda: other.keyboard.press("Delete"))
    page.wait_for_function("() => ![...document.querySelectorAll('.line .say')].some(each => each.textContent.includes('严禁将印章'))")

    say(page, "印章丢失的").dblclick()
    page.locator(".editor textarea").fill("印章丢失的，应当立即报告网点主任，并于24小时内书面报告分行运营管理部门")
    other.locator("#title, [data-field=title] .say").click()
    other.locator(".editor input").fill("新标题")
    other.keyboard.press("Enter")
    other.wait_for_function("() => document.title.startsWith('新标题')")
    page.wait_for_selector(".banner.red")
    page.locator(".editor .main").click()
    page.locator(".banner button", has_text="再做一次").click()
    page.wait_for_selector("dialog[open]")
    page.locator("dialog button", has_text="确认这样写").click()
    page.wait_for_selector(".line.deviating")

    assert page.title().startswith("新标题")


def test_the_guard_asks_before_it_keeps(page, site):
    """The red mark while typing, the question on saving, and the way back."""
    open_draft(page, site)
    say(page, "严禁将印章").dblclick()
    page.locator(".editor textarea").fill("可以将印章带出营业场所")
    page.wait_for_selector(".editor.bad .findings li")
    assert page.locator(".editor ins.in").count() and page.locator(".editor del.out").count()
    page.keyboard.press("Enter")
    page.locator("dialog button", has_text="返回修改").click()
    assert page.locator(".editor textarea").input_value() == "可以将印章带出营业场所"
    assert site.office.store.rows("SELECT version FROM draft")[0][0] == 1
    page.locator(".editor button", has_text="取消").click()

    assert say(page, "严禁将印章").count() == 1


def test_the_input_method_keeps_its_enter(page, site):
    """Enter that chooses a word of the input method saves nothing."""
    open_draft(page, site)
    say(page, "严禁将印章").dblclick()
    page.eval_on_selector(
        ".editor textarea",
        """area => {
            area.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
            area.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}));
            area.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}));
        }""",
    )
    page.wait_for_timeout(300)

    assert page.locator(".editor textarea").count() == 1
    assert site.office.store.rows("SELECT version FROM draft")[0][0] == 1


def test_click_on_the_paper_and_on_the_source(page, site):
    """A click on the picture selects the line and lights its source; one on the source puts a sentence on the sheet."""
    open_draft(page, site)
    number = say(page, "单笔5万元").evaluate("each => each.closest('.line').dataset.line")
    page.locator(f".a4 .spot[data-key='line-{number}']").click()
    page.wait_for_selector(f".line.sel[data-line='{number}']")
    assert "单笔5万元" in page.locator("#source .lit").first.inner_text()

    lines = page.locator(".line").count()
    page.locator("#source .s.left").first.click()
    drawn(page, lambda: page.locator(".ask-unit .main").click())
    assert page.locator(".line").count() == lines + 1


def test_drag_to_another_section(page, site):
    """By the handle, onto a section's line."""
    page.set_viewport_size({"width": 1366, "height": 1500})  # a scroll in the middle of a drag would move the target away
    open_draft(page, site)
    line = page.locator(".line", has_text="严禁将印章")
    target = page.locator("[data-section=do] .line").first
    drawn(page, lambda: line.locator(".drag").drag_to(target))

    assert "严禁将印章" in page.locator("[data-section=do] .line .say").first.inner_text()


def test_kind_template_and_swap(page, site):
    """One click each; every line stays when the design changes."""
    open_draft(page, site)
    count = len(texts(page))
    drawn(page, lambda: page.select_option("#kind", "安保"))
    others = page.eval_on_selector_all("#template option", "found => found.map(each => each.value)")
    for name in others[1:]:
        page.select_option("#template", name)
        page.wait_for_function(
            "([name]) => document.querySelector('#saved').textContent.startsWith('已保存') && document.querySelector('#template').value === name", arg=[name]
        )
    assert len(texts(page)) == count
    assert page.locator("#kind").input_value() == "安保"


def test_search_in_the_archive_and_in_the_source(page, site):
    """Words are found and shown; a script in a title stays text."""
    open_draft(page, site, CIRCULAR.replace("业务印章管理的通知", "业务印章<b>管理</b>的通知"), "<img src=x>.txt")
    page.keyboard.press("/")
    page.keyboard.type("印章")
    page.wait_for_function("() => document.querySelector('#find-count').textContent.includes('/')")
    page.goto(f"{site.address}/archive")
    page.fill("#words", "预先加盖")
    page.wait_for_selector("#hits mark")

    assert page.locator("#hits mark").first.inner_text() == "预先加盖"
    assert page.locator("img[src=x]").count() == 0


def test_a_word_file_comes_back(page, site):
    """Exported, changed in Word, shown beside the source, confirmed, kept."""
    open_draft(page, site)
    page.click("#print")
    tick_all(page)
    with page.expect_download() as got:
        page.locator("#exports button", has_text="Word").click()
    data = changed_docx(Path(got.value.path()).read_bytes(), "3个工作日", "8个工作日")
    page.click("#more")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("menuitem", name="读回改过的 Word…").click()
    chooser.value.set_files([{"name": "改.docx", "mimeType": "application/octet-stream", "buffer": data}])
    page.wait_for_selector("dialog .findings li")
    page.locator("dialog button", has_text="确认并读回").click()
    page.wait_for_selector(".line.deviating")

    assert any("8个工作日" in text for text in texts(page))


@pytest.mark.parametrize("size", [(1366, 768), (911, 512), (1920, 1080)])
def test_nothing_spills_over(page, site, size):
    """At 1366×768, at 150 % zoom of it, and at full HD: no sideways scrolling, the print button in sight."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    hints = "\n".join(f"（{number}）本段没有编号也没有要求。" for number in range(3))
    open_draft(page, site, CIRCULAR.replace("2025年9月1日\n", "2025年9月1日\n（内部资料，注意保存）\n") + hints, f"{'很长的文件名' * 20}.txt")
    assert page.locator(".banner").count() >= 1

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = page.locator("#print").bounding_box()
    assert box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1]


@pytest.mark.parametrize("where", ["/", "/archive", "/settings", "review", "editing", "printing", "unfolded"])
def test_axe_finds_nothing_serious(page, site, where):
    """The rules of WCAG 2 A and AA as axe-core checks them."""
    if where.startswith("/"):
        open_draft(page, site)
        page.goto(site.address + where)
        page.wait_for_load_state("networkidle")
    else:
        open_draft(page, site)
    if where == "editing":
        say(page, "严禁将印章").dblclick()
        page.locator(".editor textarea").fill("可以将印章带出营业场所")
        page.wait_for_selector(".editor.bad .findings li")
    if where == "printing":
        page.click("#print")
        page.wait_for_selector("dialog .ticks")
    if where == "unfolded":
        page.click("#fold-left")
        page.click("#fold-ask")
    found = check_with_axe(page)

    assert found == []


def check_with_axe(page):
    """The serious and critical findings, each with where it is; the checker runs beside the page's policy, not through it."""
    session = page.context.new_cdp_session(page)
    run = (
        "axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify("
        "r.violations.map(v => [v.id, v.impact, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))])))"
    )
    session.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    told = session.send("Runtime.evaluate", {"expression": run, "awaitPromise": True, "returnByValue": True})
    return [each for each in json.loads(told["result"]["value"]) if each[1] in ("serious", "critical")]
