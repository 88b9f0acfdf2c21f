"""What is made, what is passed over, and what the journal keeps, whichever engine does the work."""

import csv
import gc
import tracemalloc
from collections import Counter

import pytest

from digest.batch import report
from digest.batch.run import JOURNAL, ROOM, Order, Place, staging, work
from digest.batch.task import State
from digest.batch.walk import entries
from digest.errors import UsageError
from tests.batch.papers import crew_of, quick_attend


@pytest.fixture
def batch(tmp_path):
    """A function that runs a batch over in/ into out/ and gives what was told, None counting as 以前."""
    (tmp_path / "in").mkdir()

    def run(*, resume=False, rules="r1", attend=quick_attend, stop_after=None):
        out = tmp_path / "out"
        told = []
        place = Place(out, rules, resume=resume)
        try:
            work(cut(entries(tmp_path / "in", out), stop_after), place, Order(out=out, crew=crew_of(out), attend=attend), told.append)
            report.write(place.ledger, staging(out))
        finally:
            place.close()
        return told

    return run


def cut(found, stop_after):
    """The entries, broken off as by Ctrl+C after so many."""
    for number, entry in enumerate(found):
        if number == stop_after:
            raise KeyboardInterrupt
        yield entry


def table(folder):
    """The rows of the table."""
    with (folder / "out" / report.TABLE).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def states(told):
    """How often each state was told."""
    return Counter("以前" if each is None else each.state.value for each in told)


def test_the_same_content_is_made_once(batch, tmp_path):
    """Three copies give one sheet and two rows that name the first; the same bytes under another suffix are read anew."""
    for name in ("a.txt", "b.txt", "c.txt", "d.md", "坏1.txt", "坏2.txt"):
        (tmp_path / "in" / name).write_text("坏" if "坏" in name else "same")

    told = batch()

    assert states(told) == {"已成": 2, "重复": 2, "未成": 2}
    rows = {row["来文"].rsplit("/", 1)[-1]: row for row in table(tmp_path)}
    assert rows["b.txt"]["与此相同"].endswith("a.txt")
    assert rows["b.txt"]["学习单"] == rows["a.txt"]["学习单"] == "a.json"
    assert rows["坏2.txt"]["与此相同"].endswith("坏1.txt")
    assert rows["坏2.txt"]["退出码"] == "4"


def test_copies_that_come_while_the_first_is_under_way(batch, tmp_path):
    """An engine that takes all tasks before it answers still makes each content once."""
    for number in range(9):
        (tmp_path / "in" / f"{number}.txt").write_text(str(number % 2))
    taken = []

    def greedy(tasks, crew):
        taken.extend(tasks)
        yield from quick_attend(taken, crew)

    told = batch(attend=greedy)

    assert len(taken) == 2
    assert states(told) == {"已成": 2, "重复": 7}
    assert len(table(tmp_path)) == 9


@pytest.mark.parametrize("name", ["a.txt", "坏.txt"])
def test_a_file_that_is_listed_twice_has_one_row(tmp_path, name):
    """The same path twice in a list is one file, made or failed once, and no copy of itself."""
    (tmp_path / name).write_text("1")
    (tmp_path / "list").write_text(f"{tmp_path / name}\n" * 3, "utf-8")
    out, told = tmp_path / "out", []

    def greedy(tasks, crew):
        yield from quick_attend(list(tasks), crew)

    for attend in (greedy, quick_attend):
        place = Place(out, "r", resume=False)
        work(entries(tmp_path / "list", out), place, Order(out=out, crew=crew_of(out), attend=attend), told.append)
        report.write(place.ledger, staging(out))
        place.close()

    assert states(told) == {"以前": 4, "未成" if "坏" in name else "已成": 2}
    assert [row["与此相同"] for row in table(tmp_path)] == [""]


def test_resume_makes_only_what_is_missing(batch, tmp_path):
    """After a break every file has its turn once; made ones are not made again, failed ones are tried again."""
    for number in range(10):
        (tmp_path / "in" / f"{number}{'坏' if number == 2 else ''}.txt").write_text(str(number))
    with pytest.raises(KeyboardInterrupt):
        batch(stop_after=6)

    told = batch(resume=True)

    assert states(told) == {"以前": 5, "已成": 4, "未成": 1}
    assert states(batch(resume=True)) == {"以前": 9, "未成": 1}
    assert len(table(tmp_path)) == 10


