"""Trimming: what goes at which level, and what never goes."""

import pytest

from digest.compress import trim


def kept(text: str, level: int, reader: str = "网点") -> str:
    """The sentence as it stays at a level."""
    return "".join(text[start:end] for start, end in trim.keep(text, level, reader))


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("为进一步规范尾箱管理，柜员应当双人核对尾箱。", "柜员应当双人核对尾箱。"),
        ("为防范风险，保护客户资金安全，提升服务水平，柜员应当双人核对尾箱。", "柜员应当双人核对尾箱。"),
        ("各网点应对照清单逐项自查。", "应对照清单逐项自查。"),
        ("根据《示例办法》（示银发〔2025〕3号）有关规定，柜员应当双人核对尾箱。", "柜员应当双人核对尾箱。"),
        ("柜员应当切实做好有关资料的登记。", "柜员应当做好资料的登记。"),
        ("智能U盾（以下简称U盾）应当由客户本人领取。", "智能U盾应当由客户本人领取。"),
        ("各网点不得代客户保管存单。", "不得代客户保管存单。"),
    ],
)
def test_level_one(text: str, trimmed: str) -> None:
    """Openings, references, fillers, short names and the reader's own name go first."""
    assert kept(text, 1) == trimmed


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("各网点应当双人核对尾箱。", "双人核对尾箱。"),
        ("柜员应当按照国家有关规定登记客户身份信息。", "柜员应当登记客户身份信息。"),
        ("柜员应当双人核对尾箱、登记簿和监控录像，逐笔签字留存，不断提升业务管理水平。", "柜员应当双人核对尾箱、登记簿和监控录像，逐笔签字留存。"),
        ("各网点应当加强从业人员管理，严禁违规查询、下载、复制、存储、篡改客户个人信息。", "严禁违规查询、下载、复制、存储、篡改客户个人信息。"),
    ],
)
def test_level_two(text: str, trimmed: str) -> None:
    """The reader's duty word, references inside, benefit tails and slogan heads go next."""
    assert kept(text, 2) == trimmed


@pytest.mark.parametrize(
    "text",
    [
        "为客户开立账户的，应当核对证件。",
        "为客户办理5万元以上现金存取时，应当核对证件。",
        "为防止未经授权使用，印章应当专人保管。",
        "违反《示例办法》规定的，每次扣12分。",
        "未按照规定登记的，责令改正。",
        "按照《示例办法》执行。",
        "客户应当提供证件。",
        "总行应当制定办法。",
        "有关部门应当配合。",
        "与交易有关的凭证应当留存。",
        "《甲办法》（示银发〔2019〕12号）同时废止。",
        "发现异常的，确保资金安全后报告。",
        "依照本法第五十五条规定对金融机构进行处罚的，应当公示。",
        "鉴别仪应当按照国家规定标准生产。",
        "支行根据分行的规定和授权，建立辖内的日常监督检查工作机制。",
        "应以“需进一步核实有关信息”为由暂缓办理。",
        "客户应对交易负责，柜员应对答如流。",
    ],
)
def test_what_never_goes(text: str) -> None:
    """Conditions that look like purposes, others' duties, references that carry the sentence, repealed numbers."""
    assert kept(text, 2) == text


def test_shells_are_filled_again() -> None:
    """Where all rules together would leave nothing to do, the boldest stand back."""
    text = "国务院市场监督管理部门应当加强信息化建设，制定统一的市场主体登记数据和系统建设规范。"

    assert kept(text, 2).count("应当") == 1 and len(kept(text, 2)) > 20


def test_only_the_documents_own_reader_goes() -> None:
    """In a paper to 网点 the name 支行 is somebody else."""
    assert kept("各支行不得代客户保管存单。", 1, reader="网点") == "各支行不得代客户保管存单。"


def test_the_reader_is_who_most_duties_begin_with() -> None:
    """The reader's name is the subject of at least half the sentences that begin with one."""
    texts = ["各网点应当核对。", "网点不得代办。", "各支行应当汇总。"]

    assert trim.usual_subject(texts) == "网点"
    assert trim.usual_subject(["客户应当到场。"]) == ""


def test_the_reader_keeps_the_name_where_other_houses_act_as_well() -> None:
    """收单机构 and 清算机构 in one paper: a line without a name could be either's; posts and offices of the own house are no other house."""
    assert trim.several(["收单机构"] * 6 + ["清算机构"] * 3, "收单机构")
    assert not trim.several(["网点"] * 6 + ["柜员"] * 3 + ["一级分行"] * 3, "网点")
    assert not trim.several(["收单机构"] * 60 + ["清算机构"], "收单机构")
