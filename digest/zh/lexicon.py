"""The lexicon: classes of words, actors, posts, kind triggers and office words, from plain .tsv tables.

The packaged tables lie in ``digest/zh/lexicons``; each line says where its entry comes from. The user's own tables (same
file names, same columns) are merged over them line by line: add a word, change its weight, remove it with ``-``. A weight
of 0 in words.tsv shields a phrase: it is passed over before shorter words are looked for (``包括但不限于``, ``变更登记``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from msgspec import Struct

from digest import shipped
from digest.zh.matching import Entry, Hit, Matcher, compile_pattern
from digest.zh.tables import Row, Table, merge, read_number

CLASSES = Table(file="classes.tsv", columns=("类别", "名称", "每处分", "封顶", "来源"), keys=1, weight=2)
WORDS = Table(file="words.tsv", columns=("类别", "词", "分", "前不接", "后不接", "来源"), keys=2, weight=2)
ACTORS = Table(file="actors.tsv", columns=("主体", "归属", "行业", "来源"))
ROLES = Table(file="roles.tsv", columns=("词", "岗位", "来源"))
KINDS = Table(file="kinds.tsv", columns=("类型", "词", "位置", "分", "来源"), keys=2, weight=3)
BUSINESSES = Table(file="businesses.tsv", columns=("业务", "词", "默认", "来源"), keys=2)
OFFICE = Table(file="office.tsv", columns=("词", "来源"))
FEATURES = Table(file="features.tsv", columns=("特征", "名称", "分", "来源"), weight=2)
SECRECY = Table(file="secrecy.tsv", columns=("灯", "位置", "词", "说明", "来源"), keys=3)
STRUCTURE = Table(file="structure.tsv", columns=("用处", "式样", "来源"), keys=2)
TABLES = (CLASSES, WORDS, ACTORS, ROLES, KINDS, BUSINESSES, OFFICE, FEATURES, SECRECY, STRUCTURE)

AUDIENCES = ("branch", "customer", "head_office", "regulator", "other_industry")
PLACES = ("标题", "正文")
SWITCHES = ("开", "关")
LIGHTS = ("red", "orange")
POSITIONS = ("首行", "标识", "附注", "名称", "正文")


class WordClass(Struct, frozen=True, kw_only=True):
    """A class of words (词类): ``weight`` points a hit, at most ``cap`` in one unit; negative classes are boiler-plate."""

    key: str
    title: str
    weight: float
    cap: float
    source: str = ""

    def capped(self, points: float) -> float:
        """Points of this class in one unit."""
        return max(-self.cap, min(self.cap, points))


class Actor(Struct, frozen=True, kw_only=True):
    """A name of somebody who acts (主体): ``audience`` is one of AUDIENCES, ``industry`` names the other trade."""

    word: str
    audience: str
    industry: str = ""
    source: str = ""


RECEIVES = "不标"  # the role in roles.tsv of words that name who receives a report


class Post(Struct, frozen=True, kw_only=True):
    """A word in the text (``word``) and the post of the branch it stands for (``role``, e.g. 柜员)."""

    word: str
    role: str
    source: str = ""

    @property
    def acts(self) -> bool:
        """Whether the word names who acts; 报运营主管 names who receives a report."""
        return self.role != RECEIVES


class PostWords:
    """The words for posts as patterns, compiled when first asked for; longest word first."""

    def __init__(self, posts: tuple[Post, ...]) -> None:
        """Sort them by word."""
        self.by_word = {post.word: post for post in posts}

    @cached_property
    def one(self) -> re.Pattern[str]:
        """One of them."""
        return re.compile(self._alternatives)

    @cached_property
    def groups(self) -> re.Pattern[str]:
        """Some said side by side (运营主管和网点负责人)."""
        return re.compile(rf"(?:{self._alternatives})(?:(?:、|以及|或者|[和与及或])(?:{self._alternatives}))*")

    @property
    def _alternatives(self) -> str:
        return "|".join(map(re.escape, self.by_word)) or "(?!)"


class KindTrigger(Struct, frozen=True, kw_only=True):
    """A word that tells the kind of circular: ``kind`` is the Kind's Chinese value, ``place`` 标题 or 正文."""

    kind: str
    word: str
    place: str
    weight: float
    source: str = ""


class Business(Struct, frozen=True, kw_only=True):
    """A word that belongs to one line of business (业务); ``usual`` says whether a branch has it unless told otherwise."""

    name: str
    word: str
    usual: bool
    source: str = ""


class Feature(Struct, frozen=True, kw_only=True):
    """What a unit's place or make is worth: ``title`` for people, ``weight`` in points."""

    key: str
    title: str
    weight: float
    source: str = ""


