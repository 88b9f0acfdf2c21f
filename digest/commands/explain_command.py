"""``digest explain``: every candidate with its score, the reasons, its source and what became of it."""

import argparse
from pathlib import Path

from digest import pipeline, places
from digest.batch.job import load
from digest.commands.reading import reader_of, rules_of
from digest.commands.settings import add_reading_arguments, options_from
from digest.errors import ExitCode
from digest.model.outline import Outline
from digest.model.ranking import Score
from digest.pipeline import Made

CATEGORIES = {
    "do": "必须做",
    "ban": "不得做",
    "limit": "数字标准",
    "time": "期限",
    "report": "报送",
    "role": "职责",
    "penalty": "罚则",
    "right": "例外许可",
    "change": "变化",
    "step": "步骤",
    "info": "须知",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``digest explain``."""
    parser.add_argument("file", metavar="文件")
    parser.add_argument("--all", action="store_true", help="连同不作候选的句子一起列出")
    parser.add_argument("--template", default="", metavar="模板", help="版式模板名")
    add_reading_arguments(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the explanation, best candidate first."""
    options = options_from(arguments)
    home = places.home(options.home)
    source = load(Path(arguments.file), options.password)
    understood = pipeline.understand(source, rules_of(home), reader=reader_of(options))
    made = pipeline.compose(understood, pipeline.suit(understood, places.looks(home, options.template)))
    tell_document(made)
    fates = fates_of(made)
    scores = understood.ranking.scores
    for place, unit in enumerate(understood.ranking.order, start=1):
        tell_unit(place, scores[unit], fates.get(unit, "未上单"), understood.outline)
    if arguments.all:
        for score in scores:
            if not score.candidate:
                tell_unit(0, score, f"不作候选：{score.why}", understood.outline)
    return ExitCode.OK


def tell_document(made: Made) -> None:
    """The kind with its evidence, the topic words, and the figures."""
    guess = made.understood.facts.kind
    print(f"类型：{guess.kind}（把握 {guess.confidence:.0%}；依据：{'、'.join(guess.evidence) or '无'}）")
    print("主题词：" + "、".join(f"{word}" for word, _ in made.understood.ranking.words[:12]))
    print(f"读入 {made.sheet.balance.characters} 字，{made.sheet.balance.sentences} 句，候选 {made.sheet.balance.candidates} 条\n")


def fates_of(made: Made) -> dict[int, str]:
    """What became of each unit: its line on the sheet, or why it was left out."""
    fates = {left.unit: f"未上单：{left.why}" for left in made.sheet.left_out}
    for line in made.sheet.lines:
        fates |= dict.fromkeys(line.units, f"上单第 {line.number} 条")
    return fates


def tell_unit(place: int, score: Score, fate: str, outline: Outline) -> None:
    """One candidate in three lines: figure and fate, text with source, reasons."""
    unit = outline.units[score.unit]
    numbers = ([unit.stem] if unit.stem is not None else []) + list(unit.sentences)
    page = outline.page_of(unit.sentences[0])
    source = "，".join(part for part in (outline.path_of(unit.sentences[0]), f"第{page}页" if page else "") if part)
    head = f"{place:>3}." if place else "  －"
    print(f"{head} {score.value:+.2f} 〔{CATEGORIES.get(score.category.value, score.category.value)}〕 {fate}")
    print(f"     {' '.join(outline.sentences[n].text for n in numbers)}（{source or '无条款号'}；句 {'、'.join(map(str, numbers))}）")
    reasons = "；".join(f"{r.name} {r.points:+.2f}" + (f"（{r.evidence}）" if r.evidence else "") for r in score.reasons)
    print(f"     理由：{reasons or '无'}\n")
