"""The file of learned weights: every row is read, and a file that is not as it should be is refused."""

import pytest

from digest.rank.learned import parse

FILE = "# where from\nsingle\tbase\t0.5\nfeature\task\t0.1\ntext\t应当\t1.5\ntext\t不得\t-2\nvotes\tcategories:\tdo ban\nvotes\ttext:应当\t0.9 -0.1\n"


def test_every_row_is_read_where_it_belongs() -> None:
    """A weight in the wrong table would rank by the wrong words."""
    found = parse(FILE)
    assert (found.base, found.prior, found.features) == (0.5, 0.0, {"ask": 0.1})
    assert (found.text, found.stem) == ({"应当": 1.5, "不得": -2.0}, {})
    assert (found.categories, found.votes["text"]["应当"], set(found.votes["stem"].written)) == (("do", "ban"), (0.9, -0.1), set())


def test_the_last_line_need_not_end() -> None:
    """An editor that drops the last line's end must not cost the last weight."""
    assert parse(FILE.rstrip("\n")) == parse(FILE)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(FILE + "text\t本行\t1\n", id="a row apart from its kind"),
        pytest.param(FILE.replace("\t1.5", ""), id="a row without a weight"),
        pytest.param(FILE.replace("\t1.5", "\t1.5\t2"), id="a row with a cell too many"),
        pytest.param(FILE.replace("\t1.5", "\tmuch"), id="a weight that is no number"),
        pytest.param(FILE.replace("text\t不得", "txet\t不得"), id="an unknown kind"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(broken: str) -> None:
    """Half-read weights would rank silently wrong."""
    with pytest.raises(ValueError):
        parse(broken)
