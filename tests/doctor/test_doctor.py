"""``digest doctor`` on broken set-ups: each fault is found and told with its remedy, and none stops the examination."""

import json
import shutil
import socket
import sqlite3
import sys
import webbrowser
from importlib import metadata

import pytest

from digest import archive, doctor, pipeline, places
from digest.archive import migrations
from digest.cli import main
from digest.doctor import folders, parts, program
from digest.doctor.finding import TITLES, Level
from digest.errors import ExitCode
from digest.ingest import child, ocr_engine, tools
from digest.typeset import fonts

QUICK = ("program:python", "program:packages", "folders:writable", "folders:disk", "folders:archive", "settings:words", "settings:profile")


@pytest.fixture
def look_at(tmp_path, monkeypatch):
    """Run some checks; home and out are new folders below tmp_path unless told otherwise."""

    def run(*checks, home=tmp_path / "home", out=tmp_path / "out"):
        monkeypatch.setattr(doctor, "CHECKS", checks)
        return list(doctor.examine(home, out))

    return run


def levels(findings):
    """How bad each finding is."""
    return [each.level for each in findings]


def test_a_sound_computer_has_no_fault(look_at):
    """With everything installed for the tests, nothing needed is missing."""
    needed = [check for check in doctor.CHECKS if check not in ("parts:ocr", "parts:office", "parts:browser")]

    assert Level.FAULT not in levels(look_at(*needed))


def test_every_check_has_a_title():
    """No finding is without a name for people."""
    assert [check.partition(":")[2] for check in doctor.CHECKS] == list(TITLES)


def test_every_fault_has_a_remedy(look_at, tmp_path):
    """Whatever is not fine says what to do."""
    home = tmp_path / "home"
    (home / "lexicons").mkdir(parents=True)
    (home / "lexicons" / "words.tsv").write_text("无此类\t词\n", "utf-8")
    (home / "profile.toml").write_text("branch = ", "utf-8")
    (home / "archive.sqlite").write_bytes(b"no database" * 100)

    findings = look_at(*QUICK)

    assert sum(each.level is Level.FAULT for each in findings) == 3
    assert all(each.remedy for each in findings if each.level is not Level.FINE)


def test_a_missing_library_is_one_fault(look_at, monkeypatch):
    """A check that cannot be imported is told by the library's name, and the rest goes on."""
    for name in [each for each in sys.modules if each.split(".")[0] == "reportlab"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "reportlab", None)

    found = look_at("parts:fonts", "program:python")

    assert levels(found) == [Level.FAULT, Level.FINE]
    assert "缺少组件 reportlab" in found[0].text


def test_packages_that_differ_from_the_tested_ones(look_at, tmp_path, monkeypatch):
    """Another version than the pinned one is a warning that names both."""
    pinned = tmp_path / "constraints.txt"
    pinned.write_text("# tested\nlxml==0.1\n", "utf-8")
    monkeypatch.setattr(program, "PINNED", pinned)

    (found,) = look_at("program:packages")

    assert found.level is Level.WARNING
    assert f"lxml {metadata.version('lxml')}（应为 0.1）" in found.text


def test_packages_that_are_not_there(look_at, monkeypatch):
    """A needed library that is missing is a fault, one that only some computers have a warning, an extra none of our business."""
    wanted = ["lxml>=6", "absent-library>=1", 'absent-wheel>=1; platform_machine == "x86_64"', "absent-extra; extra == 'ocr'"]
    monkeypatch.setattr(metadata, "requires", lambda _: wanted)

    found = look_at("program:packages")

    assert [(each.level, each.text.split("（")[0]) for each in found] == [(Level.FAULT, "没有装 absent-library"), (Level.WARNING, "没有装 absent-wheel")]


