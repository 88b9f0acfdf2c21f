"""Real files and the circulars with gold answers: read or refused in words, numbers, tables and attachments recovered."""

import csv
import json
import re
import unicodedata
from pathlib import Path

import pytest

from digest import ingest
from digest.errors import DigestError
from digest.ingest.tools import find_office
from digest.model.source import Source

SHARED = Path(__file__).resolve().parents[3] / "shared"
REAL = sorted(path for path in (SHARED / "realdocs").rglob("*") if path.is_file() and path.parent.name != "realdocs")
GOLDS = sorted((SHARED / "circulars").glob("*.gold.json"))
SCANS = ("pdf_scan", "img")  # read by OCR only: bench/ingest.py measures them
NUMBER = re.compile(r"第.+?[章条]|（[^）]*）|[一二三四五六七八九十]+、|\d+[.、]|[①-⑳]|[一二三四五六七八九十]是")

# real files that nobody can read as text, with the reason the user must be told; every other one must be read
REFUSED = {
    "zero_bytes.eml": "空文件",
    "bad_zero_bytes.pdf": "空文件",
    "raw_8bit_subject.eml": "没有正文",
    "mixed_filename.eml": "附件也没有读出来",
    "fuzz_bad_storage_type.msg": "没有文字",
    "poi_password.doc": "打开密码",
    "msworks_testWORKS.wps": "Microsoft Works",
    "msworks_testWORKS2000.wps": "Microsoft Works",
    "msworks_testWORKSWordProcessor4.0.wps": "Microsoft Works",
    "image_only.ofd": "扫描图片",
    "bad_bug1020226.pdf": "打不开",
    "bad_issue9105.pdf": "打不开",
    "bad_poppler_395.pdf": "打不开",
    "bad_poppler_742.pdf": "打不开",
    "bad_scan.pdf": "扫描图片",
    "gmt0031_garbled_ofdrw.pdf": "乱码",
    "cyclic_toc.pdf": "没有读到文字",
    "xfa_livecycle.pdf": "动态表单",
    "enc_no_id.pdf": "扫描图片",
    "enc_irm_wrapper.pdf": "文档受保护",
    "enc_libreoffice.pdf": "打开密码",
    "enc_r2_user.pdf": "打开密码",
    "enc_r4_aes_user.pdf": "打开密码",
    "enc_unicode_password.pdf": "打开密码",
}

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not REAL, reason="../shared is not here: the corpus tests need it")]


def read(path, **fields):
    """A real file, through the door, without OCR."""
    return ingest.read(Source(name=path.name, data=path.read_bytes(), **fields), ocr=False)


def squeeze(text):
    """Text for comparing: one width, no blanks."""
    marks = str.maketrans(",;:()", "，；：（）")
    return re.sub(r"[\s★]+", "", unicodedata.normalize("NFKC", text)).translate(marks)


@pytest.mark.parametrize("path", [path for path in REAL if path.parent.name not in (*SCANS, "hostile")], ids=lambda path: path.name)
def test_real_files(path):
    """Each real file is read, or refused for the reason that is true."""
    if path.name.startswith("msworks") and find_office():
        pytest.skip("LibreOffice is installed and reads it")
    if path.name in REFUSED:
        with pytest.raises(DigestError, match=REFUSED[path.name]):
            read(path)
        return
    document = read(path)

    assert any(block.raw.strip() for block in document.blocks)


@pytest.mark.parametrize("path", [path for path in REAL if path.parent.name == "hostile"], ids=lambda path: path.name)
def test_hostile_files(path):
    """Each hostile file is read harmlessly in the child, or refused in Chinese; nothing else comes out."""
    try:
        document = ingest.read_guarded(Source(name=path.name, data=path.read_bytes()), ocr=False, seconds=60)
    except DigestError as refusal:
        assert re.search("[\u4e00-\u9fff]", str(refusal))
        return
    assert not any("root:" in block.raw for block in document.blocks)


@pytest.mark.parametrize(("name", "password"), [("enc_r2_user.pdf", "asdfzxcv"), ("enc_r4_aes_user.pdf", "asdfzxcv"), ("enc_libreoffice.pdf", "openpassword")])
def test_passwords_open_real_files(name, password):
    """Files whose password is known are read with it."""
    document = read(SHARED / "realdocs" / "pdf_bad" / name, password=password)

    assert document.blocks


@pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.name[:12])
def test_gold_circulars(path):
    """Displayed numbers, tables and attachments of the circulars are all there."""
    gold = json.loads(path.read_text("utf-8"))
    source = path.parent / gold["file"]
    if source.suffix == ".pdf" and path.name.startswith("04"):
        pytest.skip("a scan: OCR is measured by bench/ingest.py")

    document = read(source)

    text = "".join(squeeze(block.label + block.raw) for block in document.blocks)
    wanted = [squeeze(NUMBER.findall(sample["number"])[-1] + sample["starts"]) for sample in gold["structure"]]
    assert [sample for sample in wanted if sample not in text] == []
    assert len(document.tables) == gold["tables"]
    named = text + "".join(squeeze(attachment.name) for attachment in document.attachments)
    assert [name for name in gold["attachments"] if squeeze(name) not in named] == []


def test_the_manifest_names_every_file():
    """The list of refusals above speaks of files that are there."""
    with (SHARED / "realdocs" / "MANIFEST.tsv").open(encoding="utf-8", newline="") as manifest:
        listed = {Path(row["file"]).name for row in csv.DictReader(manifest, delimiter="\t")}

    assert set(REFUSED) <= listed
