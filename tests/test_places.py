"""Places: designs, words and profile are found in the user's folder first, and a faulty file is told with file and line."""

import shutil
from pathlib import Path

import pytest

from digest import places
from digest.errors import BadTemplate, UsageError


@pytest.fixture
def own(tmp_path):
    """A user's folder with a copy of the default design called mine."""
    shutil.copytree(places.templates() / "cards", tmp_path / "templates" / "mine")
    return tmp_path


def settings(own, old, new):
    """Change the copy's template.toml."""
    path = own / "templates" / "mine" / "template.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_packaged_designs_are_there():
    """Four designs come with the program, the default one first."""
    assert [look.name for look in places.looks()] == ["cards", "brief", "large", "ledger"]


def test_a_users_design_is_found_by_its_folder(own):
    """A copied folder is a design of its own name."""
    settings(own, 'name = "双栏卡片"', 'name = "我行版式"')

    assert places.look("mine", own).title == "我行版式"


def test_a_users_design_goes_before_a_packaged_one(own):
    """A folder called like a packaged design replaces it."""
    (own / "templates" / "mine").rename(own / "templates" / "cards")
    path = own / "templates" / "cards" / "template.toml"
    path.write_text(path.read_text("utf-8").replace("双栏卡片", "改过的", 2), "utf-8")

    assert places.look("", own).title == "改过的"


def test_an_unknown_design_is_told_with_the_known_ones():
    """The message lists what there is."""
    with pytest.raises(UsageError, match="cards"):
        places.look("nowhere")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("sizes = [12, 11, 10.5]", "sizes = [12, 11, 9]", "不得小于 10.5"),
        ("sizes = [12, 11, 10.5]", 'sizes = ["大", "小"]', "sizes 应是一列数字"),
        ("columns = 2", 'columns = "两栏"', "columns 应是整数"),
        ("columns = 2", "columns = 3", "columns 只能是 1 或 2"),
        ('categories = ["ban"]', 'categories = ["bann"]', "没有 bann 这一类"),
        ("leading = [1.30, 1.50]", "leading = [1.50]", "leading 要写两个数"),
        ("questions = 3", "questions = -1", "questions 不能是负数"),
        ('logo = ""', 'logo = "没有.png"', "找不到文件 没有.png"),
        ('tag = "网点晨会学习单"', 'tagg = "网点晨会学习单"', "没有 tagg 这一项"),
        ('tag = "网点晨会学习单"', 'columns = ["序", "要点"]', "columns 要写 7 个表头"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(own, old, new, told):
    """Each wrong setting names file, line and what it should be."""
    settings(own, old, new)
    with pytest.raises(BadTemplate) as caught:
        places.look("mine", own)

    assert told in str(caught.value)
    assert "template.toml 第" in str(caught.value)


@pytest.mark.parametrize("name", ["page.xml", "sheet.html"])
def test_full_width_braces_are_told_with_their_line(own, name):
    """Braces typed in Chinese mode would be printed as they stand; they are refused."""
    path = own / "templates" / "mine" / name
    path.write_text(path.read_text("utf-8").replace("{{ sheet.title }}", "｛｛ sheet.title ｝｝", 1), "utf-8")
    with pytest.raises(BadTemplate, match=rf"{name} 第 \d+ 行：“｛｛”是全角花括号"):
        places.look("mine", own)


@pytest.mark.parametrize("name", ["page.xml", "sheet.html", "template.toml"])
def test_a_missing_file_is_told_by_its_name(own, name):
    """A design without one of its files says which and where to get it."""
    folder = own / "templates" / "mine"
    look = places.names(own)["mine"]
    (folder / name).unlink()
    with pytest.raises(BadTemplate, match=name):
        places.read_look(look)


def test_a_logo_that_is_no_png_is_told(own):
    """A JPEG under the name of a PNG is refused before anything is drawn."""
    (own / "templates" / "mine" / "logo.png").write_bytes(b"\xff\xd8\xff")
    settings(own, 'logo = ""', 'logo = "logo.png"')
    with pytest.raises(BadTemplate, match="不是 PNG"):
        places.look("mine", own)


def test_broken_toml_is_told_with_its_line(own):
    """A missing quotation mark is told with the line."""
    settings(own, 'name = "双栏卡片"', "name = 双栏卡片")
    with pytest.raises(BadTemplate, match="第 4 行"):
        places.look("mine", own)


def test_a_file_in_another_encoding_is_told(own):
    """A page saved as GBK names the way out."""
    path = own / "templates" / "mine" / "page.xml"
    path.write_bytes(path.read_text("utf-8").encode("gbk"))
    with pytest.raises(BadTemplate, match="UTF-8"):
        places.look("mine", own)


def test_a_mark_at_the_files_beginning_is_no_fault(own):
    """Notepad's byte-order mark is taken off."""
    path = own / "templates" / "mine" / "template.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert places.look("mine", own).title == "双栏卡片"


def test_the_branch_of_the_profile_is_printed_where_the_design_names_none(own):
    """The profile's branch stands in the head of every design."""
    (own / "profile.toml").write_text('branch = "示例支行营业室"\non = ["保管箱"]\n', "utf-8")

    assert places.look("cards", own).branch == "示例支行营业室"
    assert places.profile(own).on == ("保管箱",)


def test_the_users_words_are_read_by_name(tmp_path):
    """Every table in the user's folder of lexicons comes by its file name."""
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "posts.tsv").write_text("柜员\t前台\n", "utf-8")

    assert places.overrides(tmp_path) == {"posts.tsv": "柜员\t前台\n"}
    assert places.overrides(None) == {}


def test_the_users_folder_is_where_the_environment_says(monkeypatch, tmp_path):
    """DIGEST_HOME names the user's folder."""
    monkeypatch.setenv("DIGEST_HOME", str(tmp_path))

    assert places.home() == tmp_path


def test_the_archive_is_where_the_user_says(tmp_path):
    """What is given goes before archive.toml, and that before the file in the user's folder."""
    assert places.archive(tmp_path) == tmp_path / "archive.sqlite"
    (tmp_path / "archive.toml").write_text('address = "postgresql://digest@db/digest"\n')
    assert places.archive(tmp_path) == "postgresql://digest@db/digest"
    assert places.archive(tmp_path, "other.sqlite") == Path("other.sqlite")
