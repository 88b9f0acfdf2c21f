"""The archive in figures, SQLite and PostgreSQL side by side in one run: taking in, searching, listing, two writers at once, bytes.

``python bench/archive.py [--sizes 1000,3000,10000]``; synthetic documents whose words come as often as in jieba's dictionary.
PostgreSQL is a private server with its own defaults (fsync on); both databases lie on the same disk. Figures go to docs/archive.md.
"""

import argparse
import math
import multiprocessing
import random
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from digest import ingest, pipeline, places  # noqa: E402
from digest.archive import drafts, search, sources  # noqa: E402
from digest.archive.sources import Kept  # noqa: E402
from digest.archive.store import Store  # noqa: E402
from digest.archive.values import dump, pack  # noqa: E402
from digest.model.source import Source  # noqa: E402
from digest.preview.draft import begin  # noqa: E402
from digest.preview.taking import kept_of  # noqa: E402
from digest.zh import lexicon  # noqa: E402
from tests import servers  # noqa: E402
from tests.archive import made  # noqa: E402

LENGTH, DRAFT_LENGTH = 2000, 600  # characters of a circular and of its sheet
GROUP = 25  # documents in a transaction while growing
SINGLE, WRITERS, EACH = 60, 2, 60
QUERIES = {"一字（金）": "金", "常用两字（工作）": "工作", "少见两字（印鉴）": "印鉴", "四字（管理办法）": "管理办法", "两词（客户 登记）": "客户 登记"}
QUERIES |= {"没有的词": "鑫鑫示例词", "最新（不给词）": ""}


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Words with their cumulated frequency."""
    import jieba

    rows = [line.split() for line in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines()]
    kept = [(row[0], int(row[1])) for row in rows if int(row[1]) > 50]
    return [word for word, _ in kept], list(accumulate(count for _, count in kept))


def text_of(number: int, length: int) -> str:
    """A text of its own for each number, in lines."""
    words, weights = vocabulary()
    drawn = "".join(random.Random(number).choices(words, cum_weights=weights, k=length))[:length]
    return "\n".join(drawn[place : place + 80] for place in range(0, length, 80))


def document(number: int) -> tuple[Source, Kept, str]:
    """A circular, what was understood of it, and the words of its sheet; every fortieth is about 管理办法."""
    told = "本行管理办法另行制定。\n" if number % 40 == 0 else ""
    source = made.source_of(f"示银发{number}号\n{told}" + text_of(number, LENGTH), f"{number}.txt")
    kept = made.kept_of(source, title=text_of(-number - 1, 20), number=f"示银发〔2025〕{number}号")
    return source, kept, text_of(-number - 1, DRAFT_LENGTH)


def take_in(store: Store, given: tuple[Source, Kept, str]) -> None:
    """One document as a watch takes it in, without the steps before: two transactions."""
    source, kept, body = given
    place, _ = sources.add(store, source, kept, mentions=(), who="bench")
    drafts.create(store, place, made.content_of(body, body=dump(body), title=body[:20]), drafts.Change(who="bench", label="生成"))


def grow(store: Store, begin_at: int, end: int) -> None:
    """Many documents, several in a transaction."""
    for first in range(begin_at, end, GROUP):
        with store.writing():
            for number in range(first, min(end, first + GROUP)):
                take_in(store, document(number))


def timed(act: Callable[[], object]) -> float:
    """Seconds that something takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def median_of(act: Callable[[], object], times: int = 9) -> float:
    """The usual milliseconds."""
    return statistics.median(timed(act) for _ in range(times)) * 1000


def writer(address: str | Path, first: int, gate: "multiprocessing.synchronize.Barrier") -> None:
    """A process that takes in documents as fast as it can."""
    store = Store(address)
    given = [document(number) for number in range(first, first + EACH)]
    gate.wait()
    for each in given:
        take_in(store, each)
    store.close()


def together(address: str | Path, first: int, writers: int) -> float:
    """Documents per second of several processes."""
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(writers + 1)
    running = [context.Process(target=writer, args=(address, first + place * EACH, gate)) for place in range(writers)]
    for process in running:
        process.start()
    gate.wait()

    def ended() -> None:
        """Wait for all."""
        for process in running:
            process.join()

    seconds = timed(ended)
    assert [process.exitcode for process in running] == [0] * writers
    return writers * EACH / seconds


def bytes_of(store: Store, folder: Path) -> int:
    """What the archive takes on the disk."""
    if store.kind == "sqlite":
        store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return sum(path.stat().st_size for path in folder.glob("archive.sqlite*"))
    return int(store.rows("SELECT pg_database_size(current_database())")[0][0])


