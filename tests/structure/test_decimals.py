"""The decimal trap: an item number in front of a figure is told from a decimal by its neighbours."""

from tests.build import outline_from


def texts(source: str) -> list[tuple[str, str]]:
    """Path and text of all sentences."""
    found = outline_from(source)
    return [(found.path_of(sentence.number), sentence.text) for sentence in found.sentences]


def test_item_number_before_an_amount() -> None:
    """2.5万元 between the items 1. and 3. is item 2. with 5万元."""
    found = texts("一、操作要求\n1.先点大数、后点细数。\n2.5万元以上现金机器清点两遍。\n3.发现假币当面收缴。")
    assert ("一、2.", "5万元以上现金机器清点两遍。") in found


def test_first_item_before_an_amount() -> None:
    """1.20万元 in front of item 2. is item 1. with 20万元."""
    found = texts("一、换人复核\n1.20万元以上现金换人复点。\n2.原封新券按捆付出。")
    assert ("一、1.", "20万元以上现金换人复点。") in found


def test_comma_number_before_a_date() -> None:
    """2、9月8日 between 1、 and 3、 is item 2、."""
    found = texts("1、请各网点报送名单，逾期自负。\n2、9月8日至12日晨会连续学习。\n3、夜间转值班室。")
    assert ("2、", "9月8日至12日晨会连续学习。") in found


def test_decimals_stay() -> None:
    """Without neighbours a decimal stays a decimal."""
    found = texts("一、费率\n2.5万元以上的部分按约定收取，由客户承担。")
    assert ("一、", "2.5万元以上的部分按约定收取，由客户承担。") in found


def test_decimal_headings_stay() -> None:
    """1.1, 1.2 stay decimal numbers of their own."""
    found = texts("第一章 总则\n1.1 适用范围\n本指引适用于网点。\n1.2 基本要求\n网点应当登记。")
    assert ("1.2", "网点应当登记。") in found
