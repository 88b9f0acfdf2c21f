"""A time limit inside a sentence to what a chip says of it: when, counted from what, and for what; customers' periods and cases give none."""

import re

from msgspec import Struct

from digest.zh import words
from digest.zh.lexicon import alternatives
from digest.zh.tables import Table

TABLE = Table(file="deeds.tsv", columns=("类", "词", "来源"), keys=2)
STOP = "，。；：！？（）｜“”《》"
MOST_WHEN = 16  # characters of a chip
MOST_WHAT = 10  # characters beside it
LEAST_WHAT = 2
MOST_CASE = 9  # characters of a case
FORM = re.compile(r"《[^《》]+》")
RELATIVE = re.compile(r"(?:当日|当天|次日|隔日|前一日|次一|下一)")
COUNT = re.compile(r"\d|[一二两三四五六七八九十半]")
COUNTED = re.compile(r"^[自从]?(?P<from>[^起]{2,24})起\s?(?P<count>.+)$")
REGULAR = re.compile(r"每|季后|月后")
AHEAD = re.compile(r"(?:至少)?提前")
TOLD_AHEAD = re.compile(r"(?:[向通报][^，。；]{0,40}?)?(?:报备|报告|报送|提交|申请|通知|告知|公告)")
CUSTOMER = re.compile(rf"(?:{alternatives(TABLE, '客户方')})(?!经理)")
STAFF = re.compile(r"网点|柜员|主管|经理|负责人|保安|行|部|员工|人员")
# behind a limit: what is a period of validity, a bar that lasts so long, a count within a case, or the beginning of something
NO_DUTY = re.compile(
    r"[^，。；]{0,8}(?:有效|领取|凭|可申请|可以|自动|未|累计|发生|出现)|，?有权|(?:以上|以下|起|已|不得|不能|暂停|停止|禁止)|[^，。；]{0,3}的"
    r"|[^，。；：]*(?:的(?:交易|客户|业务|账户|情形)|[的者](?=[，。；]|$))"
)
# before a limit or in it: to when something lasts or is put off, and what is said of a case or a bound
LASTING = re.compile(rf"(?:{alternatives(TABLE, '延续')})|(?:{alternatives(TABLE, '延续尾')})$")
CASE_BEFORE = re.compile(r"(?:^|[，。；：])(?P<case>[^，。；：]{2,20})[，]$")
EVENT = re.compile(r"(?:^|[应须于在并将由的当对]|必须)(?P<event>[^，。；：、应须于在并将由的当对]{2,8}[后时])$")
TIED = re.compile(r"[于在](?P<event>[^，。；：、应须于在并将由的]{1,6})$|^(?P<head>[^，。；：、应须于在并将由的]{1,6})$")
DAY = re.compile(r"\d{1,2}月\d{1,2}日")
SPANNED = re.compile(r"(?:[至到自从—~-]|截止)(?:\d{4}年)?$")  # before a day: it ends or begins a span
BOUNDED = re.compile(r"[^，。；：]*?[前至起止内]")  # behind a day: it is a limit, not the day of something
HAPPENING = re.compile(r"[的时后者如若遇凡]|发现|一旦|期间|情况下")  # 当日 is the day of that, whenever it comes
LEAD = re.compile(
    r"(?:，[^，。；应须由]{2,8}(?:应当|必须|应|须)|，?(?:应当|应|须|必须|即|要|请)|，?由[^，。；]{1,12}?(?=[报提补完])|，?由[^，。；]{1,8}?(?:人员|主管|经理|负责人|专员|柜员)(?=[^，。；])|，?向[^，。；]{2,16}?(?=[报提申移])"
    r"|，?(?:通过|在|登录)[^，。；]{2,20}?(?:系统|模块|平台|流程|邮箱)(?:“[^”]*”)?(?:模块|流程)?)*，?"
)
ENDS = re.compile(rf"[{STOP}]|、(?=[^、，。；]{{0,3}}\d)")  # of the clause, or of one limit before the next
CLOSES = re.compile(r"[至向或并、和及]|以及")
NO_ACT = re.compile(r"[在由把将对按根从与未不]|客户|使用|通过|根据|能够|需要")  # the first words are no act yet
VERB = re.compile(rf"(?:{alternatives(TABLE, '动作')})|(?<![海日周月年简画情])报(?=[^废酬销])")
SPOKEN = {"报": "报送"}
ATTRIBUTE = re.compile(r"[已未尚][^，]{0,16}?的|[已未尚][^，]*$")  # 未完成更换的客户: what is told of somebody is not to be done
NAMES = re.compile(
    r"[^，]{0,2}?(?:情况|结果|材料|报告|资料|记录|台账|清单|名单|文件|工作|表|簿|册|单(?!位)|书|证明)|[^，]{0,6}的"
)  # behind a verb: it is part of a name
HANDED = re.compile(r"[将把](?P<rest>.+)$")
FROM_NAME = re.compile(r"(?:自查|整改|复核|验收|清点|回访|采集|登记)$")  # 自查报告: a paper, no act
HANDED_ON = re.compile(r"报|上报|提交")  # 清单、报告报分行: the report is what is handed in
PARENTHESIS = re.compile(r"（[^（）]*）")


