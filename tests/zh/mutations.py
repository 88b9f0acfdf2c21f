"""Lines of one's own and the ways in which a careless shortening spoils them; everything deterministic."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise

LINES = (
    "各网点应于2025年9月30日营业终了前完成账实核对，由运营主管和网点负责人双签后，于10月10日前报管辖行运营管理部。",
    "网点凭证库存不得超过30天正常用量，U盾不得超过45天正常用量；春节前业务高峰期，经管辖行运营管理部批准，可放宽至60天。",
    "柜员应当双人到库领取凭证，其中一人为管库员，并出示领用单和本人工号卡。",
    "发现短少、跳号、残损的，应当立即停止拆封，保留原包装，并在2小时内报告管辖行运营管理部。",
    "柜员尾箱日间存放量，存单、存折各不超过50份，借记卡不超过100张，U盾不超过50个；超过限量的，应当及时缴回管库员。",
    "确因上门服务需要携带出营业场所的，应当经运营主管审批、双人携带并登记《凭证出场登记簿》，当日未使用的，必须于营业终了前交回入库。",
    "管理员盾和操作员盾不得由同一人领取；法定代表人亲自领取的除外。",
    "个人现金业务单笔20万元（含）以上、对公转账单笔100万元（含）以上提交远程授权中心。",
    "调整后日累计限额20万元（含）以下的，由运营主管审批；20万元以上的，由网点负责人审批；100万元以上的，报二级分行运营管理部审批。",
    "柜面取款、转账5万元（含）以上的，由运营主管现场核实资金来源和去向，但本人同名账户互转的除外。",
    "未经客户书面同意，客户经理不得查询、下载、提供客户个人信息。",
    "先点款后记账，先记账后付款；未确认前不得重复提交，不得让客户离柜。",
    "除客户本人办理外，密码重置、手机号变更一律不得由他人代办。",
    "对60周岁（含）以上客户单日累计转账5万元（含）以上的，大堂经理应当先询问用途，经运营主管或者网点负责人同意后方可办理。",
    "客户资料和交易记录应当自业务关系结束之日起至少保存10年。",
    "外币等值1万美元以上的现金存取，应当核对有效身份证件并登记；等值5000美元以下的，可以不登记。",
    "网点应当在3个工作日内安排双人上门核实，情况复杂的，经二级分行批准可以延长至10个工作日。",
    "代理人取款20万元（含）以上的，应当电话核实并录音，三次未接通的，不得办理。",
    "营业网点应当全部保留人工现金窗口，每个网点至少设置1个爱心窗口，不得拒收现金。",
    "挂失、密码重置、司法协助类业务仍由运营主管现场授权，仅限本人持有效身份证件办理。",
    "如客户无法提供辅助证明，柜员应当登记原因并报网点负责人决定，不得以任何理由强制客户销户。",
    "对于金额不满5万元的业务，原则上由柜员直接办理；存在可疑情形的，应当立即报告反洗钱专员。",
    "凭证遗失、被盗、被抢的，网点应当在1小时内报告管辖行运营管理部和安全保卫部，并立即使用交易码4309办理系统挂失。",
    "存量客户应当自本办法施行之日起半年内完成尽职调查；较低风险客户可以在2年内完成。",
    "手续费由每笔10元调整为每笔5元，自2025年11月1日起执行。",
    "不合格率超过5%的，应当扩大检查比例至不低于20%；连续两次超过5%的，暂停其上岗资格。",
)

Mutator = Callable[[str], Iterator[str]]


def replaced(pairs: tuple[tuple[str, str], ...]) -> Mutator:
    """A mutator that puts one word for another at every place."""

    def mutate(line: str) -> Iterator[str]:
        """Each place changed by itself."""
        for old, new in pairs:
            for hit in re.finditer(old, line):
                yield line[: hit.start()] + hit.expand(new) + line[hit.end() :]

    return mutate


def changed_number(line: str) -> Iterator[str]:
    """Every number once made ten times as large, once one more, once without its first digit."""
    for hit in re.finditer(r"\d+", line):
        for new in (hit.group() + "0", str(int(hit.group()) + 1), hit.group()[1:]):
            if new != hit.group():
                yield line[: hit.start()] + new + line[hit.end() :]


def swapped_numbers(line: str) -> Iterator[str]:
    """Two figures of a line put into each other's place."""
    hits = list(re.finditer(r"\d+", line))
    for first, second in pairwise(hits):
        if first.group() != second.group():
            yield line[: first.start()] + second.group() + line[first.end() : second.start()] + first.group() + line[second.end() :]


def dropped_clause(line: str) -> Iterator[str]:
    """Every clause left out once."""
    for hit in re.finditer(r"[^，。；]{4,}[，。；]", line):
        rest = line[: hit.start()] + line[hit.end() :]
        if len(rest) > 4:
            yield rest