class Marking(Struct, frozen=True, kw_only=True):
    """A secrecy marking (密级标识): ``light`` red or orange, ``position`` one of POSITIONS, ``reason`` for the user."""

    light: str
    position: str
    word: str
    reason: str = ""
    source: str = ""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The marking as a pattern; only the process that reads a paper's structure needs it."""
        return cue(self.word)


@dataclass(frozen=True, slots=True, kw_only=True)  # no struct: what is made out of the tables stays out of comparing
class Lexicon:
    """All word lists. ``actors`` and ``posts`` are sorted longest word first, so the first match is the right one."""

    classes: Mapping[str, WordClass]
    entries: tuple[Entry, ...]
    actors: tuple[Actor, ...]
    posts: tuple[Post, ...]
    kinds: tuple[KindTrigger, ...]
    businesses: tuple[Business, ...]
    office: tuple[str, ...]
    features: Mapping[str, Feature]
    markings: tuple[Marking, ...]
    cues: Mapping[str, re.Pattern[str]]  # 用处 of structure.tsv to one pattern of all its lines
    matcher: Matcher = field(repr=False, compare=False)
    post_words: PostWords = field(repr=False, compare=False)
    openers: Mapping[str, tuple[int, ...]] = field(repr=False, compare=False, default_factory=dict)  # first letter to the actors' numbers

    def actors_in(self, text: str) -> list[Actor]:
        """Actors that may be named in a text, longest first: those whose first letter stands in it. There are hundreds, few are ever named."""
        return [self.actors[number] for number in sorted(number for letter in set(text) for number in self.openers.get(letter, ()))]

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Words of all classes in ``text`` (pass it through ``matching.shield`` first), leftmost and longest first."""
        return self.matcher.find(text)

    def points(self, hits: tuple[Hit, ...]) -> dict[str, float]:
        """The points of each class among these hits, capped."""
        found: dict[str, float] = {}
        for hit in hits:
            found[hit.kind] = found.get(hit.kind, 0.0) + hit.weight
        return {key: self.classes[key].capped(total) for key, total in found.items()}


@cache
def alternatives(table: Table, kind: str) -> str:
    """The words that a packaged table (first column class, second word) has for one class, as alternatives of a pattern, longest first."""
    found = (row.cells[1] for row in merge(table, packaged(table.file), "") if row.cells[0] == kind)
    return "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))


def expression(table: Table, kind: str) -> re.Pattern[str]:
    """The regular expressions that a packaged table (first column class, second pattern) has for one class, as one pattern."""
    found = [row.cells[1] for row in merge(table, packaged(table.file), "") if row.cells[0] == kind]
    return re.compile("|".join(f"(?:{pattern})" for pattern in found))


def load(overrides: Mapping[str, str] | None = None) -> Lexicon:
    """The packaged tables with the user's own merged over them (file name to its text).

    Raises:
        BadTemplate: a line of a table is broken; says file, line and what to do.
    """
    own = {table.file: (overrides or {}).get(table.file, "") for table in TABLES}
    return build_lexicon(tuple(own.items()))


@cache
def build_lexicon(own: tuple[tuple[str, str], ...]) -> Lexicon:
    """Tables to a Lexicon; kept, because a batch and the review page ask for the same one again and again."""
    texts = dict(own)
    rows = {table.file: merge(table, packaged(table.file), texts[table.file]) for table in TABLES}
    classes = {row.cells[0]: read_class(row) for row in rows[CLASSES.file]}
    actors = tuple(sorted((read_actor(row) for row in rows[ACTORS.file]), key=lambda actor: (-len(actor.word), actor.word)))
    posts = tuple(sorted((read_post(row) for row in rows[ROLES.file]), key=lambda post: (-len(post.word), post.word)))
    entries = tuple(read_entry(row, classes) for row in rows[WORDS.file])
    return Lexicon(
        classes=classes,
        entries=entries,
        actors=actors,
        posts=posts,
        kinds=tuple(read_trigger(row) for row in rows[KINDS.file]),
        businesses=tuple(read_business(row) for row in rows[BUSINESSES.file]),
        office=tuple(row.cells[0] for row in rows[OFFICE.file]),
        markings=tuple(read_marking(row) for row in rows[SECRECY.file]),
        cues=read_cues(rows[STRUCTURE.file]),
        features={row.cells[0]: read_feature(row) for row in rows[FEATURES.file]},
        matcher=Matcher(entries),
        post_words=PostWords(posts),
        openers=opening_letters(actors),
    )


def opening_letters(actors: tuple[Actor, ...]) -> dict[str, tuple[int, ...]]:
    """The numbers of the actors whose name begins with each letter."""
    found: dict[str, tuple[int, ...]] = {}
    for number, actor in enumerate(actors):
        found[actor.word[0]] = (*found.get(actor.word[0], ()), number)
    return found


@cache
def packaged(name: str) -> str:
    """The text of a packaged table."""
    return shipped.text("zh/lexicons", name)


def read_class(row: Row) -> WordClass:
    """A line of classes.tsv."""
    key, title, weight, cap, source = row.cells
    points = read_number(row, weight or "1")
    return WordClass(key=key, title=title or key, weight=points, cap=abs(read_number(row, cap)) if cap else abs(points), source=source)


def read_entry(row: Row, classes: Mapping[str, WordClass]) -> Entry:
    """A line of words.tsv; its class must be in classes.tsv."""
    key, word, weight, after, before, _ = row.cells
    if key not in classes:
        raise row.fault(f"没有“{key}”这一类", f"类别请从 {'、'.join(classes)} 中选，或先在 classes.tsv 里加一行")
    points = read_number(row, weight) if weight else classes[key].weight
    pattern = compile_pattern(word) if word.startswith("re:") else None
    if word.startswith("re:") and pattern is None:
        raise row.fault(f"“{word}”不是能用的正则表达式", "请检查括号是否成对，不需要正则时去掉开头的 re:")
    return Entry(kind=key, word=word, weight=points, not_after=after, not_before=before, pattern=pattern, own=row.own)


def read_actor(row: Row) -> Actor:
    """A line of actors.tsv."""
    word, audience, industry, source = row.cells
    return Actor(word=word, audience=one_of(row, audience, AUDIENCES), industry=industry, source=source)


def read_post(row: Row) -> Post:
    """A line of roles.tsv."""
    if not row.cells[1]:
        raise row.fault("没有写岗位", "第二列写这个词对应的岗位，例如 柜员")
    return Post(word=row.cells[0], role=row.cells[1], source=row.cells[2])


def read_trigger(row: Row) -> KindTrigger:
    """A line of kinds.tsv."""
    kind, word, place, weight, source = row.cells
    return KindTrigger(kind=kind, word=word, place=one_of(row, place or "标题", PLACES), weight=read_number(row, weight or "1"), source=source)


def read_business(row: Row) -> Business:
    """A line of businesses.tsv."""
    name, word, switch, source = row.cells
    return Business(name=name, word=word, usual=one_of(row, switch or "开", SWITCHES) == "开", source=source)


def read_feature(row: Row) -> Feature:
    """A line of features.tsv."""
    key, title, weight, source = row.cells
    return Feature(key=key, title=title or key, weight=read_number(row, weight or "0"), source=source)


def read_marking(row: Row) -> Marking:
    """A line of secrecy.tsv."""
    light, position, word, reason, source = row.cells
    one_of(row, light, LIGHTS)
    return Marking(light=light, position=one_of(row, position, POSITIONS), word=read_words(row, word), reason=reason, source=source)


def read_cues(rows: tuple[Row, ...]) -> Mapping[str, re.Pattern[str]]:
    """structure.tsv: all patterns of one use joined to one."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.cells[0], []).append(read_words(row, row.cells[1]))
    return Cues({use: "|".join(f"(?:{pattern})" for pattern in patterns) for use, patterns in found.items()})