class Said(Struct, frozen=True, kw_only=True):
    """What a chip says: the limit with what it is counted from, and what is to be done by then or when it begins."""

    when: str
    what: str = ""


def describe(text: str, start: int, end: int) -> Said | None:
    """The limit at text[start:end] as a chip; None where it is no duty of the staff, or not to be understood without its sentence."""
    front, back = before(text, start), PARENTHESIS.sub("", text[end:])
    if not is_duty(front, text[start:end], back):
        return None
    when, tied = anchored(text, start, end)
    case, what = has_case(text, start - len(front)), act(back)
    if RELATIVE.match(when) and not case and (DAY.search(ahead(text, start)) or HAPPENING.search(ahead(text, start))):
        return None  # a reader would count it from another day
    if len(when) > MOST_WHEN or not (tied or what or case or REGULAR.search(when)):
        return None
    return Said(when=when, what=what)


def label(what: str, lines: str) -> str:
    """What stands beside a chip, on every kind of page: what is to be done, and the numbers of the lines that say so."""
    return "·".join(text for text in (what, f"本单{lines}" if lines else "") if text)


def verb(text: str, end: int) -> str:
    """What is to be done by a day, in one word of the clause behind it (报送, 完成); empty where none of the known ones stands there."""
    clause = ATTRIBUTE.sub("　", re.split(r"[，。；：]", PARENTHESIS.sub("", text[end:]).lstrip("，"))[0])
    handed = HANDED.search(clause)
    said = handed["rest"] if handed else clause
    acts = [hit for hit in VERB.finditer(said) if is_act(said, hit, handed=handed is not None)]
    return SPOKEN.get(acts[0].group(), acts[0].group()) if acts else ""


def is_act(clause: str, hit: re.Match[str], *, handed: bool) -> bool:
    """Whether a verb is what is to be done, and no part of a name (整改情况, 自查报告); behind 将 something must stand before it."""
    front = clause[: hit.start()]
    if handed:
        return (
            bool(front)
            and NAMES.match(clause, hit.end()) is None
            and not (hit.group() == "报告" and (FROM_NAME.search(front) or HANDED_ON.match(clause, hit.end())))
        )
    return re.match(r"[^，]{0,6}的", clause[hit.end() :]) is None or hit.start() == 0


def before(text: str, start: int) -> str:
    """The clause's own words before a place."""
    return re.split(r"[，。；：]", text[:start])[-1]


def is_duty(front: str, limit: str, back: str) -> bool:
    """Whether something of the staff's own is to be done by then that a chip can tell: no bare lead time."""
    return is_ours(front, limit, back) and (not AHEAD.match(limit) or TOLD_AHEAD.match(back) is not None)


