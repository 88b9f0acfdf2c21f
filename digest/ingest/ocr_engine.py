"""The recogniser (RapidOCR, models inside its wheel): image to text boxes, box to text with a confidence for each character.

Nothing is ever fetched: the model files are named outright, and a missing file is a missing tool.
"""

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from digest.errors import MissingTool

Image = npt.NDArray[np.uint8]  # height x width x 3, blue green red
Quad = npt.NDArray[np.float32]  # four corners, clockwise from the top left

HOW_TO_ADD = "请运行 python start.py 自动安装，或执行 pip install digest[ocr]，装好后再试（文字识别全程离线）。"
NEEDED = ("rapidocr", "onnxruntime", "cv2")
MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx", "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx"}
THREADS = 2  # measured on two cores: 1.98 s a page, one thread 3.44, all threads 2.56
TURNED_SURE = 0.9  # the classifier's own threshold


class Reading(Struct, frozen=True):
    """What one box says, character by character as sure as ``sure`` tells, each centred at ``at`` (0..1) of the box."""

    text: str
    sure: tuple[float, ...]
    at: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """Mean of the characters' confidences."""
        return sum(self.sure) / len(self.sure) if self.sure else 0.0


class Engine:
    """A loaded recogniser; one per process, it takes about 0.7 GB once it has read a page."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        self._rapid: Any = RapidOCR(params=_settings())

    def find(self, image: Image, longest: int) -> list[Quad]:
        """Text boxes of an image, sought in a copy whose longer side is at most ``longest`` pixels."""
        self._rapid.max_side_len = longest
        small, scale = self._rapid.preprocess_img(image)
        found = self._rapid._load_det_model()(small).boxes
        if found is None:
            return []
        factor = np.array([scale["preprocess"]["ratio_w"], scale["preprocess"]["ratio_h"]], np.float32)
        return [np.asarray(quad, np.float32) * factor for quad in found]

    def read(self, crops: list[Image]) -> list[Reading]:
        """The text of each upright crop."""
        if not crops:
            return []
        result = self._rapid.recognize_txt(crops)
        rows = zip(result.txts, result.word_results, strict=True)
        return [_reading(text, words) for text, words in rows]

    def upside_down(self, crops: list[Image]) -> float:
        """The share of crops that surely stand on their head."""
        if not crops:
            return 0.0
        votes = self._rapid._load_cls_model()(crops).cls_res
        turned = [label for label, score in votes if "180" in label and score > TURNED_SURE]
        return len(turned) / len(votes)


def _settings() -> dict[str, Any]:
    """The engine's settings: offline, quiet, few threads."""
    import rapidocr

    folder = Path(rapidocr.__file__).parent / "models"
    missing = [name for name in MODELS.values() if not (folder / name).is_file()]
    if missing:
        raise MissingTool(f"文字识别（OCR）组件不完整，缺少模型文件 {missing[0]}：{HOW_TO_ADD}")
    found: dict[str, Any] = {f"{part}.model_path": str(folder / name) for part, name in MODELS.items()}
    return found | {
        "Global.log_level": "critical",
        "Global.return_word_box": True,
        "EngineConfig.onnxruntime.intra_op_num_threads": min(THREADS, os.cpu_count() or 1),
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }


def _reading(text: str, words: Any) -> Reading:
    """A result's text with each character's confidence and place."""
    columns = [column for word in words.word_cols for column in word]
    width = words.line_txt_len or 1
    places = iter(columns)
    at = [0.0 if char.isspace() else min((next(places, width) + 0.5) / width, 1.0) for char in text]
    for index, char in enumerate(text):
        if char.isspace() and index:
            at[index] = at[index - 1]
    return Reading(text, tuple(words.confs[: len(text)]), tuple(at))


def require() -> None:
    """Make sure that the recogniser is installed.

    Raises:
        MissingTool: it is not; the sentence says how to add it.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise MissingTool(f"扫描件和图片需要文字识别（OCR）组件，本机没有装（缺 {missing[0]}）：{HOW_TO_ADD}")


@cache
def engine() -> Engine:
    """The process's recogniser, loaded at the first page (about 1 s).

    Raises:
        MissingTool: it is not installed, or its models are missing.
    """
    require()
    return Engine()
