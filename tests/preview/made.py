"""A fictional circular with its sheet and desk, made once by the real steps."""

from functools import cache

from digest import ingest, pipeline, places, sheet
from digest.archive.sources import Kept
from digest.errors import DoesNotFit
from digest.model.source import Source
from digest.preview.draft import Draft, begin
from digest.preview.edits import Desk
from digest.zh import lexicon

CIRCULAR = """示例银行文件
示银发〔2025〕18号
关于加强营业网点业务印章管理的通知
各分行、各支行：
为进一步加强业务印章管理，防范操作风险，现将有关事项通知如下：
一、印章保管
（一）业务印章由柜员专人保管，柜员临时离岗应当将印章入箱上锁。
（二）柜员不得在空白凭证上预先加盖印章，不得将印章交他人代管，但网点主任书面批准的除外。
（三）网点主任应当每月检查印章保管情况不少于2次，并登记《印章检查登记簿》。
二、印章使用
（一）柜员办理下列业务应当加盖业务公章：
1.单位存款证明；
2.个人存款证明；
3.挂失申请书。
（二）单笔5万元以上（含）的现金业务，由运营主管现场授权后用印。
（三）严禁将印章带出营业场所。
（四）柜员尾箱内空白凭证库存限额为50份，最高不得超过80份。
三、印章停用
（一）停用的印章应当于3个工作日内上缴分行运营管理部。
（二）印章丢失的，应当立即报告网点主任，并于24小时内书面报告分行运营管理部。
四、其他事项
（一）印章登记簿保存期限不少于5年。
（二）本通知自2025年10月1日起施行。《示例银行业务印章管理办法》（示银发〔2019〕7号）同时废止。
联系人：运营管理部 张三 电话：0000-81230000
示例银行
2025年9月1日
"""


# so long that its ban is worth a line of its own
PARTED_DUTY = "逐笔核对空白凭证并登记台账，按日核点现金、印章、机具、重要物品、库房钥匙和尾箱余额，按周核对代保管物品、登记簿和影像资料的数量和去向"


def source_from(text: str = CIRCULAR, name: str = "印章管理.txt") -> Source:
    """A text as a file."""
    return Source(name=name, data=text.encode())


@cache
def rules() -> pipeline.Rules:
    """The packaged words and no profile."""
    return pipeline.Rules(lexicon=lexicon.load({}), profile=places.profile(None))


@cache
def kept(text: str = CIRCULAR) -> Kept:
    """What is understood of the circular."""
    it = pipeline.understand(source_from(text), rules(), reader=ingest.read)
    return Kept(outline=it.outline, facts=it.facts, ranking=it.ranking, ladders=it.ladders)


def fits(printed, look) -> bool:
    """Whether the page holds it."""
    try:
        sheet.place(printed, look)
    except DoesNotFit:
        return False
    return True


@cache
def desk() -> Desk:
    """The desk of the circular in the default design."""
    return Desk(look=places.look("cards", None), kept=kept(), look_named=lambda name: places.look(name, None), fits=fits)


@cache
def draft() -> Draft:
    """The circular's draft, untouched."""
    it = kept()
    made, _ = sheet.fill(it.outline, it.facts, it.ranking, it.ladders, desk().look)
    return begin(made)


def line_with(given: Draft, words: str):
    """The line that holds some words."""
    return next(line for line in given.sheet.lines if words in line.text)


@cache
def halves():
    """A draft with a line that was parted, its desk, and the two halves: duty and ban."""
    duty = f"柜员应当{PARTED_DUTY}，不得代客户填写任何空白凭证"
    text = CIRCULAR.replace("（一）印章登记簿保存期限不少于5年。", f"（一）{duty}。")
    it = kept(text)
    made, _ = sheet.fill(it.outline, it.facts, it.ranking, it.ladders, desk().look)
    given = begin(made)
    found = tuple(line_with(given, words) for words in ("登记台账", "代客户填写"))
    assert [line.part for line in found] == [0, 1]
    return given, Desk(look=desk().look, kept=it, look_named=desk().look_named, fits=fits), found