class Cues(dict[str, re.Pattern[str]]):
    """The patterns by use, each compiled when it is first asked for: the process that reads and the one that makes the sheet need others."""

    def __init__(self, written: Mapping[str, str]) -> None:
        super().__init__()
        self.written = written

    def __missing__(self, use: str) -> re.Pattern[str]:
        """Compile one."""
        pattern = self[use] = re.compile(self.written[use], re.IGNORECASE)
        return pattern

    def __reduce__(self) -> tuple[type["Cues"], tuple[Mapping[str, str]]]:
        """Another process compiles its own."""
        return Cues, (self.written,)


@cache
def cue(text: str) -> re.Pattern[str]:
    """One packaged or checked pattern."""
    return re.compile(text)


def read_words(row: Row, text: str) -> str:
    """A regular expression from a table; the user's own is tried at once, the packaged ones a test tries.

    Raises:
        BadTemplate: it is broken.
    """
    if row.own and compile_pattern(text) is None:
        raise row.fault(f"“{text}”不是能用的正则表达式", "请检查括号是否成对")
    return text.removeprefix("re:")


def one_of(row: Row, value: str, allowed: tuple[str, ...]) -> str:
    """The value if it is one of the allowed ones.

    Raises:
        BadTemplate: it is none of them.
    """
    if value in allowed:
        return value
    raise row.fault(f"“{value}”不认识", f"这一列只能写 {'、'.join(allowed)}")
