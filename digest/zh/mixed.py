"""A wording that asks and forbids at once: its duty and its bans as ranges of it that can stand apart, each whole; none where they cannot.

What both are said under (when, who) is shared; a ban keeps its own condition and what follows it, its exceptions above all.
It errs to refusal: a half that would point at words it no longer has stays where it is.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from msgspec import Struct

from digest.zh import guard, scope
from digest.zh.clauses import Clause, Sort, barring, masked, pattern, segments, stopping, words
from digest.zh.lexicon import RECEIVES, packaged
from digest.zh.tables import Table, merge

ROLES = Table(file="roles.tsv", columns=("词", "岗位", "来源"))
Range = tuple[int, int]
LEAST = 6  # characters that a half must have of its own
LONGEST_HEAD = 20  # characters printed in both halves; more would cost the page more than it gives
LEAST_CASE = 5  # characters of a condition that names its matter: 不符的 does not
LONGEST_MATTER = 8  # characters of a matter named ahead of who must (停用凭证，网点应当…)
SHORT = 24  # characters of a wording that is sooner read whole than in two lines
ONE_LINE = 70  # characters of one statement whose ban has no condition and nobody of its own: two lines would say the same words twice
MARKS = "，；。：、"
PASSIVE = ("被", "由")  # 被投诉员工须回避，不得…: the ban is another's


class Half(Struct, frozen=True, kw_only=True):
    """One of the statements: ``ban`` or a duty, as ranges of the wording in order."""

    ban: bool
    ranges: tuple[Range, ...]

    def laid(self, whole: str) -> tuple[str, tuple[int, ...]]:
        """The statement in the wording's own characters, and where in it each range begins; a comma parts a matter from somebody else who must not."""
        said, places = "", []
        for start, end in self.ranges:
            piece = whole[start:end]
            said += "，" if said and said[-1] not in MARKS and names_actor(piece) else ""
            places.append(len(said))
            said += piece
        return said.rstrip(MARKS), tuple(places)

    def text(self, whole: str) -> str:
        """The statement."""
        return self.laid(whole)[0]


@lru_cache(maxsize=4096)
def halves(text: str) -> tuple[Half, ...]:
    """The duty and the bans of a wording, in its order; empty where it is all one, or cannot be parted."""
    plain = masked(text)
    if len(text) <= SHORT or guard.DOUBLE.search(plain) or "：" in plain:
        return ()
    duty: list[Range] = []
    bans: list[list[Range]] = []
    said: list[str] = []
    for place, segment in enumerate(segments(plain)):
        said.append(text[segment[0].start : segment[-1].end])
        if scope.inherited(said) is not None or relaxes_other(said[-1], [text[low:high] for low, high in bans[-1]] if bans else ()):
            return ()  # for whom it holds is said in another half, or which duty it relaxes
        if not any(clause.sort is Sort.BAN for clause in segment):
            own = (segment[0].start, segment[-1].end)
            asks = any(clause.sort is Sort.DUTY for clause in segment)
            if bans and asks and (segment[0].sort is not Sort.CASE or leans(plain, segment)):
                return ()  # a duty of its own must not be read as part of what is forbidden
            if bans and not asks:
                bans[-1].append(own)  # what follows a ban limits it more often than not
            else:
                duty.append(own)
        elif place and (leans(plain, segment) or scope.special(said[-1], "".join(said[:-1]))):
            return ()
        elif all_ban(segment):
            bans.append([(segment[0].start, segment[-1].end)])
        elif made := parted(plain, segment):
            duty += made[0]
            bans.append(list(made[1]))
        else:
            return ()
    found = [Half(ban=False, ranges=joined(duty)), *(Half(ban=True, ranges=joined(ban)) for ban in bans)]
    return tuple(found) if duty and bans and all(sound(text, half) for half in found) else ()


def relaxes_other(said: str, ban: Sequence[str]) -> bool:
    """Whether what follows a ban relaxes something that the ban does not speak of (可先限制后告知)."""
    what = scope.relaxed(said)
    return bool(ban) and bool(what) and what not in "".join(ban)


