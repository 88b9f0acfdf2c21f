"""A recogniser that answers from a file, so that tests of what is done with its answers need neither engine nor seconds.

``python -m tests.ingest.recorded_engine`` asks the real engine again and rewrites the file.
"""

import json
from pathlib import Path

import numpy as np

from digest.ingest.ocr_engine import Engine, Reading
from tests.ingest.make_scan import HEIGHT, WIDTH, Scan

FILE = Path(__file__).resolve().parents[1] / "recorded" / "ocr_notice.json"
TITLE = "示例银行关于大额现金管理的通知"
PROSE = [
    "　　为进一步规范个人大额现金存取业务操作，防范外部欺",
    "诈风险，现就有关事项通知如下，请认真遵照执行。",
    "　　一、办理标准",
    "　　（一）单笔或者当日累计5万元（含）以上的现金取款，",
    "柜员应当核对客户有效身份证件，登记用途；超过20万元的，",
    "由运营主管现场授权，留存影像不少于15年。",
    "　　（二）每月5日前报送《大额现金登记表》，逾期1天扣",
    "0.5分；联系电话：0000-81230456。",
]
CELLS = [("凭证种类", "上限", "期限"), ("存单", "300份", "每季"), ("借记卡", "500张", "每月")]


def notice():
    """A skewed, noisy page with a title, prose, a table and a seal over its date."""
    page = Scan().line(TITLE, 60, 150, 22).lines(PROSE, 110)
    page.grid([80, 220, 360, 500], [350, 380, 410, 440])
    for row, words in enumerate(CELLS):
        for column, word in enumerate(words):
            page.line(word, 353 + 30 * row, 90 + 140 * column)
    page.line("示例银行运营管理部", 500, 300).line("2025年9月5日", 528, 330).line("— 1 —", 780, 280, 14)
    return page.seal(320, 460).worn(skew=0.8, noise=8).image


class RecordedEngine:
    """Answers in the order in which they were given."""

    def __init__(self, answers):
        """``answers`` are [kind, answer] pairs."""
        self.answers = {kind: [answer for name, answer in answers if name == kind] for kind in ("find", "read", "upside_down")}

    def find(self, image, longest):
        """The next boxes."""
        return [np.array(quad, np.float32) for quad in self.answers["find"].pop(0)]

    def read(self, crops):
        """The next readings, if there are as many as crops; else nothing is read."""
        answer = self.answers["read"].pop(0) if self.answers["read"] else []
        if len(answer) != len(crops):
            return [Reading("", (), ())] * len(crops)
        return [Reading(text, tuple(sure), tuple(at)) for text, sure, at in answer]

    def upside_down(self, crops):
        """The next share."""
        return self.answers["upside_down"].pop(0)


class Recorder(Engine):
    """The real engine, writing down what it says."""

    def __init__(self):
        """Begin with no answers."""
        super().__init__()
        self.answers = []

    def find(self, image, longest):
        """Boxes, rounded."""
        found = super().find(image, longest)
        self.answers.append(["find", [quad.round(1).tolist() for quad in found]])
        return found

    def read(self, crops):
        """Readings, rounded."""
        found = super().read(crops)
        rows = [[each.text, [round(value, 4) for value in each.sure], [round(value, 4) for value in each.at]] for each in found]
        self.answers.append(["read", rows])
        return found

    def upside_down(self, crops):
        """The share."""
        share = super().upside_down(crops)
        self.answers.append(["upside_down", share])
        return share


def load():
    """The recorded engine."""
    return RecordedEngine(json.loads(FILE.read_text("utf-8")))


def record():
    """Ask the real engine and rewrite the file."""
    from digest.ingest import ocr

    recorder = Recorder()
    ocr.engine = lambda: recorder
    ocr.read_page(notice(), page=1, width=WIDTH, height=HEIGHT)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(recorder.answers, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    record()
