"""Edits: each does what it says, nothing else, and nothing unguarded."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from digest.archive.values import dump, load
from digest.errors import UsageError
from digest.model.ranking import Category
from digest.model.sheet import LeftOut
from digest.preview import edits
from digest.preview.draft import Draft, printable
from digest.preview.edits import Confirmed
from digest.preview.edits_choice import refilled
from digest.preview.wordings import unit_line
from tests.preview.made import PARTED_DUTY, desk, draft, halves, line_with


def do(given, name, /, **values):
    """The step of one edit."""
    return edits.apply(given, name, values, desk())


def texts(given, key):
    """The texts of one section."""
    section = next((section for section in given.sheet.sections if section.key == key), None)
    return [line.text for line in section.lines] if section else []


def duties(sheet):
    """The lines of the duties."""
    return next(section.lines for section in sheet.sections if section.key == "do")


BAN = "柜员不得在空白凭证上预先加盖印章"
LIMIT = "网点主任应当每月检查"


def test_moves_within_and_between_sections():
    """Up, down and into another section, at the place asked for."""
    number = duties(draft().sheet)[0].number
    down = do(draft(), "move", line=number, section="do", place=2).draft
    over = do(draft(), "move", line=number, section="ban", place=1).draft

    assert texts(down, "do")[2].startswith("业务印章由柜员专人保管")
    assert texts(over, "ban")[1].startswith("业务印章由柜员专人保管")
    assert len(over.sheet.lines) == len(draft().sheet.lines)


def test_a_section_that_was_folded_away_opens_where_the_design_has_it():
    """Moving a line to 怎么做 opens it between its neighbours."""
    step = do(draft(), "move", line=0, section="step", place=0)

    keys = [section.key for section in step.draft.sheet.sections]
    assert keys.index("step") == keys.index("numbers") + 1


def test_rows_move_within_their_table():
    """A row of numbers stays the row it is."""
    number = draft().sheet.sections[-1].rows[0].line.number
    step = do(draft(), "move", line=number, section="numbers", place=1)

    assert step.draft.sheet.sections[-1].rows[1] == draft().sheet.sections[-1].rows[0]


def test_a_line_without_a_figure_does_not_enter_the_table():
    """It would vanish from paper there."""
    with pytest.raises(UsageError, match="放不进数字表"):
        do(draft(), "move", line=line_with(draft(), "严禁").number, section="numbers", place=0)


@pytest.mark.parametrize(
    ("words", "wording", "kind"),
    [
        ("停用的印章", "停用的印章应当于5个工作日内上缴分行运营管理部", "number"),
        (BAN, "柜员得在空白凭证上预先加盖印章，不得将印章交他人代管，但网点主任书面批准的除外", "negation"),
        (BAN, "柜员不得在空白凭证上预先加盖印章，不得将印章交他人代管", "exception"),
        ("单笔5万元", "单笔5万元以上的现金业务，由运营主管现场授权后用印", "bound"),
        ("单笔5万元", "单笔5万元以上（含）的现金业务，由柜员现场授权后用印", "subject"),
        ("严禁将印章", "严禁将印章带出营业场所和停车场", "foreign"),
    ],
)
def test_a_wording_that_says_something_else_waits_for_a_word(words, wording, kind):
    """Numbers, negations, exceptions, bounds, subjects and foreign words."""
    line = line_with(draft(), words)
    step = do(draft(), "reword", line=line.number, text=wording)

    assert step.findings[f"line-{line.number}"]
    assert kind in {finding.kind for finding in step.findings[f"line-{line.number}"]} or kind == "subject"


def test_a_confirmed_deviation_is_noted_and_leaves_with_the_wording():
    """It stands until the line says what the source says again."""
    line = line_with(draft(), "停用的印章")
    step = do(draft(), "reword", line=line.number, text="停用的印章应当于5个工作日内上缴分行运营管理部")
    sure = edits.confirm(step, Confirmed(who="王主管", why="分行电话通知"))
    back = do(sure, "restore", line=line.number).draft

    assert sure.deviation(f"line-{line.number}").who == "王主管"
    assert ["网点改写" in each.mark for each in printable(sure).lines if "停用的印章" in each.text] == [True]
    assert back.deviations == ()
    assert back.line(line.number) == line


def test_white_listed_words_may_go():
    """Shortening within the white list asks nothing."""
    line = line_with(draft(), "印章丢失的")
    step = do(draft(), "reword", line=line.number, text=line.text)

    assert step.findings == {}


def test_bold_and_time_limit_follow_the_words():
    """Bold stays on its characters; a time limit that is gone is not shown."""
    line = line_with(draft(), "停用的印章")
    longer = do(draft(), "reword", line=line.number, text="网点" + line.text).draft.line(line.number)
    cut = do(draft(), "reword", line=line.number, text="停用的印章应当上缴分行运营管理部").draft.line(line.number)

    assert [longer.text[low:high] for low, high in longer.emphasis] == [line.text[low:high] for low, high in line.emphasis]
    assert (longer.due, cut.due) == (line.due, "")


def test_own_lines_need_no_source():
    """They may say anything, under the branch's own mark."""
    step = do(draft(), "add", section="do", place=0, text="本网点印章柜钥匙由李四保管")
    step = do(step.draft, "reword", line=step.touched, text="本网点印章柜钥匙由王五保管")

    assert step.findings == {}
    assert next(line for line in printable(step.draft).lines if "王五" in line.text).mark == "网点补充"