@pytest.mark.parametrize("damage", ["missing", "garbage"])
def test_fonts_that_are_missing_or_damaged(look_at, tmp_path, monkeypatch, damage):
    """The file is named."""
    folder = tmp_path / "fonts"
    shutil.copytree(fonts.FOLDER, folder)
    broken = folder / f"{fonts.PACKAGED.bold}.ttf"
    broken.unlink() if damage == "missing" else broken.write_bytes(b"no font")
    monkeypatch.setattr(fonts, "FOLDER", folder)

    (found,) = look_at("parts:fonts")

    assert found.level is Level.FAULT
    assert broken.name in found.text


def test_without_ocr_only_scans_suffer(look_at, monkeypatch):
    """OCR is optional: a warning with the way to add it."""
    monkeypatch.setattr(ocr_engine, "NEEDED", ("no_such_engine",))
    ocr_engine.engine.cache_clear()

    (found,) = look_at("parts:ocr")

    assert found.level is Level.WARNING
    assert "start.py" in found.remedy


@pytest.mark.slow
@pytest.mark.parametrize(("shown", "level"), [(parts.SAID, Level.FINE), ("今天天气晴朗微风", Level.WARNING)])
def test_ocr_is_really_tried(look_at, monkeypatch, shown, level):
    """The engine reads a picture: it passes on what it sees, not on being installed."""
    pytest.importorskip("rapidocr", reason="OCR is not installed")
    drawn = parts.picture(shown)
    monkeypatch.setattr(parts, "picture", lambda _: drawn)

    assert levels(look_at("parts:ocr")) == [level]


@pytest.mark.parametrize("program", ["", sys.executable])
def test_office_absent_or_not_working(look_at, monkeypatch, program):
    """LibreOffice is optional; a program that converts nothing is not taken for it."""
    monkeypatch.setattr(tools, "find_office", lambda: program)

    assert levels(look_at("parts:office")) == [Level.WARNING]


def test_no_browser(look_at, monkeypatch):
    """The review page can still be opened by hand."""

    def none():
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)

    (found,) = look_at("parts:browser")
    assert found.level is Level.WARNING
    assert "网址" in found.remedy


def test_a_folder_that_cannot_be_written(look_at, tmp_path):
    """A folder below a file takes nothing; which of the folders it is, is told."""
    blocked = tmp_path / "file"
    blocked.write_text("x")

    (found,) = look_at("folders:writable", out=blocked / "学习单")

    assert found.level is Level.FAULT
    assert found.text.startswith("学习单文件夹写不进去")


def test_looking_makes_no_folder(look_at, tmp_path):
    """The examination leaves nothing behind."""
    look_at(*QUICK)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("left", "level"), [(10, Level.FAULT), (100, Level.WARNING), (5000, Level.FINE)])
def test_room_on_the_disk(look_at, monkeypatch, left, level):
    """Nearly full is a warning, full a fault."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(0, 0, left * folders.MEGABYTE))

    assert levels(look_at("folders:disk")) == [level]


def test_the_archive_is_the_one_that_serve_opens(look_at, tmp_path):
    """A server named in archive.toml is looked at, and one that cannot be reached is told."""
    (tmp_path / "archive.toml").write_text('address = "postgresql://digest@127.0.0.1:9/digest"\n', "utf-8")
    (found,) = look_at("folders:archive", home=tmp_path)

    assert found.level is Level.FAULT and "PostgreSQL" in found.text


def test_a_sound_archive(look_at, tmp_path):
    """It is told with its version and left as it is."""
    path = tmp_path / "archive.sqlite"
    archive.open_store(path).close()
    before = path.read_bytes()

    (found,) = look_at("folders:archive", home=tmp_path)

    assert found.level is Level.FINE
    assert path.read_bytes() == before


@pytest.mark.parametrize("fault", ["garbage", "foreign", "newer"])
def test_an_archive_that_is_not_ours_or_damaged(look_at, tmp_path, fault):
    """Damage, another program's file, and one of a newer version are faults."""
    path = tmp_path / "archive.sqlite"
    if fault == "garbage":
        path.write_bytes(b"no database" * 100)
    else:
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT, at TEXT)")
        connection.execute(f"INSERT INTO migration VALUES ({len(migrations.STEPS) + 1}, 'later', '')")
        connection.execute(f"PRAGMA application_id={migrations.APPLICATION if fault == 'newer' else 7}")
        connection.commit()
        connection.close()

    assert levels(look_at("folders:archive", home=tmp_path)) == [Level.FAULT]


