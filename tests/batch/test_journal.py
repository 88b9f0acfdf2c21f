"""The journal: whatever moment the program dies, every whole line before it is read again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.batch.journal import Journal
from digest.errors import BrokenOff

FULL = Path("/dev/full")
RECORDS = st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.integers(), max_size=3), min_size=1, max_size=6)


def written(path: Path, records) -> list[int]:
    """A journal of these records; where each ends."""
    journal = Journal(path)
    ends = []
    for record in records:
        journal.add(record)
        ends.append(path.stat().st_size)
    journal.close()
    return ends


@given(records=RECORDS, data=st.data())
def test_any_cut_keeps_the_whole_lines(tmp_path_factory, records, data):
    """Cut off at any byte, the journal gives exactly the records written whole before it, and takes new ones behind them."""
    path = tmp_path_factory.mktemp("journal") / "j"
    ends = written(path, records)
    cut = data.draw(st.integers(0, ends[-1]))
    path.write_bytes(path.read_bytes()[:cut])

    journal = Journal(path)
    whole = [record for record, end in zip(records, ends, strict=True) if end <= cut]
    assert [record for _, record in journal.records()] == whole

    place = journal.add({"新": 1})
    assert journal.read(place) == {"新": 1}
    journal.close()
    again = Journal(path)
    assert [record for _, record in again.records()] == [*whole, {"新": 1}]
    again.close()


@given(records=RECORDS, data=st.data())
def test_a_damaged_byte_costs_its_line_only(tmp_path_factory, records, data):
    """A changed byte never gives a wrong record: all others stay, the damaged one is gone."""
    path = tmp_path_factory.mktemp("journal") / "j"
    ends = written(path, records)
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)

    journal = Journal(path)
    found = [record for _, record in journal.records()]
    journal.close()
    hurt = next(number for number, end in enumerate(ends) if place < end)
    kept = [record for number, record in enumerate(records) if number != hurt]
    # a damaged line end joins two lines; a line end made out of nothing leaves two damaged halves
    assert found == kept or (place == ends[hurt] - 1 and found == [record for number, record in enumerate(records) if number not in (hurt, hurt + 1)])


def test_a_long_torn_line_is_cut(tmp_path):
    """A torn line longer than one reading step is cut off whole."""
    path = tmp_path / "j"
    written(path, [{"a": 1}])
    with path.open("ab") as file:
        file.write(b"0" * 200_000)

    journal = Journal(path)
    journal.close()

    assert path.read_bytes().count(b"\n") == 1
    assert path.stat().st_size < 100


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_told(tmp_path):
    """A journal that cannot be written ends the batch with a sentence, instead of making sheets nobody notes."""
    journal = Journal(tmp_path / "j")
    journal.close()
    with FULL.open("ab", buffering=0) as journal._file, pytest.raises(BrokenOff, match="腾出空间"):
        journal.add({"b": 2})