def worth_parting(text: str, found: Sequence[Half]) -> bool:
    """Whether halves say more apart than in one line: it is long, has a case of its own behind a stop, or its ban binds in another case or somebody else."""
    plain = masked(text)
    parts = segments(plain)
    if len(text) > ONE_LINE or len(parts) > 1:
        return True
    duty = [place for half in found if not half.ban for place in half.ranges]
    own = [(low, high) for half in found if half.ban for start, end in half.ranges for low, high in beyond(start, end, duty)]
    cases = any(clause.sort is Sort.CASE and low <= clause.start < high for clause in parts[0] for low, high in own)
    asked = any(names_actor(plain[start:end]) for start, end in clause_ranges(parts[0], duty))
    return cases or (asked and any(names_actor(plain[start:end]) for start, end in clause_ranges(parts[0], own)))


def beyond(start: int, end: int, said: Sequence[Range]) -> list[Range]:
    """What of characters [start, end) is not also said in other ranges, which hold it from its beginning or not at all."""
    low = max((min(high, end) for first, high in said if first <= start < high), default=start)
    return [(low, end)] if low < end else []


def clause_ranges(segment: Sequence[Clause], ranges: Sequence[Range]) -> list[Range]:
    """The clauses of a segment, or what of them lies in some ranges."""
    return [(max(low, clause.start), min(high, clause.end)) for clause in segment for low, high in ranges if max(low, clause.start) < min(high, clause.end)]


def all_ban(segment: Sequence[Clause]) -> bool:
    """Whether a segment forbids and asks for nothing before it does."""
    first = next(clause for clause in segment if clause.sort is not Sort.CASE)
    return first.sort is Sort.BAN and not any(clause.sort is Sort.DUTY for clause in segment)


def leans(plain: str, segment: Sequence[Clause]) -> bool:
    """Whether a later segment cannot be read without the one before: it points back, names nobody, or its condition has no matter."""
    said = plain[segment[0].start : segment[-1].end]
    if (
        scope.hangs(said)
        or re.match(rf"{words('承接')}|{words('例外')}", said)
        or points().search(said)
        or pattern(Sort.BAN).match(said)
        or pattern(Sort.DUTY).match(said)
    ):
        return True
    head = plain[segment[0].start : segment[0].word] if segment[0].sort is not Sort.CASE else said[: segment[0].end - segment[0].start]
    return re.match(words("空条件"), head) is not None or len(head.strip(MARKS)) < LEAST_CASE


def parted(plain: str, segment: Sequence[Clause]) -> tuple[list[Range], list[Range]] | None:
    """The duty's and the ban's ranges of one segment, both under the same head; None where they hang together."""
    head = head_of(plain, segment)
    if head is None:
        return None
    duty: list[Range] = []
    ban: list[Range] = []
    forbidding = False
    for place, clause in enumerate(segment):
        start = max(clause.start, head[1])
        if duty and not forbidding and clause.sort is not Sort.BAN and heads_actor(plain[start : clause.end]):
            return None  # somebody else acts from here on: whom the ban binds is no longer plain
        turned = turns(segment, place, start, forbidding=forbidding)
        if forbidding and not turned and not anew(plain, segment, place, head):
            return None  # its case was said with the ban, or it is no statement of its own
        if not forbidding and not turned and bans_later(segment, place) and binds(plain, start, clause, first=not duty):
            return None  # what is forbidden behind it may hold for this case alone
        forbidding = turned
        if start < clause.end:
            (ban if forbidding else duty).append((own_start(plain, start, clause) if forbidding else start, clause.end))
    if not duty or not ban or any(re.search(words("例外"), plain[low:high]) for low, high in duty):
        return None
    shared = shared_head(plain, head, ban[0])
    if shared is None or runs_on(plain, shared, ban[0]):
        return None
    return [head, *duty], [*shared, *ban]


def head_of(plain: str, segment: Sequence[Clause]) -> Range | None:
    """What the whole segment is said under: its leading cases and whoever or whatever its first statement speaks of."""
    openers = [clause for clause in segment if clause.sort is not Sort.CASE]
    if openers and openers[0].sort is Sort.PLAIN and openers[0].end - openers[0].start <= LONGEST_MATTER:
        openers = openers[1:]
    if not openers or openers[0].sort not in (Sort.BAN, Sort.DUTY):
        return None
    opener = openers[0]
    who = plain[opener.start : opener.word]
    if who.startswith(PASSIVE):
        return None
    who = re.sub(rf"(?:{words('承接')})+$", "", who)
    head = (segment[0].start, opener.start + len(who))
    return head if LEAST - 4 <= head[1] - head[0] <= LONGEST_HEAD else None