def test_a_line_taken_off_comes_back_as_it_was():
    """The shelf keeps it, edits and all, and the list of what is left out names it."""
    line = line_with(draft(), "严禁")
    off = do(draft(), "drop", line=line.number).draft
    back = do(off, "put", line=line.number).draft

    assert line not in off.sheet.lines
    assert off.sheet.left_out[0].why == "主管取下"
    assert texts(back, "ban") == texts(draft(), "ban")
    assert back.sheet.left_out == draft().sheet.left_out


def test_swaps_a_line_with_one_left_out():
    """The other takes its very place."""
    left = draft().sheet.left_out[0]
    line = duties(draft().sheet)[1]
    step = do(draft(), "swap", line=line.number, unit=left.unit)

    assert texts(step.draft, "do")[1].startswith(left.text[:8])
    assert step.draft.sheet.left_out[0].unit == line.units[0]
    assert left.unit not in {each.unit for each in step.draft.sheet.left_out}


def test_nothing_goes_on_the_page_twice():
    """A unit that is there is not put there again."""
    with pytest.raises(UsageError, match="已经在单上"):
        do(draft(), "put", unit=line_with(draft(), "严禁").units[0])


def test_a_cut_between_rule_and_exception_waits_for_a_word():
    """The exception must not walk away by accident, be it right before it or a clause earlier: it may limit both halves."""
    line = line_with(draft(), BAN)
    for words in ("但网点", "不得将印章"):
        torn = do(draft(), "split", line=line.number, at=line.text.index(words))

        assert list(torn.findings) == [f"line-{torn.touched}"]
        assert torn.draft.line(torn.touched).source.startswith(words)


def test_a_cut_between_stem_and_items_waits_for_a_word():
    """Items never go without what introduces them."""
    line = line_with(draft(), "柜员办理下列业务")
    for words in ("单位存款", "挂失申请书"):
        assert do(draft(), "split", line=line.number, at=line.text.index(words)).findings


def test_split_and_merge_undo_each_other():
    """The words come together again under both sources."""
    line = line_with(draft(), "业务印章由柜员")
    cut = do(draft(), "split", line=line.number, at=line.text.index("柜员临时离岗"))
    one = do(cut.draft, "merge", line=line.number)

    assert one.draft.line(line.number).text == "业务印章由柜员专人保管；柜员临时离岗应当将印章入箱上锁"
    assert one.draft.line(line.number).source == line.source
    assert one.findings == {}


def test_own_words_do_not_merge_into_the_source():
    """Whose words they are must stay clear."""
    step = do(draft(), "add", section="ban", place=0, text="钥匙不得外借")
    with pytest.raises(UsageError, match="出处"):
        do(step.draft, "merge", line=step.touched)


def test_the_least_valuable_lines_go_until_the_page_holds_the_rest():
    """Pinned and own lines stay."""
    many = draft()
    for number in range(30):
        many = do(many, "add", section="do", place=0, text=f"第{number}件：" + "网点自己的事情要写得很长才能放不下" * 3).draft
    with pytest.raises(UsageError, match="放不下一页"):
        do(many, "fit")
    few = draft()
    for number in range(6):
        few = do(few, "add", section="do", place=0, text=f"第{number}件：" + "网点自己的事情要写得很长才能放不下" * 4).draft
    pinned = min(draft().sheet.lines, key=lambda line: line.score)
    few = do(few, "pin", line=pinned.number, on=True).draft
    done = do(few, "fit").draft

    assert desk().fits(printable(done), desk().look)
    assert pinned.number in done.numbers
    assert set(done.own) <= set(done.numbers)


