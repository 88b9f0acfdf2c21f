"""The shared corpus: every text read whole, every gold place found, in time; skipped where the corpus is absent."""

import json
import re
import time
from pathlib import Path

import pytest

from digest import ingest
from digest.errors import MissingTool, NoText
from digest.model.outline import Outline, SentenceKind
from digest.model.source import Source
from digest.structure import build
from digest.zh import lexicon as lexicons
from tests.build import document_from

SHARED = Path(__file__).parents[2].parent / "shared"
TEXTS = sorted(SHARED.glob("corpus/*/texts/*.txt"))
GOLDS = sorted(SHARED.glob("circulars/*.gold.json"))
LEXICON = lexicons.load()
PUNCTUATION = re.compile(r"[\s，。；：、,.;:!?！？（）()《》〈〉<>“”\"'‘’〔〕\[\]【】—\-…·☐□✓●▪•]+")
LABEL = re.compile(
    r"^(?:第[一二三四五六七八九十百零〇]+[编章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、]|[一二三四五六七八九十]是)"
)

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not TEXTS, reason="../shared is absent")]


def squeeze(text: str) -> str:
    """Text without marks and blanks."""
    return PUNCTUATION.sub("", LABEL.sub("", text))


def read_text(path: Path) -> Outline:
    """The outline of a corpus text."""
    return build(document_from(path.read_text("utf-8"), name=path.name), LEXICON)


def pairs(text: str) -> set[str]:
    """The character bigrams of a text."""
    return {text[place : place + 2] for place in range(len(text) - 1)} or {text}


def marked_cores() -> dict[str, set[str]]:
    """Text to the cores that readers marked as must or should."""
    found: dict[str, set[str]] = {}
    for table in sorted(SHARED.glob("corpus/*/labels/*.tsv")):
        for line in table.read_text("utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) == 5 and cells[2] in "23":
                found.setdefault(cells[0], set()).update(cells[4].split("||"))
    return found


def test_marked_cores_stand_in_one_unit() -> None:
    """What readers put on the sheet stands, nearly always, in one unit with its stem."""
    cores = marked_cores()
    total = missed = 0
    for path in TEXTS:
        found = read_text(path)
        units = []
        for unit in found.units:
            numbers = (*(() if unit.stem is None else (unit.stem,)), *unit.sentences)
            units.append(squeeze("".join(found.sentences[number].text for number in numbers)))
        known = [pairs(text) for text in units]
        for core in sorted(cores.get(path.stem, ())):
            want = pairs(squeeze(core))
            total += 1
            missed += not any(len(want & have) >= 0.85 * len(want) for have in known)
    assert missed <= 0.015 * total, f"{missed} of {total}"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_texts(path: Path) -> None:
    """Each text keeps its characters, gives no secrecy alarm of red, and its sentences point at their raw characters."""
    found = read_text(path)
    assert found.coverage.kept >= 0.8 * found.coverage.read
    assert found.masthead.secrecy.light.value != "red"
    for sentence in found.sentences:
        assert found.passages[sentence.passage].text[sentence.start : sentence.end] == sentence.text
        assert found.spans_of(sentence.number)


def test_same_text_same_outline() -> None:
    """Reading twice gives equal outlines."""
    assert read_text(TEXTS[0]) == read_text(TEXTS[0])


def test_time() -> None:
    """The longest text, 38,000 characters, takes under 300 ms of the processor (best of three, the machine may be busy)."""
    longest = document_from(max(TEXTS, key=lambda path: path.stat().st_size).read_text("utf-8"))
    spent = []
    for _ in range(3):
        begin = time.process_time()
        build(longest, LEXICON)
        spent.append(time.process_time() - begin)
    assert min(spent) < 0.3


def circular(gold: dict[str, object]) -> Outline:
    """The outline of a circular."""
    name = str(gold["file"])
    try:
        document = ingest.read(Source(name=name, data=(SHARED / "circulars" / name).read_bytes()), ocr=False)  # OCR is ingest's matter
    except (MissingTool, NoText) as error:
        pytest.skip(str(error))
    return build(document, LEXICON)


@pytest.mark.slow
@pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.name[:2])
def test_circulars(path: Path) -> None:
    """Masthead and sampled places of each gold circular."""
    gold = json.loads(path.read_text("utf-8"))
    found = circular(gold)
    head = found.masthead
    assert (head.title.value, head.doc_number.value or None, head.issuer.value) == (gold["title"], gold["doc_no"], gold["issuer"])
    assert (head.date.value, head.secrecy.light.value) == (gold["date"], gold["secrecy"])
    assert (head.effective.value or None) in (gold["effective"], *gold.get("effective_also", ()))
    missing = [sample for sample in gold["structure"] if not stands(found, sample)]
    assert not missing


def stands(found: Outline, sample: dict[str, str]) -> bool:
    """Whether a sampled place begins with the words it should."""
    want = re.sub(r"\s", "", sample["number"])
    for node in found.nodes:
        path = re.sub(r"\s", "", node.path)
        if re.sub(r"^附件\d*", "", path) != want:
            continue
        if sample["part"].startswith("附件") and "附件" in path and not path.startswith(sample["part"]):
            continue
        first = next((sentence for sentence in found.sentences if sentence.node == node.number), None)
        if first and re.sub(r"\s", "", found.passages[first.passage].text[first.start :]).startswith(re.sub(r"\s", "", sample["starts"])):
            return True
    return False


def test_the_seed_reads_cleanly() -> None:
    """The hard-wrapped report is read in whole sentences, and as a talk."""
    path = SHARED / "corpus" / "seed.txt"
    found = read_text(path)
    plain = [sentence.text for sentence in found.sentences if sentence.kind is not SentenceKind.HEADING]
    assert sum(text.endswith(("。", "；", "！", "：")) for text in plain) >= len(plain) - 3
    assert {sentence.zone.value for sentence in found.sentences} == {"case"}