def bans_next(segment: Sequence[Clause], place: int) -> bool:
    """Whether the first statement behind a case is a ban, so that the case is the ban's own."""
    after = next((clause for clause in segment[place:] if clause.sort is not Sort.CASE), None)
    return after is not None and after.sort is Sort.BAN


def turns(segment: Sequence[Clause], place: int, start: int, *, forbidding: bool) -> bool:
    """Whether a clause belongs to the ban: it forbids, is the case of what does, or follows one and asks for nothing."""
    clause = segment[place]
    if clause.sort is Sort.BAN or (forbidding and clause.sort is not Sort.DUTY):
        return True
    return clause.sort is Sort.CASE and start < clause.end and bans_next(segment, place)


def anew(plain: str, segment: Sequence[Clause], place: int, head: Range) -> bool:
    """Whether a duty behind a ban stands on its own, and under no case that the head does not hold."""
    return asks_anew(plain, segment[place], segment[place - 1], head) and not cased(plain, segment[:place], head)


def bans_later(segment: Sequence[Clause], place: int) -> bool:
    """Whether a ban stands behind a clause of the segment."""
    return any(clause.sort is Sort.BAN for clause in segment[place + 1 :])


def binds(plain: str, start: int, clause: Clause, *, first: bool) -> bool:
    """Whether a clause ahead of a ban may say in which case the ban holds: no mere duty, or a duty under a case of its own."""
    if start >= clause.end:
        return False
    own = plain[start : clause.end]
    if any(ahead in own for ahead in words("条件于义务").split("|")):
        return True
    if clause.sort is not Sort.DUTY:
        return clause.sort is not Sort.PLAIN or "的" in own or re.match(words("续义务"), own) is None  # 并报支行审批 goes on with its duty
    lead = plain[start : max(clause.word, start)]
    return not first and re.sub(rf"^(?:{words('承接')})+$", "", lead) != ""  # it speaks of something else, which the ban may speak of too


def cased(plain: str, ahead: Sequence[Clause], head: Range) -> bool:
    """Whether anything ahead of a duty, behind the head, says a case."""
    for clause in ahead:
        start = max(clause.start, head[1])
        lead = plain[start : clause.word] if clause.sort is Sort.BAN else ""
        if clause.end > head[1] and (clause.sort in (Sort.CASE, Sort.PLAIN) or (lead and not names_actor(plain[start : clause.end]))):
            return True
    return False


def asks_anew(plain: str, clause: Clause, before: Clause, head: Range) -> bool:
    """Whether a duty behind a ban stands on its own: it names who must, or the ban spoke of the head alone and so does it."""
    if clause.sort is not Sort.DUTY:
        return False
    who = plain[clause.start : clause.word]
    if who:
        return names_actor(who) and not re.match(words("承接"), who)
    return before.sort is Sort.BAN and max(before.start, head[1]) == before.word and plain[clause.word] in "应须必"


def own_start(plain: str, start: int, clause: Clause) -> int:
    """Where a ban begins behind the word that joins it to its duty (但不得, 且不得)."""
    joint = re.match(rf"(?:{words('承接')})+", plain[start : clause.word]) if clause.sort is Sort.BAN else None
    return start + joint.end() if joint and start + joint.end() == clause.word else start


def shared_head(plain: str, head: Range, ban: Range) -> list[Range] | None:
    """The head as the ban has it: without its actor where the ban names another one; None where more than the bare actor would go."""
    own = plain[ban[0] : ban[1]]
    if not names_actor(own):
        return [head]
    cut = max(plain.rfind("，", *head) + 1, head[0])
    if not names_actor(plain[cut : head[1]]):
        return [head]
    if not heads_actor(plain[cut : head[1]]):
        return None  # whose they are or where (办理大额取款的网点) limits the ban as well
    return [(head[0], cut)] if cut > head[0] else []


