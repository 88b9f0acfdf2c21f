"""To whom to report and through what: 报管辖行运营管理部, 向公安机关报案, 通过“上线问题反馈”模块报送."""

import re
from collections.abc import Iterator

from digest.facts.reading import Reading
from digest.model.facts import Fact, FactKind

SUFFIX = (
    r"(?:部门|部|分行|支行|总行|管辖行|上级行|行|处(?![理置罚])|科|中心|办公室|委员会|总局|分局|局|公安机关|机关|机构|负责人|主管|主任|经理"
    r"|邮箱|小组|专班|专员|110|119|派出所|单位)"
)
STOP = r"(?:批准|审批|审核|备案|同意|核准|并|后|由|且|的|不得|应当|可以|决定|处理|情况|报告)"
RECEIVER = rf"(?:(?!{STOP})[一-龥、A-Za-z0-9“”]){{0,22}}{SUFFIX}"
VERB = r"(?:报送|上报|报告(?!报)|呈报|报备|反馈|报至|上缴|移交|移送|提交|报(?!告))"
TO = re.compile(rf"(?:口头|书面|(?<!、)电话)?(?P<verb>{VERB})(?:至|给|到|送|于)?(?P<who>{RECEIVER})(?:审批|批准|备案|审核|核准)?")
TOWARDS = re.compile(rf"向(?P<who>{RECEIVER})(?:[^，。；：｜]{{0,8}}?)(?:报告|报送|反馈|提交|备案|报备|汇报|报案|移交|移送|上报)")
BY = re.compile(r"通过(?P<who>[^，。；：｜]{2,24}?(?:系统|模块|平台|邮箱|渠道|邮件|台账))[^，。；：｜]{0,6}(?:报送|上报|反馈|提交|报告|报备|更新|登记)")
INTO = re.compile(r"(?:上传|发送|录入|发)(?:至|到|给)?(?P<who>[^，。；：｜的]{1,20}?(?:邮箱|系统|平台|模块))")
NOT = re.compile(r"(?:不再|不得|无需|无须|不必|不要|不用|未)[^，。；：｜]{0,10}$")
ALARM = re.compile(r"拨打\s?(?:110|119|120)(?:报警)?|报警|报案")
NAME_TRAP = re.compile(r"(?:可疑|大额|交易|审计|自查|检查|尽调|调查|评估|年度|工作|举)$")  # 可疑交易报告部门… is a noun


def find(reading: Reading) -> Iterator[Fact]:
    """Receivers of reports; value is the receiver alone."""
    for pattern in (TO, TOWARDS, BY, INTO):
        for hit in pattern.finditer(reading.plain):
            named = NAME_TRAP.search(reading.plain, max(0, hit.start() - 2), hit.start())
            if named is None and NOT.search(reading.plain, max(0, hit.start() - 14), hit.start()) is None:
                yield reading.fact(FactKind.REPORT_TO, hit.start(), hit.end(), value=reading.text[hit.start("who") : hit.end("who")])
    for hit in ALARM.finditer(reading.plain):
        yield reading.fact(FactKind.REPORT_TO, hit.start(), hit.end(), value=hit.group())