def binds(text: str, start: int, end: int) -> bool:
    """Whether the limit at text[start:end] is one by which the staff must act."""
    return is_ours(before(text, start), text[start:end], PARENTHESIS.sub("", text[end:]))


def is_ours(front: str, limit: str, back: str) -> bool:
    """Whether something of the staff's own is to be done by then: no customer's period, no part of a case, nothing that lasts or is put off till then."""
    if NO_DUTY.match(back) or LASTING.search(front + "　" + limit) or LASTING.search(front):
        return False
    customer = CUSTOMER.search(front)
    return customer is None or STAFF.search(front) is not None or re.search(r"(?:后|时)$", front) is not None


def anchored(text: str, start: int, end: int) -> tuple[str, bool]:
    """The limit in the fewest words that say from when it counts, and whether they do."""
    limit, front = PARENTHESIS.sub("", re.sub(r"^[于在]", "", text[start:end])), before(text, start)
    counted = COUNTED.match(limit)
    if counted:
        whole = f"{counted['from']}起{counted['count']}"
        return (whole, True) if len(whole) <= MOST_WHEN else (counted["count"], False)
    if RELATIVE.match(limit):
        return tied_day(text, start, limit, front)
    event = EVENT.search(front)
    return (event["event"] + limit, True) if event else (limit, COUNT.search(limit) is None or DAY.search(limit) is not None)


def ahead(text: str, start: int) -> str:
    """The sentence's own words before a place."""
    return re.split(r"[。；]", text[:start])[-1]


def day_meant(said: str) -> str:
    """The day written last before 当日, if that is the day meant: no limit, no end of a span, and no case or event behind it."""
    written = list(DAY.finditer(said))
    if not written:
        return ""
    front, back = said[: written[-1].start()], said[written[-1].end() :]
    return "" if SPANNED.search(front) or BOUNDED.match(back) or HAPPENING.search(back) else written[-1].group()


def tied_day(text: str, start: int, limit: str, front: str) -> tuple[str, bool]:
    """当日 with its day: the event before it (停业前一日), else the day the sentence speaks of."""
    tied = TIED.search(front)
    event = (tied["event"] or tied["head"]) if tied else ""
    if event and STAFF.search(event) is None:
        return event + limit, True
    day = day_meant(ahead(text, start))
    if day and limit.startswith(("当日", "当天")):
        return day + limit[2:], True
    return limit, False


def has_case(text: str, place: int) -> bool:
    """Whether the clause right before says the case or event (堵截成功的，): the limit holds in it, and what is to be done stands behind."""
    found = CASE_BEFORE.search(text[:place])
    return found is not None and found["case"].endswith(("的", "后", "时")) and len(found["case"]) <= MOST_CASE


def act(back: str) -> str:
    """What is to be done, in the first words behind a limit, all of several where they are short; empty where no act stands there."""
    lead = LEAD.match(back)
    rest = back[lead.end() if lead else 0 :]
    if NO_ACT.match(rest) or (back[: len(back) - len(rest)].endswith("，") and not VERB.match(rest)):
        return ""  # the next clause may speak of anything
    ends = ENDS.search(rest)
    run = rest[: ends.start() if ends else len(rest)]
    form = FORM.match(rest, len(run))
    if form and run and len(run) + len(form.group()) <= MOST_WHAT:
        run += form.group()
    elif form or len(run) > MOST_WHAT:
        run = shorter(run, named=form is not None)
    return run if len(run) >= LEAST_WHAT and "的" not in run else ""


def shorter(run: str, *, named: bool) -> str:
    """A long act up to the next one or to whom; its bare verb where that is too long still, or what it is done to stands behind it (``named``)."""
    closes = CLOSES.search(run)
    first = run[: closes.start()] if closes and not named else ""
    if closes and LEAST_WHAT <= len(first) <= MOST_WHAT and "的" not in first:
        return first if closes.group() in "至向" else f"{first}等"
    known = VERB.match(run)
    return SPOKEN.get(known.group(), known.group()) if known else next(iter(words.cut(run)), "")
