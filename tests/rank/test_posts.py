"""Posts that the paper makes act, by the sentence itself or by what stands over or before it."""

import pytest

from digest import ingest, pipeline, places
from digest.model.source import Source
from digest.pipeline import Rules
from digest.rank.posts import posts_of
from digest.zh import lexicon as lexicons

RULES = Rules(lexicon=lexicons.load(), profile=places.profile(None))


def test_the_head_of_the_branch_is_called_so():
    """网点负责人 is printed as it is written: 负责人 alone may be anybody's."""
    assert posts_of("由运营主管和网点负责人双签", lexicons.load()) == ("运营主管", "网点负责人")


def test_who_receives_a_report_is_not_who_acts():
    """A line that tells the counter staff to report to the head carries no tag of the head, unless she is named again."""
    words = lexicons.load()

    assert posts_of("系统无响应超过15分钟，立即报运营主管启动应急", words) == ()
    assert posts_of("柜员应当向网点负责人报告", words) == ("柜员",)
    assert posts_of("柜员应报告运营主管，运营主管到场核对", words) == ("柜员", "运营主管")


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("各网点不得由保安单独为客户操作设备", ()),
        ("每日至少配备1名大堂经理和1名保安值守", ()),
        ("不得将印章交由客户经理、大堂经理保管", ()),
        ("调阅录像的，须经网点负责人同意后办理", ()),
        ("单笔10万元以上的，由网点负责人审批", ()),
        ("各网点负责人、运营主管：现将材料转发给你们", ()),
        ("各网点应于9月1日前完成全部柜员信息采集", ()),
        ("查库不得由管库员代替", ()),
        ("逾期未报的，视同由网点负责人兼任", ()),
        ("库存差错由柜员次日8:00前到岗处理", ("柜员",)),
        ("休假的柜员应当交接凭证，由运营主管监交", ("柜员", "运营主管")),
        ("每日营业终了，柜员应换人核对", ("柜员",)),
        ("网点负责人、运营主管节日保持通讯畅通", ("网点负责人", "运营主管")),
        ("运营主管每旬至少查库一次", ("运营主管",)),
        ("网点负责人：每季度组织一次检查", ("网点负责人",)),
        ("第八条大堂经理应主动引导客户", ("大堂经理",)),
        ("网点任何员工接到来电，即为首问责任人", ("全员",)),
        ("网点员工应认真倾听", ("全员",)),
        ("应由2名工作人员在场并留存记录", ()),
        ("由两名网点员工共同交接款箱", ()),
        ("商业银行的工作人员不得泄露商业秘密", ("全员",)),
        ("协会工作人员应当依法履职", ()),
        ("养老机构及其工作人员不得侵害老人权益", ()),
        ("大额取现由运营主管现场授权", ("运营主管",)),
        ("提高限额的，须经运营主管当面核实用途", ("运营主管",)),
        ("提高限额的，不得由柜员单独核实用途", ()),
        ("系统中断的，运营主管报上级行批准后启用手工应急", ("运营主管",)),
        ("大堂移动终端加载卡片不得超过20张", ()),
        ("自助柜员机应当每日巡检", ()),
        ("罢免案由主任会议提请表决", ()),
        ("管库员不得兼管业务印章", ("管库员",)),
    ],
)
def test_a_post_is_tagged_where_it_acts(text, posts):
    """Who is placed, handed something, asked for leave, forbidden to stand in or only addressed has nothing to do by that line."""
    assert posts_of(text, lexicons.load()) == posts


PAPER = """关于规范厅堂服务的通知

各网点：

一、岗位分工

（一）柜员

1.每日营业终了核对尾箱现金，不符的立即登记。

（二）大堂经理

1.每日9:00前巡检自助设备并登记。

2.各网点应当在门口张贴公告。

二、运营主管职责

每周抽查监控录像不少于2次，并登记台账。

三、销售人员

题库每年更新一次，试卷封闭命制。

四、保密要求

柜员查询客户信息应当有业务依据；不得查询与本人经办业务无关的账户。客户离柜的，应当锁箱。

五、上报情形

有下列情形之一的，柜员应当立即登记：

1.客户证件过期；

2.客户由他人陪同。

六、自查要点

各网点应当逐项自查，重点检查以下事项：

1.柜员临时离岗是否将印章入箱上锁；

2.运营主管是否每日检查。
"""


def roles_by_text(text: str) -> dict[str, tuple[str, ...]]:
    """Each unit of a paper with its posts."""
    document = ingest.read(Source(name="x.txt", data=text.encode()), ocr=False)
    known = pipeline.understand(Source(name="x.txt", data=text.encode()), RULES, reader=lambda _: document)
    units = known.outline.units
    return {"".join(known.outline.sentences[number].text for number in units[score.unit].sentences): score.roles for score in known.ranking.scores}


def test_posts_come_from_heading_stem_and_sentence_before():
    """What a heading gives to a post, a stem asks of it, or a sentence goes on to ask of it is tagged; a matter's heading and another subject are not."""
    found = {text[:8]: posts for text, posts in roles_by_text(PAPER).items()}

    assert found["每日营业终了核对"] == ("柜员",)
    assert found["每日9:00前巡"] == ("大堂经理",)
    assert found["各网点应当在门口"] == ()
    assert found["每周抽查监控录像"] == ("运营主管",)
    assert found["题库每年更新一次"] == ()
    assert found["客户离柜的，应当"] == ()
    assert found["客户证件过期；"] == ("柜员",)
    assert found["柜员临时离岗是否"] == ()  # what is to be checked of somebody is not his to do


def test_posts_come_from_the_column_that_says_who():
    """A row's post is what its column 责任人 says, and no other column's."""
    cells = (("事项", "时限", "责任人"), ("巡检自助设备", "每日9:00前", "大堂经理"), ("报柜员名单", "每月5日前", "综合部"))
    rows = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in cells)
    source = Source(name="x.html", data=f"<html><body><h1>关于厅堂服务的通知</h1><p>各网点应当落实。</p><table>{rows}</table></body></html>".encode())
    known = pipeline.understand(source, RULES, reader=lambda each: ingest.read(each, ocr=False))
    units = known.outline.units
    found = {known.outline.sentences[units[score.unit].sentences[0]].text[:4]: score.roles for score in known.ranking.scores}

    assert found["巡检自助"] == ("大堂经理",)
    assert found["报柜员名"] == ()