def runs_on(plain: str, shared: Sequence[Range], ban: Range) -> bool:
    """Whether a case of somebody or something else would be read as the head's own (柜员＋证件过期的)."""
    hit = pattern(Sort.BAN).search(plain, *ban)
    lead = plain[ban[0] : hit.start() if hit else ban[1]]
    glued = bool(shared) and plain[shared[-1][1] - 1] not in MARKS
    return glued and "的" in lead and not names_actor(plain[slice(*ban)]) and re.match(f"{words('空条件')}|{words('条件头')}", lead) is None


def names_actor(text: str) -> bool:
    """Whether a clause says who must not: an actor or a post stands before its ban or at its end."""
    hit = pattern(Sort.BAN).search(text) or pattern(Sort.DUTY).search(text)
    who = text[: hit.start()] if hit else text
    return bool(who) and len(who) <= LEAST * 3 and actors().search(who) is not None


def heads_actor(text: str) -> bool:
    """Whether a clause begins with somebody who acts."""
    return re.match(rf"(?:各|本|任何)?{actors().pattern[:-1]}", text) is not None


@cache
def points() -> re.Pattern[str]:
    """Words that point at what stands elsewhere (其, 该), but not 其他 and the like."""
    return re.compile(rf"(?:{words('指代')})(?![他它余中次])")


@cache
def actors() -> re.Pattern[str]:
    """Everybody who can act: the actors that the guard knows and the posts of the branch, at the end of a text."""
    known = {row.cells[0] for row in merge(guard.ACTORS, packaged(guard.ACTORS.file), "")}
    known |= {row.cells[0] for row in merge(ROLES, packaged(ROLES.file), "") if row.cells[1] != RECEIVES}
    listed = "|".join(re.escape(word) for word in sorted(known, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?:{listed}|人员|人)$")


def opening(text: str) -> Sort:
    """What the first statement of a text does: of its first clause that is no case and no mere name; 仅限, 不再 and stops are bans."""
    plain = masked(text)
    found = [clause for segment in segments(plain) for clause in segment if clause.sort is not Sort.CASE]
    first = found[0] if found else None
    if first is not None and not bars(plain, first) and only_names(plain, found):
        first = next(iter(found[1:]), None)
    return Sort.BAN if first is None or bars(plain, first) else first.sort


def bars(plain: str, clause: Clause) -> bool:
    """Whether a clause forbids in other words than 不得, or says that a business stops."""
    stopped = clause.sort is Sort.PLAIN and stopping().search(plain[clause.start : clause.end]) is not None
    return stopped or barring().search(plain, clause.start, clause.end) is not None


def only_names(plain: str, found: Sequence[Clause]) -> bool:
    """Whether the first clause says nothing yet: a matter (停用凭证，…), what is done when the ban right behind it holds (使用凭证，严禁…)."""
    said = plain[found[0].start : found[0].end]
    if found[0].sort is Sort.PLAIN:
        acts = heads_actor(said) and re.search(words("动作"), said)
        return len(said) <= LONGEST_MATTER + 1 or not (acts or re.search(words("陈述"), said))
    prompted = found[0].sort is Sort.DUTY and pattern(Sort.DUTY).search(said) is None
    return prompted and len(said) <= 2 * LONGEST_MATTER and len(found) > 1 and found[1].sort is Sort.BAN and found[1].word == found[1].start


def turned(text: str) -> bool:
    """Whether a ban limits the statement before it (可以查封，但不得拍卖): then the ban is what counts."""
    plain = masked(text)
    bans = [plain[clause.start : clause.word] for segment in segments(plain) for clause in segment if clause.sort is Sort.BAN]
    return any(re.match(words("转折"), said) or said == "" for said in bans)


def joined(ranges: Sequence[Range]) -> tuple[Range, ...]:
    """Ranges in order, neighbours made one."""
    found: list[Range] = []
    for start, end in ranges:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        elif end > start:
            found.append((start, end))
    return tuple(found)


def sound(text: str, half: Half) -> bool:
    """Whether a half can be read by itself: long enough, not hollow, and pointing at nothing that it does not hold."""
    said = half.text(text)
    return len(said) >= LEAST and not guard.hollow(said) and not (half.ban and points().search(masked(said)))
