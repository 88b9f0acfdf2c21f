"""What falls due on a day, and what runs over a span of days, in a few of the paper's own words: for the time line."""

import re
from functools import cache

from digest.zh import limits, words
from digest.zh.lexicon import alternatives
from digest.zh.tables import Table

TABLE = Table(file="deeds.tsv", columns=("类", "词", "来源"), keys=2)
MOST = 12  # characters
LEAST = 2
PARENTHESIS = re.compile(r"（[^（）]*）")
HANDED = re.compile(r"^(?:将|把|对)(?P<rest>.+)$")
LEAD = re.compile(
    r"^(?:，|应当?|须|必须|要|请|即|前|由[^，。；]{1,12}?(?=[报提补完])|向[^，。；]{2,16}?(?=[报提申移])"
    r"|(?:通过|在|登录)[^，。；]{2,20}?(?:系统|模块|平台|流程|邮箱)(?:“[^”]*”)?(?:模块|流程)?)"
)
PLACED = re.compile(r"^(?:在|由|按|根据|使用|通过|从|与)")  # the first words say where or how, and no act yet
FORM = re.compile(r"《[^《》]{2,12}》")
HANDS_IN = re.compile(r"^(?P<act>报送|上报|提交|报)(?!《)")
BEGINS_BADLY = re.compile(r"^[\d、，和及与或的至日月”）》]")
WEIGHTY = re.compile(r"完成|提交|报送|上报|上缴")  # behind a first act: what it is done for (组织人员完成学习)
TOPIC_END = re.compile(r"(?:应当?|须|必须|要)?(?:于|在)?[^，。；：应须于在要]*$")  # behind what a clause speaks of: the duty and its day
OF_BRANCH = re.compile(r"^(?:各|本)?(?:营业)?(?:网点|支行)的?")
PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))
SPAN_END = re.compile(r"(?P<close>）?)[，,]?")
NAMES = r"网点|机构|分行|支行|人员|柜员|系统|期间|的"  # behind a word of running: it is part of a name (上线网点)
SEVERAL = re.compile(r"[、和及与或]")  # between things said side by side
BARE = re.compile(r"^(?:为|系|是)(?P<name>[^，。；]{2,12})")
NAMED = re.compile(r"(?P<name>[^，。；：（）]{2,12})[（(：]$")
CLAUSE_START = re.compile(r"(?:^|[，。；：（(])(?:定于|将于|拟于|兹定于|于|自|从|在|各?[^，。；：]{0,8}应[于在])?$")


@cache
def listed(kind: str) -> str:
    """The words of one class as alternatives."""
    return alternatives(TABLE, kind)


def of_office(text: str, start: int) -> bool:
    """Whether the clause before a day begins with an office above the branch (管辖行汇总情况于10月20日前…)."""
    return re.match(rf"各?(?:一级|二级)?(?:{listed('别家')})", re.split(r"[，。；：]", text[:start])[-1]) is not None


def deed(text: str, end: int) -> str:
    """What is to be done by the day that ends at ``end``, act and matter, in the clause's own words; empty where no known act stands there."""
    act = limits.verb(text, end)
    clause = re.split(r"[。；：]|，(?!$)", PARENTHESIS.sub("", text[end:]).lstrip("，（"))[0]
    while (lead := LEAD.match(clause)) is not None:
        clause = clause[lead.end() :]
    if not act or not clause:
        return act
    handed = HANDED.match(clause)
    said = shortened(handed["rest"], act) if handed else of_act(clause)
    form = named_before(text[:end], said) or with_matter(text[:end], said)
    return form or (said if LEAST <= len(said) <= MOST else act)


def of_act(clause: str) -> str:
    """The clause from its act on: whole, its first matter and 等, or the act and the last words."""
    whole = clause if not PLACED.match(clause) else ""
    if whole and len(whole) <= MOST:
        return whole
    hits = list(limits.VERB.finditer(clause))
    found = [clause[hit.start() :] for hit in hits if hit.start() == 0 or len(clause) - hit.start() <= MOST]
    if not found:
        return ""
    said, hit = found[0], limits.VERB.match(found[0])
    if len(said) <= MOST or hit is None:
        return said
    short = next((each for each in found[1:] if len(each) <= MOST and WEIGHTY.match(each)), "")
    return short or first_of_several(said, hit.end()) or hit.group() + last_words(said[hit.end() :], MOST - 1 - hit.end())


def first_of_several(said: str, start: int) -> str:
    """The act with the first of several matters (完成设备安装等); empty where the first is no matter by itself."""
    first = re.split(r"[、和及]", said[start:])[0]
    apart = len(first) < len(said) - start and re.search(rf"(?:{listed('动作名')})$", first) is not None
    return f"{said[:start]}{first}等" if apart and start + len(first) < MOST else ""


