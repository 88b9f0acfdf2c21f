"""Forms to fill in, transaction codes to key in, and whom to call."""

import re
from collections.abc import Iterator

from digest.facts.reading import Reading
from digest.model.facts import Fact, FactKind

FORM_END = (
    r"(?:登记簿|登记表|登记本|申请表|申请书|审批表|审批单|报送表|记录表|记录簿|核对表|余额表|统计表|情况表|一览表|明细表|确认书|确认单"
    r"|告知书|承诺书|委托书|授权书|通知书|说明|须知|问卷|清单|台账|日报|周报|月报|表|簿|单|书)"
)
QUOTED_FORM = re.compile(rf"《[^《》]{{2,36}}{FORM_END}(?:[（(][^）)]{{1,12}}[）)])?》")
FORM_NAME = r"(?:(?![的并和及或在将由无]|填写|出具|核验|登记(?![簿表])|签署|打印|提交|客户本人)[一-龥]){2,8}"
BARE_FORM = re.compile(rf"{FORM_NAME}(?:登记簿|登记表|申请表|审批单|审批表|记录表|告知书|承诺书|确认书)(?!》)|授权委托书")
ANNEX = re.compile(r"附件\s?\d{1,2}")
LAW = re.compile(r"(?:办法|规定|条例|法|细则|规程|通知|意见|指引|制度|准则|解释)(?:[（(][^）)]*[）)])?》$")

CODE = re.compile(
    r"(?:交易(?:代)?码|交易代号|菜单(?:码|号)|功能(?:码|号))\s?(?:为|是|[：:])?\s?[“\"【]?(?P<code>[A-Z]{0,4}\d{3,8})(?:[”\"】])?(?:[、和及或](?P<more>\d{3,8}))*"
)
CODE_FIRST = re.compile(r"(?<![\d\-年月第.])(?P<code>\d{4,6})(?=交易(?!日|金额|笔))")
CODE_COLUMN = re.compile(r"交易(?:代)?码|菜单(?:码|号)|功能(?:码|号)")

PHONE = r"(?:\(?0\d{2,3}\)?-\d{7,8}(?:(?:转|-)\d{1,5})?|0000-\d{8}|1[3-9]\d{9}|400-?\d{3}-?\d{4}|(?<!\d)\d{7,8}(?!\d)|(?<!\d)95\d{3,4}(?!\d))"
CONTACT = re.compile(
    r"(?:(?:业务|技术|政策|系统)?(?:联系人|联系电话|联系方式|咨询电话|支持热线|技术支持|热线|举报电话|监督电话|值班电话|升级电话|电话|邮箱|传真))"
    rf"\s?(?:[：:为]\s?)(?P<who>[^，。；：｜（）()\d]{{0,24}})[，,、\s]*(?:(?:联系)?电话\s?[：:]?\s?)?(?P<phone>{PHONE}|[\w.]+@[\w.]+)?"
)
NAMED_PHONE = re.compile(rf"(?P<who>(?:(?<=[部行处科心组：，（])|(?<![一-龥]))[一-龥]{{2,4}})[，,、\s]\s?(?:联系)?电话\s?[：:]?\s?(?P<phone>{PHONE})")


PLAIN_PHONE = re.compile(rf"(?P<who>[一-龥]{{0,6}}(?:电话|热线))[^，。；：｜\d]{{0,6}}(?P<phone>{PHONE})")


def find_forms(reading: Reading) -> Iterator[Fact]:
    """Forms, registers and annexes by name; names of rules are none."""
    for hit in QUOTED_FORM.finditer(reading.text):
        if LAW.search(hit.group()) is None:
            yield reading.fact(FactKind.FORM, hit.start(), hit.end(), value=hit.group().strip("《》"))
    for pattern in (BARE_FORM, ANNEX):
        for hit in pattern.finditer(reading.plain):
            yield reading.fact(FactKind.FORM, hit.start(), hit.end(), value=hit.group().replace(" ", ""))


def find_transactions(reading: Reading) -> Iterator[Fact]:
    """Transaction codes that stand beside the word; a bare number is never taken for one."""
    for hit in CODE.finditer(reading.plain):
        yield reading.fact(FactKind.TRANSACTION, hit.start(), hit.end("more") if hit["more"] else hit.end("code"), value=hit["code"])
    for hit in CODE_FIRST.finditer(reading.plain):
        yield reading.fact(FactKind.TRANSACTION, hit.start(), hit.end(), value=hit["code"])
    place = 0
    for header, value in reading.cells:
        start = reading.text.find(value, place) if value else -1
        if start < 0:
            continue
        place = start + len(value)
        if CODE_COLUMN.search(header) and value.isascii() and value.isalnum():
            yield reading.fact(FactKind.TRANSACTION, start, place, value=value)


def find_contacts(reading: Reading) -> Iterator[Fact]:
    """Names and numbers to call; a word such as 联系电话 alone (客户的联系电话) is none."""
    for pattern in (CONTACT, NAMED_PHONE, PLAIN_PHONE):
        for hit in pattern.finditer(reading.plain):
            if hit["phone"] or (hit["who"] or "").strip():
                value = " ".join(word.strip() for word in (hit["who"] or "", hit["phone"] or "") if word.strip())
                yield reading.fact(FactKind.CONTACT, hit.start(), hit.end(), value=value)
