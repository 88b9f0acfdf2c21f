"""How long ranking takes, beside the segmenter's and jieba's own cut of the same text.

usage: python bench/rank_speed.py [FILE] [--chars 40000]     without FILE an invented regulation of that length is used
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from digest import facts, ingest, rank, structure
from digest.model.profile import Profile
from digest.model.source import Source
from digest.rank import learned
from digest.zh import words
from digest.zh.lexicon import load

RUNS = 7
ARTICLES = (
    "第{n}条　柜员办理{n}万元以上现金支取业务，应当当面核对客户有效身份证件，登记业务台账，经运营主管授权后办理。\n",
    "第{n}条　客户不能提供证件的，不得办理，但法律另有规定的除外；被拒绝的，大堂经理应当说明理由并做好解释。\n",
    "第{n}条　网点应当于每月{n}日前向分行运营管理部报送重要空白凭证使用情况表，逾期不报的，按规定扣减考核分。\n",
    "第{n}条　业务印章、授权卡应当由专人保管，营业终了双人封存入库，交接时由第三人监交并在登记簿上签字。\n",
    "第{n}条　为进一步提升服务水平，各级机构要高度重视消费者权益保护工作，加强组织领导，压实主体责任。\n",
    "第{n}条　自助设备余额低于{n}万元的，应当在4小时内补钞；吞没的银行卡自次日起5个工作日内凭本人证件领取。\n",
)


def milliseconds(work: Callable[[], object]) -> list[float]:
    """Times of some runs after a first one."""
    work()
    found = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - start))
    return found


def tell(name: str, times: list[float]) -> None:
    """One row."""
    print(f"{name:32s} median {statistics.median(times):7.1f} ms   min {min(times):7.1f}   max {max(times):7.1f}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--chars", type=int, default=40000)
    arguments = parser.parse_args()
    text = "".join(ARTICLES[number % len(ARTICLES)].format(n=number) for number in range(1, arguments.chars // 30))[: arguments.chars]
    name, data = (arguments.file.name, arguments.file.read_bytes()) if arguments.file else ("invented.txt", text.encode())
    lexicon = load()
    outline = structure.build(ingest.read(Source(name=name, data=data)), lexicon)
    found = facts.find(outline, lexicon)
    whole = "".join(sentence.text for sentence in outline.sentences)
    print(f"{name}: {len(text) if not arguments.file else len(whole)} characters ({len(whole)} without numbers of articles), {len(outline.units)} units")
    learned.packaged.cache_clear()
    start = time.perf_counter()
    learned.packaged()
    print(f"{'weights loaded, once':32s} {1000 * (time.perf_counter() - start):14.1f} ms")
    tell("rank.score", milliseconds(lambda: rank.score(outline, found, lexicon, Profile())))
    tell("the segmenter's cut of the same", milliseconds(lambda: words.cut(whole, lexicon.office)))
    reference = words.jieba_cut(lexicon.office)
    tell("jieba's own cut of the same", milliseconds(lambda: reference(whole)))


if __name__ == "__main__":
    main()
