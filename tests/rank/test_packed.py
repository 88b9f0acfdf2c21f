"""The packed form of the learned weights: the same as the text it was made from, and never used beside another one."""

from pathlib import Path

import pytest

from digest import shipped
from digest.rank import learned, packed
from digest.rank.learned import Weights

HERE = Path(learned.__file__).parent
FILE = "# where from\nsingle\tbase\t0.5\nfeature\task\t0.1\ntext\t应当\t1.5\ntext\t不得\t1.5\nvotes\tcategories:\tdo ban\nvotes\ttext:应当\t0.9 -0.1\n"


def all_of(weights: Weights) -> tuple[object, ...]:
    """Everything in them, votes as they are written."""
    votes = {kind: table.written for kind, table in weights.votes.items()}
    return weights.base, weights.prior, weights.features, weights.text, weights.stem, weights.categories, votes


def test_the_packaged_form_is_made_from_the_packaged_text() -> None:
    """A changed text beside an old packed form would only be slow, not wrong; but then: python bench/pack_weights.py."""
    written, derived = (HERE / "weights.tsv").read_bytes(), (HERE / learned.PACKED).read_bytes()

    assert packed.made_from(derived, written)
    assert derived == packed.pack(written.decode("utf-8"))
    assert all_of(learned.packaged()) == all_of(learned.parse(written.decode("utf-8")))


@pytest.mark.parametrize("text", [pytest.param(FILE, id="a small file"), pytest.param("# nothing\n", id="an empty one")])
def test_nothing_is_lost_by_packing(text: str) -> None:
    """Weights, votes and empty tables come back as they were, to the last digit."""
    assert all_of(packed.unpack(packed.pack(text))) == all_of(learned.parse(text))


def test_a_packed_form_of_another_text_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A weight that was changed by hand counts at once, whatever is packed beside it."""
    (tmp_path / learned.PACKED).write_bytes(packed.pack(FILE))
    (tmp_path / "weights.tsv").write_text(FILE.replace("1.5", "2.5"), "utf-8", newline="\n")
    monkeypatch.setattr(shipped, "path", lambda _, name: tmp_path / name)

    assert learned.packaged.__wrapped__().text["应当"] == 2.5


def test_the_packed_form_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source tree without the derived file ranks all the same."""
    (tmp_path / "weights.tsv").write_text(FILE, "utf-8", newline="\n")
    monkeypatch.setattr(shipped, "path", lambda _, name: tmp_path / name)

    assert learned.packaged.__wrapped__().text["应当"] == 1.5
