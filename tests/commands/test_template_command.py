"""Designs are listed, copied and checked from the command line."""

from digest.cli import main
from digest.errors import ExitCode


def test_a_copy_is_the_users_own(tmp_path, capsys):
    """A copied design is found by its name and can be checked."""
    assert main(["template", "new", "本行", "--home", str(tmp_path)]) == ExitCode.OK
    assert main(["template", "check", "本行", "--home", str(tmp_path)]) == ExitCode.OK
    assert main(["template", "list", "--home", str(tmp_path)]) == ExitCode.OK

    assert "本行" in capsys.readouterr().out


def test_a_taken_name_is_not_overwritten(tmp_path):
    """A second copy of the same name leaves the first as it is."""
    main(["template", "new", "本行", "--home", str(tmp_path)])
    changed = tmp_path / "templates" / "本行" / "template.toml"
    changed.write_text(changed.read_text("utf-8") + "\n# mine\n", "utf-8")

    assert main(["template", "new", "本行", "--home", str(tmp_path)]) == ExitCode.USAGE
    assert changed.read_text("utf-8").endswith("# mine\n")


def test_names_with_folders_are_refused(tmp_path):
    """A name cannot lead out of the folder."""
    assert main(["template", "new", "../x", "--home", str(tmp_path)]) == ExitCode.USAGE


def test_a_broken_design_names_file_and_line(tmp_path, capsys):
    """A fault in a copied design is told with its file."""
    main(["template", "new", "坏", "--home", str(tmp_path)])
    (tmp_path / "templates" / "坏" / "template.toml").write_text("title = \n", "utf-8")

    assert main(["template", "check", "坏", "--home", str(tmp_path)]) == ExitCode.TEMPLATE
    assert "template.toml" in capsys.readouterr().err


def test_a_fault_of_the_page_is_found_by_the_check(tmp_path, capsys):
    """A tag that page.xml may not have is told with its file and line before any sheet is made."""
    main(["template", "new", "坏页", "--home", str(tmp_path)])
    page = tmp_path / "templates" / "坏页" / "page.xml"
    page.write_text(page.read_text("utf-8").replace("<point ", "<punkt ").replace("</point>", "</punkt>"), "utf-8")

    assert main(["template", "check", "坏页", "--home", str(tmp_path)]) == ExitCode.TEMPLATE
    told = capsys.readouterr().err
    assert "page.xml" in told
    assert "行" in told
