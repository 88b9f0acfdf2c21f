"""The review page in figures: edit to picture, start to first page, memory with 2,000 archived sheets, search in 10,000.

``python bench/review.py [--sheets 10000] [--edits 60] [--browser]``; prints a table for docs/review.md.
"""

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from digest import ingest  # noqa: E402
from digest.archive import drafts, search, sources  # noqa: E402
from digest.archive.store import Store  # noqa: E402
from digest.model.source import Source  # noqa: E402
from digest.preview.serving import warm  # noqa: E402
from tests.archive.made import content_of, kept_of  # noqa: E402
from tests.preview.running import Running, server  # noqa: E402

QUERIES = ("柜", "客户", "登记簿", "运营主管", "柜员 授权", "客户 不得", "没有这样的词")
CHROMIUM = "/usr/bin/chromium"


def shares(times: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(times)
    return f"p50 {statistics.median(ordered) * 1000:.0f} ms, p95 {ordered[int(len(ordered) * 0.95)] * 1000:.0f} ms, n={len(ordered)}"


def timed(act: Callable[[], object]) -> float:
    """Seconds that something takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def memory() -> float:
    """This process's resident memory in megabytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def sample() -> Path:
    """The longest sample in Word format."""
    return max((ROOT / "samples").glob("*.docx"), key=lambda path: path.stat().st_size)


def client_of(running: Running) -> httpx.Client:
    """A logged-in client."""
    client = httpx.Client(base_url=running.address, headers={"origin": running.address}, trust_env=False, timeout=60)
    client.get(f"/?key={running.door.key}")
    client.headers["x-csrf-token"] = re.search('name="csrf" content="([^"]+)"', client.get("/").text)[1]
    return client


def edits(running: Running, count: int) -> Iterator[str]:
    """Edit to picture as the browser asks for it, and where the time goes."""
    path = sample()
    number = running.office.take_in(Source(name=path.name, data=path.read_bytes()), ingest.read, "bench").draft
    client = client_of(running)
    told = client.get(f"/api/drafts/{number}").json()
    line = told["sections"][1]["lines"][0]
    answers, pictures, both = [], [], []
    for turn in range(count):
        values = {"line": line["number"], "text": line["text"][: max(6, len(line["text"]) - turn % 17)] + "。" * (turn // 17)}
        begun = time.perf_counter()
        page = client.post(f"/api/drafts/{number}/try", json={"version": 1, "op": "reword", "values": values}).json()["page"]
        answered = time.perf_counter()
        client.get(f"/api/pictures/{page['key']}?scale=2")
        done = time.perf_counter()
        answers.append(answered - begun)
        pictures.append(done - answered)
        both.append(done - begun)
    yield f"| edit to picture (server, 2x) | {shares(both)} |"
    yield f"| of it guard, layout, answer | {shares(answers)} |"
    yield f"| of it PDF, raster, PNG | {shares(pictures)} |"


def in_browser(running: Running, count: int) -> Iterator[str]:
    """From an edit, saved, to the decoded picture on the screen, in Chromium; each page is a new one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(running.start)
        page.goto(f"{running.address}/review/1")
        page.wait_for_selector("#paper[data-drawn]")
        times = []
        for turn in range(count):
            before = page.get_attribute("#paper", "data-drawn")
            begun = time.perf_counter()
            page.evaluate("text => { import('/static/desk.js').then(({ act }) => act('title', { text })); }", f"第{turn}个标题")
            page.wait_for_function("old => document.querySelector('#paper').dataset.drawn !== old", arg=before, polling=5)
            times.append(time.perf_counter() - begun)
        browser.close()
    yield f"| saved edit to picture on the screen (Chromium) | {shares(times)} |"


def start() -> Iterator[str]:
    """The command to its first page."""
    times = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as home:
            begun = time.perf_counter()
            command = [sys.executable, "-m", "digest", "serve", "--no-browser", "--home", home]
            process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
            address = next(re.search(r"http\S+", line)[0] for line in process.stdout if "http" in line)
            with httpx.Client(trust_env=False, follow_redirects=True) as client:
                client.get(address)
            times.append(time.perf_counter() - begun)
            process.terminate()
            process.wait(10)
    yield f"| start to first page | {shares(times)} |"


def words(dice: random.Random) -> str:
    """A made-up circular of some three thousand characters, built from the samples' own sentences."""
    return "\n".join(dice.choice(SENTENCES) for _ in range(60))


def sentences() -> list[str]:
    """The clauses of the samples' texts."""
    paths = [*sorted((ROOT / "samples").glob("*.txt")), *sorted((ROOT / "samples").glob("*.md")), *sorted((ROOT / "bench" / "sample_texts").glob("*"))]
    return [clause for path in paths if path.is_file() for clause in re.split(r"[。；\n]", path.read_text("utf-8")) if len(clause) > 10]


SENTENCES = sentences()


def fill(store: Store, count: int) -> None:
    """Archive so many circulars, each with its sheet."""
    dice = random.Random(7)
    for number in range(count):
        source = Source(name=f"{number}.txt", data=f"{number}\n{words(dice)}".encode())
        kept = kept_of(source, title=f"第{number}号通知", number=f"示银发〔2025〕{number}号")
        place, _ = sources.add(store, source, kept, mentions=(), who="bench")
        text = "\n".join(dice.choice(SENTENCES) for _ in range(14))
        drafts.create(store, place, content_of(text, title=f"第{number}号通知"), drafts.Change(who="bench", label="生成"))


def archive(folder: Path, count: int) -> Iterator[str]:
    """Memory while sheets are archived, then search in all of them."""
    store = Store(folder / "archive.sqlite")
    store.rows("PRAGMA synchronous=OFF")  # only to fill faster: reading is what is measured
    before = memory()
    fill(store, min(2000, count))
    for query in QUERIES:
        search.find(store, search.Query(words=query))
    yield f"| memory for {min(2000, count)} archived sheets | {memory() - before:.0f} MB more than {before:.0f} MB |"
    if count > 2000:
        fill_more(store, 2000, count)
    size = (folder / "archive.sqlite").stat().st_size / 2**20
    yield f"| file with {count} sources and sheets | {size:.0f} MB |"
    for query in QUERIES:
        times = [timed(lambda query=query: search.find(store, search.Query(words=query))) for _ in range(15)]
        hits = len(search.find(store, search.Query(words=query, most=10**6)))
        yield f"| search “{query}” in {count} sources + {count} sheets, {hits} hits | {shares(times)} |"
    store.close()


def fill_more(store: Store, first: int, count: int) -> None:
    """The rest in large transactions: filling is not what is measured."""
    dice = random.Random(8)
    for low in range(first, count, 200):
        with store.writing():
            for number in range(low, min(low + 200, count)):
                source = Source(name=f"{number}.txt", data=f"{number}\n{words(dice)}".encode())
                place, _ = sources.add(store, source, kept_of(source, title=f"第{number}号通知"), mentions=(), who="bench")
                text = "\n".join(dice.choice(SENTENCES) for _ in range(14))
                drafts.create(store, place, content_of(text, title=f"第{number}号通知"), drafts.Change(who="bench", label="生成"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheets", type=int, default=10_000)
    parser.add_argument("--edits", type=int, default=60)
    parser.add_argument("--browser", action="store_true")
    given = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else "")
    print("| what | figure |\n|---|---|")
    with tempfile.TemporaryDirectory() as home:
        print(*archive(Path(home), given.sheets), sep="\n")
    with tempfile.TemporaryDirectory() as home, server(Path(home)) as running:
        warm(running.office)
        print(*edits(running, given.edits), sep="\n")
        if given.browser:
            print(*in_browser(running, given.edits), sep="\n")
    print(*start(), sep="\n")


if __name__ == "__main__":
    main()