SUBJECTS = ("柜员", "客户经理", "大堂经理", "运营主管", "网点负责人", "客户", "管库员", "营业网点")
MUTATORS: dict[str, Mutator] = {
    "number": changed_number,
    "swapped numbers": swapped_numbers,
    "negation dropped": replaced((("不得", "可以"), ("不得", ""), ("未经", "经"), ("无法", ""), ("不(?!断)", ""), ("未", ""), ("一律不得", "一律"))),
    "negation added": replaced((("应当", "不应当"), ("可以", "不可以"), ("经(?=[一-龥]{2,8}批准)", "未经"), ("由(?=运营主管)", "不由"))),
    "bound": replaced(
        (
            ("以上", "以下"),
            ("以下", "以上"),
            ("（含）", ""),
            ("不超过", "不低于"),
            ("不得超过", "不得低于"),
            ("至少", "至多"),
            ("不满", "超过"),
            ("超过", "不超过"),
            ("以上", ""),
            ("不低于", "不超过"),
        )
    ),
    "unit": replaced(
        (
            (r"(\d)万元", r"\1元"),
            (r"(\d)元", r"\1万元"),
            (r"(\d个?)工作日", r"\1月"),
            (r"(\d)小时", r"\1天"),
            ("美元", "元"),
            (r"(\d)年(?!\d)", r"\1个月"),
            ("%", "‰"),
            (r"(\d)[天日]", r"\1个月"),
            (r"(\d)[份张个]", r"\1本"),
            ("当年", "当月"),
        )
    ),
    "scope": replaced(
        (
            ("单笔", ""),
            ("日累计", "单笔"),
            ("累计", ""),
            ("各", ""),
            ("全部", ""),
            ("均", ""),
            ("每", ""),
            ("仅限", ""),
            ("一律", ""),
            ("单日", ""),
            ("至少", ""),
        )
    ),
    "subject": replaced(tuple((old, new) for old in SUBJECTS for new in SUBJECTS if old != new and old not in new and new not in old)),
    "condition": replaced(((r"[^，。；]{2,40}的，", ""), (r"(?:如|对于|未经|除)[^，。；]{2,40}，", ""), (r"(?<=[，；])[^，。；]{2,30}前，", ""))),
    "exception": replaced(((r"，但[^，。；]{2,40}(?=[。；])", ""), (r"；[^，。；]{2,30}除外", ""), (r"除[^，。；]{2,30}外，", ""), ("除外", ""))),
    "approver": replaced(
        (
            (r"经([一-龥]{2,10}?)(?:和|或者|、)([一-龥]{2,10}?)(批准|同意|审批)", r"经\1\3"),
            (r"由([一-龥]{2,8}?)和([一-龥]{2,8}?)(双签)", r"由\1\3"),
            (r"经[^，。；]{2,20}?(?:批准|同意|审批)(?:后)?[，、]?", ""),
            (r"由(运营主管|网点负责人)审批", "办理"),
            (r"(运营主管)或者(网点负责人)", r"\1和\2"),
            (r"(运营主管)和(网点负责人)", r"\1或\2"),
        )
    ),
    "softening": replaced(
        (
            ("应当", "可以"),
            ("必须", "可以"),
            ("不得", "不宜"),
            ("应当", ""),
            ("必须", ""),
            ("应于", "可于"),
            ("立即", "及时"),
            ("立即", ""),
            ("一律不得", "原则上不得"),
            ("方可", "可"),
        )
    ),
    "date": replaced(
        ((r"(\d+)月", r"1\1月"), (r"年\d+月", "年3月"), (r"月\d+日", "月8日"), ("当日", "次日"), ("营业终了前", ""), ("前(?=[完报交])", "后"), ("之日起", ""))
    ),
    "order": replaced((("先", "后"), ("后(?=记|付)", "先"), ("方可", ""), ("后方可", ""), ("先", ""), ("批准后", "批准前"))),
    "join": replaced((("和", "或"), ("或者", "和"), ("并", "或"), ("、[一-龥]{2,6}(?=[，、。；])", ""))),
    "clause": dropped_clause,
    "name": replaced((("登记簿》", "登记表》"), ("《[^》]+》", ""), ("交易码4309", "交易码4307"))),
}


def mutants(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """(class, line, spoilt line) for every line, mutator and place, without repeats."""
    seen: set[tuple[str, str]] = set()
    for line in lines:
        for name, mutate in MUTATORS.items():
            for spoilt in mutate(line):
                if spoilt != line and (line, spoilt) not in seen:
                    seen.add((line, spoilt))
                    yield name, line, spoilt


def twice(lines: Iterable[str], step: int) -> Iterator[tuple[str, str, str]]:
    """Lines spoilt in two ways at once; every ``step``-th of them."""
    once = tuple(mutants(lines))
    for name, line, spoilt in once:
        for second, _, worse in islice(mutants((spoilt,)), 0, None, step):
            if worse != line:
                yield f"{name}+{second}", line, worse
