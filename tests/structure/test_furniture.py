"""Page furniture: numbers on lines of their own or stuck to text, running heads, links; figures of the text stay."""

from digest.structure.furniture import strip_furniture
from tests.build import document_from

PAGE = "网点应当在营业终了前完成账实核对并登记。\n" * 12


def kept(text: str) -> list[str]:
    """The lines that are left."""
    return [line.text for line in strip_furniture(document_from(text).blocks)]


def test_page_numbers_go() -> None:
    """Page numbers in all their dresses are dropped."""
    text = "甲行\n— 1 —\n乙行\n-2-\n丙行\n第 3 页 共 9 页\n丁行\n4/9\n戊行\n一5一\n己行\n6"
    assert kept(text) == ["甲行", "乙行", "丙行", "丁行", "戊行", "己行"]


def test_numbers_stuck_to_text() -> None:
    """A run of numbers, pages apart, is cut off the lines it is stuck to, even before 户 or 种."""
    text = "1示例银行章程\n" + PAGE + "2第四条网点应当登记。\n" + PAGE + "3（二）信托公司；\n" + PAGE + "4户身份资料应当留存。\n" + PAGE + "5客户应当到场。"
    lines = kept(text)
    for line in ("示例银行章程", "第四条网点应当登记。", "（二）信托公司；", "户身份资料应当留存。", "客户应当到场。"):
        assert line in lines


def test_dashed_number_stuck_to_text() -> None:
    """A number between dashes is a page's, wherever it sticks."""
    assert kept("— 4 —附件\n-13-足50万元的，并处罚款。") == ["附件", "足50万元的，并处罚款。"]


def test_figures_of_the_text_stay() -> None:
    """Amounts, days and counts at the head of a line are never taken for pages."""
    text = "".join(f"{number}万元以上的现金应当登记。\n{PAGE}" for number in range(1, 6))
    assert all(f"{number}万元以上的现金应当登记。" in kept(text) for number in range(1, 6))
    assert kept("15日内报告。\n16户以上的网点。\n17笔交易。") == ["15日内报告。", "16户以上的网点。", "17笔交易。"]


def test_numbered_rows_stay() -> None:
    """A numbered list is no run of pages: its numbers stand too close."""
    rows = "\n".join(f"{number} 可疑主体的第{number}项要素" for number in range(1, 30))
    assert len(kept(rows)) == 29
    assert kept(rows)[4].startswith("5 ")


def test_running_heads_go() -> None:
    """A line that comes back beside the page numbers is a running head, even in the middle of a sentence."""
    text = "".join(f"示例银行内部制度汇编\n- {number} -\n{PAGE}网点应当建立登\n" for number in range(1, 5))
    assert "示例银行内部制度汇编" not in kept(text)


def test_links_go() -> None:
    """Addresses of web pages are no text."""
    assert kept("附：\nhttps://www.example.com/view?docId=1\ndocId=1&itemId=2\n正文如下。") == ["附：", "正文如下。"]