def test_an_archive_of_an_older_version(look_at, tmp_path):
    """It will be brought up to date: a warning to make a backup first."""
    connection = sqlite3.connect(tmp_path / "archive.sqlite", isolation_level=None)
    migrations.apply(connection, "2026-01-01", upto=1)
    connection.close()

    (found,) = look_at("folders:archive", home=tmp_path)

    assert found.level is Level.WARNING
    assert "备份" in found.remedy


def test_faults_in_word_lists_are_told_with_file_and_line(look_at, tmp_path):
    """Each broken list is named with its line, and a file that nothing reads is pointed at."""
    folder = tmp_path / "lexicons"
    folder.mkdir()
    (folder / "words.tsv").write_text("# 我行用词\nduty\t应当\t很多\n", "utf-8")
    (folder / "actors.tsv").write_text("某部\t谁\n", "utf-8")
    (folder / "word.tsv").write_text("duty\t应当\n", "utf-8")

    found = look_at("settings:words", home=tmp_path)

    faults = [each.text for each in found if each.level is Level.FAULT]
    assert [text.split("：")[0] for text in faults] == ["actors.tsv 第1行", "words.tsv 第2行"]
    assert any(each.level is Level.WARNING and "word.tsv" in each.text for each in found)


def test_a_broken_design_is_told_and_the_others_are_checked(look_at, tmp_path):
    """The user's design with a wrong value is named with its line."""
    shutil.copytree(places.templates() / places.DEFAULT, tmp_path / "templates" / "mine")
    settings = tmp_path / "templates" / "mine" / places.SETTINGS
    settings.write_text(settings.read_text("utf-8") + "\n[words]\nnonsense = 1\n", "utf-8")

    found = look_at("settings:templates", home=tmp_path)

    assert levels(found) == [Level.FAULT]
    assert "mine" in found[0].text
    assert "第" in found[0].text


def test_a_child_that_is_blocked(look_at, monkeypatch):
    """Where something stops the child from working, that is a fault with the usual cause."""

    def dead(*_, **__):
        raise child.ChildFailed("crash")

    monkeypatch.setattr(child.Worker, "run", dead)

    (found,) = look_at("running:child")
    assert found.level is Level.FAULT
    assert "安全软件" in found.remedy


def test_whoever_asks_for_the_network_is_found_out(look_at, monkeypatch):
    """The trial sheet is made without a network, and the network is there again afterwards."""
    real = socket.socket

    def calls_home(*_):
        socket.socket()

    monkeypatch.setattr(pipeline, "write", calls_home)

    (found,) = look_at("running:trial")

    assert found.level is Level.FAULT
    assert "连网络" in found.text
    assert socket.socket is real


def test_exit_codes_and_json(tmp_path, monkeypatch, capsys):
    """0 where all that is needed works, UNFIT where not; as JSON the same in fields."""
    monkeypatch.setattr(doctor, "CHECKS", QUICK)
    words = ["doctor", "--home", str(tmp_path / "home"), "-o", str(tmp_path)]

    assert main(words) == ExitCode.OK
    assert "✓ Python" in capsys.readouterr().out
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "profile.toml").write_text("branch = 1", "utf-8")
    assert main([*words, "--json"]) == ExitCode.UNFIT
    told = json.loads(capsys.readouterr().out)
    assert not told["ok"]
    assert [each["key"] for each in told["findings"] if each["level"] == "fault"] == ["profile"]