def test_a_broken_off_batch_is_not_begun_anew_by_mistake(batch, tmp_path):
    """Forgetting --resume after a break must not throw hours of work away; after a whole run the command means: all again."""
    for number in range(4):
        (tmp_path / "in" / f"{number}.txt").write_text(str(number))
    with pytest.raises(KeyboardInterrupt):
        batch(stop_after=2)

    with pytest.raises(UsageError, match=r"已成 2 个.*--resume"):
        batch()

    batch(resume=True)
    assert states(batch()) == {"已成": 4}


def test_resume_after_any_cut_of_the_journal(batch, tmp_path):
    """Wherever the journal ends, resuming gives every file exactly once."""
    for number in range(5):
        (tmp_path / "in" / f"{number}.txt").write_text(str(number % 4))
    batch()
    path = tmp_path / "out" / ROOM / JOURNAL
    whole = path.read_bytes()

    for end in range(0, len(whole), max(1, len(whole) // 25)):
        path.write_bytes(whole[:end])
        batch(resume=True)
        assert sorted(row["来文"][-5:] for row in table(tmp_path)) == [f"{number}.txt" for number in range(5)], end
        assert Counter(row["结果"] for row in table(tmp_path)) == {"已成": 4, "重复": 1}


@pytest.mark.parametrize("change", ["rules", "content", "sheet gone", "sheet empty"])
def test_what_no_longer_holds_is_made_again(batch, tmp_path, change):
    """Other rules, changed content, or a sheet that is gone or was emptied by a power cut: that file is made again."""
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.txt").write_text(name)
    batch()
    if change == "content":
        (tmp_path / "in" / "a.txt").write_text("changed")
    elif change == "sheet gone":
        (tmp_path / "out" / "a.json").unlink()
    elif change == "sheet empty":
        (tmp_path / "out" / "a.json").write_bytes(b"")

    told = batch(resume=True, rules="r2" if change == "rules" else "r1")

    assert states(told) == ({"已成": 2} if change == "rules" else {"已成": 1, "以前": 1})
    assert len(table(tmp_path)) == 2


def test_names_never_collide(batch, tmp_path):
    """Equal names in different folders, equal stems, and our own two files all keep apart, on every file system."""
    for name in ("a.txt", "a.md", "A.html", "x/a.txt", "结果.txt", "报告.txt"):
        (tmp_path / "in" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_text(name)

    batch()

    sheets = [row["学习单"] for row in table(tmp_path)]
    assert len({sheet.casefold() for sheet in sheets}) == 6
    assert "x/a.json" in sheets
    assert not {"结果.json", "报告.json"} & set(sheets)


def test_two_batches_keep_out_of_each_others_way(tmp_path):
    """A second batch into the same folder is refused while the first is at work."""
    place = Place(tmp_path / "out", "r", resume=False)
    try:
        with pytest.raises(UsageError, match="另一个批处理"):
            Place(tmp_path / "out", "r", resume=True)
    finally:
        place.close()
    Place(tmp_path / "out", "r", resume=True).close()


@pytest.mark.slow
def test_memory_does_not_grow_with_the_batch(tmp_path):
    """Ten times as many files take no more memory: results leave at once, the index lies on disk, the report shows a thousand pictures at most.

    The first small batch pays for what is loaded once, in whatever order tests run: as part of the smaller peak it would hide growth, or where another
    test has paid for it, leave a peak so small that a ratio of peaks says nothing.
    """
    _, small, large = (peak_of_batch(tmp_path, count) for count in (10, 1000, 10000))

    assert large - small < KEPT * 9000


KEPT = 200  # bytes a file: what cyclic garbage waits for the collector; one Result kept takes 1,000


def peak_of_batch(tmp_path, count):
    """The most memory in bytes that a batch of so many files takes at once, its report included."""
    folder = tmp_path / str(count)
    for number in range(count):
        (folder / str(number // 100)).mkdir(parents=True, exist_ok=True)
        (folder / str(number // 100) / f"{number:05}.txt").write_text(str(number))
    out = tmp_path / f"out{count}"
    crew = crew_of(out)
    place = Place(out, "r", resume=False)
    heard = Counter()
    gc.collect()
    tracemalloc.start()
    work(entries(folder, out), place, Order(out=out, crew=crew, attend=quick_attend), lambda each: heard.update([each.state]))
    report.write(place.ledger, staging(out))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    place.close()
    assert heard == {State.MADE: count}
    return peak
