"""What falls due on a day, and what runs over a span of days, in a few of the paper's own words: for the time line."""

import re
from functools import cache

from digest.zh import limits, words
from digest.zh.lexicon import alternatives
from digest.zh.tables import Table

TABLE = Table(file="deeds.tsv", columns=("类", "词", "来源"), keys=2)
MOST = 12  # characters
LEAST = 2
SHORT_ACT = 2  # of an act that names no object
MOST_WHOLE = 26  # of several things said side by side, and of an act with to whom or by which system
MOST_HANDED = 14  # of an act and the papers that are handed in, and of a form with its act
PARENTHESIS = re.compile(r"（[^（）]*）")
HANDED = re.compile(r"^(?:将|把|对(?![照于比]))(?P<rest>.+)$")
FORM = re.compile(r"《[^《》]{2,14}》")
FORM_LIKE = re.compile(r"[表书单簿册]|报告|情况|材料|名单")
BEGINS_BADLY = re.compile(r"^[\d、，和及与或的至日月”）》]")
PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))
SEVERAL = re.compile(r"[、和及与或]")  # between things said side by side
BARE = re.compile(r"^(?:为|系|是)(?P<name>[^，。；]{2,12})")
NAMED = re.compile(r"(?P<name>[^，。；：（）]{2,12})[（(：]$")
TOPIC = re.compile(r"(?:^|[。；：])(?P<topic>[^，。；：]{2,10})，$")  # 停用凭证，网点应当…上缴


@cache
def listed(kind: str) -> str:
    """The words of one class as alternatives."""
    return alternatives(TABLE, kind)


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """What stands before an act, or behind a word of running, as patterns of the classes of words."""
    duty, system = listed("须做"), r"(?:系统|模块|平台|流程|邮箱)(?:“[^”]*”)?(?:模块|流程)?"
    made = {
        "lead": rf"^(?:，|{duty}|前|由[^，。；]{{1,12}}?(?=[报提补完])|向[^，。；]{{2,16}}?(?=[报提申移])|(?:{listed('经由')})[^，。；]{{2,20}}?{system})",
        "system": rf"^(?:{duty})*(?P<by>(?:通过|登录)[^，。；]{{2,14}}?{system})",
        "placed": rf"^(?:{listed('处所')})",  # the first words say where or how, and no act yet
        "hands": rf"^(?P<act>{listed('交出')})(?!《)",
        "weighty": listed("要紧动作"),  # behind a first act: what it is done for (组织人员完成学习)
        "topic_end": rf"(?:{duty})?(?:于|在)?[^，。；：应须于在要]*$",  # behind what a clause speaks of: the duty and its day
        "branch": rf"^(?:各|本)?(?:营业)?(?:{listed('本行')})的?",
        "start": rf"(?:^|[，。；：（(])(?:{listed('定于')}|自|从|在|各?[^，。；：]{{0,8}}应[于在])?$",
    }
    return re.compile(made[kind])


def of_office(text: str, start: int) -> bool:
    """Whether the clause before a day begins with an office above the branch (管辖行汇总情况于10月20日前…)."""
    return re.match(rf"各?(?:一级|二级)?(?:{listed('别家')})", re.split(r"[，。；：]", text[:start])[-1]) is not None


def deed(text: str, end: int) -> str:
    """What is to be done by the day that ends at ``end``, act and matter, in the clause's own words; empty where no known act stands there."""
    act = limits.verb(text, end)
    clause = re.split(r"[。；：]|，(?!$)", PARENTHESIS.sub("", text[end:]).lstrip("，（"))[0]
    while (lead := pattern("lead").match(clause)) is not None:
        clause = clause[lead.end() :]
    if not act or not clause:
        return act
    handed = HANDED.match(clause)
    said = shortened(handed["rest"], act) if handed else of_act(clause)
    form = named_before(text[:end], said) or with_matter(text[:end], said)
    found = form or (said if LEAST <= len(said) <= MOST_HANDED else act)
    return "" if re.fullmatch(listed("须宾语"), found) else found


def in_full(text: str, end: int) -> str:
    """The same with to whom or by which system, for a duty that stands nowhere else on the sheet; no more than that where it would be long."""
    said, clause = deed(text, end), re.split(r"[。；：]|，(?!$)", PARENTHESIS.sub("", text[end:]).lstrip("，（"))[0]
    by, handed, form = pattern("system").match(clause), HANDED.match(clause), FORM.search(said)
    made = ""
    if by and said and not said.startswith(by["by"]):
        made = by["by"] + said
    elif handed and (spoken := spoken_in(handed["rest"])):
        made = re.sub(r"^.*的", "", handed["rest"][: spoken.start()]) + handed["rest"][spoken.start() :]
    elif form and form.group() not in clause and pattern("hands").match(clause):
        made = form.group() + clause
    return made if len(said) < len(made) <= MOST_WHOLE else said