def test_choosing_anew_keeps_what_is_pinned_and_own():
    """A new choice comes around them, and nothing stands twice."""
    step = do(draft(), "add", section="ban", place=0, text="钥匙不得外借")
    pinned = do(step.draft, "pin", line=line_with(draft(), "严禁").number, on=True).draft
    new = refilled(pinned, draft().sheet, desk())

    assert sorted(line.text for line in new.sheet.lines) == sorted([*(line.text for line in draft().sheet.lines), "钥匙不得外借"])
    assert len(set(new.numbers)) == len(new.numbers)


def test_fields():
    """Title, kind, facts strip, questions, days, notes."""
    made = do(draft(), "title", text="印章管理").draft
    made = do(made, "kind", text="安保").draft
    made = do(made, "detail", name="来源", text="").draft
    made = do(made, "ask", place=3, question="印章丢失几小时内报告？", answer="24小时").draft
    made = do(made, "drop_question", place=0).draft
    made = do(made, "drop_day", place=0).draft
    made = do(made, "notes", text=" 周三  补学\n\n\n").draft

    assert (made.sheet.title, made.sheet.kind, made.notes) == ("印章管理", "安保", "周三 补学")
    assert [each.value for each in made.sheet.details if each.name in ("来源", "类型")] == ["待补", "安保"]
    assert [each.answer for each in made.sheet.questions][-1] == "24小时"
    assert (len(made.sheet.questions), len(made.sheet.milestones)) == (3, len(draft().sheet.milestones) - 1)


def test_the_point_is_guarded_like_a_line():
    """It is what everybody reads."""
    step = do(draft(), "point", text="柜员可以在空白凭证上预先加盖印章")

    assert step.findings["point"]


def test_cells_of_the_numbers_table_are_guarded():
    """A changed figure waits, other words of the source do not."""
    row = draft().sheet.sections[-1].rows[1]
    wrong = do(draft(), "row", line=row.line.number, item=row.item, standard="不少于3年", due="")
    same = do(draft(), "row", line=row.line.number, item=row.item, standard=row.standard, due="")

    assert wrong.findings
    assert same.findings == {}


def test_another_design_keeps_every_line():
    """Sections differ, lines do not get lost."""
    from digest import places

    for name in places.names(None):
        made = do(draft(), "template", text=name).draft

        assert sorted(line.text for line in made.sheet.lines) == sorted(line.text for line in draft().sheet.lines)
        assert all(not (section.lines and section.rows) for section in made.sheet.sections)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("nonsense", {}),
        ("move", {"line": 0}),
        ("move", {"line": "0", "section": "do", "place": 0}),
        ("move", {"line": 999, "section": "do", "place": 0}),
        ("move", {"line": 0, "section": "../../x", "place": 0}),
        ("reword", {"line": 0, "text": "  "}),
        ("reword", {"line": 0, "text": "长" * 5000}),
        ("roles", {"line": 0, "roles": "柜员"}),
        ("bold", {"line": 0, "ranges": [[0]]}),
        ("kind", {"text": "没有这种"}),
        ("template", {"text": "../../etc"}),
        ("detail", {"name": "没有这格", "text": ""}),
        ("ask", {"place": 99, "question": "？", "answer": ""}),
        ("put", {"unit": 12345}),
        ("put", {}),
        ("merge", {"line": 10}),
        ("split", {"line": 0, "at": 0}),
        ("title", {"text": ""}),
    ],
)
def test_what_makes_no_sense_is_told(name, values):
    """A sentence, never another exception, and the draft stays as it was."""
    with pytest.raises(UsageError):
        edits.apply(draft(), name, values, desk())


NUMBERS = st.integers(0, 16)
PLACES = st.integers(-1, 6)
SECTIONS = st.sampled_from(["change", "do", "ban", "numbers", "step", "right"])
ANY = st.one_of(
    st.tuples(st.just("move"), st.fixed_dictionaries({"line": NUMBERS, "section": SECTIONS, "place": PLACES})),
    st.tuples(st.just("drop"), st.fixed_dictionaries({"line": NUMBERS})),
    st.tuples(st.just("put"), st.fixed_dictionaries({"line": NUMBERS})),
    st.tuples(st.just("put"), st.fixed_dictionaries({"unit": NUMBERS, "section": SECTIONS})),
    st.tuples(st.just("swap"), st.fixed_dictionaries({"line": NUMBERS, "unit": NUMBERS})),
    st.tuples(st.just("merge"), st.fixed_dictionaries({"line": NUMBERS})),
    st.tuples(st.just("split"), st.fixed_dictionaries({"line": NUMBERS, "at": st.integers(0, 30)})),
    st.tuples(st.just("reword"), st.fixed_dictionaries({"line": NUMBERS, "text": st.text("柜员不得3个", max_size=9)})),
    st.tuples(st.just("restore"), st.fixed_dictionaries({"line": NUMBERS})),
    st.tuples(st.just("rung"), st.fixed_dictionaries({"line": NUMBERS, "rung": st.integers(0, 2)})),
    st.tuples(st.just("pin"), st.fixed_dictionaries({"line": NUMBERS, "on": st.booleans()})),
    st.tuples(st.just("add"), st.fixed_dictionaries({"section": SECTIONS, "place": PLACES, "text": st.just("钥匙5把")})),
)


