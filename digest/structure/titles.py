"""The title of a paper, and its subject without the formulas (关于…的通知, 印发《…》, nested 转发)."""

import re

from digest.structure.offices import is_office

KINDS = (
    "通知|通报|意见书|意见|函|公告|通告|决定|办法|规定|细则|规程|规则|指引|方案|制度|提示函|提示|简报|纪要|报告|请示|批复|条例|令|手册|要点|说明|预案"
    "|法|解释|标准|规范|章程|清单|倡议书|喜报|指南|流程|答复|公约|守则|程序|要求"
)
BRACKET = r"(?:[（(][^（）()]{1,40}(?:[（(][^（）()]*[）)][^（）()]{0,20})?[）)])"
TITLE = re.compile(rf"^(?![一二三四五六七八九十]+[、．]|第.{{1,4}}[章节条编]|[（(]|附[件表]|抄[送报])[^。；：]{{2,140}}(?:{KINDS}){BRACKET}{{0,2}}$")
STRONG = re.compile(rf"关于.{{2,120}}的?(?:{KINDS}){BRACKET}{{0,2}}$|(?:印发|转发|发布|修订|公布)[《〈].{{2,100}}[》〉]")
TAIL = re.compile(rf"{BRACKET}$")
NUMBERED = re.compile(r"[〔\[（(]\d{4}[〕\]）)]|第\d+号|令$")
MARK = r"(?:重要|紧急|提示|通知|请阅|喜报|特急|加急|外部邮件|内部|保密|转发|必读|必看|提醒)[+、 ]?"
PREFIX = re.compile(rf"^(?:(?:转发|答复|回复|自动回复|fw|fwd|re)\s*[:：]\s*|[【\[（(](?:{MARK})+[】\]）)]\s*)+", re.I)
ABOUT = re.compile(
    r"^(?P<who>[^《〈]{0,60}?)关于(?P<what>.+?)的?(?:(?:紧急|补充|指导|实施|若干|监管|风险)?(?:通知|通报|意见书|意见|提示函|提示)|函|公告|通告|决定|报告|请示|批复|方案)$"
)
WRAPPED = re.compile(r"^(?:印发|转发|发布|公布|修订|下发|批转|修改|执行|实行|启用)[^《〈]{0,40}[《〈](?P<inner>.+)[》〉](?P<rest>[^《》〈〉]{0,20})$")
FORMAL_END = re.compile(r"(?:[的及和]?(?:有关|相关|若干)(?:事项|工作|问题|事宜|要求|规定)|的?事项|的风险)$")
ORDER_HEAD = re.compile(r"^(?P<who>[\u4e00-\u9fff、]{2,80})(?:令|公告)$")  # 某某令 above an order: its number's first half and its issuer
KIND_OF_STANDARD = re.compile(r"^[^《》。]{2,40}(?:国家|行业|地方|团体|企业)标准$")
MADE_PUBLIC = re.compile(r"^《(?P<name>[^》]{4,80})》(?:已经|已于|业经|经|已由).{4,240}(?:公布|发布|施行)")  # what an order says it makes public
RISK = re.compile(r"的风险提示$")


def is_title(text: str) -> bool:
    """Whether a line reads like a title."""
    return TITLE.match(text) is not None and not heads_paper(text)


def heads_paper(text: str) -> bool:
    """Whether a line tells what kind of paper follows and from whom (某某令, 某某团体标准): it stands above the title."""
    return heads_order(text) or KIND_OF_STANDARD.match(text) is not None


def heads_order(text: str) -> bool:
    """Whether a line is 某某令 or 某某公告 alone, of an office."""
    found = ORDER_HEAD.match(text)
    return found is not None and (is_office(found.group("who")) or found.group("who").endswith("主席"))


def is_strong_title(text: str) -> bool:
    """Whether a line is a title beyond doubt (关于…的通知, 印发《…》)."""
    return is_title(text) and STRONG.search(text) is not None


def bare_subject(line: str) -> str:
    """A mail's subject without 转发:, 【重要】 and the like."""
    return PREFIX.sub("", line.strip()).strip()


def without_number(title: str) -> str:
    """The title without the document number in brackets behind it."""
    found = TAIL.search(title)
    return title[: found.start()].strip() if found and NUMBERED.search(found.group()) else title


def find_subject(title: str) -> str:
    """What the paper is about: 关于X的通知 to X, 印发《X办法》 to X办法, the innermost of nested ones."""
    text = without_number(title)
    for _ in range(4):
        inner = unwrap(text)
        if inner == text:
            break
        text = inner
    return text.strip("《》〈〉 ") if text.count("《") == text.count("》") == 1 and text.startswith("《") and text.endswith("》") else text


def unwrap(text: str) -> str:
    """One layer of formula taken off."""
    about = ABOUT.match(text)
    what = about.group("what") if about else text
    if wrapped := WRAPPED.match(what):
        return wrapped.group("inner")
    if not about:
        return text
    return FORMAL_END.sub("", what) or what