def last_words(text: str, most: int) -> str:
    """The last words that find room, from a word's beginning, never from the middle of a name."""
    kept: list[str] = []
    for word in reversed(words.cut(text)):
        if sum(map(len, kept)) + len(word) > most:
            break
        kept.insert(0, word)
    while kept and (BEGINS_BADLY.match("".join(kept)) or any("".join(kept).count(one) != "".join(kept).count(other) for one, other in PAIRS)):
        kept.pop(0)
    return re.sub(r"^.*[、和及](?=[^、和及]{4,}$)", "", "".join(kept))


def shortened(rest: str, act: str) -> str:
    """What is handed in, and the act: 将…清单、报告报分行 to 清单、报告报送."""
    spoken = next(iter(hit for hit in limits.VERB.finditer(rest) if limits.is_act(rest, hit, handed=True)), None)
    if len(rest) <= MOST:
        return rest
    matter = rest[: spoken.start()] if spoken else ""
    matter = re.sub(r"^.*的", "", matter)
    for size in (MOST - len(act), MOST - len(act) - 2):
        tail = matter if len(matter) <= size else last_words(matter, size)
        if tail:
            return tail + act
    return act


def named_before(before: str, said: str) -> str:
    """The paper that is handed in, where the clause says only to whom: 报分行 to 报《登记表》."""
    hit, forms = HANDS_IN.match(said), FORM.findall(re.split(r"[。]", before)[-1])
    if hit is None or not forms or re.search(r"[表书单簿册]|报告|情况|材料|名单", said):
        return ""
    made = f"{hit['act']}{forms[-1]}"
    return made if len(made) <= MOST else ""


def with_matter(before: str, said: str) -> str:
    """An act that names no object, with what its clause speaks of (剩余库存应于…前全部上缴支行 to 剩余库存全部上缴); empty where that is somebody."""
    bare = re.match(rf"(?P<act>(?:全部|一并|统一|及时)?(?:{listed('须宾语')}))(?:[至给到]|[^，。；]{{0,6}}(?:{listed('别家')})|$)", said)
    front = TOPIC_END.sub("", re.split(r"[，。；：]", before)[-1])
    topic = OF_BRANCH.sub("", front)
    if bare is None or not topic or limits.STAFF.search(topic) or len(topic) + len(bare["act"]) > MOST:
        return ""
    return topic + bare["act"]


def running(text: str, start: int, end: int, heading: str) -> str:
    """What runs over the span text[start:end], in the paper's own words; empty where the span only limits something else."""
    before, after = text[:start], text[end:]
    named = NAMED.search(before)
    if named and (after.startswith("）") or not after.strip("。；")):
        return named["name"]
    if CLAUSE_START.search(before) is None:
        return ""
    title = heading.rstrip("。：")
    if not after.strip("。；"):
        return title if LEAST <= len(title) <= MOST else ""
    behind = PARENTHESIS.sub("", after)
    clause = re.split(r"[，。；]", behind.lstrip("，"))[0]
    bare = BARE.match(clause)
    if bare:
        return bare["name"]
    if re.search(rf"(?:{listed('标题尾')})$", title) and not before and behind.startswith("，") and len(clause) > MOST and len(title) <= MOST:
        return title
    said = run_of(clause) if behind.startswith("，") or before else run_of(clause, at_once=True)
    return title if said in listed("窗口").split("|") and said != clause and re.search(rf"(?:{listed('标题尾')})$", title) and len(title) <= MOST else said


def run_of(clause: str, *, at_once: bool = False) -> str:
    """A clause from the word on that says what runs, or up to it; ``at_once`` where nothing may stand before it.

    Of things said side by side all stand there or none does: half of them would tell that the others go on.
    """
    hit = re.search(rf"(?:{listed('窗口')})(?!{NAMES})", clause)
    if hit is None or (at_once and hit.start() > LEAST):
        return ""
    if len(clause) <= MOST:
        return clause
    said = clause[hit.start() :]
    if SEVERAL.search(clause[: hit.start()]):
        return hit.group()
    if len(said) > LEAST + 2:
        return said if len(said) <= MOST else first_words(said, MOST)
    return last_words(clause, MOST)


def first_words(text: str, most: int) -> str:
    """The first words that find room, up to a mark of a list where there is one, and 等."""
    parts = text.split("、")
    found = parts[0]
    for part in parts[1:]:
        if len(found) + 1 + len(part) > most - 1:
            break
        found += "、" + part
    return f"{found}等" if len(parts) > 1 and LEAST < len(found) < most and found != text else ""