@settings(derandomize=True, deadline=None, max_examples=120)
@given(st.lists(ANY, max_size=14))
def test_nothing_is_lost_whatever_is_done(many):
    """After any edits every unit is on the page, on the shelf or left out; lines are unique; each edit asked what it must."""
    made = draft()
    units = {unit for line in made.sheet.lines for unit in line.units}
    for name, values in many:
        try:
            step = do(made, name, **values)
        except UsageError:
            continue
        made = edits.confirm(step, Confirmed(who="甲"))
    here = {unit for line in (*made.sheet.lines, *made.shelf) for unit in line.units} | {each.unit for each in made.sheet.left_out}

    assert units <= here
    assert len(set(made.numbers)) == len(made.numbers)
    assert load(Draft, dump(made)) == made
    printed = printable(made)
    assert len(printed.lines) == len(made.sheet.lines)
    for line in made.sheet.lines:
        before = replace(line, number=0)
        assert line.number in made.own or not edits_left(made, before, line.number)


def edits_left(made, line, number):
    """Whether a line says what its source does not and nobody confirmed it."""
    from digest.preview import guarding

    row = any(each.line.number == number for section in made.sheet.sections for each in section.rows)
    return bool(not row and guarding.check(line.source, line.text) and not made.deviation(f"line-{number}"))


@pytest.mark.parametrize("held", [0, 1])
def test_choosing_anew_loses_no_half_of_a_parted_line(held):
    """One half is pinned: the other comes back from the new choice, once."""
    given, at, both = halves()
    new = refilled(replace(given, pinned=(both[held].number,)), given.sheet, at)

    assert sorted(line.text for line in new.sheet.lines) == sorted(line.text for line in given.sheet.lines)


def test_choosing_anew_where_the_line_is_whole_or_left_out_loses_no_half():
    """A design that does not part the line says it whole beside the pinned half; where it has no room it is listed."""
    given, at, (duty, ban) = halves()
    whole = unit_line(at, duty.units[0], 900)
    pinned = replace(given, pinned=(duty.number,))
    lines = tuple(
        replace(section, lines=tuple(line for line in section.lines if line.number not in (duty.number, ban.number))) for section in given.sheet.sections
    )
    without = replace(given.sheet, sections=lines)
    left = LeftOut(unit=duty.units[0], text=whole.text, mark="", score=1.0, why="版面已满")
    said = refilled(pinned, replace(without, sections=(replace(lines[0], lines=(*lines[0].lines, whole)), *lines[1:])), at)
    told = refilled(pinned, replace(without, left_out=(left,)), at)

    assert ban.text in "".join(line.text.replace(f"柜员应当{PARTED_DUTY}，", "柜员") for line in said.sheet.lines)
    assert [each.unit for each in told.sheet.left_out] == [duty.units[0]]
    assert whole.text in [line.text for line in edits.apply(told, "put", {"unit": duty.units[0]}, at).draft.sheet.lines]


def test_a_half_on_the_shelf_stays_listed_when_its_sibling_is_put_back():
    """Both halves taken off, one put back: the other is still among what is left out, and each goes where it belongs."""
    given, at, both = halves()
    for line in both:
        given = edits.apply(given, "drop", {"line": line.number}, at).draft
    for line, other in (both, both[::-1]):
        back = edits.apply(given, "put", {"line": line.number}, at).draft
        assert [each.text for each in back.sheet.left_out if each.unit == line.units[0]] == [other.text]
        assert [each.number for each in back.shelf] == [other.number]
        assert line.text in texts(back, "ban" if line.category is Category.BAN else "do")


def test_a_line_put_on_by_hand_shows_that_it_holds_a_ban():
    """A unit that was left out comes whole: among the duties it is marked, and never stands among the bans with its duty."""
    given, at, (duty, ban) = halves()
    both = (duty.number, ban.number)
    sections = tuple(replace(section, lines=tuple(line for line in section.lines if line.number not in both)) for section in given.sheet.sections)
    back = edits.apply(replace(given, sheet=replace(given.sheet, sections=sections)), "put", {"unit": duty.units[0]}, at).draft
    line = next(line for line in back.sheet.lines if line.units == duty.units)

    assert line.mixed
    assert line.text in texts(back, "do")
