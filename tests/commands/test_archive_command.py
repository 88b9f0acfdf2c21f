"""``digest archive copy``: what the user sees, and the archive that comes out."""

from digest.archive import audit
from digest.archive.store import Store
from digest.cli import main
from digest.errors import ExitCode


def test_copies_and_tells_what(tmp_path, capsys):
    """The configured archive into a new file, and how to use it from then on."""
    store = Store(tmp_path / "archive.sqlite")
    audit.note(store, "打印")
    store.close()
    assert main(["archive", "copy", str(tmp_path / "new.sqlite"), "--home", str(tmp_path)]) == ExitCode.OK
    told = capsys.readouterr().out
    copy = Store(tmp_path / "new.sqlite")
    acts = [row.act for row in audit.latest(copy)]
    copy.close()

    assert acts == ["打印"]
    assert "审计日志：1" in told
    assert "archive.toml" in told


def test_a_second_copy_into_the_same_place_is_refused(tmp_path, capsys):
    """Nothing is mixed or overwritten."""
    store = Store(tmp_path / "archive.sqlite")
    audit.note(store, "打印")
    store.close()
    words = ["archive", "copy", str(tmp_path / "new.sqlite"), "--home", str(tmp_path)]
    main(words)

    assert main(words) == ExitCode.ARCHIVE
    assert "不是空的" in capsys.readouterr().err