def measured(store: Store, size: int, folder: Path, address: str | Path) -> dict[str, float]:
    """All figures at one size."""
    given = [document(number) for number in range(size, size + SINGLE)]
    found = {"一份存入 毫秒": statistics.median(timed(lambda it=each: take_in(store, it)) for each in given) * 1000}
    for name, words in QUERIES.items():
        found[f"搜索 {name} 毫秒"] = median_of(lambda w=words: search.find(store, search.Query(words=w)))
    found["最近的草稿 毫秒"] = median_of(lambda: drafts.recent(store))
    found["按内容查重 毫秒"] = median_of(lambda: sources.find(store, "0" * 64))
    found["一个进程 份/秒"] = together(address, size + SINGLE, 1)
    found["两个进程同时 份/秒"] = together(address, size + SINGLE + EACH, WRITERS)
    return found


def series(address: str | Path, folder: Path, sizes: list[int]) -> Iterator[tuple[int, dict[str, float]]]:
    """The figures of one database, size by size."""
    store, there = Store(address), 0
    empty = bytes_of(store, folder)
    for size in sizes:
        grow(store, there, size)
        if store.kind == "postgresql":
            store.rows("SELECT gin_clean_pending_list('entry_grams')")
            store.run("ANALYZE")
        disk = (bytes_of(store, folder) - empty) / size
        figures = measured(store, size, folder, address)
        there = size + SINGLE + EACH * (1 + WRITERS)
        yield size, figures | {"每份字节（磁盘）": disk}
    if store.kind == "postgresql":
        tell_parts(store)
    store.close()


def tell_parts(store: Store) -> None:
    """What each table and the word index take of a document."""
    (count,) = tuple(store.rows("SELECT count(*) FROM source")[0])
    parts = {"全文索引": "pg_relation_size('entry_grams')", "全文": "pg_table_size('entry')", "原文件": "pg_table_size('source')"}
    parts |= {"解读结果": "pg_table_size('understanding')", "草稿": "pg_table_size('step') + pg_table_size('draft') + pg_table_size('edit')"}
    told = "，".join(f"{name} {store.rows(f'SELECT {sql}')[0][0] / count / 1000:.1f} KB" for name, sql in parts.items())
    print(f"PostgreSQL 每份：{told}（{count} 份）\n")


def slope(sizes: list[int], values: list[float]) -> float:
    """The exponent of growth: 0 stays the same, 1 grows with the number of documents."""
    logs = [(math.log(size), math.log(max(value, 1e-3))) for size, value in zip(sizes, values, strict=True)]
    mean_x, mean_y = (statistics.mean(column) for column in zip(*logs, strict=True))
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def real_sizes() -> None:
    """What the real steps leave of the samples: the part of a document that the synthetic ones do not have."""
    rules = pipeline.Rules(lexicon=lexicon.load({}), profile=places.profile(None))
    print("\n样例来文（真实步骤）：原文件、解读结果、草稿正文各多少字节")
    for path in sorted((ROOT / "samples").glob("*.docx")):
        if path.stem.endswith(".sheet"):
            continue
        understood = pipeline.understand(Source(name=path.name, data=path.read_bytes()), rules, reader=ingest.read)
        draft = dump(begin(pipeline.compose(understood, places.look("")).sheet))
        characters = sum(len(passage.text) for passage in understood.outline.passages)
        print(f"  {path.name}（{characters} 字）：{path.stat().st_size} {len(pack(kept_of(understood)))} {len(zlib.compress(draft.encode(), 6))}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,3000,10000")
    sizes = [int(word) for word in parser.parse_args().sizes.split(",")]
    with tempfile.TemporaryDirectory() as name, servers.postgres(settings=()) as server:
        both = {"SQLite": dict(series(Path(name) / "archive.sqlite", Path(name), sizes))}
        both["PostgreSQL"] = dict(series(server.database("bench"), Path(name), sizes))
    print(f"一份 {LENGTH} 字来文加 {DRAFT_LENGTH} 字草稿；{SINGLE + EACH * (1 + WRITERS)} 份在每一档测量时另外存入\n")
    print(f"| | {' | '.join(f'{kind} {size}' for kind in both for size in sizes)} | PostgreSQL ÷ SQLite | 增长指数 SQLite · PostgreSQL |")
    print("|---" * (3 + 2 * len(sizes)) + "|")
    for figure in both["SQLite"][sizes[0]]:
        values = {kind: [found[size][figure] for size in sizes] for kind, found in both.items()}
        shown = " | ".join(f"{value:.1f}" for kind in both for value in values[kind])
        growth = " · ".join(f"{slope(sizes, values[kind]):.2f}" for kind in both)
        print(f"| {figure} | {shown} | {values['PostgreSQL'][-1] / max(values['SQLite'][-1], 1e-9):.2f} | {growth} |")
    real_sizes()


if __name__ == "__main__":
    main()