def told(text: str, end: int, what: str, *, dated: bool) -> str:
    """What a chip says is to be done: for a day what the time line says, for a bare act its object too, where the clause names one."""
    said = deed(text, end)
    if dated and said:
        return said
    if not what or len(what) > SHORT_ACT:
        return what
    clause = re.split(r"[，。；：]", PARENTHESIS.sub("", text[end:]))[0]
    _, act, behind = clause.partition(what)
    matter = last_words(behind, MOST - len(what)) if act and not SEVERAL.search(behind) else ""
    longer = said if said.startswith(what) else what + matter if matter and "的" not in matter else ""
    return longer if len(what) + LEAST <= len(longer) <= MOST else what


def of_act(clause: str) -> str:
    """The clause from its act on: whole, its first matter and 等, or the act and the last words."""
    whole = clause if not pattern("placed").match(clause) else ""
    if whole and len(whole) <= MOST:
        return whole
    hits = list(limits.VERB.finditer(clause))
    found = [clause[hit.start() :] for hit in hits if hit.start() == 0 or len(clause) - hit.start() <= MOST]
    if not found:
        return ""
    said, hit = found[0], limits.VERB.match(found[0])
    if len(said) <= MOST or hit is None:
        return said
    short = next((each for each in found[1:] if len(each) <= MOST and pattern("weighty").match(each)), "")
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


def spoken_in(rest: str) -> re.Match[str] | None:
    """The act behind what is handed in or treated (将…报分行)."""
    return next(iter(hit for hit in limits.VERB.finditer(rest) if limits.is_act(rest, hit, handed=True)), None)


def shortened(rest: str, act: str) -> str:
    """What is handed in or treated with its act: whole where it is short, else the act and the matter's last words (将…清单、报告报分行 to 报送清单、报告)."""
    if len(rest) <= MOST:
        return rest
    spoken = spoken_in(rest)
    matter = re.sub(r"^.*的", "", rest[: spoken.start()]) if spoken else ""
    how = re.search(rf"(?:{listed('怎样')})+$", matter)
    act, matter = (how.group() + act, matter[: how.start()]) if how else (act, matter)
    for size in (MOST_HANDED - len(act), MOST - len(act) - 2):
        tail = matter if len(matter) <= size else last_words(matter, size)
        if tail:
            return act + tail
    return act


def named_before(before: str, said: str) -> str:
    """The paper that is handed in, where the clause says only to whom: 报分行 to 报《登记表》."""
    hit, forms = pattern("hands").match(said), FORM.findall(re.split(r"[。]", before)[-1])
    return f"{hit['act']}{forms[-1]}" if hit and forms and not FORM_LIKE.search(said) else ""


def with_matter(before: str, said: str) -> str:
    """An act that names no object, with what its clause (or the few words before it) speaks of: 剩余库存应于…前全部上缴支行 to 全部上缴剩余库存."""
    act = rf"(?P<act>(?:{listed('怎样')})?(?:{listed('须宾语')}))"
    bare = re.match(rf"{act}(?:[至给到]|[^，。；]{{0,6}}(?:{listed('别家')})|$)", said)
    own = re.split(r"[，。；：]", before)[-1]
    topic = pattern("branch").sub("", pattern("topic_end").sub("", own))
    if bare is None:
        return ""
    if re.search(rf"{listed('须做')}|并", topic):
        return ""  # another act, and not what this one is done to
    if not topic or limits.STAFF.search(topic):
        front = TOPIC.search(before[: len(before) - len(own)])
        topic = front["topic"] if front and not limits.STAFF.search(front["topic"]) and not limits.VERB.search(front["topic"]) else ""
    matter = topic if len(topic) + len(bare["act"]) <= MOST else last_words(topic, MOST - len(bare["act"]))
    return bare["act"] + matter if matter else ""


def running(text: str, start: int, end: int, heading: str) -> str:
    """What runs over the span text[start:end], in the paper's own words; empty where the span only limits something else."""
    before, after = text[:start], text[end:]
    named = NAMED.search(before)
    if named and (after.startswith("）") or not after.strip("。；")):
        return named["name"]
    if pattern("start").search(before) is None:
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
    if said not in listed("窗口").split("|") or said == clause:
        return said
    return title if re.search(rf"(?:{listed('标题尾')})$", title) and len(title) <= MOST else ""


def run_of(clause: str, *, at_once: bool = False) -> str:
    """A clause from the word on that says what runs, or up to it; ``at_once`` where nothing may stand before it.

    Of things said side by side all stand there or none does: half of them would tell that the others go on.
    """
    # a 名称 behind it: the word is part of a name (上线网点)
    hit = re.search(rf"(?:{listed('窗口')})(?!{listed('名称')})", clause)
    if hit is None or (at_once and hit.start() > LEAST):
        return ""
    if len(clause) <= MOST:
        return clause
    said = clause[hit.start() :]
    if SEVERAL.search(clause[: hit.start()]):
        return clause if len(clause) <= MOST_WHOLE else hit.group()
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
